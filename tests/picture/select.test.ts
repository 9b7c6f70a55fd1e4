import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/picture/select.ts';
import { liesIn, placeOf, select } from '../../src/picture/select.ts';
import { added, entry, pictureOf, retracted, situation } from '../support/build.ts';

const HERE = situation();

describe('places', () => {
  test.each<[string | undefined, string, boolean]>([
    ['bridge', 'bridge', true],
    ['bridge', 'ford', true],
    ['bridge', 'valley', true],
    ['ford', 'bridge', false],
    ['coast', 'valley', false],
    [undefined, 'valley', false],
    ['nowhere', 'valley', false],
  ])('%s lies in %s: %s', (id, container, expected) => {
    expect(liesIn(HERE, id, container)).toBe(expected);
  });

  test('a circle in the gazetteer ends', () => {
    const round = situation({
      places: [
        { id: 'a', name: 'A', aliases: [], precision: 'adm2', within: 'b' },
        { id: 'b', name: 'B', aliases: [], precision: 'adm2', within: 'a' },
      ],
    });
    expect(liesIn(round, 'a', 'c')).toBe(false);
  });

  test('a place is found by its id', () => {
    expect(placeOf(HERE, 'ford')?.name).toBe('Ford');
    expect(placeOf(HERE, undefined)).toBeUndefined();
  });
});

const PICTURE = pictureOf(
  added(entry('E10', { occurred: { from: '2024-11-28', precision: 'day' }, place: 'bridge' })),
  added(entry('E9', { occurred: { from: '2024-11-28', precision: 'day' }, place: 'coast', kind: 'statement' })),
  added(
    entry('E2', {
      occurred: { from: '2024-11-29T18:00:00Z', precision: 'exact_time' },
      parties: [{ party: 'north', role: 'target' }],
    }),
  ),
  added(entry('E3', { occurred: { from: '2024-11-26', to: '2024-11-29', precision: 'days' }, place: 'valley' })),
  added(entry('E4', { occurred: { from: '2024-11-28', precision: 'day' }, place: 'ford' })),
  retracted('E4'),
);

describe('which entries', () => {
  test.each<[Filter, string[]]>([
    [{}, ['E3', 'E9', 'E10', 'E2']],
    [{ from: '2024-11-29' }, ['E3', 'E2']],
    [{ to: '2024-11-27' }, ['E3']],
    [{ from: '2024-11-28', to: '2024-11-28' }, ['E3', 'E9', 'E10']],
    [{ place: 'valley' }, ['E3', 'E10']],
    [{ place: 'ford' }, ['E10']],
    [{ party: 'north' }, ['E2']],
    [{ kind: 'statement' }, ['E9']],
    [{ place: 'coast', kind: 'event' }, []],
  ])('%j, by event time, then id, without retracted ones', (filter, ids) => {
    expect(select(PICTURE, filter).map((s) => s.entry.id)).toEqual(ids);
  });
});

test('a day is one of the situation: what happened late in the evening of UTC belongs to the next day there', () => {
  const late = pictureOf(added(entry('E1', { occurred: { from: '2024-11-29T22:30:00Z', precision: 'exact_time' } })));
  expect(select(late, { from: '2024-11-30', to: '2024-11-30' })).toHaveLength(1);
  expect(select(late, { to: '2024-11-29' })).toEqual([]);
});
