import type { EntryState } from '../picture/picture.ts';
import type { Filter } from '../picture/select.ts';
import { placeOf, select } from '../picture/select.ts';
import type { Document, Section } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import type { Known } from './tell.ts';
import { entryLine, namer } from './tell.ts';

/** Places that are listed with their entries; the map shows them all. */
const MOST_PLACES = 6;
const MOST_ENTRIES = 2;

const RANK = { flash: 0, major: 1, routine: 2, background: 3 } as const;
const gravest = (a: EntryState, b: EntryState): number =>
  RANK[a.entry.severity] - RANK[b.entry.severity] || b.added.seq - a.added.seq;

/** What a map shows, in words: the places with the gravest entries, and how many each has. */
export function composePlaces(known: Known, asked: Asked & Filter, days: string): Document {
  const { situation } = known.picture;
  const name = namer(known);
  const places = new Map<string, EntryState[]>();
  for (const state of select(known.picture, asked)) {
    const { place } = state.entry;
    if (place !== undefined) places.set(place, [...(places.get(place) ?? []), state]);
  }
  const sorted = [...places]
    .map(([id, states]) => ({ id, states: states.sort(gravest) }))
    .sort((a, b) => gravest(a.states[0] as EntryState, b.states[0] as EntryState));
  const sections = sorted.slice(0, MOST_PLACES).map(
    ({ id, states }): Section => ({
      id: `place-${id}`,
      heading: `${placeOf(situation, id)?.name ?? id} (${states.length})`,
      lines: states.slice(0, MOST_ENTRIES).map((s) => entryLine(known, s, name)),
    }),
  );
  return frame(known, asked, {
    kind: 'map',
    about: days === '' ? 'map' : `map, ${days}`,
    sections,
    empty: 'No entry with a place is recorded for this question.',
    notes:
      sorted.length > MOST_PLACES
        ? [`${sorted.length - MOST_PLACES} more places are on the map; /timeline lists every entry.`]
        : [],
    follows: [
      { label: 'Brief', command: 'brief', args: {} },
      { label: 'Timeline', command: 'timeline', args: {} },
    ],
  });
}
