import type { GeoProjection } from 'd3-geo';
import type { Box } from './boxes.ts';
import type { Country, Outlines } from './outlines.ts';
import type { Svg } from './svg.ts';
import { digits, el } from './svg.ts';

export const LAND = '#f4f1e8';
const BORDER = '#a39d8f';

type Point = readonly [x: number, y: number];

/** A country as it lies in the picture. */
export interface Land {
  readonly name: string;
  readonly rings: readonly (readonly Point[])[];
}

/** The countries in the picture, each outline as plain points. */
export function landsOf(
  geo: typeof import('d3-geo'),
  projection: GeoProjection,
  countries: ReturnType<Outlines>,
): readonly Land[] {
  return countries.flatMap(({ name, shape }: Country) => {
    const rings: Point[][] = [];
    const add = (x: number, y: number): void => void rings.at(-1)?.push([x, y]);
    const begin = (x: number, y: number): void => void rings.push([[x, y]]);
    geo.geoPath(projection, { beginPath: () => {}, moveTo: begin, lineTo: add, closePath: () => {}, arc: () => {} })(
      shape,
    );
    return rings.length === 0 ? [] : [{ name, rings }];
  });
}

export function drawLand({ rings }: Land): Svg {
  const d = rings.map((ring) => `M${ring.map(([x, y]) => `${digits(x)} ${digits(y)}`).join('L')}Z`).join('');
  return el('path', { d, fill: LAND, stroke: BORDER, 'stroke-width': 1.6, 'stroke-linejoin': 'round' });
}

/** Whether the point lies on the country: a ray to the east crosses its outline an odd number of times. */
function contains({ rings }: Land, [px, py]: Point): boolean {
  let inside = false;
  for (const ring of rings) {
    let [ax, ay] = ring.at(-1) ?? [0, 0];
    for (const [x, y] of ring) {
      if (y > py !== ay > py && px < ((ax - x) * (py - y)) / (ay - y) + x) inside = !inside;
      [ax, ay] = [x, y];
    }
  }
  return inside;
}

/** Boxes for the name of a country that lie on it, those nearest to the middle of what is seen of it first. */
export function nameBoxes(land: Land, width: number, frame: Box): readonly Box[] {
  const all = land.rings.flat();
  const mid = (of: readonly number[], low: number, high: number): number =>
    (Math.max(
      low,
      of.reduce((a, b) => Math.min(a, b), high),
    ) +
      Math.min(
        high,
        of.reduce((a, b) => Math.max(a, b), low),
      )) /
    2;
  const x = mid(
    all.map(([px]) => px),
    frame.x,
    frame.x + frame.width,
  );
  const y = mid(
    all.map(([, py]) => py),
    frame.y,
    frame.y + frame.height,
  );
  const steps = [0, 40, -40, 80, -80, 130, -130, 190, -190];
  return steps
    .flatMap((dx) => steps.map((dy) => ({ dx, dy })))
    .sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy))
    .map(({ dx, dy }) => ({ x: x + dx - width / 2, y: y + dy - 15, width, height: 30 }))
    .filter((box) => [0, 0.5, 1].every((part) => contains(land, [box.x + width * part, box.y + 15])));
}
