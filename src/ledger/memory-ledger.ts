import { admit, keptAs } from './admit.ts';
import { ReadOnly } from './errors.ts';
import type { Ledger, LedgerRecord } from './ledger.ts';
import { listeners } from './listeners.ts';
import { after } from './records.ts';
import { streamFileName } from './stream-name.ts';

/** A stream that was read elsewhere. Numbers stay as they are, holes included. */
export interface Held {
  readonly records: readonly LedgerRecord[];
  /** Why nothing may be appended to it, if so. */
  readonly refusal?: string;
}

interface Stream {
  readonly records: LedgerRecord[];
  readonly keys: Map<string, number>;
  readonly refusal?: string;
}

/** A ledger that ends with the process: the file ledger's twin for tests and for looking without writing. */
export const memoryLedger = (held: ReadonlyMap<string, Held> = new Map()): Ledger => {
  const streams = new Map<string, Stream>(
    [...held].map(([name, { records, ...rest }]) => {
      const keys = records.flatMap(({ key, seq }) => (key === undefined ? [] : [[key, seq] as const]));
      return [name, { records: [...records], keys: new Map(keys), ...rest }];
    }),
  );
  const followers = listeners();
  let closed = false;
  const recordsOf = (stream: string): readonly LedgerRecord[] => streams.get(stream)?.records ?? [];
  return {
    async append(stream, expectedSeq, drafts) {
      streamFileName(stream); // refuses the names the file ledger refuses
      if (closed) throw new ReadOnly(stream, 'the ledger is closed');
      const known: Stream = streams.get(stream) ?? { records: [], keys: new Map<string, number>() };
      if (known.refusal !== undefined) throw new ReadOnly(stream, known.refusal);
      const { records, keys } = known;
      const last = records.at(-1);
      const tail = { stream, head: last?.seq ?? 0, lastAt: last?.at ?? '', seqOfKey: (key: string) => keys.get(key) };
      const added = admit(tail, expectedSeq, drafts).map(({ json }) => keptAs(json));
      if (added.length === 0) return tail.head;
      for (const record of added) {
        records.push(record);
        if (record.key !== undefined) keys.set(record.key, record.seq);
      }
      streams.set(stream, known);
      followers.tell(stream, added);
      return tail.head + added.length;
    },
    read: async (stream, fromSeq = 0) => after(recordsOf(stream), fromSeq),
    head: async (stream) => recordsOf(stream).at(-1)?.seq ?? 0,
    streams: async () => [...streams].flatMap(([name, { records }]) => (records.length > 0 ? [name] : [])).toSorted(),
    follow: (listener) => followers.add(listener),
    close: async () => {
      closed = true;
    },
  };
};
