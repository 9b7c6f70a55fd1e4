import { dayWords, timeWords } from './axes.ts';
import { altText } from './text.ts';
import type { TollChart, TollSeries } from './toll-data.ts';

const LIMIT = 1024;

/** A sentence without a second full stop. */
const sentence = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** Whether the year must be said with each day. */
export const spansYears = (series: readonly TollSeries[]): boolean =>
  new Set(series.flatMap((s) => s.values.flatMap((v) => [v.asOf, v.from ?? v.asOf])).map((day) => day.slice(0, 4)))
    .size > 1;

function told({ label, values }: TollSeries, detail: number, years: boolean): string {
  const last = values.at(-1);
  const first = values[0];
  if (!last) return `${label}: no figure.`;
  const since = detail > 0 && last.from !== undefined ? ` since ${dayWords(last.from, years)}` : '';
  const earlier =
    detail > 1 && first && first !== last
      ? `, first ${first.printed} on ${dayWords(first.asOf, years)}, ${values.length} values`
      : '';
  const falls = values.filter((v) => v.revisedDown);
  const fall = falls.at(-1);
  const revised = fall
    ? `, revised down${falls.length > 1 ? ` ${falls.length} times, last` : ''} to ${fall.printed} on ${dayWords(fall.asOf, years)}`
    : '';
  return `${label}: ${last.printed}${since}, as of ${dayWords(last.asOf, true)}${timeWords(last.asOf)}${earlier}${revised}.`;
}

function incidentWords(incidents: NonNullable<TollChart['incidents']>): string {
  const none = incidents.filter(({ low, high }) => low === null && high === null).length;
  const n = incidents.length;
  return `Below, ${n} incident${n === 1 ? '' : 's'} recorded here, on an axis of ${n === 1 ? 'its' : 'their'} own${none > 0 ? `, ${none} of them with no figure` : ''}.`;
}

/** What the chart says, in words: every originator with its last value if at all possible, details as far as there is room. */
export function tollAlt({ title, subtitle, measure, series, incidents = [], note }: TollChart): string {
  const head = [`Chart: ${sentence(title)}`, sentence(subtitle), sentence(measure)];
  if (series.every(({ values }) => values.length === 0) && incidents.length === 0)
    return altText([...head, 'No figure is recorded.'], LIMIT);
  const years = spansYears(series);
  const counted = series.length === 1 ? 'One originator.' : `${series.length} originators, one line each.`;
  const tail = [...(incidents.length > 0 ? [incidentWords(incidents)] : []), ...(note ? [sentence(note)] : [])];
  const whole = (detail: number): readonly string[] => [
    ...head,
    ...(series.length > 0 ? [counted] : []),
    ...series.map((s) => told(s, detail, years)),
    ...tail,
  ];
  const length = (parts: readonly string[]): number => parts.join(' ').length;
  for (const detail of [2, 1, 0]) if (length(whole(detail)) <= LIMIT) return altText(whole(detail), LIMIT);
  // Not even the last values fit: as many as do, and how many do not.
  const lines = series.map((s) => told(s, 0, years));
  for (let kept = lines.length - 1; kept > 0; kept -= 1) {
    const parts = [
      ...head,
      counted,
      ...lines.slice(0, kept),
      `${lines.length - kept} more in the text of the message.`,
      ...tail,
    ];
    if (length(parts) <= LIMIT) return altText(parts, LIMIT);
  }
  return altText([counted, ...tail, ...head, ...lines], LIMIT);
}
