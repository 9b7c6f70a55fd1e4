import { join } from 'node:path';
import { ledgerDir } from './file-ledger.ts';
import type { Files } from './files.ts';
import { scanFile } from './load-stream.ts';
import { gapsOf, type Repair, repairStream } from './repair.ts';
import type { Finding } from './scan.ts';
import { streamOfFile } from './stream-name.ts';
import { sayFinding } from './verify.ts';

/** What `npm run verify` and `npm run repair` say and end with: 0 all is well, 1 something was found. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1;
}

const SHOWN = 20; // findings of one stream; whoever needs the rest looks at the file

/** Reads every stream and says what it holds and what is wrong with it. Changes nothing and disturbs no running bot. */
export const verifyState = async (files: Files, stateDir: string): Promise<Outcome> => {
  const lines: string[] = [];
  let exitCode: 0 | 1 = 0;
  for (const { stream, path } of await streamFiles(files, stateDir)) {
    const file = await files.open(path, 'read');
    try {
      const { size } = await file.stat();
      const { verdict, records, size: good, findings } = await scanFile(file, size);
      const start = `${stream}: ${count(records.length, 'record')}, head ${records.at(-1)?.seq ?? 0}, `;
      if (verdict === 'sound') {
        const gaps = gapsOf(records);
        const missing =
          gaps.length > 0 ? `, but records that a repair could not keep are missing: ${sayGaps(gaps)}` : '';
        lines.push(`${start}ok${missing}`);
        continue;
      }
      // An end that is unfinished may be what a crash leaves, but also most of a file that was cut by somebody.
      exitCode = 1;
      if (verdict === 'torn') {
        const rest = `an UNFINISHED END of ${size - good} bytes from byte ${good}, line ${findings[0]?.line ?? 0}`;
        lines.push(
          `${start}then ${rest}; the next start of the bot keeps a copy of it, cuts it off, and writes again what of it is in the curated files`,
        );
      } else lines.push(`${start}DAMAGED: ${say(findings)}; stop the bot and run npm run repair`);
    } finally {
      await file.close();
    }
  }
  return { lines: lines.length > 0 ? lines : ['no streams yet'], exitCode };
};

/** Repairs every damaged stream; says what was kept, what was lost and where the old file is. */
export const repairState = async (files: Files, stateDir: string, now: Date): Promise<Outcome> => {
  const lines: string[] = [];
  for (const { stream, path } of await streamFiles(files, stateDir)) {
    const repair = await repairStream(files, path, now);
    if (repair === undefined) continue;
    const { kept, lost, gaps, old } = repair;
    lines.push(`${stream}: kept ${count(kept, 'record')}; the file as it was is ${old}`);
    for (const { finding, trace } of lost) lines.push(`  lost: ${sayFinding(finding)}${trace}`);
    if (gaps.length > 0) lines.push(`  missing: ${sayGaps(gaps)}`);
    lines.push('  what of this is in the curated files is written again at the next start, as of that moment');
  }
  return { lines: lines.length > 0 ? lines : ['nothing to repair'], exitCode: 0 };
};

const streamFiles = async (files: Files, stateDir: string): Promise<{ stream: string; path: string }[]> => {
  const dir = ledgerDir(stateDir);
  return (await files.list(dir)).toSorted().flatMap((file) => {
    const stream = streamOfFile(file);
    return stream === undefined ? [] : [{ stream, path: join(dir, file) }];
  });
};

const say = (findings: readonly Finding[]): string => {
  const shown = findings.slice(0, SHOWN).map(sayFinding).join('; ');
  return findings.length > SHOWN ? `${shown}; and ${findings.length - SHOWN} more` : shown;
};

const sayGaps = (gaps: Repair['gaps']): string =>
  gaps
    .map(({ after, before }) => (before - after === 2 ? `seq ${after + 1}` : `seq ${after + 1} to ${before - 1}`))
    .join(', ');

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
