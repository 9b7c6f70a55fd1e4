import type { DigestAlarm } from '../briefing/digest-alarms.ts';
import { Conflict, Duplicate } from '../ledger/errors.ts';
import type { Log } from '../log.ts';
import { alarmed } from './alarms.ts';
import type { Book, DigestState, OpenPost } from './book.ts';
import type { Books } from './books.ts';
import { owedOf } from './next.ts';
import { intentDraft } from './post.ts';
import type { Publisher } from './publisher.ts';
import type { ComingEdition, DigestDraft, Failure, Intent } from './records.ts';
import type { Posted, Sender, Urgency } from './sender.ts';
import type { Delivery } from './service.ts';

/** How messages are made of payloads that are refused. */
export interface Barest {
  /** The same post without any text of the store; it carries the same marker. */
  (payload: unknown): unknown;
}

export interface PosterOptions {
  readonly books: Books;
  readonly sender: Sender;
  readonly publisher: Publisher;
  readonly barest: Barest;
  /** Wall clock, ms. */
  readonly now: () => number;
  /** Tells the moderators of a guild. Never rejects. */
  readonly tell: (guild: string, alarm: DigestAlarm) => void;
  /** The token is not taken any more: everything stops. */
  readonly onToken: (why: string) => void;
  readonly log: Log;
  /** Length of a second in ms: tests have short ones. */
  readonly second?: number;
}

/** What is to be recorded before a message is sent. */
export interface Wanted {
  /** Besides the claim, in the same append. */
  readonly beside?: readonly DigestDraft[];
  readonly intent: Omit<Intent, 'nonce'>;
  /** Whether it still holds at the head of the stream. */
  readonly holds: (book: Book) => boolean;
  readonly author?: string;
}

/** A post that is claimed. */
export interface Begun {
  /** Resolves when the first request was answered, or the post is over without one. */
  readonly tried: Promise<unknown>;
  readonly end: Promise<Delivery>;
}

export interface Poster {
  /**
   * Records the claim that `make` makes, then posts it. `make` is told the number that the next edition takes, and is
   * asked again where somebody was first; undefined: nothing is posted. Resolves once it is claimed, with how it ends.
   */
  send(
    guild: string,
    make: (number: number) => Promise<Wanted | undefined>,
    urgency: Urgency,
  ): Promise<Begun | undefined>;
  /** Takes up what was claimed before this process began: looks for each, and posts what is not there. */
  reconcile(): void;
  /** The next one is due: what is open of a digest is looked for once more, then given up. Resolves when none is open. */
  settle(guild: string, digest: string): Promise<void>;
  /** How many posts are under way. */
  readonly underWay: number;
  /** Stops trying; what is open stays so until the next start. */
  close(): Promise<void>;
}

/** Longer than a request may take: none of a dead process arrives later. In seconds, as all that follows. */
const LAST_REQUEST = 20;
const LONGEST_PAUSE = 60;
/** So long a repeated nonce is trusted where nothing can be looked through. */
const BLIND = 120;
/** The message is looked for from so long before its claim. */
const BEFORE = 60;
const TRIES = 20;
/** A message that is edited was edited too often. */
const EDITS_USED_UP = '30046';

const opensThread = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'message' in payload && 'name' in payload;

/** Posts each claim exactly once, whatever happens between. */
export function openPoster(options: PosterOptions): Poster {
  const { books, sender, publisher, barest, now, tell, onToken, log, second = 1_000 } = options;
  const began = performance.now();
  let closed = false;

  interface Under {
    readonly done: Promise<Delivery>;
    readonly tried: Promise<void>;
    /** The first request was answered. */
    answered: () => void;
    /** The next one is due. */
    last: boolean;
    wake: () => void;
  }
  /** `guild post` → what is under way. */
  const under = new Map<string, Under>();

  const stateOf = (guild: string, id: string): DigestState | undefined => books.of(guild).digests.get(id);
  const openOf = (guild: string, { id, post }: Intent): OpenPost | undefined => stateOf(guild, id)?.open.get(post);

  async function record(guild: string, intent: Intent, drafts: readonly DigestDraft[]): Promise<boolean> {
    return books.change(guild, () => (openOf(guild, intent) ? drafts : undefined));
  }
  const lostEditions = ({ post, editions = [] }: Intent, why: string): readonly DigestDraft[] =>
    editions.map(({ number }, at) => ({
      kind: 'edition.lost',
      key: `lost/${post}/${at}`,
      body: { number, why },
    }));

  async function arrived(
    guild: string,
    intent: Intent,
    message: string,
    how: 'posted' | 'edited' | 'found',
  ): Promise<Delivery> {
    const { id, post, payload, editions = [] } = intent;
    // A forum's post is a thread of the same id as its first message.
    const channel = opensThread(payload) ? message : intent.channel;
    const heals = intent.purpose !== 'test' && stateOf(guild, id)?.suspended !== undefined;
    await record(guild, intent, [
      { kind: 'digest.sent', body: { id, post, channel, message, how } },
      ...(heals ? [{ kind: 'digest.healed' as const, body: { id, how: 'a message arrived' } }] : []),
      ...editions.map(
        (edition: ComingEdition, at): DigestDraft => ({
          kind: 'edition.shown',
          key: `shown/${post}/${at}`,
          body: { ...edition, channel, messages: [message] },
        }),
      ),
    ]);
    publisher.wish(guild, id, post);
    return { how: 'sent', channel, message };
  }

  async function wentAway(guild: string, intent: Intent): Promise<Delivery> {
    const { id, post, channel } = intent;
    await record(guild, intent, [
      { kind: 'digest.sent', body: { id, post, channel, how: 'gone' } },
      ...lostEditions(intent, 'deleted'),
    ]);
    return { how: 'unknown', why: 'it was posted, and somebody deleted it at once' };
  }

  async function failed(guild: string, intent: Intent, failure: Failure, uncertain = false): Promise<void> {
    const { id, post } = intent;
    await record(guild, intent, [
      { kind: 'digest.failed', body: { id, post, ...failure, ...(uncertain && { uncertain }) } },
      ...lostEditions(intent, failure.why),
    ]);
  }
  const slotTime = (intent: Intent, { first }: OpenPost): string =>
    intent.slot ? new Date(intent.slot.at).toISOString() : first;

  async function giveUp(guild: string, open: OpenPost, failure: Failure, uncertain: boolean): Promise<Delivery> {
    const { intent } = open;
    await failed(guild, intent, failure, uncertain);
    const state = stateOf(guild, intent.id);
    if (state && intent.purpose !== 'test') {
      const at = slotTime(intent, open);
      const digest = alarmed(state.digest);
      tell(
        guild,
        uncertain ? { about: 'uncertain', digest, at, why: failure.why } : { about: 'failed', digest, at, ...failure },
      );
    }
    return { how: 'unknown', why: failure.why };
  }

  /** The refusals that somebody has to lift. */
  async function suspend(guild: string, open: OpenPost, refused: Posted & { how: 'refused' }): Promise<Delivery> {
    const { intent } = open;
    const { why, fix, code } = refused;
    const { id, post, purpose } = intent;
    let told = false;
    await books.change(guild, (book) => {
      const state = book.digests.get(id);
      if (!state?.open.has(post)) return undefined;
      // A test says itself what is wrong.
      told = purpose !== 'test' && !state.suspended;
      return [
        { kind: 'digest.failed', body: { id, post, why, code } },
        ...lostEditions(intent, why),
        ...(told ? [{ kind: 'digest.suspended' as const, body: { id, why, fix, code } }] : []),
      ];
    });
    const state = stateOf(guild, id);
    if (told && state) tell(guild, { about: 'suspended', digest: alarmed(state.digest), why, fix, code });
    return { how: 'refused', why, fix, code };
  }

  /** Claims the same post once more, with another body. Undefined where it was settled meanwhile. */
  async function claimAnew(
    guild: string,
    { intent }: OpenPost,
    change: (intent: Intent) => Omit<Intent, 'nonce'>,
  ): Promise<OpenPost | undefined> {
    const next = change({ ...intent, attempt: intent.attempt + 1 });
    await record(guild, intent, [intentDraft(next)]);
    return openOf(guild, intent);
  }

  async function deliver(
    guild: string,
    first: OpenPost,
    urgency: Urgency,
    ours: boolean,
    me: Under,
  ): Promise<Delivery> {
    let open = first;
    const started = performance.now();
    const age = (): number => (performance.now() - started) / second;
    /** In seconds; ends early where the next one is due. */
    const pause = (seconds: number, wakes = true): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, seconds * second);
        const wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        me.wake = () => (wakes || closed ? wake() : undefined);
        if (closed || (wakes && me.last)) wake();
      });
    /** Whether the message may be there already. */
    let doubt = !ours;
    let why: Failure = { why: 'the bot was restarted before it was known whether it arrived' };
    let pauseNext = 1;
    let plain = false;
    if (!ours) await pause(LAST_REQUEST - (performance.now() - began) / second, false);
    for (let tries = 0; ; tries += 1) {
      if (closed) return { how: 'unknown', why: 'the bot is stopping' };
      const { intent } = open;
      if (!openOf(guild, intent)) return { how: 'unknown', why: 'the digest was deleted' };
      const { channel, post, edits } = intent;
      const since = Date.parse(open.first);
      const old = ours ? age() : Math.max(age(), (now() - since) / second);
      // An edit can be repeated; anything else is looked for first, and posted with the same nonce: two guards.
      const look = doubt && edits === undefined;
      if (look) {
        const found = await sender.find(channel, post, since - BEFORE * 1_000);
        if (found.how === 'found') return arrived(guild, intent, found.message, 'found');
        const blind = found.how === 'unreadable' && (old >= BLIND || opensThread(intent.payload));
        if (blind || (found.how !== 'absent' && me.last))
          return giveUp(guild, open, { ...why, why: `${why.why}, and the channel cannot be looked through` }, true);
        if (found.how === 'unknown') {
          await pause(pauseNext);
          pauseNext = Math.min(pauseNext * 2, LONGEST_PAUSE);
          continue;
        }
        if (closed) continue;
      }
      if (me.last) return giveUp(guild, open, why, false);
      const posted = await sender.post(intent, urgency);
      me.answered();
      switch (posted.how) {
        case 'sent':
          return arrived(guild, intent, posted.message, edits === undefined ? 'posted' : 'edited');
        case 'gone': {
          if (edits === undefined) return wentAway(guild, intent);
          // Somebody deleted the board: a new one takes its place.
          const anew = await claimAnew(guild, open, asNew);
          if (!anew) return { how: 'unknown', why: 'settled by another' };
          open = anew;
          continue;
        }
        case 'wait':
          why = { why: posted.why };
          await pause(posted.ms / second + Math.random());
          continue;
        case 'unknown':
          doubt = true;
          // Nobody looks for a test that comes much later.
          if (intent.purpose === 'test' && tries >= 2) me.last = true;
          why = { why: posted.why, ...(posted.code !== undefined && { code: posted.code }) };
          log.info({ guild, post, tries }, 'A digest may have arrived or not; it is tried again');
          await pause(pauseNext);
          pauseNext = Math.min(pauseNext * 2, LONGEST_PAUSE);
          continue;
        case 'refused': {
          const { over, code } = posted;
          if (over === 'token') {
            onToken(posted.why);
            return { how: 'refused', why: posted.why, fix: posted.fix, code };
          }
          if (edits !== undefined && (code === EDITS_USED_UP || (over === 'payload' && plain))) {
            const anew = await claimAnew(guild, open, asNew);
            if (!anew) return { how: 'unknown', why: 'settled by another' };
            open = anew;
            continue;
          }
          if (over === 'place') return suspend(guild, open, posted);
          if (!plain && intent.purpose !== 'test') {
            plain = true;
            const anew = await claimAnew(guild, open, (again) => ({ ...again, payload: barest(again.payload) }));
            if (!anew) return { how: 'unknown', why: 'settled by another' };
            open = anew;
            const state = stateOf(guild, intent.id);
            if (state)
              tell(guild, {
                about: 'reduced',
                digest: alarmed(state.digest),
                at: slotTime(intent, open),
                why: posted.why,
                code,
              });
            continue;
          }
          await giveUp(guild, open, { why: posted.why, code }, false);
          return { how: 'refused', why: posted.why, fix: posted.fix, code };
        }
      }
    }
  }

  function take(guild: string, open: OpenPost, urgency: Urgency, ours: boolean): Under {
    const key = `${guild} ${open.intent.post}`;
    const known = under.get(key);
    if (known) return known;
    let answered = (): void => {};
    const tried = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const none: Delivery = { how: 'unknown', why: '' };
    const me: Under = { done: Promise.resolve(none), tried, answered, last: false, wake: () => {} };
    const run = async (): Promise<Delivery> => {
      try {
        return await deliver(guild, open, urgency, ours, me);
      } catch (thrown) {
        log.error({ guild, post: open.intent.post, err: thrown }, 'What became of a digest could not be recorded');
        return { how: 'unknown', why: 'what became of it could not be recorded' };
      } finally {
        under.delete(key);
        answered();
      }
    };
    under.set(key, me);
    Object.assign(me, { done: run() });
    return me;
  }

  async function claimNext(
    guild: string,
    make: Parameters<Poster['send']>[1],
    urgency: Urgency,
  ): Promise<Begun | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (closed) return undefined;
      const { edition } = books.of(guild);
      // oxlint-disable-next-line no-await-in-loop -- asked again where somebody was first
      const wanted = await make(edition);
      if (!wanted) return undefined;
      const { intent, beside = [], holds, author } = wanted;
      const numbers = (intent.editions ?? []).map(
        ({ number }): DigestDraft => ({ kind: 'edition.claimed', body: { number } }),
      );
      const by = author === undefined ? {} : { author };
      const drafts = [...beside, ...numbers, intentDraft(intent)].map((draft) => ({ ...draft, ...by }));
      // oxlint-disable-next-line no-await-in-loop
      const done = await books
        .change(guild, (book) =>
          (numbers.length > 0 && book.edition !== edition) || !holds(book) ? undefined : drafts,
        )
        .catch((thrown: unknown) => {
          if (thrown instanceof Conflict || thrown instanceof Duplicate) return false;
          throw thrown;
        });
      const open = done ? openOf(guild, intentOf(intent)) : undefined;
      if (open) {
        const { tried, done: end } = take(guild, open, urgency, true);
        return { tried, end };
      }
      if (!holds(books.of(guild))) return undefined;
    }
    return undefined;
  }

  /** Guild → the end of the claims that are being made: each takes the number after the one before it. */
  const claiming = new Map<string, Promise<unknown>>();

  return {
    send(guild, make, urgency) {
      const turn = (claiming.get(guild) ?? Promise.resolve()).then(() => claimNext(guild, make, urgency));
      const settled = turn.catch(() => {});
      claiming.set(guild, settled);
      void settled.then(() => {
        if (claiming.get(guild) === settled) claiming.delete(guild);
      });
      return turn;
    },
    reconcile() {
      for (const book of books.all())
        for (const state of book.digests.values())
          for (const open of state.open.values()) {
            const { slot } = open.intent;
            const me = take(book.guild, open, 'late', false);
            // Its time is over, too: it is looked for, and not posted.
            if (slot && owedOf(state, now()).due) me.last = true;
          }
    },
    async settle(guild, digest) {
      const state = stateOf(guild, digest);
      await Promise.all(
        [...(state?.open.values() ?? [])].map((open) => {
          const me = take(guild, open, 'late', false);
          me.last = true;
          me.wake();
          return me.done;
        }),
      );
    },
    get underWay() {
      return under.size;
    },
    async close() {
      closed = true;
      for (const me of under.values()) me.wake();
      await Promise.all([...under.values()].map(({ done }) => done));
    },
  };
}

/** The same post as a message of its own. */
function asNew(intent: Omit<Intent, 'nonce'>): Omit<Intent, 'nonce'> {
  const rest = { ...intent };
  delete (rest as { edits?: string }).edits;
  return rest;
}

/** For looking a claim up: only its names matter. */
const intentOf = (intent: Omit<Intent, 'nonce'>): Intent => ({ ...intent, nonce: '' });
