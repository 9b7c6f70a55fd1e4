import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Document } from '../../src/briefing/document.ts';
import { plainText } from '../../src/briefing/plain.ts';
import { loadCurated } from '../../src/curated/load.ts';
import { syncCurated } from '../../src/curated/sync.ts';
import { markdown } from '../../src/exchange/markdown.ts';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import { ask, DATA } from '../support/sample.ts';

// Built by `npm test` before the tests run.
const MAIN = fileURLToPath(new URL('../../dist/src/console/main.js', import.meta.url));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sitrep-console-'));
});
afterAll(() => rm(dir, { recursive: true }));

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}, to?: string): Promise<Ran> =>
  new Promise((resolve) => {
    const [file, args] =
      to === undefined ? [process.execPath, []] : ['sh', ['-c', `exec "$0" "$@" > ${to}`, process.execPath]];
    execFile(
      file,
      [...args, MAIN, ...words],
      { cwd: dir, env: { PATH: process.env['PATH'], DATA_DIR: DATA, STATE_DIR: join(dir, 'state'), ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 255 : 0, out, err }),
    );
  });

describe('the console twin', { timeout: 60_000 }, () => {
  test('answers on standard output what a person is answered on Discord, and writes nothing', async () => {
    const { code, out, err } = await run(['brief', 'aleppo-2024', '--as-of', '2024-11-29', '--length=full']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(plainText(await ask('brief situation:aleppo-2024 as-of:2024-11-29 length:full')));
    expect(await readdir(dir)).toEqual([]);
  });

  test('with --json gives the document', async () => {
    const { code, out } = await run(['casualties', 'aleppo-2024', '--as-of=2024-11-29', '--json']);
    expect(code).toBe(0);
    const document = JSON.parse(out) as Document;
    expect(document.kind).toBe('casualties');
    expect(document.sections[0]?.lines[0]?.citations[0]).toMatchObject({ originator: 'SOHR' });
  });

  test('with --markdown gives the document with every source as a footnote', async () => {
    const { code, out } = await run(['brief', 'aleppo-2024', '--as-of', '2024-11-29', '--markdown']);
    expect(code).toBe(0);
    expect(out).toBe(markdown(await ask('brief situation:aleppo-2024 as-of:2024-11-29')));
    const cited = new Set([...out.matchAll(/\[\^(\d+)\](?!:)/g)].map((m) => m[1]));
    expect(cited.size).toBeGreaterThan(3);
    for (const note of cited) expect(out).toContain(`\n[^${note}]: `);
  });

  test('with --server knows what was shown in that server, and with another nothing', async () => {
    const state = join(dir, 'served');
    const ledger = await openFileLedger({ dir: state });
    await syncCurated({ ledger, curated: await loadCurated(DATA), now: '2026-06-01T00:00:00.000Z' });
    const edition = {
      number: 1,
      situation: 'aleppo-2024',
      kind: 'brief',
      asker: '7',
      channel: '8',
      private: false,
      messages: ['9'],
      seq: 120,
      request: { path: 'brief', args: { situation: 'aleppo-2024', length: 'short' } },
      shows: {},
    };
    await ledger.append('guild/1', 0, [
      { at: '2026-06-01T00:00:00.000Z', author: '7', kind: 'edition.shown', body: edition },
    ]);
    await ledger.close();
    const env = { STATE_DIR: state };
    const shown = await run(['edition', 'show', 'B1', '--server', '1'], env);
    expect(shown.err).toBe('');
    expect(shown.out).toContain('BOTTOM LINE');
    const file = await run(['edition', 'export', 'B1', '--server', '1'], env);
    expect(file.out).toMatch(/^# .*\n[^]*Briefing B1\.[^]*\n\[\^1\]: /);
    const since = await run(['changes', 'aleppo-2024', '--since', 'B1', '--server', '1'], env);
    expect(since.out).toContain('Counted from briefing B1.');
    for (const server of [['--server', '2'], []]) {
      const refused = await run(['edition', 'show', 'B1', ...server], env);
      expect([refused.code, refused.err.split('\n')[0]]).toEqual([1, expect.stringContaining('no briefing “B1”')]);
    }
  });

  test('a reader who has seen enough ends it without an error', async () => {
    const child = spawn(process.execPath, [MAIN, 'timeline', 'aleppo-2024', '--json'], {
      cwd: dir,
      env: { PATH: process.env['PATH'], DATA_DIR: DATA, STATE_DIR: join(dir, 'state') },
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => {
      child.on('close', resolve);
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test.skipIf(!existsSync('/dev/full'))('an answer that cannot be written is one line and exit code 1', async () => {
    const { code, err } = await run(['brief', 'aleppo-2024'], {}, '/dev/full');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'The answer could not be written (ENOSPC): is the disk full?\n',
    });
  });

  test('numbers are those of the ledger, and what a damaged stream lost does not come back as of today', async () => {
    const state = join(dir, 'damaged');
    const ledger = await openFileLedger({ dir: state });
    await syncCurated({ ledger, curated: await loadCurated(DATA), now: '2026-06-01T09:00:00.000Z' });
    const [, second] = (await ledger.read('situation/aleppo-2024')).filter(({ kind }) => kind === 'entry.added');
    if (!second) throw new Error('the sample has no second entry');
    const { id } = (second.body as { entry: { id: string } }).entry;
    await ledger.close();
    const file = join(state, 'ledger', 'situation%2faleppo-2024.jsonl');
    const bytes = await readFile(file);
    bytes[bytes.indexOf(`"seq":${second.seq},`) + 60] = 0x23;
    await writeFile(file, bytes);
    const lost = await run(['entry', 'show', 'aleppo-2024', id], { STATE_DIR: state });
    expect(lost.code).toBe(1);
    expect(lost.err).toMatch(/the checksum does not fit/);
    expect((await run(['brief', 'aleppo-2024'], { STATE_DIR: state })).code).toBe(0);
    expect(await readFile(file)).toEqual(bytes);
    await rm(state, { recursive: true });
  });

  test('--help of a command is on standard output', async () => {
    const { code, out, err } = await run(['casualties', '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: sitrep casualties <situation> /);
  });

  test.each<[string, string[], RegExp]>([
    ['no words', [], /^Say what to ask\. Commands: brief, /],
    ['a command that is not there', ['nonsense'], /^There is no command “nonsense”/],
    ['a word too many', ['brief', 'aleppo-2024', 'x'], /one word too many\. Usage: sitrep brief <situation>/],
    ['a situation that is not there', ['brief', 'nowhere'], /^There is no situation “nowhere” .*aleppo-2024/],
    ['no date', ['brief', 'aleppo-2024', '--as-of', 'soon'], /^“soon” is not a date that I can read/],
    [
      'a value that is no choice',
      ['brief', 'aleppo-2024', '--length', 'endless'],
      /must be one of: short, standard, full/,
    ],
    ['a value that is too long', ['brief', 'aleppo-2024', '--as-of', '9'.repeat(6000)], /at most 40 characters/],
    ['shell and terminal signs', ['brief', '$(id); \u001b[2J `x` \u0007🕐'], /^There is no situation/],
  ])('%s: one line on standard error, exit code 1, nothing on standard output', async (_, words, line) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(line);
    expect(err.trimEnd()).not.toMatch(/\p{Cc}/u);
  });

  test('a wrong variable is named, its value is not repeated', async () => {
    const { code, err } = await run(['help'], { DESK_GUILD_IDS: 'secret', LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(err).toMatch(/^DESK_GUILD_IDS: must be server ids.*\nLOG_LEVEL: must be one of/);
    expect(err).not.toMatch(/secret|loud/);
  });

  test('curated files that are missing are told, and the answer says that nothing is there', async () => {
    const { code, err } = await run(['brief', 'aleppo-2024'], { DATA_DIR: join(dir, 'nowhere') });
    expect(code).toBe(1);
    expect(err).toContain('sources.json');
    expect(err).toContain('None is recorded yet.');
  });
});
