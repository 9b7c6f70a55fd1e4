import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ledgerButtons } from '../../src/button-memory.ts';
import { carryCorrections } from '../../src/carrying.ts';
import { lateAlone } from '../../src/corrections/late.ts';
import { type Desks, openDesks } from '../../src/desk/desks.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { createMender } from '../../src/discord/mend/mender.ts';
import { openReaders } from '../../src/editions/readers.ts';
import type { Log } from '../../src/log.ts';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { editionRecorder } from '../../src/recorder.ts';
import { openStore, type Store } from '../../src/store.ts';
import { DATA } from '../support/sample.ts';
import { type Answer, type Bench, startBench, type Who } from '../support/stand-in.ts';

const SLUG = 'aleppo-2024';
const TOLL =
  'SOHR says at least 271 people, mostly combatants, have been killed in the fighting since Wednesday 27 November.';

let bench: Bench;
let store: Store;
let bot: Bot;
let desks: Desks;
let state: string;
let clock: Date;
let close: () => Promise<void>;
const errors: unknown[] = [];
const log: Log = { info: () => {}, warn: () => {}, error: (data, text) => void errors.push([text, data]) };

async function start(): Promise<void> {
  const now = () => clock;
  store = await openStore({ dataDir: DATA, stateDir: state, log, now, replay: true });
  desks = openDesks({ ledger: store.ledger, now });
  const alone = lateAlone(store.ledger, now);
  const kept = { archive: store.archive, readers: openReaders({ ledger: store.ledger, now }), alone };
  const discord = { token: bench.standIn.token, api: bench.standIn.apiBase, log };
  bot = await startBot({
    ...discord,
    commands,
    deps: { ...kept, now, desks, deskGuilds: new Set([GUILD_ID]) },
    recorder: editionRecorder({ ...kept, patience: 400 }, log),
    ...(await ledgerButtons(store.ledger, now)),
  });
  await bot.deployed;
  const carrier = carryCorrections({
    ...store,
    shelf: await alone.shelf(),
    mender: createMender(discord),
    log,
    now,
    turnMs: 20,
  } as never);
  close = async () => {
    await bot.close();
    await carrier.close();
    alone.close();
    desks.close();
    await store.close();
  };
}

beforeAll(async () => {
  bench = await startBench();
});
afterAll(async () => bench.close());
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'sitrep-curation-'));
  clock = new Date('2024-11-29T21:00:00.000Z');
  await start();
  const by = { guild: GUILD_ID, author: PERSONA_IDS.admin };
  const { editor, reviewer, admin } = ROLE_IDS;
  await desks.setRoles(by, { reader: [], editor: [editor], reviewer: [reviewer], admin: [admin] });
});
afterEach(async () => {
  await close();
  await rm(state, { recursive: true, force: true });
  bench.standIn.clearRequests();
  expect(errors.splice(0)).toEqual([]);
});

const say = (who: Who, line: string): Promise<Answer> => bench.command(who, line);
const labelsOf = (answer: Answer): string => JSON.stringify(answer.messages);
const entries = async () => {
  const picture = await store.archive.picture(SLUG);
  return [...(picture?.entries.values() ?? [])].filter((s) => s.added.author !== 'data');
};

const NEW = {
  headline: 'At least 271 people killed since Wednesday, monitor says',
  when: '2024-11-29',
  where: '',
  who: 'SOHR',
  link: 'https://example.org/toll-of-friday',
};

/** Sends the draft on, with a reason where a guard saw something. */
async function pass(preview: Answer, verb: 'Save' | 'Send for review'): Promise<Answer> {
  if (!labelsOf(preview).includes(`${verb} anyway …`)) return bench.press(preview, verb);
  return bench.submit(await bench.press(preview, `${verb} anyway …`), { reason: 'Looked at, and right all the same' });
}

describe('a moderator’s tour', () => {
  test('pasted, read, previewed, reviewed, told, corrected; the earlier message changes', {
    timeout: 30_000,
  }, async () => {
    const before = (await store.archive.picture(SLUG))?.seq ?? 0;
    const form = await say('editor', `/entry add situation:${SLUG} kind:toll published:2024-11-29 text:${TOLL}`);
    const preview = await bench.submit(form, NEW);
    expect(preview.text).toContain('Read in the text');
    const figures = await bench.submit(await bench.press(preview, 'Figures'), {});
    expect(figures.text).toContain('at least 271 people killed');
    expect(await entries()).toHaveLength(0);
    const waiting = await pass(figures, 'Send for review');
    expect(waiting.text).toContain('waits for a reviewer');
    expect(await entries()).toHaveLength(0);
    // Readers see nothing of it, and nothing lets them.
    expect((await say('reader', '/review show draft:D1')).text).toContain('Only editors');
    expect((await say('reader', `/changes situation:${SLUG} since:#${before}`)).text).not.toContain('271');

    const list = await say('reviewer', '/review list');
    expect(list.text).toContain('D1');
    const shown = await say('reviewer', '/review show draft:D1');
    expect(shown.text).toContain('at least 271 people killed');
    const done = await bench.press(shown, 'Approve');
    expect(done.text).toContain('recorded as E1001');

    const told = await say('reader', `/changes situation:${SLUG} since:#${before}`);
    expect(told.text).toContain('271');
    clock = new Date('2024-11-29T21:30:00.000Z');

    const amend = await say('editor', `/entry amend situation:${SLUG} entry:E1001 report:E1001.1`);
    const corrected = await bench.submit(amend, {
      says: 'A corrected sentence of the same monitor',
      reason: 'our_error',
    });
    const figure = await bench.press(corrected, 'Figures');
    const less = await bench.submit(figure, { taken: [], more: 'at least 217 people killed since Wednesday' });
    expect(less.text).toMatch(/217/);
    await pass(less, 'Send for review');
    await bench.press(await say('reviewer', '/review show draft:D2'), 'Approve');
    const message = told.messages[0]?.['id'];
    const now = () => JSON.stringify(bench.seen('newsroom').find((m) => m['id'] === message));
    await bench.until('the earlier message says that it was corrected', () => /217|[Cc]orrect/.test(now()), 15_000);
    expect((await say('reader', `/entry history situation:${SLUG} entry:E1001`)).text).toContain('our error');
  });

  test('a message of the channel is taken over from its menu', async () => {
    const message = bench.say('reader', `${TOLL} https://example.org/friday`);
    const form = await bench.menu('editor', 'Add to briefing', message);
    const preview = await bench.submit(form, { headline: 'A toll from a message' });
    expect(preview.text).toContain('at least 271 people killed');
    expect(
      (await bench.menu('reader', 'Add to briefing', message, {}).catch((e: unknown) => ({ text: String(e) }))).text,
    ).toMatch(/no situation here|hidden|could add/);
  });

  test('a restart between preview and save; a role taken between opening and sending', async () => {
    await desks.setSettings(
      { guild: GUILD_ID, author: PERSONA_IDS.admin },
      { ...(await desks.settings(GUILD_ID)), review: 'off' },
    );
    const values = { ...NEW, headline: 'Bread came to the old bakery' };
    const preview = await bench.submit(
      await say('editor', `/entry add situation:${SLUG} published:2024-11-29`),
      values,
    );
    const form = await say('editor', `/entry add situation:${SLUG} published:2024-11-29`);
    await close();
    await start();
    const saved = await pass(preview, 'Save');
    expect(saved.text).toContain('recorded as E1001');
    await desks.setRoles(
      { guild: GUILD_ID, author: PERSONA_IDS.admin },
      { reader: [], editor: [], reviewer: [], admin: [] },
    );
    const late = await bench.submit(form, { ...values, headline: 'Another thing' });
    expect(late.text).toContain('Only editors');
    // What was typed is not lost.
    expect(late.text).toContain('Another thing');
    expect(await entries()).toHaveLength(1);
  });

  test('a reader reports an error under a briefing', async () => {
    const brief = await say('reader', `/brief situation:${SLUG}`);
    const form = await bench.press(brief, 'Report an error', { user: 'editor' });
    const sent = await bench.submit(form, {
      entry: form.modal ? (/"value":"(E\d+)"/.exec(JSON.stringify(form.modal.body))?.[1] ?? '') : '',
      words: 'It was a Tuesday',
    });
    expect(sent.text).toContain('R1');
    expect(await desks.disputes(GUILD_ID)).toMatchObject([
      { author: PERSONA_IDS.editor, words: 'It was a Tuesday', edition: 1 },
    ]);
    expect(CHANNEL_IDS.newsroom).toBeDefined();
  });
});
