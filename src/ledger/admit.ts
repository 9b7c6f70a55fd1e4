import { BadDraft, Conflict, Duplicate } from './errors.ts';
import type { LedgerRecord, RecordDraft } from './ledger.ts';

/** What an append is checked against. Records that are pending count as taken. */
export interface Tail {
  readonly stream: string;
  readonly head: number;
  readonly lastAt: string;
  readonly seqOfKey: (key: string) => number | undefined;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A record that may be appended, and its JSON. The body is still the caller's own object: `keptAs` gives the ledger's. */
export interface Admitted {
  readonly record: LedgerRecord;
  readonly json: string;
}

/**
 * The rules of an append, the same for every ledger: turns drafts into the stream's next records, or throws `Duplicate`,
 * `Conflict` or `BadDraft`.
 */
export const admit = (tail: Tail, expectedSeq: number, drafts: readonly RecordDraft[]): Admitted[] => {
  const { stream } = tail;
  for (const { key } of drafts) {
    const seq = key === undefined ? undefined : tail.seqOfKey(key);
    if (key !== undefined && seq !== undefined) throw new Duplicate(stream, key, seq);
  }
  if (expectedSeq !== tail.head) throw new Conflict(stream, expectedSeq, tail.head);
  const keys = new Set<string>();
  let last = tail.lastAt;
  return drafts.map((draft, index) => {
    const record = recordOf(stream, tail.head + 1 + index, draft);
    if (record.at < last) {
      throw new BadDraft(stream, `a record dated ${record.at} cannot follow one dated ${last}; is the clock right?`);
    }
    last = record.at;
    if (record.key !== undefined && keys.size === keys.add(record.key).size) {
      throw new BadDraft(stream, `two records of one append carry the key ${record.key}`);
    }
    return { record, json: textOf(stream, record) };
  });
};

/** A record as JSON keeps it: what is read now is what a restart will read, and no caller can change it any more. */
export const keptAs = (json: string): LedgerRecord => {
  const record: LedgerRecord = JSON.parse(json);
  return record;
};

const recordOf = (stream: string, seq: number, draft: RecordDraft): LedgerRecord => {
  const { at, author, kind, key, body } = draft;
  if (typeof at !== 'string' || !INSTANT.test(at) || Number.isNaN(Date.parse(at))) {
    throw new BadDraft(stream, `"at" must be an ISO instant like 2026-11-23T09:00:00.000Z, not ${at}`);
  }
  if (typeof author !== 'string' || author === '') throw new BadDraft(stream, 'a record needs an author');
  if (typeof kind !== 'string' || kind === '') throw new BadDraft(stream, 'a record needs a kind');
  if (key !== undefined && (typeof key !== 'string' || key === '')) {
    throw new BadDraft(stream, 'a key must be text that is not empty');
  }
  if (body === undefined || typeof body === 'function' || typeof body === 'symbol') {
    throw new BadDraft(stream, 'the body is missing');
  }
  return key === undefined ? { seq, at, author, kind, body } : { seq, at, author, kind, key, body };
};

const textOf = (stream: string, record: LedgerRecord): string => {
  try {
    return JSON.stringify(record);
  } catch (error) {
    throw new BadDraft(stream, `the body is not plain JSON: ${String(error)}`);
  }
};
