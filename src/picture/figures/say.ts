import type { Measure } from '../../model/measures.ts';
import { grouped } from '../wording.ts';
import type { Range } from './range.ts';

/** The bounds in words, with the weakest qualifier that went into them (R7, R18); never rounded, never an average. */
function bounds({ low, high, best, about }: Range): string {
  const word = about ? 'about ' : '';
  if (high === null) {
    // Nothing is known of it, or no more than that it is not below zero.
    if (low === null || low === 0) return 'an unknown number of';
    // "At least 124" where that is what was said; where it is the lowest of several tellings, they go on from there.
    return about || (best !== null && best !== low) ? `${word}${grouped(low)} or more` : `at least ${grouped(low)}`;
  }
  if (low === high) return `${word}${grouped(high)}`;
  if (low === null || low === 0) return `up to ${word}${grouped(high)}`;
  // Published bounds may be the wrong way around; they are kept, and read in their order.
  return `${word}${grouped(Math.min(low, high))} to ${grouped(Math.max(low, high))}`;
}

/** A computed number alone: "at least 124", "110 to 140", "an unknown number". */
export const sayBounds = (range: Range): string => bounds(range).replace(/ of$/, '');

/** A computed number with what it counts: "at least 124 people killed", "110 to 140 air strikes". */
export function sayTotal(range: Range, measure: Measure): string {
  const { low, high, best } = range;
  const many = measure.people ? `people ${measure.phrase}` : measure.phrase;
  // Nobody gives a number above zero, and nobody says that there was none: "no casualties reported" is not 0.
  if (low === 0 && high === null && best === 0)
    return measure.people ? `no people reported ${measure.phrase}` : `no ${many} reported`;
  const one = measure.people ? `person ${measure.phrase}` : (measure.one ?? measure.phrase);
  return `${bounds(range)} ${(high ?? low) === 1 ? one : many}`;
}
