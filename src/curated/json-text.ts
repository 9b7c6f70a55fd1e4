/** Where a value stands in a document: `['entries', 3, 'headline']`. */
export type Path = readonly PropertyKey[];

/** The text is no JSON. Line and column count from 1. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly line: number;
  readonly column: number;
  constructor(text: string, offset: number, message: string) {
    super(message);
    const before = text.slice(0, offset);
    this.line = before.split('\n').length;
    this.column = offset - before.lastIndexOf('\n');
  }
}

export interface JsonDocument {
  readonly value: unknown;
  /** Line (from 1) of the value at a path, or of the nearest thing around it that is there. */
  lineOf(path: Path): number;
}

/**
 * Reads JSON that was written by hand. Stricter than `JSON.parse`, which silently takes the last of two equal keys,
 * and says line and column where it refuses, which `JSON.parse` does not. Throws JsonError.
 */
export function parseJson(source: string): JsonDocument {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0) throw new JsonError(text, broken, 'this character could not be read; save the file as UTF-8');
  scan(text);
  const value: unknown = JSON.parse(text);
  let offsets: Map<string, number> | undefined;
  return {
    value,
    lineOf(path) {
      offsets ??= offsetsOf(text);
      for (let length = path.length; length >= 0; length--) {
        const offset = offsets.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return text.slice(0, offset).split('\n').length;
      }
      return 1;
    },
  };
}

/** What stands at a path of a value that was read; undefined when there is nothing. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (!isRecord(value)) return undefined;
    value = value[key];
  }
  return value;
}

const isRecord = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;

const keyOf = (path: Path): string => path.map(String).join('/');

function offsetsOf(text: string): Map<string, number> {
  const offsets = new Map<string, number>();
  scan(text, (path, offset) => offsets.set(keyOf(path), offset));
  return offsets;
}

const SPACE = /[ \t\r\n]*/y;
/** Everything from the space on but the quote and the backslash, or an escape. */
const CHARACTERS = /(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const DEEPEST = 100;

/** Walks the text once; refuses with JsonError. A member of an object is visited at its key. */
function scan(text: string, visit?: (path: Path, offset: number) => void): void {
  let at = 0;

  const fail = (message: string, offset = at): never => {
    throw new JsonError(text, offset, message);
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const space = (): void => {
    take(SPACE);
    if (text.startsWith('//', at) || text.startsWith('/*', at)) fail('JSON has no comments; take this out');
  };
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;

  const string = (what: string): string => {
    const start = at;
    if (text[at] !== '"') return fail(`${what} stands in double quotes, for example "id"`);
    at += 1;
    take(CHARACTERS);
    if (text[at] === '"') {
      at += 1;
      return String(JSON.parse(text.slice(start, at)));
    }
    if (text[at] === '\\') return fail('this backslash starts nothing that JSON knows; write \\\\ for a backslash');
    if (text[at] === '\t') return fail('a tab within a text is written \\t');
    return fail(`this text is not closed with " on its line; a line break within a text is written \\n`, start);
  };

  const members = (open: '{' | '[', depth: number, member: () => void): void => {
    const start = at;
    const close = open === '{' ? '}' : ']';
    if (depth > DEEPEST) fail(`more than ${DEEPEST} levels deep`);
    at += 1;
    space();
    if (text[at] === close) {
      at += 1;
      return;
    }
    for (;;) {
      member();
      space();
      if (text[at] === close) {
        at += 1;
        return;
      }
      if (at >= text.length) fail(`the file ends, but the "${open}" of line ${lineAt(start)} is not closed`);
      if (text[at] !== ',') fail(`expected "," or "${close}" here; is a comma missing before it?`);
      const comma = at;
      at += 1;
      space();
      if (text[at] === close) fail(`the comma before "${close}" is one too many`, comma);
    }
  };

  const value = (path: Path, depth: number): void => {
    const char = text[at];
    if (char === '{') {
      const seen = new Set<string>();
      members('{', depth, () => {
        const start = at;
        const key = string('a field name');
        if (seen.has(key)) fail(`"${key}" is written twice in one object; keep one of them`, start);
        seen.add(key);
        visit?.([...path, key], start);
        space();
        if (text[at] !== ':') fail(`expected ":" after "${key}"`);
        at += 1;
        space();
        value([...path, key], depth + 1);
      });
    } else if (char === '[') {
      let index = 0;
      members('[', depth, () => {
        const here = [...path, index];
        visit?.(here, at);
        value(here, depth + 1);
        index += 1;
      });
    } else if (char === '"') string('a text');
    else if (char === "'") fail('a text stands in double quotes, not in single ones');
    else if (take(WORD) === undefined && take(NUMBER) === undefined)
      fail(
        at >= text.length
          ? 'the file ends where a value should be'
          : 'expected a value here: a text, a number, true, false, null, [ or {',
      );
    else if (/[\w.]/.test(text[at] ?? '')) fail('this is no number or word that JSON knows');
  };

  space();
  if (at >= text.length) fail('the file is empty');
  visit?.([], at);
  value([], 0);
  space();
  if (at < text.length) fail('something follows the end of the document; is a bracket closed too early?');
}
