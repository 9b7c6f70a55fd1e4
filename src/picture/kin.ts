import { dayOf } from '../model/time.ts';
import { groupBy } from './figures/group-by.ts';
import { grown } from './grown.ts';
import { Layered } from './layered.ts';
import { once } from './once.ts';
import type { EntryState, Picture } from './picture.ts';
import { placesIn } from './select.ts';
import type { Said, Series } from './series.ts';
import { isSingle, saidBy, saidIn, seriesAmong, seriesKey, seriesOf } from './series.ts';
import { entriesIn, ofSituation } from './touches.ts';

/** Running counts that are told together: one originator's, of one measure, start and area, of all groups. */
export const kinKey = ({ originator, figure: { measure, mode, scope } }: Said): string =>
  [measure, originator, mode === 'stock' ? 'stock' : dayOf(scope.from), scope.area ?? ''].join('|');
const measureIn = (key: string): string => key.slice(0, key.indexOf('|'));

/** The entries whose live figures are of one kin, in the order in which they were recorded. */
interface Kin {
  readonly entries: readonly string[];
  /** Worked out when first asked for; holds as long as none of the entries is touched. */
  series?: readonly Series[];
  /** The series before some of its entries were touched: what the others say stays in its order. */
  readonly base?: { readonly series: readonly Series[]; readonly touched: ReadonlySet<string> };
}

const NOBODY: readonly Said[] = [];
const living = (state: EntryState | undefined): readonly Said[] => (!state || state.retracted ? NOBODY : saidBy(state));

const keysOf = (state: EntryState | undefined): ReadonlySet<string> =>
  new Set(living(state).flatMap((said) => (isSingle(said) ? [] : [kinKey(said)])));

/** The kins to which figures of the entry ever belonged. */
function keysEver(state: EntryState): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { what, ...mark } of state.versions) {
    const reports =
      what.kind === 'entry.added'
        ? what.reports
        : what.kind === 'report.amended'
          ? [what.after]
          : what.kind === 'report.added'
            ? [what.report]
            : [];
    for (const report of reports)
      for (const said of saidIn({ report, added: mark }, state.entry.id)) if (!isSingle(said)) keys.add(kinKey(said));
  }
  return keys;
}

type Index = Layered<Kin>;

function indexAll(picture: Picture): Index {
  const lists = new Map<string, string[]>();
  for (const state of picture.entries.values())
    for (const key of keysOf(state)) {
      const known = lists.get(key);
      if (known) known.push(state.entry.id);
      else lists.set(key, [state.entry.id]);
    }
  return new Layered<Kin>().with(new Map([...lists].map(([key, entries]) => [key, { entries }])));
}

const addedAt = ({ entries }: Picture, id: string): number => entries.get(id)?.added.seq ?? 0;

/** These entries in the order in which they were recorded, where they have living figures of the kin. */
function members(picture: Picture, key: string, ids: Iterable<string>): readonly string[] {
  return [...new Set(ids)]
    .filter((id) => keysOf(picture.entries.get(id)).has(key))
    .sort((a, b) => addedAt(picture, a) - addedAt(picture, b));
}

function indexAfter(known: Index, picture: Picture, touched: ReadonlySet<string>): Index {
  const moved = new Map<string, Set<string>>();
  for (const id of touched) {
    const state = picture.entries.get(id);
    for (const key of state ? keysEver(state) : [])
      if (moved.get(key)?.add(id) === undefined) moved.set(key, new Set([id]));
  }
  const kins = new Map<string, Kin>();
  for (const [key, ids] of moved) {
    const stay = (known.get(key)?.entries ?? []).filter((id) => !ids.has(id));
    const come = members(picture, key, ids);
    const last = stay.at(-1);
    const atEnd = last === undefined || come.every((id) => addedAt(picture, id) > addedAt(picture, last));
    const entries = [...stay, ...come];
    const base = known.get(key)?.series;
    kins.set(key, {
      entries: atEnd ? entries : entries.sort((a, b) => addedAt(picture, a) - addedAt(picture, b)),
      ...(base && { base: { series: base, touched: ids } }),
    });
  }
  return known.with(kins);
}

// What is told of series names places and days: in another situation none of them is what it was.
const indexOf = grown(indexAll, (known, picture, touches) =>
  ofSituation(touches) ? indexAll(picture) : indexAfter(known, picture, entriesIn(touches)),
);

function* livingIn(picture: Picture, entries: readonly string[], key: string): Generator<Said> {
  for (const id of entries)
    for (const said of living(picture.entries.get(id))) if (!isSingle(said) && kinKey(said) === key) yield said;
}

/** Where a value stands among all figures of the picture: its entry's record, its place in the entry. */
function placeOf(picture: Picture, values: readonly Said[]): readonly [number, number] {
  let first = values[0] as Said;
  let seq = addedAt(picture, first.entry);
  let at = living(picture.entries.get(first.entry)).indexOf(first);
  for (const value of values) {
    if (value.entry === first.entry) {
      const place = living(picture.entries.get(value.entry)).indexOf(value);
      if (place < at) at = place;
      continue;
    }
    const added = addedAt(picture, value.entry);
    if (added > seq) continue;
    first = value;
    seq = added;
    at = living(picture.entries.get(value.entry)).indexOf(value);
  }
  return [seq, at];
}

const byPlace = (a: { readonly place: readonly [number, number] }, b: typeof a): number =>
  a.place[0] - b.place[0] || a.place[1] - b.place[1];

/** The series of a kin in a picture, made of those of another picture, from which it differs in these entries. */
function regrown(
  picture: Picture,
  key: string,
  series: readonly Series[],
  touched: ReadonlySet<string>,
): readonly Series[] {
  const fresh = new Map<string, Said[]>();
  for (const said of livingIn(picture, members(picture, key, touched), key)) {
    const known = fresh.get(seriesKey(said));
    if (known) known.push(said);
    else fresh.set(seriesKey(said), [said]);
  }
  const made: Series[] = [];
  for (const old of series) {
    const come = fresh.get(old.key);
    fresh.delete(old.key);
    const moved = come !== undefined || old.values.some((v) => touched.has(v.entry));
    const values = moved ? [...old.values.filter((v) => !touched.has(v.entry)), ...(come ?? [])] : old.values;
    if (!moved) made.push(old);
    else if (values.length > 0) made.push(seriesOf(old.key, values));
  }
  for (const [of, values] of fresh) made.push(seriesOf(of, values));
  return made
    .map((one) => ({ one, place: placeOf(picture, one.values) }))
    .sort(byPlace)
    .map(({ one }) => one);
}

function seriesIn(picture: Picture, key: string, kin: Kin): readonly Series[] {
  kin.series ??= kin.base
    ? regrown(picture, key, kin.base.series, kin.base.touched)
    : seriesAmong(livingIn(picture, kin.entries, key));
  return kin.series;
}

const byMeasure = once((index: Index) => groupBy(index, ([key]) => measureIn(key)));

/**
 * Running counts of a measure, told together: the series of each kin, as `tollsOf` has them, in the order of their first
 * figures; where a place is given, those of areas in it. The kins are in no order of the picture. A later picture has the
 * very same one while nothing touches its entries.
 */
export function kinsOf(picture: Picture, measure: string, place?: string): readonly (readonly Series[])[] {
  const kins = byMeasure(indexOf(picture)).get(measure);
  // Of words that readers make up nothing is kept.
  if (!kins) return [];
  const told = toldTogether(kins, picture);
  return place === undefined ? told : placesIn(picture.situation, place).flatMap((id) => byArea(told).get(id) ?? []);
}

const byArea = once((kins: readonly (readonly Series[])[]) => groupBy(kins, ([any]) => any?.area ?? ''));

const toldTogether = once((kins: readonly (readonly [string, Kin])[], picture: Picture) =>
  kins.flatMap(([key, kin]) => (kin.entries.length > 0 ? [seriesIn(picture, key, kin)] : [])),
);

/** A kin in two pictures: its series as they were, and as they are. */
export interface MovedKin {
  readonly was: readonly Series[];
  readonly is: readonly Series[];
}

/**
 * Running counts that these entries have or had a part in, in the order of their first figures. Costs by the entries
 * and their kin, not by what is stored, once the picture or an earlier one of its history was asked.
 */
export function movedKins(then: Picture | undefined, now: Picture, entries: ReadonlySet<string>): readonly MovedKin[] {
  const index = indexOf(now);
  const before = then && (indexOf.known(then) ?? (then.touches.line === now.touches.line ? undefined : indexOf(then)));
  const moved = new Map<string, Set<string>>();
  for (const id of entries) {
    const state = now.entries.get(id);
    for (const key of state ? keysEver(state) : [])
      if (moved.get(key)?.add(id) === undefined) moved.set(key, new Set([id]));
  }
  const found = [...moved].flatMap(([key, touched]) => {
    const kin = index.get(key);
    if (!kin || kin.entries.length === 0) return [];
    const is = seriesIn(now, key, kin);
    const old = before?.get(key);
    const was = !then ? [] : before ? (old ? seriesIn(then, key, old) : []) : regrown(then, key, is, touched);
    return [{ place: placeOf(now, is[0]?.values ?? []), is, was }];
  });
  return found.sort(byPlace);
}

/** The series that a running count belongs to, as it is known now; undefined where it begins one. Single events have none. */
export function seriesFor(picture: Picture, said: Said): Series | undefined {
  if (isSingle(said)) return undefined;
  const key = kinKey(said);
  const kin = indexOf(picture).get(key);
  if (!kin || kin.entries.length === 0) return undefined;
  return seriesIn(picture, key, kin).find((series) => series.key === seriesKey(said));
}
