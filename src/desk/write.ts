import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { Conflict, Duplicate } from '../ledger/errors.ts';
import { timeAfter } from '../ledger/followed.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What was decided, at the head of the stream that it was decided from. */
export interface Decision {
  readonly seq: number;
  /** Time of the last record. */
  readonly at: string;
  readonly records: readonly { readonly kind: string; readonly body: unknown }[];
}

/** Somebody writes to the same stream again and again; the caller has the person decide anew. */
const TRIES = 20;

/**
 * Records what a person decided, all or nothing, and gives the seqs. Where somebody was first it is decided anew from what
 * is there then. The same key twice is recorded once: the second time gives the seq of what the first began with.
 */
export async function writeDecided(
  { ledger, now }: { readonly ledger: Ledger; readonly now: () => Date },
  stream: string,
  { author, key }: { readonly author: string; readonly key?: string | undefined },
  decide: () => Decision | Promise<Decision>,
): Promise<readonly number[]> {
  for (let tries = 0; ; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { seq, at, records } = await decide();
    if (records.length === 0) return [];
    const drafts = records.map(({ kind, body }, index) => ({
      at: timeAfter(at, now()),
      author,
      kind,
      body,
      ...(index === 0 && key !== undefined && { key }),
    }));
    try {
      // oxlint-disable-next-line no-await-in-loop
      const head = await ledger.append(stream, seq, drafts);
      return drafts.map((_, index) => head - drafts.length + 1 + index);
    } catch (thrown) {
      if (thrown instanceof Duplicate) return [thrown.seq];
      if (!(thrown instanceof Conflict)) throw thrown;
      if (tries >= TRIES)
        throw new UserError('Others are changing the same at this moment.', 'Look at what is there now and try again.');
      // Another process's record may still be on its way to this one.
      // oxlint-disable-next-line no-await-in-loop
      await delay(tries);
    }
  }
}
