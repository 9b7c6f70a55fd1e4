import type { DigestState } from './book.ts';
import { type OwedSlots, owed } from './owed.ts';
import type { SlotRef } from './records.ts';
import { onceADay } from './schedule.ts';
import { nextSlots, type Slot, slotAt } from './slots.ts';

/** What must not be posted: a slot that is settled or claimed, and a second one on a local date where there is one a day. */
export const isTaken =
  ({ digest, history, postedOn }: DigestState) =>
  (slot: SlotRef): boolean =>
    history.has(`${digest.id}@${slot.wall}`) || (onceADay(digest.schedule) && slot.wall.slice(0, 10) <= postedOn);

/** What a digest owes now; nothing while it is paused. */
export const owedOf = (state: DigestState, now: number): OwedSlots =>
  state.digest.paused
    ? { same: [], missed: [], more: 0 }
    : owed(state.digest.schedule, state.mark, now, isTaken(state));

/** The next slots of a digest after a moment, as they will be posted. */
export function upcoming(state: DigestState, after: number, n: number): readonly Slot[] {
  const taken = isTaken(state);
  for (let wanted = n; ; wanted *= 2) {
    const found = nextSlots(state.digest.schedule, after, wanted);
    const free = found.filter((slot) => !taken(slot));
    if (free.length >= n || found.length < wanted) return free.slice(0, n);
  }
}

/** When there is next something to do for a digest, in ms; undefined while it is paused, or where it never is. */
export function nextDue(state: DigestState): number | undefined {
  const { digest, mark } = state;
  if (digest.paused) return undefined;
  // Where the rules of the zone have changed since, the name of the mark says where the schedule goes on.
  const from = mark.wall === undefined ? mark.at : Math.min(mark.at, slotAt(digest.schedule.zone, mark.wall).at);
  return upcoming(state, from, 1)[0]?.at;
}
