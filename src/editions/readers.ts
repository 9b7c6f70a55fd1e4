import { setTimeout as delay } from 'node:timers/promises';
import { Conflict, Duplicate } from '../ledger/errors.ts';
import type { Ledger, LedgerRecord, RecordDraft } from '../ledger/ledger.ts';
import type { Claim, Edition, ReaderRecord } from './edition.ts';
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
  /** Takes the next number for a message that is about to be sent. The same key gets the same number. */
  claim(of: Reader, claim: Omit<Claim, 'number'>, key: string): Promise<number>;
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
  /** Claims of this process that are on their way, by number. */
  readonly onTheWay: Map<
    number,
    { readonly claim: Omit<Claim, 'number'>; arrived(): void; readonly over: Promise<void> }
  >;
}

/** How long an answer waits to learn whether the one before it arrived. In ms. */
const PATIENCE = 1_000;
/** A writer that never gets its turn has a reason that repeating does not cure. */
const TRIES = 50;

// The ledger guards bytes and our own decisions wrote the records: they are taken at their type here.
const events = (records: readonly LedgerRecord[]): readonly ReaderEvent[] => records as readonly ReaderEvent[];

const numberIn = ({ body }: ReaderRecord): number => ('number' in body ? body.number : 0);

export function openReaders({ ledger, now }: ReadersOptions): Readers {
  const streams = new Map<string, Promise<Kept>>();
  const open = new Map<string, Kept>();
  const unfollow = ledger.follow((stream, records) => {
    const kept = open.get(stream);
    if (kept) foldReaders(events(records), kept.readership);
  });

  const catchUp = async (stream: string, { readership }: Kept): Promise<void> => {
    foldReaders(events(await ledger.read(stream, readership.seq)), readership);
  };
  const start = async (stream: string): Promise<Kept> => {
    const kept: Kept = { readership: newReadership(), queue: [], working: false, onTheWay: new Map() };
    await catchUp(stream, kept);
    // What was appended meanwhile is read once more; from here on it is heard.
    open.set(stream, kept);
    await catchUp(stream, kept);
    return kept;
  };
  const keptOf = (stream: string): Promise<Kept> => {
    const known = streams.get(stream) ?? start(stream);
    streams.set(stream, known);
    return known;
  };
  const readershipOf = async ({ guild, user }: Reader): Promise<Readership> =>
    (await keptOf(readersStream(guild, user))).readership;

  /** Appends all that waits in one go, with numbers in the order of asking; begins again where somebody else was first. */
  async function work(stream: string, kept: Kept): Promise<void> {
    const { readership, queue } = kept;
    for (let tries = 0; queue.length > 0; ) {
      const batch: { readonly wish: Wish; readonly draft: RecordDraft; readonly number: number }[] = [];
      const known = new Set<string>();
      let { next } = readership;
      // A clock that was set back must not refuse a record.
      const at = new Date(Math.max(now().getTime(), Date.parse(readership.at) || 0)).toISOString();
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

  async function record(
    stream: string,
    author: string,
    key: string | undefined,
    make: Wish['make'],
  ): Promise<{ readonly number: number; readonly kept: Kept }> {
    const kept = await keptOf(stream);
    const number = await new Promise<number>((done, failed) => {
      kept.queue.push({ key, author, make, done, failed });
      if (kept.working) return;
      kept.working = true;
      work(stream, kept)
        .catch((thrown: unknown) => {
          for (const wish of kept.queue.splice(0)) wish.failed(thrown);
        })
        .finally(() => {
          kept.working = false;
        });
    });
    return { number, kept };
  }

  const settle = (kept: Kept, number: number): void => {
    kept.onTheWay.get(number)?.arrived();
    kept.onTheWay.delete(number);
  };

  return {
    async claim({ guild, user }, claim, key) {
      const { number, kept } = await record(readersStream(guild, user), user, `claim/${key}`, (next) => ({
        kind: 'edition.claimed',
        body: { number: next, ...claim },
      }));
      let arrived = (): void => {};
      const over = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      if (kept.readership.sending.has(number)) kept.onTheWay.set(number, { claim, arrived, over });
      return number;
    },
    async shown({ guild, user }, edition, key) {
      const { number, kept } = await record(readersStream(guild, user), user, `shown/${key}`, (next) => ({
        kind: 'edition.shown',
        body: { ...edition, number: edition.number ?? next },
      }));
      settle(kept, number);
      return kept.readership.editions.get(number) ?? { ...edition, number };
    },
    async lost({ guild, user }, number, why, key) {
      const { kept } = await record(readersStream(guild, user), user, `lost/${key}`, () => ({
        kind: 'edition.lost',
        body: { number, why },
      }));
      settle(kept, number);
    },
    async last({ guild, user }, situation, whose) {
      const { readership, onTheWay } = await keptOf(readersStream(guild, user));
      const coming = [...onTheWay.values()].filter(
        ({ claim }) =>
          claim.situation === situation &&
          ('channel' in whose ? claim.channel === whose.channel && !claim.private : claim.asker === whose.person),
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
      await record(readersStream(null, user), user, undefined, () => ({
        kind: 'marker.set',
        body: { user, situation, seq },
      }));
    },
    close: unfollow,
  };
}
