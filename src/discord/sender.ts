import { DiscordAPIError, HTTPError, RateLimitError, type REST, RESTEvents } from 'discord.js';
import { ChannelType, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Intent } from '../digests/records.ts';
import type { Found, Posted, Sender } from '../digests/sender.ts';
import type { Log } from '../log.ts';
import { errorData } from '../log.ts';
import { isPostOf } from './marker.ts';
import type { Pacer, Turn } from './pacer.ts';

export interface SenderOptions {
  /** A client of its own that repeats nothing by itself: a repeated POST is a second message. */
  readonly rest: REST;
  readonly pacer: Pacer;
  readonly bot: string;
  /** Whether the bot may read what was posted in the channel; without that right Discord lists nothing, and no error. */
  readonly readsHistory: (channel: string) => boolean;
  readonly log: Log;
}

/** Refusals that somebody can lift: what is missing, and who gives it. */
const PLACE: Readonly<Record<number, readonly [why: string, fix: string]>> = {
  10_003: ['the channel is gone', 'choose another channel with /digest edit'],
  10_004: ['the bot is no longer in this server', 'invite it again'],
  50_001: ['the bot cannot see the channel', 'somebody who manages the channel can give the bot “View Channel” there'],
  50_013: [
    'the bot lacks a right in the channel',
    'somebody who manages the channel can give the bot “Send Messages” (in a thread “Send Messages in Threads”) and “Attach Files” there',
  ],
  50_024: ['the channel takes no messages of this kind', 'choose another channel with /digest edit'],
  50_083: ['the thread is archived', 'somebody who may post in the thread can reopen it'],
  160_005: ['the thread is locked', 'a moderator can unlock the thread'],
  40_067: ['the forum asks for a tag', 'choose a tag with /digest edit'],
  30_046: ['the message was edited too often', 'Discord allows it again within the hour'],
};
const UNKNOWN_MESSAGE = 10_008;
const ARCHIVED = 50_083;

/** Clocks and timers round to whole ms: who waits exactly as long may be a little early. */
const ROUNDING = 3;

/** What a failure says about whether there is a message now. */
export function postedOf(thrown: unknown): Exclude<Posted, { readonly how: 'sent' }> {
  if (thrown instanceof RateLimitError)
    return { how: 'wait', ms: thrown.timeToReset + ROUNDING, why: 'Discord asks to wait' };
  if (thrown instanceof DiscordAPIError && thrown.status < 500) {
    const [code, { status, message }] = [Number(thrown.code), thrown];
    if (code === UNKNOWN_MESSAGE) return { how: 'gone' };
    const place = PLACE[code];
    if (place) return { how: 'refused', over: 'place', why: place[0], fix: place[1], code: String(code) };
    if (status === 401)
      return {
        how: 'refused',
        over: 'token',
        why: 'Discord does not take the token any more',
        fix: 'whoever runs the bot can set a new DISCORD_TOKEN',
        code: '401',
      };
    if (status === 403)
      return {
        how: 'refused',
        over: 'place',
        why: message,
        fix: 'check the bot’s rights in the channel',
        code: String(code),
      };
    if (status === 404)
      return {
        how: 'refused',
        over: 'place',
        why: message,
        fix: 'choose another channel with /digest edit',
        code: String(code),
      };
    return { how: 'refused', over: 'payload', why: message, fix: 'tell whoever runs the bot', code: String(code) };
  }
  const code =
    thrown instanceof HTTPError || thrown instanceof DiscordAPIError ? String(thrown.status) : codeOf(thrown);
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return { how: 'unknown', why, ...(code !== undefined && { code }) };
}

const codeOf = (thrown: unknown): string | undefined => {
  const { code, name, cause } = (thrown ?? {}) as { code?: unknown; name?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code, name].find((one): one is string => typeof one === 'string');
};

const made = z.looseObject({ id: z.string() });
const message = z.looseObject({
  id: z.string(),
  author: z.looseObject({ id: z.string() }).optional(),
  components: z.array(z.unknown()).default([]),
});
const thread = z.looseObject({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().nullish() });
const channelKind = z.looseObject({ type: z.enum(ChannelType), guild_id: z.string().optional() });

/** A payload that opens a post in a forum: the message is in it. */
export const opensThread = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'message' in payload && 'name' in payload;

const DISCORD_EPOCH = 1_420_070_400_000;
const snowflakeAt = (ms: number): string => String(BigInt(Math.max(0, ms - DISCORD_EPOCH)) << 22n);
const PAGE = 100;
/** Where so much was said since, the post is not looked for any further. */
const MOST_PAGES = 20;

/** Posts digests through Discord's REST API, at the pace of all. */
export function createSender({ rest, pacer, bot, readsHistory, log }: SenderOptions): Sender {
  rest.on(RESTEvents.RateLimited, ({ global, timeToReset }) => {
    if (global) pacer.hold(timeToReset);
  });
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) => {
    log.error(
      { count, ms: remainingTime },
      'Discord refused so many requests that digests wait, before it bans the bot',
    );
    pacer.hold(remainingTime);
  });

  async function paced<T>(kind: Turn, channel: string, send: () => Promise<T>): Promise<T> {
    await pacer.turn(kind, channel);
    return send();
  }

  async function attempt(about: object, send: () => Promise<string>): Promise<Posted> {
    try {
      return { how: 'sent', message: await send() };
    } catch (thrown) {
      const posted = postedOf(thrown);
      log.warn({ ...about, ...errorData(thrown), how: posted.how }, 'Discord did not take a digest');
      return posted;
    }
  }

  function request({ channel, payload, nonce, edits, replyTo }: Intent, kind: Turn): Promise<string> {
    const body = payload as object;
    return paced(kind, channel, async () => {
      if (edits !== undefined) return made.parse(await rest.patch(Routes.channelMessage(channel, edits), { body })).id;
      if (opensThread(payload)) return made.parse(await rest.post(Routes.threads(channel), { body })).id;
      const reply =
        replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
      return made.parse(
        await rest.post(Routes.channelMessages(channel), { body: { ...body, ...reply, nonce, enforce_nonce: true } }),
      ).id;
    });
  }

  /** A forum's posts are threads, each with its first message. */
  async function threadsOf(channel: string, guild: string): Promise<readonly string[]> {
    const listed = z.looseObject({ threads: z.array(thread) });
    const active = listed.parse(await paced('late', channel, () => rest.get(Routes.guildActiveThreads(guild))));
    const archived = listed.parse(
      await paced('late', channel, () => rest.get(Routes.channelThreads(channel, 'public'))),
    );
    return [...active.threads, ...archived.threads]
      .filter((one) => one.owner_id === bot && (one.parent_id ?? channel) === channel)
      .map(({ id }) => id);
  }

  async function findIn(channel: string, post: string, after: string): Promise<Found> {
    for (let [from, page] = [after, 0]; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ limit: String(PAGE), after: from });
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const answer = await paced('late', channel, () => rest.get(Routes.channelMessages(channel), { query }));
      const messages = z.array(message).parse(answer);
      const ours = messages.find((one) => one.author?.id === bot && isPostOf(one.components, post));
      if (ours) return { how: 'found', message: ours.id };
      if (messages.length < PAGE) return { how: 'absent' };
      from = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), from);
    }
    return { how: 'absent' };
  }

  return {
    async post(intent, urgency) {
      const { channel, post } = intent;
      const first = await attempt({ channel, post }, () => request(intent, urgency));
      if (first.how !== 'refused' || first.code !== String(ARCHIVED)) return first;
      // An archived thread takes messages again once it is opened; a locked one stays as it is.
      const opened = await attempt({ channel, post, what: 'open the thread' }, () =>
        paced(
          urgency,
          channel,
          async () => made.parse(await rest.patch(Routes.channel(channel), { body: { archived: false } })).id,
        ),
      );
      return opened.how === 'sent' ? attempt({ channel, post }, () => request(intent, urgency)) : first;
    },
    async find(channel, post, since) {
      if (!readsHistory(channel)) return { how: 'unreadable' };
      try {
        const { type, guild_id: guild } = channelKind.parse(
          await paced('late', channel, () => rest.get(Routes.channel(channel))),
        );
        if (type !== ChannelType.GuildForum && type !== ChannelType.GuildMedia)
          return await findIn(channel, post, snowflakeAt(since));
        for (const id of await threadsOf(channel, guild ?? '')) {
          if (BigInt(id) < BigInt(snowflakeAt(since))) continue;
          // oxlint-disable-next-line no-await-in-loop
          const found = await findIn(id, post, snowflakeAt(since));
          if (found.how === 'found') return { how: 'found', message: id };
        }
        return { how: 'absent' };
      } catch (thrown) {
        log.warn({ channel, post, ...errorData(thrown) }, 'A channel could not be searched for a digest');
        // Who may not see the channel (any more) is told so when posting.
        const refused = thrown instanceof DiscordAPIError && (thrown.status === 403 || thrown.status === 404);
        return { how: refused ? 'absent' : 'unknown' };
      }
    },
    publish: (channel, id) =>
      attempt({ channel, message: id, what: 'publish' }, () =>
        paced('late', channel, async () => made.parse(await rest.post(Routes.channelMessageCrosspost(channel, id))).id),
      ),
  };
}
