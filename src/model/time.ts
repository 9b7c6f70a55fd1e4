import { z } from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

function isRealDay(text: string): boolean {
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text.slice(0, 10);
}

/** A calendar day in the situation's own zone, `2024-11-29`. */
export const day = z
  .string()
  .regex(DAY, 'write a day as YYYY-MM-DD, for example 2024-11-29')
  .refine(isRealDay, 'there is no such day in the calendar');

/** A moment in UTC, `2024-11-29T18:00:00Z`. */
export const instant = z
  .string()
  .regex(INSTANT, 'write a moment in UTC as YYYY-MM-DDTHH:MM:SSZ, for example 2024-11-29T18:00:00Z')
  .refine((text) => isRealDay(text) && !Number.isNaN(Date.parse(text)), 'there is no such moment in the calendar');

/** A day or a moment: as exact as it is known. */
export const moment = z
  .string()
  .refine(
    (text) => DAY.test(text) || INSTANT.test(text),
    'write a day (2024-11-29) or a moment in UTC (2024-11-29T18:00:00Z)',
  )
  .refine(
    (text) => !(DAY.test(text) || INSTANT.test(text)) || (isRealDay(text) && !Number.isNaN(Date.parse(text))),
    'there is no such day or time in the calendar',
  );

export type Day = z.infer<typeof day>;
export type Instant = z.infer<typeof instant>;
export type Moment = z.infer<typeof moment>;

/** The calendar day that a moment names; its own text for a day. Never converts between zones. */
export const dayOf = (value: Moment): Day => value.slice(0, 10);

/** How finely a time is known; nothing is printed finer than this. */
export const TIME_PRECISIONS = ['exact_time', 'day', 'days', 'week', 'month', 'longer'] as const;

/** When something happened: `from` ≤ `to`, both as exact as `precision` says. */
export const span = z
  .strictObject({ from: moment, to: moment.optional(), precision: z.enum(TIME_PRECISIONS) })
  .refine((s) => s.to === undefined || dayOf(s.from) <= dayOf(s.to), {
    path: ['to'],
    error: 'ends before it starts; write the later day as "to"',
  });
export type Span = z.infer<typeof span>;

const calendars = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in a zone at a moment; a day stays itself. */
export function localDay(value: Moment, zone: string): Day {
  if (value.length === 10) return value;
  const known = calendars.get(zone);
  // Swedish writes days as YYYY-MM-DD.
  const calendar = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  if (!known) calendars.set(zone, calendar);
  return calendar.format(new Date(value));
}
