import { frame, withMore } from '../../src/ledger/frame.ts';
import type { LedgerRecord } from '../../src/ledger/ledger.ts';
import { draft } from './drafts.ts';

/** A stream's file, line by line: one append of one record, one of three, one of one, … as the ledger writes them. */
export const sampleLines = (
  appends: readonly number[] = [1, 3, 1, 2],
): { lines: string[]; records: LedgerRecord[] } => {
  const lines: string[] = [];
  const records: LedgerRecord[] = [];
  let crc = 0;
  for (const size of appends) {
    for (let more = size - 1; more >= 0; more -= 1) {
      const seq = records.length + 1;
      const record = { seq, ...draft({ id: `E${seq}`, text: 'Köprü kapalı'.slice(0, 3 + seq) }, { key: `i${seq}` }) };
      const [line, next] = frame(withMore(JSON.stringify(record), more), crc);
      records.push(record);
      lines.push(line);
      crc = next;
    }
  }
  return { lines, records };
};
