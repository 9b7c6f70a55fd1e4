import type { Token } from './tokens.ts';

/** A name that was found in tokens, and whose it is. */
export interface Named<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
}

export interface Names<T> {
  /** The longest name that starts at a token. */
  at(tokens: readonly Token[], from: number): Named<T> | undefined;
}

interface Name<T> {
  readonly keys: readonly string[];
  /** Of one word: written with capitals as here, so that "WHO" is not "who". */
  readonly strict: boolean;
  readonly text: string;
  readonly value: T;
}

const bare = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '');

/** Words of a name as they are compared: without case, accents, articles and the ending of a people's name. */
const keysOf = (text: string, stem: (word: string) => string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[\s/]+/)
    .map((word) => bare(stem(word.replace(/^[("]+|[)",.]+$/g, '').replace(/'s$/, ''))))
    .filter((word, i) => word !== '' && !(i === 0 && word === 'the'));

/** Finds names in tokens, by their first word: the time does not grow with how many there are. */
export function names<T>(entries: Iterable<readonly [string, T]>, stem: (word: string) => string): Names<T> {
  const byFirst = new Map<string, Name<T>[]>();
  for (const [text, value] of entries) {
    const keys = keysOf(text, stem);
    const [first] = keys;
    if (first === undefined) continue;
    const list = byFirst.get(first) ?? [];
    list.push({ keys, strict: keys.length === 1, text: text.replace(/^the /i, ''), value });
    byFirst.set(first, list);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.keys.length - a.keys.length);
  const key = (token: Token | undefined): string => (token === undefined ? '' : bare(stem(token.word)));
  const fits = (name: Name<T>, tokens: readonly Token[], from: number): boolean => {
    if (!name.keys.every((word, i) => word === key(tokens[from + i]))) return false;
    if (!name.strict) return true;
    const written = tokens[from]?.text ?? '';
    const capitals = name.text.length <= 5 && name.text === name.text.toUpperCase();
    return capitals
      ? written.replace(/'s$/, '') === name.text
      : /^\p{Lu}/u.test(written) || !/^\p{Lu}/u.test(name.text);
  };
  return {
    at: (tokens, from) => {
      const found = byFirst.get(key(tokens[from]))?.find((name) => fits(name, tokens, from));
      return found && { value: found.value, from, to: from + found.keys.length };
    },
  };
}
