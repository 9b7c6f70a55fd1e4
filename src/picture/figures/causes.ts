import type { EntryState, Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import { numberOf } from '../status.ts';
import { sets } from './identity.ts';
import type { Range } from './range.ts';
import type { Region } from './regions.ts';
import type { FigureRef } from './summed.ts';
import { totalsHere } from './sums.ts';
import type { Addend, Totals } from './total.ts';

/** Why a sum of incidents moved, in the order in which it is told. */
export const CAUSES = [
  /** Recorded since. */
  'new',
  /** Its number rose, or fell. */
  'up',
  'down',
  /** Retracted, or its reports were withdrawn. */
  'gone',
  /** Known before and not counted: restored, or first given a number. */
  'counted',
  /** Not counted any more for another reason: corrected, part of a summary, no number any more. */
  'left',
  /** Two that were found to be one event, and the other way around (R19). */
  'same',
  'apart',
  /** Went from one line of the sum to the other. */
  'backed',
  'unbacked',
  /** May be one with another, and no longer so (R2, R19). */
  'doubt',
  'sure',
  /** A summary leaves more or less beyond the incidents in it (R8). */
  'whole',
  /** Several of these at once. */
  'anew',
] as const;
export type Cause = (typeof CAUSES)[number];

export type LineName = 'backed' | 'unbacked';
export type Bound = 'low' | 'high';

interface Counted {
  readonly line: LineName;
  readonly addend: Addend;
  readonly sure: Range;
}

const LINES: readonly LineName[] = ['backed', 'unbacked'];

const countedIn = (totals: readonly Totals[]): readonly Counted[] =>
  totals.flatMap((of) =>
    LINES.flatMap((line) =>
      of[line].addends.map((addend, i): Counted => ({ line, addend, sure: of[line].sure[i] ?? addend.range })),
    ),
  );

const idsOf = ({ addend }: Counted): readonly string[] => addend.entries.map((s) => s.entry.id);
const numbers = (counted: readonly Counted[], bound: Bound): number =>
  counted.reduce((sum, { sure }) => sum + (sure[bound] ?? 0), 0);

/** What is counted in one of two pictures or in both, by the entries that it is told by. */
interface Matter {
  readonly was: Counted[];
  readonly is: Counted[];
}

function mattersOf(was: readonly Counted[], is: readonly Counted[]): readonly Matter[] {
  const joined = sets();
  for (const counted of [...was, ...is]) {
    const [first, ...others] = idsOf(counted);
    for (const other of others) joined.join(first ?? other, other);
  }
  const matters = new Map<string, Matter>();
  const matterOf = (counted: Counted): Matter => {
    const key = joined.keyOf(idsOf(counted)[0] ?? '');
    const known = matters.get(key) ?? { was: [], is: [] };
    matters.set(key, known);
    return known;
  };
  for (const counted of was) matterOf(counted).was.push(counted);
  for (const counted of is) matterOf(counted).is.push(counted);
  // In the order of their lowest ids, however the regions were cut.
  return [...matters].sort(([a], [b]) => numberOf(a) - numberOf(b)).map(([, matter]) => matter);
}

/** Whether nothing is left to count of what was: every figure of it was taken back, or its entry was. */
const takenBack = (now: Picture, { addend }: Counted): boolean =>
  addend.said.every((said) => {
    const state = now.entries.get(said.entry);
    return (
      state === undefined ||
      state.retracted !== undefined ||
      state.entry.override?.status === 'retracted' ||
      state.reports.some((r) => r.report.id === said.report && r.withdrawn)
    );
  });

const equal = (a: Range, b: Range): boolean => a.low === b.low && a.high === b.high && a.best === b.best;

/** Whether something of one belongs to several of the others. */
const meets = (one: Counted, others: readonly Counted[]): boolean =>
  others.filter((other) => idsOf(other).some((id) => idsOf(one).includes(id))).length > 1;

/** Why what is told by some entries counts for something else in one line than before; `by` has the sign of the difference. */
function causeOf(then: Picture, now: Picture, { was, is }: Matter, bound: Bound, by: number): Cause {
  const ids = [...new Set([...was, ...is].flatMap(idsOf))];
  if (was.length === 0) return ids.some((id) => then.entries.has(id)) ? 'counted' : 'new';
  if (is.length === 0) return was.every((one) => takenBack(now, one)) ? 'gone' : 'left';
  const [before, after] = [was, is].map((side) => new Set(side.map((c) => c.line)));
  if (before?.size === 1 && after?.size === 1 && was[0]?.line !== is[0]?.line)
    return is[0]?.line === 'backed' ? 'backed' : 'unbacked';
  // Whether anything else was recorded of them: then the difference is not that of the decision alone.
  const isTold = ids.some((id) => then.entries.get(id)?.changed.seq !== now.entries.get(id)?.changed.seq);
  if (is.some((one) => meets(one, was))) return isTold ? 'anew' : 'same';
  if (was.some((one) => meets(one, is))) return isTold ? 'anew' : 'apart';
  const [old, live] = [was[0], is[0]];
  if (!old || !live || was.length > 1 || is.length > 1) return 'anew';
  if (equal(old.addend.range, live.addend.range)) return by < 0 ? 'doubt' : 'sure';
  const own = (live.addend.range[bound] ?? 0) - (old.addend.range[bound] ?? 0);
  if (own !== by) return 'anew';
  if (old.addend.residualOf !== undefined || live.addend.residualOf !== undefined) return 'whole';
  return by > 0 ? 'up' : 'down';
}

/** How far what some entries tell moved one bound of one line of a sum, and why. */
export interface Step {
  readonly line: LineName;
  readonly bound: Bound;
  /** Never 0. A bound that is not known counts as nothing. */
  readonly by: number;
  readonly cause: Cause;
  /** The entries that tell it, as they are now. */
  readonly entries: readonly EntryState[];
  /** Its figures that are counted now; where it is not counted any more, those that were. */
  readonly figures: readonly FigureRef[];
}

/**
 * Why the sums of some regions are others than those of the regions that stood in their place: every difference of every
 * bound with its cause. They add up to the difference of the sums.
 */
export function stepsBetween(
  registry: Registry,
  measure: string,
  then: { readonly picture: Picture; readonly regions: readonly Region[] },
  now: { readonly picture: Picture; readonly regions: readonly Region[] },
): readonly Step[] {
  const [was, is] = [then, now].map(({ picture, regions }) =>
    countedIn(
      regions.flatMap((r) => (r.measures.includes(measure) ? [totalsHere(r, registry, measure, picture)] : [])),
    ),
  );
  return mattersOf(was ?? [], is ?? []).flatMap((matter): readonly Step[] =>
    LINES.flatMap((line): readonly Step[] => {
      const [before, after] = [matter.was, matter.is].map((side) => side.filter((c) => c.line === line));
      return (['low', 'high'] as const).flatMap((bound): readonly Step[] => {
        const by = numbers(after ?? [], bound) - numbers(before ?? [], bound);
        if (by === 0) return [];
        const told = matter.is.length > 0 ? matter.is : matter.was;
        const ids = [...new Set([...matter.was, ...matter.is].flatMap(idsOf))];
        return [
          {
            line,
            bound,
            by,
            cause: causeOf(then.picture, now.picture, matter, bound, by),
            entries: ids.sort((a, b) => numberOf(a) - numberOf(b)).flatMap((id) => now.picture.entries.get(id) ?? []),
            figures: told.flatMap(({ addend }) => addend.said.map(({ report, index }) => ({ report, index }))),
          },
        ];
      });
    }),
  );
}
