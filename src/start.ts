import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Config } from './config.ts';
import { readConfig, SETTINGS } from './config.ts';
import { UserError } from './errors.ts';
import { didYouMean } from './nearest.ts';

/** Of Node and its libraries: they may stand in `.env`, too. */
const OF_OTHERS = /^(?:NODE_\w+|TZ|(?:HTTPS?|ALL|NO)_PROXY)$/i;

/** One line for each name in the text of an .env file that nothing reads. The value is not repeated. */
export const unknownNames = (text: string): readonly string[] =>
  Object.keys(parseEnv(text))
    .filter((name) => !SETTINGS.includes(name) && !OF_OTHERS.test(name))
    .map((name) => `.env: there is no setting ${name.slice(0, 60)}${didYouMean(name, SETTINGS)}`);

/** Reads `.env` beside package.json into the environment where there is one; what is set already wins. */
export function loadEnvFile(): void {
  if (!existsSync('.env')) return;
  for (const line of unknownNames(readFileSync('.env', 'utf8'))) process.stderr.write(`${visible(line)}\n`);
  process.loadEnvFile('.env');
}

/** What `.env` and the environment say; rejects with one line per problem. */
export function configured(): Config {
  loadEnvFile();
  return readConfig(process.env);
}

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'is not writable for this user: change its owner or mode, or choose another folder',
  EPERM: 'is not writable for this user: change its owner or mode, or choose another folder',
  EROFS: 'is on a read-only file system: choose another folder with STATE_DIR',
  ENOSPC: 'is on a full disk: free some space, or choose another folder with STATE_DIR',
  ENOTDIR: 'is not a folder: choose another one',
  EEXIST: 'is not a folder: choose another one',
  ENOENT: 'does not exist',
  EFBIG: 'may not grow any more (a limit of this user): raise it, or choose another folder with STATE_DIR',
};

const OF_DISKS: ReadonlySet<string> = new Set(['ENOSPC', 'EFBIG', 'EROFS']);

/** One line for a person at a terminal; undefined for what nobody foresaw. */
export function lineFor(thrown: unknown): string | undefined {
  if (thrown instanceof UserError)
    return thrown.hint === undefined ? thrown.message : `${thrown.message} ${thrown.hint}`;
  const { code, path } = (thrown ?? {}) as { code?: unknown; path?: unknown };
  if (typeof code !== 'string' || SYSTEM[code] === undefined) return undefined;
  if (typeof path === 'string') return `${path} ${SYSTEM[code]}.`;
  // Writing to a file that is open does not say to which.
  return OF_DISKS.has(code) ? `The state folder ${SYSTEM[code]}.` : undefined;
}

/** What still hangs (a server, a disk that does not answer) may not keep a program that has refused. In ms. */
const AFTER_REFUSAL = 2000;

function failed({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  process.stderr.write(`The answer could not be written (${code ?? message}): is the disk full?\n`);
  process.exit(1);
}

/** `… | head`: a reader who has seen enough is no error. A disk that is full is one, in one line. */
export function guardOutput(): void {
  if (process.stdout.listenerCount('error', failed) === 0) process.stdout.on('error', failed);
}

/** What a person typed is quoted in refusals; it must not move the cursor of the terminal that shows them. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) => (c === '\n' ? c : ''));

/** Runs a program to its end: a refusal is one line on standard error and exit code 1, anything else shows its stack. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  guardOutput();
  try {
    await main();
  } catch (thrown) {
    const told = lineFor(thrown) ?? (thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    process.stderr.write(`${visible(told)}\n`);
    process.exitCode = 1;
    setTimeout(() => process.exit(), AFTER_REFUSAL).unref();
  }
}
