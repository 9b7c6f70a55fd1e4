import { type Archive, openArchive } from '../../src/archive.ts';
import type { Document } from '../../src/briefing/document.ts';
import { type Digesting, openDigesting } from '../../src/digesting.ts';
import type { DigestState } from '../../src/digests/book.ts';
import { createDigest, type Order } from '../../src/digests/changes.ts';
import type { Digest } from '../../src/digests/digest.ts';
import type { ChannelFacts } from '../../src/digests/messages.ts';
import type { Seqs } from '../../src/digests/records.ts';
import { createDigestPrinter, createDigestRest } from '../../src/discord/digest-printer.ts';
import { createPacer } from '../../src/discord/pacer.ts';
import { createSender } from '../../src/discord/sender.ts';
import type { Ledger, LedgerRecord } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { createLog } from '../../src/log.ts';
import { REGISTRY_STREAM, situationStream } from '../../src/model/record.ts';
import { BOT_ID, CHANNEL_IDS, GUILD_ID, PERSONA_IDS } from '../../src/playground/cast.ts';
import { asText, type JsonObject } from '../../src/playground/standin/json.ts';
import { effectiveIn, Permission } from '../../src/playground/standin/permissions.ts';
import { ChannelKind } from '../../src/playground/standin/world.ts';
import { order } from '../digests/orders.ts';
import { memory } from '../discord/memory.ts';
import type { Draft } from '../support/build.ts';
import { opened, registry, situation } from '../support/build.ts';
import type { Bench } from '../support/stand-in.ts';

/** A clock that stands still until it is moved. */
export interface Hands {
  now: number;
}

/** The outbox over a ledger, with a Discord of its own and short seconds. */
export interface House {
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly clock: Hands;
  digesting(): Digesting;
  /** What the people of the desk were told. */
  readonly alarms: { readonly guild: string; readonly document: Document }[];
  /** What single persons were told, since there is no mod-log. */
  readonly letters: { readonly user: string; readonly document: Document }[];
  /** Why everything was stopped. */
  readonly stops: string[];
  tell(...drafts: readonly Draft[]): Promise<void>;
  /** In a situation of another name. */
  tellOf(slug: string, ...drafts: readonly Draft[]): Promise<void>;
  create(change?: Partial<Order>, since?: Seqs): Promise<DigestState>;
  state(id?: string): DigestState;
  /** Moves the clock and posts what is due. */
  at(moment: string): Promise<void>;
  records(kind?: string): Promise<readonly LedgerRecord[]>;
  messages(channel?: string): readonly JsonObject[];
  texts(channel?: string): readonly string[];
  /** Ends the process, as it were, and begins another over the same ledger. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly ledger?: Ledger;
  /** That of the stand-in, too: messages are looked for by the time in their ids. */
  readonly clock?: Hands;
  /** ms of a second of the outbox. */
  readonly second?: number;
  readonly readsHistory?: (channel: string) => boolean;
  readonly timeoutMs?: number;
  /** The desk has no mod-log. */
  readonly noDesk?: boolean;
}

export const handsAt = (moment = '2027-01-11T12:00:00Z'): Hands => ({ now: Date.parse(moment) });

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 4_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What a person chooses of a digest. */
function orderOf(digest: Digest): Order {
  const { name, channel, situations, schedule, length, filters, whenNothing, flash, style, publish } = digest;
  return { name, channel, situations, schedule, length, filters, whenNothing, flash, style, publish };
}

export const SLUG = 'river-2024';

export async function openHouse(bench: Bench, options: HouseOptions = {}): Promise<House> {
  const { second = 5, timeoutMs = 1_000 } = options;
  const ledger = options.ledger ?? memoryLedger();
  const clock: Hands = options.clock ?? handsAt();
  const at = (): string => new Date(clock.now).toISOString();
  const append = async (stream: string, drafts: readonly object[]): Promise<void> => {
    await ledger.append(
      stream,
      await ledger.head(stream),
      drafts.map((draft) => ({ at: at(), author: 'tester', kind: '', body: {}, ...draft })),
    );
  };
  if ((await ledger.head(REGISTRY_STREAM)) === 0)
    await append(REGISTRY_STREAM, [
      ...[...registry.parties.values()].map((party) => ({ kind: 'party.set', body: { party } })),
      ...[...registry.sources.values()].map((source) => ({ kind: 'source.set', body: { source } })),
    ]);
  if ((await ledger.head(situationStream(SLUG))) === 0) await append(situationStream(SLUG), [opened()]);
  const archive = await openArchive(ledger);
  const { world } = bench.standIn;
  const can = (id: string, bits: bigint): boolean => {
    const channel = world.channels.get(id);
    return channel !== undefined && (effectiveIn(world, channel, BOT_ID) & bits) === bits;
  };
  const facts = (_: string, id: string): ChannelFacts | undefined => {
    const channel = world.channels.get(id);
    if (!channel) return undefined;
    const kinds: Partial<Record<number, ChannelFacts['kind']>> = {
      [ChannelKind.forum]: 'forum',
      [ChannelKind.announcement]: 'announcement',
      [ChannelKind.thread]: 'thread',
    };
    return { kind: kinds[channel.type] ?? 'text', open: can(id, Permission.viewChannel | Permission.sendMessages) };
  };
  const alarms: House['alarms'] = [];
  const letters: House['letters'] = [];
  const stops: string[] = [];
  const log = createLog('silent');
  const start = (): Promise<Digesting> => {
    const rest = createDigestRest({ token: bench.standIn.token, api: bench.standIn.apiBase });
    rest.options.timeout = timeoutMs;
    return openDigesting({
      ledger,
      archive,
      sender: createSender({
        rest,
        pacer: createPacer({ perSecond: 2_000, perChannel: 1_000 }),
        bot: BOT_ID,
        readsHistory: options.readsHistory ?? ((id) => can(id, Permission.readMessageHistory)),
        log,
      }),
      printer: createDigestPrinter({ memory: memory() }),
      channel: facts,
      deskGuilds: new Set([GUILD_ID]),
      now: () => new Date(clock.now),
      tell: async (guild, document) => {
        if (options.noDesk) return false;
        alarms.push({ guild, document });
        return true;
      },
      write: async (user, document) => void letters.push({ user, document }),
      serverTime: async () => clock.now,
      onToken: (why) => void stops.push(why),
      log,
      second,
    });
  };
  let digesting = await start();
  await digesting.beat();
  const house: House = {
    ledger,
    archive,
    clock,
    alarms,
    letters,
    stops,
    digesting: () => digesting,
    tell: (...drafts) => append(situationStream(SLUG), drafts),
    async tellOf(slug, ...drafts) {
      const first = (await ledger.head(situationStream(slug))) === 0;
      await append(situationStream(slug), [
        ...(first
          ? [{ kind: 'situation.opened', body: { situation: situation({ slug, title: `Valley ${slug}` }) } }]
          : []),
        ...drafts,
      ]);
    },
    create: (change = {}, since = {}) =>
      createDigest(
        digesting.digests.books,
        { guild: GUILD_ID, author: PERSONA_IDS.admin },
        { ...orderOf(order({ channel: CHANNEL_IDS.newsroom })), ...change },
        since,
        new Date(clock.now),
      ),
    state(id = 'D1') {
      const state = digesting.digests.books.of(GUILD_ID).digests.get(id);
      if (!state) throw new Error(`there is no digest ${id}`);
      return state;
    },
    async at(moment) {
      clock.now = Date.parse(moment);
      await digesting.beat();
    },
    async records(kind) {
      const all = await ledger.read(`guild/${GUILD_ID}`);
      return kind === undefined ? all : all.filter((r) => r.kind === kind);
    },
    messages: (channel = CHANNEL_IDS.newsroom) => bench.standIn.seen(channel).map((one) => one.raw),
    texts: (channel) => house.messages(channel).map((one) => asText(one['content'])),
    async restart() {
      await digesting.close();
      digesting = await start();
      await digesting.beat();
    },
    async close() {
      await digesting.close();
      archive.close();
    },
  };
  return house;
}

export const titlesOf = (house: House): readonly string[] => house.alarms.map(({ document }) => document.title);
export const rowsOf = ({ document }: { readonly document: Document }): string =>
  document.sections
    .flatMap((s) => s.rows ?? [])
    .map((row) => row.map((piece) => ('text' in piece ? piece.text : '')).join(''))
    .join('\n');
export type { Digest };
