import type { Situation } from '../../model/situation.ts';
import { dayOf } from '../../model/time.ts';
import { liesIn } from '../select.ts';
import type { Said } from '../series.ts';

/** Why two figures cannot be added, or that they can. R2 asks for proof: what is not known to be disjoint overlaps. */
export type Overlap = 'disjoint' | 'overlapping';

const apart = (a: Said, b: Said): boolean =>
  dayOf(a.figure.scope.to) < dayOf(b.figure.scope.from) || dayOf(b.figure.scope.to) < dayOf(a.figure.scope.from);

/** Two places of the gazetteer of which neither lies in the other; without an area a figure is about the whole situation. */
function elsewhere(situation: Situation, a: Said, b: Said): boolean {
  const [x, y] = [a.figure.scope.area, b.figure.scope.area];
  return x !== undefined && y !== undefined && !liesIn(situation, x, y) && !liesIn(situation, y, x);
}

/** R2, R9: whether two figures of one measure may count the same people. */
export function overlapOf(situation: Situation, a: Said, b: Said): Overlap {
  const [x, y] = [a.figure.group, b.figure.group];
  const otherStatus =
    x.status !== undefined &&
    y.status !== undefined &&
    x.status !== 'unknown' &&
    y.status !== 'unknown' &&
    x.status !== y.status;
  const otherSide = x.side !== undefined && y.side !== undefined && x.side !== y.side;
  return a.figure.measure !== b.figure.measure || apart(a, b) || elsewhere(situation, a, b) || otherStatus || otherSide
    ? 'disjoint'
    : 'overlapping';
}
