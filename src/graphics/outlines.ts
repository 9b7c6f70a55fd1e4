import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { GeoGeometryObjects } from 'd3-geo';
import type { GeometryCollection, Topology } from 'topojson-specification';

export interface Country {
  readonly name: string;
  readonly shape: GeoGeometryObjects;
}

/** West, south, east, north, in degrees; east of 180 where a view lies across the date line. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The countries whose outline may touch the bounds. */
export type Outlines = (view: Bounds) => readonly Country[];

/** How fine the outlines are: 1:10 million for a region, 1:50 million for a continent. */
export type Detail = '10m' | '50m';

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;
type Ring = number[];

const touches = ([w, s, e, n]: Bounds, [west, south, east, north]: Bounds): boolean =>
  s <= north && n >= south && [-360, 0, 360].some((turn) => w + turn <= east && e + turn >= west);

const NOWHERE: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
const around = (all: readonly Bounds[]): Bounds => [
  Math.min(...all.map(([w]) => w)),
  Math.min(...all.map(([, s]) => s)),
  Math.max(...all.map(([, , e]) => e)),
  Math.max(...all.map(([, , , n]) => n)),
];

/** The bounds of every arc; arcs are stored as differences of whole numbers. */
function arcBounds({ arcs, transform }: Atlas): readonly Bounds[] {
  const { scale, translate } = transform ?? { scale: [1, 1], translate: [0, 0] };
  return arcs.map((arc) => {
    let [x, y, w, s, e, n] = [0, 0, Infinity, Infinity, -Infinity, -Infinity];
    for (const [dx = 0, dy = 0] of arc) {
      [x, y] = [x + dx, y + dy];
      [w, s, e, n] = [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)];
    }
    return [
      w * scale[0] + translate[0],
      s * scale[1] + translate[1],
      e * scale[0] + translate[0],
      n * scale[1] + translate[1],
    ];
  });
}

const nameOf = (properties: { readonly name?: string } | undefined): string => properties?.name ?? '';

async function load(detail: Detail): Promise<Outlines> {
  const [{ feature }, atlas] = await Promise.all([
    import('topojson-client'),
    readFile(createRequire(import.meta.url).resolve(`world-atlas/countries-${detail}.json`), 'utf8'),
  ]);
  // The arcs stay packed as they were read; a country is unpacked when a map needs it.
  const topology = JSON.parse(atlas) as Atlas;
  const bounds = arcBounds(topology);
  const boundsOf = (ring: Ring): Bounds => around(ring.flatMap((arc) => [bounds[arc < 0 ? ~arc : arc] ?? NOWHERE]));
  const known = topology.objects.countries.geometries.map((geometry) => {
    const polygons: readonly Ring[][] =
      geometry.type === 'MultiPolygon' ? geometry.arcs : geometry.type === 'Polygon' ? [geometry.arcs] : [];
    return {
      name: nameOf(geometry.properties),
      polygons: polygons.flatMap((rings) => (rings[0] ? [{ rings, bounds: boundsOf(rings[0]) }] : [])),
    };
  });
  return (view) =>
    known.flatMap(({ name, polygons }) => {
      const arcs = polygons.filter((polygon) => touches(polygon.bounds, view)).map(({ rings }) => rings);
      if (arcs.length === 0) return [];
      const { geometry } = feature(topology, { type: 'MultiPolygon', arcs });
      return [{ name, shape: geometry }];
    });
}

const loaded = new Map<Detail, Promise<Outlines>>();

/** Outlines of the countries from Natural Earth (public domain), read from disk at the first call. */
export function loadOutlines(detail: Detail): Promise<Outlines> {
  const known = loaded.get(detail);
  if (known) return known;
  const loading = load(detail).catch((error: unknown) => {
    loaded.delete(detail);
    throw error;
  });
  loaded.set(detail, loading);
  return loading;
}
