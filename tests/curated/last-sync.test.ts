import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lastSync } from '../../src/curated/last-sync.ts';
import { silentLog } from '../../src/log.ts';
import { situationStream } from '../../src/model/record.ts';
import { openStore, type Store } from '../../src/store.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const LATER = new Date('2026-11-23T10:00:00.000Z');

const situation = (headline: string, recorded = '2026-11-22T10:00:00Z') => ({
  situation: { slug: 'north', title: 'North', zone: 'Asia/Damascus', start: '2026-11-20', status: 'active' },
  entries: [
    {
      id: 'E1',
      kind: 'event',
      headline,
      occurred: { from: '2026-11-22', precision: 'day' },
      severity: 'routine',
      reports: [
        {
          id: 'E1.1',
          originator: 'wire',
          published: '2026-11-22',
          language: 'en',
          stance: 'reports',
          credibility: 2,
          recorded,
        },
      ],
    },
  ],
});
const SOURCES = {
  parties: [],
  sources: [{ id: 'wire', name: 'Wire', kind: 'news_agency', party: null, reliability: 'B' }],
};

let dir: string;
let dataDir: string;
let stateDir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sitrep-last-sync-'));
  dataDir = join(dir, 'data');
  stateDir = join(dir, 'state');
  await mkdir(join(dataDir, 'situations'), { recursive: true });
  await writeFile(join(dataDir, 'sources.json'), JSON.stringify(SOURCES));
  await write('Bridge closed');
});
afterEach(() => rm(dir, { recursive: true }));

const write = (headline: string, recorded?: string) =>
  writeFile(join(dataDir, 'situations', 'north.json'), JSON.stringify(situation(headline, recorded)));

async function within<T>(work: (store: Store) => Promise<T>, now = NOW): Promise<T> {
  const store = await openStore({ dataDir, stateDir, log: silentLog, now: () => now });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
const isStill = (now?: Date) => within(({ ledger }) => lastSync(dataDir, stateDir, ledger).isStill(), now);
const headline = (now?: Date) =>
  within(async ({ archive }) => (await archive.picture('north'))?.entries.get('E1')?.entry.headline, now);

describe('what the last sync found', () => {
  test('is remembered from one start to the next', async () => {
    await within(async () => {});
    expect(JSON.parse(await readFile(join(stateDir, 'last-sync.json'), 'utf8'))).toMatchObject({
      heads: { sources: 1, 'situation/north': 2 },
    });
    await within(async ({ ledger, archive }) => {
      expect(await lastSync(dataDir, stateDir, ledger).isStill()).toBe(true);
      expect((await archive.picture('north'))?.entries.size).toBe(1);
    });
  });

  test('is compared before the files are read: a start that finds them unchanged writes nothing', async () => {
    const heads = () => within(async ({ ledger }) => ledger.head(situationStream('north')));
    expect([await heads(), await heads(), await heads()]).toEqual([2, 2, 2]);
  });

  test('no longer counts when a file has changed: the change is synced', async () => {
    expect(await headline()).toBe('Bridge closed');
    await write('Bridge open');
    expect(await headline(LATER)).toBe('Bridge open');
  });

  test('no longer counts when a file was added', async () => {
    await within(async () => {});
    await within(async ({ ledger }) => {
      await writeFile(join(dataDir, 'situations', 'other.json'), '{}');
      expect(await lastSync(dataDir, stateDir, ledger).isStill()).toBe(false);
    });
  });

  test('no longer counts when somebody wrote into a stream meanwhile', async () => {
    await within(async ({ ledger }) => {
      const stream = situationStream('north');
      const at = LATER.toISOString();
      const body = { id: 'E1', reason: 'duplicate' };
      await ledger.append(stream, 2, [{ at, author: 'user:1', kind: 'entry.retracted', body }]);
      expect(await lastSync(dataDir, stateDir, ledger).isStill()).toBe(false);
    });
    expect(await isStill(LATER)).toBe(true);
  });

  test('no longer counts when the ledger is another one', async () => {
    await within(async () => {});
    await rm(join(stateDir, 'ledger'), { recursive: true });
    expect(await headline()).toBe('Bridge closed');
  });

  test('is not kept while an entry waits for its time, so that it comes when it is due', async () => {
    await write('Bridge closed', '2026-11-23T09:30:00Z');
    expect(await headline()).toBeUndefined();
    expect(await isStill()).toBe(false);
    expect(await headline(LATER)).toBe('Bridge closed');
  });

  test('is not kept while the files have a problem, so that every start tells of it', async () => {
    await writeFile(join(dataDir, 'situations', 'broken.json'), '{');
    const told: string[] = [];
    const log = { ...silentLog, error: (_: object, text: string) => void told.push(text) };
    for (const _ of [1, 2]) await (await openStore({ dataDir, stateDir, log, now: () => NOW })).close();
    const line = 'data: situations/broken.json left out (1 error); run npm run validate';
    expect(told).toEqual([line, line]);
  });

  test('a torn note is no note', async () => {
    await within(async () => {});
    const note = join(stateDir, 'last-sync.json');
    await writeFile(note, (await readFile(note, 'utf8')).slice(0, 40));
    await write('Bridge open');
    expect(await headline(LATER)).toBe('Bridge open');
  });
});
