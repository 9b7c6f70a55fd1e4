import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';

const WRITER = join(import.meta.dirname, 'writer.mjs');
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 6);

const tempDir = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-crash-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

/** A writer process: its lines as they come, and how it ended. */
const start = (dir: string, ...args: string[]) => {
  const child: ChildProcess = spawn(process.execPath, [WRITER, dir, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reading = createInterface({ input: child.stdout ?? process.stdin });
  reading.on('line', (line) => lines.push(line));
  const drained = new Promise<void>((resolve) => reading.once('close', () => resolve()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    lines,
    ended: Promise.all([drained, exited]),
    async said(text: string): Promise<void> {
      while (!lines.some((line) => line.startsWith(text))) {
        if (child.exitCode !== null) throw new Error(`the writer ended: ${lines.join(', ')}`);
        await sleep(5);
      }
    },
  };
};

test('the compiled ledger is there for the processes of this test', () => {
  expect(
    existsSync(join(import.meta.dirname, '../../dist/src/ledger/file-ledger.js')),
    'run `npm run build` first',
  ).toBe(true);
});

test('killed in the act, again and again, it loses nothing it acknowledged and can be opened at once', async () => {
  const dir = await tempDir();
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = start(dir);
    await writer.said('ready');
    await sleep(20 + ((round * 37) % 100));
    writer.child.kill('SIGKILL');
    await writer.ended;
    for (const line of writer.lines) {
      const [said, stream = '', seq] = line.split(' ');
      if (said === 'ack') acknowledged.set(stream, Number(seq));
    }
    const ledger = await openFileLedger({ dir });
    expect(ledger.problems().filter(({ kind }) => kind !== 'torn')).toEqual([]);
    for (const [stream, head] of acknowledged) {
      const records = await ledger.read(stream);
      expect(records.length).toBeGreaterThanOrEqual(head);
      for (const [index, { seq, body }] of records.entries()) {
        expect(seq).toBe(index + 1);
        expect(body).toMatchObject({ number: seq });
      }
    }
    await ledger.close();
  }
  expect(Math.min(...acknowledged.values())).toBeGreaterThan(ROUNDS);
});

test('of two processes started at once one writes and the other is told who does', async () => {
  const dir = await tempDir();
  const writers = [start(dir, '200'), start(dir, '200')];
  await Promise.all(writers.map(({ ended }) => ended));
  const refused = writers.filter(({ lines }) => lines.some((line) => line.startsWith('refused')));
  // Both may have had their turn, one after the other; never both at once, so the files are sound either way.
  expect(refused.length).toBeLessThanOrEqual(1);
  const ledger = await openFileLedger({ dir });
  expect(ledger.problems()).toEqual([]);
  expect((await ledger.read('a')).map(({ seq }) => seq)).toEqual(
    Array.from({ length: await ledger.head('a') }, (_, index) => index + 1),
  );
  await ledger.close();
});

test('a second process is refused with the folder and the pid, and may have it the moment the first is killed', async () => {
  const dir = await tempDir();
  const first = start(dir);
  await first.said('ready');
  const second = start(dir);
  await second.ended;
  expect(second.lines).toEqual([`refused The state folder ${dir} is held by the process with pid ${first.child.pid}.`]);
  await expect(openFileLedger({ dir })).rejects.toThrow(`pid ${first.child.pid}`);
  first.child.kill('SIGKILL');
  await first.ended;
  const third = start(dir, '3');
  await third.ended;
  expect(third.lines).toContain('ready');
});

test.runIf(process.platform === 'linux')(
  'a file that may not grow any more refuses, and keeps what it had',
  async () => {
    const dir = await tempDir();
    // `ulimit -f` counts blocks of 1,024 bytes; a write past it fails with EFBIG when SIGXFSZ is ignored, as Node does.
    const limited = spawn('bash', ['-c', `ulimit -f 64; exec "${process.execPath}" "${WRITER}" "${dir}"`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    limited.stdout.on('data', (data) => (said += String(data)));
    await new Promise((resolve) => limited.once('close', resolve));
    for (const stream of ['a', 'guild/1', 'situation/x']) {
      expect(said).toContain(`failed stream ${stream}: not recorded, the disk failed (EFBIG)`);
    }
    const ledger = await openFileLedger({ dir });
    expect(ledger.problems()).toEqual([]);
    for (const stream of await ledger.streams()) {
      const last = said.split('\n').findLast((line) => line.startsWith(`ack ${stream} `));
      expect(await ledger.head(stream)).toBeGreaterThanOrEqual(Number(last?.split(' ')[2]));
    }
    await ledger.close();
    const copies = (await readdir(join(dir, 'ledger'))).filter((name) => name.includes('torn'));
    expect(copies).toEqual([]);
    expect((await readFile(join(dir, 'ledger', 'a.jsonl'))).length).toBeLessThanOrEqual(64 * 1024);
  },
);
