import type { Place, Situation } from '../../model/situation.ts';
import { once } from '../once.ts';

/** How far a point may be off, by the precision of its place, in km; undefined: too coarse to say what is the same place. */
const RADIUS: Readonly<Record<Place['precision'], number | undefined>> = {
  exact: 2,
  near: 25,
  adm2: 40,
  adm1: undefined,
  region: undefined,
  country: undefined,
  sea_air: undefined,
};
/** Two of the widest apart; one degree of latitude is more than this, so that near places lie in neighbouring cells. */
const REACH = 80;
const EARTH_KM = 6371;
const DEGREE_KM = 111;

interface Point {
  readonly lat: number;
  readonly lon: number;
}
const pointOf = ({ lat, lon }: Place): Point | undefined =>
  lat === undefined || lon === undefined ? undefined : { lat, lon };

function distance(a: Point, b: Point): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (x: number): number => Math.sin(x / 2) ** 2;
  const h = half(rad(b.lat - a.lat)) + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * half(rad(b.lon - a.lon));
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Degrees of longitude that hold REACH at this latitude; near a pole all of them do. */
const width = (lat: number): number => {
  const km = DEGREE_KM * Math.cos((Math.min(89.9, Math.abs(lat) + 1) * Math.PI) / 180);
  return km > 1 ? Math.min(360, REACH / km) : 360;
};

/**
 * Place id → the places that may be the same spot within their precision, itself among them. Places of a province or
 * coarser say nothing of where, and have none. By bands of latitude, so that a gazetteer of thousands is no matter.
 */
export const neighbours = once(({ places }: Situation): ReadonlyMap<string, readonly string[]> => {
  const fine = places.filter((p) => RADIUS[p.precision] !== undefined);
  const bands = new Map<number, Place[]>();
  for (const place of fine) {
    const point = pointOf(place);
    if (!point) continue;
    const band = Math.floor(point.lat);
    const known = bands.get(band);
    if (known) known.push(place);
    else bands.set(band, [place]);
  }
  for (const band of bands.values()) band.sort((a, b) => (a.lon ?? 0) - (b.lon ?? 0));
  return new Map(fine.map((place) => [place.id, nearTo(place, bands)]));
});

/** Fine place → the first of all to which a way leads over places that may be the same spot. */
export const neighbourhoods = once((situation: Situation): ReadonlyMap<string, string> => {
  const near = neighbours(situation);
  const first = new Map<string, string>();
  for (const start of near.keys()) {
    const open = first.has(start) ? [] : [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (first.has(id)) continue;
      first.set(id, start);
      open.push(...(near.get(id) ?? []));
    }
  }
  return first;
});

function nearTo(place: Place, bands: ReadonlyMap<number, readonly Place[]>): readonly string[] {
  const point = pointOf(place);
  if (!point) return [place.id];
  const found = new Set([place.id]);
  const reach = width(point.lat);
  for (const lat of [-1, 0, 1]) {
    const band = bands.get(Math.floor(point.lat) + lat) ?? [];
    // Once more around the world, for places on both sides of the date line.
    for (const turn of [-360, 0, 360])
      for (let i = firstFrom(band, point.lon + turn - reach); i < band.length; i++) {
        const other = band[i] as Place;
        const at = pointOf(other) as Point;
        if (at.lon > point.lon + turn + reach) break;
        if (distance(point, at) <= (RADIUS[place.precision] ?? 0) + (RADIUS[other.precision] ?? 0)) found.add(other.id);
      }
  }
  return [...found];
}

/** Index of the first place that lies at this longitude or east of it. */
function firstFrom(band: readonly Place[], lon: number): number {
  let low = 0;
  let high = band.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((band[middle]?.lon ?? 0) < lon) low = middle + 1;
    else high = middle;
  }
  return low;
}
