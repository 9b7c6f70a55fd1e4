import type { Archive } from '../archive.ts';
import type { DigestAlarm } from '../briefing/digest-alarms.ts';
import { flashContent } from '../briefing/digest-content.ts';
import type { Log } from '../log.ts';
import { localDay } from '../model/time.ts';
import type { Agenda, DueDigest } from './agenda.ts';
import { alarmed } from './alarms.ts';
import type { DigestState } from './book.ts';
import type { Books } from './books.ts';
import type { Composer, Gathered } from './composing.ts';
import { type Flash, flashesToday, MOST_A_DAY, owedFlashes } from './flashes.ts';
import { type ChannelFacts, editsOf, messageOf, type Printer, requestOf } from './messages.ts';
import { owedOf } from './next.ts';
import type { OwedSlots } from './owed.ts';
import { postName } from './post.ts';
import type { Poster, Wanted } from './poster.ts';
import type { DigestDraft, SlotRef } from './records.ts';
import type { Delivery } from './service.ts';
import type { Slot } from './slots.ts';

export interface RunnerOptions {
  readonly books: Books;
  readonly agenda: Agenda;
  readonly poster: Poster;
  readonly composer: Composer;
  readonly printer: Printer;
  readonly archive: Archive;
  /** What is known of a channel of a guild. */
  readonly channel: (guild: string, channel: string) => ChannelFacts | undefined;
  readonly now: () => number;
  /** Whether the clock is trusted at this moment. */
  readonly trusted: () => boolean;
  readonly tell: (guild: string, alarm: DigestAlarm) => void;
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
const WEEK = 7 * 86_400_000;
/** None of the situations of a digest may be told here any more. */
const NOT_TOLD = 'not-told';

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

const refs = (slots: readonly Slot[]): readonly SlotRef[] => slots.map(({ wall, at }) => ({ wall, at }));

export function openRunner(options: RunnerOptions): Runner {
  const { books, agenda, poster, composer, printer, archive, now, trusted, tell, log, most = AT_A_TIME } = options;
  const fresh: DueDigest[] = [];
  const late: DueDigest[] = [];
  const jobs = new Set<Promise<void>>();
  /** `guild digest situation` → when its quiet hours end, and flashes are posted. */
  const held = new Map<string, number>();
  let closed = false;

  const stateOf = (guild: string, id: string): DigestState | undefined => books.of(guild).digests.get(id);
  const factsOf = (guild: string, { digest }: DigestState) => options.channel(guild, digest.channel);

  /** What is recorded of slots that are not posted. */
  function passed(id: string, { missed, more, same }: OwedSlots): readonly DigestDraft[] {
    return [
      ...(missed.length > 0 || more > 0
        ? [
            {
              kind: 'slot.missed' as const,
              body: { id, slots: refs(missed), ...(more > 0 && { more }), why: 'the bot was off' },
            },
          ]
        : []),
      ...(same.length > 0
        ? [{ kind: 'slot.skipped' as const, body: { id, slots: refs(same), why: 'same' as const } }]
        : []),
    ];
  }

  /** Nothing new, and the digest has chosen to say nothing of it. */
  function isSkipped({ digest, last, told }: DigestState, { quiet, closed: over }: Gathered): boolean {
    if (!quiet) return false;
    if (over) return true;
    // The first one tells that it is there.
    if (Object.keys(told).length === 0 && last === undefined) return false;
    if (digest.whenNothing === 'weekly') return last !== undefined && now() - Date.parse(last.at) < WEEK - 3_600_000;
    return digest.whenNothing === 'skip';
  }

  async function suspendUntold(guild: string, state: DigestState): Promise<void> {
    const { digest } = state;
    const why = 'none of its situations may be told in this server any more';
    const fix = 'choose other situations with /digest edit, or have them shared with this server again';
    const done = await books.change(guild, (book) =>
      book.digests.get(digest.id)?.suspended
        ? undefined
        : [{ kind: 'digest.suspended', body: { id: digest.id, why, fix, code: NOT_TOLD } }],
    );
    if (done) tell(guild, { about: 'suspended', digest: alarmed(digest), why, fix });
  }

  /** The claim of what a digest owes now; undefined where that is nothing, or is done without a message. */
  async function slotPost(guild: string, id: string, number: number): Promise<Wanted | undefined> {
    const state = stateOf(guild, id);
    const owed = state && owedOf(state, now());
    if (!state || !owed?.due || state.suspended || !trusted() || closed) return undefined;
    const { digest } = state;
    const { slot, late: isLate } = owed.due;
    const holds: Wanted['holds'] = (book) => {
      const at = book.digests.get(id);
      return at !== undefined && !at.suspended && owedOf(at, now()).due?.slot.wall === slot.wall;
    };
    const gathered = await composer.gather(digest, state.told);
    if (!gathered) {
      await suspendUntold(guild, state);
      return undefined;
    }
    // Where nothing is new, nothing is carried either.
    const request = { ...requestOf(state, now(), owed), ...(gathered.quiet && { carried: undefined }) };
    if (isSkipped(state, gathered)) {
      const skipped: DigestDraft = {
        kind: 'slot.skipped',
        body: { id, slots: refs([slot]), why: 'nothing_new', window: gathered.window },
      };
      await books.change(guild, (book) => (holds(book) ? [...passed(id, owed), skipped] : undefined));
      return undefined;
    }
    const post = postName.slot(id, slot);
    const channel = factsOf(guild, state);
    const { payload, tells, editions } = await messageOf({ composer, printer, channel }, digest, gathered, request, {
      post,
      number,
    });
    return {
      holds,
      beside: passed(id, owed),
      intent: {
        id,
        post,
        purpose: 'slot',
        slot: { wall: slot.wall, at: slot.at },
        ...(isLate && { late: true as const }),
        attempt: 1,
        channel: digest.channel,
        payload,
        window: gathered.window,
        tells,
        editions,
        ...editsOf(state),
      },
    };
  }

  /** While it is suspended its slots pass; what they would have told is told by the one after. */
  async function passSuspended(guild: string, id: string): Promise<boolean> {
    const state = stateOf(guild, id);
    if (!state?.suspended) return false;
    if (state.suspended.code === NOT_TOLD && (await composer.gather(state.digest, state.told))) {
      await books.change(guild, () => [
        { kind: 'digest.healed', body: { id, how: 'its situations may be told again' } },
      ]);
      return false;
    }
    await books.change(guild, (book) => {
      const at = book.digests.get(id);
      const owed = at?.suspended && owedOf(at, now());
      if (!owed || (!owed.due && owed.missed.length === 0)) return undefined;
      const slots = refs([...owed.missed, ...owed.same, ...(owed.due ? [owed.due.slot] : [])]);
      return [{ kind: 'slot.suspended', body: { id, slots } }];
    });
    return true;
  }

  async function handle({ guild, id, owed }: DueDigest): Promise<void> {
    if (!trusted()) return agenda.again(guild, id);
    await poster.settle(guild, id);
    if (await passSuspended(guild, id)) return undefined;
    const before = books.of(guild).seq;
    if (owed.due) {
      const begun = await poster.send(guild, (number) => slotPost(guild, id, number), owed.due.late ? 'late' : 'fresh');
      if (begun) return void (await begun.tried);
    } else
      await books.change(guild, (book) => {
        const at = book.digests.get(id);
        const still = at && owedOf(at, now());
        return still && !still.due ? passed(id, still) : undefined;
      });
    if (await passSuspended(guild, id)) return undefined;
    // Of what was recorded the agenda has heard.
    if (books.of(guild).seq === before) agenda.again(guild, id);
    return undefined;
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
      const { guild, id } = due;
      work(
        () =>
          handle(due).catch((thrown: unknown) => {
            // Not at once: what is wrong now is wrong in a moment, too.
            failed.push([guild, id]);
            throw thrown;
          }),
        { guild, digest: id },
      );
    }
  }
  const failed: [guild: string, id: string][] = [];

  async function flashPost(guild: string, id: string, flash: Flash, number: number): Promise<Wanted | undefined> {
    const state = stateOf(guild, id);
    const picture = await archive.picture(flash.situation);
    if (!state || !picture || closed || !trusted()) return undefined;
    const known = { picture, registry: archive.registry() };
    const isDue = (at: DigestState): boolean =>
      owedFlashes(at, known, now()).due.some(({ entry, seq }) => entry === flash.entry && seq === flash.seq);
    if (!isDue(state)) return undefined;
    const content = flashContent(known, flash.entry);
    if (!content) return undefined;
    const { digest } = state;
    const { zone } = digest.schedule;
    const post = postName.flash(id, flash.situation, flash.entry, flash.seq);
    const parts = [{ situation: flash.situation, from: flash.seq - 1, to: picture.seq }];
    const request = {
      name: `${digest.id} “${digest.name}”`,
      zone,
      filters: {},
      to: flash.at,
      flash: true,
    };
    const { payload, tells, editions } = await messageOf(
      { composer, printer, channel: factsOf(guild, state) },
      digest,
      { contents: [content], parts, registry: known.registry.seq },
      request,
      { post, number, flash: flash.entry, mention: digest.mention },
    );
    return {
      holds: (book) => {
        const at = book.digests.get(id);
        return at !== undefined && isDue(at) && flashesToday(book, digest.channel, zone, now()) < MOST_A_DAY;
      },
      intent: { id, post, purpose: 'flash', attempt: 1, channel: digest.channel, payload, window: {}, tells, editions },
    };
  }

  /** The line in place of the eleventh. */
  async function morePost(guild: string, id: string, flash: Flash): Promise<Wanted | undefined> {
    const state = stateOf(guild, id);
    if (!state || closed) return undefined;
    const { digest } = state;
    const post = postName.moreFlashes(id, localDay(new Date(now()).toISOString(), digest.schedule.zone));
    const isTold = (at: DigestState): boolean => at.history.has(post);
    if (isTold(state)) return undefined;
    const payload = await printer.print(
      {
        kind: 'digest',
        title: 'More flashes today',
        subtitle: [],
        sections: [{ id: 'more', lines: [], notes: [`/changes situation: ${flash.situation} tells them.`] }],
        footer: [`${digest.id} “${digest.name}” posts at most ${MOST_A_DAY} flashes a day.`],
      },
      {},
    );
    return {
      holds: (book) => {
        const at = book.digests.get(id);
        return at !== undefined && !isTold(at);
      },
      intent: { id, post, purpose: 'flash', attempt: 1, channel: digest.channel, payload, window: {} },
    };
  }

  async function flashesOf(guild: string, id: string, situation: string): Promise<void> {
    const key = `${guild} ${id} ${situation}`;
    held.delete(key);
    const [state, picture] = [stateOf(guild, id), await archive.picture(situation)];
    if (!state || !picture || closed) return;
    if (!(await composer.gather({ ...state.digest, situations: [situation] }, state.told))) return;
    const owed = owedFlashes(state, { picture, registry: archive.registry() }, now());
    if (owed.until !== undefined) held.set(key, owed.until);
    for (const flash of owed.due) {
      // A clock that is not trusted now may be at the next tick.
      if (!trusted()) return void held.set(key, now());
      const { digest } = state;
      const many = flashesToday(books.of(guild), digest.channel, digest.schedule.zone, now()) >= MOST_A_DAY;
      // oxlint-disable-next-line no-await-in-loop -- in their order
      const begun = await poster.send(
        guild,
        (number) => (many ? morePost(guild, id, flash) : flashPost(guild, id, flash, number)),
        'fresh',
      );
      // oxlint-disable-next-line no-await-in-loop
      await begun?.tried;
      if (many) return;
    }
  }

  function noticed(situation: string): void {
    for (const { guild, digests } of books.all())
      for (const { digest } of digests.values())
        if (digest.flash && !digest.paused && digest.situations.includes(situation))
          work(() => flashesOf(guild, digest.id, situation), { guild, digest: digest.id, what: 'flash' });
  }

  async function askedPost(
    guild: string,
    id: string,
    as: 'now' | 'test',
    key: string,
    number: number,
  ): Promise<Wanted | 'quiet' | 'nothing there' | undefined> {
    const state = stateOf(guild, id);
    if (!state) return 'nothing there';
    const { digest, told } = state;
    const post = as === 'now' ? postName.now(id, key) : postName.test(id, key);
    if (state.history.has(post)) return undefined;
    const gathered = await composer.gather(digest, told);
    if (!gathered) return 'nothing there';
    if (as === 'now' && gathered.quiet) return 'quiet';
    const request = { ...requestOf(state, now()), ...(as === 'test' ? { test: true } : { asked: true }) };
    const { payload, tells, editions } = await messageOf(
      { composer, printer, channel: factsOf(guild, state) },
      digest,
      gathered,
      request,
      { post, ...(as === 'now' && { number }) },
    );
    return {
      holds: (book) => book.digests.get(id)?.history.has(post) === false,
      intent: {
        id,
        post,
        purpose: as,
        attempt: 1,
        channel: digest.channel,
        payload,
        window: as === 'now' ? gathered.window : {},
        tells,
        editions,
        ...(as === 'now' && editsOf(state)),
      },
    };
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
      for (const [guild, id] of failed.splice(0)) agenda.again(guild, id);
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
    async ask(guild, id, as, key, author) {
      let answer: 'quiet' | 'nothing there' | undefined;
      const begun = await poster.send(
        guild,
        async (number) => {
          const wanted = await askedPost(guild, id, as, key, number);
          if (typeof wanted === 'string') answer = wanted;
          return typeof wanted === 'string' || wanted === undefined ? undefined : { ...wanted, author };
        },
        'fresh',
      );
      if (!begun) return answer ?? { how: 'unknown', why: 'it was asked for already' };
      const first = begun.tried.then(
        () =>
          new Promise<Delivery>((resolve) => setTimeout(resolve, 1_000, { how: 'unknown', why: 'it is tried again' })),
      );
      return Promise.race([begun.end, first]);
    },
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
