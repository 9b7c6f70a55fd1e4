import type { Moment } from '../model/time.ts';

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A day begins somewhere on earth 14 hours before it begins in UTC. */
const EARLIEST_ZONE = 14 * HOUR;

/** Milliseconds of the earliest instant that a moment can mean. A day counts from where it begins first. */
export const earliest = (value: Moment): number => Date.parse(value) - (value.length === 10 ? EARLIEST_ZONE : 0);

export const msOf = (instant: string): number => Date.parse(instant);

/** The spelling that the ledger keeps: `2024-11-29T18:00:00.000Z`. Equal instants are equal texts. */
export const stampOf = (ms: number): string => new Date(ms).toISOString();

export const laterOf = (...stamps: readonly string[]): string => stamps.reduce((a, b) => (a < b ? b : a));
