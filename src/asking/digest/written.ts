import type { Digest } from '../../digests/digest.ts';
import { WEEKDAYS } from '../../digests/schedule.ts';
import { UserError } from '../../errors.ts';
import type { Filled } from '../form.ts';

/** What can be written of a digest, as options name it. */
export const WORDS = [
  'name',
  'channel',
  'situation',
  'also',
  'times',
  'days',
  'zone',
  'expression',
  'length',
  'severity',
  'place',
  'party',
  'when-nothing',
  'mention',
  'flash',
  'quiet',
  'style',
  'publish',
  'tags',
  'first',
  'clear',
] as const;
type Word = (typeof WORDS)[number];

/** What a person wrote of a digest, by options, a form or a button: all of it text, none of it checked. */
export type Written = Readonly<Partial<Record<Word, string>>>;

/** Options, or what a button carries, without what is empty. */
export function writtenOf(args: Readonly<Record<string, unknown>>): Written {
  const pairs = WORDS.flatMap((word): (readonly [string, string])[] => {
    const value = args[word];
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    const text = known ? String(value).trim() : '';
    return text === '' ? [] : [[word, text]];
  });
  return Object.fromEntries(pairs) as Written;
}

/** Five fields with a blank between each, none of which is a time of day. */
function isExpression(text: string): boolean {
  const fields = text.split(/\s+/);
  return fields.length === 5 && fields.every((field) => /^[\d*,/?#a-z-]+$/i.test(field) && !/^\d+[aph]/i.test(field));
}

/** With what was filled in a form; its field of times takes an expression as well. */
export function withForm(written: Written, filled: Filled): Written {
  const one = (name: string): string => filled[name]?.[0]?.trim() ?? '';
  const times = one('times');
  const has = (name: string): boolean => Object.hasOwn(filled, name);
  const [situation, ...more] = filled['situations'] ?? [];
  const { expression: _, ...rest } = written;
  return writtenOf({
    ...(has('times') ? rest : written),
    ...(has('name') && { name: one('name') }),
    ...(has('channel') && { channel: one('channel') }),
    ...(situation !== undefined && { situation, also: more.join(', ') }),
    ...(has('times') && (isExpression(times) ? { expression: times, times: '' } : { times })),
    ...(has('days') && { days: one('days') }),
    ...(has('zone') && { zone: one('zone') }),
  });
}

/** A schedule as a person would write it. */
export function scheduleText({ schedule }: Pick<Digest, 'schedule'>): Pick<Written, 'times' | 'days' | 'expression'> {
  if (schedule.by === 'cron') return { expression: schedule.cron };
  const { times, days } = schedule;
  return { times: times.join(', '), days: days.length === WEEKDAYS.length ? 'every day' : days.join(', ') };
}

/** Words between commas. */
export const listOf = (text: string | undefined): readonly string[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
];

/** The choice that was written. Throws a UserError for what is none. */
export function oneOf<T extends string>(written: string | undefined, of: readonly T[], name: string): T | undefined {
  if (written === undefined) return undefined;
  const found = of.find((value) => value === written);
  if (found !== undefined) return found;
  throw new UserError(`“${written.slice(0, 40)}” is no choice of “${name}”.`, `Choices are ${of.join(', ')}.`);
}

export const yes = (written: string | undefined): boolean | undefined =>
  written === undefined ? undefined : written === 'true';
