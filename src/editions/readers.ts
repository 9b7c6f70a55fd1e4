import { setTimeout as delay } from 'node:timers/promises';
import { Conflict, Duplicate } from '../ledger/errors.ts';
import { followStreams, timeAfter } from '../ledger/followed.ts';
import type { Ledger, LedgerRecord, RecordDraft } from '../ledger/ledger.ts';
import type { Edition, ReaderRecord, Showing } from './edition.ts';
import { readersStream } from './edition.ts';
import type { ReaderEvent, Readership } from './readership.ts';
import { about, foldReaders, newReadership } from './readership.ts';

/** Whose stream: a guild's, or a person's own where there is no guild. */
export interface Reader {
  readonly guild: string | null;
  readonly user: string;
}

/** Whose line of "last shown": a channel's, or a person's. */
export type Whose = { readonly channel: string } | { readonly person: string };

/** What was shown to whom. Streams are read when first asked for and followed from then on. */
export interface Readers {
  /**
   * Takes a number for a message that is about to be sent. The same key gets the same number. Some are held in reserve
   * once a stream is in use, so that nobody waits for the disk.
   */
  claim(of: Reader, showing: Showing, key: string): Promise<number>;
  /** Records that it arrived, under the number claimed for it; without one, under the next. The same key is recorded once. */
  shown(of: Reader, edition: Omit<Edition, 'number'> & { readonly number?: number }, key: string): Promise<Edition>;
  /** Records that it did not. */
  lost(of: Reader, number: number, why: string, key: string): Promise<void>;
  /**
   * The edition from which changes are counted. Waits, for a second at most, for what is just being sent there: whoever
   * asks right after a briefing means that one.
   */
  last(of: Reader, situation: string, whose: Whose): Promise<Edition | undefined>;
  edition(of: Reader, number: number): Promise<Edition | undefined>;
  /** All that arrived, the newest last. */
  editions(of: Reader): Promise<readonly Edition[]>;
  /** The record up to which a person has read a situation. It is the person's, whatever guild it was set in. */
  marker(user: string, situation: string): Promise<number | undefined>;
  /** Never moves back. */
  setMarker(user: string, situation: string, seq: number): Promise<void>;
  close(): void;
}

export interface ReadersOptions {
  readonly ledger: Ledger;
  readonly now: () => Date;
}

interface Wish {
  readonly key: string | undefined;
  readonly author: string;
  readonly make: (next: number) => ReaderRecord;
  readonly done: (edition: number) => void;
  readonly failed: (error: unknown) => void;
}

/** One stream, folded, and what waits to be appended to it. */
interface Kept {
  readonly readership: Readership;
  readonly queue: Wish[];
  working: boolean;
  /** What was shown waits a moment to be recorded: together with what comes after it, and beside nobody's answer. */
  lull?: NodeJS.Timeout;
  /** Numbers that are claimed, or are being claimed, and on no message; undefined where that failed. */
  readonly reserve: Promise<number | undefined>[];
  /** What this process is sending, by key. */
  readonly onTheWay: Map<string, OnTheWay>;
}

interface OnTheWay {
  readonly showing: Showing;
  readonly number: Promise<number>;
  readonly begun: number;
  readonly over: Promise<void>;
  settle(): void;
}

/** How long an answer waits to learn whether the one before it arrived. In ms. */
const PATIENCE = 1_000;
/** Numbers held in reserve: for the next, and for those who come before what was shown is recorded. */
const RESERVE = 4;
/** How long what was shown waits to be recorded, in ms. */
const LULL = 3;
/** What is not heard of again after this is waited for no more. In ms. */
const FORGOTTEN = 30_000;
/** A writer that never gets its turn has a reason that repeating does not cure. */
const TRIES = 50;

// The ledger guards bytes and our own decisions wrote the records: they are taken at their type here.
const events = (records: readonly LedgerRecord[]): readonly ReaderEvent[] => records as readonly ReaderEvent[];

const numberIn = ({ body }: ReaderRecord): number => ('number' in body ? body.number : 0);

export function openReaders({ ledger, now }: ReadersOptions): Readers {
  const followed = followStreams<Kept>(ledger, {
    fresh: () => ({ readership: newReadership(), queue: [], working: false, reserve: [], onTheWay: new Map() }),
    take: (records, { readership }) => void foldReaders(events(records), readership),
    seq: ({ readership }) => readership.seq,
  });
  const { of: keptOf, catchUp } = followed;
  const readershipOf = async ({ guild, user }: Reader): Promise<Readership> =>
    (await keptOf(readersStream(guild, user))).readership;

  /** Appends all that waits in one go, with numbers in the order of asking; begins again where somebody else was first. */
  async function work(stream: string, kept: Kept): Promise<void> {
    const { readership, queue } = kept;
    for (let tries = 0; queue.length > 0; ) {
      const batch: { readonly wish: Wish; readonly draft: RecordDraft; readonly number: number }[] = [];
      const known = new Set<string>();
      let { next } = readership;
      const at = timeAfter(readership.at, now());
      for (const wish of queue.splice(0)) {
        const before = wish.key === undefined ? undefined : readership.keys.get(wish.key);
        if (before !== undefined) {
          wish.done(before);
          continue;
        }
        if (wish.key !== undefined && known.has(wish.key)) {
          // The same thing twice in one go: the second finds the first when its turn comes.
          queue.push(wish);
          continue;
        }
        if (wish.key !== undefined) known.add(wish.key);
        const made = wish.make(next);
        const number = numberIn(made);
        next = Math.max(next, number + 1);
        batch.push({ wish, number, draft: { at, author: wish.author, ...made, ...(wish.key && { key: wish.key }) } });
      }
      if (batch.length === 0) continue;
      try {
        // oxlint-disable-next-line no-await-in-loop -- one append after the other
        await ledger.append(
          stream,
          readership.seq,
          batch.map(({ draft }) => draft),
        );
        tries = 0;
        // oxlint-disable-next-line no-await-in-loop
        await catchUp(stream, kept);
        for (const { wish, number } of batch) wish.done(number);
      } catch (thrown) {
        tries += 1;
        if (tries > TRIES || !(thrown instanceof Conflict || thrown instanceof Duplicate)) {
          for (const { wish } of batch) wish.failed(thrown);
          continue;
        }
        queue.unshift(...batch.map(({ wish }) => wish));
        // oxlint-disable-next-line no-await-in-loop
        await catchUp(stream, kept);
      }
    }
  }

  function begin(stream: string, kept: Kept): void {
    clearTimeout(kept.lull);
    delete kept.lull;
    if (kept.working) return;
    kept.working = true;
    void work(stream, kept)
      .catch((thrown: unknown) => {
        for (const wish of kept.queue.splice(0)) wish.failed(thrown);
      })
      .finally(() => {
        kept.working = false;
      });
  }

  /** Hands over what is to be recorded together; the worker takes up all that waits. */
  function record(
    stream: string,
    kept: Kept,
    wishes: readonly Pick<Wish, 'author' | 'key' | 'make'>[],
    soon: 'now' | 'soon' = 'now',
  ): readonly Promise<number>[] {
    const numbers = wishes.map(
      (wish) => new Promise<number>((done, failed) => void kept.queue.push({ ...wish, done, failed })),
    );
    if (soon === 'now') begin(stream, kept);
    else if (!kept.working) kept.lull ??= setTimeout(() => begin(stream, kept), LULL);
    return numbers;
  }

  const claimed = (author: string): Pick<Wish, 'author' | 'key' | 'make'> => ({
    key: undefined,
    author,
    make: (number) => ({ kind: 'edition.claimed', body: { number } }),
  });

  /** Records how a sending ended and, in the same append, takes numbers for the next where the reserve is short. */
  async function end(of: Reader, key: string, outcome: string, make: Wish['make']): Promise<[Kept, number]> {
    const stream = readersStream(of.guild, of.user);
    const kept = await keptOf(stream);
    const wish = { key: `${outcome}/${key}`, author: of.user, make };
    const room = kept.onTheWay.has(key) ? RESERVE - kept.reserve.length : 0;
    const fill = Array.from({ length: Math.max(0, room) }, () => claimed(of.user));
    const [ended, ...next] = record(stream, kept, [wish, ...fill], 'soon');
    // Where they fail, the next who asks takes his own.
    kept.reserve.push(...next.map((number) => number.catch(() => undefined)));
    try {
      return [kept, await (ended as Promise<number>)];
    } finally {
      kept.onTheWay.get(key)?.settle();
      kept.onTheWay.delete(key);
    }
  }

  return {
    async claim({ guild, user }, showing, key) {
      const stream = readersStream(guild, user);
      const kept = await keptOf(stream);
      const before = kept.readership.keys.get(`shown/${key}`);
      if (before !== undefined) return before;
      const same = kept.onTheWay.get(key);
      if (same) return same.number;
      const take = async (): Promise<number> =>
        (await kept.reserve.shift()) ?? (record(stream, kept, [claimed(user)])[0] as Promise<number>);
      const number = take();
      let settle = (): void => {};
      const over = new Promise<void>((resolve) => {
        settle = resolve;
      });
      kept.onTheWay.set(key, { showing, number, begun: performance.now(), over, settle });
      try {
        return await number;
      } catch (thrown) {
        settle();
        kept.onTheWay.delete(key);
        throw thrown;
      }
    },
    async shown(of, edition, key) {
      const [{ readership }, number] = await end(of, key, 'shown', (next) => ({
        kind: 'edition.shown',
        body: { ...edition, number: edition.number ?? next },
      }));
      return readership.editions.get(number) ?? { ...edition, number };
    },
    async lost(of, number, why, key) {
      await end(of, key, 'lost', () => ({ kind: 'edition.lost', body: { number, why } }));
    },
    async last({ guild, user }, situation, whose) {
      const { readership, onTheWay } = await keptOf(readersStream(guild, user));
      const coming = [...onTheWay.values()].filter(
        ({ showing, begun }) =>
          performance.now() - begun < FORGOTTEN &&
          showing.situation === situation &&
          ('channel' in whose ? showing.channel === whose.channel && !showing.private : showing.asker === whose.person),
      );
      if (coming.length > 0) {
        const timer = new AbortController();
        const late = delay(PATIENCE, undefined, { signal: timer.signal }).catch(() => {});
        await Promise.race([Promise.all(coming.map(({ over }) => over)), late]);
        timer.abort();
      }
      return 'channel' in whose
        ? readership.ofChannel.get(about(whose.channel, situation))
        : readership.ofPerson.get(about(whose.person, situation));
    },
    edition: async (of, number) => (await readershipOf(of)).editions.get(number),
    editions: async (of) => [...(await readershipOf(of)).editions.values()],
    marker: async (user, situation) => (await readershipOf({ guild: null, user })).markers.get(about(user, situation)),
    async setMarker(user, situation, seq) {
      const known = (await readershipOf({ guild: null, user })).markers.get(about(user, situation));
      if (known !== undefined && known >= seq) return;
      const stream = readersStream(null, user);
      const make: Wish['make'] = () => ({ kind: 'marker.set', body: { user, situation, seq } });
      await Promise.all(record(stream, await keptOf(stream), [{ key: undefined, author: user, make }]));
    },
    close: followed.close,
  };
}
