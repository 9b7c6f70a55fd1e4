import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Archive } from './archive.ts';
import { namesOf } from './asking/names.ts';
import type { Document } from './briefing/document.ts';
import { chatRecord } from './desk/book.ts';
import type { Desks } from './desk/desks.ts';
import type { MoreItems } from './desk/log.ts';
import { logItems } from './desk/log.ts';
import { composeReminder, dueReminder, toMirror } from './desk/mirror.ts';
import { DESK_STREAMS, deskStream } from './desk/record.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { errorData } from './log.ts';
import { REGISTRY_STREAM, SITUATION_STREAMS } from './model/record.ts';

/** How messages reach the mod-log. Neither rejects. */
export interface LogPoster {
  /** `refused`: Discord does not take this message, however often it is sent. The same nonce makes no second one for some minutes. */
  post(channel: string, document: Document, nonce: string): Promise<'sent' | 'refused' | 'failed'>;
  /** Texts of the bot's last messages there; none where it may not read them. */
  recent(channel: string): Promise<readonly string[]>;
}

export interface MirroringOptions {
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly desks: Desks;
  readonly poster: LogPoster;
  readonly log: Log;
  readonly now: () => Date;
  /** What else is told: of digests. */
  readonly more?: readonly MoreItems[];
  /** Whether this process looks after a guild: it is told of it by Discord. Default: every one. */
  readonly mine?: (guild: string) => boolean;
  /** How often what failed is tried again, and drafts that wait are looked for. In ms. */
  readonly everyMs?: number;
}

/** Tells every change of a desk in its mod-log. */
export interface Mirroring {
  /** A message of another kind for the people of a desk. False where it could not be told. */
  tell(guild: string, document: Document): Promise<boolean>;
  /** Rights changed: what failed is tried again. */
  retry(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const EVERY = 600_000;
const GUILD_STREAMS = 'guild/';
/** A message that Discord does not take is given up after so many attempts, so that those after it are told. */
const ATTEMPTS = 3;
const LEAVE_WITHIN = 2_000;

const nonceOf = (name: string, channel: string): string =>
  createHash('sha256').update(`${name}\n${channel}`).digest('base64url').slice(0, 24);

export function mirrorLogs(options: MirroringOptions): Mirroring {
  const { ledger, archive, desks, poster, log, now } = options;
  /** Guild → its work, one thing after the other, so that changes are told in their order. */
  const work = new Map<string, Promise<void>>();
  /** Guilds for which something is to be looked at, beside what is under way. */
  const asked = new Set<string>();
  const refusals = new Map<string, number>();
  /** Channels whose last messages were read by this process: what it posted since, it marked itself. */
  const read = new Map<string, readonly string[]>();
  let over = false;

  async function isThere(channel: string, footer: string): Promise<boolean> {
    const texts = read.get(channel) ?? (await poster.recent(channel));
    read.set(channel, texts);
    // Text was escaped for Discord.
    return texts.some((text) => `${text.replaceAll('\\', '')}\n`.includes(`${footer}\n`));
  }

  /** Posts one message; a process before this one may have posted it without marking it. */
  async function post(channel: string, document: Document, name: string): Promise<'sent' | 'refused' | 'failed'> {
    const [footer] = document.footer;
    if (footer !== undefined && (await isThere(channel, footer))) return 'sent';
    const outcome = await poster.post(channel, document, nonceOf(name, channel));
    if (outcome !== 'refused') return outcome;
    const attempts = (refusals.get(name) ?? 0) + 1;
    refusals.set(name, attempts);
    return attempts < ATTEMPTS ? 'failed' : 'refused';
  }

  async function mirror(guild: string): Promise<void> {
    const desk = await desks.state(guild);
    const { modLog } = desk.settings;
    const since = desk.mirroredSince;
    if (modLog === undefined || since === undefined) return;
    const chat = (await desks.chat(guild)).filter(
      ({ stream, seq, at }) => at >= since && seq > (desk.mirrored.get(stream) ?? 0),
    );
    const more = await Promise.all((options.more ?? []).map((items) => items(guild)));
    const told = desk.mirrored.get(deskStream(guild)) ?? 0;
    const slugs = [...chat, ...desk.disputes.values(), ...desk.drafts.values()].flatMap((r) => r.situation ?? []);
    const names = await namesOf(archive, slugs);
    for (const { stream, seq, name, document } of toMirror(
      desk,
      logItems(guild, desk.events, chat, names, told, more.flat()),
    )) {
      if (over) return;
      // oxlint-disable-next-line no-await-in-loop -- in their order
      const outcome = document === undefined ? 'sent' : await post(modLog, document, name);
      if (outcome === 'failed') {
        log.warn(
          { guild, channel: modLog, record: name },
          'A change could not be told in the mod-log; it is tried again',
        );
        return;
      }
      if (outcome === 'refused') log.error({ guild, record: name }, 'Discord does not take a message of the mod-log');
      refusals.delete(name);
      // oxlint-disable-next-line no-await-in-loop
      await desks.mirrored(guild, stream, seq);
    }
  }

  async function remind(guild: string): Promise<void> {
    const desk = await desks.state(guild);
    const drafts = dueReminder(desk, now());
    const { modLog } = desk.settings;
    if (drafts.length === 0 || modLog === undefined) return;
    const name = `reminder ${guild} ${now().toISOString().slice(0, 10)}`;
    if ((await post(modLog, composeReminder(drafts, now()), name)) !== 'failed')
      await desks.reminded(
        guild,
        drafts.map(({ id }) => id),
      );
  }

  const look = (guild: string): void => {
    if (over || asked.has(guild) || options.mine?.(guild) === false) return;
    asked.add(guild);
    const before = work.get(guild) ?? Promise.resolve();
    const next = before.then(async () => {
      asked.delete(guild);
      try {
        await mirror(guild);
        await remind(guild);
      } catch (thrown) {
        if (!over) log.error({ guild, ...errorData(thrown) }, 'The mod-log could not be carried on');
      }
    });
    work.set(guild, next);
  };

  const lookAll = async (): Promise<void> => {
    const streams = await ledger.streams();
    for (const stream of streams) if (stream.startsWith(DESK_STREAMS)) look(stream.slice(DESK_STREAMS.length));
  };
  const lookAgain = (): void =>
    void lookAll().catch((thrown: unknown) => log.error(errorData(thrown), 'The desks could not be listed'));

  const unfollow = ledger.follow((stream, records) => {
    if (stream.startsWith(DESK_STREAMS)) {
      // What this very runner wrote asks for nothing.
      if (records.some(({ kind }) => kind !== 'log.mirrored' && kind !== 'reminder.sent'))
        look(stream.slice(DESK_STREAMS.length));
    } else if (stream.startsWith(GUILD_STREAMS)) {
      // Of the many records of a guild's readers, those that people ordered.
      if (options.more && records.some(({ kind }) => kind.startsWith('digest.')))
        look(stream.slice(GUILD_STREAMS.length));
    } else if (stream === REGISTRY_STREAM || stream.startsWith(SITUATION_STREAMS))
      for (const record of records) {
        const desk = chatRecord(stream, record)?.by.desk;
        if (desk !== undefined) look(desk);
      }
  });
  const timer = setInterval(lookAgain, options.everyMs ?? EVERY).unref();
  lookAgain();

  return {
    async tell(guild, document) {
      const { modLog } = (await desks.state(guild)).settings;
      if (modLog === undefined || over) return false;
      const name = `told ${now().toISOString()} ${JSON.stringify(document)}`;
      return (await poster.post(modLog, document, nonceOf(name, modLog))) === 'sent';
    },
    retry: lookAgain,
    async settled() {
      await lookAll();
      for (let seen: readonly Promise<void>[] = []; ; ) {
        const all = [...work.values()];
        if (all.every((one, at) => one === seen[at])) return;
        seen = all;
        // oxlint-disable-next-line no-await-in-loop -- until nothing was added meanwhile
        await Promise.all(all);
      }
    },
    async close() {
      over = true;
      unfollow();
      clearInterval(timer);
      // What is cut off is found again at the next start.
      await Promise.race([Promise.all(work.values()), delay(LEAVE_WITHIN, undefined, { ref: false })]);
    },
  };
}
