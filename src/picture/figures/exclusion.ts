import type { Said } from '../series.ts';

/** The rules that can keep a figure out of a total (docs/figures.md). */
export type Rule = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R8' | 'R10' | 'R13' | 'R19';

/** A figure that a total does not count, and by which rule; without `said`, a lower bound that is left out of the sum's. */
export interface Exclusion {
  readonly rule: Rule;
  readonly why: string;
  readonly entry: string;
  readonly said?: Said;
}
