import type { Measure } from '../../model/measures.ts';
import type { Range } from './range.ts';

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** The bounds in words, with the weakest qualifier that went into them (R18); never rounded, never an average. */
function bounds({ low, high, about }: Range): string {
  const word = about ? 'about ' : '';
  if (low === null && high === null) return 'an unknown number of';
  if (low === null) return `${word}up to ${grouped(high as number)}`;
  if (high === null) return about ? `about ${grouped(low)} or more` : `at least ${grouped(low)}`;
  return low === high ? `${word}${grouped(low)}` : `${word}${grouped(low)} to ${grouped(high)}`;
}

/** A computed number with what it counts: "at least 124 people killed", "110 to 140 air strikes". */
export function sayTotal(range: Range, measure: Measure): string {
  if (!measure.people)
    return `${bounds(range)} ${range.low === 1 && range.high === 1 ? (measure.one ?? measure.phrase) : measure.phrase}`;
  return `${bounds(range)} ${range.low === 1 && range.high === 1 ? 'person' : 'people'} ${measure.phrase}`;
}
