import type { EntryState, Picture } from '../picture/picture.ts';
import type { Line } from './document.ts';
import type { Known, Namer } from './tell.ts';

/** Why an entry is told again, or for the first time. */
export type ChangeKind =
  | 'correction'
  | 'status'
  | 'control'
  | 'new'
  | 'figure'
  | 'total'
  | 'report'
  | 'amended'
  | 'late';

/** One line of what changed; a higher score stands earlier. */
export interface ChangeLine {
  readonly kind: ChangeKind;
  readonly score: number;
  readonly state: EntryState;
  readonly make: (name: Namer) => Line;
}

/** What was known at its start (undefined: nothing yet) and what is known now. */
export interface Window {
  readonly then: Picture | undefined;
  readonly now: Known;
}
