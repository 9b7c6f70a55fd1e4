import { limits } from './limits.ts';

const BLANKS = /[\t-\r\u0085\u2028\u2029\u115f\u1160\u2800\u3164\uffa0]/gu;
/** Invisible characters, except number signs of Arabic and Syriac, joiners, direction marks and isolates. */
const INVISIBLE =
  /(?![\u0600-\u0605\u06dd\u070f\u08e2\u061c\u200c-\u200f\u2066-\u2069])[\p{Cc}\p{Cf}\u034f\u17b4\u17b5]/gu;
/** A joiner joins letters of a script that needs it, or emoji; anywhere else it only hides. */
const LOOSE_JOINER =
  /(?<![\p{L}\p{M}])\u200c+|\u200c+(?!\p{L})|(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])\u200d+|\u200d+(?![\p{L}\p{Extended_Pictographic}])/gu;
const MARK_FLOOD = new RegExp(`(\\p{M}{${limits.marks}})\\p{M}+`, 'gu');
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function balanceIsolates(text: string): string {
  let open = 0;
  const kept = text.replace(/[\u2066-\u2069]/g, (mark) => {
    if (mark !== '\u2069') open += 1;
    else if (open > 0) open -= 1;
    else return '';
    return mark;
  });
  return kept + '\u2069'.repeat(open);
}

/** Nothing of what `clean` looks for is in it; most text is so. */
const CLEAN = /^(?:[!-~]| (?! ))*$/;

/** One line of visible text: nothing that hides, reorders its surroundings or breaks the line. Not escaped. */
export function clean(text: string): string {
  if (CLEAN.test(text)) return text;
  const visible = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(LOOSE_JOINER, '')
    .replace(MARK_FLOOD, '$1')
    .replace(/^\p{M}+/u, '')
    .replace(/\s{2,}/g, ' ');
  return balanceIsolates(visible);
}

/** Nothing that could be seen: blanks, marks without a letter, direction marks. */
const UNSEEN = /^[\s\p{Cf}\p{M}]*$/u;

/**
 * What a person typed or pasted, as it is kept: cleaned, composed (NFC), without blanks at its ends, in one line or in
 * several. Empty where nothing of it could be seen.
 */
export function typedText(text: string, lines: boolean): string {
  const kept = text
    .normalize('NFC')
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => clean(line).trim())
    .join(lines ? '\n' : ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return UNSEEN.test(kept) ? '' : lines ? kept : clean(kept);
}

/** So that a line does not begin as a list, a heading, a quote or subtext. Takes escaped text. */
export function guardStart(escaped: string): string {
  return escaped.replace(
    /^(\s*)(?:([-+#>])|(\d+)([.)]))/,
    (_, space: string, mark?: string, digits?: string, dot?: string) =>
      mark === undefined ? `${space}${digits}\\${dot}` : `${space}\\${mark}`,
  );
}

/**
 * Any text as literal text of a Discord message: it cannot ping, format, link, or reach beyond its place. Every `/` is
 * escaped, which undoes addresses and invites even where two pieces meet; text that runs right to left is isolated.
 */
export function escapeText(text: string): string {
  const escaped = guardStart(
    clean(text)
      .replace(/[\\*_~`|<>[\]#/@]/g, '\\$&')
      .replace(/@(?=everyone|here)/gi, '@\u200b'),
  );
  return RIGHT_TO_LEFT.test(escaped) ? `\u2068${escaped}\u2069` : escaped;
}

let segmenter: Intl.Segmenter | undefined;
/** Made when first needed, which is rare: it takes 15 ms. */
const segments = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
};

/** At most `most` characters, cut between visible characters, with "…" where something was left out. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of segments(text)) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** For places that show no markdown: button labels and names of choices. Never empty. */
export function plainLabel(text: string, most: number): string {
  return cut(clean(text).trim(), most) || '…';
}

const graphemes = (word: string): string[] => Array.from(segments(word), ({ segment }) => segment);

/** Words with the space before them; "1 200" is one word, so that no number is parted. */
function words(text: string): string[] {
  const out: string[] = [];
  for (const token of text.match(/\s*\S+|\s+$/g) ?? []) {
    const last = out.at(-1);
    if (last !== undefined && /\d$/.test(last) && /^\s*\d/.test(token)) out[out.length - 1] = last + token;
    else out.push(token);
  }
  return out;
}

/**
 * Text in chunks of at most `most` characters that may stand on different pages: parted between words, and inside a
 * word only where the word alone is too long.
 */
export function chunks(text: string, most: number = limits.chunk): string[] {
  if (text.length <= most) return text === '' ? [] : [text];
  const tokens = words(text)
    .flatMap((word) => (word.length <= most ? [word] : graphemes(word)))
    .flatMap((part) => (part.length <= most ? [part] : Array.from(part)));
  const out: string[] = [];
  for (const token of tokens) {
    const last = out.at(-1);
    if (last !== undefined && last.length + token.length <= most) out[out.length - 1] = last + token;
    else out.push(token);
  }
  return out;
}
