import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ledgerButtons } from '../../src/button-memory.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { openReaders } from '../../src/editions/readers.ts';
import { renderPng } from '../../src/graphics/png.ts';
import { silentLog } from '../../src/log.ts';
import { editionRecorder } from '../../src/recorder.ts';
import { openStore, type Store } from '../../src/store.ts';
import { validateBodies } from '../support/openapi.ts';
import { DATA, NOW } from '../support/sample.ts';
import { type Answer, type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench;
let store: Store;
let bot: Bot;
let state: string;

const start = async (): Promise<void> => {
  const now = () => new Date(NOW);
  store = await openStore({ dataDir: DATA, stateDir: state, log: silentLog, now });
  const readers = openReaders({ ledger: store.ledger, now });
  bot = await startBot({
    token: bench.standIn.token,
    api: bench.standIn.apiBase,
    commands,
    deps: {
      get archive() {
        return store.archive;
      },
      readers,
      now,
      deskGuilds: new Set<string>(),
    },
    log: silentLog,
    draw: renderPng,
    recorder: editionRecorder({ archive: store.archive, readers }, silentLog),
    ...(await ledgerButtons(store.ledger, now)),
  });
  await bot.deployed;
};
const stop = async (): Promise<void> => {
  await bot.close();
  await store.close();
};

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'sitrep-e2e-'));
  bench = await startBench();
  await start();
});
afterAll(async () => {
  await stop();
  const complaints = await validateBodies(
    bench.standIn.requests.map(({ method, path, body, files }) => ({
      method,
      path: path.replace(/^\/api\/v10/, ''),
      body,
      files: files.map(({ name }) => ({ name })),
    })),
  );
  if (complaints === undefined)
    console.warn(
      'Discord’s OpenAPI description is not beside the repository: bodies were checked by the stand-in only.',
    );
  else expect(complaints).toEqual([]);
  await bench.close();
  await rm(state, { recursive: true, force: true });
});

const ask = (line: string): Promise<Answer> => bench.command('reader', line);

describe('the real bot answers', () => {
  test.each([
    ['/brief situation:aleppo-2024 as-of:2024-11-29', ['at least 255 people killed', 'SOHR', 'SAMPLE']],
    ['/brief situation:aleppo-2024 length:short', ['Bottom line', 'Figures']],
    ['/brief situation:aleppo-2024 length:full place:aleppo-city', ['Aleppo']],
    ['/changes situation:aleppo-2024 since:2024-11-29 as-of:2024-11-30', ['What changed', 'Correction']],
    ['/casualties situation:aleppo-2024 as-of:2024-12-01', ['at least 417 people killed', 'not added']],
    ['/casualties situation:aleppo-2024 measure:displaced', ['people displaced', 'OCHA']],
    [
      '/casualties situation:aleppo-2024 view:why as-of:2024-12-03',
      ['Sum of the incidents recorded here', 'Counted: corroborated or confirmed'],
    ],
    ['/casualties situation:aleppo-2024 view:incidents measure:injured', ['Incidents recorded here']],
    ['/map situation:aleppo-2024 from:2024-11-29 to:2024-11-30', ['map, 29–30 Nov 2024', 'Aleppo']],
    ['/timeline situation:aleppo-2024 from:2024-11-29 to:2024-11-29', ['29 Nov 2024', 'Two car bombs']],
    ['/sources situation:aleppo-2024', ['Syrian Observatory for Human Rights', 'Admiralty grade']],
    ['/entry show situation:aleppo-2024 entry:E1', ['Rebel forces enter parts of Aleppo', 'Credibility']],
    ['/entry history situation:aleppo-2024 entry:E1', ['amended', 'by the curated files']],
    ['/situation list', ['aleppo-2024', '195 entries']],
    ['/help', ['How to read an answer']],
  ])('%s', async (line, words) => {
    const answer = await ask(line);
    expect(answer.failed).toBeUndefined();
    for (const word of words) expect(answer.text).toContain(word);
    expect(answer.ephemeral).toBe(false);
    expect(answer.message['mentions']).toEqual([]);
    expect(answer.message['mention_everyone']).toBe(false);
  });

  test('only the asker, when he asks so', async () => {
    expect((await ask('/brief situation:aleppo-2024 private:true')).ephemeral).toBe(true);
  });

  test('with choices while a person types', async () => {
    const values = async (line: string) => (await bench.autocomplete('reader', line)).map((c) => c.value);
    expect(await values('/brief situation:alep')).toEqual(['aleppo-2024']);
    expect(await values('/brief situation:aleppo-2024 place:حلب')).toContain('aleppo-city');
    expect(await values('/timeline situation:aleppo-2024 party:hay')).toContain('hts');
    expect(await values('/entry show situation:aleppo-2024 entry:car bombs')).toContain('E3');
  });
});

describe('a picture', () => {
  test('comes as a PNG with its words, on the first page only', async () => {
    const first = await ask('/casualties situation:aleppo-2024 view:chart as-of:2024-12-03');
    const sent = bench.standIn.requests.findLast((r) => r.files.length > 0);
    expect(sent?.files[0]?.name).toBe('killed-chart.png');
    expect(JSON.stringify(first.message['components'])).toContain('SOHR');
    expect(JSON.stringify(first.message['components'])).toContain('killed-chart.png');
    const second = await bench.press(first, 'Next');
    expect(JSON.stringify(second.message)).not.toContain('killed-chart.png');
  });
});

describe('a long answer', () => {
  test('is paged to its end, each page within the limits, no line twice', async () => {
    let page = await ask('/timeline situation:aleppo-2024 from:2024-11-27 to:2024-12-08');
    const [, count] = /Page 1 of (\d+)|1 ?\/ ?(\d+)/i.exec(page.text)?.filter((x) => x !== undefined) ?? [];
    expect(Number(count)).toBeGreaterThan(5);
    const seen = new Set<string>();
    for (let at = 1; at <= Number(count); at++) {
      for (const line of page.text.split('\n').filter((l) => l.startsWith('- '))) {
        expect(seen.has(line)).toBe(false);
        seen.add(line);
      }
      if (at < Number(count)) page = await bench.press(page, 'Next');
    }
    expect(seen.size).toBeGreaterThan(120);
  });

  test('goes on after a restart', async () => {
    const first = await ask('/casualties situation:aleppo-2024 as-of:2024-12-03');
    await stop();
    await start();
    const second = await bench.press(first, 'Next');
    expect(second.failed).toBeUndefined();
    expect(second.text).toMatch(/2 of|2 ?\//);
  });
});

describe('odd and hostile input gets a clear answer', () => {
  test.each([
    ['/brief situation:nowhere', /no situation “nowhere”/],
    ['/brief situation:aleppo-2024 as-of:2024-13-45', /no such day|not a date/],
    ['/brief situation:aleppo-2024 as-of:2030-01-01', /future/],
    ['/brief situation:aleppo-2024 as-of:2019-01-01', /Nothing was recorded/],
    ['/timeline situation:aleppo-2024 from:2024-12-03 to:2024-12-01', /reversed/],
    ['/entry show situation:aleppo-2024 entry:E99999', /no entry “E99999”/],
    ['/changes situation:aleppo-2024 since:#999999', /no record \\?#999999/],
  ])('%s', async (line, words) => {
    const answer = await ask(line);
    expect(answer.text).toMatch(words);
    expect(answer.ephemeral).toBe(true);
  });

  test.each([
    '@everyone',
    '@here <@&123456789012345678>',
    '](javascript:alert(1))',
    '\u202eolleh',
    '👩‍👩‍👧‍👦💥',
    '# big\n> quote',
  ])('as a situation: %j', async (value) => {
    const answer = await bench.ask({ command: 'brief', options: { situation: value } });
    expect(answer.failed).toBeUndefined();
    expect(answer.message['mention_everyone']).toBe(false);
    expect(answer.message['mentions']).toEqual([]);
    expect(answer.message['mention_roles']).toEqual([]);
    // Escaped, so that no client reads a link in it.
    expect(answer.text).not.toMatch(/(?<!\\)\]\(javascript:/);
    expect(answer.text).not.toMatch(/\u202e/);
  });
});
