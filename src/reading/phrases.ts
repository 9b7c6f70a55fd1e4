import type { Token } from './tokens.ts';

/** Words or phrases of several words, each with what it stands for. */
export interface Phrases<T> {
  /** The longest phrase that starts at a token: what it stands for, and the token after it. */
  at(tokens: readonly Token[], from: number): Hit<T> | undefined;
  /** The longest phrase that ends before a token. */
  before(tokens: readonly Token[], to: number): Hit<T> | undefined;
}
export interface Hit<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

/** Makes a table of phrases; no look-up takes more steps than the longest phrase has words. */
export function phrases<T>(entries: Iterable<readonly [string, T]>): Phrases<T> {
  const table = new Map(entries);
  const most = Math.max(1, ...[...table.keys()].map((key) => key.split(' ').length));
  const look = (tokens: readonly Token[], from: number, to: number): Hit<T> | undefined => {
    if (from < 0 || to > tokens.length) return undefined;
    const key = tokens
      .slice(from, to)
      .map((t) => t.word)
      .join(' ');
    const value = table.get(key);
    return value === undefined ? undefined : { value, from, to };
  };
  const longest = (range: (words: number) => readonly [number, number], tokens: readonly Token[]) => {
    for (let words = most; words > 0; words--) {
      const hit = look(tokens, ...range(words));
      if (hit) return hit;
    }
    return undefined;
  };
  return {
    at: (tokens, from) => longest((words) => [from, from + words], tokens),
    before: (tokens, to) => longest((words) => [to - words, to], tokens),
  };
}

/** The same value for many phrases, divided by commas. */
export const each = <T>(value: T, list: string): readonly (readonly [string, T])[] =>
  list.split(',').map((phrase) => [phrase.trim(), value] as const);

/** A set of words from one line. */
export const words = (line: string): ReadonlySet<string> => new Set(line.split(' '));
