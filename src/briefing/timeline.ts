import type { EntryState } from '../picture/picture.ts';
import type { Filter } from '../picture/select.ts';
import { placeOf, select } from '../picture/select.ts';
import { daysWords, dayWords, localDay, spanWords } from './dates.ts';
import type { Document, Section } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import type { Known } from './tell.ts';
import { entryLine, namer, text } from './tell.ts';

export type TimelineRequest = Asked & Filter;

/** Entries in order of event time, a section a day. Retracted ones are left out; their history stays with `/entry`. */
export function composeTimeline(known: Known, asked: TimelineRequest): Document {
  const { situation } = known.picture;
  const name = namer(known);
  const began = (s: EntryState): string => localDay(s.entry.occurred.from, situation.zone);
  const days = new Map<string, EntryState[]>();
  for (const state of select(known.picture, asked)) {
    const start = began(state);
    // What began before the days asked for and goes on in them stands under the first of them.
    const day = asked.from !== undefined && start < asked.from ? asked.from : start;
    const others = days.get(day) ?? [];
    days.set(
      day,
      start < day
        ? [...others, state]
        : [...others.filter((s) => began(s) >= day), state, ...others.filter((s) => began(s) < day)],
    );
  }
  const sections = [...days].map(
    ([day, states]): Section => ({
      id: `day-${day}`,
      heading: dayWords(day),
      lines: states.map((s) =>
        entryLine(known, s, name, began(s) < day ? [text(`${spanWords(s.entry.occurred, situation.zone)}: `)] : []),
      ),
    }),
  );
  const party = known.registry.parties.get(asked.party ?? '');
  const filters = [
    asked.from !== undefined || asked.to !== undefined
      ? daysWords(asked.from ?? situation.start, asked.to ?? localDay(known.picture.at, situation.zone))
      : undefined,
    placeOf(situation, asked.place)?.name,
    party?.name,
    asked.kind,
  ].filter((f) => f !== undefined);
  return frame(known, asked, {
    kind: 'timeline',
    about: 'timeline',
    sections,
    empty: 'No entry is recorded for this question.',
    ...(filters.length > 0 && { subtitle: [`Only: ${filters.join('; ')}.`] }),
    follows: [{ label: 'Brief', command: 'brief', args: {} }],
  });
}
