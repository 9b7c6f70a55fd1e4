import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/entry.ts';
import type { Figure } from '../../src/model/figure.ts';
import { incidentsOf, sameNumber, tollsOf } from '../../src/picture/series.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  atLeast,
  entry,
  figure,
  pictureOf,
  report,
  reportAmended,
  reported,
  retracted,
  toll,
  withdrawn,
} from '../support/build.ts';

const TOLL = entry('E1', { kind: 'toll' });
const tells = (id: string, figures: readonly Figure[], change: Partial<Report> = {}): Report =>
  report(id, { figures: [...figures], ...change });
const lows = (...drafts: Draft[]) => tollsOf(pictureOf(...drafts)).map((s) => s.values.map((v) => v.figure.low));
const lives = (...drafts: Draft[]) => tollsOf(pictureOf(...drafts)).map((s) => s.live.figure.low);

describe('one series', () => {
  test('relays of one originator fall into one series (R1)', () => {
    const series = tollsOf(
      pictureOf(
        added(
          TOLL,
          tells('E1.1', [toll(202, '2024-11-28')], { publisher: 'wire' }),
          tells('E1.2', [toll(242, '2024-11-29')], { publisher: 'gazette' }),
        ),
        added(entry('E2', { kind: 'toll' }), tells('E2.1', [toll(311, '2024-11-30')], { publisher: 'un' })),
      ),
    );
    expect(series).toHaveLength(1);
    expect(series[0]?.values.map((v) => v.figure.low)).toEqual([202, 242, 311]);
    expect(series[0]?.live.report).toBe('E2.1');
  });

  test.each<[string, Report, Report]>([
    [
      'originator',
      tells('E1.1', [toll(5, '2024-11-29')]),
      tells('E1.2', [toll(6, '2024-11-30')], { originator: 'un' }),
    ],
    ['measure', tells('E1.1', [toll(5, '2024-11-29')]), tells('E1.2', [toll(6, '2024-11-30', { measure: 'injured' })])],
    [
      'group',
      tells('E1.1', [toll(5, '2024-11-29')]),
      tells('E1.2', [toll(6, '2024-11-30', { group: { status: 'civilian' } })]),
    ],
    [
      'start',
      tells('E1.1', [toll(5, '2024-11-29')]),
      tells('E1.2', [toll(6, '2024-11-30', { scope: { from: '2024-11-26', to: '2024-11-30' } })]),
    ],
    [
      'area',
      tells('E1.1', [toll(5, '2024-11-29')]),
      tells('E1.2', [toll(6, '2024-11-30', { scope: { from: '2024-11-27', to: '2024-11-30', area: 'valley' } })]),
    ],
    ['mode', tells('E1.1', [toll(5, '2024-11-29')]), tells('E1.2', [toll(6, '2024-11-30', { mode: 'stock' })])],
  ])('another %s is another series (R4)', (_, one, two) => {
    expect(lows(added(TOLL, one, two))).toEqual([[5], [6]]);
  });

  test('a start at a time of that day is the same start', () => {
    const scope = { from: '2024-11-27T05:00:00Z', to: '2024-11-30' };
    expect(lows(added(TOLL, tells('E1.1', [toll(5, '2024-11-29'), toll(6, '2024-11-30', { scope })])))).toEqual([
      [5, 6],
    ]);
  });

  test('a stock has no start', () => {
    const stock = (low: number, asOf: string) => toll(low, asOf, { mode: 'stock', scope: { from: asOf, to: asOf } });
    expect(lows(added(TOLL, tells('E1.1', [stock(5, '2024-11-29')]), tells('E1.2', [stock(4, '2024-11-30')])))).toEqual(
      [[5, 4]],
    );
  });
});

describe('the live value (R4)', () => {
  test('is that of the latest as-of, however late an earlier one was published or recorded', () => {
    expect(
      lives(
        added(TOLL, tells('E1.1', [toll(255, '2024-11-30')], { published: '2024-11-30T09:00:00Z' })),
        reported(tells('E1.2', [toll(242, '2024-11-29')], { published: '2024-12-02T09:00:00Z' })),
      ),
    ).toEqual([255]);
  });

  test('then of the latest published', () => {
    expect(
      lives(
        added(TOLL, tells('E1.1', [toll(255, '2024-11-29')], { published: '2024-11-29T19:00:00Z' })),
        reported(tells('E1.2', [toll(242, '2024-11-29')], { published: '2024-11-29T13:00:00Z' })),
      ),
    ).toEqual([255]);
  });

  test('then of the latest recorded', () => {
    const one = tells('E1.1', [toll(255, '2024-11-29')]);
    const two = tells('E1.2', [toll(242, '2024-11-29')]);
    expect(lives(added(TOLL, one), reported(two))).toEqual([242]);
    expect(lives(added(TOLL, two), reported(one))).toEqual([255]);
  });

  test('a day ends after every moment in it', () => {
    expect(
      lives(added(TOLL, tells('E1.1', [toll(97, '2024-11-27')]), tells('E1.2', [toll(89, '2024-11-27T18:00:00Z')]))),
    ).toEqual([97]);
  });

  test('a lower later value is a downward revision', () => {
    const [series] = tollsOf(pictureOf(added(TOLL, tells('E1.1', [toll(300, '2024-11-28'), toll(250, '2024-11-29')]))));
    expect(series).toMatchObject({ move: 'down', live: { figure: { low: 250 } }, before: { figure: { low: 300 } } });
  });

  test.each<[string, Figure[], string, number | undefined]>([
    ['the first value moves nothing', [toll(5, '2024-11-28')], 'first', undefined],
    ['a higher one goes up', [toll(5, '2024-11-28'), toll(6, '2024-11-29')], 'up', 5],
    ['the same again is no move', [toll(5, '2024-11-28'), toll(5, '2024-11-29')], 'first', undefined],
    [
      'from a number to "at least" that number is no move',
      [toll(5, '2024-11-28'), atLeast(5, '2024-11-29')],
      'same',
      5,
    ],
    [
      '"more than 50" after 50 is no move of one',
      [toll(50, '2024-11-28'), toll(51, '2024-11-29', { qualifier: 'more_than', high: null, stated: 50 })],
      'same',
      50,
    ],
    [
      'from a number to a word is neither up nor down',
      [toll(5, '2024-11-28'), toll(0, '2024-11-29', { qualifier: 'word', low: null, high: null, word: 'dozens' })],
      'same',
      5,
    ],
    [
      'what it moved from is the last other number',
      [toll(5, '2024-11-28'), toll(6, '2024-11-29'), toll(6, '2024-11-30')],
      'up',
      5,
    ],
  ])('%s', (_, figures, move, before) => {
    const [series] = tollsOf(pictureOf(added(TOLL, tells('E1.1', figures))));
    expect([series?.move, series?.before?.figure.low]).toEqual([move, before]);
  });

  test('a withdrawn relay error is gone, with all that it said', () => {
    const relay = tells('E1.2', [toll(182, '2024-11-28', { group: { side: 'south' } })], { publisher: 'gazette' });
    const told = [added(TOLL, tells('E1.1', [toll(121, '2024-11-28', { group: { side: 'south' } })])), reported(relay)];
    expect(lives(...told)).toEqual([182]);
    expect(lows(...told, withdrawn('E1.2'))).toEqual([[121]]);
  });

  test.each<[string, Draft[]]>([
    [
      'a retracted entry',
      [added(entry('E2', { kind: 'toll' }), tells('E2.1', [toll(9, '2024-11-30')])), retracted('E2')],
    ],
    ['an improbable report', [reported(tells('E1.2', [toll(9, '2024-11-30')], { credibility: 5 }))]],
    ['a denial', [reported(tells('E1.2', [toll(9, '2024-11-30')], { stance: 'denies' }))]],
    ['a withdrawal', [reported(tells('E1.2', [toll(9, '2024-11-30')], { stance: 'withdraws' }))]],
  ])('%s says nothing in a toll', (_, drafts) => {
    expect(lows(added(TOLL, tells('E1.1', [toll(5, '2024-11-29')])), ...drafts)).toEqual([[5]]);
  });

  test('an amended report counts as recorded when it was amended', () => {
    const one = tells('E1.1', [toll(5, '2024-11-29')]);
    const told = [added(TOLL, one), reported(tells('E1.2', [toll(6, '2024-11-29')]))];
    expect(lives(...told, reportAmended({ ...one, figures: [toll(7, '2024-11-29')] }))).toEqual([7]);
  });
});

describe('modes do not mix (R3)', () => {
  test('incidents and increments are in no toll, tolls and stocks in no incident', () => {
    const picture = pictureOf(
      added(
        entry('E1'),
        tells('E1.1', [
          figure({ low: 4, high: 4 }),
          figure({ low: 5, high: 5, mode: 'increment', scope: { from: '2024-11-28', to: '2024-11-28' } }),
          toll(255, '2024-11-29'),
          toll(7000, '2024-11-29', { mode: 'stock' }),
        ]),
      ),
    );
    expect(tollsOf(picture).map((s) => s.live.figure.mode)).toEqual(['cumulative', 'stock']);
    expect(
      incidentsOf(picture)
        .get('E1')
        ?.map((s) => s.live.figure.mode),
    ).toEqual(['incident', 'increment']);
  });

  test('a later count of an incident supersedes the earlier one, of the same entry only', () => {
    const later = figure({ low: 15, high: 15, asOf: '2024-11-28' });
    const picture = pictureOf(
      added(entry('E1'), tells('E1.1', [figure({ low: 8, high: 8 })])),
      reported(tells('E1.2', [later])),
      added(entry('E2'), tells('E2.1', [figure({ low: 3, high: 3 })])),
    );
    expect([...incidentsOf(picture)].map(([id, all]) => [id, all.map((s) => s.live.figure.low)])).toEqual([
      ['E1', [15]],
      ['E2', [3]],
    ]);
  });
});

test('two figures say the same only in the same words', () => {
  expect(sameNumber(toll(5, '2024-11-28'), toll(5, '2024-11-29'))).toBe(true);
  expect(sameNumber(toll(5, '2024-11-28'), atLeast(5, '2024-11-28'))).toBe(false);
  expect(
    sameNumber(
      toll(5, '2024-11-28', { qualifier: 'about', word: 'nearly' }),
      toll(5, '2024-11-28', { qualifier: 'about', word: 'some' }),
    ),
  ).toBe(false);
});

// ---- properties ----

interface Told {
  readonly originator: string;
  readonly publisher: string | undefined;
  readonly low: number;
  readonly day: number;
  readonly group: Figure['group'];
  readonly hour: number;
}

const told: fc.Arbitrary<Told> = fc.record({
  originator: fc.constantFrom('monitor', 'un', 'wire'),
  publisher: fc.constantFrom(undefined, 'gazette', 'wire'),
  low: fc.integer({ min: 1, max: 999 }),
  day: fc.integer({ min: 27, max: 30 }),
  group: fc.constantFrom({}, { status: 'civilian' as const }, { side: 'south' }),
  hour: fc.integer({ min: 0, max: 20 }),
});
// Each with a time of publication of its own, so that the order of recording decides nothing.
const many = fc.array(told, { minLength: 1, maxLength: 12 });

const reportOf = ({ originator, publisher, low, day, group, hour }: Told, index: number): Report =>
  tells(`E${index + 1}.1`, [toll(low, `2024-11-${day}`, { group })], {
    originator,
    ...(publisher !== undefined && { publisher }),
    published: `2024-11-30T${String(hour).padStart(2, '0')}:${String(index).padStart(2, '0')}:00Z`,
  });
const draftsOf = (all: readonly Told[]): Draft[] =>
  all.map((one, i) => added(entry(`E${i + 1}`, { kind: 'toll' }), reportOf(one, i)));

const numbers = (drafts: readonly Draft[]) =>
  Object.fromEntries(
    tollsOf(pictureOf(...drafts)).map((s) => [s.key, [s.live.figure.low, s.values.map((v) => v.figure.low)]]),
  );

describe('for all stores', () => {
  test('the order in which independent records came never changes a live value', () => {
    fc.assert(
      fc.property(
        many.chain((all) => {
          const drafts = draftsOf(all);
          return fc.tuple(fc.constant(drafts), fc.shuffledSubarray(drafts, { minLength: drafts.length }));
        }),
        ([drafts, shuffled]) => {
          expect(numbers(shuffled)).toEqual(numbers(drafts));
        },
      ),
    );
  });

  test('one more relay of a known report changes no toll', () => {
    fc.assert(
      fc.property(many, fc.nat(), (all, pick) => {
        const drafts = draftsOf(all);
        const index = pick % all.length;
        const relay = { ...reportOf(all[index] as Told, index), id: `E${index + 1}.2`, publisher: 'gazette' };
        const live = (from: readonly Draft[]) =>
          tollsOf(pictureOf(...from)).map((s) => [s.key, s.live.figure, s.move, s.before?.figure]);
        expect(live([...drafts, reported(relay)])).toEqual(live(drafts));
      }),
    );
  });

  test('a withdrawn report leaves no trace in any toll', () => {
    fc.assert(
      fc.property(many, told, (all, extra) => {
        const drafts = draftsOf(all);
        const mistaken = added(entry('E90', { kind: 'toll' }), {
          ...reportOf(extra, 89),
          published: '2024-12-01T00:00:00Z',
          id: 'E90.1',
        });
        expect(numbers([...drafts, mistaken, withdrawn('E90.1')])).toEqual(numbers(drafts));
      }),
    );
  });

  test('no value of a series is a number that nobody said: nothing is added', () => {
    fc.assert(
      fc.property(many, (all) => {
        const said = new Set(all.map((t) => t.low));
        for (const s of tollsOf(pictureOf(...draftsOf(all))))
          for (const v of s.values) expect(said.has(v.figure.low ?? -1)).toBe(true);
      }),
    );
  });
});
