import type { Schedule } from './schedule.ts';
import { roughCount, type Slot, slotsBetween } from './slots.ts';

const MINUTE = 60_000;
/** What starts no later than this after its time is not called late: a restart takes as long. */
export const LATE_AFTER = 5 * MINUTE;
/** A slot that was missed by more is not caught up: it is recorded, and the next one covers it. */
export const CATCH_UP = 24 * 60 * MINUTE;
/** So many missed slots are named one by one; older ones are counted. */
export const MOST_NAMED = 200;

/** Up to where the slots of a digest are settled. */
export interface Mark {
  /** Instant, in ms: of the newest settled slot, or since when the schedule counts. */
  readonly at: number;
  /**
   * Local name of the newest settled slot. It decides where the rules of the zone have changed since: a slot that is
   * later by the clock on the wall is not lost because its instant has moved before the mark.
   */
  readonly wall?: string;
}

/** What is to be done about the slots since the mark. */
export interface OwedSlots {
  /** To be posted. `late`: says so, and what it covers. */
  readonly due?: { readonly slot: Slot; readonly late: boolean };
  /** Due at the same instant, where a gap in the clock shifted one onto another: told by the one that is due. */
  readonly same: readonly Slot[];
  /** Older ones, in order; `more` were before those, and are counted only. */
  readonly missed: readonly Slot[];
  readonly more: number;
}

/**
 * What a digest owes at a moment: at most one post, for the newest slot since the mark, which covers all that the older
 * ones would have told. `taken` tells the slots that are settled already or must not be posted.
 */
export function owed(
  schedule: Schedule,
  mark: Mark,
  now: number,
  taken: (slot: Slot) => boolean = () => false,
): OwedSlots {
  const nothing: OwedSlots = { same: [], missed: [], more: 0 };
  // Rules of zones change by hours: a day before the mark is far enough to see a slot that has moved.
  const start = mark.wall === undefined ? mark.at : mark.at - CATCH_UP;
  if (now <= start) return nothing;
  const isNew = (slot: Slot): boolean =>
    (slot.at > mark.at || (mark.wall !== undefined && slot.wall > mark.wall)) && !taken(slot);

  const slots: Slot[] = [];
  let from = now;
  for (let span = CATCH_UP; from > start && slots.length <= MOST_NAMED; span *= 2) {
    const earlier = Math.max(start, from - span);
    slots.unshift(...slotsBetween(schedule, earlier, from).filter(isNew));
    from = earlier;
  }
  const newest = slots.at(-1);
  if (!newest) return nothing;
  const caughtUp = now - newest.at < CATCH_UP;
  const same = caughtUp ? slots.filter((slot) => slot.at === newest.at && slot !== newest) : [];
  const older = slots.slice(0, slots.length - (caughtUp ? 1 + same.length : 0));
  const missed = older.slice(-MOST_NAMED);
  return {
    ...(caughtUp && { due: { slot: newest, late: missed.length > 0 || now - newest.at > LATE_AFTER } }),
    same,
    missed,
    more: older.length - missed.length + (from > mark.at ? roughCount(schedule, mark.at, from) : 0),
  };
}
