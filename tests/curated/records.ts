import type { LedgerRecord } from '../../src/ledger/ledger.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';

export const STREAM = 'situation/river-2024';

/** The ledger does not look into bodies; the tests know that only records of a situation are in this stream. */
const ofSituation = (record: LedgerRecord): record is LedgerRecord & Recorded<SituationRecord> => record.seq > 0;

export const situationRecords = (records: readonly LedgerRecord[]): readonly Recorded<SituationRecord>[] =>
  records.filter(ofSituation);
