import { statSync } from 'node:fs';
import { chmod, mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

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
    const handle = await open(path, FLAGS[mode], PRIVATE_FILE);
    return {
      read: async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
      write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
      fdatasync: () => handle.datasync(),
      truncate: (size) => handle.truncate(size),
      stat: async () => {
        const { size, ino } = await handle.stat();
        return { size, ino };
      },
      close: () => handle.close(),
    };
  },
  statNow(path) {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? undefined : { size: found.size, ino: found.ino };
  },
  rename,
  list: (dir) => readdir(dir),
  async makeDir(dir) {
    const wanted = resolve(dir);
    const first = await mkdir(wanted, { recursive: true, mode: PRIVATE_DIR });
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
