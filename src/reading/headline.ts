import { level } from './characters.ts';

/** What a headline may hold. */
export const HEADLINE = 200;

/** Signs of alarm and links before the words, and the mark that ends them. */
const BEFORE = /^(?:[^\p{L}\p{N}"'(]|https?:\/\/\S+)+/u;

/** A link says nothing in a headline; it has a field of its own. */
const LINK = /[<(]?\bhttps?:\/\/\S+/giu;

/**
 * The first sentence, in one line and without signs of alarm; longer ones are cut at a word. A proposal: whether it is
 * neutral is for a person to see.
 */
export function headlineOf(text: string): string | undefined {
  const plain = level(text.slice(0, 2000)).normalize('NFC');
  const line = plain.split('\n').find((l) => /\p{L}/u.test(l)) ?? '';
  const spoken = line
    .replace(LINK, ' ')
    .replace(BEFORE, '')
    .replace(/^(?:breaking|urgent|update|just in|alert)\s*[:|–—-]\s*/i, '')
    .replace(/ +/g, ' ')
    .trim();
  if (!/\p{L}/u.test(spoken)) return undefined;
  const end = /(?<!\b(?:Gen|Lt|Col|Mr|Mrs|Dr|St|Nov|Dec|Oct|Sept|No|approx))[.!?](?=\s+["'(]?[\p{Lu}\p{N}])/u.exec(
    spoken,
  )?.index;
  const first = (end === undefined ? spoken : spoken.slice(0, end)).replace(/[.\s]+$/, '');
  if (first.length <= HEADLINE) return first === '' ? undefined : first;
  const cut = first.slice(0, HEADLINE - 1);
  const word = cut.lastIndexOf(' ');
  return `${(word > HEADLINE / 2 ? cut.slice(0, word) : cut).replace(/[\s,;:–—-]+$/, '').replace(/[\ud800-\udbff]$/, '')}…`;
}
