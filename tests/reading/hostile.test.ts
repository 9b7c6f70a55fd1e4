import { describe, expect, test } from 'vitest';
import { figure } from '../../src/model/figure.ts';
import { english } from '../../src/reading/english/english.ts';
import type { Language } from '../../src/reading/language.ts';
import { read, readIn } from '../../src/reading/read.ts';
import type { Reading } from '../../src/reading/reading.ts';
import { LONGEST } from '../../src/reading/tokens.ts';
import { HELD_OUT } from './held-out.ts';
import { SENTENCES } from './sentences.ts';
import { CONTEXT } from './setting.ts';

/** A generator of its own, so that a text that fails is found again by its seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ALL = [...HELD_OUT, ...SENTENCES].map(([text]) => text);
const WORDS = ALL.join(' ').split(/(?<=\s)|(?=[,.()–—:"])/);
const ODD = [
  '\u202e',
  '\u2066',
  '\u200b',
  '\u0301'.repeat(5),
  '\ud83d',
  '\udc00',
  '\u0000',
  '٤',
  '１２',
  '\n',
  '((',
  '"',
  '0',
  '-1',
  '1e9',
  '9'.repeat(30),
  '½',
  '٪',
  'İ',
  'ß',
];

function scrambled(seed: number): string {
  const next = chance(seed);
  return Array.from({ length: 5 + next(60) }, () =>
    next(8) === 0 ? ODD[next(ODD.length)] : WORDS[next(WORDS.length)],
  ).join('');
}

function check(text: string, reading: Reading): void {
  const spans = [
    ...reading.figures.flatMap((p) => Object.values(p.spans)),
    ...reading.attributions.map((a) => a.span),
    ...(reading.place ? [reading.place.span] : []),
  ];
  // One expectation for all of them: thousands are slow.
  expect(spans.filter(({ start, end }) => !(start >= 0 && start < end && end <= text.length))).toEqual([]);
  const ids = reading.figures.flatMap((p) => p.figure.id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(reading.figures.filter((p) => !figure.safeParse(p.figure).success)).toEqual([]);
  expect(reading.figures.filter(({ figure: { part } }) => part && !ids.includes(part.of))).toEqual([]);
  expect(reading.headline?.length ?? 0).toBeLessThanOrEqual(200);
}

test('any text is read without an error, and what is found stands in it', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const text = scrambled(seed);
    try {
      check(text, read(text, CONTEXT));
    } catch (error) {
      throw new Error(`seed ${seed}: ${JSON.stringify(text)}`, { cause: error });
    }
  }
});

test('the same text is read the same way', () => {
  expect(ALL.map((text) => read(text, CONTEXT))).toEqual(ALL.map((text) => read(text, CONTEXT)));
});

test('a text without a number or a word for one has no figure', () => {
  const numeral = /\d|\p{Nd}/u;
  const spelled = new Set(
    WORDS.map((w) => w.trim().toLowerCase()).filter((w) =>
      english.numeral([{ kind: 'word', text: w, word: w, owns: false, start: 0, end: w.length, spaced: false }], 0),
    ),
  );
  const parts = new Set(
    'dozens hundreds thousands millions scores tens number one a an no none nobody half couple few several dozen hundred thousand million handful zero'.split(
      ' ',
    ),
  );
  for (let seed = 1; seed <= 300; seed++) {
    const text = scrambled(seed)
      .split(/\s+/)
      .filter(
        (w) =>
          !numeral.test(w) &&
          !w
            .toLowerCase()
            .split(/[^\p{L}-]+/u)
            .some((x) => parts.has(x) || spelled.has(x) || /-/.test(x)),
      )
      .join(' ');
    expect(
      read(text, CONTEXT).figures.map((p) => p.figure),
      text,
    ).toEqual([]);
  }
});

/** English that counts how often it is asked. */
function counting(): { readonly language: Language; asked(): number } {
  let asked = 0;
  const tally = <T>(table: T): T => {
    if (typeof table !== 'object' || table === null || !('at' in table)) return table;
    const { at, before } = table as unknown as Language['verbs'];
    return {
      at: (...a: Parameters<typeof at>) => (asked++, at(...a)),
      before: (...a: Parameters<typeof before>) => (asked++, before(...a)),
    } as T;
  };
  const language = Object.fromEntries(Object.entries(english).map(([k, v]) => [k, tally(v)])) as unknown as Language;
  return {
    language: { ...language, numeral: (tokens, at) => (asked++, english.numeral(tokens, at)) },
    asked: () => asked,
  };
}

describe('the work is in proportion to the text', () => {
  const floods: readonly [string, string][] = [
    ['numbers', '12 '],
    ['killed', 'killed 12 people, including 3 children, '],
    ['lists', 'a, '],
    ['brackets', '12 ('],
    ['quotes', '"12 killed" '],
    ['said', 'SOHR said '],
    ['since', 'since Wednesday '],
    ['hyphens', 'twenty-'],
    ['ands', 'one hundred and '],
    ['toll', 'toll to 12 '],
    ['points', 'U.N.'],
    ['dots', '. '],
    ['commas', '1,000,'],
    ['accents', 'e\u0301\u0301\u0301'],
    ['bidi', '\u202e12 killed\u202c '],
    ['digits', '9'],
    ['phone', '+1-(2) '],
    ['shares', 'mostly combatants, '],
    ['lines', '12 dead\n'],
    ['address', 'https://a.'],
    ['people', 'people '],
    ['among', '3 children among them '],
  ];
  const work = (text: string): number => {
    const { language, asked } = counting();
    check(text, readIn(text, CONTEXT, language));
    return asked();
  };
  test.each(floods)('%s', (_, piece) => {
    const long = piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST);
    const [half, whole] = [work(long.slice(0, LONGEST / 2)), work(long)];
    expect(whole).toBeLessThanOrEqual(2.5 * half + 1000);
    // Some look-ups a character, however the text is made.
    expect(whole).toBeLessThan(400 * LONGEST);
  });
});

test('the end of a very long text is not read, and that is said', () => {
  expect(read('12 people were killed. '.repeat(2000), CONTEXT).unread).toBe(46_000 - LONGEST);
});
