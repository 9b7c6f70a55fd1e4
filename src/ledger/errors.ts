/** Somebody was first: the stream is no longer where the caller saw it. Read again and decide again. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  readonly stream: string;
  readonly expected: number;
  readonly head: number;
  constructor(stream: string, expected: number, head: number) {
    super(`stream ${stream}: expected head ${expected}, but it is ${head}`);
    this.stream = stream;
    this.expected = expected;
    this.head = head;
  }
}

/** The key is already in the stream: what the caller wants recorded was recorded before, as `seq`. */
export class Duplicate extends Error {
  override readonly name = 'Duplicate';
  readonly stream: string;
  readonly key: string;
  readonly seq: number;
  constructor(stream: string, key: string, seq: number) {
    super(`stream ${stream}: key ${key} was already recorded as seq ${seq}`);
    this.stream = stream;
    this.key = key;
    this.seq = seq;
  }
}

/** Nothing was recorded and nothing will be until the ledger is opened again: damage, a failed disk, or a closed ledger. */
export class ReadOnly extends Error {
  override readonly name = 'ReadOnly';
  readonly stream: string;
  readonly reason: string;
  constructor(stream: string, reason: string, cause?: unknown) {
    super(`stream ${stream}: not recorded, ${reason}`, cause === undefined ? undefined : { cause });
    this.stream = stream;
    this.reason = reason;
  }
}

/** The draft cannot be a record of this stream: a malformed field, or a time before the last record's. */
export class BadDraft extends Error {
  override readonly name = 'BadDraft';
  readonly stream: string;
  constructor(stream: string, reason: string) {
    super(`stream ${stream}: ${reason}`);
    this.stream = stream;
  }
}
