import { basename, dirname } from 'node:path';
import type { Files, OpenFile } from './files.ts';
import { frame } from './frame.ts';
import type { LedgerRecord } from './ledger.ts';
import { keepCopy, scanFile, stamp } from './load-stream.ts';
import type { Finding } from './scan.ts';
import { traceOf } from './trace.ts';

export interface Repair {
  readonly kept: number;
  /** The lines that could not be kept, each with what it still shows in words. */
  readonly lost: readonly { readonly finding: Finding; readonly trace: string }[];
  /** Between which of the kept numbers records are missing. */
  readonly gaps: readonly { readonly after: number; readonly before: number }[];
  /** The file that holds the stream as it was. */
  readonly old: string;
}

/**
 * Writes the valid records of a damaged stream into a new file in the place of the old one, which is kept under another
 * name. Numbers stay as they were, since briefings cite them: a lost record leaves a gap. Undefined when nothing is
 * damaged. Whoever calls it has to be the only writer.
 */
export const repairStream = async (files: Files, path: string, now: Date): Promise<Repair | undefined> => {
  const file = await files.open(path, 'read');
  try {
    const { size } = await file.stat();
    const { verdict, records, findings } = await scanFile(file, size);
    if (verdict !== 'damaged') return undefined;
    const bytes = await all(file, size);
    const old = await keepCopy(files, `${path}.damaged-${stamp(now)}`, bytes);
    const fresh = await keepCopy(files, `${path}.repaired-${stamp(now)}`, linesOf(records));
    // The old name changes hands in one step: at no moment is there no stream, or half of one.
    await files.rename(fresh, path);
    await files.fsyncDir(dirname(path));
    const lost = findings.map((finding) => ({ finding, trace: traceOf(bytes, finding) }));
    return { kept: records.length, lost, gaps: gapsOf(records), old: basename(old) };
  } finally {
    await file.close();
  }
};

const linesOf = (records: readonly LedgerRecord[]): Buffer => {
  let crc = 0;
  let text = '';
  for (const record of records) {
    // Each for itself: of an append that lost a record, the others are better kept than cut.
    const [line, next] = frame(JSON.stringify(record), crc);
    text += line;
    crc = next;
  }
  return Buffer.from(text, 'utf8');
};

/** Between which numbers of a stream records are missing: where a repair could not keep them. */
export const gapsOf = (records: readonly LedgerRecord[]): Repair['gaps'] =>
  records.flatMap(({ seq }, index) => {
    const after = records[index - 1]?.seq ?? 0;
    return seq === after + 1 ? [] : [{ after, before: seq }];
  });

const all = async (file: OpenFile, size: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(size);
  for (let done = 0; done < size; ) {
    const read = await file.read(bytes.subarray(done), done);
    if (read === 0) return bytes.subarray(0, done);
    done += read;
  }
  return bytes;
};
