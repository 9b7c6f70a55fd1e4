import type { DigestState } from './digests/book.ts';
import { upcoming } from './digests/next.ts';
import { instantOf, offset, wallOf } from './model/zone.ts';
import type { Mark } from './replay-clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No zone goes longer between two changes, if it changes its clocks at all. */
const A_YEAR = 400 * DAY;

/** When the clocks of a zone are changed next, in ms; undefined for a zone that leaves them alone. */
function nextChange(zone: string, from: number): number | undefined {
  const now = offset(zone, from);
  let day = from;
  while (offset(zone, day) === now) {
    day += DAY;
    if (day > from + A_YEAR) return undefined;
  }
  let [before, after] = [day - DAY, day];
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2);
    if (offset(zone, middle) === now) before = middle;
    else after = middle;
  }
  return after;
}

/** 23:00 on the evening before that night, and what happens in it; undefined where that evening has passed. */
function eveMark(zone: string, from: number): Mark | undefined {
  const change = nextChange(zone, from);
  if (change === undefined) return undefined;
  const forward = offset(zone, change) > offset(zone, change - HOUR);
  const wall = wallOf(zone, change);
  const eve = instantOf(zone, wall - (wall % DAY) - HOUR);
  const night = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
  return eve <= from
    ? eveMark(zone, change)
    : {
        label: `Night of ${night.format(change)}: clocks go ${forward ? 'forward' : 'back'} in ${zone}`,
        at: new Date(eve).toISOString(),
      };
}

/** Moments that digests make worth jumping to: the next of them, and the eves of the next two changes of their clocks. */
export function digestMarks(states: readonly DigestState[], now: number): readonly Mark[] {
  const running = states.filter(({ digest }) => !digest.paused);
  const next = running
    .flatMap((state) => upcoming(state, now, 1).map(({ at }) => ({ at, id: state.digest.id })))
    .sort((a, b) => a.at - b.at)[0];
  if (!next) return [];
  const zones = [...new Set(running.map(({ digest }) => digest.schedule.zone))];
  const eves = zones.flatMap((zone) => {
    const first = eveMark(zone, now);
    const second = first && eveMark(zone, Date.parse(first.at) + DAY);
    return [first, second].filter((mark) => mark !== undefined);
  });
  return [
    { label: `Next digest (${next.id})`, at: new Date(next.at).toISOString() },
    ...eves.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(0, 4),
  ];
}

/** More than these are not played one after the other. */
export const MOST_PLAYED = 30;

/**
 * The moments at which something is due on the way to another time, in ms: there the clock stops, so that each digest is
 * posted when it is due, as if time had passed. None where there are too many: then it is as if nobody had been there.
 */
export function duePlayed(states: readonly DigestState[], now: number, to: number): readonly number[] {
  const due = states
    .filter(({ digest }) => !digest.paused)
    .flatMap((state) => upcoming(state, now, MOST_PLAYED + 1).map(({ at }) => at))
    .filter((at) => at < to);
  const moments = [...new Set(due)].sort((a, b) => a - b);
  return moments.length > MOST_PLAYED ? [] : moments;
}
