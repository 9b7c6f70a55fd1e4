import type { Figure } from '../../model/figure.ts';

/**
 * What is known of a number. `low`: at least so many; `high`: at most so many; null: no such bound is known, which is
 * never 0. `best`: the number as its author gave it; null where none was given. `about`: somebody rounded.
 */
export interface Range {
  readonly low: number | null;
  readonly high: number | null;
  readonly best: number | null;
  readonly about: boolean;
}

/** The bounds of a figure; undefined where it gives no number ("dozens", "most of them", unknown). */
export function rangeOf(figure: Figure): Range | undefined {
  const { low, high, qualifier } = figure;
  switch (qualifier) {
    case 'exact':
      return { low, high, best: low, about: false };
    case 'about':
      // R18: a rounded number bounds nothing; it is carried as both bounds and marks every result that it enters.
      return { low, high, best: low, about: true };
    case 'at_least':
    case 'more_than':
      return { low, high: null, best: low, about: false };
    case 'at_most':
      return { low: null, high, best: null, about: false };
    case 'range':
      return { low, high, best: figure.best ?? null, about: false };
    case 'none_reported':
      return { low: 0, high: null, best: 0, about: false };
    case 'word':
    case 'constraint':
    case 'unknown':
      return undefined;
  }
}

/** A number of which nothing is known: what nobody counted, and the sum of nothing (R13: that is not 0). */
export const UNKNOWN: Range = { low: null, high: null, best: null, about: false };

/** What bounds its whole from below and says nothing else of it: "3 children", of an unknown number of people. */
export const floor = (range: Range): Range => ({ ...range, high: null, best: null });

const both = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/**
 * Sum of disjoint numbers (R2). "Up to 40" adds nothing to the lower bound, which stays unknown where no number has one;
 * an unknown upper bound leaves the sum open.
 */
export const plus = (a: Range, b: Range): Range => ({
  low: a.low === null ? b.low : a.low + (b.low ?? 0),
  high: both(a.high, b.high),
  best: both(a.best, b.best),
  about: a.about || b.about,
});

/** The sum of disjoint numbers; of none at all nothing is known. */
export function sum(ranges: Iterable<Range>): Range {
  const [first, ...rest] = ranges;
  return first ? rest.reduce(plus, first) : UNKNOWN;
}

/** R5: several tellings of one number: from the smallest low to the largest high; one without an upper bound leaves it open. */
export function hull(ranges: readonly [Range, ...Range[]]): Omit<Range, 'best'> {
  const lows = ranges.map((r) => r.low).filter((n) => n !== null);
  const highs = ranges.map((r) => r.high).filter((n) => n !== null);
  return {
    // One that says only "up to" has no low: the others' smallest stands, and none at all stays unknown.
    low: lows.length > 0 ? Math.min(...lows) : null,
    high: highs.length < ranges.length ? null : Math.max(...highs),
    about: ranges.some((r) => r.about),
  };
}

/** R8: what a summary holds beyond the leaves that are counted themselves. */
export function residual(whole: Range, leaves: Range): Range {
  const low = whole.low === null || leaves.high === null ? 0 : Math.max(0, whole.low - leaves.high);
  const high = whole.high === null ? null : Math.max(0, whole.high - (leaves.low ?? 0));
  const best = whole.best === null || leaves.best === null ? null : Math.max(0, whole.best - leaves.best);
  return { low, high, best, about: whole.about || leaves.about };
}
