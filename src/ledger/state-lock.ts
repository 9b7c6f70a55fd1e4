import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readFile, rename, stat, statfs, unlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';

const holderSchema = z.object({
  pid: z.int().positive(),
  /** Of this start of the machine; absent where the system does not tell. */
  boot: z.string().optional(),
  /** When the process started, in ticks since the boot: a process id alone may be somebody else's by now. */
  started: z.string().optional(),
  id: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

const LOCK = 'writer.lock';
const BEING_WRITTEN_MS = 10_000;
const NETWORK_FILE_SYSTEMS = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'SMB'],
]);

export interface LockOptions {
  /** Allow a folder on NFS or SMB, where neither locks nor syncs can be trusted. */
  readonly networkFolder?: boolean;
}

/**
 * Makes this process the only writer of a state folder until the function it resolves with is called. Throws UserError
 * when somebody is: another process or this one. A lock left by a dead process is taken over at once; a live one never.
 */
export const lockState = async (dir: string, options: LockOptions = {}): Promise<() => Promise<void>> => {
  if (options.networkFolder !== true) await refuseNetwork(dir);
  const path = join(dir, LOCK);
  const belt = await takeBelt(dir, path);
  try {
    const me: Holder = { pid: process.pid, ...birth(process.pid), id: randomUUID() };
    await takeFile(dir, path, me);
    return async () => {
      if ((await holderOf(path))?.id === me.id) await unlink(path).catch(() => undefined);
      await letGo(belt);
    };
  } catch (error) {
    await letGo(belt);
    throw error;
  }
};

const takeFile = async (dir: string, path: string, me: Holder): Promise<void> => {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        return await file.writeFile(`${JSON.stringify(me)}\n`);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = await holderOf(path);
    if (holder === undefined ? await isBeingWritten(path) : isAlive(holder)) throw held(dir, holder?.pid);
    await clear(path, holder);
  }
  throw held(dir);
};

/** Moves a dead lock out of the way; if another process took it over a moment ago, its lock is put back. */
const clear = async (path: string, dead: Holder | undefined): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return; // somebody else cleared it
    throw error;
  }
  const moved = await holderOf(aside);
  if (moved !== undefined && moved.id !== dead?.id) await link(aside, path).catch(() => undefined);
  await unlink(aside);
};

const holderOf = async (path: string): Promise<Holder | undefined> => {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // gone, or cut short by a crash
  }
};

/** A lock without content is a moment old, or its process died in that moment. */
const isBeingWritten = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < BEING_WRITTEN_MS;
};

const isAlive = (holder: Holder): boolean => {
  const now = birth(holder.pid);
  if (holder.boot !== undefined && now.boot !== undefined && now.boot !== holder.boot) return false;
  if (holder.started !== undefined && now.started !== undefined) return now.started === holder.started;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
};

/** When a process came to life, as Linux tells it; nothing elsewhere. */
const birth = (pid: number): { boot?: string; started?: string } => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const started = startedAt(pid);
    return started === undefined ? { boot } : { boot, started };
  } catch {
    return {};
  }
};

const startedAt = (pid: number): string | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 and 22; the second is a name in parentheses that may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
};

/** Linux only: a socket name that ends with the process and cannot be stolen. It does not reach across containers. */
const takeBelt = async (dir: string, path: string): Promise<Server | undefined> => {
  if (process.platform !== 'linux') return undefined;
  const { dev, ino } = await stat(dir);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  const failure = await new Promise<unknown>((resolve) => {
    server.once('error', resolve);
    server.listen({ path: `\0sitrep-state-${dev}-${ino}`, exclusive: true }, () => resolve(undefined));
  });
  if (failure === undefined) return server;
  if (codeOf(failure) === 'EADDRINUSE') throw held(dir, (await holderOf(path))?.pid);
  return undefined; // no such sockets here: the lock file has to do
};

const letGo = (server: Server | undefined): Promise<void> =>
  new Promise((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));

const refuseNetwork = async (dir: string): Promise<void> => {
  const name = NETWORK_FILE_SYSTEMS.get((await statfs(dir)).type >>> 0);
  if (name === undefined) return;
  throw new UserError(
    `The state folder ${dir} lies on a network file system (${name}), where a lock may be shared and a sync may lie.`,
    'Put STATE_DIR on a local disk.',
  );
};

const held = (dir: string, pid?: number): UserError =>
  new UserError(
    pid === process.pid
      ? `The state folder ${dir} is already open in this process (pid ${pid}).`
      : `The state folder ${dir} is held by ${pid === undefined ? 'another process' : `the process with pid ${pid}`}.`,
    'Only one process may write to it: end the other one, or choose another STATE_DIR.',
  );

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
