import { TZDate } from '@date-fns/tz';
// Not from 'date-fns', nor its `format`: reading their files and locales would be a good part of every start.
import { lightFormat } from 'date-fns/lightFormat';
import type { Span } from '../model/time.ts';
import { dayOf, localDay } from '../model/time.ts';

export { localDay };

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2024-11-29` → "29 Nov 2024". Days belong to the situation's calendar and are never shifted between zones. */
export function dayWords(day: string, year = true): string {
  const [y, m, d] = dayOf(day).split('-').map(Number) as [number, number, number];
  return `${d} ${MONTHS[m - 1]}${year ? ` ${y}` : ''}`;
}

/** A day as its day; an instant as day and time in the zone: "29 Nov 2024, 21:00". */
export function momentWords(moment: string, zone: string): string {
  if (moment.length === 10) return dayWords(moment);
  const local = lightFormat(new TZDate(moment, zone), 'yyyy-MM-dd HH:mm');
  return `${dayWords(local)}, ${local.slice(11)}`;
}

/** A day without its year where that is the situation's own, and without the time of day. */
export function shortDay(moment: string, { zone, start }: { readonly zone: string; readonly start: string }): string {
  const local = localDay(moment, zone);
  return dayWords(local, local.slice(0, 4) !== start.slice(0, 4));
}

/** When something happened, never finer than its precision. */
export function spanWords(span: Span, zone: string): string {
  const from = localDay(span.from, zone);
  const to = span.to === undefined ? from : localDay(span.to, zone);
  switch (span.precision) {
    case 'exact_time':
      return span.from.length > 10 ? momentWords(span.from, zone) : dayWords(from);
    case 'month':
      return from.slice(0, 7) === to.slice(0, 7) ? monthWords(from) : `${monthWords(from)} to ${monthWords(to)}`;
    case 'longer':
      return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)} to ${to.slice(0, 4)}`;
    case 'week':
      return `week of ${dayWords(from)}`;
    default:
      return daysWords(from, to);
  }
}

const monthWords = (day: string): string => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** "27 Nov 2024", "27–29 Nov 2024", "29 Nov – 1 Dec 2024". */
export function daysWords(from: string, to: string): string {
  if (from === to) return dayWords(from);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${dayWords(to)}`;
  if (from.slice(0, 4) === to.slice(0, 4)) return `${dayWords(from, false)} – ${dayWords(to)}`;
  return `${dayWords(from)} – ${dayWords(to)}`;
}
