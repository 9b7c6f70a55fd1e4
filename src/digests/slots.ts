import { offset, type Shown, wallOf, whenShown } from '../model/zone.ts';
import { planOf, type Schedule } from './schedule.ts';

/** One due moment of a digest. */
export interface Slot {
  /** The local date and time that it is named by, `2027-03-28T02:30`, whatever the clock does on that day. */
  readonly wall: string;
  /** Its instant, in ms. */
  readonly at: number;
  /** How a change of the clock bears on it. `gap`: the clock skips this time and shows `shown` instead; `overlap`: shown twice, this is the first. */
  readonly moved?: { readonly how: 'gap'; readonly shown: string } | { readonly how: 'overlap' };
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** 29 February may be eight years away. */
const FARTHEST_NEXT = (8 * 366 + 1) * DAY;

/** Zone → day → offset at its midnight in UTC. Many digests are due on the same days of the same zones. */
const kept = new Map<string, Map<number, number>>();
const MOST_DAYS = 4_000;

function offsetOn(zone: string, day: number): number {
  let ofZone = kept.get(zone);
  if (!ofZone || ofZone.size >= MOST_DAYS) kept.set(zone, (ofZone = new Map()));
  let found = ofZone.get(day);
  if (found === undefined) ofZone.set(day, (found = offset(zone, day)));
  return found;
}

/** The offsets that a zone may have on a local day: no zone is a day off UTC, so these instants lie around it on every side. */
function offsetsAround(zone: string, day: number): { readonly low: number; readonly high: number } {
  const offsets = [day - DAY, day, day + DAY, day + 2 * DAY].map((d) => offsetOn(zone, d));
  return { low: Math.min(...offsets), high: Math.max(...offsets) };
}

/** `2027-03-28T02:30` of `Date.UTC` of its fields. */
export const wallText = (wall: number): string => new Date(wall).toISOString().slice(0, 16);

function slotOf(zone: string, wall: number, { at, how }: Shown): Slot {
  const slot = { wall: wallText(wall), at };
  if (how === 'once') return slot;
  return { ...slot, moved: how === 'twice' ? { how: 'overlap' } : { how: 'gap', shown: wallText(wallOf(zone, at)) } };
}

const dayOf = (wall: number): number => wall - (((wall % DAY) + DAY) % DAY);

/** In order of time; two at the same instant (one of them shifted by a gap) in order of their names. */
const inOrder = (slots: Slot[]): Slot[] => slots.sort((a, b) => a.at - b.at || (a.wall < b.wall ? -1 : 1));

/** The slot of a local date and time. */
export function slotAt(zone: string, wall: string): Slot {
  const ms = Date.parse(`${wall}Z`);
  return slotOf(zone, ms, whenShown(zone, ms));
}

/** All slots with from < at ≤ to, in order. Each is named once, whatever the clocks do between. */
export function slotsBetween(schedule: Schedule, from: number, to: number): readonly Slot[] {
  if (!(from < to)) return [];
  const { zone } = schedule;
  const { minutes, on } = planOf(schedule);
  const slots: Slot[] = [];
  // No clock is a day off UTC, and no gap is longer than a day.
  for (let day = dayOf(from - 2 * DAY); day <= to + DAY; day += DAY) {
    if (!on(day)) continue;
    const { low, high } = offsetsAround(zone, day);
    for (const minute of minutes) {
      const wall = day + minute * MINUTE;
      if (wall - low <= from || wall - high > to) continue;
      // Only where the clocks change near is it a question what the clock shows.
      const shown: Shown = low === high ? { at: wall - low, how: 'once' } : whenShown(zone, wall);
      if (from < shown.at && shown.at <= to) slots.push(slotOf(zone, wall, shown));
    }
  }
  return inOrder(slots);
}

/** The next `n` slots after an instant, in order; fewer where the schedule has no more within eight years. */
export function nextSlots(schedule: Schedule, after: number, n: number): readonly Slot[] {
  const found: Slot[] = [];
  let span = Math.ceil(n / planOf(schedule).minutes.length) * DAY;
  for (let from = after; found.length < n && from < after + FARTHEST_NEXT; span *= 4) {
    found.push(...slotsBetween(schedule, from, from + span));
    from += span;
  }
  return found.slice(0, n);
}

/** How many times of the local clock lie between two instants, about: without looking at a single change of clocks. */
export function roughCount(schedule: Schedule, from: number, to: number): number {
  const { minutes, on } = planOf(schedule);
  const [first, last] = [wallOf(schedule.zone, from), wallOf(schedule.zone, to)];
  let count = 0;
  for (let day = dayOf(first); day <= last; day += DAY) {
    if (!on(day)) continue;
    if (day > first && day + DAY <= last) count += minutes.length;
    else count += minutes.filter((m) => day + m * MINUTE > first && day + m * MINUTE <= last).length;
  }
  return count;
}

/** `D7@2027-03-28T02:30`: what a slot is called in the ledger and on its message. No change of clocks doubles or drops one. */
export const slotName = (digest: string, { wall }: Pick<Slot, 'wall'>): string => `${digest}@${wall}`;
