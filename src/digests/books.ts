import { Conflict, Duplicate } from '../ledger/errors.ts';
import type { Ledger, LedgerRecord } from '../ledger/ledger.ts';
import { type Book, foldDigests, guildOf, guildStream, newBook } from './book.ts';
import type { DigestDraft, DigestEvent } from './records.ts';

/** The digests of all guilds, kept up to date with the ledger. */
export interface Books {
  /** The book of a guild as it is now; an empty one where nothing is recorded. */
  of(guild: string): Book;
  /** The books with a digest. */
  all(): Iterable<Book>;
  /**
   * Appends what `decide` makes of the book at the head of the stream, all or nothing, and resolves with whether there
   * was anything to append. It is asked again where somebody else was first; nothing (or an empty list) ends it. What it
   * throws is thrown. One decision of a guild after the other.
   */
  change(guild: string, decide: (book: Book) => readonly DigestDraft[] | undefined): Promise<boolean>;
  /** Told after records with digests in them are folded. Returns the function that ends it. */
  follow(listener: (book: Book, records: readonly DigestEvent[]) => void): () => void;
  close(): void;
}

export interface BooksOptions {
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Digests of other guilds are others' business. Default: all. */
  readonly mine?: (guild: string) => boolean;
}

/** A writer that never gets its turn has a reason that repeating does not cure. */
const TRIES = 50;

const isOurs = ({ kind }: LedgerRecord): boolean => kind.startsWith('digest.') || kind.startsWith('slot.');
// The ledger guards bytes and our own decisions wrote the records: they are taken at their type here. The fold passes
// over what others wrote.
const events = (records: readonly LedgerRecord[]): readonly DigestEvent[] => records as readonly DigestEvent[];

/** Reads the books of all guilds, and follows them from then on. */
export async function openBooks({ ledger, now, mine = () => true }: BooksOptions): Promise<Books> {
  const books = new Map<string, Book>();
  const listeners = new Set<(book: Book, records: readonly DigestEvent[]) => void>();
  const lines = new Map<string, Promise<unknown>>();

  const bookOf = (guild: string): Book => {
    const known = books.get(guild);
    if (known) return known;
    const made = newBook(guild);
    books.set(guild, made);
    return made;
  };
  const learn = (stream: string, records: readonly LedgerRecord[]): void => {
    const guild = guildOf(stream);
    if (guild === undefined || !mine(guild)) return;
    const book = bookOf(guild);
    const fresh = records.filter((record) => record.seq > book.seq);
    foldDigests(events(fresh), book);
    const ours = fresh.filter(isOurs);
    if (ours.length > 0) for (const listener of listeners) listener(book, events(ours));
  };
  const catchUp = async (guild: string): Promise<void> => {
    const stream = guildStream(guild);
    learn(stream, await ledger.read(stream, bookOf(guild).seq));
  };

  // What is appended while the streams are read must wait for what was before it.
  let behind: Set<string> | undefined = new Set();
  const unfollow = ledger.follow((stream, records) => {
    const guild = guildOf(stream);
    if (behind && guild !== undefined) behind.add(guild);
    else learn(stream, records);
  });
  for (const stream of await ledger.streams()) behind.add(guildOf(stream) ?? '');
  behind.delete('');
  for (const guild of behind) {
    behind.delete(guild);
    // oxlint-disable-next-line no-await-in-loop -- one stream in memory after the other
    if (mine(guild)) await catchUp(guild);
  }
  behind = undefined;

  async function append(guild: string, decide: (book: Book) => readonly DigestDraft[] | undefined): Promise<boolean> {
    await catchUp(guild);
    const book = bookOf(guild);
    for (let tries = 1; ; tries += 1) {
      const drafts = decide(book);
      if (!drafts || drafts.length === 0) return false;
      // A clock that was set back must not refuse a record.
      const at = new Date(Math.max(now(), Date.parse(book.at) || 0)).toISOString();
      try {
        // oxlint-disable-next-line no-await-in-loop -- one append after the other
        await ledger.append(
          guildStream(guild),
          book.seq,
          drafts.map((draft) => ({ author: 'bot', ...draft, at })),
        );
        // oxlint-disable-next-line no-await-in-loop
        await catchUp(guild);
        return true;
      } catch (thrown) {
        if (tries >= TRIES || !(thrown instanceof Conflict || thrown instanceof Duplicate)) throw thrown;
        // oxlint-disable-next-line no-await-in-loop
        await catchUp(guild);
      }
    }
  }

  return {
    of: bookOf,
    *all() {
      for (const book of books.values()) if (book.digests.size > 0) yield book;
    },
    change(guild, decide) {
      const turn = (lines.get(guild) ?? Promise.resolve()).then(() => append(guild, decide));
      const settled = turn.catch(() => {});
      lines.set(guild, settled);
      void settled.then(() => {
        if (lines.get(guild) === settled) lines.delete(guild);
      });
      return turn;
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      unfollow();
      listeners.clear();
    },
  };
}
