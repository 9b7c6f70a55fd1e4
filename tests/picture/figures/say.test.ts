import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../../src/model/figure.ts';
import { measureOf } from '../../../src/model/measures.ts';
import type { Range } from '../../../src/picture/figures/range.ts';
import { rangeOf, UNKNOWN } from '../../../src/picture/figures/range.ts';
import { sayTotal } from '../../../src/picture/figures/say.ts';
import { phrase } from '../../../src/picture/wording.ts';
import { figure, situation } from '../../support/build.ts';

const range = (low: number | null, high: number | null, best: number | null = null, about = false): Range => ({
  low,
  high,
  best,
  about,
});
const killed = measureOf('killed');

describe('a computed number in words (R5, R7, R18)', () => {
  test.each<[Range, string]>([
    [range(124, 124, 124), '124 people killed'],
    [range(1, 1, 1), '1 person killed'],
    [range(0, 0, 0), '0 people killed'],
    [range(124, null, 124), 'at least 124 people killed'],
    [range(124, null), 'at least 124 people killed'],
    [range(1, null, 1), 'at least 1 person killed'],
    [range(110, null, 124), '110 or more people killed'],
    [range(110, 140, 120), '110 to 140 people killed'],
    [range(300, 300, 300, true), 'about 300 people killed'],
    [range(300, null, 300, true), 'about 300 or more people killed'],
    [range(250, 300, null, true), 'about 250 to 300 people killed'],
    [range(null, 40), 'up to 40 people killed'],
    [range(0, 40), 'up to 40 people killed'],
    [range(0, 1), 'up to 1 person killed'],
    [range(0, 40, 30, true), 'up to about 40 people killed'],
    [range(12_500, 3_500_000), '12,500 to 3,500,000 people killed'],
    [range(14, 12, 13), '12 to 14 people killed'],
    [range(0, null), 'an unknown number of people killed'],
    [range(0, null, 0), 'no people reported killed'],
    [UNKNOWN, 'an unknown number of people killed'],
  ])('%j is "%s"', (of, words) => {
    expect(sayTotal(of, killed)).toBe(words);
  });

  test('things bring their own noun', () => {
    expect(sayTotal(range(23, 23, 23), measureOf('strikes'))).toBe('23 air strikes');
    expect(sayTotal(range(1, 1, 1), measureOf('strikes'))).toBe('1 air strike');
    expect(sayTotal(range(2, null), measureOf('bakeries_hit'))).toBe('at least 2 bakeries hit');
    expect(sayTotal(range(0, null, 0), measureOf('strikes'))).toBe('no air strikes reported');
  });

  test('a sum of one figure reads as the figure itself', () => {
    const n = fc.integer({ min: 1, max: 2_000_000 });
    const one: fc.Arbitrary<Partial<Figure>> = fc.oneof(
      n.map((x) => ({ qualifier: 'exact', low: x, high: x }) as const),
      n.map((x) => ({ qualifier: 'at_least', low: x, high: null }) as const),
      n.map((x) => ({ qualifier: 'at_most', low: null, high: x }) as const),
      n.map((x) => ({ qualifier: 'about', low: x, high: x }) as const),
      n.map((x) => ({ qualifier: 'range', low: x, high: x + 7 }) as const),
      fc.constant({ qualifier: 'none_reported', low: 0, high: null } as const),
    );
    fc.assert(
      fc.property(one, fc.constantFrom('killed', 'strikes'), (said, measure) => {
        const f = figure({ ...said, measure });
        expect(sayTotal(rangeOf(f) ?? UNKNOWN, measureOf(measure))).toBe(phrase(f, situation()));
      }),
    );
  });
});
