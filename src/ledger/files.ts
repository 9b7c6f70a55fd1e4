import fs from 'node:fs';
import { chmod, open, readdir, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeDirs } from './make-dirs.ts';

export interface FileState {
  readonly size: number;
  readonly ino: number;
}

/** A file that is open. Every call may fail with a Node error that has a `code`. */
export interface OpenFile {
  /** Fills the buffer from `position` on as far as it can; resolves with the bytes read, 0 at the end of the file. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Resolves with the bytes written, which may be fewer than given. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Resolves when the file's bytes and size are on the disk. Never to be retried: after a failure a second call may lie. */
  fdatasync(): Promise<void>;
  truncate(size: number): Promise<void>;
  stat(): Promise<FileState>;
  close(): Promise<void>;
}

/** The ledger's whole view of a disk, small enough for a stand-in that crashes or fails on demand. */
export interface Files {
  /** `read`: existing, for reading. `write`: existing, for both. `create`: new, for both; EEXIST when there is one. */
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<OpenFile>;
  /** At once, since it stands before every append; undefined when there is no such file. */
  statNow(path: string): FileState | undefined;
  rename(from: string, to: string): Promise<void>;
  /** Names in a folder. */
  list(dir: string): Promise<string[]>;
  /** Makes a folder and its parents, mode 0700, and makes them durable. */
  makeDir(dir: string): Promise<void>;
  /** Resolves when the names in the folder are on the disk. */
  fsyncDir(dir: string): Promise<void>;
}

const FLAGS = { read: 'r', write: 'r+', create: 'wx+' } as const;
const PRIVATE_DIR = 0o700;
const PRIVATE_FILE = 0o600;

/** The real disk. */
export const diskFiles: Files = {
  async open(path, mode) {
    // Plain descriptors with callbacks: a FileHandle costs about 10 % of a small durable append.
    const fd = await call<number>((done) => fs.open(path, FLAGS[mode], PRIVATE_FILE, done));
    return {
      read: (buffer, position) => call((done) => fs.read(fd, buffer, 0, buffer.length, position, done)),
      write: (bytes, position) => call((done) => fs.write(fd, bytes, 0, bytes.length, position, done)),
      fdatasync: () => call((done) => fs.fdatasync(fd, done)),
      truncate: (size) => call((done) => fs.ftruncate(fd, size, done)),
      stat: async () => {
        const { size, ino } = await call<fs.Stats>((done) => fs.fstat(fd, done));
        return { size, ino };
      },
      close: () => call((done) => fs.close(fd, done)),
    };
  },
  statNow(path) {
    const found = fs.statSync(path, { throwIfNoEntry: false });
    return found === undefined ? undefined : { size: found.size, ino: found.ino };
  },
  rename,
  list: (dir) => readdir(dir),
  async makeDir(dir) {
    const wanted = resolve(dir);
    const first = await makeDirs(wanted, PRIVATE_DIR);
    await chmod(wanted, PRIVATE_DIR);
    if (first === undefined) return;
    // Every new name stands in the folder above it, up to the first one that was made.
    for (let made = wanted; made.length >= first.length; made = dirname(made)) await this.fsyncDir(dirname(made));
  },
  async fsyncDir(dir) {
    if (process.platform === 'win32') return; // folders cannot be opened there
    const handle = await open(dir, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/** A call of node:fs as a promise of its result. */
const call = <T = void>(start: (done: (error: Error | null, result?: T) => void) => void): Promise<T> =>
  new Promise<T>((fulfil, reject) => {
    start((error, result) => (error === null || error === undefined ? fulfil(result as T) : reject(error)));
  });
