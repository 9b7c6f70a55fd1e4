import { readFileSync } from 'node:fs';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import { lockState } from '../../src/ledger/state-lock.ts';
import { draft } from './drafts.ts';
import { tempDir } from './temp-dir.ts';

const LOCK = 'writer.lock';

describe('the single-writer lock', () => {
  test('names its holder and is gone after letting go', async () => {
    const dir = await tempDir();
    const unlock = await lockState(dir);
    expect(JSON.parse(await readFile(join(dir, LOCK), 'utf8'))).toMatchObject({ pid: process.pid });
    await unlock();
    expect(await readdir(dir)).toEqual([]);
  });

  test('the same process cannot take it twice, but again after letting go', async () => {
    const dir = await tempDir();
    const unlock = await lockState(dir);
    const again = lockState(dir);
    await expect(again).rejects.toBeInstanceOf(UserError);
    await expect(again).rejects.toThrow(
      `The state folder ${dir} is already open in this process (pid ${process.pid}).`,
    );
    await unlock();
    await (await lockState(dir))();
  });

  test('a ledger takes it, and a second one is refused without harm to the first', async () => {
    const dir = await tempDir();
    const ledger = await openFileLedger({ dir });
    await expect(openFileLedger({ dir })).rejects.toThrow('already open');
    expect(await ledger.append('s', 0, [draft()])).toBe(1);
    await ledger.close();
    const next = await openFileLedger({ dir });
    expect(await next.head('s')).toBe(1);
    await next.close();
  });

  test('of many who try at once exactly one succeeds', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, LOCK), JSON.stringify({ pid: 2 ** 22 + 1, id: 'long-dead' }));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockState(dir)));
    const won = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won).toHaveLength(1);
    await won[0]?.();
    expect(await readdir(dir)).toEqual([]);
  });

  test('an empty lock is respected while it may be being written, and cleared when it is old', async () => {
    const dir = await tempDir();
    const file = join(dir, LOCK);
    await writeFile(file, '');
    await expect(lockState(dir)).rejects.toThrow('is held by another process');
    await utimes(file, 1, 1);
    await (await lockState(dir))();
  });
});

describe.runIf(process.platform === 'linux')('a lock that was left behind', () => {
  const mine = async (dir: string): Promise<Record<string, unknown>> => {
    const unlock = await lockState(dir);
    const holder: unknown = JSON.parse(await readFile(join(dir, LOCK), 'utf8'));
    await unlock();
    return { ...(holder as object) };
  };

  test.each<[string, object]>([
    ['before the machine was started again', { boot: 'another-boot' }],
    ['by a process whose number was given to another', { started: '1' }],
    ['by a process that is gone', { pid: 2 ** 22 + 1 }],
  ])('%s is taken over at once', async (_, change) => {
    const dir = await tempDir();
    await writeFile(join(dir, LOCK), JSON.stringify({ ...(await mine(dir)), ...change, id: 'old' }));
    await (await lockState(dir))();
  });

  test('is not taken over while its process lives', async () => {
    const dir = await tempDir();
    const parent = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const started = parent.slice(parent.lastIndexOf(')') + 2).split(' ')[19];
    await writeFile(join(dir, LOCK), JSON.stringify({ ...(await mine(dir)), pid: process.ppid, started, id: 'alive' }));
    await expect(lockState(dir)).rejects.toThrow(
      `The state folder ${dir} is held by the process with pid ${process.ppid}.`,
    );
    expect(await readFile(join(dir, LOCK), 'utf8')).toContain('alive');
  });

  test('the socket alone refuses too, should somebody have removed the lock file', async () => {
    const dir = await tempDir();
    const unlock = await lockState(dir);
    await rm(join(dir, LOCK));
    await expect(lockState(dir)).rejects.toThrow('is held by another process');
    await unlock();
  });
});
