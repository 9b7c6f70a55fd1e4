import type { Place, Situation } from '../model/situation.ts';
import { localDay } from '../model/time.ts';
import type { EntryState, Picture } from './picture.ts';

/** Which entries are asked for. Days are inclusive, of the situation's own zone; `place` takes in all that lies within it. */
export interface Filter {
  readonly from?: string;
  readonly to?: string;
  readonly place?: string;
  readonly party?: string;
  readonly kind?: string;
}

const gazetteers = new WeakMap<Situation, ReadonlyMap<string, Place>>();

/** The place of an id; of two with one id the first. */
export function placeOf(situation: Situation, id: string | undefined): Place | undefined {
  if (id === undefined) return undefined;
  let places = gazetteers.get(situation);
  if (!places) {
    places = new Map([...situation.places].reverse().map((p) => [p.id, p]));
    gazetteers.set(situation, places);
  }
  return places.get(id);
}

/** Whether a place is the other or lies within it. The data are checked to hold no circle; the bound keeps a bad one from looping. */
export function liesIn(situation: Situation, id: string | undefined, container: string): boolean {
  let at = id;
  for (let depth = 0; at !== undefined && depth < 16; depth++) {
    if (at === container) return true;
    at = placeOf(situation, at)?.within;
  }
  return false;
}

export function matches(situation: Situation, state: EntryState, filter: Filter): boolean {
  const { entry } = state;
  const from = localDay(entry.occurred.from, situation.zone);
  const to = localDay(entry.occurred.to ?? entry.occurred.from, situation.zone);
  return (
    (filter.from === undefined || to >= filter.from) &&
    (filter.to === undefined || from <= filter.to) &&
    (filter.place === undefined || liesIn(situation, entry.place, filter.place)) &&
    (filter.party === undefined || entry.parties.some((p) => p.party === filter.party)) &&
    (filter.kind === undefined || entry.kind === filter.kind)
  );
}

/** Entries that stand (not retracted), by event time, then id. */
export function select(picture: Picture, filter: Filter = {}): readonly EntryState[] {
  return [...picture.entries.values()]
    .filter((s) => !s.retracted && matches(picture.situation, s, filter))
    .sort(byTime);
}

export function byTime(a: EntryState, b: EntryState): number {
  const [x, y] = [a.entry.occurred.from, b.entry.occurred.from];
  if (x !== y) return x < y ? -1 : 1;
  return Number(a.entry.id.slice(1)) - Number(b.entry.id.slice(1));
}
