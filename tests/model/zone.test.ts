import { describe, expect, test } from 'vitest';
import { instantOf, offset, wallOf } from '../../src/model/zone.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a clock on the wall shows, read by another road than the code's: as text. */
const clocks = new Map<string, Intl.DateTimeFormat>();
function shown(zone: string, ms: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    clocks.set(zone, clock);
  }
  return Date.parse(`${clock.format(ms).replace(' ', 'T')}Z`);
}

/** Nights on which these zones changed their clocks: forward, back, by half an hour, at midnight, across a day. */
const NIGHTS: readonly [zone: string, around: string][] = [
  ['Europe/Berlin', '2025-03-30T01:00:00Z'],
  ['Europe/Berlin', '2025-10-26T01:00:00Z'],
  ['America/New_York', '2024-03-10T07:00:00Z'],
  ['America/New_York', '2024-11-03T06:00:00Z'],
  ['America/Havana', '2024-11-03T05:00:00Z'],
  ['America/St_Johns', '2024-03-10T05:30:00Z'],
  ['Australia/Lord_Howe', '2024-04-06T15:00:00Z'],
  ['Australia/Lord_Howe', '2024-10-05T15:30:00Z'],
  ['Asia/Beirut', '2024-03-30T22:00:00Z'],
  ['Asia/Beirut', '2024-10-26T21:00:00Z'],
  ['Asia/Damascus', '2022-03-24T22:00:00Z'],
  ['Asia/Damascus', '2022-10-27T21:00:00Z'],
  ['Asia/Tehran', '2022-03-21T20:30:00Z'],
  ['Africa/Casablanca', '2024-03-10T02:00:00Z'],
  ['Africa/Casablanca', '2024-04-14T02:00:00Z'],
  ['Asia/Gaza', '2024-04-20T00:00:00Z'],
  ['Pacific/Chatham', '2024-09-28T14:00:00Z'],
  ['America/Asuncion', '2024-10-06T04:00:00Z'],
  ['Asia/Kathmandu', '2024-06-01T00:00:00Z'],
];

describe.each(NIGHTS)('%s around %s', (zone, around) => {
  const from = Date.parse(around) - 30 * HOUR;
  const steps = Array.from({ length: 240 }, (_, i) => from + i * 15 * MINUTE);

  test('the offset is that of the clock', () => {
    for (const ms of steps) expect(wallOf(zone, ms)).toBe(shown(zone, ms));
  });

  test('a wall time is the first instant at which the clock shows it, and where it never does, shifted by the gap', () => {
    for (const ms of steps) {
      const wall = shown(zone, ms);
      const at = instantOf(zone, wall);
      expect(shown(zone, at)).toBe(wall);
      expect(at).toBeLessThanOrEqual(ms);
      for (let earlier = at - 15 * MINUTE; earlier > at - 4 * HOUR; earlier -= 15 * MINUTE)
        expect(shown(zone, earlier)).not.toBe(wall);
    }
    const walls = new Set(steps.map((ms) => shown(zone, ms)));
    const [first, last] = [shown(zone, from), shown(zone, steps.at(-1) ?? from)];
    for (let wall = first; wall <= last; wall += 15 * MINUTE) {
      if (walls.has(wall)) continue;
      const at = instantOf(zone, wall);
      const gap = offset(zone, at) - offset(zone, at - 3 * HOUR);
      expect(gap).toBeGreaterThan(0);
      expect(shown(zone, at)).toBe(wall + gap);
    }
  });
});

test('before there were zones the clocks kept local time, to the second', () => {
  const ms = Date.parse('1880-01-01T00:00:00Z');
  expect(wallOf('Europe/Berlin', ms) - ms).toBe((53 * 60 + 28) * 1000);
});
