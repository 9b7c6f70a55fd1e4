import { mkdir } from 'node:fs/promises';
import type { Archive } from './archive.ts';
import { openArchive } from './archive.ts';
import { lastSync } from './curated/last-sync.ts';
import type { SyncReport } from './curated/sync.ts';
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
    const files = curatedFiles(dataDir, log);
    const sync = async (): Promise<SyncReport> => {
      const { curated, syncCurated } = await files();
      const report = await syncCurated({ ledger, curated, now: now().toISOString(), replay });
      tellSync(report, log);
      return report;
    };
    const last = lastSync(dataDir, stateDir, ledger);
    if (replay || !(await last.isStill())) {
      const report = await sync();
      if ((await files()).curated.problems.length === 0 && isSettled(report)) await last.keep();
    }
    const archive = await openArchive(ledger);
    return {
      ledger,
      archive,
      sync: async () => void (await sync()),
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

/** Reads the curated files once, and with them the code that can: a start that finds them unchanged needs neither. */
function curatedFiles(dataDir: string, log: Log) {
  const read = async () => {
    const [{ loadCurated }, { syncCurated }, { problemLine }, { leftOutLine }] = await Promise.all([
      import('./curated/load.ts'),
      import('./curated/sync.ts'),
      import('./curated/problem.ts'),
      import('./curated/summary.ts'),
    ]);
    const curated = await loadCurated(dataDir);
    // The operator needs one line; whoever mends the files runs validate, or looks here.
    for (const problem of curated.problems) log.warn({ dir: dataDir }, problemLine(problem));
    const leftOut = leftOutLine(curated);
    if (leftOut !== undefined) log.error({ dir: dataDir }, leftOut);
    return { curated, syncCurated };
  };
  let reading: ReturnType<typeof read> | undefined;
  return () => (reading ??= read());
}

function tellSync({ failed, situations }: SyncReport, log: Log): void {
  for (const { stream, cause } of failed)
    log.error(
      { stream, cause: cause instanceof Error ? cause.message : cause },
      'the curated files could not be synced into this stream',
    );
  for (const { slug, records, collisions, ...counts } of situations) {
    if (records > 0) log.info({ situation: slug, records, ...counts }, 'curated situation synced');
    if (collisions.length > 0)
      log.error(
        { situation: slug, ids: collisions },
        'the file and an entry made in chat use the same id: give those of the file another',
      );
  }
}

/** The same files would have nothing to say at the next start either. */
const isSettled = ({ failed, situations }: SyncReport): boolean =>
  failed.length === 0 && situations.every(({ waiting, collisions }) => waiting === 0 && collisions.length === 0);
