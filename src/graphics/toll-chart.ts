import type { Scale } from './axes.ts';
import { countTicks, countWords, dayTicks, dayWords, linear, momentOf } from './axes.ts';
import { crowd, stacked } from './boxes.ts';
import { footing, heading } from './heading.ts';
import { incidentBand } from './incident-band.ts';
import { lookOf, mark } from './marks.ts';
import type { Svg } from './svg.ts';
import { digits, EDGE, el, FAINT, HAIR, INK, picture, WIDTH, words } from './svg.ts';
import { fitted, isPrintable, printable, widthOf, wrapped } from './text.ts';
import { spansYears, tollAlt } from './toll-alt.ts';
import type { Picture, TollChart, TollSeries } from './toll-data.ts';
import { MOST_SERIES } from './toll-data.ts';
import type { Frame, Line } from './toll-lines.ts';
import { drawLine, earlier, lineOf, occupy, revisions } from './toll-lines.ts';

const COLUMN = 320;
const BAND = 150;

interface Tag {
  readonly lines: readonly { readonly text: string; readonly size: number; readonly bold: boolean }[];
  readonly height: number;
}

/** The name and the last value of an originator, as they stand at the end of its line. */
function tagOf({ label, originator, values }: TollSeries, count: number, years: boolean): Tag {
  const size = count > 8 ? 22 : 24;
  const room = COLUMN - (count > 6 ? 64 : 50);
  const name = printable(isPrintable(label) ? label : originator);
  const last = values.at(-1);
  const value = printable(last?.printed ?? 'no figure');
  const date = last ? dayWords(last.asOf, years) : '';
  const since = last?.from === undefined ? '' : `since ${dayWords(last.from, years)}, `;
  const both = `${value} · ${date}`;
  const lines =
    count <= 4
      ? [
          ...wrapped(name, size, room, 2, true).map((text) => ({ text, size, bold: true })),
          ...wrapped(value, size, room, 2).map((text) => ({ text, size, bold: false })),
          ...(date === ''
            ? []
            : wrapped(`${since}as of ${date}`, 21, room, 2).map((text) => ({ text, size: 21, bold: false }))),
        ]
      : [
          ...wrapped(name, size, room, count > 8 ? 1 : 2, true).map((text) => ({ text, size, bold: true })),
          { text: widthOf(both, size) <= room ? both : fitted(value, size, room), size: size - 1, bold: false },
        ];
  return { lines, height: lines.length * (size + 5) + 12 };
}

/** The labels at the line's ends, each led to from where its line stops. */
function tags(lines: readonly Line[], all: readonly Tag[], frame: Frame): readonly Svg[] {
  const wishes = lines.map((line, i) => {
    const height = all[i]?.height ?? 0;
    // The name is level with the end of its line wherever there is room.
    return { at: (line.points.at(-1)?.y ?? frame.bottom) + height / 2 - 20, height };
  });
  const middles = stacked(wishes, frame.top - 20, Math.max(frame.bottom + 24, frame.top));
  return lines.flatMap((line, i) => {
    const tag = all[i];
    const middle = middles[i] ?? 0;
    const end = line.points.at(-1);
    if (!tag) return [];
    const x = frame.right + (lines.length > 6 ? 44 : 30);
    let y = middle - tag.height / 2 + 2;
    // The mark stands at the name, so the leader ends there.
    const first = y + (tag.lines[0]?.size ?? 0) * 0.72;
    const leader =
      end?.y === undefined
        ? []
        : [
            el('path', {
              d: `M${digits(frame.right)} ${digits(end.y)}L${digits(x - 8)} ${digits(first)}`,
              fill: 'none',
              stroke: line.look.colour,
              'stroke-width': 1.5,
            }),
          ];
    return [
      ...leader,
      mark(line.look, x, first, 8, end?.value.qualifier === 'about'),
      ...tag.lines.map(({ text, size, bold }) => {
        const at = (y += size + 5) - 5;
        return words(text, { x: x + 18, y: at, size, bold, fill: bold ? INK : FAINT });
      }),
    ];
  });
}

/** The words that explain the signs in this picture, and only those. */
function signs({ series, incidents = [] }: TollChart): string {
  const values = series.flatMap((s) => s.values);
  const has = (...qualifiers: readonly string[]): boolean => values.some((v) => qualifiers.includes(v.qualifier));
  return [
    ...(values.length > 1 ? ['A line holds a count until the same originator gives another.'] : []),
    ...(has('at_least', 'more_than') || incidents.some((i) => i.low !== null && i.high === null)
      ? ['Arrow up: no upper bound given.']
      : []),
    ...(has('at_most') ? ['Arrow down: no lower bound given.'] : []),
    ...(has('about') ? ['Hollow mark: about.'] : []),
    ...(has('range') ? ['Band: from the lower to the higher number.'] : []),
    ...(series.length <= 6 && series.some((s) => s.values[0]?.from !== undefined)
      ? ['Dots: days that the first count covers.']
      : []),
    ...(incidents.some((i) => i.low === null && i.high === null) ? ['Ring: no figure.'] : []),
    ...(incidents.some((i) => i.low !== null && i.high !== null && i.low !== i.high)
      ? ['Dashed bar: up to the higher number.']
      : []),
  ].join(' ');
}

/** First and last moment that is drawn, whole days. */
function span({ series, incidents = [] }: TollChart): readonly [number, number] {
  const moments = [
    ...series.flatMap((s) => s.values.map((v) => momentOf(v.asOf))),
    ...series.flatMap((s) => (s.values[0]?.from === undefined ? [] : [momentOf(s.values[0].from)])),
    ...incidents.flatMap((i) => [momentOf(i.from), momentOf(i.to)]),
  ].map(Math.floor);
  const first = Math.min(...moments);
  const last = Math.max(...moments);
  return [first === last ? first - 1 : first, first === last ? last + 2 : last + 1];
}

function dayAxis(x: Scale, [from, to]: readonly [number, number], { left, right }: Frame, y: number): readonly Svg[] {
  const most = Math.max(2, Math.floor((right - left) / 95));
  const last = to - 0.001;
  const named = dayTicks(from, last, most);
  // Days between are marked without a name as long as they can be told apart.
  const all = dayTicks(from, last, 32);
  return [
    ...(all.length > named.length && last - from < 32 ? all : named).map(({ at }) =>
      el('path', { d: `M${digits(x(at))} ${digits(y)}v8`, stroke: FAINT, 'stroke-width': 1.5 }),
    ),
    ...named.map(({ at, label }) => words(label, { x: x(at), y: y + 31, size: 21, anchor: 'middle', fill: FAINT })),
  ];
}

/** The chart as markup and in words: one step line for each originator, incidents below on an axis of their own. Pure. */
export function tollChart(data: TollChart): Picture {
  const drawn = { ...data, series: data.series.filter(({ values }) => values.length > 0).slice(0, MOST_SERIES) };
  const alt = tollAlt(data);
  const { series, incidents = [] } = drawn;
  const head = heading(data.title, data.subtitle);
  if (series.length === 0 && incidents.length === 0) {
    const foot = footing(head.height + 210, data.note ? [data.note] : []);
    const middle = words('No figure is recorded', {
      x: WIDTH / 2,
      y: head.height + 120,
      size: 34,
      anchor: 'middle',
      fill: FAINT,
    });
    return { svg: picture(head.height + 210 + foot.height, [...head.parts, middle, ...foot.parts]), alt };
  }

  const labels = series.map((s) => tagOf(s, series.length, spansYears(series)));
  const need = labels.reduce((sum, { height }) => sum + height, 0);
  const plot = series.length === 0 ? 0 : Math.max(incidents.length > 0 ? 300 : 340, need - 44);
  const max = Math.max(0, ...series.flatMap((s) => s.values.flatMap((v) => [v.low ?? 0, v.high ?? 0])));
  const ticks = countTicks(max, 5);
  const widest = Math.max(...[...ticks, 1000].map((n) => widthOf(countWords(n), 21)));
  const top = head.height + (series.length === 0 ? 0 : 58);
  const frame = {
    left: EDGE + widest + 12,
    right: series.length === 0 ? WIDTH - EDGE : WIDTH - EDGE - COLUMN,
    top,
    bottom: top + plot,
  };
  const days = span(drawn);
  const x = linear(days[0], days[1], frame.left + 6, frame.right - 6);
  // Head room for the open ends of what stands highest.
  const y = linear(0, Math.max(ticks.at(-1) ?? 1, max * 1.1), frame.bottom, frame.top);

  const apart = Math.min(12, ((x(1) - x(0)) * 0.7) / Math.max(1, series.length));
  const lines = series.map((s, i) => lineOf(s, lookOf(i), x, y, (i - (series.length - 1) / 2) * apart));
  const room = crowd({ x: frame.left, y: frame.top - 22, width: frame.right - frame.left, height: plot + 20 });
  for (const line of lines) occupy(line, room, x, frame.right);
  const tolls: readonly Svg[] =
    series.length === 0
      ? []
      : [
          words(data.measure, { x: EDGE, y: head.height + 26, size: 23, bold: true }),
          ...ticks.flatMap((tick) => [
            el('path', {
              d: `M${digits(frame.left)} ${digits(y(tick))}H${digits(frame.right)}`,
              stroke: tick === 0 ? FAINT : HAIR,
              'stroke-width': 1.5,
            }),
            words(countWords(tick), { x: frame.left - 10, y: y(tick) + 7, size: 21, anchor: 'end', fill: FAINT }),
          ]),
          ...lines.flatMap((line) => drawLine(line, x, y, frame, series.length > 6)),
          ...lines.flatMap((line) => revisions(line, room)),
          ...(series.length <= 4 ? lines.flatMap((line) => earlier(line, room)) : []),
          ...tags(lines, labels, frame),
          ...dayAxis(x, days, frame, frame.bottom),
        ];

  let bottom = frame.bottom + (series.length === 0 ? 0 : 44);
  const band: Svg[] = [];
  if (incidents.length > 0) {
    const none = incidents.filter((i) => i.low === null && i.high === null).length;
    const title = [
      `${incidents.length === 1 ? 'One incident' : `${incidents.length} incidents`} recorded here${none > 0 ? `, ${none} with no figure` : ''}:`,
      fitted(printable(data.measure), 23, 360, true),
    ];
    const height = series.length === 0 ? 300 : BAND;
    const under = { left: frame.left, right: frame.right, top: bottom + 34, bottom: bottom + 34 + height };
    band.push(words(title, { x: EDGE, y: bottom + 26, size: 23, bold: true }));
    band.push(...incidentBand(incidents, x, under), ...dayAxis(x, days, under, under.bottom));
    bottom = under.bottom + 44;
  }

  const left = data.series.length - series.length;
  const foot = footing(bottom, [
    ...(data.note ? [data.note] : []),
    ...(left > 0 ? [`${left} more originators are in the text, not in this picture.`] : []),
    signs(drawn),
  ]);
  return { svg: picture(bottom + foot.height, [...head.parts, ...tolls, ...band, ...foot.parts]), alt };
}
