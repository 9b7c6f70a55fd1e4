import { level } from './characters.ts';

/**
 * A piece of a text. `number`: digits that may count something; `code`: what holds digits and never counts (T-72, 3rd,
 * 12-year-old, a date with slashes, a telephone number, an address); `day`: 2024-11-29; `clock`: 18:00.
 */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark' | 'code' | 'day' | 'clock';
  /** As it was written, in plain characters. */
  readonly text: string;
  /** In lower case, without the genitive. */
  readonly word: string;
  /** "SOHR's" */
  readonly owns: boolean;
  readonly start: number;
  readonly end: number;
  /** Of a number. */
  readonly value?: number;
  /** Whether something stands between it and the token before. */
  readonly spaced: boolean;
}

/** Longer texts are read up to here: more than Discord lets a message hold, and than a wire story has. */
export const LONGEST = 20_000;

const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mn: 1e6, mln: 1e6, bn: 1e9 };

// Every form is anchored where it is tried, and none holds two loops over the same characters: the time is that of the text.
const LINK = /https?:\/\/[^\s<>]+|www\.[^\s<>]+/iy;
const DISCORD = /<(?:@[!&]?|#|a?:\w{1,32}:|t:)-?\d{1,20}(?::[a-z])?>/iy;
const PHONE = /\+\d[\d \-()]{5,20}\d|\d{2,4}(?:-\d{2,4}){2,4}(?!\d)/y;
const DAY = /\d{4}-\d{2}-\d{2}(?!\d)/y;
const SLASHED = /\d{1,4}(?:\/\d{1,4})+|\d{1,6}(?:\.\d{1,6}){2,}/y;
const CLOCK = /\d{1,2}:\d{2}(?::\d{2})?(?!\d)/y;
const GROUPED = /\d{1,3}(?:,\d{3}){1,4}(?!,?\d)|\d{1,3}(?: \d{3}){1,4}(?!\d)/y;
const DIGITS = /\d+(?:\.\d+)?/y;
const TAIL = /-?\p{L}[\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{M}\p{N}]+)*/uy;
const INITIALS = /(?:\p{L}\.){2,8}/uy;
const WORD = /\p{L}[\p{L}\p{M}\p{N}]*(?:['-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/uy;

/** What a form finds at a place, or nothing. */
function at(form: RegExp, text: string, place: number): string | undefined {
  form.lastIndex = place;
  return form.exec(text)?.[0];
}

type Found = Pick<Token, 'kind' | 'text'> & { readonly value?: number };

function numeric(text: string, place: number): Found {
  const day = at(DAY, text, place);
  if (day !== undefined) return { kind: 'day', text: day };
  for (const form of [PHONE, SLASHED]) {
    const code = at(form, text, place);
    if (code !== undefined) return { kind: 'code', text: code };
  }
  const clock = at(CLOCK, text, place);
  if (clock !== undefined) return { kind: 'clock', text: clock };
  const digits = at(GROUPED, text, place) ?? at(DIGITS, text, place) ?? text.charAt(place);
  const tail = at(TAIL, text, place + digits.length);
  const scale = tail === undefined ? 1 : SCALES[tail.toLowerCase()];
  if (scale === undefined) return { kind: 'code', text: digits + tail };
  const value = Number(digits.replace(/[ ,]/g, '')) * scale;
  return { kind: 'number', text: digits + (tail ?? ''), value: Math.round(value * 1000) / 1000 };
}

function foundAt(text: string, place: number): Found {
  const char = text.charAt(place);
  const code = at(LINK, text, place) ?? (char === '<' ? at(DISCORD, text, place) : undefined);
  if (code !== undefined) return { kind: 'code', text: code };
  if (/[\d+]/.test(char)) {
    if (char !== '+') return numeric(text, place);
    const phone = at(PHONE, text, place);
    if (phone !== undefined) return { kind: 'code', text: phone };
  }
  const word = at(INITIALS, text, place) ?? at(WORD, text, place);
  return word === undefined ? { kind: 'mark', text: char } : { kind: 'word', text: word };
}

/** The pieces of a text, in order; blanks are left out, the end of a line is a mark. Takes time in proportion to the text. */
export function tokens(written: string): readonly Token[] {
  const text = level(written.slice(0, LONGEST));
  const out: Token[] = [];
  let place = 0;
  let spaced = false;
  while (place < text.length) {
    if (text.charAt(place) === ' ') {
      place++;
      spaced = true;
      continue;
    }
    const found = foundAt(text, place);
    const end = place + found.text.length;
    const lower = found.text.toLowerCase();
    const owns = found.kind === 'word' && /(?:'s|s')$/.test(lower);
    const word = owns ? lower.replace(/'s$/, '') : lower;
    out.push({ ...found, word, owns, start: place, end, spaced });
    place = end;
    spaced = false;
  }
  return out;
}
