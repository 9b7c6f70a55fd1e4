import { describe, expect, test } from 'vitest';
import {
  formatTimestamp,
  fullMoment,
  instantOf,
  messageTime,
  sameDay,
  zonedInput,
} from '../../../src/playground/page/time.ts';

const at = Date.UTC(2024, 10, 29, 15, 5);
const reader = { now: at + 3 * 3_600_000, zone: 'Asia/Damascus', locale: 'en-GB' };

describe('timestamps', () => {
  test.each([
    ['t', '18:05'],
    ['T', '18:05:00'],
    ['d', '29/11/2024'],
    ['D', '29 November 2024'],
    ['f', /^29 November 2024(,| at) 18:05$/],
    ['F', /^Friday,? 29 November 2024(,| at) 18:05$/],
    ['R', '3 hours ago'],
  ])('style %s', (style, text) => {
    expect(formatTimestamp(at / 1000, style, reader)).toMatch(text);
  });

  test('further than any date: nothing', () => {
    expect(formatTimestamp(1e13, 'f', reader)).toBeUndefined();
  });

  test('the full moment names weekday and zone', () => {
    expect(fullMoment(at, reader)).toMatch(/Friday.*29 November 2024.*18:05.*GMT\+3/);
  });

  test('beside a message: today, yesterday, or the date', () => {
    expect(messageTime(at, reader)).toBe('Today at 18:05');
    expect(messageTime(at - 86_400_000, reader)).toBe('Yesterday at 18:05');
    expect(messageTime(at - 3 * 86_400_000, reader)).toBe('26/11/2024, 18:05');
  });

  test('days are those of the reader', () => {
    expect(sameDay(Date.UTC(2024, 10, 29, 20), Date.UTC(2024, 10, 29, 22), reader)).toBe(false);
  });
});

describe('a wall clock in a zone', () => {
  test.each([
    ['2024-11-29T18:05', 'Asia/Damascus', '2024-11-29T15:05:00.000Z'],
    ['2024-07-01T12:00', 'Europe/Berlin', '2024-07-01T10:00:00.000Z'],
    ['2024-07-01T12:00', 'Asia/Kathmandu', '2024-07-01T06:15:00.000Z'],
    // Skipped in spring: half an hour into the gap is half an hour after it.
    ['2024-03-31T02:30', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
    // Shown twice in autumn: the first time.
    ['2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T00:30:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(new Date(instantOf(local, zone) ?? 0).toISOString()).toBe(instant);
  });

  test('reads back what it shows', () => {
    expect(zonedInput(at, 'Asia/Damascus')).toBe('2024-11-29T18:05');
    expect(instantOf('soon', 'Asia/Damascus')).toBeUndefined();
  });
});
