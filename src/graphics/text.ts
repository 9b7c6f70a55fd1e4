// Text of the store on its way into a picture: nothing in it may break out of the markup, reorder what stands around it, or
// print as an empty box.

/** Advance widths of the printable ASCII characters in the regular weight, in hundredths of the font size. */
const ASCII = [
  26, 27, 41, 65, 57, 83, 73, 23, 30, 30, 55, 57, 27, 32, 27, 37, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 27, 27, 57,
  57, 57, 43, 90, 64, 65, 63, 73, 56, 52, 73, 74, 34, 27, 62, 52, 91, 76, 78, 61, 78, 62, 55, 56, 73, 60, 93, 59, 57,
  57, 33, 37, 33, 57, 44, 28, 56, 62, 48, 62, 56, 34, 62, 62, 26, 26, 53, 26, 94, 62, 61, 62, 62, 41, 48, 36, 62, 51,
  79, 53, 51, 47, 38, 55, 38, 57,
] as const;
/** The same for other letters, on the average of running text: joined Arabic letters are narrow, Cyrillic ones are not. */
const LETTER = 63;
const ARABIC = 52;
const CAPITAL = 72;
const BOLD = 1.06;

/** Signs the fonts lack, in signs they have. A dropped "≥" would turn "at least" into an exact number. */
const SPELT: Readonly<Record<string, string>> = {
  '≥': '>=',
  '⩾': '>=',
  '≤': '<=',
  '⩽': '<=',
  '≈': '~',
  '≠': '!=',
  '→': '->',
  '←': '<-',
  '−': '-',
};
// Marks that only format or steer; the joiners stay, because Arabic letters need them to take their shape.
// oxlint-disable-next-line no-control-regex
const STEERING = /(?![\u200c\u200d\s])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}\u034f\u17b4\u17b5]/gu;
const DECORATION = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]/gu;
const PRINTED =
  /[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Arab}\p{M}\p{Sc}\s!-~\u00a0-\u00ff\u0660-\u066c\u{200c}-\u{200d}\u2010-\u2027\u2030-\u203a\u2116\u060c\u061b\u061f]/u;
const KEPT_PICTOGRAMS = /[©®#*0-9‼™]/;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const STRONG = /\p{L}/u;

/** One line of printable text: no control or direction characters, spaces collapsed, letters without a glyph shown as "…". */
export function printable(text: string): string {
  let line = '';
  const plain = text
    .normalize('NFC')
    .replace(STEERING, '')
    .replace(DECORATION, (sign) => (KEPT_PICTOGRAMS.test(sign) ? sign : ''))
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
  for (const sign of plain) {
    if (PRINTED.test(sign) || sign in SPELT) line += SPELT[sign] ?? sign;
    else if (!line.endsWith('…')) line += '…';
  }
  return line.replace(/\s+/g, ' ').trim();
}

/** Whether the fonts have every letter of it; where not, an id in Latin letters may be the better name. */
export const isPrintable = (text: string): boolean => printable(text) !== '' && !printable(text).includes('…');

/** Whether the first letter is written from right to left. */
export const isRightToLeft = (text: string): boolean => RTL.test(STRONG.exec(text)?.[0] ?? '');

/** Whether any letter is; such text takes the Arabic font first, so that its weight fits. */
export const hasRightToLeft = (text: string): boolean => RTL.test(text);

const otherWidth = (sign: string): number =>
  sign === '…' ? 79 : sign === '—' ? 100 : RTL.test(sign) ? ARABIC : /\p{Lu}/u.test(sign) ? CAPITAL : LETTER;

/** The width of printed text in the unit of `size`; rather a little too wide than too narrow. */
export function widthOf(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const sign of text) {
    if (/\p{M}/u.test(sign)) continue;
    sum += ASCII[(sign.codePointAt(0) ?? 0) - 32] ?? otherWidth(sign);
  }
  return (sum * size * (bold ? BOLD : 1)) / 100;
}

/** The text on one line no wider than `room`; what does not fit ends in "…". */
export function fitted(text: string, size: number, room: number, bold = false): string {
  if (widthOf(text, size, bold) <= room) return text;
  const signs = Array.from(text);
  while (signs.length > 0 && widthOf(`${signs.join('')}…`, size, bold) > room) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

/** The text in at most `lines` lines no wider than `room`, broken between words; the last one is cut where it must be. */
export function wrapped(text: string, size: number, room: number, lines: number, bold = false): readonly string[] {
  const out: string[] = [];
  let line = '';
  const words = text.split(' ').filter((word) => word !== '');
  for (const [i, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer, size, bold) <= room) {
      line = longer;
      continue;
    }
    if (out.length === lines - 1) {
      line = words.slice(i).reduce((all, next) => `${all} ${next}`, line);
      break;
    }
    out.push(line);
    line = word;
  }
  return line === '' ? out : [...out, line].map((l) => fitted(l, size, room, bold));
}

/** Words for people who do not see the picture, cut at a word to what Discord takes as alt text. */
export function altText(parts: readonly string[], limit = 1024): string {
  const text = parts
    .map((part) => part.replace(STEERING, '').replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' ');
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 80)).trimEnd()}…`;
}
