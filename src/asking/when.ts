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

const startsWith = (names: readonly string[], word: string): number =>
  word.length >= 3 ? names.findIndex((name) => name.startsWith(word)) : -1;

/** Year, month (1–12) and day of a written date; undefined where it is none. The year may be missing: then the latest such day not after today. */
function dateOf(text: string, today: Date): { day: number; month: number; year: number } | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const words = /^(\d{1,2})\.?\s+([a-z]+)\.?(?:\s+(\d{4}))?$/.exec(text);
  if (words) {
    const month = startsWith(MONTHS, words[2] as string) + 1;
    if (month === 0) return undefined;
    const day = Number(words[1]);
    const thisYear = today.getUTCFullYear();
    const year = words[3]
      ? Number(words[3])
      : Date.UTC(thisYear, month - 1, day) > today.getTime()
        ? thisYear - 1
        : thisYear;
    return { year, month, day };
  }
  // The local calendar is carried in UTC fields; see `wallOf`.
  const back = text === 'today' ? 0 : text === 'yesterday' ? 1 : undefined;
  const weekday = startsWith(WEEKDAYS, text);
  const days = back ?? (weekday >= 0 ? (today.getUTCDay() - weekday + 7) % 7 : undefined);
  if (days === undefined) return undefined;
  const then = new Date(today.getTime() - days * DAY);
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() };
}

function wallDay({ year, month, day }: { day: number; month: number; year: number }, text: string): number {
  const wall = Date.UTC(year, month - 1, day);
  const back = new Date(wall);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || year < 1900 || year > 2999)
    throw new UserError(`There is no such day: “${text}”.`, HINT);
  return wall;
}

/**
 * Reads a moment as people write it, in the situation's zone. "24h" is so long before `now`; a weekday is the latest
 * one, today included. Throws a UserError for anything else.
 */
export function readWhen(written: string, { now, zone }: { readonly now: Date; readonly zone: string }): When {
  const text = written.trim().toLowerCase().replace(/\s+/g, ' ');
  const at = (ms: number): When => ({ start: new Date(ms), end: new Date(ms) });
  if (text === 'now') return at(now.getTime());

  const ago = /^(\d{1,5}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)(?: ago)?$/.exec(text);
  if (ago) return at(now.getTime() - Number(ago[1]) * (UNITS[(ago[2] as string).replace(/s$/, '')] as number));

  if (/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(z|[+-]\d{2}:\d{2})$/.test(text)) {
    const ms = Date.parse(text.toUpperCase());
    if (!Number.isNaN(ms)) return at(ms);
    throw new UserError(`There is no such moment: “${written}”.`, HINT);
  }

  const timed = /^(.*?)(?:[ t,]+)(\d{1,2}):(\d{2})$/.exec(text);
  const today = new Date(wallOf(zone, now.getTime()));
  const date = dateOf(timed ? (timed[1] as string).replace(/,$/, '') : text, today);
  if (!date) throw new UserError(`“${written.slice(0, 60)}” is not a date that I can read.`, HINT);
  const wall = wallDay(date, written);
  if (!timed) return { start: new Date(instantOf(zone, wall)), end: new Date(instantOf(zone, wall + DAY) - 1) };
  const [hour, minute] = [Number(timed[2]), Number(timed[3])];
  if (hour > 23 || minute > 59) throw new UserError(`There is no such time of day: “${written}”.`, HINT);
  return at(instantOf(zone, wall + hour * HOUR + minute * MINUTE));
}
