import { UserError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/** A five-field expression, read: when it fires on the local clock. */
export interface Cron {
  /** Minutes of the day, ascending, none twice. */
  readonly minutes: readonly number[];
  /** Whether it fires on a local day, given as `Date.UTC` of its date. */
  readonly on: (day: number) => boolean;
  /** Days of the month and days of the week are both named: it fires on either, as in every crontab. */
  readonly either: boolean;
  /** It fires on 29 February only. */
  readonly leapDays: boolean;
}

const DAY = 86_400_000;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTH_NAMES = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const HINT =
  'Write minute, hour, day of month, month and day of week: "30 7 * * 1-5" is 07:30 from Monday to Friday, "0 */6 * * *" every six hours.';
const SHORT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '@hourly': '0 * * * *',
    '@daily': '0 0 * * *',
    '@midnight': '0 0 * * *',
    '@weekly': '0 0 * * 0',
    '@monthly': '0 0 1 * *',
    '@yearly': '0 0 1 1 *',
    '@annually': '0 0 1 1 *',
  }),
);

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of values, the first for `base`. */
  readonly names?: readonly string[];
  readonly base?: number;
}
const FIELDS = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: MONTHS, base: 1 },
  { name: 'day of week', least: 0, most: 7, names: WEEKDAYS, base: 0 },
] as const satisfies readonly Field[];

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** `7`, `mon`; where it is neither, says what would be. */
function valueOf(word: string, field: Field): number {
  const { name, least, most, names, base = 0 } = field;
  const named = names?.indexOf(word.slice(0, 3)) ?? -1;
  if (named >= 0 && /^[a-z]{3,9}$/.test(word)) return named + base;
  const where = `in the field “${name}”`;
  if (/^[a-z]+$/.test(word) && names)
    throw new UserError(`“${clip(word)}” ${where} is no name${didYouMean(word, names)}`, HINT);
  if (/[#w?]/.test(word))
    throw new UserError(`“${clip(word)}” ${where} is an extension that is not understood here.`, HINT);
  if (!/^\d{1,4}$/.test(word)) throw new UserError(`“${clip(word)}” ${where} is not a number.`, HINT);
  const value = Number(word);
  if (value < least || value > most)
    throw new UserError(`${value} ${where} is out of range: it goes from ${least} to ${most}.`, HINT);
  return value;
}

function stepOf(written: string, field: Field): number {
  const step = /^\d{1,4}$/.test(written) ? Number(written) : 0;
  if (step < 1 || step > field.most)
    throw new UserError(
      `The step “/${clip(written)}” in the field “${field.name}” must be a number from 1 to ${field.most}.`,
      HINT,
    );
  return step;
}

/** The values of one field: `*`, `5`, `1-5`, `*\/2`, `10-40/10`, and lists of them. */
function valuesOf(text: string, field: Field): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step, ...more] = part.split('/');
    if (range === '' || more.length > 0)
      throw new UserError(`“${clip(text)}” in the field “${field.name}” has an empty or doubled part.`, HINT);
    const ends =
      range === '*' ? [field.least, field.most === 7 ? 6 : field.most] : range.split('-').map((w) => valueOf(w, field));
    const [first = 0, last = first] = ends;
    if (ends.length > 2) throw new UserError(`“${clip(range)}” in the field “${field.name}” is not a range.`, HINT);
    if (first > last)
      throw new UserError(
        `The range “${clip(range)}” in the field “${field.name}” runs backwards; write it as two, with a comma between them.`,
        HINT,
      );
    if (step !== undefined && ends.length < 2)
      throw new UserError(
        `“${clip(part)}” in the field “${field.name}” has a step but no range; write ${first}-${field.most}/${clip(step)}.`,
        HINT,
      );
    const by = step === undefined ? 1 : stepOf(step, field);
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
}

/** The five fields of what was written, in lower case; says what is wrong with another number of them. */
function fieldsOf(written: string): readonly [string, string, string, string, string] {
  if (written.length > 200) throw new UserError('This is too long for a five-field expression.', HINT);
  const lower = written.trim().toLowerCase();
  if (lower.startsWith('@') && !SHORT.has(lower))
    throw new UserError(`“${clip(written)}” is not known${didYouMean(lower, SHORT.keys())}`, HINT);
  const fields = (SHORT.get(lower) ?? lower).split(/\s+/);
  const [minute, hour, date, month, weekday] = fields;
  if (fields.length === 5 && minute && hour && date && month && weekday) return [minute, hour, date, month, weekday];
  const six = fields.length === 6 ? ' Seconds have no field here: leave the first one out.' : '';
  throw new UserError(
    lower === ''
      ? 'There is no expression.'
      : `“${clip(written)}” has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}, not five.${six}`,
    HINT,
  );
}

/**
 * Reads a five-field expression (minute, hour, day of month with `L` for the last, month, day of week with 0 and 7 for
 * Sunday). Throws a UserError that names the field, and one where it would never fire.
 */
export function readCron(written: string): Cron {
  const [minute, hour, date, month, weekday] = fieldsOf(written);
  const minutes = valuesOf(minute, FIELDS[0]);
  const hours = valuesOf(hour, FIELDS[1]);
  const dates = date.split(',');
  const last = dates.includes('l');
  const numbered = dates.filter((part) => part !== 'l').join(',');
  const days = last && numbered === '' ? new Set<number>() : valuesOf(numbered, FIELDS[2]);
  const months = valuesOf(month, FIELDS[3]);
  const weekdays = new Set([...valuesOf(weekday, FIELDS[4])].map((day) => day % 7));

  // As crontab has it: a field that begins with a star names nothing by itself.
  const either = !date.startsWith('*') && !weekday.startsWith('*');
  const most = Math.max(...[...months].map((m) => MONTH_DAYS[m - 1] ?? 0));
  const dated = last || [...days].some((day) => day <= most);
  if (!dated && !either) {
    const names = [...months].map((m) => MONTH_NAMES.format(Date.UTC(2000, m - 1))).join(', ');
    throw new UserError(
      `“${clip(written)}” never fires: day ${[...days].join(', ')} does not come in ${names}.`,
      'For the last day of each month write L as the day of month: "0 9 L * *".',
    );
  }
  return {
    minutes: [...hours].flatMap((h) => [...minutes].map((m) => h * 60 + m)).sort((a, b) => a - b),
    on: (day) => {
      const local = new Date(day);
      if (!months.has(local.getUTCMonth() + 1)) return false;
      const onDate = days.has(local.getUTCDate()) || (last && new Date(day + DAY).getUTCDate() === 1);
      const onWeekday = weekdays.has(local.getUTCDay());
      return either ? onDate || onWeekday : onDate && onWeekday;
    },
    either,
    leapDays: !either && !last && months.size === 1 && months.has(2) && [...days].every((day) => day >= 29),
  };
}
