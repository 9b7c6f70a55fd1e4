import { existsSync } from 'node:fs';
import type { Archive } from './archive.ts';
import { openArchive } from './archive.ts';
import { lastSync } from './curated/last-sync.ts';
import type { SyncReport } from './curated/sync.ts';
import { UserError } from './errors.ts';
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
  const held = heldBack(log);
  const ledger = await openFileLedger({ dir: stateDir, log: held.log, now });
  try {
    const files = curatedFiles(dataDir, log);
    const sync = async (): Promise<SyncReport> => {
      const { curated, syncCurated } = await files();
      const report = await syncCurated({ ledger, curated, now: now().toISOString(), replay });
      tellSync(report, ledger, log);
      return report;
    };
    const last = lastSync(dataDir, stateDir, ledger);
    if (replay || !(await last.isStill())) {
      const report = await sync();
      refuseFailedDisk(stateDir, ledger, replay ? 'TMPDIR' : 'STATE_DIR');
      if ((await files()).curated.problems.length === 0 && isSettled(report)) await last.keep();
    }
    const archive = await openArchive(ledger);
    if (!existsSync(dataDir)) {
      const missing = `The folder of the curated files, ${dataDir}, does not exist.`;
      if (archive.slugs().length === 0)
        throw new UserError(missing, 'Set DATA_DIR to the folder that holds sources.json.');
      log.error({ dir: dataDir }, `${missing} What the ledger holds is served as it is: set DATA_DIR.`);
    }
    held.letGo();
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
    if (leftOut !== undefined && existsSync(dataDir)) log.error({ dir: dataDir }, leftOut);
    return { curated, syncCurated };
  };
  let reading: ReturnType<typeof read> | undefined;
  return () => (reading ??= read());
}

/** A disk that failed during a start ends it in one line for people: until then the log waits. */
function heldBack(log: Log): { readonly log: Log; letGo(): void } {
  let waiting: (readonly [object, string])[] | undefined = [];
  const isOfDisk = (data: object): boolean =>
    'problem' in data && (data.problem as { readonly kind?: unknown }).kind === 'disk';
  return {
    log: {
      info: (data, text) => log.info(data, text),
      warn: (data, text) => log.warn(data, text),
      error: (data, text) => (waiting && isOfDisk(data) ? void waiting.push([data, text]) : log.error(data, text)),
    },
    letGo() {
      for (const said of waiting ?? []) log.error(...said);
      waiting = undefined;
    },
  };
}

/** A bot that cannot record would lose what it is told; at a start there is somebody who can mend that. */
function refuseFailedDisk(stateDir: string, ledger: FileLedger, setting: string): void {
  const disk = ledger.problems().find(({ kind }) => kind === 'disk');
  if (disk === undefined) return;
  throw new UserError(
    `The ledger in ${stateDir} cannot record: ${disk.message}.`,
    `Free some space, raise the limit, or choose another folder with ${setting}, and start again: all that was recorded is still there.`,
  );
}

function tellSync({ failed, situations }: SyncReport, ledger: FileLedger, log: Log): void {
  const told = new Set(ledger.problems().map(({ stream }) => stream)); // by the ledger itself, with what to do
  for (const { stream, cause } of failed.filter((one) => !told.has(one.stream)))
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
