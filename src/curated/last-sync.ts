import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import { REGISTRY_STREAM, SITUATION_STREAMS } from '../model/record.ts';

/** Whether a sync would only find what the last one found. */
export interface LastSync {
  /** The same files, read by the same program, into streams that have not moved since. */
  isStill(): Promise<boolean>;
  /** To be called after a sync that left nothing to say at the next start: no problem, no collision, nothing waiting. */
  keep(): Promise<void>;
}

const NOTE = 'last-sync.json';
const CODE = /(?<!\.d)\.[jt]s$/;

/**
 * Remembers, beside the ledger, what the last sync read and where it left the streams, since reading and comparing the
 * files takes a good part of a start. A note that is missing, old or torn costs no more than that: the files are synced.
 */
export function lastSync(dataDir: string, stateDir: string, ledger: Ledger): LastSync {
  const path = join(stateDir, NOTE);
  const note = async (): Promise<string> =>
    `${JSON.stringify({ files: digestOf(dataDir), heads: await headsOf(ledger) })}\n`;
  return {
    isStill: async () => {
      const kept = await readFile(path, 'utf8').catch(() => undefined);
      return kept !== undefined && kept === (await note());
    },
    keep: async () => {
      // Without the note the next start is slower, and that is all.
      await writeFile(path, await note(), { mode: 0o600 }).catch(() => undefined);
    },
  };
}

/**
 * Of the curated files and of the program that reads them: a newer one may read the same files otherwise. The program is
 * this folder and that of the records or, bundled, one file.
 */
function digestOf(dataDir: string): string {
  const hash = createHash('sha256');
  const add = (file: string): void => {
    const bytes = contentOf(file);
    hash.update(`${file} ${bytes?.length ?? 'absent'}\n`).update(bytes ?? '');
  };
  const program = import.meta.dirname;
  for (const dir of [program, join(program, '..', 'model')])
    for (const name of namesIn(dir)) if (CODE.test(name)) add(join(dir, name));
  add(join(dataDir, 'sources.json'));
  const situations = join(dataDir, 'situations');
  for (const name of namesIn(situations)) add(join(situations, name));
  return hash.digest('base64url');
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir).toSorted();
  } catch {
    return [];
  }
}

/** Seq of the last record of every stream that a sync may write to. */
async function headsOf(ledger: Ledger): Promise<Record<string, number>> {
  const heads: Record<string, number> = {};
  for (const stream of await ledger.streams())
    if (stream === REGISTRY_STREAM || stream.startsWith(SITUATION_STREAMS)) heads[stream] = await ledger.head(stream);
  return heads;
}
