import type { OwedAlone } from '../briefing/catchup.ts';
import type { Line } from '../briefing/document.ts';
import type { Known } from '../briefing/tell.ts';
import type { Alone } from '../editions/alone.ts';
import type { Owed } from '../editions/edition.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { appender } from './append.ts';
import type { Page } from './book.ts';
import { markingOf } from './owed.ts';
import type { Shelf } from './shelf.ts';

export interface AloneOptions {
  readonly ledger: Ledger;
  readonly shelf: Shelf;
  readonly now: () => Date;
}

/** Nobody but the asker can see it, and Discord does not say where it is. */
export const unreachable = ({ edition }: Page): boolean => edition.private && edition.messages.length === 0;

const nameOf = ({ stream }: Page, { id }: Owed): string => `${stream}/${id}`;
/** `guild/110/B3/E1@45`: stream, edition, entry and record. */
const NAME = /^((?:guild|user)\/[^/\s]+)\/B(\d{1,9})\/(E\d{1,7})@(\d{1,9})$/;

/** The lines that tell it; undefined where there is nothing (any more) to say. */
function linesOf(known: Known, page: Page, owed: Owed): readonly [Line, ...Line[]] | undefined {
  const marking = markingOf(known, page, owed);
  // Taken back before the person was told of it.
  return !marking || (marking.back && !page.told.has(owed.entry)) ? undefined : marking.lines;
}

const asOwed = (page: Page, owed: Owed, lines: readonly [Line, ...Line[]]): OwedAlone => ({
  name: nameOf(page, owed),
  stream: page.stream,
  edition: owed.edition,
  kind: page.edition.kind,
  lines,
});

/** Reads from the book what is owed to people in private, and records what they were told. */
export function openAlone({ ledger, shelf, now }: AloneOptions): Alone {
  const { book } = shelf;
  const record = appender(ledger, now);
  const done = (page: Page, owed: Iterable<Owed>, how: 'edited' | 'told'): Promise<void> =>
    record(
      page.stream,
      [...owed].map(({ id }) => ({ kind: 'correction.done', key: `done/${id}`, body: { id, how } })),
    );

  return {
    async owed(user, known) {
      await shelf.ready();
      const { slug } = known.picture.situation;
      const found: OwedAlone[] = [];
      for (const page of book.open()) {
        if (!unreachable(page) || page.edition.asker !== user || page.edition.situation !== slug) continue;
        for (const owed of page.pending.values()) {
          if (page.last.get(owed.entry) !== owed) continue;
          const lines = linesOf(known, page, owed);
          if (lines) found.push(asOwed(page, owed, lines));
          // oxlint-disable-next-line no-await-in-loop -- rare, and each is recorded by itself
          else await done(page, upTo(page, owed.entry, owed.seq), 'edited');
        }
      }
      return found;
    },
    async named(user, names, known) {
      await shelf.ready();
      return names.flatMap((name): readonly OwedAlone[] => {
        const [, stream = '', number, entry = '', seq] = NAME.exec(name) ?? [];
        const page = book.page(stream, Number(number));
        if (!page || page.edition.asker !== user || page.edition.situation !== known.picture.situation.slug) return [];
        const id = name.slice(stream.length + 1);
        const owed: Owed = {
          id,
          edition: page.edition.number,
          situation: page.edition.situation,
          entry,
          seq: Number(seq),
        };
        const marking = markingOf(known, page, owed);
        return marking ? [asOwed(page, owed, marking.lines)] : [];
      });
    },
    async told(user, names) {
      await shelf.ready();
      for (const name of names) {
        const [, stream = '', number, entry = '', seq] = NAME.exec(name) ?? [];
        const page = book.page(stream, Number(number));
        // oxlint-disable-next-line no-await-in-loop -- one stream, one after the other
        if (page?.edition.asker === user) await done(page, upTo(page, entry, Number(seq)), 'told');
      }
    },
  };
}

/** What is pending for an entry of a page, up to the record that was told: the newest says it all. */
const upTo = ({ pending }: Page, entry: string, seq: number): readonly Owed[] =>
  [...pending.values()].filter((owed) => owed.entry === entry && owed.seq <= seq);
