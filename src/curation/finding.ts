import type { EntryCore, Report } from '../model/entry.ts';
import type { EntryState } from '../picture/picture.ts';

export type GuardName =
  | 'same-link'
  | 'same-event'
  | 'toll-falls'
  | 'toll-jumps'
  | 'parts'
  | 'subset'
  | 'same-number'
  | 'future'
  | 'before-situation'
  | 'after-situation'
  | 'before-event'
  | 'source'
  | 'odd-link'
  | 'stance'
  | 'place'
  | 'link'
  | 'privacy';

/** What a guard saw, in words; `offer`: the entry to which this may be added as a report instead. */
export interface Finding {
  readonly guard: GuardName;
  readonly saw: string;
  readonly offer?: string;
}

/** An entry as records change it: `reports` are new or changed, `was` what changed ones were before. */
export interface Touched {
  readonly id: string;
  readonly entry: EntryCore | undefined;
  readonly before: EntryState | undefined;
  readonly reports: readonly Report[];
  readonly was: readonly Report[];
}
