import { describe, expect, test } from 'vitest';
import { digestMarks, duePlayed, MOST_PLAYED } from '../src/digest-marks.ts';
import type { DigestState } from '../src/digests/book.ts';
import { at, daily, iso, order } from './digests/orders.ts';

const digest = (zone: string, ...times: string[]): DigestState => ({
  digest: order({ schedule: daily(zone, ...times) }),
  mark: { at: 0 },
  told: {},
  history: new Map(),
  open: new Map(),
  postedOn: '',
});
const NOW = at('2027-01-10T12:00:00Z');

describe('the moments that digests make worth jumping to', () => {
  test('are the next of them, and the eves of the nights in which their clocks change', () => {
    expect(digestMarks([digest('Europe/Berlin', '07:30'), digest('UTC', '18:00')], NOW)).toEqual([
      { label: 'Next digest (D1)', at: '2027-01-10T18:00:00.000Z' },
      { label: 'Night of 28 Mar 2027: clocks go forward in Europe/Berlin', at: '2027-03-27T22:00:00.000Z' },
      { label: 'Night of 31 Oct 2027: clocks go back in Europe/Berlin', at: '2027-10-30T21:00:00.000Z' },
    ]);
  });

  test('leave out a night that has begun', () => {
    const marks = digestMarks([digest('Europe/Berlin', '07:30')], at('2027-03-27T22:30:00Z'));
    expect(marks.map(({ label }) => label)).toEqual([
      'Next digest (D1)',
      'Night of 31 Oct 2027: clocks go back in Europe/Berlin',
      'Night of 26 Mar 2028: clocks go forward in Europe/Berlin',
    ]);
  });

  test('are none without a digest, and none of a paused one', () => {
    expect(digestMarks([], NOW)).toEqual([]);
    const paused = digest('Europe/Berlin', '07:30');
    expect(digestMarks([{ ...paused, digest: { ...paused.digest, paused: true } }], NOW)).toEqual([]);
  });
});

describe('on the way to another time the clock stops', () => {
  test('where something is due, in order, each moment once', () => {
    const states = [digest('Europe/Berlin', '02:30', '03:30'), digest('UTC', '01:30')];
    const from = at('2027-03-27T22:00:00Z');
    // 02:30 is skipped that night and comes at 03:30, as does the other; 03:30 in Berlin is 01:30 UTC.
    expect(duePlayed(states, from, from + 86_400_000).map(iso)).toEqual(['2027-03-28T01:30:00.000Z']);
    expect(duePlayed(states, from, from + 2 * 86_400_000).map(iso)).toEqual([
      '2027-03-28T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
      '2027-03-29T01:30:00.000Z',
    ]);
  });

  test('but not on a way that is too long', () => {
    const day = 86_400_000;
    expect(duePlayed([digest('UTC', '07:30')], NOW, NOW + MOST_PLAYED * day)).toHaveLength(MOST_PLAYED);
    expect(duePlayed([digest('UTC', '07:30')], NOW, NOW + (MOST_PLAYED + 2) * day)).toEqual([]);
  });
});
