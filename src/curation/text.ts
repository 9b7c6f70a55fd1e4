/** Letters and signs that show nothing but take room. */
const BLANKS = /[\s\u0085\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]+/gu;
/**
 * What hides or reorders its surroundings: control and format characters, direction marks among them. Joiners stay, which
 * Persian and Indian scripts and emoji need, and so do the number signs of Arabic and Syriac.
 */
const HIDDEN = /(?![\u0600-\u0605\u06dd\u070f\u08e2\u200c\u200d])[\p{Cc}\p{Cf}\u034f\u17b4\u17b5]/gu;
/** A joiner that joins nothing only hides. */
const LOOSE =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{Extended_Pictographic}])/gu;
/** More marks on one letter than any script writes. */
const FLOOD = /(\p{M}{4})\p{M}+/gu;

/**
 * What a person typed or pasted as one line that may be stored: composed (NFC), without anything that hides or turns its
 * surroundings around, without floods of combining marks, spaces single. Empty where nothing is left to read.
 */
export const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(BLANKS, ' ')
    .replace(HIDDEN, '')
    .replace(LOOSE, '')
    .replace(FLOOD, '$1')
    .replace(/^\p{M}+/u, '')
    .replace(/ {2,}/g, ' ')
    .trim();

/** The bar that stands in place of words that were taken back for privacy; nobody writes it. */
const BAR = '\u2588';
export const isWithheld = (text: string): boolean => text.includes(BAR);

const STOP = new Set(
  'a an the of in on at to for from by with and or as is are was were be been has have had it its his her their that this said says say after before near over into than least most more about some people'.split(
    ' ',
  ),
);

/** The words of a headline by which it is told from another: folded, without the small ones. */
export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && !STOP.has(word)),
  );

/** A name as an id: "Syrian Civil Defence" → "syrian-civil-defence". Empty where no letter of it is Latin. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
