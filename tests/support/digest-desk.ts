import { expect } from 'vitest';
import { commands } from '../../commands/index.ts';
import { digestChecks } from '../../src/asking/digest/checks.ts';
import { digestLog } from '../../src/asking/digest/log.ts';
import { type Desks, openDesks } from '../../src/desk/desks.ts';
import { factsOf, watchDesks } from '../../src/desk-watch.ts';
import { watchDigests } from '../../src/digest-watch.ts';
import type { Digesting } from '../../src/digesting.ts';
import type { DigestState } from '../../src/digests/book.ts';
import { type Books, openBooks } from '../../src/digests/books.ts';
import type { Delivery, Digests } from '../../src/digests/service.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { createPacer } from '../../src/discord/pacer.ts';
import { openReaders } from '../../src/editions/readers.ts';
import { silentLog } from '../../src/log.ts';
import type { Situation } from '../../src/model/situation.ts';
import { GUILD_ID, PERSONA_IDS, PLAYGROUND_SEED, ROLE_IDS } from '../../src/playground/cast.ts';
import { editionRecorder } from '../../src/recorder.ts';
import { memory } from '../discord/memory.ts';
import { validateBodies } from './openapi.ts';
import { type Opened, openSample, SAMPLE } from './sample.ts';
import { type Answer, type Bench, startBench, type Where, type Who } from './stand-in.ts';

export const NEIGHBOURS = '1100000000000000900';
/** Channels beside those of the playground: each takes something away. */
export const MORE = {
  readOnly: '1100000000000000311',
  hidden: '1100000000000000312',
  plain: '1100000000000000313',
  tagged: '1100000000000000314',
} as const;
export const TAGS = { daily: '1100000000000000321', flash: '1100000000000000322' } as const;

const [own] = PLAYGROUND_SEED.guilds;
if (!own) throw new Error('the playground has no guild');
const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const EMBED = 1n << 14n;
const SEED = {
  ...PLAYGROUND_SEED,
  guilds: [
    {
      ...own,
      channels: [
        ...own.channels,
        {
          id: MORE.readOnly,
          name: 'read-only',
          type: 0,
          // The bot may write, people may not.
          overwrites: [
            { id: GUILD_ID, type: 0 as const, allow: 0n, deny: SEND },
            { id: ROLE_IDS.bot, type: 0 as const, allow: SEND, deny: 0n },
          ],
        },
        {
          id: MORE.hidden,
          name: 'hidden',
          type: 0,
          overwrites: [{ id: ROLE_IDS.bot, type: 0 as const, allow: 0n, deny: VIEW }],
        },
        {
          id: MORE.plain,
          name: 'plain',
          type: 0,
          overwrites: [{ id: ROLE_IDS.bot, type: 0 as const, allow: 0n, deny: EMBED }],
        },
        {
          id: MORE.tagged,
          name: 'tagged',
          type: 15,
          tags: [
            { id: TAGS.daily, name: 'daily' },
            { id: TAGS.flash, name: 'flash' },
          ],
          tagRequired: true,
        },
      ],
    },
    {
      ...own,
      id: NEIGHBOURS,
      name: 'Next door',
      botRoleId: '1100000000000000902',
      roles: [],
      members: own.members.map((m) => ({ ...m, roles: [] })),
      channels: [{ id: '1100000000000000901', name: 'next-door', type: 0 }],
    },
  ],
};

/** What the bench was asked to post, and what it is to answer; in place of a poster. */
export interface Posting {
  readonly asked: string[];
  answer: Delivery;
}

/** A desk with digests before a stand-in of Discord: real books and commands, and a poster that only notes what it is asked. */
export interface DigestDesk {
  readonly bench: Bench;
  readonly bot: Bot;
  readonly opened: Opened;
  readonly desks: Desks;
  readonly books: Books;
  readonly posting: Posting;
  now: Date;
  digest(id: string): DigestState;
  all(): readonly DigestState[];
  /** Moves the clock, and waits until what is due is posted. */
  until(to: string): Promise<void>;
  ask(line: string, who?: Who, where?: Where): Promise<Answer>;
  /** The text as a person reads it: without what escapes it. */
  told(line: string, who?: Who): Promise<string>;
  close(): Promise<void>;
}

export const plain = (text: string): string => text.replaceAll('\\', '');

/** Opens a situation that only its own desk may read, or makes one so. */
export async function openSecret({ ledger, archive }: Opened, change: Partial<Situation>): Promise<void> {
  const picture = await archive.picture(SAMPLE);
  if (!picture) throw new Error('the sample is not there');
  const { sample: _, ...rest } = picture.situation;
  const situation = { ...rest, slug: 'secret-2024', title: 'Secret talks', visibility: 'desk' as const, ...change };
  const stream = `situation/${situation.slug}`;
  const before = await ledger.read(stream);
  const kind = before.length === 0 ? 'situation.opened' : 'situation.amended';
  await ledger.append(stream, before.length, [
    {
      kind,
      author: 'test',
      at: '2026-01-01T00:00:00.000Z',
      body: { situation, ...(before.length > 0 && { reason: 'scope' }) },
    },
  ]);
}

export interface DigestDeskOptions {
  readonly now?: string;
  /** With the real poster in place of one that only notes what it is asked. */
  readonly live?: boolean;
}

export async function openDigestDesk({
  now = '2026-06-01T09:00:00.000Z',
  live = false,
}: DigestDeskOptions = {}): Promise<DigestDesk> {
  const clock = { now: new Date(now) };
  // What is posted bears the time of the bot's clock: a post is looked for by it.
  const bench = await startBench({ seed: SEED, ...(live && { now: () => clock.now }) });
  const opened = await openSample();
  const { ledger, archive } = opened;
  const desks = openDesks({ ledger, now: () => clock.now });
  const books = await openBooks({ ledger, now: () => clock.now.getTime() });
  const posting: Posting = { asked: [], answer: { how: 'sent', channel: '1', message: '2' } };
  const preview = (id: string) => ({
    kind: 'digest' as const,
    title: `Preview of ${id}`,
    subtitle: [],
    sections: [],
    footer: [],
  });
  const post = (what: string) => async (guild: string, id: string, key: string, author: string) => {
    posting.asked.push(`${what} ${guild} ${id} by ${author}${key === '' ? ' without a key' : ''}`);
    return posting.answer;
  };
  const noted: Digests = {
    books,
    preview: async (_guild, id) => preview(id),
    previewOf: async ({ name }) => preview(name),
    sendNow: post('send'),
    test: post('test'),
    rehearse: async ({ filters }) => ({
      from: now,
      to: now,
      all: 31,
      passed: 7,
      words: `With this filter (${Object.keys(filters).join(', ')}) last week: 7 of 31.`,
    }),
    told: async (_guild, name) =>
      name === 'D1@2026-06-02T07:30'
        ? { document: { ...preview('D1'), title: 'Told again' }, digest: 'D1', situations: [SAMPLE, 'secret-2024'] }
        : undefined,
  };
  let facts: ReturnType<typeof factsOf> | undefined;
  let digesting: Digesting | undefined;
  const states = memory();
  const kept = { archive, readers: openReaders({ ledger, now: () => clock.now }) };
  const orders = digestLog((stream, after) => ledger.read(stream, after));
  const bot = await startBot({
    token: bench.standIn.token,
    api: bench.standIn.apiBase,
    log: silentLog,
    ...states,
    commands,
    ...(live && { now: () => clock.now.getTime(), recorder: editionRecorder(kept, silentLog) }),
    deps: {
      ...kept,
      now: () => clock.now,
      desks,
      get digests() {
        return live ? digesting?.digests : noted;
      },
      deskGuilds: new Set([GUILD_ID]),
      logs: [orders],
      checks: [
        digestChecks(
          () => books,
          () => clock.now,
        ),
      ],
      get facts() {
        return facts;
      },
    },
  });
  await bot.deployed;
  facts = factsOf(bot);
  const by = { guild: GUILD_ID, author: PERSONA_IDS.admin };
  await desks.setRoles(by, {
    reader: [],
    editor: [ROLE_IDS.editor],
    reviewer: [ROLE_IDS.reviewer],
    admin: [ROLE_IDS.admin],
  });
  const { token, apiBase: api } = bench.standIn;
  const shared = { bot, ledger, archive, memory: states, log: silentLog, now: () => clock.now };
  const mirroring = watchDesks({ ...shared, desks, more: [orders] });
  if (live)
    digesting = await watchDigests({
      ...shared,
      pacer: createPacer(),
      token,
      api,
      tell: mirroring.tell,
      deskGuilds: new Set([GUILD_ID]),
      onFatal: (error) => {
        throw error;
      },
      serverTime: async () => clock.now.getTime(),
    });
  const book = () => books.of(GUILD_ID);
  return {
    bench,
    bot,
    opened,
    desks,
    books,
    posting,
    get now() {
      return clock.now;
    },
    set now(to) {
      clock.now = to;
    },
    digest(id) {
      const state = book().digests.get(id);
      if (!state) throw new Error(`there is no digest ${id}`);
      return state;
    },
    all: () => [...book().digests.values()],
    async until(to) {
      clock.now = new Date(to);
      await digesting?.beat();
    },
    ask: (line, who = 'admin', where = 'newsroom') => bench.command(who, line, where),
    told: async (line, who = 'admin') => plain((await bench.command(who, line)).text),
    async close() {
      await digesting?.close();
      await mirroring.close();
      await bot.close();
      books.close();
      desks.close();
      const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
      const bodies = sent.map(({ method, path, body, files }) => ({
        method,
        path: path.replace(/^\/api\/v10/, ''),
        body,
        files: files.map(({ name }) => ({ name })),
      }));
      expect((await validateBodies(bodies)) ?? []).toEqual([]);
      await bench.close();
    },
  };
}
