import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../src/model/figure.ts';
import { jumpsOf } from '../../../src/picture/figures/guard.ts';
import type { Overlap } from '../../../src/picture/figures/overlap.ts';
import { overlapOf } from '../../../src/picture/figures/overlap.ts';
import { partitionsOf } from '../../../src/picture/figures/partition.ts';
import type { Said, Series } from '../../../src/picture/series.ts';
import { tollsOf } from '../../../src/picture/series.ts';
import {
  added,
  atLeast,
  entry,
  figure,
  pictureOf,
  report,
  reported,
  situation,
  toll,
  withdrawn,
} from '../../support/build.ts';

const said = (of: Figure, originator = 'monitor'): Said => ({
  figure: of,
  index: 0,
  report: 'E1.1',
  originator,
  relayed: false,
  published: '2024-11-28',
  seq: 1,
  entry: 'E1',
});

describe('overlap (R2, R9)', () => {
  const window = (from: string, to: string, change: Partial<Figure> = {}) => figure({ scope: { from, to }, ...change });
  const area = (id: string) => ({ scope: { from: '2024-11-27', to: '2024-11-27', area: id } });
  const group = (g: Figure['group']) => figure({ group: g });
  test.each<[string, Figure, Figure, Overlap]>([
    ['the same scope', figure(), figure(), 'overlapping'],
    [
      'windows that meet on a day',
      window('2024-11-26', '2024-11-28'),
      window('2024-11-28', '2024-11-30'),
      'overlapping',
    ],
    ['windows a day apart', window('2024-11-26', '2024-11-28'), window('2024-11-29', '2024-11-30'), 'disjoint'],
    [
      'people displaced at two times',
      window('2024-11-26', '2024-11-26', { mode: 'stock' }),
      window('2024-11-29', '2024-11-29', { mode: 'stock' }),
      'overlapping',
    ],
    [
      'people displaced at a time, and since a start',
      window('2024-11-26', '2024-11-26', { mode: 'stock' }),
      window('2024-11-28', '2024-11-29', { mode: 'cumulative' }),
      'overlapping',
    ],
    ['a town and its province', figure(area('ford')), figure(area('valley')), 'overlapping'],
    ['two provinces', figure(area('coast')), figure(area('valley')), 'disjoint'],
    ['a province and everywhere', figure(area('coast')), figure(), 'overlapping'],
    ['civilians and combatants', group({ status: 'civilian' }), group({ status: 'combatant' }), 'disjoint'],
    ['civilians and those of a side', group({ status: 'civilian' }), group({ side: 'north' }), 'disjoint'],
    ['two sides', group({ side: 'south' }), group({ side: 'north' }), 'disjoint'],
    ['civilians and children', group({ status: 'civilian' }), group({ age: 'child' }), 'overlapping'],
    ['killed and casualties', figure(), figure({ measure: 'casualties' }), 'overlapping'],
    [
      'missing in May, killed in June',
      window('2024-05-01', '2024-05-02', { measure: 'missing' }),
      figure(),
      'overlapping',
    ],
  ])('%s', (_, a, b, expected) => {
    expect(overlapOf(situation(), said(a), said(b))).toBe(expected);
    expect(overlapOf(situation(), said(b), said(a))).toBe(expected);
  });

  test('whom one calls a civilian another may call a fighter (R15)', () => {
    const [a, b] = [group({ status: 'civilian' }), group({ status: 'combatant' })];
    expect(overlapOf(situation(), said(a, 'monitor'), said(b, 'un'))).toBe('overlapping');
  });
});

describe('breakdowns (R10)', () => {
  const part = { of: 'all', as: 'partition' } as const;
  const check = (...figures: Figure[]) => partitionsOf(report('E1.1', { figures }))[0];
  const parts = (...numbers: number[]) => numbers.map((n) => figure({ low: n, high: n, part }));
  const whole = (change: Partial<Figure>) => figure({ id: 'all', ...change });

  test.each<[string, Figure, readonly Figure[], { rest: number | null; open: boolean; inconsistent: boolean }]>([
    ['parts that add up', whole({ low: 10, high: 10 }), parts(6, 4), { rest: 0, open: false, inconsistent: false }],
    ['a rest', whole({ low: 10, high: 10 }), parts(6, 2), { rest: 2, open: false, inconsistent: false }],
    ['too many parts', whole({ low: 10, high: 10 }), parts(6, 5), { rest: -1, open: false, inconsistent: true }],
    [
      '"at least 417" of 400',
      whole({ low: 417, high: null, qualifier: 'at_least' }),
      parts(44, 219, 137),
      { rest: 17, open: true, inconsistent: false },
    ],
    [
      '"at least 12" of 3 and at least 10',
      whole({ low: 12, high: null, qualifier: 'at_least' }),
      [...parts(3), figure({ low: 10, high: null, qualifier: 'at_least', part })],
      { rest: -1, open: true, inconsistent: true },
    ],
    [
      '"at least" parts of a number',
      whole({ low: 12, high: 12 }),
      [...parts(3), figure({ low: 10, high: null, qualifier: 'at_least', part })],
      { rest: -1, open: true, inconsistent: true },
    ],
    [
      'a rounded whole is contradicted by nothing',
      whole({ qualifier: 'about', low: 100, high: 100 }),
      parts(60, 45),
      { rest: null, open: false, inconsistent: false },
    ],
    [
      'a range',
      whole({ qualifier: 'range', low: 8, high: 12 }),
      parts(6, 5),
      { rest: null, open: false, inconsistent: false },
    ],
    [
      '"up to" as a part gives nothing for certain',
      whole({ low: 10, high: 10 }),
      [...parts(9), figure({ qualifier: 'at_most', low: null, high: 5, part })],
      { rest: null, open: false, inconsistent: false },
    ],
  ])('%s', (_, of, broken, expected) => {
    expect(check(of, ...broken)).toMatchObject(expected);
  });

  test('a subset, a part of another measure, a word: no part of the sum', () => {
    const figures = [
      whole({ low: 10, high: 10 }),
      figure({ low: 9, high: 9, group: { age: 'child' }, part: { of: 'all', as: 'subset' } }),
      figure({ low: 9, high: 9, measure: 'injured', part }),
      figure({ qualifier: 'word', low: null, high: null, word: 'dozens', part }),
    ];
    expect(check(...figures)).toBeUndefined();
    expect(check(...figures, ...parts(4))).toMatchObject({ parts: [4], rest: 6 });
  });
});

describe('the jump guard (R17)', () => {
  const ENTRY = entry('E1', { kind: 'toll' });
  const jumps = (...figures: Figure[]) => {
    const picture = pictureOf(
      added(ENTRY),
      ...figures.map((f, i) => reported(report(`E1.${i + 2}`, { figures: [f] }))),
    );
    return jumpsOf(picture, tollsOf(picture)[0] as Series).map((j) => j.kind);
  };

  test.each<[string, Figure, Figure, readonly string[]]>([
    ['half as much again and 50 more', toll(100, '2024-11-28'), toll(150, '2024-11-29'), ['rise']],
    ['less than half as much again', toll(200, '2024-11-28'), toll(299, '2024-11-29'), []],
    ['twice as much, but few', toll(10, '2024-11-28'), toll(59, '2024-11-29'), []],
    ['any fall', atLeast(255, '2024-11-28'), toll(254, '2024-11-29'), ['fall']],
    ['the same number again', toll(255, '2024-11-28'), toll(255, '2024-11-29'), []],
    ['from none to many', toll(0, '2024-11-28'), toll(60, '2024-11-29'), ['rise']],
    [
      'a word is no move',
      toll(60, '2024-11-28'),
      toll(0, '2024-11-29', { qualifier: 'word', low: null, high: null, word: 'dozens' }),
      [],
    ],
  ])('%s', (_, from, to, expected) => {
    expect(jumps(from, to)).toEqual(expected);
  });

  test('a number that stands in the same report under another measure', () => {
    const says = (killed: number, injured: number) => {
      const picture = pictureOf(
        added(
          ENTRY,
          report('E1.1', {
            figures: [toll(killed, '2024-11-28'), toll(injured, '2024-11-28', { measure: 'injured' })],
          }),
        ),
      );
      return jumpsOf(picture, tollsOf(picture)[0] as Series).map((j) => j.kind);
    };
    expect(says(46, 46)).toEqual(['same-number']);
    expect(says(46, 47)).toEqual([]);
    expect(says(0, 0)).toEqual([]);
  });

  test('what was withdrawn is nothing to fall from', () => {
    const picture = pictureOf(
      added(ENTRY, report('E1.1', { figures: [toll(100, '2024-11-28')] })),
      reported(report('E1.2', { figures: [toll(900, '2024-11-29')] })),
      withdrawn('E1.2'),
    );
    expect(jumpsOf(picture, tollsOf(picture)[0] as Series)).toEqual([]);
  });
});
