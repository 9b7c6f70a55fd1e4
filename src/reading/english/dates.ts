import type { Day } from '../../model/time.ts';
import type { Calendar, Moment } from '../moments.ts';
import { dayAt, shift, weekdayOf } from '../moments.ts';
import { each, phrases, words } from '../phrases.ts';
import type { Token } from '../tokens.ts';
import { numeral } from './numerals.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = 'january february march april may june july august september october november december'.split(' ');
/** "Nov", "Sept"; a whole word of three letters or more that a name begins with. */
const named = (names: readonly string[], word: string): number =>
  word.length < 3
    ? -1
    : names.findIndex((name) => name === word || (word.length <= 5 && word !== 'mar' && name.startsWith(word)));

const BACK = phrases<number>([
  ...each(0, 'today, tonight, this morning, this afternoon, this evening, earlier today, at dawn, dawn, midnight'),
  ...each(1, 'yesterday, last night, overnight, the previous day'),
]);
const WHOLE = phrases<'week' | 'month'>([
  ...each('week' as const, 'this week, last week'),
  ...each('month' as const, 'this month'),
]);
const PAST = words('past last previous preceding');
const BEGINNING = phrases(
  each(true as const, 'start of, beginning of, outbreak of, launch of, start, beginning, onset of'),
);
const CONFLICT = words(
  'offensive attack war fighting hostilities operation escalation campaign assault battle clashes violence',
);
const BEGAN = words('began started erupted begin launched');
const UNITS: Readonly<Record<string, number>> = {
  hour: 1 / 24,
  hours: 1 / 24,
  day: 1,
  days: 1,
  week: 7,
  weeks: 7,
  month: 30,
  months: 30,
};

interface Read {
  readonly day: Day;
  readonly end: number;
  readonly precision: Moment['precision'];
  readonly to?: Day;
}

/** A day without a year is the latest such day that is not far ahead of the publication. */
function dated(day: number, month: number, year: number | undefined, today: Day): Day | undefined {
  const now = Number(today.slice(0, 4));
  if (year !== undefined) return dayAt(year, month, day);
  const found = dayAt(now, month, day);
  return found !== undefined && found > shift(today, 60) ? dayAt(now - 1, month, day) : found;
}

/** The latest such day and month that falls on this weekday: whoever names the weekday need not name the year. */
function onWeekday(day: Day, weekday: number, today: Day): Day | undefined {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  const latest = Number(today.slice(0, 4)) + 1;
  for (let year = latest; year > latest - 12; year -= 1) {
    const found = dayAt(year, month, date);
    if (found !== undefined && found <= shift(today, 60) && weekdayOf(found) === weekday) return found;
  }
  return undefined;
}

const yearAt = (token: Token | undefined): number | undefined =>
  token?.kind === 'number' && /^(?:19|20)\d\d$/.test(token.text) ? token.value : undefined;

/** "27 November 2024", "Nov. 27", "the 27th of November", "2024-11-27", "Wednesday", "yesterday" */
function dayIn(tokens: readonly Token[], at: number, today: Day): Read | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const word = (i: number): string => tokens[i]?.word ?? '';
  if (token.kind === 'day') {
    const [year = 0, month = 0, day = 0] = token.text.split('-').map(Number);
    const found = dayAt(year, month, day);
    return found === undefined ? undefined : { day: found, end: at + 1, precision: 'day' };
  }
  const numberOf = (i: number): number | undefined => {
    const t = tokens[i];
    if (t?.kind === 'number' && /^\d{1,2}$/.test(t.text)) return t.value;
    return t?.kind === 'code' && /^\d{1,2}(?:st|nd|rd|th)$/i.test(t.text) ? Number.parseInt(t.text, 10) : undefined;
  };
  const withYear = (day: number, month: number, next: number): Read | undefined => {
    const past = word(next) === '.' ? next + 1 : next;
    const comma = word(past) === ',' ? past + 1 : past;
    const year = yearAt(tokens[comma]);
    const found = dated(day, month, year, today);
    const abbreviated = word(next) === '.' && tokens[next]?.spaced === false && word(next + 1) !== '\n';
    if (found === undefined) return undefined;
    return { day: found, end: year === undefined ? (abbreviated ? past : next) : comma + 1, precision: 'day' };
  };
  if (word(at) === 'the' && numberOf(at + 1) !== undefined) return dayIn(tokens, at + 1, today);
  const first = numberOf(at);
  if (first !== undefined) {
    const name = word(at + 1) === 'of' ? at + 2 : at + 1;
    const month = named(MONTHS, word(name));
    return month < 0 ? undefined : withYear(first, month + 1, name + 1);
  }
  if (token.kind !== 'word') return undefined;
  const back = BACK.at(tokens, at);
  if (back) return { day: shift(today, -back.value), end: back.to, precision: 'day' };
  const weekday = named(WEEKDAYS, word(at));
  if (weekday >= 0 && /^\p{Lu}/u.test(token.text)) {
    const day = shift(today, -((weekdayOf(today) - weekday + 7) % 7));
    // "Wednesday, 27 November" is one day, told twice.
    const comma = word(at + 1) === ',' ? at + 2 : at + 1;
    const written = dayIn(tokens, comma, today);
    if (written && named(WEEKDAYS, word(comma)) < 0 && !BACK.at(tokens, comma)) {
      const whole = written.precision !== 'day' || yearAt(tokens[written.end - 1]) !== undefined;
      return whole ? written : { ...written, day: onWeekday(written.day, weekday, today) ?? written.day };
    }
    return { day, end: at + 1, precision: 'day' };
  }
  const month = /^\p{Lu}/u.test(token.text) ? named(MONTHS, token.word) : -1;
  if (month < 0) return undefined;
  const next = word(at + 1) === '.' ? at + 2 : at + 1;
  const day = numberOf(next);
  if (day !== undefined) return withYear(day, month + 1, next + 1);
  const year = yearAt(tokens[next]);
  const from = dated(1, month + 1, year, today);
  if (from === undefined || (token.word === 'may' && year === undefined)) return undefined;
  return { day: from, to: shift(from, 30), end: year === undefined ? at + 1 : next + 1, precision: 'month' };
}

const parts = words('morning afternoon evening night early late midday noon dawn');

/** Minutes after midnight of "18:00", "5 a.m.", "at noon"; with the token after. */
function clockIn(tokens: readonly Token[], at: number): { readonly minutes: number; readonly end: number } | undefined {
  const start = tokens[at]?.word === 'at' ? at + 1 : at;
  const token = tokens[start];
  const half = /^([ap])\.?m\.?$/.exec(tokens[start + 1]?.word ?? '')?.[1];
  if (token?.kind === 'clock') {
    const [hour = 0, minute = 0] = token.text.split(':').map(Number);
    const hours = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
    return hours > 23 || minute > 59 ? undefined : { minutes: hours * 60 + minute, end: start + (half ? 2 : 1) };
  }
  const glued = token?.kind === 'code' ? /^(\d{1,2})([ap])m$/i.exec(token.text) : null;
  const hour = glued ? Number(glued[1]) : token?.kind === 'number' ? (token.value ?? 99) : 99;
  const side = glued?.[2]?.toLowerCase() ?? half;
  if (side === undefined || hour > 12) return undefined;
  return { minutes: ((hour % 12) + (side === 'p' ? 12 : 0)) * 60, end: start + (glued ? 1 : 2) };
}

const yearBefore = (day: Day): Day | undefined => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return dayAt(year - 1, month, date);
};

/** "since Wednesday", "since the offensive began" */
function since(tokens: readonly Token[], at: number, { today, start }: Calendar): Moment | undefined {
  let next = at + 1;
  while (parts.has(tokens[next]?.word ?? '')) next++;
  const read = dayIn(tokens, next, today);
  // A count runs from what has been: "since 27 November", written on 23 November, is of the year before.
  const from = read && (read.day <= today ? read.day : yearBefore(read.day));
  if (read && from) return { kind: 'since', from, to: today, precision: 'days', at, end: read.end };
  const year = yearAt(tokens[next]);
  if (year !== undefined)
    return { kind: 'since', from: `${year}-01-01`, to: today, precision: 'longer', at, end: next + 1 };
  let end = next;
  let isNamed = false;
  for (; end < Math.min(tokens.length, next + 8); end++) {
    const word = tokens[end]?.word ?? '';
    if (BEGINNING.at(tokens, end) || CONFLICT.has(word) || BEGAN.has(word)) isNamed = true;
    else if (tokens[end]?.kind !== 'word' || (isNamed && !BEGAN.has(tokens[end + 1]?.word ?? ''))) break;
  }
  if (!isNamed || start === undefined) return undefined;
  const doubt = 'counted from the day on which the situation begins here';
  return { kind: 'since', from: start < today ? start : today, to: today, precision: 'days', at, end, doubt };
}

/** "from 26 to 28 November", "between 27 November and 3 December", "26–28 November" */
function span(tokens: readonly Token[], at: number, today: Day): Moment | undefined {
  const lead = tokens[at]?.word === 'from' || tokens[at]?.word === 'between' ? at + 1 : at;
  const first = dayIn(tokens, lead, today);
  const bare = tokens[lead];
  const joint = first ? first.end : lead + 1;
  if (!['to', 'and', '-', '–', 'until', 'till', 'through'].includes(tokens[joint]?.word ?? '')) return undefined;
  if (tokens[joint]?.word === 'and' && tokens[at]?.word !== 'between') return undefined;
  const last = dayIn(tokens, joint + 1, today);
  if (!last) return undefined;
  const from =
    first?.day ??
    (bare?.kind === 'number' && /^\d{1,2}$/.test(bare.text) && last.day.slice(8) > bare.text.padStart(2, '0')
      ? `${last.day.slice(0, 8)}${bare.text.padStart(2, '0')}`
      : undefined);
  if (from === undefined || from > last.day) return undefined;
  return { kind: 'span', from, to: last.day, precision: 'days', at, end: last.end };
}

/** "in the past 24 hours", "in two days", "this week" */
function window(tokens: readonly Token[], at: number, today: Day): Moment | undefined {
  const whole = WHOLE.at(tokens, at);
  if (whole) {
    const days = whole.value === 'week' ? 6 : 29;
    return { kind: 'window', from: shift(today, -days), to: today, precision: whole.value, at, end: whole.to };
  }
  const lead = words('in over during within the for').has(tokens[at]?.word ?? '');
  if (!lead) return undefined;
  let next = at + 1;
  if (tokens[next]?.word === 'the') next++;
  const past = PAST.has(tokens[next]?.word ?? '') || PAST.has(tokens[at + 1]?.word ?? '');
  if (PAST.has(tokens[next]?.word ?? '')) next++;
  const first = tokens[next]?.word === 'first';
  if (first) next++;
  const count = numeral(tokens, next);
  const unit = UNITS[tokens[count?.to ?? next]?.word ?? ''];
  if (unit === undefined || (count === undefined && !past)) return undefined;
  const days = Math.ceil((count?.value ?? 1) * unit);
  if (days > 40_000) return undefined;
  const end = (count?.to ?? next) + 1;
  const from = shift(today, -days);
  const precision = days <= 1 ? 'day' : 'days';
  if (past) return { kind: 'window', from, to: today, precision, at, end };
  // "within a day" is still one event; "in two days" adds up.
  return { kind: days <= 1 ? 'on' : 'span', from, to: today, precision: 'days', at, end };
}

/** "on Friday", "yesterday at 18:00", "in November" */
function on(tokens: readonly Token[], at: number, today: Day): Moment | undefined {
  const time = clockIn(tokens, at);
  const lead = time ? time.end : at;
  let next = words('on in by of during late early').has(tokens[lead]?.word ?? '') ? lead + 1 : lead;
  while (parts.has(tokens[next]?.word ?? '') && !BACK.at(tokens, next)) next++;
  const read = dayIn(tokens, next, today);
  if (!read) {
    const year = tokens[at]?.word === 'in' ? yearAt(tokens[at + 1]) : undefined;
    if (year !== undefined)
      return { kind: 'on', from: `${year}-01-01`, to: `${year}-12-31`, precision: 'longer', at, end: at + 2 };
    if (!time) return undefined;
    return { kind: 'on', from: today, to: today, precision: 'day', minutes: time.minutes, at, end: time.end };
  }
  let end = read.end;
  while (parts.has(tokens[end]?.word ?? '')) end++;
  const after = time ?? clockIn(tokens, end);
  return {
    kind: 'on',
    from: read.day,
    to: read.to ?? read.day,
    precision: read.precision,
    ...(after && { minutes: after.minutes }),
    at,
    end: Math.max(end, after?.end ?? end),
  };
}

/** The times that English tokens name. */
export function moments(tokens: readonly Token[], calendar: Calendar): readonly Moment[] {
  const out: Moment[] = [];
  let at = 0;
  while (at < tokens.length) {
    const found =
      (tokens[at]?.word === 'since' ? since(tokens, at, calendar) : undefined) ??
      span(tokens, at, calendar.today) ??
      window(tokens, at, calendar.today) ??
      on(tokens, at, calendar.today);
    if (found) out.push(found);
    at = found ? Math.max(found.end, at + 1) : at + 1;
  }
  return out;
}
