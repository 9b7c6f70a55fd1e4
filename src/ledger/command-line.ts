import { existsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { ledgerDir } from './file-ledger.ts';
import type { Outcome } from './maintenance.ts';

const USAGE = 2;

/** Runs a tool over the state folder named on the command line, else over the configured one; 2 is an error of usage. */
export const runOnState = async (
  name: string,
  configured: () => string,
  work: (stateDir: string) => Promise<Outcome>,
): Promise<void> => {
  try {
    process.exitCode = USAGE;
    const [given, ...more] = process.argv.slice(2);
    if (more.length > 0 || given?.startsWith('-') === true)
      throw new UserError(`usage: npm run ${name} -- [state folder]`);
    const dir = given || configured();
    if (!existsSync(ledgerDir(dir)))
      throw new UserError(`There is no ledger in ${dir}: ${ledgerDir(dir)} does not exist.`);
    const { lines, exitCode } = await work(dir);
    for (const line of lines) process.stdout.write(`${line}\n`);
    process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}\n`);
  }
};
