import { UserError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { type Cron, readCron } from './cron.ts';
import { MOST_TIMES, planOf, type Schedule, WEEKDAYS, type Weekday } from './schedule.ts';
import { readZone } from './zones.ts';

/** What a person wrote. Either `times` (and days), or `cron`. */
export interface Written {
  readonly times?: string | undefined;
  readonly days?: string | undefined;
  readonly cron?: string | undefined;
  readonly zone: string;
}

/** What a person has to confirm before a schedule is taken. */
export interface Ask {
  readonly about: 'often' | 'seldom' | 'either';
  readonly text: string;
}

export interface ReadSchedule {
  readonly schedule: Schedule;
  /** Empty: nothing is odd about it. */
  readonly asks: readonly Ask[];
}

/** More posts than this on one day are asked about. */
export const MOST_A_DAY = 12;
const LONGEST = 300;

const TIMES_HINT = 'Write times as 07:30 or 7:30 pm; several with commas between them: 07:30, 19:00.';
const DAYS_HINT = 'Write "every day", "weekdays", "weekends", or days: mon, wed, fri or mon-fri.';

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const two = (n: number): string => String(n).padStart(2, '0');

function timeOf(word: string): string {
  if (word === 'noon') return '12:00';
  if (word === 'midnight') return '00:00';
  const found = /^(\d{1,2})(?:[:.h](\d{0,2}))?(?::(\d{2}))? ?([ap])?\.?(?:m\.?)?$/.exec(word);
  const shown = `“${clip(word)}”`;
  const [, hours, minutes, seconds, half] = found ?? [];
  if (hours === undefined || /[ap]\.?$/.test(word) || (half === undefined && word.endsWith('m')))
    throw new UserError(`${shown} is not a time of day.`, TIMES_HINT);
  const hour = Number(hours);
  if (seconds !== undefined && seconds !== '00')
    throw new UserError(`${shown} names seconds; a digest is due on the minute.`, TIMES_HINT);
  if (minutes === undefined && half === undefined)
    throw new UserError(`${shown} names no minutes${hour < 24 ? `; write ${two(hour)}:00` : ''}.`, TIMES_HINT);
  if (minutes?.length === 1)
    throw new UserError(
      `${shown} could be ${two(hour)}:0${minutes}${Number(minutes) < 6 ? ` or ${two(hour)}:${minutes}0` : ''}; write the minutes with two digits.`,
      TIMES_HINT,
    );
  const minute = Number(minutes ?? 0);
  if (hour === 24 && minute === 0 && half === undefined)
    throw new UserError(`${shown} is not on the clock: midnight is 00:00, and begins the day after.`, TIMES_HINT);
  if (minute > 59 || (half === undefined ? hour > 23 : hour < 1 || hour > 12))
    throw new UserError(`${shown} is not on the clock: it goes from 00:00 to 23:59.`, TIMES_HINT);
  return `${two(half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0))}:${two(minute)}`;
}

/** "7:30, 19:00" → ['07:30', '19:00']: ascending, none twice. Throws a UserError. */
export function readTimes(written: string): readonly string[] {
  if (written.length > LONGEST) throw new UserError('This is too long for a list of times.', TIMES_HINT);
  const words = written
    .trim()
    .toLowerCase()
    .replace(/\s+([ap]\.?m\b\.?)/g, '$1')
    .replace(/([ap])\.m\b\.?/g, '$1m')
    .split(/\s*(?:[,;&]|\band\b|\s)\s*/)
    .filter((word) => word !== '' && word !== 'at');
  if (words.length === 0) throw new UserError('No time of day is named.', TIMES_HINT);
  const times = [...new Set(words.map(timeOf))].sort();
  if (times.length > MOST_TIMES)
    throw new UserError(
      `${times.length} times a day are too many for a list, which takes ${MOST_TIMES}.`,
      'Write them as a five-field expression: "0,30 * * * *" is every half hour.',
    );
  return times;
}

const FULL = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const SETS: Readonly<Record<string, readonly Weekday[]>> = {
  '': WEEKDAYS,
  'every day': WEEKDAYS,
  everyday: WEEKDAYS,
  daily: WEEKDAYS,
  all: WEEKDAYS,
  'all days': WEEKDAYS,
  weekday: WEEKDAYS.slice(0, 5),
  weekdays: WEEKDAYS.slice(0, 5),
  'work days': WEEKDAYS.slice(0, 5),
  workdays: WEEKDAYS.slice(0, 5),
  weekend: WEEKDAYS.slice(5),
  weekends: WEEKDAYS.slice(5),
};

function dayOf(word: string): number {
  const bare = word.replace(/\.$/, '').replace(/(day)s$/, '$1');
  const found = bare.length >= 2 ? FULL.findIndex((name) => name.startsWith(bare)) : -1;
  if (found >= 0) return found;
  if (/^[tueswdhurs]{4,5}$/.test(bare) && ['tues', 'weds', 'thurs'].includes(bare))
    return FULL.findIndex((name) => name.startsWith(bare.slice(0, 2)));
  throw new UserError(`“${clip(word)}” is not a day of the week${didYouMean(bare, FULL) || '.'}`, DAYS_HINT);
}

/** "mon-wed, fri" → ['mon', 'tue', 'wed', 'fri']; nothing: every day. Throws a UserError. */
export function readDays(written: string): readonly Weekday[] {
  if (written.length > LONGEST) throw new UserError('This is too long for a list of days.', DAYS_HINT);
  const text = written.trim().toLowerCase().replace(/\s+/g, ' ').replace(/^on /, '');
  if (Object.hasOwn(SETS, text)) return SETS[text] ?? WEEKDAYS;
  const chosen = new Set<number>();
  const parts = text
    .replace(/ ?(?:-|–|\bto\b) ?/g, '-')
    .split(/ ?(?:[,;&/]|\band\b| ) ?/)
    .filter((part) => part !== '');
  for (const part of parts) {
    const set = SETS[part];
    if (set && Object.hasOwn(SETS, part)) {
      for (const day of set) chosen.add(WEEKDAYS.indexOf(day));
      continue;
    }
    const ends = part.split('-');
    if (ends.length > 2 || ends.includes('')) throw new UserError(`“${clip(part)}” is not a range of days.`, DAYS_HINT);
    const [first = 0, last = first] = ends.map(dayOf);
    // From Friday to Monday runs over the end of the week.
    for (let day = first; ; day = (day + 1) % 7) {
      chosen.add(day);
      if (day === last) break;
    }
  }
  if (chosen.size === 0) throw new UserError(`“${clip(written)}” names no day.`, DAYS_HINT);
  return WEEKDAYS.filter((_, i) => chosen.has(i));
}

function oddities(plan: Pick<Cron, 'minutes'> & Partial<Cron>): readonly Ask[] {
  const { length } = plan.minutes;
  const asks: Ask[] = [];
  if (length > MOST_A_DAY)
    asks.push({
      about: 'often',
      text: `This is due ${length === 1440 ? 'every minute, 1,440 times' : `${length} times`} on each of its days. Is that meant?`,
    });
  if (plan.leapDays)
    asks.push({ about: 'seldom', text: 'This is due on 29 February only, every four years. Is that meant?' });
  if (plan.either)
    asks.push({
      about: 'either',
      text: 'Days of the month and days of the week are both named: this is due on all of these and all of those, not only where they meet. Is that meant?',
    });
  return asks;
}

/** Reads what a person wrote. Throws a UserError that names what, where and what would be right. */
export function readSchedule({ times, days, cron, zone: place }: Written): ReadSchedule {
  const given = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
  if (given(cron) && (given(times) || given(days)))
    throw new UserError(
      'An expression names the times and days by itself.',
      'Give either times and days, or an expression.',
    );
  if (!given(cron) && !given(times))
    throw new UserError('It is not said when.', 'Give times such as 07:30, 19:00, or a five-field expression.');
  const zone = readZone(place);
  if (given(cron)) {
    const plan = readCron(cron);
    return { schedule: { by: 'cron', zone, cron: cron.trim().replace(/\s+/g, ' ') }, asks: oddities(plan) };
  }
  const schedule: Schedule = { by: 'times', zone, times: [...readTimes(times ?? '')], days: [...readDays(days ?? '')] };
  return { schedule, asks: oddities(planOf(schedule)) };
}
