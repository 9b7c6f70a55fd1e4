import type { Line } from '../briefing/document.ts';

/** What is to be said, in every message that showed it, about an entry that was shown wrong. */
export interface Marking {
  readonly entry: string;
  /** The old line no longer stands: it is struck through, and stays legible. */
  readonly strike: boolean;
  /** What was told must not be told any more (privacy): the old line is taken away instead. */
  readonly hide: boolean;
  /** It had been a flash: the correction is also posted at once, as a reply. */
  readonly loud: boolean;
  /** The correction was taken back: marks are taken away, and a note says so where there were any. */
  readonly back: boolean;
  /** An earlier correction of it was told by a reply. */
  readonly told: boolean;
  /** "Corrected 30 Nov 2024", for where there is no room for the lines. */
  readonly short: string;
  readonly lines: readonly [Line, ...Line[]];
}

export type Mended =
  /** The message says it; or, where it cannot be edited, a reply to it does. */
  | { readonly how: 'edited' | 'told' }
  /** `again`: a right is missing, which may be given back. `why` is a sentence for moderators. */
  | { readonly how: 'failed'; readonly why: string; readonly again: boolean }
  /** Not now: limits of rate, or trouble on the other side. In ms; absent: the caller chooses. */
  | { readonly how: 'later'; readonly afterMs?: number; readonly why: string };

/** How corrections reach messages. What was done before is recognised: to do it twice changes nothing. Never rejects. */
export interface Mender {
  mend(channel: string, message: string, markings: readonly Marking[]): Promise<Mended>;
}
