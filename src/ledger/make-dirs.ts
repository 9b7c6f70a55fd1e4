import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../errors.ts';

/**
 * Makes a folder and its parents; resolves with the first that was made, undefined when all were there. Node's own way
 * tries again without end where a parent takes no folders but says that it does not exist, as /proc does.
 */
export const makeDirs = async (dir: string, mode: number): Promise<string | undefined> => {
  try {
    await mkdir(dir, { mode });
    return dir;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' && (await stat(dir)).isDirectory()) return undefined;
    if (code !== 'ENOENT') throw error;
  }
  const first = dirname(dir) === dir ? undefined : await makeDirs(dirname(dir), mode);
  if (first === undefined)
    throw new UserError(`The folder ${dir} cannot be made: ${dirname(dir)} takes no folders.`, 'Choose another one.');
  await mkdir(dir, { mode });
  return first;
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
