import type { Range } from './range.ts';
import { UNKNOWN } from './range.ts';
import type { Total } from './total.ts';

/** A sum in a form from which a part can be taken away again; a sum of ranges forgets what went into it. */
export interface Tally {
  /** The lower bounds that are known, added up, and how many they are; so with the others. */
  readonly low: number;
  readonly lows: number;
  readonly high: number;
  readonly highs: number;
  readonly best: number;
  readonly bests: number;
  /** Numbers that somebody rounded. */
  readonly abouts: number;
  readonly incidents: number;
  readonly withoutNumber: number;
  /** Sums in it that are provisional. */
  readonly provisional: number;
}

export const EMPTY: Tally = {
  low: 0,
  lows: 0,
  high: 0,
  highs: 0,
  best: 0,
  bests: 0,
  abouts: 0,
  incidents: 0,
  withoutNumber: 0,
  provisional: 0,
};

/** What was counted, as a tally. */
export function tallyOf({ sure, withoutNumber, provisional }: Total): Tally {
  let [low, lows, high, highs, best, bests, abouts] = [0, 0, 0, 0, 0, 0, 0];
  for (const range of sure) {
    if (range.low !== null) {
      low += range.low;
      lows += 1;
    }
    if (range.high !== null) {
      high += range.high;
      highs += 1;
    }
    if (range.best !== null) {
      best += range.best;
      bests += 1;
    }
    if (range.about) abouts += 1;
  }
  return {
    low,
    lows,
    high,
    highs,
    best,
    bests,
    abouts,
    incidents: sure.length,
    withoutNumber: withoutNumber.length,
    provisional: provisional ? 1 : 0,
  };
}

/** Two tallies together; with `sign` -1 the first without the second, which is in it. */
export const plusTally = (a: Tally, b: Tally, sign: 1 | -1 = 1): Tally => ({
  low: a.low + sign * b.low,
  lows: a.lows + sign * b.lows,
  high: a.high + sign * b.high,
  highs: a.highs + sign * b.highs,
  best: a.best + sign * b.best,
  bests: a.bests + sign * b.bests,
  abouts: a.abouts + sign * b.abouts,
  incidents: a.incidents + sign * b.incidents,
  withoutNumber: a.withoutNumber + sign * b.withoutNumber,
  provisional: a.provisional + sign * b.provisional,
});

/** What the sum of ranges would be: bounds that are not known of all leave it open, but for the lower one. */
export function rangeOfTally({ low, lows, high, highs, best, bests, abouts, incidents }: Tally): Range {
  if (incidents === 0) return UNKNOWN;
  return {
    low: lows > 0 ? low : null,
    high: highs === incidents ? high : null,
    best: bests === incidents ? best : null,
    about: abouts > 0,
  };
}
