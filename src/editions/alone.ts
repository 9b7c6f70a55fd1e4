import type { OwedAlone } from '../briefing/catchup.ts';
import type { Known } from '../briefing/tell.ts';

/** Corrections of answers that only one person saw, which cannot be mended where they stand: they are told with /catchup. */
export interface Alone {
  /** What is owed to a person about a situation, in the order in which it was shown. */
  owed(user: string, known: Known): Promise<readonly OwedAlone[]>;
  /** The same by name, whether it was told or not: for another page of the answer that told it. */
  named(user: string, names: readonly string[], known: Known): Promise<readonly OwedAlone[]>;
  /** The answer that told them has arrived. Names of other people's, or of none, are passed over. */
  told(user: string, names: readonly string[]): Promise<void>;
}
