import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure, Qualifier } from '../../src/model/figure.ts';
import { figure as figureSchema, QUALIFIERS } from '../../src/model/figure.ts';
import { MEASURES, measureOf } from '../../src/model/measures.ts';
import { groupKey, phrase, quantity } from '../../src/picture/wording.ts';
import { figure, situation } from '../support/build.ts';

const HERE = situation();
const say = (change: Partial<Figure>): string => phrase(figure(change), HERE);

const FORMS: Readonly<Record<Qualifier, Partial<Figure>>> = {
  exact: { low: 255, high: 255 },
  at_least: { low: 255, high: null },
  more_than: { low: 51, high: null, stated: 50 },
  at_most: { low: null, high: 40 },
  about: { low: 50000, high: 50000 },
  range: { low: 20, high: 30 },
  word: { low: null, high: null, word: 'dozens' },
  constraint: { low: null, high: null, word: 'most of them' },
  unknown: { low: null, high: null },
  none_reported: { low: 0, high: null },
};
const formed = (qualifier: Qualifier, change: Partial<Figure> = {}): Figure =>
  figure({ qualifier, ...FORMS[qualifier], ...change });

describe('every qualifier with people, things and groups', () => {
  test.each<[Qualifier, string, string, string]>([
    ['exact', '255 people killed', '255 air strikes', '255 civilians killed'],
    ['at_least', 'at least 255 people killed', 'at least 255 air strikes', 'at least 255 civilians killed'],
    ['more_than', 'more than 50 people killed', 'more than 50 air strikes', 'more than 50 civilians killed'],
    ['at_most', 'up to 40 people killed', 'up to 40 air strikes', 'up to 40 civilians killed'],
    ['about', 'about 50,000 people killed', 'about 50,000 air strikes', 'about 50,000 civilians killed'],
    ['range', '20 to 30 people killed', '20 to 30 air strikes', '20 to 30 civilians killed'],
    ['word', 'dozens of people killed', 'dozens of air strikes', 'dozens of civilians killed'],
    ['constraint', 'most of them people', 'most of them air strikes', 'most of them civilians'],
    [
      'unknown',
      'an unknown number of people killed',
      'an unknown number of air strikes',
      'an unknown number of civilians killed',
    ],
    ['none_reported', 'no people reported killed', 'no air strikes reported', 'no civilians reported killed'],
  ])('%s', (qualifier, people, things, civilians) => {
    expect(phrase(formed(qualifier), HERE)).toBe(people);
    expect(phrase(formed(qualifier, { measure: 'strikes' }), HERE)).toBe(things);
    expect(phrase(formed(qualifier, { group: { status: 'civilian' } }), HERE)).toBe(civilians);
  });

  test('each form is one that may be stored', () => {
    for (const qualifier of QUALIFIERS) expect(figureSchema.safeParse(formed(qualifier)).error).toBeUndefined();
  });
});

describe('one is not many', () => {
  const one = { low: 1, high: 1 };
  test.each<[Partial<Figure>, string]>([
    [{}, '1 person killed'],
    [{ group: { status: 'civilian' } }, '1 civilian killed'],
    [{ group: { status: 'combatant' } }, '1 combatant killed'],
    [{ group: { age: 'child' } }, '1 child killed'],
    [{ group: { age: 'child', sex: 'female' } }, '1 girl killed'],
    [{ group: { age: 'child', sex: 'male' } }, '1 boy killed'],
    [{ group: { sex: 'female' } }, '1 woman killed'],
    [{ group: { sex: 'male' } }, '1 man killed'],
    [{ group: { side: 'south' } }, '1 southern fighter killed'],
    [{ group: { status: 'unknown' } }, '1 person of unknown status killed'],
    [{ measure: 'strikes' }, '1 air strike'],
    [{ measure: 'facilities_damaged' }, '1 facility damaged'],
  ])('%j', (change, words) => {
    expect(say({ ...one, ...change })).toBe(words);
  });

  test.each<[Partial<Figure>, string]>([
    [{ qualifier: 'at_least', low: 1, high: null }, 'at least 1 person killed'],
    [{ qualifier: 'at_most', low: null, high: 1 }, 'up to 1 person killed'],
    [{ qualifier: 'more_than', low: 2, high: null, stated: 1 }, 'more than 1 person killed'],
    [{ qualifier: 'range', low: 1, high: 2 }, '1 to 2 people killed'],
    [{ qualifier: 'none_reported', low: 0, high: null }, 'no people reported killed'],
  ])('the noun follows the number before it: %j', (change, words) => {
    expect(say(change)).toBe(words);
  });
});

describe('groups', () => {
  test.each<[Figure['group'], string]>([
    [{ side: 'south', status: 'combatant' }, '9 southern fighters killed'],
    [{ side: 'south', status: 'civilian' }, '9 civilians killed'],
    [{ side: 'elsewhere' }, '9 people killed'],
    [{ status: 'combatant' }, '9 combatants killed'],
    [{ age: 'child' }, '9 children killed'],
    [{ role: 'journalists', status: 'civilian' }, '9 journalists killed'],
    [{ status: 'unknown', side: 'south' }, '9 people of unknown status killed'],
  ])('%j', (group, words) => {
    expect(say({ low: 9, high: 9, group })).toBe(words);
  });

  test('things of a kind say which', () => {
    expect(say({ measure: 'explosions', low: 2, high: 2, group: { role: 'car bombs' } })).toBe(
      '2 explosions (car bombs)',
    );
  });
});

describe('what is not a number', () => {
  test('"about" keeps the word with which it was said', () => {
    expect(quantity(formed('about', { word: 'nearly' }))).toBe('nearly 50,000');
  });

  test('no casualties reported is not zero casualties', () => {
    expect(say({ qualifier: 'none_reported', low: 0, high: null })).not.toBe(say({ low: 0, high: 0 }));
    expect(say({ low: 0, high: 0 })).toBe('0 people killed');
  });

  test('unknown is never zero, and a missing lower bound neither', () => {
    expect(phrase(formed('unknown'), HERE)).not.toMatch(/\d|\bno\b/);
    expect(phrase(formed('at_most'), HERE)).not.toMatch(/\b0\b/);
  });

  test('a measure without words of its own reads as its id', () => {
    expect(say({ measure: 'cluster_munitions', low: 3, high: 3 })).toBe('3 cluster munitions');
  });
});

test('large numbers are grouped, small ones are not', () => {
  const told = [999, 1000, 21000, 370000, 1234567, 1000000000].map((n) => quantity(figure({ low: n, high: n })));
  expect(told).toEqual(['999', '1,000', '21,000', '370,000', '1,234,567', '1,000,000,000']);
});

test('no number is ever printed without its qualifier, in any group and measure', () => {
  const words: Partial<Record<Qualifier, RegExp>> = {
    at_least: /^at least [\d,]+ /,
    more_than: /^more than [\d,]+ /,
    at_most: /^up to [\d,]+ /,
    about: /^about [\d,]+ /,
    range: /^[\d,]+ to [\d,]+ /,
  };
  fc.assert(
    fc.property(
      fc.constantFrom(...QUALIFIERS),
      fc.constantFrom(...MEASURES.map((m) => m.id), 'tanks'),
      fc.integer({ min: 1, max: 1e9 - 1 }),
      fc.constantFrom<Figure['group']>(
        {},
        { status: 'civilian' },
        { side: 'south' },
        { age: 'child' },
        { role: 'families' },
      ),
      (qualifier, measure, n, group) => {
        const { low, high, stated } = FORMS[qualifier];
        const number = (at: number | null | undefined, value: number) => (at === null || at === 0 ? at : value);
        const told = formed(qualifier, {
          measure,
          group,
          low: number(low, qualifier === 'more_than' ? n + 1 : n) ?? null,
          high: number(high, qualifier === 'range' ? n + 1 : n) ?? null,
          ...(stated !== undefined && { stated: n }),
        });
        expect(figureSchema.safeParse(told).success).toBe(true);
        const printed = phrase(told, HERE);
        expect(printed.startsWith(quantity(told))).toBe(true);
        const form = words[qualifier];
        if (form) expect(printed).toMatch(form);
        else if (qualifier !== 'exact') expect(printed.replaceAll('km²', '')).not.toMatch(/\d/);
      },
    ),
  );
});

test('groups that differ have keys that differ', () => {
  const groups: Figure['group'][] = [
    {},
    { status: 'civilian' },
    { status: 'combatant' },
    { side: 'south' },
    { side: 'south', status: 'combatant' },
    { age: 'child' },
    { sex: 'female' },
    { age: 'child', sex: 'female' },
    { role: 'child' },
  ];
  expect(new Set(groups.map(groupKey)).size).toBe(groups.length);
});

test('every measure has a label', () => {
  for (const { id } of MEASURES) expect(measureOf(id).label).toMatch(/^[A-Z]/);
});
