/** Discord's limits, and our own that stay inside them. Characters are UTF-16 units: never fewer than Discord counts. */
export const limits = {
  /** Alternative text of a picture. */
  altText: 1024,
  /** All text displays of one message together; Discord allows 4000. */
  textCharacters: 3_800,
  /** The same where most characters take three bytes or more. */
  wideTextCharacters: 3_000,
  /** UTF-8 bytes of text plus `displayBytes` for each display; Discord answers 500 somewhere above 10,000. */
  textBytes: 9_000,
  displayBytes: 12,
  /** The same for a message that is marked: close to what Discord takes, since it was packed below it. */
  standingText: 3_990,
  standingBytes: 9_900,
  /** Components of one message, nested ones counted. */
  components: 40,
  /**
   * Text displays of sections on a page: 40 less container, header, picture, footer, two separators, two rows, eight
   * buttons; each button after the fifth, and its row, takes one more.
   */
  sectionDisplays: 23,
  /** `content` of a message without components V2. */
  content: 2_000,
  customId: 100,
  buttonLabel: 80,
  buttonUrl: 512,
  buttonsPerRow: 5,
  /** Besides those that turn pages, in two rows. */
  buttons: 10,
  choices: 25,
  choiceCharacters: 100,
  /** A longer address is not linked: with its label it has to fit on a page of the plain form too. */
  url: 1_000,
  title: 120,
  heading: 100,
  sourceName: 60,
  formTitle: 45,
  formLabel: 45,
  formDescription: 100,
  /** Notes and fields of one form. */
  formParts: 5,
  formText: 4_000,
  placeholder: 100,
  options: 25,
  /** Options that are shown at once. */
  optionsShown: 10,
  optionText: 100,
  /** Running text may be parted after this many characters, and only where a whole line is larger than a page. */
  chunk: 500,
  /** Combining marks on one base character; Arabic and Hebrew need up to three. */
  marks: 4,
} as const;

export const timing = {
  /** Discord drops an interaction that is not answered within 3 s. */
  deferAfterMs: 1_500,
  /** Older on arrival: its answer would come too late. */
  staleAfterMs: 2_500,
  completeWithinMs: 2_000,
  /** How long closing waits for answers under way. */
  closeWithinMs: 5_000,
} as const;
