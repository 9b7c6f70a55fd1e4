import type { LedgerRecord } from './ledger.ts';

/**
 * Of the first `count` records those with seq > fromSeq. Seq rises but may have holes after a repair, so the place is
 * searched, not computed.
 */
export const after = (
  records: readonly LedgerRecord[],
  fromSeq: number,
  count = records.length,
): readonly LedgerRecord[] => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.seq ?? 0) > fromSeq) high = middle;
    else low = middle + 1;
  }
  return records.slice(low, count);
};
