import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCron } from '../../src/digests/cron.ts';
import { readDays, readSchedule, readTimes, type Written } from '../../src/digests/read-schedule.ts';
import { planOf, scheduleWords, schedule as schema } from '../../src/digests/schedule.ts';
import { isZone, readZone, zoneNames, zonesLike } from '../../src/digests/zones.ts';
import { UserError } from '../../src/errors.ts';

/** The words of a refusal; fails where there is none, or where it is no refusal for people. */
function refusal(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).hint ?? '').not.toBe('');
    return (thrown as UserError).message;
  }
  throw new Error('it was taken');
}
const read = (written: Partial<Written>) => readSchedule({ zone: 'Europe/Berlin', ...written });

describe('times', () => {
  test.each([
    ['07:30', '07:30'],
    ['7:30', '07:30'],
    ['7.30', '07:30'],
    ['7h30', '07:30'],
    ['7:30pm', '19:30'],
    ['7 pm', '19:00'],
    ['12 a.m.', '00:00'],
    ['12:15 pm', '12:15'],
    ['noon and midnight', '00:00 12:00'],
    ['19:00, 07:30', '07:30 19:00'],
    ['7:30 19:00; 7:30', '07:30 19:00'],
    ['at 00:00', '00:00'],
  ])('%s', (written, times) => expect(readTimes(written).join(' ')).toBe(times));

  test.each([
    ['24:00', 'midnight is 00:00'],
    ['7:5', '07:05 or 07:50'],
    ['7:8', 'could be 07:08; write'],
    ['24:30', 'from 00:00 to 23:59'],
    ['25:00', 'from 00:00 to 23:59'],
    ['07:60', 'from 00:00 to 23:59'],
    ['13 pm', 'from 00:00 to 23:59'],
    ['0am', 'from 00:00 to 23:59'],
    ['7', 'write 07:00'],
    ['07:30:15', 'seconds'],
    ['soon', '“soon” is not a time of day'],
    ['7m', 'not a time of day'],
    ['-7:30', 'not a time of day'],
    ['', 'No time of day'],
    [',', 'No time of day'],
    [Array.from({ length: 25 }, (_, i) => `7:${10 + i}`).join(), '25 times a day'],
    ['7:30 '.repeat(100), 'too long'],
  ])('refused: %s', (written, part) => expect(refusal(() => readTimes(written))).toContain(part));
});

describe('days', () => {
  test.each([
    ['', 'mon tue wed thu fri sat sun'],
    ['every day', 'mon tue wed thu fri sat sun'],
    ['Weekdays', 'mon tue wed thu fri'],
    ['weekends', 'sat sun'],
    ['Fri, mon', 'mon fri'],
    ['mon-wed', 'mon tue wed'],
    ['friday to monday', 'mon fri sat sun'],
    ['Mondays and thurs', 'mon thu'],
    ['tu th', 'tue thu'],
    ['weekdays, sunday', 'mon tue wed thu fri sun'],
    ['sun', 'sun'],
  ])('%s', (written, days) => expect(readDays(written).join(' ')).toBe(days));

  test.each([
    ['mondy', 'did you mean "monday"?'],
    ['mon-', 'not a range'],
    ['mon-wed-fri', 'not a range'],
    ['1st', 'not a day of the week'],
    ['m', 'not a day of the week'],
    ['constructor', 'not a day of the week'],
    [',,', 'names no day'],
  ])('refused: %s', (written, part) => expect(refusal(() => readDays(written))).toContain(part));
});

describe('zones', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['america/new york', 'America/New_York'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['America/Port-au-Prince', 'America/Port-au-Prince'],
  ])('%s', (written, zone) => expect(readZone(written)).toBe(zone));

  test.each([
    ['Etc/GMT+3', '3 hours behind UTC'],
    ['etc/gmt-14', '14 hours ahead of UTC'],
    ['Etc/GMT', 'write UTC'],
    ['GMT+3', 'fixed distance'],
    ['UTC+05:30', 'fixed distance'],
    ['+03:00', 'fixed distance'],
    ['CET', 'write Europe/Berlin'],
    ['est', 'write America/New_York'],
    ['IST', 'Asia/Kolkata, Asia/Jerusalem or Europe/Dublin'],
    ['GMT', 'UTC or Europe/London'],
    ['EST5EDT', 'write America/New_York'],
    ['XYZ', 'abbreviations'],
    ['__proto__', 'There is no time zone'],
    ['Berlin', 'did you mean Europe/Berlin?'],
    ['new york', 'did you mean America/New_York?'],
    ['Europe/Berln', 'did you mean Europe/Berlin?'],
    ['Asia/Berlin', 'did you mean Europe/Berlin?'],
    ['US/Eastern', 'write America/New_York'],
    ['Japan', 'write Asia/Tokyo'],
    ['Mars/Olympus_Mons_Crater', 'There is no time zone'],
    ['', 'No time zone'],
    ['x'.repeat(5_000), 'There is no time zone “xxx'],
  ])('refused: %s', (written, part) => expect(refusal(() => readZone(written))).toContain(part));

  test('all that are offered can be used, in every spelling of the engine', () => {
    for (const name of [...zoneNames(), ...Intl.supportedValuesOf('timeZone')]) {
      expect([name, isZone(name)]).toEqual([name, true]);
      expect(readZone(name.toUpperCase())).toBe(name);
    }
  });

  test('completion finds the city first, without accents and underscores', () => {
    expect(zonesLike('berl')[0]).toBe('Europe/Berlin');
    expect(zonesLike('new y')[0]).toBe('America/New_York');
    expect(zonesLike('kyiv')).toEqual(['Europe/Kyiv']);
    expect(zonesLike('').length).toBe(25);
    expect(zonesLike('zzzz')).toEqual([]);
  });
});

describe('expressions', () => {
  const days = (expression: string, month: string): string => {
    const { on } = readCron(expression);
    const from = Date.parse(`${month}-01T00:00Z`);
    return Array.from({ length: 31 }, (_, i) => from + i * 86_400_000)
      .filter((day) => new Date(day).toISOString().startsWith(month) && on(day))
      .map((day) => new Date(day).getUTCDate())
      .join(' ');
  };

  test.each([
    ['30 7 * * *', '450'],
    ['0 7,19 * * *', '420 1140'],
    ['*/20 9-10 * * *', '540 560 580 600 620 640'],
    ['5-20/10 0 * * *', '5 15'],
    ['@daily', '0'],
  ])('minutes of %s', (expression, minutes) => expect(readCron(expression).minutes.join(' ')).toBe(minutes));

  test.each([
    ['0 9 * * 1', '2027-02', '1 8 15 22'],
    ['0 9 * * 7', '2027-02', '7 14 21 28'],
    ['0 9 * * SUN', '2027-02', '7 14 21 28'],
    ['0 9 L * *', '2027-02', '28'],
    ['0 9 L * *', '2028-02', '29'],
    ['0 9 1,L * *', '2027-02', '1 28'],
    ['0 9 31 * *', '2027-02', ''],
    ['0 9 * feb-mar fri', '2027-02', '5 12 19 26'],
    // Either, as every crontab has it; libraries differ.
    ['0 9 1 * 5', '2027-02', '1 5 12 19 26'],
    ['0 9 */10 * 1', '2027-02', '1'],
  ])('days of %s in %s', (expression, month, found) => expect(days(expression, month)).toBe(found));

  test.each([
    ['0 9 31 2 *', 'never fires: day 31 does not come in February'],
    ['0 9 31 2,4,jun *', 'never fires'],
    ['60 9 * * *', '60 in the field “minute” is out of range: it goes from 0 to 59'],
    ['0 24 * * *', 'in the field “hour” is out of range'],
    ['0 9 0 * *', 'in the field “day of month” is out of range: it goes from 1'],
    ['0 9 * 13 *', 'in the field “month”'],
    ['0 9 * * 8', 'in the field “day of week”'],
    ['0 9 * * mox', 'did you mean "mon"?'],
    ['0 9 * * fri-mon', 'runs backwards'],
    ['5/15 9 * * *', 'write 5-59/15'],
    ['*/0 9 * * *', 'must be a number from 1'],
    ['*/ 9 * * *', 'must be a number from 1'],
    ['0 9 * * 5#2', 'extension'],
    ['0 9 15W * *', 'extension'],
    ['0 9 ? * 1', 'extension'],
    ['0 0 9 * * *', 'has 6 fields, not five. Seconds have no field here'],
    ['0 9 * *', 'has 4 fields, not five.'],
    ['0,,5 9 * * *', 'empty or doubled part'],
    ['-5 9 * * *', 'is not a number'],
    ['0 9 * * * ; rm', 'fields, not five'],
    ['__proto__', 'has 1 field, not five'],
    ['@dayly', 'did you mean "@daily"?'],
    ['', 'no expression'],
    ['1 '.repeat(300), 'too long'],
  ])('refused: %s', (expression, part) => expect(refusal(() => readCron(expression))).toContain(part));
});

describe('the whole', () => {
  test('times and days, in words', () => {
    const { schedule, asks } = read({ times: '19:00, 7:30', days: 'weekdays' });
    expect(schedule).toEqual({
      by: 'times',
      zone: 'Europe/Berlin',
      times: ['07:30', '19:00'],
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    });
    expect(asks).toEqual([]);
    expect(scheduleWords(schedule)).toBe('07:30 and 19:00 on weekdays, Europe/Berlin');
  });

  test.each([
    ['* * * * *', 'often every minute, 1,440 times'],
    ['*/30 * * * *', 'often 48 times'],
    ['0 9 29 2 *', 'seldom four years'],
    ['0 9 1 * 1', 'either all of these and all of those'],
  ])('%s has to be confirmed', (cron, part) => {
    const { asks } = read({ cron });
    expect(asks.map(({ about, text }) => `${about} ${text}`).join()).toContain(part.split(' ').slice(1).join(' '));
    expect(asks[0]?.about).toBe(part.split(' ')[0]);
  });

  test('what is not odd is not asked about', () => {
    expect(read({ cron: '30 7 * * 1-5' }).asks).toEqual([]);
    expect(read({ cron: '0 */2 * * *' }).asks).toEqual([]);
    expect(read({ times: Array.from({ length: 13 }, (_, i) => `${i}:00`).join() }).asks).toHaveLength(1);
  });

  test('both ways at once, or none, are refused', () => {
    expect(refusal(() => read({ times: '7:30', cron: '0 9 * * *' }))).toContain('names the times and days by itself');
    expect(refusal(() => read({ days: 'mon' }))).toContain('not said when');
  });

  const pieces = fc.constantFrom(
    '7',
    ':',
    '30',
    ' ',
    ',',
    'mon',
    '-',
    'to',
    '*',
    '/',
    'L',
    'pm',
    '24',
    '0',
    '#',
    'Etc',
    'GMT',
    '+',
    'Europe',
    '“',
    '\u0000',
    '🜁',
    '__proto__',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(pieces, { maxLength: 12 }).map((found) => found.join('')),
  );

  test('anything that is written is read or refused in words; what is read is a schedule that computes', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(text, text, text, fc.oneof(fc.constant('UTC'), text), (times, days, cron, zone) => {
        for (const written of [
          { times, days, zone },
          { cron, zone },
        ])
          try {
            const { schedule } = readSchedule(written);
            expect(schema.parse(JSON.parse(JSON.stringify(schedule)))).toEqual(schedule);
            expect(planOf(schedule).minutes.length).toBeGreaterThan(0);
          } catch (thrown) {
            if (!(thrown instanceof UserError)) throw thrown;
            expect(thrown.message.length).toBeLessThan(300);
          }
      }),
      { numRuns: 500 },
    );
  });

  test('a schedule from elsewhere is checked as strictly', () => {
    for (const wrong of [
      { by: 'times', zone: 'Etc/GMT+3', times: ['07:30'], days: ['mon'] },
      { by: 'times', zone: 'UTC', times: ['7:30'], days: ['mon'] },
      { by: 'times', zone: 'UTC', times: ['19:00', '07:30'], days: ['mon'] },
      { by: 'times', zone: 'UTC', times: [], days: ['mon'] },
      { by: 'times', zone: 'UTC', times: ['07:30'], days: ['tue', 'mon'] },
      { by: 'cron', zone: 'UTC', cron: '0 9 31 2 *' },
      { by: 'cron', zone: 'CET', cron: '0 9 * * *' },
      { by: 'cron', zone: 'Etc/GMT', cron: '0 9 * * *' },
    ])
      expect(schema.safeParse(wrong).success).toBe(false);
  });
});
