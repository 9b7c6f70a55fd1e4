import { describe, expect, test } from 'vitest';
import { ReadOnly } from '../../src/ledger/errors.ts';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import type { Files, OpenFile } from '../../src/ledger/files.ts';
import { crashDisk, crashStates } from './crash-disk.ts';
import { draft } from './drafts.ts';

const lock = async () => async () => {};
const now = () => new Date('2026-11-23T09:00:00.000Z');
const openOn = (files: Files) => openFileLedger({ dir: '/state', files, lock, now });

type Fault = 'EIO' | 'ENOSPC' | 'EINTR' | 'short write';

/** A disk whose n-th call fails, once; `calls` tells what was called. A sync after a failed sync of that file is an error. */
const faulty = (disk: Files, fault: Fault, n: number) => {
  const calls: string[] = [];
  let fired = false;
  const failing = <T>(call: string, work: () => Promise<T>, short?: () => Promise<T>): Promise<T> => {
    calls.push(call);
    if (calls.length !== n) return work();
    fired = true;
    if (fault === 'short write') return short === undefined ? work() : short();
    return Promise.reject(Object.assign(new Error(`${fault}: injected`), { code: fault }));
  };
  const wrap = (file: OpenFile, path: string): OpenFile => {
    let hasFailed = false;
    return {
      ...file,
      read: (buffer, position) =>
        failing(
          'read',
          () => file.read(buffer, position),
          () => file.read(buffer.subarray(0, buffer.length >> 1), position),
        ),
      write: (bytes, position) =>
        failing(
          'write',
          () => file.write(bytes, position),
          () => file.write(bytes.subarray(0, (bytes.length >> 1) + 1), position),
        ),
      async fdatasync() {
        if (hasFailed) throw new Error(`a failed fdatasync was tried again: ${path}`);
        try {
          await failing('fdatasync', file.fdatasync);
        } catch (error) {
          hasFailed = true;
          throw error;
        }
      },
      truncate: (size) => failing('truncate', () => file.truncate(size)),
      stat: () => failing('stat', file.stat),
      close: () => failing('close', file.close),
    };
  };
  const files: Files = {
    ...disk,
    open: (path, mode) => failing('open', async () => wrap(await disk.open(path, mode), path)),
    rename: (from, to) => failing('rename', () => disk.rename(from, to)),
    list: (dir) => failing('list', () => disk.list(dir)),
    makeDir: (dir) => failing('makeDir', () => disk.makeDir(dir)),
    fsyncDir: (dir) => failing('fsyncDir', () => disk.fsyncDir(dir)),
  };
  return { files, calls, hasFired: () => fired };
};

/** Opens, appends to two streams, closes, opens again and appends; tells what was acknowledged. */
const program = async (files: Files, acknowledged: Map<string, string[]>): Promise<void> => {
  for (const life of ['first', 'second']) {
    const ledger = await openOn(files);
    const broken = new Set<string>();
    try {
      for (const [stream, text] of [
        ['a', '1'],
        ['b', '1'],
        ['a', '2'],
        ['b', '2 '.repeat(600)],
        ['a', '3'],
      ] as const) {
        const body = `${life} ${text}`;
        const head = await ledger.head(stream);
        try {
          expect(await ledger.append(stream, head, [draft(body)])).toBe(head + 1);
          expect(broken.has(stream)).toBe(false);
          acknowledged.set(stream, [...(acknowledged.get(stream) ?? []), body]);
        } catch (error) {
          expect(error).toBeInstanceOf(ReadOnly);
          broken.add(stream);
          // Refused, so not shown; and refused from now on.
          expect(await ledger.head(stream)).toBe(head);
          expect(ledger.problems().filter((problem) => problem.stream === stream)).toHaveLength(1);
        }
      }
    } finally {
      await ledger.close();
    }
  }
};

describe.each<Fault>(['EIO', 'ENOSPC', 'EINTR', 'short write'])('when any one call meets %s', (fault) => {
  test('what was acknowledged stays, what was refused is not shown, and no sync is tried twice', async () => {
    let n = 1;
    for (; ; n += 1) {
      const disk = crashDisk();
      const { files, hasFired } = faulty(disk, fault, n);
      const acknowledged = new Map<string, string[]>();
      await program(files, acknowledged).catch((error: unknown) => {
        // Only the opening may fail as a whole, and it says so.
        expect(String(error)).toMatch(/injected/);
      });
      for (const content of [...crashStates(disk.state())].slice(0, 2)) {
        const ledger = await openOn(crashDisk(content));
        expect(ledger.problems().filter(({ kind }) => kind !== 'torn')).toEqual([]);
        for (const [stream, bodies] of acknowledged) {
          const read = (await ledger.read(stream)).map(({ body }) => body);
          expect(read.filter((body) => bodies.includes(String(body)))).toEqual(bodies);
        }
        await ledger.close();
      }
      if (!hasFired()) break;
    }
    expect(n).toBeGreaterThan(40);
  });
});

describe('one failed call', () => {
  const appending = async (fault: Fault, call: string) => {
    const disk = crashDisk();
    const seed = await openOn(disk);
    await seed.append('s', 0, [draft('a')]);
    await seed.close();
    const size = disk.bytes('/state/ledger/s.jsonl').length;
    for (let n = 1; ; n += 1) {
      const copy = crashDisk([...crashStates(disk.state())][0]);
      const { files, calls } = faulty(copy, fault, n);
      const ledger = await openOn(files).catch(() => undefined);
      if (ledger === undefined || calls.length >= n) continue; // it met the opening, not the append
      const appended = ledger.append('s', 1, [draft('b', { key: 'i2' })]);
      await appended.catch(() => undefined);
      if (calls[n - 1] === call)
        return { ledger, appended, calls, size, bytes: () => copy.bytes('/state/ledger/s.jsonl').length };
    }
  };

  test('a disk that fills up while writing is refused, and the file goes back to its last good size', async () => {
    const disk = crashDisk();
    let room = 400;
    const files: Files = {
      ...disk,
      async open(path, mode) {
        const file = await disk.open(path, mode);
        return {
          ...file,
          async write(bytes, position) {
            if (room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
            const taken = bytes.subarray(0, room);
            room -= taken.length;
            return file.write(taken, position);
          },
        };
      },
    };
    const ledger = await openOn(files);
    await ledger.append('s', 0, [draft('a')]);
    const size = disk.bytes('/state/ledger/s.jsonl').length;
    await expect(ledger.append('s', 1, [draft('b'.repeat(500))])).rejects.toThrow(
      'stream s: not recorded, the disk failed (ENOSPC)',
    );
    expect(room).toBe(0);
    expect(disk.bytes('/state/ledger/s.jsonl').length).toBe(size);
    expect(await ledger.read('s')).toHaveLength(1);
  });

  test('a failed sync is final: nothing is written to that stream any more', async () => {
    const { ledger, appended, calls, size, bytes } = await appending('EIO', 'fdatasync');
    await expect(appended).rejects.toBeInstanceOf(ReadOnly);
    expect(bytes()).toBe(size); // what was refused should not come back at the next start
    const before = calls.length;
    await expect(ledger.append('s', 1, [draft('c')])).rejects.toBeInstanceOf(ReadOnly);
    expect(calls).toHaveLength(before);
    expect(ledger.problems()).toMatchObject([{ stream: 's', kind: 'disk', message: 'the disk failed (EIO)' }]);
  });

  test('appends that wait for the failed sync are refused with it, their keys free', async () => {
    const { ledger } = await appending('short write', 'write');
    expect(await ledger.head('s')).toBe(2);
    const { files } = faulty(crashDisk(), 'EIO', 7);
    const other = await openOn(files);
    const all = [0, 1, 2].map((head) => other.append('s', head, [draft('x', { key: `k${head}` })]));
    const again = other.append('s', 0, [draft('x', { key: 'k0' })]);
    expect((await Promise.allSettled([...all, again])).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    await expect(again).rejects.toBeInstanceOf(ReadOnly);
    expect(await other.streams()).toEqual([]);
  });

  test('a short write is continued', async () => {
    const { appended, calls } = await appending('short write', 'write');
    expect(await appended).toBe(2);
    expect(calls.slice(-3)).toEqual(['write', 'write', 'fdatasync']);
  });

  test('an interrupted write is made again', async () => {
    const { appended } = await appending('EINTR', 'write');
    expect(await appended).toBe(2);
  });
});
