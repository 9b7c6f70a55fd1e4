import type { Language } from './language.ts';
import type { Token } from './tokens.ts';

/** One sentence: its own tokens, and whether a new line begins with it. */
export interface Sentence {
  readonly tokens: readonly Token[];
  readonly opens: boolean;
}

/** No sentence is longer; what is, is read in pieces, so that the time stays in proportion to the text. */
const LONGEST = 300;

const ENDS = new Set(['.', '!', '?', '…', '\n']);

function isEnd(tokens: readonly Token[], i: number, language: Language): boolean {
  const [before, token, after] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  if (token === undefined || token.kind !== 'mark' || !ENDS.has(token.text)) return false;
  if (token.text !== '.') return true;
  if (after === undefined) return true;
  if (before && !token.spaced && language.abbreviations.has(before.word) && after.spaced) return false;
  // "1. Twelve people": the number of a point, not the end of one.
  const lead = tokens[i - 2];
  if (before?.kind === 'number' && (lead === undefined || lead.text === '\n')) return false;
  return after.text === '\n' || (after.spaced && !/^\p{Ll}/u.test(after.text)) || after.text === '"';
}

/** Tokens divided into sentences; the marks that end them are left out. */
export function sentences(tokens: readonly Token[], language: Language): readonly Sentence[] {
  const out: Sentence[] = [];
  let from = 0;
  let opens = true;
  for (let i = 0; i <= tokens.length; i++) {
    const ends = i === tokens.length || isEnd(tokens, i, language);
    if (!ends && i - from < LONGEST) continue;
    if (i > from) out.push({ tokens: tokens.slice(from, i), opens });
    if (i > from || tokens[i]?.text === '\n') opens = tokens[i]?.text === '\n';
    from = ends ? i + 1 : i;
  }
  return out;
}
