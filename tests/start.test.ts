import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineFor, unknownNames } from '../src/start.ts';

// Built by `npm test` before the tests run.
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const DATA = fileURLToPath(new URL('../data', import.meta.url));
/** Nobody listens on the discard port: a bot that comes as far as Discord ends there. */
const NOBODY = 'http://127.0.0.1:9';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sitrep-start-'));
});
afterAll(() => rm(dir, { recursive: true }));

interface Ran {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

/** Starts the bot; one that hangs is killed, and has no exit code. */
const start = (env: Readonly<Record<string, string>>, shell?: string): Promise<Ran> =>
  new Promise((resolve) => {
    const [file, args] = shell === undefined ? [process.execPath, [MAIN]] : ['sh', ['-c', shell]];
    execFile(
      file,
      args,
      {
        cwd: dir,
        timeout: 20_000,
        env: { PATH: process.env['PATH'], DATA_DIR: DATA, STATE_DIR: join(dir, 'state'), ...env },
      },
      (error, out, err) => resolve({ code: error ? (error.killed ? 'hangs' : error.code) : 0, out, err }),
    );
  });

describe('a start that cannot be is one line and exit code 1', { timeout: 60_000 }, () => {
  test.skipIf(!existsSync('/proc/self'))('a state folder where no folder can be made', async () => {
    expect(await start({ STATE_DIR: '/proc/x/y', DISCORD_TOKEN: 'x', DISCORD_API_URL: NOBODY })).toEqual({
      code: 1,
      out: '',
      err: 'The folder /proc/x cannot be made: /proc takes no folders. Choose another one.\n',
    });
  });

  test('a playground without data', async () => {
    const { code, out, err } = await start({ DATA_DIR: join(dir, 'nowhere'), PLAYGROUND_PORT: '0' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^There is no situation to brief about in .*nowhere.*Set DATA_DIR[^\n]*\n$/);
  });

  test('a bot without data, whose ledger holds nothing', async () => {
    const env = {
      DATA_DIR: join(dir, 'nowhere'),
      STATE_DIR: join(dir, 'empty'),
      DISCORD_TOKEN: 'x',
      LOG_LEVEL: 'error',
    };
    const { code, out, err } = await start({ ...env, DISCORD_API_URL: NOBODY });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^The folder of the curated files, .*nowhere, does not exist\. Set DATA_DIR[^\n]*\n$/);
  });

  test.skipIf(process.platform === 'win32')('a disk that takes no more', async () => {
    const env = { STATE_DIR: join(dir, 'full'), DISCORD_TOKEN: 'x', DISCORD_API_URL: NOBODY };
    const { code, out, err } = await start(env, `ulimit -f 100; exec '${process.execPath}' '${MAIN}'`);
    expect({ code, out: out.split('\n').filter((line) => /"level":50/.test(line)) }).toEqual({ code: 1, out: [] });
    expect(err).toMatch(/^The ledger in .*full cannot record: the disk failed \(EFBIG\)\. Free some space[^\n]*\n$/);
  });
});

test('a bot without data goes on with what its ledger holds, and says so', { timeout: 60_000 }, async () => {
  const env = { STATE_DIR: join(dir, 'kept'), DISCORD_TOKEN: 'x', DISCORD_API_URL: NOBODY };
  expect((await start(env)).err).toMatch(/^Discord could not be reached/);
  const { err, out } = await start({ ...env, DATA_DIR: join(dir, 'nowhere') });
  expect(err).toMatch(/^Discord could not be reached/);
  expect(out).toContain('does not exist. What the ledger holds is served as it is');
});

describe('.env', () => {
  test('names that nothing reads are told, with what was probably meant, and without their value', () => {
    expect(unknownNames('DISCORD_TOKN=secret\n# X=1\nDATA_DIR=./data\nLOG_LEVEL=\nTZ=UTC\nNODE_ENV=x\nQ=1\n')).toEqual([
      '.env: there is no setting DISCORD_TOKN; did you mean "DISCORD_TOKEN"?',
      '.env: there is no setting Q',
    ]);
    expect(unknownNames('')).toEqual([]);
  });

  test('a program says it and goes on', async () => {
    await writeFile(join(dir, '.env'), 'STATEDIR=x\n');
    const { err } = await start({ DATA_DIR: join(dir, 'nowhere') });
    await rm(join(dir, '.env'));
    expect(err).toMatch(/^\.env: there is no setting STATEDIR; did you mean "STATE_DIR"\?\nThere is no situation/);
  });
});

test('what the system says of a disk is a line for people, also where it names no file', () => {
  const failure = (code: string, path?: string) => Object.assign(new Error(code), { code, path });
  expect(lineFor(failure('ENOSPC', '/a/b'))).toMatch(/^\/a\/b is on a full disk/);
  expect(lineFor(failure('ENOSPC'))).toMatch(/^The state folder is on a full disk/);
  expect(lineFor(failure('EACCES'))).toBeUndefined();
});
