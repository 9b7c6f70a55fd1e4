import { laneOf } from '../lanes.ts';
import type { Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import { sourceOf } from '../registry.ts';
import type { Said, Series } from '../series.ts';
import type { Range } from './range.ts';
import { hull, rangeOf, sum } from './range.ts';

/** The rules that can keep a figure out of a total (docs/figures.md). */
export type Rule = 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R8' | 'R10' | 'R12' | 'R19';

/** A figure or an entry that a total does not count, and by which rule. */
export interface Exclusion {
  readonly rule: Rule;
  readonly why: string;
  readonly entry: string;
  readonly said?: Said;
}

/** What one originator says of one incident: one figure, or the parts of a breakdown that may be added (R2b). */
export interface Claim {
  readonly originator: string;
  readonly range: Range;
  readonly said: readonly [Said, ...Said[]];
  /** Lower is better: reliability of the source, then credibility of the report. */
  readonly grade: number;
}

/** R5: one incident as all who count it tell it. `range` is undefined where nobody gives a number. */
export interface IncidentCount {
  readonly claims: readonly Claim[];
  readonly range: Range | undefined;
  /** Figures that are no number: "dozens". */
  readonly wordless: readonly Said[];
  readonly excluded: readonly Exclusion[];
}

const GRADES = 'ABCDEF';

const gradeOf = (picture: Picture, registry: Registry, said: Said): number => {
  const credibility =
    picture.entries.get(said.entry)?.reports.find((r) => r.report.id === said.report)?.report.credibility ?? 6;
  return GRADES.indexOf(sourceOf(registry, said.originator).reliability) * 10 + credibility;
};

const everybody = ({ figure: { group } }: Said): boolean => Object.values(group).every((v) => v === undefined);

/** Disjoint by definition: civilians and combatants, or fighters of different sides. Age and sex cut across both. */
function disjoint(a: Said, b: Said): boolean {
  const [x, y] = [a.figure.group, b.figure.group];
  if ([x, y].some((g) => g.age !== undefined || g.sex !== undefined || g.role !== undefined)) return false;
  if (x.status !== undefined && y.status !== undefined && x.status !== y.status) return true;
  return (
    x.status === 'combatant' &&
    y.status === 'combatant' &&
    x.side !== undefined &&
    y.side !== undefined &&
    x.side !== y.side
  );
}

/**
 * The figures of one originator that stand for the whole of an incident: its total; else a partition or groups that
 * cannot overlap, of one report; else its widest group. The others are parts of it and no addends (R10).
 */
function whole(figures: readonly [Said, ...Said[]]): {
  readonly counted: readonly [Said, ...Said[]];
  readonly parts: readonly Said[];
} {
  const rest = (counted: readonly Said[]): readonly Said[] => figures.filter((f) => !counted.includes(f));
  const total = figures.findLast(everybody);
  if (total) return { counted: [total], parts: rest([total]) };
  const newest = figures[figures.length - 1] as Said;
  const together = figures.filter((f) => f.report === newest.report && f.figure.part?.as !== 'subset');
  const [first, ...others] = together;
  if (first && together.every((a, i) => together.slice(i + 1).every((b) => disjoint(a, b))))
    return { counted: [first, ...others], parts: rest(together) };
  const widest = [...figures].sort(
    (a, b) => (rangeOf(b.figure)?.low ?? -1) - (rangeOf(a.figure)?.low ?? -1),
  )[0] as Said;
  return { counted: [widest], parts: rest([widest]) };
}

/** One claim for each originator, from its live figures of this incident. */
export function countIncident(picture: Picture, registry: Registry, series: readonly Series[]): IncidentCount {
  const excluded: Exclusion[] = [];
  const wordless: Said[] = [];
  const byOriginator = new Map<string, Said[]>();
  const leave = (rule: Rule, said: Said, why: string): void =>
    void excluded.push({ rule, why, entry: said.entry, said });

  for (const { live, values } of series) {
    for (const earlier of values) if (earlier !== live) leave('R4', earlier, 'an earlier value of the same series');
    if (laneOf(picture, registry, live) === 'claim') leave('R6', live, 'what a party says of its enemy’s losses');
    else if (sourceOf(registry, live.originator).reliability === 'E') leave('R5', live, 'a source graded unreliable');
    else if (live.figure.qualifier === 'constraint') leave('R10', live, 'says how a number divides, and is none');
    else if (!rangeOf(live.figure)) wordless.push(live);
    else byOriginator.set(live.originator, [...(byOriginator.get(live.originator) ?? []), live]);
  }

  const claims = [...byOriginator].flatMap(([originator, figures]): readonly Claim[] => {
    const [first, ...others] = figures;
    if (!first) return [];
    const { counted, parts } = whole([first, ...others]);
    for (const part of parts) leave('R10', part, 'a part or a subset of what is counted');
    const range = sum(counted.flatMap((s) => rangeOf(s.figure) ?? []));
    return [
      { originator, range, said: counted, grade: Math.min(...counted.map((s) => gradeOf(picture, registry, s))) },
    ];
  });
  return { claims, range: together(claims), wordless, excluded };
}

/** R5: the hull of the claims; best is that of the best graded, and none where the two best graded differ. */
export function together(claims: readonly Claim[]): Range | undefined {
  const [first, ...rest] = claims.map((c) => c.range);
  if (!first) return undefined;
  const best = [...claims].sort((a, b) => a.grade - b.grade);
  const top = best.filter((c) => c.grade === best[0]?.grade);
  const agreed = top.every((c) => c.range.best === top[0]?.range.best);
  return { ...hull([first, ...rest]), best: agreed ? (top[0]?.range.best ?? null) : null };
}
