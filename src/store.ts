import { mkdir } from 'node:fs/promises';
import type { Archive } from './archive.ts';
import { openArchive } from './archive.ts';
import type { Curated } from './curated/load.ts';
import { loadCurated } from './curated/load.ts';
import { problemLine } from './curated/problem.ts';
import { syncCurated } from './curated/sync.ts';
import type { FileLedger } from './ledger/file-ledger.ts';
import { openFileLedger } from './ledger/file-ledger.ts';
import type { Log } from './log.ts';

export interface StoreOptions {
  readonly dataDir: string;
  readonly stateDir: string;
  readonly log: Log;
  readonly now: () => Date;
  /** The playground's clock moves: what becomes due is written with the time at which it was recorded. */
  readonly replay?: boolean;
}

/** The ledger, with the curated files synced into it, and the pictures folded from it. */
export interface Store {
  readonly ledger: FileLedger;
  readonly archive: Archive;
  /** Tells the ledger what became due or changed in the curated files as they were loaded. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the house's store. What is wrong with the curated files is told, and the valid rest is served. */
export async function openStore({ dataDir, stateDir, log, now, replay = false }: StoreOptions): Promise<Store> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const ledger = await openFileLedger({ dir: stateDir, log, now });
  try {
    const curated = await loadCurated(dataDir);
    tell(curated, dataDir, log);
    const sync = async (): Promise<void> => {
      const report = await syncCurated({ ledger, curated, now: now().toISOString(), replay });
      for (const { stream, cause } of report.failed)
        log.error(
          { stream, cause: cause instanceof Error ? cause.message : cause },
          'the curated files could not be synced into this stream',
        );
      for (const { slug, records, collisions, ...counts } of report.situations) {
        if (records > 0) log.info({ situation: slug, records, ...counts }, 'curated situation synced');
        if (collisions.length > 0)
          log.error(
            { situation: slug, ids: collisions },
            'the file and an entry made in chat use the same id: give those of the file another',
          );
      }
    };
    await sync();
    const archive = await openArchive(ledger);
    return {
      ledger,
      archive,
      sync,
      close: async () => {
        archive.close();
        await ledger.close();
      },
    };
  } catch (thrown) {
    await ledger.close();
    throw thrown;
  }
}

function tell({ problems }: Curated, dataDir: string, log: Log): void {
  for (const problem of problems)
    log[problem.severity === 'error' ? 'error' : 'warn']({ dir: dataDir }, problemLine(problem));
}
