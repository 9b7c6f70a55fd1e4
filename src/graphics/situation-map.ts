import type { GeoProjection } from 'd3-geo';
import { countTicks } from './axes.ts';
import type { Box } from './boxes.ts';
import { crowd } from './boxes.ts';
import { footing, heading } from './heading.ts';
import { drawLand, LAND, landsOf, nameBoxes } from './land.ts';
import { mapAlt, unplacedWords } from './map-alt.ts';
import type { MapPlace, SituationMap, Weight } from './map-data.ts';
import { RADIUS_KM } from './map-data.ts';
import type { Placed } from './map-labels.ts';
import { leaders, nameSpots } from './map-labels.ts';
import type { Bounds } from './outlines.ts';
import { loadOutlines } from './outlines.ts';
import type { Svg } from './svg.ts';
import { digits, el, FAINT, INK, PAPER, picture, WIDTH, words } from './svg.ts';
import { fitted, printable, widthOf } from './text.ts';
import type { Picture } from './toll-data.ts';

const HEIGHT = 620;
const SEA = '#dde5e8';
const PLACE = '#a3210f';
const KM_PER_DEGREE = 111.195;
/** A single place is shown with its surroundings, not with its streets. */
const LEAST_KM = 60;
const RADIUS: Readonly<Record<Weight, number>> = { flash: 15, major: 12, routine: 9, background: 7 };

interface Spot extends Placed {
  readonly place: MapPlace;
  readonly circle: string | undefined;
}

/** Degrees east of `west`, so that points on both sides of the date line lie together. */
function westmost(places: readonly MapPlace[]): number {
  const sorted = places.map(({ lon }) => lon).sort((a, b) => a - b);
  // The widest empty stretch is the one to cut the globe in.
  let [west, gap] = [sorted[0] ?? 0, (sorted[0] ?? 0) + 360 - (sorted.at(-1) ?? 0)];
  for (const [i, lon] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next !== undefined && next - lon > gap) [west, gap] = [next, next - lon];
  }
  return west;
}

/** What must be in view: every place with the circle in which it lies, and some surroundings. */
function extentOf(places: readonly MapPlace[]): Bounds {
  const west = westmost(places);
  const boxes = places.map(({ lat, lon, precision }) => {
    const high = Math.max(RADIUS_KM[precision], LEAST_KM / 2) / KM_PER_DEGREE;
    const wide = high / Math.max(0.1, Math.cos((lat * Math.PI) / 180));
    const east = west + ((((lon - west) % 360) + 360) % 360);
    return [east - wide, Math.max(-80, lat - high), east + wide, Math.min(84, lat + high)] as const;
  });
  return [
    Math.min(...boxes.map(([w]) => w)),
    Math.min(...boxes.map(([, s]) => s)),
    Math.max(...boxes.map(([, , e]) => e)),
    Math.max(...boxes.map(([, , , n]) => n)),
  ];
}

function drawSpot({ place, x, y, radius, circle }: Spot): Svg {
  if (circle === undefined)
    return el('circle', {
      cx: x,
      cy: y,
      r: radius,
      fill: PLACE,
      'fill-opacity': 0.9,
      stroke: PAPER,
      'stroke-width': 2.5,
    });
  const grave = place.severity === 'flash' || place.severity === 'major';
  return el('path', {
    d: circle,
    fill: PLACE,
    'fill-opacity': grave ? 0.13 : 0.07,
    stroke: PLACE,
    'stroke-opacity': 0.75,
    'stroke-width': grave ? 2.5 : 1.5,
    'stroke-dasharray': '7 5',
  });
}

/** The names beside their marks, in the order given, each where there is room for it; and how many found none. */
function namesOf(
  spots: readonly Spot[],
  room: ReturnType<typeof crowd>,
): { readonly parts: readonly Svg[]; readonly unnamed: number } {
  const lines = leaders(spots.filter(({ circle }) => circle === undefined));
  const parts = spots.map((spot) => {
    const { name, severity, entries } = spot.place;
    const bold = severity === 'flash' || severity === 'major';
    const size = bold ? 23 : 21;
    const text = [fitted(printable(name), size, 360, bold), ...(entries > 1 ? [`(${entries})`] : [])];
    const at = room.place(nameSpots(spot, widthOf(text.join(' '), size, bold)), (box) => lines.fits(spot, box));
    if (!at) return [];
    lines.add(spot, at);
    const { leader } = at;
    const d = leader && `M${digits(spot.x)} ${digits(spot.y)}L${digits(leader.x)} ${digits(leader.y)}`;
    return [
      ...(d ? [el('path', { d, stroke: INK, 'stroke-width': 1.8 })] : []),
      words(text, { x: at.x, y: at.text, size, bold, rim: LAND }),
    ];
  });
  return { parts: parts.flat(), unnamed: parts.filter((p) => p.length === 0).length };
}

/** A bar of a round length, about a sixth of the picture wide. */
function scaleBar(kmPerUnit: number, bottom: number): { readonly parts: readonly Svg[]; readonly box: Box } {
  const most = kmPerUnit * 240;
  const km =
    countTicks(most, 1).findLast((n) => n <= most && n > 0) ??
    [500, 200, 100, 50, 20, 10, 5, 2].find((n) => n <= most) ??
    1;
  const length = km / kmPerUnit;
  const [x, y] = [24, bottom - 22];
  return {
    parts: [
      el('path', {
        d: `M${x} ${digits(y - 9)}v9h${digits(length)}v-9`,
        fill: 'none',
        stroke: INK,
        'stroke-width': 2.5,
      }),
      words(`${km} km`, { x: x + length / 2, y: y - 12, size: 21, anchor: 'middle', rim: LAND }),
    ],
    box: { x: 0, y: y - 40, width: length + 40, height: 62 },
  };
}

/** Where it happened, as markup and in words; nothing is drawn finer than it is known. Reads the outlines from disk at the first call. */
export async function situationMap(data: SituationMap): Promise<Picture> {
  const alt = mapAlt(data);
  // Beyond these the projection runs off to infinity.
  const places = data.places.filter(({ lat }) => lat < 84 && lat > -80);
  const unplaced =
    data.unplaced + data.places.filter((p) => !places.includes(p)).reduce((n, { entries }) => n + entries, 0);
  const head = heading(data.title, data.subtitle);
  const below = unplaced > 0 ? [unplacedWords(unplaced)] : [];
  if (places.length === 0) {
    const foot = footing(head.height + 210, [...below, ...(data.note ? [data.note] : [])]);
    const middle = words('No place is known with a point', {
      x: WIDTH / 2,
      y: head.height + 120,
      size: 34,
      anchor: 'middle',
      fill: FAINT,
    });
    return { svg: picture(head.height + 210 + foot.height, [...head.parts, middle, ...foot.parts]), alt };
  }

  const geo = await import('d3-geo');
  const [west, south, east, north] = extentOf(places);
  const [top, bottom] = [head.height + 8, head.height + 8 + HEIGHT];
  const projection: GeoProjection = geo
    .geoMercator()
    .rotate([-(west + east) / 2, 0])
    .fitExtent(
      [
        [110, top + 70],
        [WIDTH - 110, bottom - 70],
      ],
      {
        type: 'MultiPoint',
        coordinates: [
          [west, south],
          [east, north],
          [west, north],
          [east, south],
        ],
      },
    )
    .clipExtent([
      [-8, top - 8],
      [WIDTH + 8, bottom + 8],
    ]);
  const path = geo.geoPath(projection).digits(1);
  const corner = (x: number, y: number): readonly [number, number] => projection.invert?.([x, y]) ?? [0, 0];
  const wide = (360 * WIDTH) / (2 * Math.PI * projection.scale());
  const centre = (west + east) / 2;
  const view: Bounds = [centre - wide / 2, corner(WIDTH / 2, bottom)[1], centre + wide / 2, corner(WIDTH / 2, top)[1]];
  const lands = landsOf(geo, projection, (await loadOutlines(wide > 30 ? '50m' : '10m'))(view));

  const frame = { x: 6, y: top + 4, width: WIDTH - 12, height: HEIGHT - 8 };
  const room = crowd(frame);
  const middleLat = (view[1] + view[3]) / 2;
  const bar = scaleBar((wide / WIDTH) * KM_PER_DEGREE * Math.cos((middleLat * Math.PI) / 180), bottom);
  if (wide <= 30) room.take(bar.box);

  const small = places.length > 12 ? 0.75 : 1;
  const spots = places.map((place): Spot => {
    const [x, y] = projection([place.lon, place.lat]) ?? [0, 0];
    const km = RADIUS_KM[place.precision];
    if (km === 0) return { place, x, y, radius: RADIUS[place.severity] * small, wide: false, circle: undefined };
    const shape = geo
      .geoCircle()
      .center([place.lon, place.lat])
      .radius(km / KM_PER_DEGREE)();
    const [[, upper], [, lower]] = path.bounds(shape);
    const radius = Math.max(2, (lower - upper) / 2);
    return { place, x, y, radius, wide: radius > 20, circle: path(shape) ?? undefined };
  });
  for (const { x, y, radius, circle } of spots)
    if (circle === undefined) room.take({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
  const { parts: names, unnamed } = namesOf(spots, room);
  const countryNames = lands.flatMap((land) => {
    const text = printable(land.name).toLocaleUpperCase('en');
    const width = widthOf(text, 21) + text.length * 3;
    const place = room.place(nameBoxes(land, width, frame));
    return place ? [words(text, { x: place.x, y: place.y + 23, size: 21, fill: '#6f695d', spaced: 3, rim: LAND })] : [];
  });

  const circles = [...spots].filter(({ circle }) => circle !== undefined).sort((a, b) => b.radius - a.radius);
  const dots = [...spots].filter(({ circle }) => circle === undefined).sort((a, b) => b.radius - a.radius);
  const keys = [
    ...(places.some(({ entries }) => entries > 1) ? ['In brackets: number of entries.'] : []),
    ...(circles.length > 0 ? ['Dashed circle: somewhere within it.'] : []),
    ...(new Set(dots.map(({ radius }) => radius)).size > 1 ? ['Larger dot: graver.'] : []),
    ...(unnamed > 0 ? [`${unnamed} place${unnamed === 1 ? ' is' : 's are'} not named for want of room.`] : []),
  ].join(' ');
  const foot = footing(bottom, [
    ...(data.note ? [data.note] : []),
    [...below, keys].join(' '),
    'Outlines: Natural Earth, public domain; they take no position on borders.',
  ]);
  const clip = el('clipPath', { id: 'frame' }, [el('rect', { y: top, width: WIDTH, height: HEIGHT })]);
  return {
    svg: picture(bottom + foot.height, [
      el('defs', {}, [clip]),
      ...head.parts,
      el('rect', { y: top, width: WIDTH, height: HEIGHT, fill: SEA }),
      el('g', { 'clip-path': 'url(#frame)' }, [
        ...lands.map(drawLand),
        ...countryNames,
        ...circles.map(drawSpot),
        ...dots.map(drawSpot),
      ]),
      ...names,
      ...(wide <= 30 ? bar.parts : []),
      ...foot.parts,
    ]),
    alt,
  };
}
