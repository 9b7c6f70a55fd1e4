import { laneOf } from '../lanes.ts';
import type { Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import { sourceOf } from '../registry.ts';
import type { Said } from '../series.ts';
import { inOrder, sameNumber } from '../series.ts';
import { groupKey } from '../wording.ts';
import type { Exclusion, Rule } from './exclusion.ts';
import { groupBy } from './group-by.ts';
import type { Range } from './range.ts';
import { floor, hull, rangeOf } from './range.ts';
import { wholeOf } from './whole.ts';

export type { Exclusion, Rule } from './exclusion.ts';

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

/** One originator's figures of one group and area within an incident: the live one, and those that it stands for. */
interface Told {
  readonly live: Said;
  readonly values: readonly Said[];
}

/** R4 within an incident, also where its entries were found to be the same: one series per originator, group and area. */
function toldIn(figures: readonly Said[]): readonly Told[] {
  const key = ({ originator, figure }: Said): string =>
    [originator, groupKey(figure.group), figure.scope.area ?? ''].join('|');
  return [...groupBy(figures, key).values()].map((unordered) => {
    const values = inOrder(unordered);
    return { live: values.at(-1) as Said, values };
  });
}

/** One claim for each originator, from the live figures of one measure and one incident. */
export function countIncident(picture: Picture, registry: Registry, figures: readonly Said[]): IncidentCount {
  const excluded: Exclusion[] = [];
  const wordless: Said[] = [];
  const byOriginator = new Map<string, [Told, ...Told[]]>();
  const leave = (rule: Rule, said: Said, why: string): void =>
    void excluded.push({ rule, why, entry: said.entry, said });

  for (const told of toldIn(figures)) {
    const { live, values } = told;
    for (const other of values)
      if (other !== live)
        if (sameNumber(other.figure, live.figure)) leave('R1', other, 'the same number of the same originator again');
        else leave('R4', other, 'an earlier value of the same series');
    if (laneOf(picture, registry, live) === 'claim') leave('R6', live, 'what a party says of its enemy’s losses');
    else if (sourceOf(registry, live.originator).reliability === 'E') leave('R5', live, 'a source graded unreliable');
    else if (live.figure.qualifier === 'constraint') leave('R10', live, 'says how a number divides, and is none');
    else if (!rangeOf(live.figure)) {
      leave('R13', live, 'gives no number');
      wordless.push(live);
    } else {
      const known = byOriginator.get(live.originator);
      if (known) known.push(told);
      else byOriginator.set(live.originator, [told]);
    }
  }

  const claims = [...byOriginator].flatMap(([originator, [first, ...others]]): readonly Claim[] => {
    const whole = wholeOf(picture.situation, [first.live, ...others.map((t) => t.live)]);
    for (const part of whole.parts) leave('R10', part, 'a part or a subset of what is counted');
    for (const other of whole.overlapping) leave('R2', other, 'may count the same people as what is counted');
    if (whole.range.low === null && whole.range.high === null) {
      for (const said of whole.counted) leave('R10', said, 'a part of a number that nobody gave');
      wordless.push(...whole.counted);
      return [];
    }
    // A number is as good as the best of its tellings: a poor relay takes nothing from it.
    const tellings = [first, ...others]
      .filter((t) => whole.counted.includes(t.live))
      .flatMap((t) => t.values.filter((v) => sameNumber(v.figure, t.live.figure)));
    const grade = Math.min(...tellings.map((s) => gradeOf(picture, registry, s)));
    // R6: what a side admits of its own losses is a floor.
    const admitted = whole.counted.some((s) => laneOf(picture, registry, s) === 'admission');
    const range = admitted ? { ...floor(whole.range), best: whole.range.best } : whole.range;
    return [{ originator, range, said: whole.counted, grade }];
  });
  return { claims, range: together(claims), wordless, excluded };
}

/** R5: the hull of the claims; best is that of the best graded, and none where the best graded tie and differ. */
export function together(claims: readonly Claim[]): Range | undefined {
  const [first, ...rest] = claims.map((c) => c.range);
  if (!first) return undefined;
  const grade = Math.min(...claims.map((c) => c.grade));
  const [top, ...ties] = claims.filter((c) => c.grade === grade).map((c) => c.range.best);
  return { ...hull([first, ...rest]), best: ties.every((best) => best === top) ? (top ?? null) : null };
}
