import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { keptAs } from './admit.ts';
import type { Files, OpenFile } from './files.ts';
import { frame, withMore } from './frame.ts';
import type { LedgerRecord } from './ledger.ts';
import { loadStream, type StreamProblem } from './load-stream.ts';

/** What lowdb keeps of a stream: records that are durable, then records that are on their way. */
export interface StreamData {
  records: LedgerRecord[];
  /** The JSON of the newest records, where the caller had to make it anyway; taken by `write`. */
  texts: string[];
}

/** A lowdb adapter that only ever appends. Each `write` is one append: after a crash it is there as a whole or not at all. */
export interface AppendAdapter extends Adapter<StreamData> {
  /** How many of the records are durable and may be shown. */
  durable(): number;
  /** Why nothing can be written any more, if so. */
  refusal(): Refusal | undefined;
  close(): Promise<void>;
}

export interface Refusal {
  readonly reason: string;
  readonly cause?: unknown;
}

export interface Place {
  readonly files: Files;
  readonly path: string;
  readonly stream: string;
  readonly now: () => Date;
  /** Called in order, once per append that became durable, before its `write` resolves. */
  readonly onDurable: (from: number, to: number) => void;
  /** Called once when writing ends for good; records beyond `durable()` were refused. */
  readonly onRefused: (refusal: Refusal) => void;
  readonly onProblem: (problem: StreamProblem) => void;
}

interface Group {
  readonly lines: string;
  /** Puts the records as JSON keeps them in the place of those given. */
  readonly settle: () => void;
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The file is not as this writer left it, so it is not this writer's to touch. */
class Foreign extends Error {}

export const appendAdapter = (place: Place): AppendAdapter => {
  const { files, path } = place;
  let file: OpenFile | undefined;
  let ino: number | undefined; // undefined: there is no file yet
  let isNamed = true; // the file's name is durable
  let size = 0;
  let crc = 0; // of the last record framed
  let durable = 0;
  let framed = 0;
  let queue: Group[] = [];
  let flushing: Promise<void> | undefined;
  let refused: Refusal | undefined;

  const refuse = (refusal: Refusal): void => {
    if (refused !== undefined) return;
    refused = refusal;
    framed = durable;
    place.onRefused(refusal);
  };

  /** Finds a second writer and a file that was edited or rotated, in the last moment before writing. */
  const openFenced = async (): Promise<OpenFile> => {
    const found = files.statNow(path);
    if (found?.ino !== ino || (found?.size ?? 0) !== size) throw new Foreign('its file was changed by somebody else');
    if (file !== undefined) return file;
    file = await files.open(path, ino === undefined ? 'create' : 'write');
    const opened = await file.stat();
    if (ino !== undefined && opened.ino !== ino) throw new Foreign('its file was exchanged by somebody else');
    isNamed = ino !== undefined;
    ino = opened.ino;
    return file;
  };

  const commit = async (groups: readonly Group[]): Promise<void> => {
    const bytes = Buffer.from(groups.map(({ lines }) => lines).join(''), 'utf8');
    if (bytes.length === 0) return;
    const open = await openFenced();
    await writeAll(open, bytes, size);
    const syncing = open.fdatasync();
    for (const { settle } of groups) settle(); // while the disk is busy
    await syncing;
    if (!isNamed) {
      await files.fsyncDir(dirname(path)); // else the records are durable in a file that has no name
      isNamed = true;
    }
    size += bytes.length;
  };

  const fail = async (cause: unknown): Promise<void> => {
    const isForeign = cause instanceof Foreign;
    refuse({ reason: isForeign ? cause.message : `the disk failed (${codeOf(cause)})`, cause });
    // What was refused should not be found there at the next start. As good as we can: the scan at opening decides.
    if (!isForeign) await file?.truncate(size).catch(() => undefined);
  };

  const flush = async (): Promise<void> => {
    await Promise.resolve(); // what is written in the same turn shares the first sync
    while (queue.length > 0) {
      const groups = queue;
      queue = [];
      try {
        await commit(groups);
      } catch (error) {
        await fail(error);
        for (const group of [...groups, ...queue])
          group.reject(error instanceof Error ? error : new Error(String(error)));
        queue = [];
        break;
      }
      for (const group of groups) {
        const from = durable;
        durable = group.upTo;
        if (durable > from) place.onDurable(from, durable);
        group.resolve();
      }
    }
    flushing = undefined;
  };

  return {
    async read() {
      const loaded = await loadStream(place);
      if (loaded === undefined) return null;
      ({ size, crc, ino } = loaded);
      durable = loaded.records.length;
      framed = durable;
      if (loaded.refusal !== undefined) refuse(loaded.refusal);
      return { records: loaded.records, texts: [] };
    },
    // Frames at once, so that what is written is what was said now; resolves after a sync that covers all records given.
    write({ records, texts }) {
      if (refused !== undefined) return Promise.reject(new Error(refused.reason, { cause: refused.cause }));
      if (records.length < framed)
        return Promise.reject(new Error('records were taken away from an append-only stream'));
      const from = framed;
      const json = records.slice(from).map((record, index) => texts[index] ?? JSON.stringify(record));
      texts.length = 0;
      framed = records.length;
      let lines = '';
      for (const [index, text] of json.entries()) {
        const [line, next] = frame(withMore(text, json.length - 1 - index), crc);
        lines += line;
        crc = next;
      }
      const settle = (): void => {
        for (const [index, text] of json.entries()) records[from + index] = keptAs(text);
      };
      return new Promise((resolve, reject) => {
        queue.push({ lines, settle, upTo: framed, resolve, reject });
        flushing ??= flush();
      });
    },
    durable: () => durable,
    refusal: () => refused,
    async close() {
      await flushing;
      refuse({ reason: 'the ledger is closed' });
      await file?.close().catch(() => undefined); // all that counts was synced
      file = undefined;
    },
  };
};

/** Writes all bytes, going on where the system took only some. */
const writeAll = async (file: OpenFile, bytes: Uint8Array, position: number): Promise<void> => {
  let done = await writeSome(file, bytes, position);
  while (done < bytes.length) done += await writeSome(file, bytes.subarray(done), position + done);
};

/** Writes what the system takes at once. An interrupted call wrote nothing and may be made again, unlike a sync. */
const writeSome = async (file: OpenFile, bytes: Uint8Array, position: number): Promise<number> => {
  for (;;) {
    try {
      const written = await file.write(bytes, position);
      if (written === 0) throw new Error('the disk takes no more bytes');
      return written;
    } catch (error) {
      if (codeOf(error) !== 'EINTR') throw error;
    }
  }
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
