import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive } from '../archive.ts';
import { openArchive } from '../archive.ts';
import { loadCurated } from '../curated/load.ts';
import { problemLine } from '../curated/problem.ts';
import { syncCurated } from '../curated/sync.ts';
import { ledgerDir } from '../ledger/file-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Held, memoryLedger } from '../ledger/memory-ledger.ts';
import { streamOfFile } from '../ledger/stream-name.ts';
import { sayFinding, scan } from '../ledger/verify.ts';

interface Where {
  readonly dataDir: string;
  readonly stateDir: string;
  readonly now: () => Date;
  /** Told what is wrong with the files; nothing is repaired. */
  readonly warn: (line: string) => void;
}

/**
 * What the bot knows, for one look: the ledger as it lies on disk and the curated files on top of it, in memory.
 * Takes no lock and writes nothing, so it works beside a running bot.
 */
export async function lookOnly({
  dataDir,
  stateDir,
  now,
  warn,
}: Where): Promise<{ readonly archive: Archive; readonly ledger: Ledger }> {
  const held = new Map<string, Held>();
  const dir = ledgerDir(stateDir);
  for (const file of await namesIn(dir)) {
    const stream = streamOfFile(file);
    if (stream === undefined) continue;
    const { records, findings, verdict } = scan(await readFile(join(dir, file)));
    for (const finding of findings) warn(`${join(dir, file)}: ${sayFinding(finding)}`);
    // As the bot does: what was lost from a damaged stream would come back under the date of today.
    held.set(stream, { records, ...(verdict === 'damaged' && { refusal: 'its file is damaged' }) });
  }
  const ledger = memoryLedger(held);
  const curated = await loadCurated(dataDir);
  for (const problem of curated.problems) if (problem.severity === 'error') warn(problemLine(problem));
  await syncCurated({ ledger, curated, now: now().toISOString() });
  return { archive: await openArchive(ledger), ledger };
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (thrown) {
    // No bot has run here yet.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}
