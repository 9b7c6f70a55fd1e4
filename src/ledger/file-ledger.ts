import { join } from 'node:path';
import { Low } from 'lowdb';
import { admit } from './admit.ts';
import { type AppendAdapter, appendAdapter, type StreamData } from './append-adapter.ts';
import { ReadOnly } from './errors.ts';
import { diskFiles, type Files } from './files.ts';
import type { Ledger, LedgerLog } from './ledger.ts';
import { listeners } from './listeners.ts';
import type { StreamProblem } from './load-stream.ts';
import { after } from './records.ts';
import { type LockOptions, lockState } from './state-lock.ts';
import { streamFileName, streamOfFile } from './stream-name.ts';

export type { StreamProblem } from './load-stream.ts';

/** A ledger on disk: one JSON Lines file per stream under `<state folder>/ledger/`, one writing process per state folder. */
export interface FileLedger extends Ledger {
  /** Torn ends that were cut, damage, disks that failed; in the order found, since this ledger was opened. */
  problems(): readonly StreamProblem[];
}

export interface FileLedgerOptions extends LockOptions {
  /** The state folder; made when absent, with mode 0700. */
  readonly dir: string;
  readonly log?: LedgerLog;
  /** For the names of kept copies only: the time of a record is its author's business. */
  readonly now?: () => Date;
  readonly files?: Files;
  /** How to become the only writer; resolves with the function that lets go. */
  readonly lock?: (dir: string) => Promise<() => Promise<void>>;
}

interface Stream {
  readonly db: Low<StreamData>;
  readonly adapter: AppendAdapter;
  /** Of pending records too. */
  readonly keys: Map<string, number>;
}

const UNTIL_REPAIRED =
  'the rest of it is read, and nothing is written to it until it is repaired: stop the bot and run npm run repair';

/** The folder of the stream files inside a state folder. */
export const ledgerDir = (stateDir: string): string => join(stateDir, 'ledger');

/** Opens and reads all streams. Throws UserError when another process writes to the folder or a file cannot be read. */
export const openFileLedger = async (options: FileLedgerOptions): Promise<FileLedger> => {
  const { log, files = diskFiles, now = () => new Date() } = options;
  const dir = ledgerDir(options.dir);
  await files.makeDir(dir);
  const unlock = await (options.lock ?? ((state) => lockState(state, options)))(options.dir);
  const streams = new Map<string, Stream>();
  const problems: StreamProblem[] = [];
  const followers = listeners(log);
  let closed = false;

  const onProblem = (problem: StreamProblem): void => {
    problems.push(problem);
    const next = problem.kind === 'damaged' ? `; ${UNTIL_REPAIRED}` : '';
    log?.[problem.kind === 'torn' ? 'warn' : 'error'](
      { problem },
      `ledger stream ${problem.stream}: ${problem.message}${next}`,
    );
  };

  const streamNamed = (name: string): Stream => {
    const known = streams.get(name);
    if (known !== undefined) return known;
    const path = join(dir, streamFileName(name));
    const keys = new Map<string, number>();
    const adapter = appendAdapter({
      files,
      path,
      stream: name,
      now,
      onProblem,
      onDurable: (from, to) => followers.tell(name, db.data.records.slice(from, to)),
      onRefused: (refusal) => {
        for (const { key } of db.data.records.splice(adapter.durable())) if (key !== undefined) keys.delete(key);
        if (refusal.cause === undefined) return; // damage, told when it was found, or a ledger that was closed
        const { size: offset } = files.statNow(path) ?? { size: 0 };
        const line = adapter.durable() + 1;
        onProblem({ stream: name, file: path, kind: 'disk', offset, line, message: refusal.reason });
      },
    });
    const db = new Low<StreamData>(adapter, { records: [], texts: [] });
    const stream = { db, adapter, keys };
    streams.set(name, stream);
    return stream;
  };

  const shut = async (): Promise<void> => {
    closed = true;
    for (const { adapter } of streams.values()) await adapter.close();
    await unlock();
  };

  try {
    for (const file of (await files.list(dir)).toSorted()) {
      const name = streamOfFile(file);
      if (name === undefined) continue;
      const { db, keys } = streamNamed(name);
      await db.read();
      for (const { key, seq } of db.data.records) if (key !== undefined && !keys.has(key)) keys.set(key, seq);
    }
    await files.fsyncDir(dir); // a process that was killed may have left names that are not yet durable
  } catch (error) {
    await shut();
    throw error;
  }

  return {
    async append(name, expectedSeq, drafts) {
      const { db, adapter, keys } = streamNamed(name);
      const refuse = (error?: unknown): never => {
        const { reason, cause } = adapter.refusal() ?? { reason: String(error), cause: error };
        throw new ReadOnly(name, reason, cause);
      };
      if (closed) throw new ReadOnly(name, 'the ledger is closed');
      if (adapter.refusal() !== undefined) return refuse();
      const { records, texts } = db.data;
      const last = records.at(-1);
      const tail = {
        stream: name,
        head: last?.seq ?? 0,
        lastAt: last?.at ?? '',
        seqOfKey: (key: string) => keys.get(key),
      };
      let head = tail.head;
      let refusal: unknown;
      try {
        // From here to db.write() nothing may wait: a pending record counts as taken.
        for (const { record, json } of admit(tail, expectedSeq, drafts)) {
          records.push(record);
          texts.push(json);
          if (record.key !== undefined) keys.set(record.key, record.seq);
          head = record.seq;
        }
      } catch (error) {
        refusal = error;
      }
      // Also when refused: what it was refused for may be pending, and is not to be spoken of before it is durable.
      await db.write().catch(refuse);
      if (refusal !== undefined) throw refusal;
      return head;
    },
    async read(name, fromSeq = 0) {
      const stream = streams.get(name);
      return stream === undefined ? [] : after(stream.db.data.records, fromSeq, stream.adapter.durable());
    },
    async head(name) {
      const stream = streams.get(name);
      return stream?.db.data.records[stream.adapter.durable() - 1]?.seq ?? 0;
    },
    async streams() {
      return [...streams].flatMap(([name, { adapter }]) => (adapter.durable() > 0 ? [name] : [])).toSorted();
    },
    follow: (listener) => followers.add(listener),
    problems: () => problems,
    close: () => (closed ? Promise.resolve() : shut()),
  };
};
