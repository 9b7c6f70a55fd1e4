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
      return { low, high, best: null, about: false };
    case 'none_reported':
      return { low: 0, high: null, best: null, about: false };
    case 'word':
    case 'constraint':
    case 'unknown':
      return undefined;
  }
}

/** The number of things that are not known to be any. */
export const NOTHING: Range = { low: 0, high: 0, best: 0, about: false };

/** Sum of disjoint numbers (R2). An unknown lower bound adds nothing to the sum's lower bound; an unknown upper bound leaves it open. */
export function plus(a: Range, b: Range): Range {
  return {
    low: (a.low ?? 0) + (b.low ?? 0),
    high: a.high === null || b.high === null ? null : a.high + b.high,
    best: a.best === null || b.best === null ? null : a.best + b.best,
    about: a.about || b.about,
  };
}

export const sum = (ranges: Iterable<Range>): Range => [...ranges].reduce(plus, NOTHING);

/** R5: several tellings of one number: from the smallest low to the largest high; one without an upper bound leaves it open. */
export function hull(ranges: readonly [Range, ...Range[]]): Omit<Range, 'best'> {
  const lows = ranges.map((r) => r.low).filter((n) => n !== null);
  const highs = ranges.map((r) => r.high);
  return {
    // One that says only "up to" has no low: the others' smallest stands, and none at all stays unknown.
    low: lows.length > 0 ? Math.min(...lows) : null,
    high: highs.some((n) => n === null) ? null : Math.max(...highs.filter((n) => n !== null)),
    about: ranges.some((r) => r.about),
  };
}

/** R8: what a summary holds beyond the leaves that are counted themselves. Best is unknown: it is a difference. */
export function residual(whole: Range, leaves: Range): Range {
  const low = whole.low === null || leaves.high === null ? 0 : Math.max(0, whole.low - leaves.high);
  const high = whole.high === null ? null : Math.max(0, whole.high - (leaves.low ?? 0));
  const best = whole.best === null || leaves.best === null ? null : Math.max(0, whole.best - leaves.best);
  return { low, high, best, about: whole.about || leaves.about };
}
