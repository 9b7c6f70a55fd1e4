import type { LedgerRecord } from './ledger.ts';

/** The records with seq > fromSeq. Seq rises but may have holes after a repair, so the place is searched, not computed. */
export const after = (records: readonly LedgerRecord[], fromSeq: number): readonly LedgerRecord[] => {
  if (records.at(-1)?.seq === records.length) return records.slice(Math.max(0, fromSeq));
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.seq ?? 0) > fromSeq) high = middle;
    else low = middle + 1;
  }
  return records.slice(low);
};
