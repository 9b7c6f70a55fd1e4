import { describe, expect, test } from 'vitest';
import { ledgerDir, openFileLedger } from '../../src/ledger/file-ledger.ts';
import type { Files } from '../../src/ledger/files.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { type CrashDisk, crashDisk, crashStates, type DiskState } from './crash-disk.ts';
import { draft } from './drafts.ts';

const DIR = '/state';
const lock = async () => async () => {};
const now = () => new Date('2026-11-23T09:00:00.000Z');
const openOn = (files: Files) => openFileLedger({ dir: DIR, files, lock, now });

/** Of each stream: the appends submitted, each the texts of its records, and how many records were acknowledged. */
type Told = Map<string, { readonly appends: readonly string[][]; readonly acknowledged: number }>;

/** What a program did, moment by moment: the disk and what had been promised just before each operation. */
const record = async (
  work: (ledger: Ledger, submit: (stream: string, ...appends: string[][]) => Promise<void>) => Promise<void>,
  mutate: (disk: CrashDisk) => Files = (disk) => disk,
): Promise<{ state: DiskState; told: Told }[]> => {
  const told = new Map<string, { appends: string[][]; acknowledged: number }>();
  const moments: { state: DiskState; told: Told }[] = [];
  const look = (): void => {
    moments.push({
      state: disk.state(),
      told: new Map(
        [...told].map(([stream, { appends, acknowledged }]) => [stream, { appends: [...appends], acknowledged }]),
      ),
    });
  };
  const disk = crashDisk(new Map(), look);
  const ledger = await openOn(mutate(disk));
  // The appends of one call follow each other without waiting, so they share a sync.
  const submit = async (stream: string, ...appends: string[][]): Promise<void> => {
    const known = told.get(stream) ?? { appends: [], acknowledged: 0 };
    told.set(stream, known);
    let head = known.appends.flat().length;
    await Promise.all(
      appends.map(async (texts) => {
        known.appends.push(texts);
        const expected = head;
        head += texts.length;
        known.acknowledged = Math.max(
          known.acknowledged,
          await ledger.append(
            stream,
            expected,
            texts.map((text) => draft(text)),
          ),
        );
      }),
    );
  };
  await work(ledger, submit);
  await ledger.close();
  look();
  return moments;
};

interface Verdicts {
  states: number;
  damaged: number;
  wrong: string[];
}

/** Pulls the plug at every moment in every way, opens again and compares with what had been promised. */
const explore = async (moments: readonly { state: DiskState; told: Told }[]): Promise<Verdicts> => {
  const verdicts: Verdicts = { states: 0, damaged: 0, wrong: [] };
  for (const { state, told } of moments) {
    for (const content of crashStates(state)) {
      verdicts.states += 1;
      const disk = crashDisk(content);
      const ledger = await openOn(disk);
      const isDamaged = ledger.problems().some(({ kind }) => kind === 'damaged');
      if (isDamaged) verdicts.damaged += 1;
      for (const [stream, promise] of told) {
        const wrong = await compare(ledger, stream, promise);
        if (wrong !== undefined) verdicts.wrong.push(`${stream}: ${wrong}`);
      }
      await ledger.close();
    }
  }
  return verdicts;
};

const compare = async (
  ledger: Awaited<ReturnType<typeof openOn>>,
  stream: string,
  { appends, acknowledged }: { appends: readonly string[][]; acknowledged: number },
): Promise<string | undefined> => {
  const all = appends.flat();
  const read = await ledger.read(stream);
  for (const { seq, body } of read) if (body !== all[seq - 1]) return `seq ${seq} says ${String(body)}`;
  const seqs = new Set(read.map(({ seq }) => seq));
  for (let seq = 1; seq <= acknowledged; seq += 1)
    if (!seqs.has(seq)) return `lost ${seq} of ${acknowledged} acknowledged`;
  if (ledger.problems().some((problem) => problem.stream === stream && problem.kind !== 'torn')) return undefined;
  if (read.length !== (read.at(-1)?.seq ?? 0)) return 'not a prefix, and nobody was told';
  let end = 0;
  const ends = new Set([0, ...appends.map((texts) => (end += texts.length))]);
  if (!ends.has(read.length)) return `kept a part of an append: ${read.length} records`;
  // And it can go on from there.
  const head = await ledger.append(stream, read.length, [draft('next')]);
  return head === read.length + 1 ? undefined : `goes on at ${head}`;
};

const long = (text: string): string => text.repeat(80);

/** First files, single records, records of several sectors, appends of several records, shared syncs, two streams. */
const work = async (_: Ledger, submit: (stream: string, ...appends: string[][]) => Promise<void>): Promise<void> => {
  await submit('sources', ['a']);
  await Promise.all([submit('sources', ['b', long('köprü ')]), submit('guild/1', ['c'])]);
  await submit('guild/1', ['d'], ['e', 'f'], ['g']);
  await submit('sources', [long('zeroes ')], ['h']);
};

/** One record at a time: here every state has to be repaired without asking anybody, unless garbage was written. */
const steady = async (_: Ledger, submit: (stream: string, ...appends: string[][]) => Promise<void>): Promise<void> => {
  for (const text of ['a', 'b', long('köprü '), 'c']) await submit('sources', [text]);
};

describe('after a power cut at any moment', () => {
  test('everything acknowledged is there, nothing is invented, and no append is half there', async () => {
    const verdicts = await explore(await record(work));
    expect(verdicts.wrong).toEqual([]);
    expect(verdicts.states).toBeGreaterThan(4_000);
  });

  test('damage is only reported where a sector holds what nobody wrote', async () => {
    const verdicts = await explore(await record(steady));
    expect(verdicts.wrong).toEqual([]);
    expect(verdicts.damaged).toBeLessThan(verdicts.states / 100);
  });

  test('a second cut while the torn end is being repaired loses nothing either', async () => {
    const moments = await record(async (ledger, submit) => {
      await submit('sources', ['a'], ['b', 'c']);
      void ledger;
    });
    const [torn] = moments.slice(-1);
    if (torn === undefined) throw new Error('nothing was recorded');
    const file = [...torn.state.names.keys()].find((path) => path.endsWith('sources.jsonl')) ?? '';
    const whole = torn.state.nodes.get(torn.state.names.get(file) ?? 0)?.now ?? Buffer.alloc(0);
    const cut = whole.subarray(0, -20);
    const again: { state: DiskState; told: Told }[] = [];
    const told: Told = new Map([['sources', { appends: [['a'], ['b', 'c']], acknowledged: 1 }]]);
    const disk: CrashDisk = crashDisk(new Map([[file, cut]]), () => again.push({ state: disk.state(), told }));
    const ledger = await openOn(disk);
    expect(ledger.problems()).toMatchObject([{ kind: 'torn', offset: whole.indexOf(0x0a) + 1, line: 2 }]);
    await ledger.close();
    again.push({ state: disk.state(), told });
    const verdicts = await explore(again);
    expect(verdicts.wrong).toEqual([]);
    // The bytes cut off are in the copy from the moment they are gone from the file.
    for (const { state } of again) {
      for (const content of crashStates(state)) {
        if ((content.get(file)?.length ?? 0) === cut.length) continue;
        const copy = [...content].find(([path]) => path.includes('.torn-'))?.[1];
        expect(copy?.equals(cut.subarray(whole.indexOf(0x0a) + 1))).toBe(true);
      }
    }
  });

  test('what was shown after a kill stays through a power cut: opening makes it durable first', async () => {
    const moments = await record(work);
    for (const { state } of moments) {
      const left = crashDisk(
        new Map([...state.syncedNames].map(([path, ino]) => [path, state.nodes.get(ino)?.synced ?? Buffer.alloc(0)])),
      );
      // A killed process leaves what programs see; none of the difference is durable yet.
      for (const [path, ino] of state.names) {
        const node = state.nodes.get(ino);
        if (node === undefined) continue;
        const file = await left.open(path, left.statNow(path) === undefined ? 'create' : 'write');
        await file.truncate(0);
        await file.write(node.now, 0);
      }
      const ledger = await openOn(left);
      const shown = new Map<string, number>();
      for (const stream of await ledger.streams()) shown.set(stream, await ledger.head(stream));
      await ledger.close();
      for (const content of crashStates(left.state())) {
        const again = await openOn(crashDisk(content));
        for (const [stream, head] of shown) expect(await again.head(stream)).toBeGreaterThanOrEqual(head);
        await again.close();
      }
    }
  });
});

describe('the search for crash states would notice', () => {
  test.each<[string, (disk: CrashDisk) => Files]>([
    ['a missing fdatasync', (disk) => withFile(disk, (file) => ({ ...file, fdatasync: async () => {} }))],
    [
      'an acknowledgement before the sync',
      (disk) =>
        withFile(disk, (file) => ({
          ...file,
          fdatasync: async () => {
            void later(file.fdatasync);
          },
        })),
    ],
    ['a missing sync of the folder', (disk) => ({ ...disk, fsyncDir: async () => {} })],
  ])('%s', async (_, mutate) => {
    const { wrong } = await explore(await record(work, mutate));
    expect(wrong.length).toBeGreaterThan(10);
    expect(wrong.some((one) => one.includes('acknowledged'))).toBe(true);
  });
});

/** After the caller has long gone on. */
const later = async (sync: () => Promise<void>): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  await sync();
};

const withFile = (
  disk: CrashDisk,
  change: (file: Awaited<ReturnType<Files['open']>>) => Awaited<ReturnType<Files['open']>>,
): Files => ({
  ...disk,
  open: async (path, mode) => change(await disk.open(path, mode)),
});

test('the stream files lie in a folder of their own', () => expect(ledgerDir(DIR)).toBe('/state/ledger'));
