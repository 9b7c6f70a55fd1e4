import type { Log } from '../log.ts';
import type { Agenda, DueDigest } from './agenda.ts';
import { alarmed } from './alarms.ts';
import { askedPosts } from './asked-posts.ts';
import { flashPosts } from './flash-posts.ts';
import type { ChannelFacts } from './messages.ts';
import { owedOf } from './next.ts';
import type { OwedSlots } from './owed.ts';
import type { Posting } from './posting.ts';
import type { Delivery } from './service.ts';
import { NOT_TOLD, slotPosts } from './slot-posts.ts';

export interface RunnerOptions extends Omit<Posting, 'stateOf' | 'factsOf'> {
  readonly agenda: Agenda;
  /** What is known of a channel of a guild. */
  readonly channel: (guild: string, channel: string) => ChannelFacts | undefined;
  readonly log: Log;
  /** How many digests are composed and sent at a time. */
  readonly most?: number;
}

/** Posts what is due, fresh digests before late ones. */
export interface Runner {
  /** Takes up all that is due. Does not wait for posts. */
  tick(now: number): void;
  /** Something was recorded in a situation: flashes are looked for. */
  noticed(situation: string): void;
  /** Rights changed: digests that were refused are tried again where that can help. */
  retry(): void;
  /** Posts at once what is new, or a test. */
  ask(
    guild: string,
    id: string,
    as: 'now' | 'test',
    key: string,
    author: string,
  ): Promise<Delivery | 'quiet' | 'nothing there'>;
  /** Resolves when nothing waits and nothing is being sent. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Enough to keep the pace of the platform although each answer takes a while. */
const AT_A_TIME = 48;
/** How many are taken off the agenda ahead. */
const AHEAD = 1_024;

/** One of each guild, then the next of each: no server waits until another with many digests is done. */
function inTurns(due: readonly DueDigest[]): readonly DueDigest[] {
  const places = new Map<string, number>();
  const placed = due.map((one) => {
    const place = places.get(one.guild) ?? 0;
    places.set(one.guild, place + 1);
    return { one, place };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ one }) => one);
}

export function openRunner(options: RunnerOptions): Runner {
  const { books, agenda, poster, now, tell, log, most = AT_A_TIME } = options;
  const fresh: DueDigest[] = [];
  const late: DueDigest[] = [];
  /** Taken off the agenda, and not settled. */
  const again: DueDigest[] = [];
  const jobs = new Set<Promise<void>>();
  let closed = false;

  const trusted = (): boolean => !closed && options.trusted();
  const posting: Posting = {
    ...options,
    trusted,
    stateOf: (guild, id) => books.of(guild).digests.get(id),
    factsOf: (guild, { digest }) => options.channel(guild, digest.channel),
  };
  const { factsOf } = posting;
  const { slotPost, passSuspended, passed } = slotPosts(posting);
  const { flashesOf, held } = flashPosts(posting);

  /** What it owes at this moment; undefined where that is nothing (any more). */
  function owes(guild: string, id: string): OwedSlots | undefined {
    const state = posting.stateOf(guild, id);
    const owed = state && owedOf(state, now());
    return owed && (owed.due || owed.missed.length > 0) ? owed : undefined;
  }

  async function post({ guild, id }: DueDigest): Promise<void> {
    if (!trusted() || !owes(guild, id)) return;
    // An earlier slot that is still being tried is given up: this one carries what it would have told.
    await poster.settle(guild, id);
    if (await passSuspended(guild, id)) return;
    const owed = owes(guild, id);
    if (owed?.due) {
      const begun = await poster.send(guild, (number) => slotPost(guild, id, number), owed.due.late ? 'late' : 'fresh');
      await begun?.tried;
    } else
      await books.change(guild, (book) => {
        const at = book.digests.get(id);
        const still = at && owedOf(at, now());
        return still && !still.due ? passed(id, still) : undefined;
      });
    // It may just have been suspended.
    await passSuspended(guild, id);
  }

  async function handle(due: DueDigest): Promise<void> {
    try {
      await post(due);
    } finally {
      // What it still owes waits for the next tick: what was wrong now is wrong in a moment, too.
      if (owes(due.guild, due.id)) again.push(due);
    }
  }

  function work(job: () => Promise<void>, about: object): void {
    const running: Promise<void> = job()
      .catch((thrown: unknown) =>
        log.error({ ...about, err: thrown }, 'A digest could not be posted; it is tried again'),
      )
      .finally(() => {
        jobs.delete(running);
        pump();
      });
    jobs.add(running);
  }
  function refill(): void {
    if (fresh.length + late.length > AHEAD / 2) return;
    for (const due of inTurns(agenda.take(now(), AHEAD))) (due.owed.due?.late ? late : fresh).push(due);
  }
  function pump(): void {
    if (closed) return;
    refill();
    while (jobs.size < most) {
      const due = fresh.shift() ?? late.shift();
      if (!due) return;
      work(() => handle(due), { guild: due.guild, digest: due.id });
    }
  }

  function noticed(situation: string): void {
    for (const { guild, digests } of books.all())
      for (const { digest } of digests.values())
        if (digest.flash && !digest.paused && digest.situations.includes(situation))
          work(() => flashesOf(guild, digest.id, situation), { guild, digest: digest.id, what: 'flash' });
  }

  const unfollow = books.follow((book, records) => {
    // A digest that was made or changed may ask for flashes, or wait no more for the end of quiet hours.
    for (const { kind, body } of records)
      if (kind === 'digest.edited' || kind === 'digest.resumed') {
        const id = 'digest' in body ? body.digest.id : body.id;
        for (const situation of book.digests.get(id)?.digest.situations ?? [])
          if (held.has(`${book.guild} ${id} ${situation}`)) held.set(`${book.guild} ${id} ${situation}`, 0);
      }
  });

  return {
    tick() {
      for (const { guild, id } of again.splice(0)) agenda.again(guild, id);
      for (const [key, until] of held) {
        if (until > now()) continue;
        const [guild = '', id = '', situation = ''] = key.split(' ');
        work(() => flashesOf(guild, id, situation), { guild, digest: id, what: 'flash' });
      }
      pump();
    },
    noticed,
    retry() {
      for (const { guild, digests } of books.all())
        for (const state of digests.values()) {
          const { digest, suspended } = state;
          if (!suspended || suspended.code === NOT_TOLD || factsOf(guild, state)?.open !== true) continue;
          const how = 'the bot may post in the channel again';
          work(
            async () => {
              const done = await books.change(guild, (book) =>
                book.digests.get(digest.id)?.suspended
                  ? [{ kind: 'digest.healed', body: { id: digest.id, how } }]
                  : undefined,
              );
              if (done) tell(guild, { about: 'healed', digest: alarmed(digest), how });
            },
            { guild, digest: digest.id },
          );
        }
    },
    ask: askedPosts(posting),
    async settled() {
      while (jobs.size > 0 || fresh.length > 0 || late.length > 0) await Promise.all(jobs);
    },
    async close() {
      closed = true;
      unfollow();
      await Promise.all(jobs);
    },
  };
}
