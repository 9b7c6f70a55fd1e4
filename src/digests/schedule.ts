import { z } from 'zod';
import { type Cron, readCron } from './cron.ts';
import { isZone } from './zones.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** More times than this a day are written as an expression. */
export const MOST_TIMES = 24;

/** A time of day on the local clock, `07:30`. */
export const localTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'write a time as HH:MM from 00:00 to 23:59, for example 07:30');

export const zoneName = z
  .string()
  .refine(isZone, 'must be an IANA time zone such as Europe/Berlin, or UTC; abbreviations and fixed offsets are none');

const rises = (values: readonly (number | string)[]): boolean =>
  values.every((value, i) => i === 0 || (values[i - 1] ?? value) < value);

function fires(expression: string): boolean {
  try {
    readCron(expression);
    return true;
  } catch {
    return false;
  }
}

/** When a digest is due, on the clock of its zone: times on days, or a five-field expression. */
export const schedule = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('times'),
    zone: zoneName,
    times: z.array(localTime).min(1).max(MOST_TIMES).refine(rises, 'times must rise, none twice'),
    days: z
      .array(z.enum(WEEKDAYS))
      .min(1)
      .refine((days) => rises(days.map((day) => WEEKDAYS.indexOf(day))), 'days must run from mon to sun, none twice'),
  }),
  z.strictObject({
    by: z.literal('cron'),
    zone: zoneName,
    cron: z.string().max(200).refine(fires, 'must be a five-field expression that fires, for example "30 7 * * 1-5"'),
  }),
]);
export type Schedule = z.infer<typeof schedule>;

/** A schedule made ready for computing with. Days are `Date.UTC` of a local date. */
export type Plan = Pick<Cron, 'minutes' | 'on'>;

/** 450 of "07:30". */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const plans = new WeakMap<Schedule, Plan>();

/** The plan of a schedule; made once. */
export function planOf(of: Schedule): Plan {
  const known = plans.get(of);
  if (known) return known;
  const made = of.by === 'cron' ? readCron(of.cron) : planOfTimes(of.times, of.days);
  plans.set(of, made);
  return made;
}

function planOfTimes(times: readonly string[], days: readonly Weekday[]): Plan {
  const mask = new Set(days.map((day) => (WEEKDAYS.indexOf(day) + 1) % 7));
  return { minutes: times.map(minuteOf), on: (day) => mask.has(new Date(day).getUTCDay()) };
}

/** It is due once on each of its days. */
export const onceADay = (of: Schedule): boolean => planOf(of).minutes.length === 1;

const NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

function dayNames(days: readonly Weekday[]): string {
  if (days.length === 7) return 'every day';
  if (days.join() === 'mon,tue,wed,thu,fri') return 'on weekdays';
  return `on ${listed(days.map((day) => NAMES[day]))}`;
}

/** "07:30 and 19:00 on weekdays, Europe/Berlin". */
export const scheduleWords = (of: Schedule): string =>
  of.by === 'cron'
    ? `by the expression ${of.cron}, ${of.zone}`
    : `${listed(of.times)} ${dayNames(of.days)}, ${of.zone}`;
