import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Published data beside the checkout: not ours to commit. Tests that read it pass without it, and say so. */
const FOLDER = new URL('../../../../shared/data/', import.meta.url);

/** Whether a folder of the published data is there; if not, says loudly which tests are skipped. */
export function isThere(folder: string): boolean {
  const there = existsSync(new URL(`${folder}/`, FOLDER));
  if (!there)
    process.stderr.write(`SKIPPED: the tests against ${fileURLToPath(new URL(folder, FOLDER))}, which is not there\n`);
  return there;
}

export const readText = (path: string): Promise<string> => readFile(new URL(path, FOLDER), 'utf8');
export const readJson = async (path: string): Promise<unknown> => JSON.parse(await readText(path));
