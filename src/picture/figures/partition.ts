import type { Report } from '../../model/entry.ts';
import type { Figure } from '../../model/figure.ts';
import type { Range } from './range.ts';
import { rangeOf, sum } from './range.ts';

/** R10: how the parts of a published breakdown stand to their whole. The published numbers are kept either way. */
export interface PartitionCheck {
  /** Indices into the report's figures. */
  readonly whole: number;
  readonly parts: readonly number[];
  readonly sum: Range;
  /** What the parts leave unaccounted; below zero where they give more. Null where a number is rounded or none was given. */
  readonly rest: number | null;
  /** The whole or a part is "at least": so is the rest, or not even that is certain. */
  readonly open: boolean;
  /** The parts add up to more than was published as their whole. */
  readonly inconsistent: boolean;
}

const AS_SUM: ReadonlySet<Figure['qualifier']> = new Set(['at_least', 'more_than']);

/**
 * Parts that give more than their whole. "At least 12" whose own parts give at least 13 is not impossible, but 12 is not
 * their sum. A whole that was rounded contradicts nothing.
 */
function exceeds(whole: Figure, range: Range, parts: Range): boolean {
  if (range.about || parts.low === null) return false;
  const most = AS_SUM.has(whole.qualifier) ? range.low : range.high;
  return most !== null && parts.low > most;
}

/** Checks every breakdown of a report. One measure at a time: parts of another measure are not parts (R12). */
export function partitionsOf(report: Report): readonly PartitionCheck[] {
  return report.figures.flatMap((figure, whole): readonly PartitionCheck[] => {
    const range = rangeOf(figure);
    if (figure.id === undefined || !range) return [];
    const parts = report.figures.flatMap((part, index) => {
      const number = rangeOf(part);
      const fits = part.part?.as === 'partition' && part.part.of === figure.id && part.measure === figure.measure;
      return fits && number ? [{ index, number }] : [];
    });
    if (parts.length === 0) return [];
    const total = sum(parts.map((p) => p.number));
    const rest = range.best === null || total.best === null ? null : range.best - total.best;
    return [
      {
        whole,
        parts: parts.map((p) => p.index),
        sum: total,
        rest: range.about || total.about ? null : rest,
        open: range.high === null || total.high === null,
        inconsistent: exceeds(figure, range, total),
      },
    ];
  });
}
