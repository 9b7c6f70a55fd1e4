import type { EntryCore } from '../model/entry.ts';
import type { Place, Situation } from '../model/situation.ts';
import { localDay } from '../model/time.ts';
import { once } from './once.ts';
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

/** Places are checked to hold no circle; the bound keeps bad data from looping. */
const DEEPEST = 16;

/** Whether a place is the other or lies within it. */
export function liesIn(situation: Situation, id: string | undefined, container: string): boolean {
  let at = id;
  for (let depth = 0; at !== undefined && depth < DEEPEST; depth++) {
    if (at === container) return true;
    at = placeOf(situation, at)?.within;
  }
  return false;
}

/** Container → the places that lie in it, itself first. */
const insides = once((situation: Situation): ReadonlyMap<string, readonly string[]> => {
  const inside = new Map<string, Set<string>>();
  for (const { id } of situation.places) {
    let at: string | undefined = id;
    for (let depth = 0; at !== undefined && depth < DEEPEST; depth++) {
      const known = inside.get(at);
      if (known) known.add(id);
      else inside.set(at, new Set([at, id]));
      at = placeOf(situation, at)?.within;
    }
  }
  return new Map([...inside].map(([id, ids]) => [id, [...ids]]));
});

/** A place and all that lie within it: of these ids, and of no others, `liesIn` is true. */
export const placesIn = (situation: Situation, container: string): readonly string[] =>
  insides(situation).get(container) ?? [container];

/** When an entry happened, as days of the situation's calendar; worked out once for each wording of an entry. */
const daysOf = new WeakMap<EntryCore, { readonly zone: string; readonly from: string; readonly to: string }>();

export function days(entry: EntryCore, zone: string): { readonly from: string; readonly to: string } {
  const known = daysOf.get(entry);
  if (known?.zone === zone) return known;
  const { from, to = from } = entry.occurred;
  const made = { zone, from: localDay(from, zone), to: localDay(to, zone) };
  daysOf.set(entry, made);
  return made;
}

export function matches(situation: Situation, { entry }: EntryState, filter: Filter): boolean {
  return (
    (filter.from === undefined || days(entry, situation.zone).to >= filter.from) &&
    (filter.to === undefined || days(entry, situation.zone).from <= filter.to) &&
    (filter.place === undefined || liesIn(situation, entry.place, filter.place)) &&
    (filter.party === undefined || entry.parties.some((p) => p.party === filter.party)) &&
    (filter.kind === undefined || entry.kind === filter.kind)
  );
}

const standing = once((picture) => [...picture.entries.values()].filter((s) => !s.retracted).sort(byTime));

/** Entries that stand, by place, each list by time. */
const byPlace = once((picture): ReadonlyMap<string, readonly EntryState[]> => {
  const places = new Map<string, EntryState[]>();
  for (const state of standing(picture)) {
    if (state.entry.place === undefined) continue;
    const known = places.get(state.entry.place);
    if (known) known.push(state);
    else places.set(state.entry.place, [state]);
  }
  return places;
});

/** Entries that stand (not retracted), by event time, then id. */
export function select(picture: Picture, filter: Filter = {}): readonly EntryState[] {
  const { place, ...others } = filter;
  const { situation } = picture;
  if (Object.values(filter).every((v) => v === undefined)) return standing(picture);
  if (place === undefined) return standing(picture).filter((s) => matches(situation, s, others));
  return [...byPlace(picture)]
    .flatMap(([id, states]) =>
      liesIn(situation, id, place) ? states.filter((s) => matches(situation, s, others)) : [],
    )
    .sort(byTime);
}

export function byTime(a: EntryState, b: EntryState): number {
  const [x, y] = [a.entry.occurred.from, b.entry.occurred.from];
  if (x !== y) return x < y ? -1 : 1;
  return Number(a.entry.id.slice(1)) - Number(b.entry.id.slice(1));
}
