import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import type { Files, OpenFile } from './files.ts';
import { frame, jsonOf } from './frame.ts';
import type { LedgerRecord } from './ledger.ts';
import { loadStream, type StreamProblem } from './load-stream.ts';

/** What lowdb keeps of a stream: records that are durable, then records that are on their way. */
export interface StreamData {
  records: LedgerRecord[];
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
  readonly text: string;
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

  const commit = async (bytes: Uint8Array): Promise<void> => {
    const open = await openFenced();
    for (let done = 0; done < bytes.length; ) {
      done += await writeSome(open, done === 0 ? bytes : bytes.subarray(done), size + done);
    }
    await open.fdatasync();
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
        const text = groups.length === 1 ? groups[0]?.text : groups.map((group) => group.text).join('');
        if (text !== undefined && text !== '') await commit(Buffer.from(text, 'utf8'));
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
      return { records: loaded.records };
    },
    // Frames at once, so that what is written is what was said now; resolves after a sync that covers all records given.
    write({ records }) {
      if (refused !== undefined) return Promise.reject(new Error(refused.reason, { cause: refused.cause }));
      if (records.length < framed)
        return Promise.reject(new Error('records were taken away from an append-only stream'));
      let text = '';
      for (let index = framed; index < records.length; index += 1) {
        const record = records[index];
        if (record === undefined) continue;
        const [line, next] = frame(jsonOf(record, records.length - 1 - index), crc);
        text += line;
        crc = next;
      }
      framed = records.length;
      return new Promise((resolve, reject) => {
        queue.push({ text, upTo: framed, resolve, reject });
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
