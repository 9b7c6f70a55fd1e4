import { apart, inside, isFloor } from '../../model/groups.ts';
import type { Situation } from '../../model/situation.ts';
import { liesIn } from '../select.ts';
import type { Said } from '../series.ts';
import { older } from '../series.ts';
import { groupBy } from './group-by.ts';
import type { Range } from './range.ts';
import { floor, rangeOf, sum, UNKNOWN } from './range.ts';

/** The figures of one originator that stand for the whole of an incident. */
export interface Whole {
  readonly range: Range;
  readonly counted: readonly [Said, ...Said[]];
  /** Parts and subsets of what is counted (R10). */
  readonly parts: readonly Said[];
  /** Others that may count the same people: in the upper bound, not in the lower (R2). */
  readonly overlapping: readonly Said[];
}

const numberOf = (said: Said): Range => rangeOf(said.figure) ?? UNKNOWN;

/** An area outside of which another figure counts nobody; without an area a figure is about all that happened. */
function within(situation: Situation, a: Said, b: Said): boolean {
  const [x, y] = [a.figure.scope.area, b.figure.scope.area];
  return y === undefined || (x !== undefined && liesIn(situation, x, y));
}

/** Whether `a` is a part of `b`: by the word of their report, or since its group and area lie in those of the other. */
function isPart(situation: Situation, a: Said, b: Said): boolean {
  const isSaid = (x: Said, y: Said): boolean =>
    x.report === y.report && x.figure.part !== undefined && x.figure.part.of === y.figure.id;
  if (a === b || isSaid(b, a)) return false;
  if (isSaid(a, b)) return true;
  const wraps = (x: Said, y: Said): boolean => inside(x.figure.group, y.figure.group) && within(situation, x, y);
  return wraps(a, b) && !wraps(b, a);
}

/** R2: whether two figures of one report may be added: other groups, other areas, or two parts of one breakdown. */
function disjoint(situation: Situation, a: Said, b: Said): boolean {
  if ([a, b].some((s) => s.figure.part?.as === 'subset')) return false;
  const of = a.figure.part?.of;
  return (
    (of !== undefined && of === b.figure.part?.of) ||
    apart(a.figure.group, b.figure.group) ||
    (!within(situation, a, b) && !within(situation, b, a) && bothHaveAreas(a, b))
  );
}
const bothHaveAreas = (a: Said, b: Said): boolean =>
  a.figure.scope.area !== undefined && b.figure.scope.area !== undefined;

/** A part whose whole has no number leaves an unknown rest (R10), and so does a subset: the whole is at least so many. */
const amount = (said: Said): Range =>
  isFloor(said.figure) || said.figure.part !== undefined ? floor(numberOf(said)) : numberOf(said);

/**
 * What one originator says that an incident came to, from its live figures, each of another group or area: the figures
 * that are no part of another, added up where one report sets them apart. Where it does not, they are compared: the most
 * that is certain is the lower bound, all of them together are the upper one.
 */
export function wholeOf(situation: Situation, figures: readonly [Said, ...Said[]]): Whole {
  const free = figures.filter((a) => !figures.some((b) => isPart(situation, a, b)));
  // Reports that name parts wider than their whole may go around in a circle: then none is taken for a part.
  const outer = free.length > 0 ? free : figures;
  const parts = figures.filter((f) => !outer.includes(f));
  const sets = setsOf(situation, outer);
  const [counted] = sets.sort(
    (a, b) =>
      (sum(b.map(amount)).low ?? -1) - (sum(a.map(amount)).low ?? -1) || older(b[0], a[0]) || a[0].index - b[0].index,
  );
  const chosen = counted as readonly [Said, ...Said[]];
  const overlapping = outer.filter((f) => !chosen.includes(f));
  const certain = sum(chosen.map(amount));
  if (overlapping.length === 0) return { range: certain, counted: chosen, parts, overlapping };
  const all = sum(outer.map(amount));
  return { range: { ...all, low: certain.low, best: null }, counted: chosen, parts, overlapping };
}

/** The figures that may be added, by report: all of a report where they are disjoint, else each alone. */
function setsOf(situation: Situation, figures: readonly Said[]): (readonly [Said, ...Said[]])[] {
  return [...groupBy(figures, (f) => f.report).values()].flatMap((told): (readonly [Said, ...Said[]])[] => {
    const [first, ...rest] = told;
    if (first && told.every((a, i) => told.slice(i + 1).every((b) => disjoint(situation, a, b))))
      return [[first, ...rest]];
    return told.map((f) => [f]);
  });
}
