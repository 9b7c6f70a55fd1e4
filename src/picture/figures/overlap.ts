import { apart } from '../../model/groups.ts';
import type { Situation } from '../../model/situation.ts';
import { dayOf } from '../../model/time.ts';
import { liesIn } from '../select.ts';
import type { Said } from '../series.ts';

/** Whether two figures may count the same people. R2 asks for proof: what is not known to be disjoint overlaps. */
export type Overlap = 'disjoint' | 'overlapping';

/** Windows that do not meet. Who is displaced in June may be who was displaced in May: a stock has no window. */
const atOtherTimes = (a: Said, b: Said): boolean =>
  a.figure.mode !== 'stock' &&
  b.figure.mode !== 'stock' &&
  (dayOf(a.figure.scope.to) < dayOf(b.figure.scope.from) || dayOf(b.figure.scope.to) < dayOf(a.figure.scope.from));

/** Two places of the gazetteer of which neither lies in the other; without an area a figure is about the whole situation. */
function elsewhere(situation: Situation, a: Said, b: Said): boolean {
  const [x, y] = [a.figure.scope.area, b.figure.scope.area];
  return x !== undefined && y !== undefined && !liesIn(situation, x, y) && !liesIn(situation, y, x);
}

/** Other groups by one author's word. Whom one calls a civilian another may call a fighter (R15). */
const others = (a: Said, b: Said): boolean => a.originator === b.originator && apart(a.figure.group, b.figure.group);

/**
 * R2, R9: whether two figures may count the same people. Figures of two measures always may: who is killed is also a
 * casualty, and who was missing may be among the killed (R12). "disjoint" alone is no leave to add (R3).
 */
export const overlapOf = (situation: Situation, a: Said, b: Said): Overlap =>
  a.figure.measure === b.figure.measure && (atOtherTimes(a, b) || elsewhere(situation, a, b) || others(a, b))
    ? 'disjoint'
    : 'overlapping';
