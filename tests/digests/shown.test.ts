import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/briefing/plain.ts';
import { type DigestState, foldDigests, newBook } from '../../src/digests/book.ts';
import { clockWords } from '../../src/digests/moments.ts';
import { readQuiet } from '../../src/digests/read-quiet.ts';
import type { DigestEvent } from '../../src/digests/records.ts';
import { composeHistory } from '../../src/digests/shown-history.ts';
import { slotAt } from '../../src/digests/slots.ts';
import { at, order } from './orders.ts';

function stateOf(records: readonly Pick<DigestEvent, 'kind' | 'body'>[]): DigestState {
  const book = newBook('100');
  const all = [{ kind: 'digest.created', body: { digest: order(), since: {} } }, ...records];
  foldDigests(
    all.map((record, i) => ({ author: 'bot', at: '2027-02-01T00:00:00.000Z', ...record, seq: i + 1 }) as DigestEvent),
    book,
  );
  const state = book.digests.get('D1');
  if (!state) throw new Error('there is no digest');
  return state;
}
const slots = (n: number) =>
  Array.from({ length: n }, (_, i) => {
    const wall = `2027-01-${String(i + 1).padStart(2, '0')}T07:30`;
    return { wall, at: at(`${wall}:00Z`) };
  });
const historyOf = (...records: readonly Pick<DigestEvent, 'kind' | 'body'>[]): string =>
  plainText(composeHistory(stateOf(records)));

const caught = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (thrown) {
    return thrown;
  }
};

describe('the history of a digest', () => {
  test('names a few missed slots one by one, and many together', () => {
    const missed = (n: number) => ({
      kind: 'slot.missed' as const,
      body: { id: 'D1', slots: slots(n), why: 'the bot was off' },
    });
    expect(historyOf(missed(3)).match(/missed: the bot was off/g)).toHaveLength(3);
    const many = historyOf(missed(12));
    expect(many).toContain('- 12 from Fri 1 Jan 2027, 07:30 to Tue 12 Jan 2027, 07:30 — missed: the bot was off');
    expect(many.match(/missed: the bot was off/g)).toHaveLength(1);
    expect(many).toContain('12 failed or were missed');
  });

  test('of a digest that was not due yet says so', () => {
    expect(historyOf()).toContain('It has not been due yet.');
  });
});

describe('what a change of clocks does to a slot is said in words', () => {
  test.each([
    ['Europe/Berlin', '2027-03-28T02:30', /skip 02:30: it comes at 03:30, once/],
    ['Europe/Berlin', '2027-10-31T02:30', /show 02:30 twice: it comes the first time, once/],
    ['Australia/Lord_Howe', '2027-10-03T02:15', /skip 02:15: it comes at 02:45, once/],
  ])('%s %s', (zone, wall, words) => {
    expect(clockWords(slotAt(zone, wall), zone)).toMatch(words);
  });

  test('also where it only moves it on the clocks of others', () => {
    const before = slotAt('Australia/Lord_Howe', '2027-10-02T07:30').at;
    expect(clockWords(slotAt('Australia/Lord_Howe', '2027-10-03T07:30'), 'Australia/Lord_Howe', before)).toBe(
      'clocks go forward 30 minutes before it, to UTC+11',
    );
    expect(clockWords(slotAt('Asia/Kathmandu', '2027-10-03T07:30'), 'Asia/Kathmandu', before)).toBe('');
  });
});

describe('quiet hours', () => {
  test.each([
    ['22:00-06:00', '22:00', '06:00'],
    ['22:00 – 6:30', '22:00', '06:30'],
    ['from 10 pm to 6 am', '22:00', '06:00'],
    ['22:00 until 6:00', '22:00', '06:00'],
  ])('%s', (written, from, to) => {
    expect(readQuiet(written)).toEqual({ from, to });
  });

  test.each([['22:00'], ['22:00-'], ['22:00-06:00-07:00'], ['22:00, 23:00-06:00'], ['night'], ['07:00-7:00'], ['']])(
    'are not “%s”',
    (written) => {
      expect(() => readQuiet(written)).toThrow();
      expect(caught(() => readQuiet('22-6'))).toMatchObject({ hint: 'Write them as 22:00-06:00.' });
    },
  );
});
