import type { Day } from '../model/time.ts';
import type { Token } from './tokens.ts';

/**
 * A time that a text names. `on`: when something happened. `since`, `span`: a count over it adds up. `window`: the last so
 * many hours or days. Days are of the situation's zone.
 */
export interface Moment {
  readonly kind: 'on' | 'since' | 'span' | 'window';
  readonly from: Day;
  readonly to: Day;
  readonly precision: 'day' | 'days' | 'week' | 'month' | 'longer';
  /** Minutes after midnight, where a time of day is named beside the day. */
  readonly minutes?: number;
  /** First token, and the token after the last. */
  readonly at: number;
  readonly end: number;
  /** Why a person should look again. */
  readonly doubt?: string;
}

export interface Calendar {
  /** Day of publication in the situation's zone. */
  readonly today: Day;
  /** Day on which the situation began. */
  readonly start?: Day | undefined;
}

/** Finds the times that tokens name, in order. Numbers inside them count nothing. */
export type Moments = (tokens: readonly Token[], calendar: Calendar) => readonly Moment[];

const DAY = 86_400_000;

/** A day so many days later. */
export const shift = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** 0: Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The day of a calendar date, if there is one; month 1–12. */
export function dayAt(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year <= 2999;
  return real ? date.toISOString().slice(0, 10) : undefined;
}
