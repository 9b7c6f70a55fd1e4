import { instantOf, wallOf } from '../model/zone.ts';
import type { QuietHours } from './digest.ts';
import { minuteOf } from './schedule.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** When the quiet hours end that a moment lies in, in ms; undefined where it lies in none. They begin at `from` and are over at `to`. */
export function quietUntil(quiet: QuietHours | undefined, zone: string, now: number): number | undefined {
  if (!quiet) return undefined;
  const wall = wallOf(zone, now);
  const day = Math.floor(wall / DAY) * DAY;
  const minute = (wall - day) / MINUTE;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const inside = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return undefined;
  const end = instantOf(zone, day + (minute < to ? 0 : DAY) + to * MINUTE);
  // An hour that is shown twice: the first end has passed, and it is quiet until the second.
  return end > now ? end : now + (to - minute) * MINUTE;
}
