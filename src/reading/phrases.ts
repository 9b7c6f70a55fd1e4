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

/** How many words the phrases have that have a word at one end, the most first. */
function lengths(keys: Iterable<string>, end: 0 | -1): ReadonlyMap<string, readonly number[]> {
  const out = new Map<string, Set<number>>();
  for (const key of keys) {
    const list = key.split(' ');
    const word = list.at(end) ?? '';
    out.set(word, (out.get(word) ?? new Set()).add(list.length));
  }
  return new Map([...out].map(([word, set]) => [word, [...set].sort((a, b) => b - a)]));
}

/** Makes a table of phrases; a look-up tries no more than the lengths that phrases with its first or last word have. */
export function phrases<T>(entries: Iterable<readonly [string, T]>): Phrases<T> {
  const table = new Map(entries);
  const [firsts, lasts] = [lengths(table.keys(), 0), lengths(table.keys(), -1)];
  const look = (tokens: readonly Token[], from: number, to: number): Hit<T> | undefined => {
    if (from < 0 || to > tokens.length) return undefined;
    let key = tokens[from]?.word ?? '';
    for (let i = from + 1; i < to; i++) key += ` ${tokens[i]?.word ?? ''}`;
    const value = table.get(key);
    return value === undefined ? undefined : { value, from, to };
  };
  return {
    at: (tokens, from) => {
      for (const n of firsts.get(tokens[from]?.word ?? '') ?? []) {
        const hit = look(tokens, from, from + n);
        if (hit) return hit;
      }
      return undefined;
    },
    before: (tokens, to) => {
      for (const n of lasts.get(tokens[to - 1]?.word ?? '') ?? []) {
        const hit = look(tokens, to - n, to);
        if (hit) return hit;
      }
      return undefined;
    },
  };
}

/** The same value for many phrases, divided by commas. */
export const each = <T>(value: T, list: string): readonly (readonly [string, T])[] =>
  list.split(',').map((phrase) => [phrase.trim(), value] as const);

/** A set of words from one line. */
export const words = (line: string): ReadonlySet<string> => new Set(line.split(' '));
