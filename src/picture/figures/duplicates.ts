import type { Place, Situation } from '../../model/situation.ts';
import { dayOf } from '../../model/time.ts';
import type { EntryState, Picture } from '../picture.ts';
import { placeOf } from '../select.ts';
import { numberOf } from '../status.ts';

/** How far a point may be off, by the precision of its place, in km. */
const RADIUS: Readonly<Record<Place['precision'], number>> = {
  exact: 2,
  near: 25,
  adm2: 40,
  adm1: 120,
  region: 300,
  country: 1000,
  sea_air: 1000,
};
/** Finer than this a shared place says nothing: half a country away is not the same event. */
const COARSEST = 60;
const EARTH_KM = 6371;
const DAY = 86_400_000;

function distance(a: Place, b: Place): number | undefined {
  if (a.lat === undefined || a.lon === undefined || b.lat === undefined || b.lon === undefined) return undefined;
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (x: number): number => Math.sin(x / 2) ** 2;
  const h = half(rad(b.lat - a.lat)) + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * half(rad(b.lon - a.lon));
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

function near(situation: Situation, a: EntryState, b: EntryState): boolean {
  const [x, y] = [placeOf(situation, a.entry.place), placeOf(situation, b.entry.place)];
  if (!x || !y || Math.max(RADIUS[x.precision], RADIUS[y.precision]) > COARSEST) return false;
  if (x.id === y.id) return true;
  const km = distance(x, y);
  return km !== undefined && km <= RADIUS[x.precision] + RADIUS[y.precision];
}

const last = (s: EntryState): number => Date.parse(dayOf(s.entry.occurred.to ?? s.entry.occurred.from));
const first = (s: EntryState): number => Date.parse(dayOf(s.entry.occurred.from));

/** A shared actor, or none named on one side: silence is not a difference. */
function sharedActor(a: EntryState, b: EntryState): boolean {
  const actors = (s: EntryState): readonly string[] =>
    s.entry.parties.filter((p) => p.role === 'actor').map((p) => p.party);
  const [x, y] = [actors(a), actors(b)];
  return x.length === 0 || y.length === 0 || x.some((p) => y.includes(p));
}

const typeOf = (s: EntryState): string => s.entry.category ?? s.entry.kind;

/**
 * R19: pairs of events that may be one, since day, place (within precision), type and an actor fit. Pairs that are linked
 * already, in whatever way, were decided or are being decided. A person decides; until then a total is provisional.
 */
export function suspectedDuplicates(
  picture: Picture,
  states: Iterable<EntryState>,
): readonly (readonly [string, string])[] {
  const events = [...states]
    .filter((s) => !s.retracted && s.entry.place !== undefined)
    .sort((a, b) => first(a) - first(b) || numberOf(a.entry.id) - numberOf(b.entry.id));
  const linked = new Set(picture.links.flatMap(({ link }) => [`${link.from} ${link.to}`, `${link.to} ${link.from}`]));
  const pairs: (readonly [string, string])[] = [];
  for (const [i, a] of events.entries())
    for (let j = i + 1; j < events.length; j++) {
      const b = events[j] as EntryState;
      // Sorted by start: from here on everything begins more than a day after this one ended.
      if (first(b) > last(a) + DAY) break;
      if (first(b) > last(a) || typeOf(a) !== typeOf(b) || linked.has(`${a.entry.id} ${b.entry.id}`)) continue;
      if (sharedActor(a, b) && near(picture.situation, a, b)) pairs.push([a.entry.id, b.entry.id]);
    }
  return pairs;
}
