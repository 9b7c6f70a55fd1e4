import type { DigestState } from './book.ts';
import type { Books } from './books.ts';
import { dueIndex } from './due.ts';
import { nextDue, owedOf } from './next.ts';
import type { OwedSlots } from './owed.ts';

/** A digest with something to do, and what. */
export interface DueDigest {
  readonly guild: string;
  readonly id: string;
  readonly state: DigestState;
  readonly owed: OwedSlots;
}

/** What is due among all digests. */
export interface Agenda {
  /**
   * The digests that owe something now, the earliest first and at most `most`. Each is handed out once: it comes back
   * when something is recorded about it, or with `again`.
   */
  take(now: number, most?: number): readonly DueDigest[];
  /** Puts back a digest that was taken, and of which nothing came. */
  again(guild: string, id: string): void;
  /** When the next is due, in ms. */
  next(): number | undefined;
  readonly size: number;
  close(): void;
}

/** Keeps the next due moment of every digest in step with the books. */
export function openAgenda(books: Books): Agenda {
  const index = dueIndex();
  const key = (guild: string, id: string): string => `${guild} ${id}`;
  const place = (guild: string, id: string): void => {
    const state = books.of(guild).digests.get(id);
    index.set(key(guild, id), state && nextDue(state));
  };
  const unfollow = books.follow((book, records) => {
    for (const id of new Set(records.map(({ body }) => ('digest' in body ? body.digest.id : body.id))))
      place(book.guild, id);
  });
  for (const book of books.all()) for (const id of book.digests.keys()) place(book.guild, id);

  return {
    take(now, most) {
      const due: DueDigest[] = [];
      for (const taken of index.take(now, most)) {
        const [guild = '', id = ''] = taken.split(' ');
        const state = books.of(guild).digests.get(id);
        if (!state) continue;
        const owed = owedOf(state, now);
        if (owed.due || owed.missed.length > 0) due.push({ guild, id, state, owed });
        else place(guild, id);
      }
      return due;
    },
    again: place,
    next: index.next,
    get size() {
      return index.size;
    },
    close: unfollow,
  };
}
