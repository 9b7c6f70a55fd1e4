import type { Report } from '../../model/entry.ts';
import type { Range } from './range.ts';
import { rangeOf, sum } from './range.ts';

/** R10: how the parts of a published breakdown stand to their whole. The published numbers are kept either way. */
export interface PartitionCheck {
  /** Indices into the report's figures. */
  readonly whole: number;
  readonly parts: readonly number[];
  readonly sum: Range;
  /** What the parts leave unaccounted; null where bounds are open. */
  readonly rest: number | null;
  /** The parts add up to more than the whole can be. */
  readonly inconsistent: boolean;
}

/** Checks every breakdown of a report. One measure at a time: parts of another measure are not parts (R12). */
export function partitionsOf(report: Report): readonly PartitionCheck[] {
  return report.figures.flatMap((figure, whole): readonly PartitionCheck[] => {
    const range = rangeOf(figure);
    if (figure.id === undefined || !range) return [];
    const parts = report.figures.flatMap((f, i) =>
      f.part?.as === 'partition' && f.part.of === figure.id && f.measure === figure.measure && rangeOf(f) ? [i] : [],
    );
    if (parts.length === 0) return [];
    const total = sum(parts.map((i) => rangeOf(report.figures[i] as (typeof report.figures)[number]) as Range));
    const inconsistent = range.high !== null && (total.low ?? 0) > range.high && !range.about;
    const known = range.best !== null && total.best !== null && range.high !== null && total.high !== null;
    return [
      {
        whole,
        parts,
        sum: total,
        rest: known ? (range.best as number) - (total.best as number) : null,
        inconsistent: inconsistent || overflows(figure.qualifier, range, total),
      },
    ];
  });
}

/** "At least 12" whose own parts give at least 13: not impossible, but not what was published as its sum. */
const overflows = (qualifier: string, whole: Range, parts: Range): boolean =>
  qualifier === 'at_least' && (parts.low ?? 0) > (whole.low ?? 0);
