/** Marks that are written in more than one way, each as the one that is read. All are one UTF-16 unit, as their stand-ins are. */
const SAME: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u00ab': '"',
  '\u00bb': '"',
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '–',
  '\u2015': '—',
  '\u066c': ',',
  '\u066b': '.',
};

/** Spaces of every width, and what is not seen: controls, marks of direction, joiners. */
const BLANK = /[^\S\n]|[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Zeros of the digits that people paste: Arabic-Indic, Persian, full-width. */
const ZEROS = [0x660, 0x6f0, 0xff10];

function plain(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x7f && code > 0x1f) return char;
  if (char === '\n') return char;
  if (BLANK.test(char)) return ' ';
  const zero = ZEROS.find((z) => code >= z && code <= z + 9);
  return zero === undefined ? (SAME[char] ?? char) : String(code - zero);
}

/** The text in plain characters, **as long as it was**: what is found at a place in it stands at that place in the original. */
export function level(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += plain(text.charAt(i));
  return out;
}
