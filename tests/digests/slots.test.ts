import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/digests/schedule.ts';
import { nextSlots, slotName, slotsBetween } from '../../src/digests/slots.ts';

/** A busy machine takes its time over a million clocks. */
const PATIENT = { timeout: 60_000 };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONES = Intl.supportedValuesOf('timeZone');
const FROM = Date.UTC(2025, 0, 1);
const TO = Date.UTC(2029, 0, 1);

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const daily = (zone: string, ...times: string[]): Schedule => ({ by: 'times', zone, times, days: [...WEEK] });
const cron = (zone: string, expression: string): Schedule => ({ by: 'cron', zone, cron: expression });
const iso = (ms: number): string => new Date(ms).toISOString();
const at = (text: string): number => Date.parse(text);

/** What a clock on the wall shows, read by another road than the code's: "2027-03-28T02:30". */
const clocks = new Map<string, Intl.DateTimeFormat>();
function shown(zone: string, ms: number): string {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    clocks.set(zone, clock);
  }
  return clock.format(ms).replace(' ', 'T');
}
const ahead = (zone: string, ms: number): number => Date.parse(`${shown(zone, ms)}Z`) - ms;

/** The first minute of the new time, for each change of a zone's clock in the four years. */
function changes(zone: string): readonly number[] {
  const found: number[] = [];
  let before = ahead(zone, FROM);
  for (let ms = FROM; ms < TO; ms += 3 * DAY) {
    const next = ahead(zone, ms + 3 * DAY);
    if (next === before) continue;
    let [low, high] = [ms, ms + 3 * DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (ahead(zone, middle) === before) low = middle;
      else high = middle;
    }
    found.push(high);
    before = next;
  }
  return found;
}

describe('all zones, all changes of the clock in four years', PATIENT, () => {
  const all = ZONES.map((zone) => [zone, changes(zone)] as const);

  test('there are as many as the calendar has', () => {
    expect(all.length).toBeGreaterThan(400);
    expect(all.flatMap(([, found]) => found).length).toBeGreaterThan(1_000);
  });

  test('around each of them every slot comes once, at the first minute that shows its time, or shifted by the gap', () => {
    const wrong: string[] = [];
    let [gaps, overlaps] = [0, 0];
    for (const [zone, found] of all) {
      const schedule = cron(zone, '*/5 * * * *');
      for (const change of found) {
        const [from, to] = [change - 4 * HOUR, change + 4 * HOUR];
        // Minute by minute: what the clock shows, and when first.
        const first = new Map<string, number>();
        for (let ms = from + MINUTE; ms <= to; ms += MINUTE) {
          const wall = shown(zone, ms);
          if (first.has(wall)) overlaps += 1;
          else first.set(wall, ms);
        }
        const expected = [...first].filter(([wall]) => Number(wall.slice(-2)) % 5 === 0);
        const forward = ahead(zone, change) - ahead(zone, change - MINUTE);
        const skipped = change + ahead(zone, change - MINUTE);
        for (let wall = skipped; wall < skipped + forward; wall += 5 * MINUTE) {
          gaps += 1;
          expected.push([iso(wall).slice(0, 16), first.get(iso(wall + forward).slice(0, 16)) ?? Number.NaN]);
        }
        const key = (wall: string, ms: number): string => `${zone} ${wall} at ${iso(ms)}`;
        const mine = slotsBetween(schedule, from, to).map((slot) => key(slot.wall, slot.at));
        const theirs = new Set(expected.map(([wall, ms]) => key(wall, ms)));
        wrong.push(...mine.filter((slot) => !theirs.has(slot)).map((slot) => `not expected: ${slot}`));
        for (const slot of mine) theirs.delete(slot);
        wrong.push(...[...theirs].map((slot) => `lacking: ${slot}`));
        if (new Set(mine).size !== mine.length) wrong.push(`doubled: ${zone} ${iso(change)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(Math.min(gaps, overlaps)).toBeGreaterThan(5_000);
  });

  test('a daily digest has each date of four years once, at its time or later by a gap', () => {
    const wrong: string[] = [];
    const days = (TO - FROM) / DAY;
    // Zones whose clocks always show the same need one look.
    const different = new Map(
      all.map(([zone, found]) => [`${ahead(zone, FROM)} ${found.join()} ${ahead(zone, TO)}`, zone]),
    );
    expect(different.size).toBeGreaterThan(50);
    for (const zone of different.values()) {
      const slots = slotsBetween(daily(zone, '02:30'), FROM, TO);
      const dates = new Set(slots.map(({ wall }) => wall));
      if (dates.size !== slots.length || Math.abs(slots.length - days) > 1) wrong.push(`${zone}: ${slots.length}`);
      for (const slot of slots) {
        const clock = shown(zone, slot.at);
        if (slot.moved?.how === 'gap' ? clock !== slot.moved.shown || clock <= slot.wall : clock !== slot.wall)
          wrong.push(`${zone} ${slot.wall} at ${clock}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('nights that cron libraries get wrong', () => {
  test.each([
    ['Europe/Berlin', '02:30', '2027-03-27T12:00Z', '2027-03-28T01:30Z', 'gap'],
    ['America/New_York', '02:30', '2027-03-14T00:00Z', '2027-03-14T07:30Z', 'gap'],
    ['Antarctica/Troll', '02:30', '2027-03-27T12:00Z', '2027-03-28T02:30Z', 'gap'],
    ['Africa/Cairo', '00:00', '2027-04-29T12:00Z', '2027-04-29T22:00Z', 'gap'],
    ['America/Santiago', '00:00', '2027-09-04T12:00Z', '2027-09-05T04:00Z', 'gap'],
    ['Australia/Lord_Howe', '02:15', '2027-10-02T12:00Z', '2027-10-02T15:45Z', 'gap'],
    ['Europe/Berlin', '02:30', '2027-10-30T12:00Z', '2027-10-31T00:30Z', 'overlap'],
    ['Africa/Cairo', '23:30', '2027-10-28T12:00Z', '2027-10-28T20:30Z', 'overlap'],
    ['America/New_York', '01:30', '2027-11-07T00:00Z', '2027-11-07T05:30Z', 'overlap'],
    ['America/Havana', '00:30', '2027-11-07T00:00Z', '2027-11-07T04:30Z', 'overlap'],
    ['Asia/Tehran', '02:30', '2027-03-21T12:00Z', '2027-03-21T23:00Z', undefined],
    ['Asia/Kathmandu', '02:30', '2027-03-21T12:00Z', '2027-03-21T20:45Z', undefined],
  ])('%s %s', (zone, time, after, due, how) => {
    const [slot] = nextSlots(daily(zone, time), at(after), 1);
    expect([iso(slot?.at ?? 0), slot?.moved?.how]).toEqual([iso(at(due)), how]);
  });

  test('the next moments name the one that is shifted, and where to', () => {
    const [, second] = nextSlots(daily('Europe/Berlin', '02:30'), at('2027-03-26T12:00Z'), 3);
    expect(second).toEqual({
      wall: '2027-03-28T02:30',
      at: at('2027-03-28T01:30Z'),
      moved: { how: 'gap', shown: '2027-03-28T03:30' },
    });
    expect(slotName('D7', second ?? { wall: '' })).toBe('D7@2027-03-28T02:30');
  });

  test('every half hour through both nights: none is lost, none doubled', () => {
    const half = cron('Europe/Berlin', '*/30 * * * *');
    const walls = (from: string, to: string): string[] =>
      slotsBetween(half, at(from), at(to)).map(({ wall }) => wall.slice(11));
    expect(walls('2027-03-28T00:29Z', '2027-03-28T02:00Z')).toEqual([
      '01:30',
      '02:00',
      '03:00',
      '02:30',
      '03:30',
      '04:00',
    ]);
    expect(walls('2027-10-30T23:59Z', '2027-10-31T02:00Z')).toEqual(['02:00', '02:30', '03:00']);
  });

  test('a day that the date line took is told on the day after it', () => {
    const slots = slotsBetween(daily('Pacific/Apia', '07:30'), at('2011-12-29T00:00Z'), at('2012-01-01T00:00Z'));
    expect(slots.map(({ wall, at: ms }) => [wall.slice(0, 10), iso(ms)])).toEqual([
      ['2011-12-29', '2011-12-29T17:30:00.000Z'],
      ['2011-12-30', '2011-12-30T17:30:00.000Z'],
      ['2011-12-31', '2011-12-30T17:30:00.000Z'],
      ['2012-01-01', '2011-12-31T17:30:00.000Z'],
    ]);
  });

  test('29 February is found eight years on, and what has no more ends', () => {
    const leap = cron('Etc/UTC', '0 9 29 2 *');
    expect(nextSlots(leap, at('2096-03-01T00:00Z'), 1).map(({ wall }) => wall)).toEqual(['2104-02-29T09:00']);
    expect(nextSlots(leap, at('2024-01-01T00:00Z'), 3)).toHaveLength(3);
  });
});

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Antarctica/Troll',
  'America/Havana',
  'UTC',
);
const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 6 });
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ zone, minutes, days: fc.subarray([...WEEK], { minLength: 1 }) }).map(({ zone: z, minutes: m, days }) => ({
    by: 'times' as const,
    zone: z,
    times: m.sort((a, b) => a - b).map((n) => iso(n * MINUTE).slice(11, 16)),
    days,
  })),
  fc
    .record({
      zone,
      expression: fc.constantFrom('*/20 * * * *', '15 */2 * * 1-5', '0 0 L * *', '30 2 1,15 * *', '0 3 * 3,10 0'),
    })
    .map(({ zone: z, expression }) => cron(z, expression)),
);
// Half of them near a night on which clocks change.
const instants = fc.oneof(
  fc.integer({ min: FROM / MINUTE, max: TO / MINUTE }).map((n) => n * MINUTE),
  fc
    .record({
      night: fc.constantFrom('2027-03-28T01:00Z', '2027-10-31T01:00Z', '2026-11-01T05:00Z', '2026-03-08T07:00Z'),
      off: fc.integer({ min: -200, max: 200 }),
    })
    .map(({ night, off }) => at(night) + off * MINUTE),
);
const spans = fc.integer({ min: 0, max: 12 * 24 * 60 }).map((n) => n * MINUTE);

describe('for any schedule', PATIENT, () => {
  test('slots rise, none is named twice, and all lie in the window', () => {
    fc.assert(
      fc.property(schedules, instants, spans, (schedule, from, span) => {
        const slots = slotsBetween(schedule, from, from + span);
        slots.forEach((slot, i) => {
          const before = slots[i - 1];
          expect(slot.at > from && slot.at <= from + span).toBe(true);
          if (before) expect(before.at < slot.at || (before.at === slot.at && before.wall < slot.wall)).toBe(true);
        });
        expect(new Set(slots.map(({ wall }) => wall)).size).toBe(slots.length);
      }),
    );
  });

  test('two windows that touch hold what the one over both holds', () => {
    fc.assert(
      fc.property(schedules, instants, spans, spans, (schedule, a, first, second) => {
        const [b, c] = [a + first, a + first + second];
        expect(slotsBetween(schedule, a, c)).toEqual([
          ...slotsBetween(schedule, a, b),
          ...slotsBetween(schedule, b, c),
        ]);
      }),
    );
  });

  test('the next ones are the first of those that follow', () => {
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 0, max: 20 }), (schedule, after, n) => {
        const next = nextSlots(schedule, after, n);
        expect(next).toHaveLength(n);
        const last = next.at(-1);
        if (last) expect(slotsBetween(schedule, after, last.at).slice(0, n)).toEqual(next);
      }),
    );
  });
});
