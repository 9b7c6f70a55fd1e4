/** What was recorded. `body` is plain JSON; the ledger does not look into it. */
export interface LedgerRecord {
  /** 1 for the first record of the stream; rises with every record, never falls. */
  readonly seq: number;
  /** When it was recorded: ISO instant with milliseconds and Z. Never falls within a stream. */
  readonly at: string;
  readonly author: string;
  readonly kind: string;
  /** Idempotency key: at most one record of a stream carries it. */
  readonly key?: string;
  readonly body: unknown;
}

/** A record before it has its place in the stream. */
export type RecordDraft = Omit<LedgerRecord, 'seq'>;

/** Told of records once they are durable, in order, one call per append. What it throws is logged and changes nothing. */
export type Listener = (stream: string, records: readonly LedgerRecord[]) => void;

/** Append-only streams of records with one concurrency primitive: an append at the head the caller saw. */
export interface Ledger {
  /**
   * Appends all or nothing at expectedSeq (the head the caller saw; 0 = empty stream) and resolves with the new head once
   * the bytes are durable. Rejects with `Duplicate` when a key is already in the stream (looked at first), `Conflict` when
   * somebody was first, `BadDraft` when a draft is malformed or dated before the last record, `ReadOnly` when the stream
   * is damaged or the disk failed. When Duplicate or Conflict arrives, the record it speaks of is durable.
   */
  append(stream: string, expectedSeq: number, drafts: readonly RecordDraft[]): Promise<number>;
  /** Durable records with seq > fromSeq, in order. */
  read(stream: string, fromSeq?: number): Promise<readonly LedgerRecord[]>;
  /** The seq of the last durable record, 0 for a stream that has none. */
  head(stream: string): Promise<number>;
  /** The names of the streams that have records, sorted. */
  streams(): Promise<readonly string[]>;
  /** Calls the listener after records are durable and before their append resolves. Returns the function that ends it. */
  follow(listener: Listener): () => void;
  /** Waits for what is under way; afterwards nothing is appended any more. */
  close(): Promise<void>;
}

/** Where the ledger reports what an operator should know; pino's logger fits. */
export interface LedgerLog {
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}
