/** How moments are written for the reader. Pure: the zone, the language and "now" are given. */
export interface Reader {
  readonly now: number;
  /** IANA zone; absent: the zone of the browser. */
  readonly zone?: string;
  readonly locale?: string;
}

/** The language in which the playground's clock is written: 24 hours, the day before the month. */
export const CLOCK_LOCALE = 'en-GB';

type Style = Intl.DateTimeFormatOptions;

const STYLES: Readonly<Record<string, Style>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

/** Milliseconds since 1970 that a JavaScript date can hold. */
const FURTHEST = 8.64e15;

const format = (at: number, style: Style, reader: Reader): string =>
  new Intl.DateTimeFormat(reader.locale, { ...style, ...(reader.zone && { timeZone: reader.zone }) }).format(at);

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "3 hours ago", "in 2 days". */
export function relative(at: number, reader: Reader): string {
  const seconds = Math.round((at - reader.now) / 1000);
  const [unit, size] = STEPS.find((step) => Math.abs(seconds) >= step[1]) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** A `<t:SECONDS:STYLE>` as Discord shows it; undefined when no date lies that far away. */
export function formatTimestamp(seconds: number, style: string, reader: Reader): string | undefined {
  const at = seconds * 1000;
  if (!Number.isFinite(at) || Math.abs(at) > FURTHEST) return undefined;
  if (style === 'R') return relative(at, reader);
  return format(at, STYLES[style] ?? { dateStyle: 'long', timeStyle: 'short' }, reader);
}

/** What the reader sees when hovering: weekday, date, time and zone. */
export const fullMoment = (at: number, reader: Reader): string =>
  format(
    at,
    {
      weekday: 'long',
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    },
    reader,
  );

const dayKey = (at: number, reader: Reader): string =>
  format(at, { year: 'numeric', month: '2-digit', day: '2-digit' }, { ...reader, locale: 'en-CA' });

/** Whether both moments fall on one day of the reader. */
export const sameDay = (left: number, right: number, reader: Reader): boolean =>
  dayKey(left, reader) === dayKey(right, reader);

/** The line between two days of a channel. */
export const dayLabel = (at: number, reader: Reader): string => format(at, { dateStyle: 'full' }, reader);

/** Beside an author: the time today, "Yesterday at …", else the date too. */
export function messageTime(at: number, reader: Reader): string {
  const time = format(at, { timeStyle: 'short' }, reader);
  if (sameDay(at, reader.now, reader)) return `Today at ${time}`;
  if (sameDay(at, reader.now - 86_400_000, reader)) return `Yesterday at ${time}`;
  return format(at, { dateStyle: 'short', timeStyle: 'short' }, reader);
}

/** Offset of the zone from UTC at that moment, in milliseconds. */
function offsetAt(at: number, zone: string): number {
  return Date.parse(`${zonedInput(at, zone)}:00Z`) - Math.floor(at / 60_000) * 60_000;
}

/** "2024-11-29T18:05" as a datetime-local input wants it, read off a wall clock in the zone. */
export function zonedInput(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The moment at which a wall clock in the zone shows `local` ("2024-11-29T18:05"). Where the clock shows it twice, the
 * first; where it skips it, as long after the gap as the input lay in it. Undefined for text that is no date.
 */
export function instantOf(local: string, zone: string): number | undefined {
  const naive = Date.parse(`${local}Z`);
  if (Number.isNaN(naive)) return undefined;
  const offsets = [offsetAt(naive - 86_400_000, zone), offsetAt(naive + 86_400_000, zone)];
  const exact = offsets.map((offset) => naive - offset).filter((at) => at + offsetAt(at, zone) === naive);
  return exact.length > 0 ? Math.min(...exact) : naive - (offsets[0] ?? 0);
}
