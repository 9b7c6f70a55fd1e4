import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError, parseJson } from '../../src/curated/json-text.ts';

const refusal = (text: string): string => {
  try {
    parseJson(text);
    return 'accepted';
  } catch (error) {
    if (error instanceof JsonError) return `${error.line}:${error.column} ${error.message}`;
    throw error;
  }
};

describe('reading JSON that was written by hand', () => {
  it.each([
    ['{\n  "a": 1,\n}', '2:9 the comma before "}" is one too many'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3 expected "," or "}" here; is a comma missing before it?'],
    ['{\n  a: 1\n}', '2:3 a field name stands in double quotes, for example "id"'],
    ['{ "a": \'x\' }', '1:8 a text stands in double quotes, not in single ones'],
    ['{ "a" 1 }', '1:7 expected ":" after "a"'],
    ['{ "a": }', '1:8 expected a value here: a text, a number, true, false, null, [ or {'],
    ['{ "a": 012 }', '1:9 this is no number or word that JSON knows'],
    ['{\n  // why\n  "a": 1 }', '2:3 JSON has no comments; take this out'],
    ['{ "a": "x\n" }', '1:8 this text is not closed with " on its line; a line break within a text is written \\n'],
    ['{ "a": "C:\\dir" }', '1:11 this backslash starts nothing that JSON knows; write \\\\ for a backslash'],
    ['{ "a": "x\ty" }', '1:10 a tab within a text is written \\t'],
    ['{\n "a": [1, 2', '2:12 the file ends, but the "[" of line 2 is not closed'],
    ['{}\n}', '2:1 something follows the end of the document; is a bracket closed too early?'],
    ['  \n', '2:1 the file is empty'],
    ['{ "a": 1, "b": 2, "a": 3 }', '1:19 "a" is written twice in one object; keep one of them'],
    ['{ "a": "\uFFFD" }', '1:9 this character could not be read; save the file as UTF-8'],
    ['['.repeat(200), '1:102 more than 100 levels deep'],
  ])('says where %j stops being JSON', (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('takes a byte order mark for what it is', () => {
    expect(parseJson('\uFEFF{"a": 1}').value).toEqual({ a: 1 });
  });

  it('knows the line of each value, and of what is around a missing one', () => {
    const document = parseJson('{\n  "a": [\n    1,\n    { "b": 2 }\n  ]\n}');
    expect(document.lineOf(['a'])).toBe(2);
    expect(document.lineOf(['a', 0])).toBe(3);
    expect(document.lineOf(['a', 1, 'b'])).toBe(4);
    expect(document.lineOf(['a', 1, 'missing', 'x'])).toBe(4);
    expect(document.lineOf([])).toBe(1);
  });

  it('accepts what JSON.parse accepts, with the same value', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const pretty = JSON.stringify(JSON.parse(text), null, indent);
        expect(parseJson(pretty).value).toEqual(JSON.parse(pretty));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const mangled = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '\\', '0', 'x', '\n', '-', '.'),
      )
      .map(
        ([text, where, junk]) =>
          text.slice(0, where % (text.length + 1)) + junk + text.slice((where % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(mangled, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (!valid) expect(() => parseJson(text)).toThrow(JsonError);
      }),
      { numRuns: 2000 },
    );
  });
});
