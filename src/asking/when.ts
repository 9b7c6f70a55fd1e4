import { UserError } from '../errors.ts';
import { instantOf, wallOf } from '../model/zone.ts';

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
  'Write a date (2024-11-29, 29 nov), a date and time (2024-11-29 18:00), "yesterday", "friday", or how long ago: "24h", "3d".';

/** No date that is read here is longer. */
const LONGEST = 60;

const startsWith = (names: readonly string[], word: string): number =>
  word.length >= 3 ? names.findIndex((name) => name.startsWith(word)) : -1;

interface Day {
  readonly day: number;
  readonly month: number;
  readonly year: number;
}

const isoOf = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** 3/4/2024 is a day of March to some and of April to others: both are named, and none is guessed. */
function refuseSlashes(text: string, lately: Date): void {
  const [, first, second, written] = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(text) ?? [];
  if (first === undefined || second === undefined) return;
  const readings = [
    { day: Number(first), month: Number(second) },
    { day: Number(second), month: Number(first) },
  ].flatMap(({ day, month }) => {
    const year = written === undefined ? latestYear(month, day, lately) : Number(written.padStart(4, '20'));
    return isDay(year, month, day) ? [isoOf({ year, month, day })] : [];
  });
  if (readings.length === 0) throw new UserError(`There is no such day: “${text}”.`, HINT);
  throw new UserError(
    `“${text}” does not say whether the day or the month comes first: write ${[...new Set(readings)].join(' or ')}.`,
    HINT,
  );
}

/** Year, month (1–12) and day of a written date; undefined where it is none. The year may be missing: then the latest such day not after `lately`. */
function dateOf(text: string, today: Date, lately: Date): Day | undefined {
  refuseSlashes(text, lately);
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const found =
    /^(?<day>\d{1,2})(?:\.|st|nd|rd|th)? (?<name>[a-z]+)\.?(?:,? (?<year>\d{4}))?$/.exec(text) ??
    /^(?<name>[a-z]+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\d{4}))?$/.exec(text) ??
    /^(?<day>\d{1,2})\. ?(?<number>\d{1,2})\.(?: ?(?<year>\d{4}))?$/.exec(text);
  const { day: written, name, number, year } = found?.groups ?? {};
  if (written !== undefined) {
    const month = number === undefined ? startsWith(MONTHS, name ?? '') + 1 : Number(number);
    if (name !== undefined && month === 0) return undefined;
    const day = Number(written);
    return { year: year === undefined ? latestYear(month, day, lately) : Number(year), month, day };
  }
  // The local calendar is carried in UTC fields; see `wallOf`.
  const back = text === 'today' || text === '' ? 0 : text === 'yesterday' ? 1 : undefined;
  const before = text.startsWith('last ');
  const weekday = startsWith(WEEKDAYS, before ? text.slice(5) : text);
  const since = (today.getUTCDay() - weekday + 7) % 7;
  const days = back ?? (weekday >= 0 ? (before && since === 0 ? 7 : since) : undefined);
  if (days === undefined) return undefined;
  const then = new Date(today.getTime() - days * DAY);
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() };
}

/** The time of day that a text ends with, in ms, and what stands before it; undefined where it ends with none. */
function timeOf(text: string, written: string): { readonly rest: string; readonly ms: number } | undefined {
  const found =
    /(?:^|[ ,])(?:at )?(?<word>noon|midnight)$/.exec(text) ??
    /(?:^|[ t,])(?:at )?(?<hour>\d{1,2})(?::(?<minute>\d{2}))? ?(?<half>[ap])m$/.exec(text) ??
    /(?:^|[ t,])(?:at )?(?<hour>\d{1,2}):(?<minute>\d{2})$/.exec(text);
  if (!found) return undefined;
  const rest = text.slice(0, found.index).replace(/[ ,]+$/, '');
  const { word, half, hour: shown = '', minute: minutes = '0' } = found.groups ?? {};
  // Midnight is where a day begins, as 12 am is.
  if (word !== undefined) return { rest, ms: word === 'noon' ? 12 * HOUR : 0 };
  const [hour, minute] = [Number(shown), Number(minutes)];
  if (minute > 59 || (half === undefined ? hour > 23 : hour < 1 || hour > 12))
    throw new UserError(`There is no such time of day: “${written}”.`, HINT);
  return { rest, ms: (half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0)) * HOUR + minute * MINUTE };
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

function wallDay({ year, month, day }: Day, text: string): number {
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
 * Reads a moment as people write it, in the situation's zone, or in UTC where it says so at its end. "24h" is so long
 * before `now`; a weekday is the latest one, today included, and "last friday" the latest before today; a time alone is
 * of today. Throws a UserError for anything else.
 */
export function readWhen(written: string, { now, zone: ofSituation, lately = now }: Clock): When {
  if (written.length > LONGEST) throw new UserError(`“${written.slice(0, 20)}…” is too long to be a date.`, HINT);
  const spoken = written.trim().toLowerCase().replace(/\s+/g, ' ');
  const at = (ms: number): When => ({ start: new Date(ms), end: new Date(ms) });
  if (/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(z|[+-]\d{2}:\d{2})$/.test(spoken)) {
    const ms = Date.parse(spoken.toUpperCase());
    const [year, month, day] = spoken.slice(0, 10).split('-').map(Number) as [number, number, number];
    // Date.parse takes 30 February for 1 March.
    if (!Number.isNaN(ms) && isDay(year, month, day)) return at(ms);
    throw new UserError(`There is no such moment: “${written}”.`, HINT);
  }

  const inUtc = /^(.*[^ ]) ?(?:utc|gmt)$|^(.*(?:\d|[ap]m|noon|midnight)) ?z$/.exec(spoken);
  const text = inUtc?.[1] ?? inUtc?.[2] ?? spoken;
  const zone = inUtc ? 'UTC' : ofSituation;
  if (text === 'now') return at(now.getTime());

  const ago = /^(\d{1,5}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)(?: ago)?$/.exec(text);
  if (ago) return at(now.getTime() - Number(ago[1]) * (UNITS[(ago[2] as string).replace(/s$/, '')] as number));

  const timed = timeOf(text, written);
  const today = new Date(wallOf(zone, now.getTime()));
  const last = new Date(wallOf(zone, Math.min(now.getTime(), lately.getTime())));
  const date = text === '' ? undefined : dateOf(timed ? timed.rest : text, today, last);
  if (!date) throw new UserError(`“${written.slice(0, 60)}” is not a date that I can read.`, HINT);
  const wall = wallDay(date, written);
  return timed
    ? at(instantOf(zone, wall + timed.ms))
    : { start: new Date(instantOf(zone, wall)), end: new Date(instantOf(zone, wall + DAY) - 1) };
}
