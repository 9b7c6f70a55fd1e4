import { Conflict, Duplicate } from './errors.ts';
import type { Ledger, LedgerRecord, RecordDraft } from './ledger.ts';

/** What a fold of a stream must know of itself to be followed and appended to. */
export interface Head {
  /** The last record that is in it. */
  readonly seq: number;
  /** Its time; empty where there is none. */
  readonly at: string;
}

/** Streams of one sort, each folded when first asked for and followed from then on. */
export interface Followed<S> {
  /** The fold, changed in place as records come. */
  of(stream: string): Promise<S>;
  /** Folds what was appended since, for one who was told that somebody was first. */
  catchUp(stream: string, into: S): Promise<void>;
  close(): void;
}

/** How the records of a stream become what is kept of it. */
export interface Folding<S> {
  fresh(): S;
  /** Adds records in place and passes over those that it has: a follower may hear of them twice. */
  take(records: readonly LedgerRecord[], into: S): void;
  /** The last record that is in it. */
  seq(of: S): number;
}

export function followStreams<S>(ledger: Ledger, { fresh, take, seq }: Folding<S>): Followed<S> {
  const starting = new Map<string, Promise<S>>();
  const open = new Map<string, S>();
  const close = ledger.follow((stream, records) => {
    const state = open.get(stream);
    if (state) take(records, state);
  });
  const catchUp = async (stream: string, into: S): Promise<void> => {
    take(await ledger.read(stream, seq(into)), into);
  };
  const start = async (stream: string): Promise<S> => {
    const state = fresh();
    await catchUp(stream, state);
    // What was appended meanwhile is read once more; from here on it is heard.
    open.set(stream, state);
    await catchUp(stream, state);
    return state;
  };
  return {
    of(stream) {
      const known = starting.get(stream);
      if (known) return known;
      const begun = start(stream);
      starting.set(stream, begun);
      // What could not be read is tried again by the next who asks.
      begun.catch(() => starting.delete(stream));
      return begun;
    },
    catchUp,
    close,
  };
}

/** A draft without its time: it is recorded as it is appended. */
export type Undated = Omit<RecordDraft, 'at'>;

/** A writer that never gets its turn has a reason that repeating does not cure. */
const TRIES = 50;

/** The time of an append: a clock that was set back must not refuse a record. */
export const timeAfter = (last: string, now: Date): string =>
  new Date(Math.max(now.getTime(), Date.parse(last) || 0)).toISOString();

/**
 * Decides from what is recorded and appends the decision, all or nothing; where somebody was first it is decided anew.
 * A decision of nothing, and one whose keys are in the stream already, append nothing. What `decide` throws is passed on.
 */
export async function appendDecided<S extends Head>(
  { ledger, followed, now }: { readonly ledger: Ledger; readonly followed: Followed<S>; readonly now: () => Date },
  stream: string,
  decide: (state: S) => readonly Undated[],
): Promise<S> {
  const state = await followed.of(stream);
  for (let tries = 0; ; tries += 1) {
    const drafts = decide(state);
    if (drafts.length === 0) return state;
    const at = timeAfter(state.at, now());
    try {
      // oxlint-disable-next-line no-await-in-loop -- one append after the other
      await ledger.append(
        stream,
        state.seq,
        drafts.map((draft) => ({ ...draft, at })),
      );
      return state;
    } catch (thrown) {
      const recorded = thrown instanceof Duplicate;
      if (!recorded && (!(thrown instanceof Conflict) || tries >= TRIES)) throw thrown;
      // oxlint-disable-next-line no-await-in-loop
      await followed.catchUp(stream, state);
      // The same interaction came twice.
      if (recorded) return state;
    }
  }
}
