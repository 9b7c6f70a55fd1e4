import type { EntryCore } from '../../model/entry.ts';
import type { Situation } from '../../model/situation.ts';
import { grown } from '../grown.ts';
import { Layered } from '../layered.ts';
import { once } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import type { Filter } from '../select.ts';
import { days, liesIn, placesIn } from '../select.ts';
import { isSingle, saidBy } from '../series.ts';
import type { Touch } from '../touches.ts';
import { entriesIn, linksIn, ofSituation } from '../touches.ts';
import { neighbourhoods } from './near.ts';

/**
 * Entries that have nothing to do with those of any other region: no link leads from one to the other, and none may be
 * the same event as one there (R19), since they are of other months or no place of theirs is near. What is counted in a
 * region depends on its own entries, so that sums of regions add up. A region never changes: while nothing touches its
 * entries, later pictures have the very same one, and all that was worked out of it holds.
 */
export interface Region {
  /** The neighbourhood of the first of its homes. */
  readonly neighbourhood: string;
  /** Where its entries are: their neighbourhood in each month that they last. */
  readonly homes: readonly string[];
  /** Of which they say something, of single events. */
  readonly measures: readonly string[];
  /** Those that are linked or say something of a single event, in the order in which they were recorded. */
  readonly states: readonly EntryState[];
}

/** Home → its region; one without entries where nothing lives any more. */
export type Regions = Layered<Region>;

/** The month after one: "2024-12" → "2025-01". */
function monthAfter(month: string): string {
  const next = Number(month.slice(5)) + 1;
  if (next <= 12) return `${month.slice(0, 5)}${String(next).padStart(2, '0')}`;
  return `${String(Number(month.slice(0, 4)) + 1).padStart(4, '0')}-01`;
}

/**
 * Entries that may be one event share a home: some day of both, and a neighbourhood. Where a place is too coarse to say
 * that two are the same, or none is known, an entry lives alone.
 */
function homesOf(situation: Situation, entry: EntryCore): readonly string[] {
  const where = neighbourhoods(situation).get(entry.place ?? '');
  if (where === undefined) return [entry.id];
  const { from, to } = days(entry, situation.zone);
  const last = to.slice(0, 7);
  const homes: string[] = [];
  let month = from.slice(0, 7);
  do {
    homes.push(`${month} ${where}`);
    month = monthAfter(month);
  } while (month <= last);
  return homes;
}

/** The neighbourhood of an entry, or its place where that is too coarse to have one. */
const quarterOf = (situation: Situation, { place = '' }: EntryCore): string =>
  neighbourhoods(situation).get(place) ?? place;

/** All homes that an entry ever had. */
const homesEver = (situation: Situation, { versions }: EntryState): readonly string[] =>
  versions.flatMap(({ what }) =>
    what.kind === 'entry.added'
      ? homesOf(situation, what.entry)
      : what.kind === 'entry.amended'
        ? homesOf(situation, what.after)
        : [],
  );

const belongs = ({ linksOf }: Picture, state: EntryState): boolean =>
  (linksOf.get(state.entry.id)?.length ?? 0) > 0 || (!state.retracted && saidBy(state).some(isSingle));

function measuresOf(states: readonly EntryState[]): readonly string[] {
  const measures = new Set<string>();
  for (const state of states)
    if (!state.retracted) for (const said of saidBy(state)) if (isSingle(said)) measures.add(said.figure.measure);
  return [...measures];
}

/** A region that is being made. */
interface Draft {
  readonly homes: Set<string>;
  readonly states: Map<string, EntryState>;
}

/**
 * These regions with the touched entries as they are in a picture. Regions that were joined once stay one. `newest` is the
 * latest picture that these regions or the result are of: it knows all that was ever touched.
 */
function renewed(regions: Regions, picture: Picture, touched: Iterable<string>, newest = picture): Regions {
  const { situation, entries, linksOf } = picture;
  const drafts = new Map<string, Draft>();
  const open = (home: string): Draft => {
    const known = drafts.get(home);
    if (known) return known;
    const { homes = [home], states = [] } = regions.get(home) ?? {};
    const draft = { homes: new Set(homes), states: new Map(states.map((s) => [s.entry.id, s])) };
    for (const one of homes) drafts.set(one, draft);
    return draft;
  };
  const join = (a: Draft, b: Draft): Draft => {
    if (a === b) return a;
    const [into, from] = a.states.size < b.states.size ? [b, a] : [a, b];
    for (const [id, state] of from.states) into.states.set(id, state);
    for (const home of from.homes) {
      into.homes.add(home);
      drafts.set(home, into);
    }
    return into;
  };
  for (const id of touched) {
    const known = newest.entries.get(id);
    if (!known) continue;
    // Where it was, and whatever hangs on it there, is worked out anew, also if it is no longer there.
    for (const home of homesEver(situation, known))
      if (regions.has(home) || drafts.has(home)) open(home).states.delete(id);
    const state = entries.get(id);
    if (!state || !belongs(picture, state)) continue;
    const ends = (linksOf.get(id) ?? []).flatMap(({ link }) => [link.from, link.to]);
    const linked = ends.flatMap((end) => entries.get(end) ?? []);
    const homes = [state, ...linked].flatMap((s) => homesOf(situation, s.entry));
    const [first, ...rest] = homes.map(open);
    if (first) rest.reduce((a, b) => join(a, b), first).states.set(id, state);
  }
  const next = new Map<string, Region>();
  for (const draft of new Set(drafts.values())) {
    const homes = [...draft.homes];
    const states = [...draft.states.values()].sort((a, b) => a.added.seq - b.added.seq);
    const neighbourhood = states[0] ? quarterOf(situation, states[0].entry) : '';
    const region = { neighbourhood, homes, measures: measuresOf(states), states };
    for (const home of homes) next.set(home, region);
  }
  return regions.with(next);
}

/** The entries of which these touches may have changed what they count for. */
const among = (touches: readonly Touch[]): ReadonlySet<string> =>
  new Set([...entriesIn(touches), ...[...linksIn(touches)].flatMap(({ link }) => [link.from, link.to])]);

const everything = (picture: Picture): Regions => renewed(new Layered(), picture, picture.entries.keys());

/** The regions of a picture by home. */
export const regionsOf = grown(everything, (before, picture, touches) =>
  // Another gazetteer or other sides: nothing that was worked out holds.
  ofSituation(touches) ? everything(picture) : renewed(before, picture, among(touches)),
);

/** The regions of an earlier picture, made of those of a later one by what was touched since. */
function regionsAt(then: Picture, now: Picture, touches: readonly Touch[]): Regions {
  const known = regionsOf.known(then);
  if (known || ofSituation(touches)) return known ?? regionsOf(then);
  return renewed(regionsOf(now), then, among(touches), now);
}

/** Regions of an earlier and of a later picture. */
export interface Moved {
  readonly was: readonly Region[];
  readonly is: readonly Region[];
}

/**
 * The regions of an earlier picture that are others in a later one, and what stands in their place there: the same
 * entries are in all of `was` and in all of `is`, but for those that came or went. Costs by what was touched.
 */
export function movedSince(then: Picture, now: Picture, before?: Regions): Moved {
  const touches = [...now.touches.since(then.seq)];
  const [old, regions] = [before ?? regionsAt(then, now, touches), regionsOf(now)];
  if (ofSituation(touches)) return { was: all(old), is: all(regions) };
  const homes = new Set<string>();
  for (const id of among(touches)) {
    const state = now.entries.get(id);
    if (state) for (const home of homesEver(now.situation, state)) homes.add(home);
  }
  const was = new Set<Region>();
  const is = new Set<Region>();
  // A set that grows while it is walked through: all homes of what is met are looked at too.
  const meet = (met: Set<Region>, region: Region | undefined): void => {
    if (!region || met.has(region)) return;
    met.add(region);
    for (const home of region.homes) homes.add(home);
  };
  for (const home of homes) {
    const [a, b] = [old.get(home), regions.get(home)];
    if (a === b) continue;
    meet(was, a);
    meet(is, b);
  }
  return { was: [...was], is: [...is] };
}

const all = once((regions: Regions): readonly Region[] => [...new Set(regions.values())].filter(isInhabited));
const isInhabited = ({ states }: Region): boolean => states.length > 0;

/** Which entries are asked for, by when and where they happened. */
export type Where = Pick<Filter, 'place' | 'from' | 'to'>;

const isLimited = ({ place, from, to }: Where): boolean =>
  place !== undefined || from !== undefined || to !== undefined;

/** How far a region reaches: where its entries are, the earliest day on which one ends, the latest on which one begins. */
const reachOf = once(({ states }: Region, { situation }: Picture) => {
  const places = new Set<string>();
  let placed = true;
  let [end, begin] = ['9999', ''];
  for (const { entry } of states) {
    if (entry.place === undefined) placed = false;
    else places.add(entry.place);
    const { from, to } = days(entry, situation.zone);
    if (to < end) end = to;
    if (from > begin) begin = from;
  }
  return { places, placed, end, begin };
});

/** Whether all entries of a region are asked for. */
export function liesWithin(picture: Picture, region: Region, where: Where): boolean {
  if (!isLimited(where)) return true;
  const { place, from, to } = where;
  const { places, placed, end, begin } = reachOf(region, picture);
  return (
    (from === undefined || end >= from) &&
    (to === undefined || begin <= to) &&
    (place === undefined || (placed && [...places].every((id) => liesIn(picture.situation, id, place))))
  );
}

const byPlace = once((regions: Regions, picture: Picture): ReadonlyMap<string, readonly Region[]> => {
  const places = new Map<string, Region[]>();
  for (const region of all(regions))
    for (const place of reachOf(region, picture).places) {
      const known = places.get(place);
      if (known) known.push(region);
      else places.set(place, [region]);
    }
  return places;
});

/** The regions of a picture; where a place is given, those that have entries in it. */
export function regionsIn(picture: Picture, place?: string): readonly Region[] {
  const regions = regionsOf(picture);
  if (place === undefined) return all(regions);
  const there = byPlace(regions, picture);
  const [first = [], ...others] = placesIn(picture.situation, place).flatMap((id) => {
    const known = there.get(id);
    return known ? [known] : [];
  });
  return others.length === 0 ? first : [...new Set([first, ...others].flat())];
}
