import type { ReaderRecord } from '../editions/edition.ts';
import type { Ledger, LedgerRecord } from '../ledger/ledger.ts';
import type { Book, Page } from './book.ts';
import { openBook } from './book.ts';

/** The book of all that was shown, kept up to date with the ledger. One for all who read in it. */
export interface Shelf {
  /** Holds nothing before it is ready. */
  readonly book: Book;
  /** Reads all that is recorded, once. Rejects where it cannot be read; the next who asks tries again. */
  ready(): Promise<void>;
  /** Tells of pages that are shown from then on. Returns the function that ends it. */
  onShown(listener: (pages: readonly Page[]) => void): () => void;
  close(): void;
}

const READERS = /^(?:guild|user)\//;

type Reader = readonly (ReaderRecord & { readonly at: string })[];
// The ledger guards bytes and our own decisions wrote the records: they are taken at their type here.
const asReader = (records: readonly LedgerRecord[]): Reader => records as unknown as Reader;

export function openShelf(ledger: Ledger): Shelf {
  const book = openBook();
  const heard = new Map<string, number>();
  const listeners = new Set<(pages: readonly Page[]) => void>();
  let reading: Promise<void> | undefined;
  let unfollow = (): void => {};

  const learn = (stream: string, records: readonly LedgerRecord[]): readonly Page[] => {
    const since = heard.get(stream) ?? 0;
    const news = records.filter((r) => r.seq > since);
    heard.set(stream, news.at(-1)?.seq ?? since);
    return book.learn(stream, asReader(news));
  };

  async function read(): Promise<void> {
    // What is appended while a stream is read waits, or the stream would begin in its middle.
    const waiting: [string, readonly LedgerRecord[]][] = [];
    let take = (stream: string, records: readonly LedgerRecord[]): void => void waiting.push([stream, records]);
    unfollow = ledger.follow((stream, records) => {
      if (READERS.test(stream)) take(stream, records);
    });
    try {
      for (const stream of (await ledger.streams()).filter((s) => READERS.test(s)))
        learn(stream, await ledger.read(stream, heard.get(stream) ?? 0));
    } catch (thrown) {
      unfollow();
      reading = undefined;
      throw thrown;
    }
    for (const [stream, records] of waiting) learn(stream, records);
    take = (stream, records) => {
      const fresh = learn(stream, records);
      if (fresh.length > 0) for (const listener of listeners) listener(fresh);
    };
  }

  return {
    book,
    ready: () => (reading ??= read()),
    onShown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => unfollow(),
  };
}
