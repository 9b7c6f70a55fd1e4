import { basename, dirname } from 'node:path';
import { UserError } from '../errors.ts';
import type { Files, OpenFile } from './files.ts';
import type { LedgerRecord } from './ledger.ts';
import { type Scan, scanner } from './scan.ts';
import { sayFinding } from './verify.ts';

/** What an operator should know of a stream. */
export interface StreamProblem {
  readonly stream: string;
  readonly file: string;
  /** `torn`: the unacknowledged end was cut and kept. `damaged`: no writing until repaired. `disk`: no writing until re-opened. */
  readonly kind: 'torn' | 'damaged' | 'disk';
  /** The first place concerned: byte from the start of the file, line from 1. */
  readonly offset: number;
  readonly line: number;
  readonly message: string;
  /** The file that keeps the bytes cut off. */
  readonly copy?: string;
}

interface Source {
  readonly files: Files;
  readonly path: string;
  readonly stream: string;
  readonly now: () => Date;
  readonly onProblem: (problem: StreamProblem) => void;
}

interface Loaded {
  readonly records: LedgerRecord[];
  readonly size: number;
  readonly crc: number;
  readonly ino: number;
  readonly refusal?: { readonly reason: string; readonly cause?: unknown };
}

const BLOCK = 1 << 20; // what is parsed between two turns of the event loop: about 20 ms

/**
 * Reads a stream's file, cuts a torn end (keeping a copy) and makes the rest durable before anybody sees it; undefined
 * when there is no file. A disk that cannot be read is a UserError: a picture without some of its records would be wrong.
 */
export const loadStream = async (source: Source): Promise<Loaded | undefined> => {
  const { files, path, stream } = source;
  if (files.statNow(path) === undefined) return undefined;
  let file: OpenFile | undefined;
  try {
    file = await files.open(path, 'write');
    const { ino, size: found } = await file.stat();
    const scan = await scanFile(file, found);
    const loaded = { records: scan.records, size: scan.size, crc: scan.crc, ino };
    if (scan.verdict === 'damaged') {
      const message = scan.findings.map(sayFinding).join('; ');
      source.onProblem({ stream, file: path, kind: 'damaged', ...firstOf(scan), message });
      return { ...loaded, refusal: { reason: `its file is damaged (${message})` } };
    }
    try {
      if (scan.verdict === 'torn') await cutTail(source, file, scan, found);
      // A process that was killed may have left records only in memory. They are shown from now on, so they have to stay.
      await file.fdatasync();
      return loaded;
    } catch (error) {
      return {
        ...loaded,
        refusal: { reason: `its file could not be made ready for writing: ${String(error)}`, cause: error },
      };
    }
  } catch (error) {
    throw new UserError(
      `The ledger file ${path} cannot be read: ${String(error)}`,
      'Check the disk and the permissions.',
    );
  } finally {
    await file?.close().catch(() => undefined);
  }
};

/** Scans the first `size` bytes of an open file block by block, letting other work go on in between. */
export const scanFile = async (file: OpenFile, size: number): Promise<Scan> => {
  const scanning = scanner();
  for (let position = 0; position < size; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, size - position));
    const bytes = await file.read(block, position);
    if (bytes === 0) break; // it was cut meanwhile
    scanning.push(block.subarray(0, bytes));
    position += bytes;
  }
  return scanning.end();
};

/** Keeps the bytes after the last complete append in a file of their own, then cuts them off. */
const cutTail = async (source: Source, file: OpenFile, scan: Scan, found: number): Promise<void> => {
  const { files, path, stream } = source;
  const bytes = Buffer.alloc(found - scan.size);
  for (let done = 0; done < bytes.length; ) {
    const read = await file.read(bytes.subarray(done), scan.size + done);
    if (read === 0) break;
    done += read;
  }
  const copy = await keepCopy(files, `${path}.torn-${stamp(source.now())}`, bytes);
  await file.truncate(scan.size);
  const message = `an unfinished end of ${bytes.length} bytes was cut off and kept in ${basename(copy)}`;
  source.onProblem({ stream, file: path, kind: 'torn', ...firstOf(scan), message, copy });
};

/** Writes bytes durably into a new file; takes the next free name when there is one. Resolves with its path. */
export const keepCopy = async (files: Files, path: string, bytes: Uint8Array): Promise<string> => {
  let name = path;
  for (let next = 2; files.statNow(name) !== undefined; next += 1) name = `${path}-${next}`;
  const file = await files.open(name, 'create');
  try {
    for (let done = 0; done < bytes.length; ) {
      const written = await file.write(bytes.subarray(done), done);
      if (written === 0) throw new Error(`the disk takes no more bytes for ${name}`);
      done += written;
    }
    await file.fdatasync();
  } finally {
    await file.close();
  }
  await files.fsyncDir(dirname(name));
  return name;
};

/** A moment as part of a file name. */
export const stamp = (now: Date): string => now.toISOString().replaceAll(/[-:.]/g, '');

const firstOf = (scan: Scan): { offset: number; line: number } => {
  const [first] = scan.findings;
  return { offset: first?.offset ?? scan.size, line: first?.line ?? 0 };
};
