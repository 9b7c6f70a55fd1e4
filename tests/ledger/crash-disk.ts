import type { FileState, Files } from '../../src/ledger/files.ts';

/** What a file holds now, and what of it a power cut is sure to leave. */
interface Node {
  readonly ino: number;
  now: Buffer;
  synced: Buffer;
}

/** A disk at one moment: names and contents, each as programs see it and as it is durable. */
export interface DiskState {
  readonly names: ReadonlyMap<string, number>;
  readonly syncedNames: ReadonlyMap<string, number>;
  readonly nodes: ReadonlyMap<number, { readonly now: Buffer; readonly synced: Buffer }>;
}

export interface CrashDisk extends Files {
  state(): DiskState;
  /** The bytes of a file, as programs see them. */
  bytes(path: string): Buffer;
}

const failure = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });

/** A disk in memory. `before` is called at the start of every operation that changes it: that is a moment to pull the plug. */
export const crashDisk = (
  content: ReadonlyMap<string, Buffer> = new Map(),
  before: (operation: string) => void = () => {},
): CrashDisk => {
  const names = new Map<string, number>();
  let syncedNames = new Map<string, number>();
  const nodes = new Map<number, Node>();
  const make = (path: string, bytes: Buffer): Node => {
    const node = { ino: nodes.size + 1, now: bytes, synced: bytes };
    nodes.set(node.ino, node);
    names.set(path, node.ino);
    return node;
  };
  for (const [path, bytes] of content) make(path, bytes);
  syncedNames = new Map(names);
  const nodeAt = (path: string): Node | undefined => nodes.get(names.get(path) ?? 0);
  const stateOf = (node: Node): FileState => ({ ino: node.ino, size: node.now.length });

  return {
    async open(path, mode) {
      let node = nodeAt(path);
      if (mode === 'create') {
        if (node !== undefined) throw failure('EEXIST', path);
        before(`create ${path}`);
        node = make(path, Buffer.alloc(0));
      }
      if (node === undefined) throw failure('ENOENT', path);
      const file = node;
      return {
        read: async (buffer, position) => file.now.copy(buffer, 0, position),
        async write(bytes, position) {
          before(`write ${path}`);
          const end = Math.max(file.now.length, position + bytes.length);
          const next = Buffer.alloc(end);
          file.now.copy(next);
          next.set(bytes, position);
          file.now = next;
          return bytes.length;
        },
        async fdatasync() {
          before(`fdatasync ${path}`);
          file.synced = file.now;
        },
        async truncate(size) {
          before(`truncate ${path}`);
          file.now = Buffer.from(file.now.subarray(0, size));
        },
        stat: async () => stateOf(file),
        close: async () => {},
      };
    },
    statNow(path) {
      const node = nodeAt(path);
      return node === undefined ? undefined : stateOf(node);
    },
    async rename(from, to) {
      const ino = names.get(from);
      if (ino === undefined) throw failure('ENOENT', from);
      before(`rename ${from}`);
      names.delete(from);
      names.set(to, ino);
    },
    list: async (dir) =>
      [...names.keys()].flatMap((path) => (path.startsWith(`${dir}/`) ? [path.slice(dir.length + 1)] : [])),
    makeDir: async () => {},
    async fsyncDir(dir) {
      before(`fsyncDir ${dir}`);
      syncedNames = new Map(names);
    },
    state: () => ({
      names: new Map(names),
      syncedNames: new Map(syncedNames),
      nodes: new Map([...nodes].map(([ino, { now, synced }]) => [ino, { now, synced }])),
    }),
    bytes: (path) => nodeAt(path)?.now ?? Buffer.alloc(0),
  };
};

const SECTOR = 512;

/** All that may stand on a disk after a power cut in this state: content by path, every combination once. */
export function* crashStates(state: DiskState): Generator<Map<string, Buffer>> {
  for (const names of sameNames(state) ? [state.names] : [state.names, state.syncedNames]) {
    const entries = [...names].map(([path, ino]) => ({
      path,
      ...(state.nodes.get(ino) ?? { now: EMPTY, synced: EMPTY }),
    }));
    const others = (pick: 'now' | 'synced') => new Map(entries.map((entry) => [entry.path, entry[pick]]));
    yield others('synced');
    if (entries.every(({ now, synced }) => now === synced)) continue;
    yield others('now');
    for (const { path, now, synced } of entries) {
      for (const bytes of remains(synced, now)) {
        yield others('synced').set(path, bytes);
      }
    }
  }
}

const EMPTY = Buffer.alloc(0);

const sameNames = ({ names, syncedNames }: DiskState): boolean =>
  names.size === syncedNames.size && [...names].every(([path, ino]) => syncedNames.get(path) === ino);

/** What may be left of a file whose synced content is known and whose unsynced content is not. */
function* remains(synced: Buffer, now: Buffer): Generator<Buffer> {
  if (now === synced) return;
  let same = 0;
  while (same < Math.min(now.length, synced.length) && now[same] === synced[same]) same += 1;
  // Every byte prefix, as a shorter file and as one whose size was already right.
  for (let end = same; end < now.length; end += 1) {
    yield now.subarray(0, end);
    yield Buffer.concat([now.subarray(0, end), Buffer.alloc(now.length - end)]);
  }
  // Any one sector that was not written, or written with something else.
  for (let sector = same - (same % SECTOR); sector < now.length; sector += SECTOR) {
    const from = Math.max(sector, same);
    const to = Math.min(sector + SECTOR, now.length);
    yield Buffer.from(now).fill(0, from, to);
    yield Buffer.from(now).fill('garbage, a line\n', from, to);
    yield Buffer.from(now).fill(0xff, from, to);
  }
}
