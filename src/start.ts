import { existsSync } from 'node:fs';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { UserError } from './errors.ts';

/** Reads `.env` beside package.json into the environment where there is one; what is set already wins. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
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
  EFBIG: 'may not grow any more (a limit of this user): raise it, or choose another folder with STATE_DIR',
};

/** One line for a person at a terminal; undefined for what nobody foresaw. */
export function lineFor(thrown: unknown): string | undefined {
  if (thrown instanceof UserError)
    return thrown.hint === undefined ? thrown.message : `${thrown.message} ${thrown.hint}`;
  const { code, path } = (thrown ?? {}) as { code?: unknown; path?: unknown };
  const known = typeof code === 'string' ? SYSTEM[code] : undefined;
  return known !== undefined && typeof path === 'string' ? `${path} ${known}.` : undefined;
}

/** What a person typed is quoted in refusals; it must not move the cursor of the terminal that shows them. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (c) => (c === '\n' ? c : ''));

/** Runs a program to its end: a refusal is one line on standard error and exit code 1, anything else shows its stack. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (thrown) {
    const told = lineFor(thrown) ?? (thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    process.stderr.write(`${visible(told)}\n`);
    process.exitCode = 1;
  }
}
