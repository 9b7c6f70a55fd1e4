import type { Box } from './boxes.ts';

/** A place as it lies in the picture. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  /** Of the dot, or of the circle within which it lies somewhere. */
  readonly radius: number;
  readonly wide: boolean;
}

export interface NameBox extends Box {
  /** The base line of the print. */
  readonly text: number;
  /** Where a leader must start, because the name stands apart from its mark. */
  readonly leader?: { readonly x: number; readonly y: number };
}

type Point = { readonly x: number; readonly y: number };

const MOST_LEADERS = 12;

/** Whether two lines cross. */
function cross([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  const side = (p: Point, q: Point, r: Point): boolean => (q.x - p.x) * (r.y - p.y) > (q.y - p.y) * (r.x - p.x);
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** Leaders may not cross one another, nor run over a name or across another mark: then a name is better left out. */
export function leaders(marks: readonly Placed[]) {
  const drawn: (readonly [Point, Point])[] = [];
  const names: Box[] = [];
  const clear = (from: Placed, to: Point): boolean => {
    const steps = 24;
    return Array.from({ length: steps }, (_, i) => {
      const part = (i + 1) / steps;
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    }).every(
      ({ x, y }) =>
        !marks.some((m) => m !== from && Math.hypot(m.x - x, m.y - y) < m.radius * 0.7) &&
        !names.some((n) => x > n.x - 4 && x < n.x + n.width + 4 && y > n.y && y < n.y + n.height),
    );
  };
  const sides = ({ x, y, width, height }: Box): readonly (readonly [Point, Point])[] => [
    [
      { x, y },
      { x: x + width, y: y + height },
    ],
    [
      { x, y: y + height },
      { x: x + width, y },
    ],
  ];
  return {
    /** Whether the name may stand there: its leader, if it has one, is clear, and it covers no leader. */
    fits: (mark: Placed, spot: NameBox): boolean =>
      !sides(spot).some((side) => drawn.some((line) => cross(side, line))) &&
      (spot.leader === undefined ||
        (drawn.length < MOST_LEADERS &&
          clear(mark, spot.leader) &&
          !drawn.some((line) => cross([mark, spot.leader ?? mark], line)))),
    add(mark: Placed, spot: NameBox): void {
      names.push(spot);
      if (spot.leader) drawn.push([mark, spot.leader]);
    },
  };
}

const HEIGHT = 28;
const box = (x: number, y: number, width: number): NameBox => ({ x, y, width, height: HEIGHT, text: y + 21 });

/** Places for a name, the best first: at its mark, in or beside its circle, at last apart with a leader. */
export function nameSpots({ x, y, radius, wide }: Placed, width: number): readonly NameBox[] {
  const off = radius + 6;
  const [middle, level] = [x - width / 2, y - HEIGHT / 2];
  const near = [
    box(x + off, level, width),
    box(x - off - width, level, width),
    box(middle, y - off - HEIGHT, width),
    box(middle, y + off, width),
    box(x + off * 0.7, y - off - HEIGHT * 0.7, width),
    box(x + off * 0.7, y + off - HEIGHT * 0.3, width),
    box(x - off * 0.7 - width, y - off - HEIGHT * 0.7, width),
    box(x - off * 0.7 - width, y + off - HEIGHT * 0.3, width),
  ];
  const fits = wide && width < radius * 1.7;
  const within = fits ? [0, 0.55, -0.55].map((part) => box(middle, level + part * radius, width)) : [];
  const apart = wide
    ? []
    : [70, 120, 180].flatMap((far) =>
        [0, 30, -30, 60, -60, 90, 120, -120, 150, -150, 180].map((degrees): NameBox => {
          const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
          const end = { x: x + dx * far, y: y + dy * far };
          const left = dx > 0.3 ? end.x : dx < -0.3 ? end.x - width : end.x - width / 2;
          return {
            ...box(left, end.y - HEIGHT / 2, width),
            leader: { x: end.x - (Math.abs(dx) > 0.3 ? Math.sign(dx) * 4 : 0), y: end.y },
          };
        }),
      );
  return [...within, ...near, ...apart];
}
