import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openBooks } from '../../src/digests/books.ts';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import { REGISTRY_STREAM, situationStream } from '../../src/model/record.ts';
import { BOT_ID, CHANNEL_IDS, GUILD_ID } from '../../src/playground/cast.ts';
import { asText } from '../../src/playground/standin/json.ts';
import { order } from '../digests/orders.ts';
import { added, entry, opened, registry } from '../support/build.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

const POSTER = join(import.meta.dirname, 'poster.mjs');
/** Slots of each round; CRASH_ROUNDS makes it longer. */
const SLOTS = 36 * Number(process.env['CRASH_ROUNDS'] ?? 2);
const MOST_KILLS = 2 * Number(process.env['CRASH_ROUNDS'] ?? 2);
const CREATED = '2027-01-11T12:00:00.000Z';
const DUE = Date.parse('2027-01-12T06:30:02Z');
const CHANNELS = [CHANNEL_IDS.newsroom, CHANNEL_IDS.fieldNotes, CHANNEL_IDS.deskLog, CHANNEL_IDS.dailyDigest];

const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings) await end();
});

async function prepare(dir: string): Promise<void> {
  const ledger = await openFileLedger({ dir, now: () => new Date(CREATED) });
  const append = (stream: string, drafts: readonly object[]) =>
    ledger.append(
      stream,
      0,
      drafts.map((draft) => ({ at: CREATED, author: 'tester', kind: '', body: {}, ...draft })),
    );
  await append(
    REGISTRY_STREAM,
    [...registry.sources.values()].map((source) => ({ kind: 'source.set', body: { source } })),
  );
  await append(situationStream('river-2024'), [opened(), added(entry('E1', { headline: 'The bridge is hit' }))]);
  const books = await openBooks({ ledger, now: () => Date.parse(CREATED) });
  await books.change(GUILD_ID, () =>
    Array.from({ length: SLOTS }, (_, n) => ({
      kind: 'digest.created' as const,
      body: {
        digest: order({
          id: `D${n + 1}`,
          guild: GUILD_ID,
          channel: CHANNELS[n % CHANNELS.length] ?? '',
          createdAt: CREATED,
        }),
        since: {},
      },
    })),
  );
  books.close();
  await ledger.close();
}

interface Run {
  readonly lines: string[];
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

function start(dir: string, bench: Bench): Run {
  const { apiBase, token } = bench.standIn;
  const child = spawn(process.execPath, [POSTER, dir, apiBase, token, String(DUE), BOT_ID], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout?.on('data', (data: Buffer) => lines.push(...data.toString().trim().split('\n')));
  endings.push(() => child.kill('SIGKILL'));
  return { child, lines, ended: new Promise((resolve) => child.once('close', () => resolve())) };
}

const HOW = ['status', 'hang', 'reset'] as const;

/** Kills posters at random moments until all is posted. Resolves with how often a message of each slot is there. */
async function killLoop(nonceWindowMs: number): Promise<{ readonly kills: number; readonly times: readonly number[] }> {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-posting-'));
  const bench = await startBench({ now: () => new Date(DUE), nonceWindowMs });
  endings.push(async () => {
    await bench.close();
    await rm(dir, { recursive: true, force: true });
  });
  await prepare(dir);
  let kills = 0;
  for (;;) {
    const { child, lines, ended } = start(dir, bench);
    while (!lines.includes('ready') && child.exitCode === null) await sleep(2);
    // Answers get lost now and then, after the message was made.
    for (const how of HOW)
      if (Math.random() < 0.7) bench.standIn.faults.next({ method: 'POST', path: '/messages' }, { kind: 'lost', how });
    await Promise.race([ended, sleep(40 + Math.random() * 360)]);
    if (child.exitCode === null && kills < MOST_KILLS) {
      child.kill('SIGKILL');
      kills += 1;
    }
    await ended;
    bench.standIn.faults.clear();
    expect(lines.filter((line) => !/^(?:ready|done)$/.test(line))).toEqual([]);
    if (lines.includes('done')) break;
  }
  const texts = CHANNELS.flatMap((channel) => bench.seen(channel).map((raw) => JSON.stringify(raw['components'])));
  const times = Array.from(
    { length: SLOTS },
    (_, n) => texts.filter((text) => asText(text).includes(`post=D${n + 1}@2027-01-12T07:30`)).length,
  );
  return { kills, times };
}

test('the compiled poster is there for the processes of this test', () => {
  expect(existsSync(join(import.meta.dirname, '../../dist/src/digesting.js')), 'run `npm run build` first').toBe(true);
});

test.concurrent.each([
  ['three minutes', 180_000],
  ['a twentieth of a second', 50],
  ['no time at all', 0],
])('killed at random, a nonce known for %s, answers lost: exactly one message per slot', async (_, window) => {
  const { kills, times } = await killLoop(window);
  expect(times.filter((n) => n !== 1)).toEqual([]);
  expect(kills).toBeGreaterThan(2);
});
