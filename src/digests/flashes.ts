import { entryPasses } from '../briefing/digest-content.ts';
import type { Known } from '../briefing/tell.ts';
import { localDay } from '../model/time.ts';
import type { EntryState, Mark, Picture } from '../picture/picture.ts';
import type { Book, DigestState } from './book.ts';
import { postName } from './post.ts';
import { quietUntil } from './quiet.ts';

/** An entry that was saved as flash. */
export interface Flash {
  readonly situation: string;
  readonly entry: string;
  /** The record that made it one, and when. */
  readonly seq: number;
  readonly at: string;
}

/** What an entry is a flash by, as long as it is one. */
function madeFlash({ entry, versions, retracted }: EntryState): Mark | undefined {
  if (entry.severity !== 'flash' || retracted) return undefined;
  return versions.findLast(
    ({ what }) =>
      what.kind === 'entry.added' ||
      (what.kind === 'entry.amended' && what.before.severity !== 'flash' && what.after.severity === 'flash'),
  );
}

/** The flashes of a situation after a record, in their order. */
export function flashesIn(picture: Picture, after: number): readonly Flash[] {
  const found: Flash[] = [];
  for (const [entry, state] of picture.entries) {
    const made = state.changed.seq > after ? madeFlash(state) : undefined;
    if (made && made.seq > after) found.push({ situation: picture.situation.slug, entry, seq: made.seq, at: made.at });
  }
  return found.sort((a, b) => a.seq - b.seq);
}

/** What came longer ago is no flash any more; the next digest tells it. In ms. */
export const FLASH_FOR = 3_600_000;
/** More of them in a local day are told in one line. */
export const MOST_A_DAY = 10;

/** What a digest is to do about the flashes of a situation now. */
export interface OwedFlashes {
  readonly due: readonly Flash[];
  /** It is quiet there until then (ms), and something waits. */
  readonly until?: number;
}

export function owedFlashes(state: DigestState, known: Known, now: number): OwedFlashes {
  const { digest, told, history, suspended } = state;
  const { slug } = known.picture.situation;
  if (!digest.flash || digest.paused || suspended || !digest.situations.includes(slug)) return { due: [] };
  const { zone } = digest.schedule;
  const waiting = flashesIn(known.picture, told[slug] ?? 0).filter(
    ({ entry, seq, at }) =>
      at >= digest.createdAt &&
      !history.has(postName.flash(digest.id, slug, entry, seq)) &&
      entryPasses(known, entry, digest.filters) &&
      // Held back by quiet hours, it is as fresh as at their end.
      now - (quietUntil(digest.quiet, zone, Date.parse(at)) ?? Date.parse(at)) < FLASH_FOR,
  );
  if (waiting.length === 0) return { due: [] };
  const until = quietUntil(digest.quiet, zone, now);
  return until === undefined ? { due: waiting } : { due: [], until };
}

/** How many flashes a channel has had on this local day, whichever digest posted them. */
export function flashesToday(book: Book, channel: string, zone: string, now: number): number {
  const day = localDay(new Date(now).toISOString(), zone);
  let count = 0;
  for (const { history } of book.digests.values())
    for (const line of history.values())
      if (
        line.purpose === 'flash' &&
        line.channel === channel &&
        line.outcome !== 'failed' &&
        localDay(line.at, zone) === day
      )
        count += 1;
  return count;
}
