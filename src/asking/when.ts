import { UserError } from '../errors.ts';
import { instantOf, wallOf } from './zone.ts';

/** A moment that a person wrote: the instant it starts and, for a whole day, the instant it ends. Equal for a time. */
export interface When {
  readonly start: Date;
  readonly end: Date;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = {
  m: MINUTE,
  min: MINUTE,
  minute: MINUTE,
  h: HOUR,
  hour: HOUR,
  d: DAY,
  day: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
};
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const HINT =
  'Write a date (2024-11-29), a date and time (2024-11-29 18:00), "yesterday", "friday", or how long ago: "24h", "3d".';

/** No date that is read here is longer. */
const LONGEST = 60;

const startsWith = (names: readonly string[], word: string): number =>
  word.length >= 3 ? names.findIndex((name) => name.startsWith(word)) : -1;

/** Year, month (1–12) and day of a written date; undefined where it is none. The year may be missing: then the latest such day not after `lately`. */
function dateOf(text: string, today: Date, lately: Date): { day: number; month: number; year: number } | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const words = /^(\d{1,2})\.?\s+([a-z]+)\.?(?:\s+(\d{4}))?$/.exec(text);
  if (words) {
    const month = startsWith(MONTHS, words[2] as string) + 1;
    if (month === 0) return undefined;
    const day = Number(words[1]);
    return { year: words[3] ? Number(words[3]) : latestYear(month, day, lately), month, day };
  }
  // The local calendar is carried in UTC fields; see `wallOf`.
  const back = text === 'today' ? 0 : text === 'yesterday' ? 1 : undefined;
  const weekday = startsWith(WEEKDAYS, text);
  const days = back ?? (weekday >= 0 ? (today.getUTCDay() - weekday + 7) % 7 : undefined);
  if (days === undefined) return undefined;
  const then = new Date(today.getTime() - days * DAY);
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() };
}

const isDay = (year: number, month: number, day: number): boolean => {
  const back = new Date(Date.UTC(year, month - 1, day));
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
};

/** The latest year that has such a day not after a day: for 29 February up to eight years before. */
function latestYear(month: number, day: number, lately: Date): number {
  const last = lately.getUTCFullYear();
  for (let year = last; year >= last - 8; year--)
    if (isDay(year, month, day) && Date.UTC(year, month - 1, day) <= lately.getTime()) return year;
  return last;
}

function wallDay({ year, month, day }: { day: number; month: number; year: number }, text: string): number {
  if (!isDay(year, month, day) || year < 1900 || year > 2999)
    throw new UserError(`There is no such day: “${text}”.`, HINT);
  return Date.UTC(year, month - 1, day);
}

/** What a written moment is read by. */
export interface Clock {
  readonly now: Date;
  readonly zone: string;
  /** A day without a year is the latest such day not after this: of a situation that is over, not of today. */
  readonly lately?: Date;
}

/**
 * Reads a moment as people write it, in the situation's zone. "24h" is so long before `now`; a weekday is the latest
 * one, today included. Throws a UserError for anything else.
 */
export function readWhen(written: string, { now, zone, lately = now }: Clock): When {
  if (written.length > LONGEST) throw new UserError(`“${written.slice(0, 20)}…” is too long to be a date.`, HINT);
  const text = written.trim().toLowerCase().replace(/\s+/g, ' ');
  const at = (ms: number): When => ({ start: new Date(ms), end: new Date(ms) });
  if (text === 'now') return at(now.getTime());

  const ago = /^(\d{1,5}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)(?: ago)?$/.exec(text);
  if (ago) return at(now.getTime() - Number(ago[1]) * (UNITS[(ago[2] as string).replace(/s$/, '')] as number));

  if (/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(z|[+-]\d{2}:\d{2})$/.test(text)) {
    const ms = Date.parse(text.toUpperCase());
    const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
    // Date.parse takes 30 February for 1 March.
    if (!Number.isNaN(ms) && isDay(year, month, day)) return at(ms);
    throw new UserError(`There is no such moment: “${written}”.`, HINT);
  }

  const timed = /^(.*?)(?:[ t,]+)(\d{1,2}):(\d{2})$/.exec(text);
  const today = new Date(wallOf(zone, now.getTime()));
  const last = new Date(wallOf(zone, Math.min(now.getTime(), lately.getTime())));
  const date = dateOf(timed ? (timed[1] as string).replace(/,$/, '') : text, today, last);
  if (!date) throw new UserError(`“${written.slice(0, 60)}” is not a date that I can read.`, HINT);
  const wall = wallDay(date, written);
  if (!timed) return { start: new Date(instantOf(zone, wall)), end: new Date(instantOf(zone, wall + DAY) - 1) };
  const [hour, minute] = [Number(timed[2]), Number(timed[3])];
  if (hour > 23 || minute > 59) throw new UserError(`There is no such time of day: “${written}”.`, HINT);
  return at(instantOf(zone, wall + hour * HOUR + minute * MINUTE));
}
