import { dayWords, localDay } from '../briefing/dates.ts';
import type { Line } from '../briefing/document.ts';
import { because } from '../briefing/reasons.ts';
import type { Known } from '../briefing/tell.ts';
import { chosenReports, citeAll, strong, text } from '../briefing/tell.ts';
import type { Owed } from '../editions/edition.ts';
import { editionName } from '../editions/edition.ts';
import type { Marking } from './mender.ts';
import type { Shown, Wrong } from './wrong.ts';
import { newestCause, wrongIn } from './wrong.ts';

/**
 * What became owed to the readers of an edition: corrections of these of its entries, and that a correction was taken
 * back. `last` is what was owed last for an entry of this edition. The same facts give the same ids.
 */
export function newlyOwed(
  now: Known,
  shown: Shown,
  entries: Iterable<string>,
  last: (entry: string) => Owed | undefined,
): readonly Owed[] {
  const { edition } = shown;
  const owed: Owed[] = [];
  for (const entry of entries) {
    const state = now.picture.entries.get(entry);
    const known = last(entry);
    // A picture that is older than what was shown says nothing about it.
    if (!state || edition.shows[entry] === undefined || now.picture.seq < Math.max(edition.seq, known?.seq ?? 0))
      continue;
    const finding = wrongIn(now, shown, entry);
    const make = (seq: number, back: boolean): Owed => ({
      id: `${editionName(edition.number)}/${entry}@${seq}`,
      edition: edition.number,
      situation: edition.situation,
      entry,
      seq,
      ...(back && { back }),
    });
    if (finding) {
      if (finding.seq > (known?.seq ?? 0)) owed.push(make(finding.seq, false));
    } else if (known && !known.back) {
      const seq = newestCause(now, edition, state);
      // A link that was taken away leaves no record with the entry.
      owed.push(make(seq > known.seq ? seq : now.picture.seq, true));
    }
  }
  return owed;
}

/** "**Corrected 30 Nov 2024:** …": the line of a mark in place of the line's own first word. */
function dated(known: Known, { word, mark, line }: Wrong): Line {
  const { pieces, ...rest } = line(known);
  const day = dayWords(localDay(mark.at, known.picture.situation.zone));
  const [first, ...others] = pieces;
  return { ...rest, pieces: [strong(`${word} ${day}:`), ...(first?.type === 'strong' ? others : pieces)] };
}

/**
 * What the messages of an edition are to say about an entry, as things are now; undefined where nothing of it is known.
 * `told`: an earlier correction of it was told by a reply.
 */
export function markingOf(now: Known, shown: Shown, owed: Owed, told = false): Marking | undefined {
  const state = now.picture.entries.get(owed.entry);
  if (!state) return undefined;
  const day = (at: string): string => dayWords(localDay(at, now.picture.situation.zone));
  const finding = wrongIn(now, shown, owed.entry);
  const flash = [state, finding?.before].some((s) => s?.entry.severity === 'flash');
  const base = { entry: owed.entry, loud: flash, told, hide: false };
  if (finding) {
    const [first, ...rest] = finding.found;
    return {
      ...base,
      back: false,
      strike: finding.found.some((w) => w.strike),
      hide: finding.found.some((w) => w.mark.reason === 'privacy'),
      short: `${first.word} ${day(first.mark.at)}`,
      lines: [dated(now, first), ...rest.map((w) => dated(now, w))],
    };
  }
  const mark = state.versions.findLast((v) => v.seq > shown.edition.seq);
  const short = `Stands again ${day(mark?.at ?? now.picture.at)}`;
  return {
    ...base,
    back: true,
    strike: false,
    short,
    lines: [
      {
        entry: owed.entry,
        citations: citeAll(now, chosenReports(now, state, 1)),
        pieces: [strong(`${short}:`), text(' what was marked here as wrong was taken back'), ...because(mark)],
      },
    ],
  };
}
