import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/asking/when.ts';
import { readWhen } from '../../src/asking/when.ts';
import { UserError } from '../../src/errors.ts';

// A Sunday, 15:30 in Damascus (UTC+3 all year since 2022).
const CLOCK: Clock = { now: new Date('2024-12-01T12:30:00Z'), zone: 'Asia/Damascus' };
const read = (written: string, clock: Clock = CLOCK) => {
  const { start, end } = readWhen(written, clock);
  return [start.toISOString(), end.toISOString()];
};
const instant = (iso: string) => [iso, iso];
/** A day in Damascus. */
const dayOf = (date: string) => [
  new Date(Date.parse(`${date}T00:00:00+03:00`)).toISOString(),
  new Date(Date.parse(`${date}T00:00:00+03:00`) + 86_399_999).toISOString(),
];

describe('days', () => {
  test.each([
    ['2024-11-29', '2024-11-29'],
    [' 2024-11-29 ', '2024-11-29'],
    ['2024-2-9', '2024-02-09'],
    ['29 nov', '2024-11-29'],
    ['29 NOV 2024', '2024-11-29'],
    ['29. November 2023', '2023-11-29'],
    ['29  nov.', '2024-11-29'],
    ['1 dec', '2024-12-01'],
    ['2 dec', '2023-12-02'],
    ['29 feb', '2024-02-29'],
    ['today', '2024-12-01'],
    ['Yesterday', '2024-11-30'],
    ['sunday', '2024-12-01'],
    ['sat', '2024-11-30'],
    ['monday', '2024-11-25'],
    ['FRIDAY', '2024-11-29'],
    ['last friday', '2024-11-29'],
    ['last sunday', '2024-11-24'],
    ['Last Mon', '2024-11-25'],
    ['Nov 29', '2024-11-29'],
    ['nov. 29', '2024-11-29'],
    ['November 29 2024', '2024-11-29'],
    ['November 29, 2023', '2023-11-29'],
    ['29th November, 2023', '2023-11-29'],
    ['December 1st', '2024-12-01'],
    ['29.11.2024', '2024-11-29'],
    ['9. 2. 2024', '2024-02-09'],
    ['30.11.', '2024-11-30'],
    ['2.12.', '2023-12-02'],
    ['2024/11/29', '2024-11-29'],
  ])('%s is the whole of %s', (written, date) => {
    expect(read(written)).toEqual(dayOf(date));
  });

  test('29 February without a year is that of the last leap year', () => {
    expect(read('29 feb', { ...CLOCK, now: new Date('2026-06-01T12:00:00Z') })).toEqual(dayOf('2024-02-29'));
  });

  test('without a year it is the latest such day of the situation, where that is over', () => {
    const over = { ...CLOCK, now: new Date('2026-06-01T12:00:00Z'), lately: new Date('2025-02-06T00:00:00Z') };
    expect(read('29 nov', over)).toEqual(dayOf('2024-11-29'));
    expect(read('2 jan', over)).toEqual(dayOf('2025-01-02'));
    expect(read('today', over)).toEqual(dayOf('2026-06-01'));
    expect(read('29 nov', { ...over, now: new Date('2024-11-30T12:00:00Z') })).toEqual(dayOf('2024-11-29'));
  });

  test('what "today" is depends on the zone, not on the server', () => {
    const late = { now: new Date('2024-11-29T22:30:00Z'), zone: 'Asia/Damascus' };
    expect(read('today', late)).toEqual(dayOf('2024-11-30'));
    expect(read('today', { ...late, zone: 'America/New_York' })[0]).toBe('2024-11-29T05:00:00.000Z');
  });
});

describe('times', () => {
  test.each([
    ['2024-11-29 18:00', '2024-11-29T15:00:00.000Z'],
    ['2024-11-29T18:00', '2024-11-29T15:00:00.000Z'],
    ['2024-11-29, 18:00', '2024-11-29T15:00:00.000Z'],
    ['29 nov 18:00', '2024-11-29T15:00:00.000Z'],
    ['friday 8:05', '2024-11-29T05:05:00.000Z'],
    ['yesterday 0:00', '2024-11-29T21:00:00.000Z'],
    ['2024-11-29T18:00:00Z', '2024-11-29T18:00:00.000Z'],
    ['2024-11-29T20:59:59.999Z', '2024-11-29T20:59:59.999Z'],
    ['2024-11-29T18:00+03:00', '2024-11-29T15:00:00.000Z'],
    ['now', '2024-12-01T12:30:00.000Z'],
    ['29 nov 6pm', '2024-11-29T15:00:00.000Z'],
    ['nov 29, 6:30 pm', '2024-11-29T15:30:00.000Z'],
    ['friday at 6:30 PM', '2024-11-29T15:30:00.000Z'],
    ['29.11.2024 18:00', '2024-11-29T15:00:00.000Z'],
    ['30.11. 6 am', '2024-11-30T03:00:00.000Z'],
    ['sat 12am', '2024-11-29T21:00:00.000Z'],
    ['sat 12:05 pm', '2024-11-30T09:05:00.000Z'],
    ['29 nov noon', '2024-11-29T09:00:00.000Z'],
    ['yesterday, midnight', '2024-11-29T21:00:00.000Z'],
    ['noon', '2024-12-01T09:00:00.000Z'],
    ['midnight', '2024-11-30T21:00:00.000Z'],
    ['9:15', '2024-12-01T06:15:00.000Z'],
    ['6am', '2024-12-01T03:00:00.000Z'],
    ['2024-11-29 18:00 utc', '2024-11-29T18:00:00.000Z'],
    ['2024-11-29 18:00z', '2024-11-29T18:00:00.000Z'],
    ['29 nov 6pm UTC', '2024-11-29T18:00:00.000Z'],
    ['29 nov 6pmZ', '2024-11-29T18:00:00.000Z'],
    ['29 oct 18:00 gmt', '2024-10-29T18:00:00.000Z'],
    ['noon utc', '2024-12-01T12:00:00.000Z'],
  ])('%s is %s', (written, iso) => {
    expect(read(written)).toEqual(instant(iso));
  });

  test('a day in UTC is the whole of that day there', () => {
    const day = ['2024-11-29T00:00:00.000Z', '2024-11-29T23:59:59.999Z'];
    for (const written of ['2024-11-29 utc', '29 nov UTC', '29.11.2024z']) expect(read(written)).toEqual(day);
    const late = { now: new Date('2024-11-29T22:30:00Z'), zone: 'Asia/Damascus' };
    expect(read('today utc', late)).toEqual(day);
  });

  test.each([
    ['24h', 24],
    ['24 hours', 24],
    ['1 hour ago', 1],
    ['3d', 72],
    ['2 weeks', 336],
    ['90 min', 1.5],
    ['0h', 0],
    ['30m', 0.5],
  ])('%s is %d hours before now', (written, hours) => {
    expect(read(written)).toEqual(instant(new Date(CLOCK.now.getTime() - hours * 3_600_000).toISOString()));
  });
});

describe('nights on which the clock is changed', () => {
  const berlin = (written: string) => read(written, { now: new Date('2025-12-01T12:00:00Z'), zone: 'Europe/Berlin' });
  test('an hour that never was is shifted by the gap', () => {
    expect(berlin('2025-03-30 02:30')).toEqual(instant('2025-03-30T01:30:00.000Z'));
  });
  test('an hour that was twice is the first', () => {
    expect(berlin('2025-10-26 02:30')).toEqual(instant('2025-10-26T00:30:00.000Z'));
  });
  test('such days have 23 and 25 hours', () => {
    expect(berlin('2025-03-30')).toEqual(['2025-03-29T23:00:00.000Z', '2025-03-30T21:59:59.999Z']);
    expect(berlin('2025-10-26')).toEqual(['2025-10-25T22:00:00.000Z', '2025-10-26T22:59:59.999Z']);
  });
  test('a day that begins at one o’clock begins there', () => {
    const damascus2022 = { now: new Date('2022-12-01T12:00:00Z'), zone: 'Asia/Damascus' };
    expect(read('2022-03-25', damascus2022)).toEqual(['2022-03-24T22:00:00.000Z', '2022-03-25T20:59:59.999Z']);
  });
});

test('whatever is typed is read, or refused in words', () => {
  const parts = [
    '29',
    '11',
    '2024',
    'nov',
    'last',
    'friday',
    '/',
    '.',
    '-',
    ' ',
    ':',
    '18:00',
    'pm',
    'z',
    'utc',
    'at',
    '🕐',
    't',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 3 })), { maxLength: 9 }),
      (words) => {
        try {
          const { start, end } = readWhen(words.join(''), CLOCK);
          expect(end.getTime()).toBeGreaterThanOrEqual(start.getTime());
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UserError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

describe('what is no moment is refused with what would be right', () => {
  const refused = (written: string): UserError => {
    try {
      readWhen(written, CLOCK);
    } catch (thrown) {
      if (thrown instanceof UserError) return thrown;
      throw thrown;
    }
    throw new Error(`“${written}” was read`);
  };

  test.each([
    '2024-02-30',
    '2023-02-29',
    '31 june',
    '2024-13-01',
    '2024-00-10',
    '2024-11-00',
    '0000-01-01',
    '3000-01-01',
    '2024-02-30T10:00Z',
    '2024-11-31T10:00:00Z',
    '2024-11-29T10:00+25:00',
    '2024-11-29T25:00Z',
  ])('there is no %s', (written) => {
    expect(refused(written).message).toMatch(/^There is no such (day|moment)/);
  });

  test.each([
    ['29/11/2024', 'write 2024-11-29.'],
    ['11/29/2024', 'write 2024-11-29.'],
    ['3/4/2024', 'write 2024-04-03 or 2024-03-04.'],
    ['5/5/2024', 'write 2024-05-05.'],
    ['29/11/24', 'write 2024-11-29.'],
    ['29/11', 'write 2024-11-29.'],
    ['1/12 18:00', 'write 2024-12-01 or 2024-01-12.'],
  ])('%s does not say what comes first, and what it can mean is given', (written, ways) => {
    const { message, hint } = refused(written);
    expect(message).toContain('does not say whether the day or the month comes first');
    expect(message.endsWith(ways)).toBe(true);
    expect(hint).toContain('2024-11-29 18:00');
  });

  test.each(['31/31/2024', '0/0/2024', '31.11.2024', 'nov 31', 'february 30 2024'])('there is no day %s', (written) => {
    expect(refused(written).message).toMatch(/^There is no such day/);
  });

  test.each(['2024-11-29 24:00', '2024-11-29 18:60', 'friday 99:99', '29 nov 13pm', 'friday 0am', '6:60 pm'])(
    'there is no time %s',
    (written) => {
      expect(refused(written).message).toMatch(/^There is no such time of day/);
    },
  );

  test.each([
    '',
    '   ',
    'soon',
    'fr',
    'next friday',
    '29',
    '29.11',
    '29.11.24',
    'last',
    'last week',
    'last 29 nov',
    'nov',
    'nov 2024',
    'noon noon',
    'utc',
    'z',
    '29 z',
    'friday z',
    '-5h',
    '5',
    '1.5h',
    '999999h',
    'h',
    '🕐',
    '29 🗓️ 2024',
    '٢٩ نوفمبر',
    'constructor',
    '__proto__ 12:00',
    '2024-11-29 18:00:00',
    'null',
    '2024-11-29; drop',
  ])('“%s”', (written) => {
    const { message, hint } = refused(written);
    expect(message).toMatch(/is not a date that I can read|no such/);
    expect(hint).toContain('2024-11-29 18:00');
  });

  test.each([
    't'.repeat(6000),
    ' '.repeat(5990) + '18:00',
    '9'.repeat(6000),
    '🕐'.repeat(3000),
    't,'.repeat(2990) + '18:00',
    '1/'.repeat(3000),
    'noon '.repeat(1200),
    '6 pm'.repeat(1500),
  ])('6,000 characters are refused at once, and not repeated', (written) => {
    const before = performance.now();
    expect(refused(written).message.length).toBeLessThan(120);
    expect(performance.now() - before).toBeLessThan(50);
  });
});
