import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATCH_UP, LATE_AFTER, owed } from '../../src/digests/owed.ts';
import { slotsBetween } from '../../src/digests/slots.ts';
import { at, cron, daily } from './orders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const morning = daily('Europe/Berlin', '07:30');
/** Monday, 07:30 in Berlin. */
const MONDAY = at('2027-01-11T06:30Z');
const settled = { at: MONDAY, wall: '2027-01-11T07:30' };

describe('what a digest owes', () => {
  test('nothing before its time, one post from its time on', () => {
    const before = owed(morning, { at: MONDAY - HOUR }, MONDAY - 1);
    expect(before).toEqual({ same: [], missed: [], more: 0 });
    const due = owed(morning, { at: MONDAY - HOUR }, MONDAY);
    expect(due).toEqual({ due: { slot: settled, late: false }, same: [], missed: [], more: 0 });
    expect(owed(morning, settled, MONDAY + HOUR).due).toBeUndefined();
  });

  test('after a short restart it is not called late; after more than that it is', () => {
    expect(owed(morning, { at: MONDAY - HOUR }, MONDAY + LATE_AFTER).due?.late).toBe(false);
    expect(owed(morning, { at: MONDAY - HOUR }, MONDAY + LATE_AFTER + 1).due?.late).toBe(true);
  });

  test('off for three hours over an hourly digest: one late post, and the older slots are missed', () => {
    const hourly = cron('Europe/Berlin', '0 * * * *');
    const { due, missed, more } = owed(hourly, settled, MONDAY + 3 * HOUR);
    expect(due).toEqual({ slot: { wall: '2027-01-11T10:00', at: MONDAY + 2.5 * HOUR }, late: true });
    expect(missed.map(({ wall }) => wall.slice(11))).toEqual(['08:00', '09:00']);
    expect(more).toBe(0);
  });

  test('off for three days over a daily digest: one late post for the newest', () => {
    const { due, missed } = owed(morning, settled, MONDAY + 72 * HOUR + 5 * HOUR);
    expect(due).toEqual({ slot: { wall: '2027-01-14T07:30', at: MONDAY + 72 * HOUR }, late: true });
    expect(missed.map(({ wall }) => wall.slice(0, 10))).toEqual(['2027-01-12', '2027-01-13']);
  });

  test('a weekly digest that was missed by more than a day is not caught up', () => {
    const weekly = { ...morning, days: ['mon' as const] };
    const { due, missed } = owed(weekly, { at: MONDAY - HOUR }, MONDAY + CATCH_UP);
    expect(due).toBeUndefined();
    expect(missed).toEqual([settled]);
    expect(owed(weekly, { at: MONDAY - HOUR }, MONDAY + CATCH_UP - 1).due?.late).toBe(true);
  });

  test('off for a year over a digest of every minute: the newest missed ones are named, the others counted', () => {
    const { due, missed, more } = owed(cron('UTC', '* * * * *'), { at: MONDAY }, MONDAY + 365 * 24 * HOUR);
    expect(due?.late).toBe(true);
    expect(missed).toHaveLength(200);
    expect(1 + missed.length + more).toBe(365 * 24 * 60);
  });

  test('two slots that a gap puts on the same instant are one post', () => {
    const both = daily('Europe/Berlin', '02:30', '03:30');
    const night = at('2027-03-28T01:30Z');
    const { due, same, missed } = owed(both, { at: night - HOUR }, night);
    expect([due?.slot.wall, due?.late, same.map(({ wall }) => wall), missed]).toEqual([
      '2027-03-28T03:30',
      false,
      ['2027-03-28T02:30'],
      [],
    ]);
  });

  test('a slot after the mark by the clock on the wall is not lost where a change of the rules has moved it before the mark', () => {
    // As if 07:30 had been settled by rules that put it three hours later.
    const mark = { at: MONDAY + 3 * HOUR, wall: '2027-01-11T07:30' };
    const twice = daily('Europe/Berlin', '07:30', '09:00');
    const done = (slot: { wall: string }) => slot.wall === mark.wall;
    expect(owed(twice, mark, MONDAY + 3 * HOUR, done).due?.slot.wall).toBe('2027-01-11T09:00');
  });

  test('each slot is owed once, in whatever steps time goes on', { timeout: 60_000 }, () => {
    const schedule = fc.constantFrom(
      morning,
      daily('Europe/Berlin', '02:30', '03:00', '03:30'),
      cron('America/Havana', '*/15 * * * *'),
      cron('Australia/Lord_Howe', '15 */2 * * *'),
    );
    const start = fc.constantFrom('2027-03-27T20:00Z', '2027-10-30T20:00Z', '2027-11-06T20:00Z', '2027-10-02T10:00Z');
    const steps = fc.array(fc.integer({ min: 1, max: 40 * 60 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(schedule, start, steps, (of, text, minutes) => {
        const from = at(text);
        let now = from;
        let mark: { at: number; wall?: string } = { at: from };
        const seen: string[] = [];
        for (const step of minutes) {
          now += step * MINUTE;
          const found = owed(of, mark, now, ({ wall }) => seen.includes(wall));
          const slots = [...found.missed, ...found.same, ...(found.due ? [found.due.slot] : [])];
          seen.push(...slots.map(({ wall }) => wall));
          const last = slots.at(-1);
          if (last) mark = { at: last.at, wall: last.wall };
          expect(found.more).toBe(0);
        }
        expect(seen.toSorted()).toEqual(
          slotsBetween(of, from, now)
            .map(({ wall }) => wall)
            .toSorted(),
        );
      }),
      { numRuns: 200 },
    );
  });
});
