import type { Scale } from './axes.ts';
import { countTicks, countWords, linear, momentOf } from './axes.ts';
import { crowd } from './boxes.ts';
import { openEnd } from './marks.ts';
import type { Svg } from './svg.ts';
import { digits, el, FAINT, HAIR, INK, PAPER, words } from './svg.ts';
import { fitted, printable, widthOf } from './text.ts';
import type { CountedIncident } from './toll-data.ts';
import { anchorOf } from './toll-data.ts';
import type { Frame } from './toll-lines.ts';

const BAR = '#55534c';

interface Bar {
  readonly incident: CountedIncident;
  readonly x: number;
  readonly width: number;
}

const days = ({ from, to }: CountedIncident): readonly [number, number] => {
  const [a, b] = [Math.floor(momentOf(from)), Math.floor(momentOf(to))];
  return a <= b ? [a, b] : [b, a];
};

const isLong = (incident: CountedIncident): boolean => days(incident)[0] !== days(incident)[1];

/** Incidents of one day stand side by side in its column; a longer one lies over all of its days. */
function bars(incidents: readonly CountedIncident[], x: Scale): readonly Bar[] {
  const byDay = new Map<string, CountedIncident[]>();
  for (const incident of incidents) {
    const key = days(incident).join('/');
    byDay.set(key, [...(byDay.get(key) ?? []), incident]);
  }
  // Long ones first, so that they do not veil the bars of single days.
  const long = (group: readonly CountedIncident[]): number =>
    group.reduce((most, i) => Math.max(most, days(i)[1] - days(i)[0]), 0);
  return [...byDay.values()]
    .sort((a, b) => long(b) - long(a))
    .flatMap((together) =>
      together.flatMap((incident, i) => {
        const [from, to] = days(incident);
        const [start, end] = [x(from), x(to + 1)];
        if (isLong(incident)) return [{ incident, x: start, width: Math.max(3, end - start) }];
        const slot = Math.min(30, ((end - start) * 0.9) / together.length);
        const middle = (start + end) / 2 + (i - (together.length - 1) / 2) * slot;
        const width = Math.max(2, slot * 0.8);
        return [{ incident, x: middle - width / 2, width }];
      }),
    );
}

function drawBar({ incident, x, width }: Bar, y: Scale): readonly Svg[] {
  const { low, high } = incident;
  const base = y(0);
  const wide = isLong(incident);
  if (low === null && high === null)
    return [el('circle', { cx: x + width / 2, cy: base - 6, r: 4.5, fill: PAPER, stroke: BAR, 'stroke-width': 2 })];
  const outline = { fill: PAPER, 'fill-opacity': wide ? 0.4 : 1, stroke: BAR, 'stroke-width': 1.5 };
  const sure = low === null ? [] : [{ top: y(low), solid: true }];
  const open = high !== null && high !== low ? [{ top: y(high), solid: false }] : [];
  return [
    ...open.map(({ top }) =>
      el('rect', { x, y: top, width, height: base - top, ...outline, 'stroke-dasharray': '4 3' }),
    ),
    ...sure.map(({ top }) =>
      el('rect', {
        x,
        y: Math.min(top, base - 2),
        width,
        height: Math.max(2, base - top),
        ...(wide ? { ...outline, fill: BAR, 'fill-opacity': 0.18 } : { fill: BAR }),
      }),
    ),
    ...(high === null ? [openEnd(x + width / 2, y(low ?? 0), -20, BAR)] : []),
  ];
}

const tall = ({ low, high }: CountedIncident): number => high ?? low ?? 0;

/** "12", "3–5", "4 or more". */
const numberOf = ({ low, high }: CountedIncident): string =>
  low === null
    ? `up to ${countWords(high ?? 0)}`
    : high === null
      ? `${countWords(low)} or more`
      : low === high
        ? countWords(low)
        : `${countWords(low)}–${countWords(high)}`;

/** Names for the largest, bare numbers for others, as far as there is room. */
function names(all: readonly Bar[], y: Scale, frame: Frame): readonly Svg[] {
  const room = crowd({
    x: frame.left - 10,
    y: frame.top - 24,
    width: frame.right - frame.left + 20,
    height: frame.bottom - frame.top + 24,
  });
  const known = all.filter(({ incident }) => anchorOf(incident) !== undefined);
  for (const { incident, x, width } of known) {
    const top = y(tall(incident)) - (incident.high === null ? 22 : 0);
    room.take({ x: x - 2, y: top, width: width + 4, height: isLong(incident) ? 4 : frame.bottom - top });
  }
  return known
    .toSorted((a, b) => tall(b.incident) - tall(a.incident) || a.x - b.x)
    .flatMap(({ incident, x, width }, i) => {
      const number = numberOf(incident);
      const top = y(tall(incident)) - (incident.high === null ? 24 : 2);
      const middle = x + width / 2;
      const named = [fitted(printable(incident.label), 20, 260), '·', number];
      for (const text of i < 3 ? [named, [number]] : [[number]]) {
        const w = widthOf(text.join(' '), 20);
        const spot = room.place(
          [middle - w / 2, x + width + 8, x - w - 8].flatMap((left, n) =>
            (n === 0 ? [top - 24] : [top - 2, top - 24]).map((up) => ({ x: left, y: up, width: w, height: 24 })),
          ),
        );
        if (spot) return [words(text, { x: spot.x, y: spot.y + 19, size: 20, fill: INK, rim: PAPER })];
      }
      return [];
    });
}

/** The incidents recorded here, on an axis of their own: they overlap the tolls above and are not added to them. */
export function incidentBand(incidents: readonly CountedIncident[], x: Scale, frame: Frame): readonly Svg[] {
  const max = Math.max(1, ...incidents.map(tall));
  const ticks = countTicks(max, 2);
  const y = linear(0, (ticks.at(-1) ?? 1) * 1.02, frame.bottom, frame.top + 26);
  const all = bars(incidents, x);
  return [
    ...ticks.flatMap((tick) => [
      el('path', {
        d: `M${digits(frame.left)} ${digits(y(tick))}H${digits(frame.right)}`,
        stroke: tick === 0 ? FAINT : HAIR,
        'stroke-width': 1.5,
      }),
      words(countWords(tick), { x: frame.left - 10, y: y(tick) + 7, size: 20, anchor: 'end', fill: FAINT }),
    ]),
    ...all.flatMap((bar) => drawBar(bar, y)),
    ...names(all, y, frame),
  ];
}
