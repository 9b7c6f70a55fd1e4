import type { Owed, ReaderRecord } from '../editions/edition.ts';
import type { Shown } from './wrong.ts';

/** An edition, where it is recorded, and what is owed to its readers. */
export interface Page extends Shown {
  readonly stream: string;
  /** What was owed last, by entry. */
  readonly last: Map<string, Owed>;
  /** Entries whose correction was told by a reply. */
  readonly told: Set<string>;
  /** What is neither done nor failed, by id. */
  readonly pending: Map<string, Owed>;
  readonly failed: Map<string, { readonly owed: Owed; readonly why: string; readonly again: boolean }>;
}

type Heard = ReaderRecord & { readonly at: string };

/** Who was shown which entries, and what is owed to them: the fold of all streams of readers. */
export interface Book {
  /** Takes records of one stream in their order; pages that were shown for the first time are returned. */
  learn(stream: string, records: readonly Heard[]): readonly Page[];
  /** The editions of a situation that showed one of these entries. */
  showing(situation: string, entries: Iterable<string>): ReadonlySet<Page>;
  pages(): Iterable<Page>;
  /** The edition of a stream. */
  page(stream: string, number: number): Page | undefined;
  /** The edition that a message shows, where anything was ever owed for it. */
  marked(message: string): Page | undefined;
  /** Those with something pending or failed. */
  open(): readonly Page[];
}

export function openBook(): Book {
  const pages = new Map<string, Page>();
  const open = new Set<Page>();
  const byMessage = new Map<string, Page>();
  const byEntry = new Map<string, Set<Page>>();
  const key = (a: string, b: string | number): string => `${a} ${b}`;

  const add = (stream: string, { at, body: edition }: Heard & { readonly kind: 'edition.shown' }): Page | undefined => {
    if (pages.has(key(stream, edition.number))) return undefined;
    const page: Page = {
      edition,
      at,
      stream,
      last: new Map(),
      told: new Set(),
      pending: new Map(),
      failed: new Map(),
    };
    pages.set(key(stream, edition.number), page);
    for (const entry of Object.keys(edition.shows)) {
      const where = key(edition.situation, entry);
      const known = byEntry.get(where);
      if (known) known.add(page);
      else byEntry.set(where, new Set([page]));
    }
    return page;
  };

  /** The edition that the id of something owed begins with: `B41/E17@123`. */
  const pageOf = (stream: string, id: string): Page | undefined =>
    pages.get(key(stream, Number(id.slice(1, id.indexOf('/')))));

  const settle = (page: Page | undefined, id: string): Owed | undefined => {
    const owed = page?.pending.get(id) ?? page?.failed.get(id)?.owed;
    page?.pending.delete(id);
    page?.failed.delete(id);
    return owed;
  };

  return {
    learn(stream, records) {
      const fresh: Page[] = [];
      for (const record of records) {
        switch (record.kind) {
          case 'edition.shown': {
            const page = add(stream, record);
            if (page) fresh.push(page);
            break;
          }
          case 'correction.owed': {
            const page = pages.get(key(stream, record.body.edition));
            page?.last.set(record.body.entry, record.body);
            page?.pending.set(record.body.id, record.body);
            if (page) {
              open.add(page);
              for (const message of page.edition.messages) byMessage.set(message, page);
            }
            break;
          }
          case 'correction.done': {
            const page = pageOf(stream, record.body.id);
            const owed = settle(page, record.body.id);
            if (owed && record.body.how === 'told') page?.told.add(owed.entry);
            if (page && page.pending.size + page.failed.size === 0) open.delete(page);
            break;
          }
          case 'correction.failed': {
            const { id, why, again } = record.body;
            const page = pageOf(stream, id);
            const owed = settle(page, id);
            if (owed) page?.failed.set(id, { owed, why, again: again === true });
            break;
          }
          default:
        }
      }
      return fresh;
    },
    showing: (situation, entries) =>
      new Set([...entries].flatMap((entry) => [...(byEntry.get(key(situation, entry)) ?? [])])),
    pages: () => pages.values(),
    page: (stream, number) => pages.get(key(stream, number)),
    open: () => [...open],
    marked: (message) => byMessage.get(message),
  };
}
