import type { Scale } from './axes.ts';
import { isDay, momentOf } from './axes.ts';
import type { Box, crowd } from './boxes.ts';
import type { Look } from './marks.ts';
import { mark, openEnd } from './marks.ts';
import type { Svg } from './svg.ts';
import { digits, el, PAPER, words } from './svg.ts';
import { printable, widthOf } from './text.ts';
import type { TollSeries, TollValue } from './toll-data.ts';
import { anchorOf } from './toll-data.ts';

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Point {
  readonly value: TollValue;
  readonly x: number;
  /** Undefined where the value has no number: the line breaks off. */
  readonly y: number | undefined;
  /** Where its upper bound lies, if it has one. */
  readonly top: number | undefined;
}

export interface Line {
  readonly series: TollSeries;
  readonly look: Look;
  readonly points: readonly Point[];
}

const RED = '#8c1c13';

/** The points of one originator. A value never stands to the left of the one it supersedes; what is said of a bare day may
 * stand anywhere within it, so that `shift` keeps the originators apart. */
export function lineOf(series: TollSeries, look: Look, x: Scale, y: Scale, shift: number): Line {
  let at = Number.NEGATIVE_INFINITY;
  const points = series.values.map((value) => {
    at = Math.max(at, x(momentOf(value.asOf)) + (isDay(value.asOf) ? shift : 0));
    const anchor = anchorOf(value);
    return {
      value,
      x: at,
      y: anchor === undefined ? undefined : y(anchor),
      top: value.high === null || anchor === undefined ? undefined : y(value.high),
    };
  });
  return { series, look, points };
}

const path = (d: readonly string[], look: Look, width: number, more: Record<string, string | number> = {}): Svg =>
  el('path', {
    d: d.join(''),
    fill: 'none',
    stroke: look.colour,
    'stroke-width': width,
    'stroke-dasharray': look.dash,
    'stroke-linejoin': 'round',
    ...more,
  });

/** The steps: each value holds until the next; nothing is drawn on a slope, because nobody counted in between. */
function steps({ points, look }: Line): readonly Svg[] {
  const d: string[] = [];
  let pen = false;
  for (const { x, y } of points) {
    if (y === undefined) {
      if (pen) d.push(`H${digits(x)}`);
      pen = false;
      continue;
    }
    d.push(pen ? `H${digits(x)}V${digits(y)}` : `M${digits(x)} ${digits(y)}`);
    pen = true;
  }
  return d.length > 1 ? [path(d, look, 4)] : [];
}

/** A range is a band between its two numbers for as long as it holds; no middle is drawn, because nobody said one. */
function bands({ points, look }: Line, y: Scale, end: number): readonly Svg[] {
  return points.flatMap(({ value: { low, high }, x }, i) => {
    if (low === null || high === null || low === high) return [];
    const until = points[i + 1]?.x ?? end;
    const [top, bottom] = [y(high), y(low)];
    return [
      el('rect', {
        x,
        y: top,
        width: Math.max(0, until - x),
        height: bottom - top,
        fill: look.colour,
        'fill-opacity': 0.12,
      }),
      path([`M${digits(x)} ${digits(top)}H${digits(until)}`], look, 1.5),
      el('path', {
        d: `M${digits(x)} ${digits(top)}V${digits(bottom)}M${digits(x - 9)} ${digits(top)}H${digits(x + 9)}`,
        stroke: look.colour,
        'stroke-width': 4,
      }),
    ];
  });
}

/** The days that the first number covers: it is drawn over its interval, not spread across it. */
function covered({ points: [first], look }: Line, x: Scale, left: number): readonly Svg[] {
  if (first?.y === undefined || first.value.from === undefined) return [];
  const start = Math.max(left, x(Math.floor(momentOf(first.value.from))));
  if (start > first.x - 14) return [];
  return [
    el('path', {
      d: `M${digits(start)} ${digits(first.y - 8)}v16M${digits(start)} ${digits(first.y)}H${digits(first.x)}`,
      fill: 'none',
      stroke: look.colour,
      'stroke-width': 2,
      'stroke-dasharray': '2 5',
    }),
  ];
}

const arrowOf = ({ qualifier, low, high }: TollValue): number =>
  qualifier === 'at_least' || qualifier === 'more_than' || (low !== null && high === null)
    ? -34
    : qualifier === 'at_most' || low === null
      ? 34
      : 0;

function marks({ points, look }: Line, many: boolean): readonly Svg[] {
  return points.flatMap(({ value, x, y }, i) => {
    if (y === undefined) return [];
    const by = arrowOf(value) * (many ? 0.75 : 1);
    const last = i === points.length - 1;
    return [
      ...(by === 0 ? [] : [openEnd(x, y, by, look.colour)]),
      mark(look, x, y, last ? 9 : 7, value.qualifier === 'about'),
    ];
  });
}

/** The line without any print: what lies lowest first. */
export function drawLine(line: Line, x: Scale, y: Scale, frame: Frame, many: boolean): readonly Svg[] {
  const last = line.points.at(-1);
  const holds =
    last?.y === undefined
      ? []
      : [path([`M${digits(last.x)} ${digits(last.y)}H${digits(frame.right)}`], line.look, 1.5)];
  return [
    ...(many ? [] : covered(line, x, frame.left)),
    ...bands(line, y, frame.right),
    ...holds,
    ...steps(line),
    ...marks(line, many),
  ];
}

/** Takes the room of every mark and step, so that no print is set across them. */
export function occupy(line: Line, room: ReturnType<typeof crowd>, x0: Scale, right: number): void {
  const [first] = line.points;
  if (first?.y !== undefined && first.value.from !== undefined) {
    const start = x0(Math.floor(momentOf(first.value.from)));
    room.take({ x: start, y: first.y - 4, width: Math.max(0, first.x - start), height: 8 });
  }
  for (const [i, { value, x, y }] of line.points.entries()) {
    if (y === undefined) continue;
    const up = arrowOf(value);
    room.take({ x: x - 12, y: y - 12 + Math.min(0, up), width: 24, height: 24 + Math.abs(up) });
    const next = line.points[i + 1];
    room.take({ x, y: y - 4, width: (next?.x ?? right) - x, height: 8 });
    if (next?.y !== undefined)
      room.take({ x: next.x - 4, y: Math.min(y, next.y), width: 8, height: Math.abs(next.y - y) });
  }
}

/** Places for print near a mark, the best first; never so far that it might belong to another. */
const beside = (x: number, y: number, up: number, width: number): readonly (Box & { readonly text: number })[] => {
  const height = 26;
  const [left, middle, right] = [x - 16 - width, x - width / 2, x + 16];
  const above = y - height - 13;
  return [
    { x: left, y: above },
    { x: middle, y: above + Math.min(0, up) - (up < 0 ? 2 : 0) },
    { x: left, y: y - height / 2 },
    { x: right, y: y + 13 },
    { x: middle, y: y + 14 + Math.max(0, up) },
    { x: left, y: y + 13 },
    { x: right, y: above },
  ].map((spot) => ({ ...spot, width, height, text: spot.y + height * 0.78 }));
};

/** "Revised" with its triangle at each fall, wherever there is room; the triangle is always drawn. */
export function revisions(line: Line, room: ReturnType<typeof crowd>): readonly Svg[] {
  return line.points.flatMap(({ value, x, y, top = y }, i) => {
    if (!value.revisedDown || y === undefined || top === undefined) return [];
    const before = line.points[i - 1]?.y ?? y - 40;
    const at = Math.max(before + 4, top - 28);
    const box = { y: at - 5, width: widthOf('revised', 21, true), height: 26, text: at + 15 };
    const spot = room.place([
      { ...box, x: x + 18 },
      { ...box, x: x - 18 - box.width },
    ]);
    return [
      el('path', { d: `M${digits(x - 10)} ${digits(at)}h20l-10 16z`, fill: RED, stroke: PAPER, 'stroke-width': 2 }),
      ...(spot ? [words('revised', { x: spot.x, y: spot.text, size: 21, bold: true, fill: RED, rim: PAPER })] : []),
    ];
  });
}

/** The earlier numbers in words beside their marks, as many as fit; the newest ones first. */
export function earlier(line: Line, room: ReturnType<typeof crowd>): readonly Svg[] {
  return line.points
    .slice(0, -1)
    .toReversed()
    .flatMap(({ value, x, y }) => {
      if (y === undefined) return [];
      const text = printable(value.printed);
      const spot = room.place(beside(x, y, arrowOf(value), widthOf(text, 21)));
      return spot ? [words(text, { x: spot.x, y: spot.text, size: 21, fill: line.look.colour, rim: PAPER })] : [];
    });
}
