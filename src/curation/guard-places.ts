import type { Known } from '../briefing/tell.ts';
import type { Place, Situation } from '../model/situation.ts';
import { once } from '../picture/once.ts';
import { placeOf } from '../picture/select.ts';
import type { Finding, Touched } from './finding.ts';

/** A situation of one town has neighbours, too: nearer than this nothing is far. */
const NEAR_KM = 150;
const TIMES = 2.5;
const FEWEST = 4;
const EARTH_KM = 6371;

interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Kilometres between two points of the earth. */
export function kilometres(a: Point, b: Point): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (x: number): number => Math.sin(x / 2) ** 2;
  const h = half(rad(b.lat - a.lat)) + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * half(rad(b.lon - a.lon));
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

const pointOf = ({ lat, lon }: Place): Point | undefined =>
  lat === undefined || lon === undefined ? undefined : { lat, lon };
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/**
 * Where a situation is: the middle of its places, and how far from there nine of ten of them lie. Of points that are all
 * on one side of the date line; undefined where there are too few to say.
 */
const middle = once((situation: Situation): { readonly at: Point | undefined; readonly reach: number } => {
  const points = situation.places.flatMap((p) => pointOf(p) ?? []);
  if (points.length < FEWEST) return { at: undefined, reach: 0 };
  const at = { lat: median(points.map((p) => p.lat)), lon: median(points.map((p) => p.lon)) };
  const distances = points.map((p) => kilometres(at, p)).sort((a, b) => a - b);
  return { at, reach: distances[Math.floor(distances.length * 0.9) - 1] ?? 0 };
});

/** How far a point lies from where a situation is, in km, if that is far; undefined where it is not. */
export function farFrom(situation: Situation, point: Point): number | undefined {
  const { at, reach } = middle(situation);
  const away = at && kilometres(at, point);
  return away !== undefined && away > Math.max(NEAR_KM, reach * TIMES) ? away : undefined;
}

/** A place far from where the situation is: perhaps another one of that name was meant. */
export function placeGuards(
  { entry, before, reports, was }: Touched,
  { picture: { situation } }: Known,
): readonly Finding[] {
  const old = new Set([before?.entry.place, ...was.flatMap((r) => r.figures.map((f) => f.scope.area))]);
  const ids = new Set([entry?.place, ...reports.flatMap((r) => r.figures.map((f) => f.scope.area))]);
  return [...ids].flatMap((id): readonly Finding[] => {
    const place = old.has(id) ? undefined : placeOf(situation, id);
    const point = place && pointOf(place);
    const away = point && farFrom(situation, point);
    return place && away !== undefined
      ? [
          {
            guard: 'place',
            saw: `${place.name} lies about ${Math.round(away / 10) * 10} km from where ${situation.title} is.`,
          },
        ]
      : [];
  });
}
