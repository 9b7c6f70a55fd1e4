import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/model/entry.ts';
import type { Figure } from '../../../src/model/figure.ts';
import type { Range } from '../../../src/picture/figures/range.ts';
import { plus, residual, sum } from '../../../src/picture/figures/range.ts';
import { totalsOf } from '../../../src/picture/figures/total.ts';
import type { Draft } from '../../support/build.ts';
import {
  added,
  amended,
  entry,
  figure,
  link,
  linked,
  pictureOf,
  registry,
  report,
  reportAmended,
  reported,
  retracted,
} from '../../support/build.ts';
import { gist, reasons, totals } from './worlds.ts';

const exact = (n: number, change: Partial<Figure> = {}): Figure => figure({ low: n, high: n, ...change });
const says = (id: string, originator: string, figures: readonly Figure[], change: Partial<Report> = {}): Report =>
  report(id, { originator, figures: [...figures], ...change });
/** An event that two independent originators count alike: it is in the headline. */
const backed = (id: string, ...figures: Figure[]): Draft =>
  added(entry(id), says(`${id}.1`, 'monitor', figures), says(`${id}.2`, 'un', figures));
const single = (id: string, ...figures: Figure[]): Draft => added(entry(id), says(`${id}.1`, 'monitor', figures));
const range = (low: number | null, high: number | null, best: number | null = null, about = false): Range => ({
  low,
  high,
  best,
  about,
});
const headline = (...drafts: Draft[]): Range => totals(pictureOf(...drafts)).backed.range;
const second = (...drafts: Draft[]): Range => totals(pictureOf(...drafts)).unbacked.range;
const why = (...drafts: Draft[]) => reasons(totals(pictureOf(...drafts)).excluded);

describe('two lines (R7)', () => {
  test('the headline counts what is corroborated or confirmed, the second line what one source tells', () => {
    const { backed: above, unbacked: below } = totals(
      pictureOf(
        backed('E1', exact(10)),
        single('E2', exact(7)),
        added(
          entry('E3'),
          says('E3.1', 'north-army', [exact(3, { group: { side: 'north' } })], { stance: 'concedes' }),
        ),
        added(entry('E4'), says('E4.1', 'un', [exact(5)])),
        linked(link('E4', 'contradicts', 'E2')),
      ),
    );
    expect(above.addends.map((a) => a.entries[0].entry.id)).toEqual(['E1', 'E3']);
    // What a side admits of its own losses is a floor (R6).
    expect(above.range).toEqual(range(13, null, 13));
    // Two that contradict each other are not provably two (R2).
    expect(below.range).toEqual(range(5, 12));
  });

  test('voices of entries that are one event are pooled, and media of one party are one voice (R1)', () => {
    const two = [single('E1', exact(4)), added(entry('E2'), says('E2.1', 'un', [exact(4)]))];
    expect(second(...two)).toEqual(range(8, 8, 8));
    expect(headline(...two, linked(link('E1', 'same_as', 'E2', { state: 'confirmed' })))).toEqual(range(4, 4, 4));
    const party = ['north-army', 'north-agency'].map((o, i) =>
      added(entry(`E${i + 1}`), says(`E${i + 1}.1`, o, [exact(4)])),
    );
    expect(second(...party, linked(link('E1', 'same_as', 'E2', { state: 'confirmed' })))).toEqual(range(4, 4, 4));
  });

  test('what the desk set to retracted, and what an entry that stands corrects, is left out and listed (R5)', () => {
    const drafts = [
      backed('E1', exact(10)),
      backed('E2', exact(4)),
      backed('E3', exact(5)),
      amended(entry('E2', { override: { status: 'retracted', reason: 'another war' } })),
      linked(link('E1', 'corrects', 'E3')),
    ];
    expect(headline(...drafts)).toEqual(range(10, 10, 10));
    expect(why(...drafts).filter((w) => w.startsWith('R5'))).toEqual([
      'R5 E2 E2.1#0 its entry was retracted by the desk',
      'R5 E2 E2.2#0 its entry was retracted by the desk',
      'R5 E3 E3.1#0 its entry is corrected by E1',
      'R5 E3 E3.2#0 its entry is corrected by E1',
    ]);
  });

  test('nothing recorded is not 0, and neither is "dozens" (R13)', () => {
    const { backed: above } = totals(
      pictureOf(backed('E1', figure({ qualifier: 'word', low: null, high: null, word: 'dozens' }))),
    );
    expect(above.range).toEqual(range(null, null));
    expect(above.withoutNumber.map((s) => s.entry.id)).toEqual(['E1']);
    expect(
      headline(backed('E1', exact(1)), backed('E2', figure({ qualifier: 'unknown', low: null, high: null }))),
    ).toEqual(range(1, 1, 1));
  });

  test('an event is taken where any of its entries is asked for, with all that is said of it', () => {
    const picture = pictureOf(
      added(entry('E1', { place: 'ford' }), says('E1.1', 'monitor', [exact(4)])),
      added(entry('E2', { place: 'coast' }), says('E2.1', 'un', [exact(6)])),
      linked(link('E1', 'same_as', 'E2', { state: 'confirmed' })),
    );
    const asked = totalsOf(
      picture,
      registry,
      'killed',
      [...picture.entries.values()].filter((s) => s.entry.place === 'ford'),
    );
    expect(asked.backed.range).toEqual(range(4, 6));
    expect(totalsOf(picture, registry, 'killed', []).excluded).toEqual([]);
  });
});

describe('one event (R5)', () => {
  test.each<[string, readonly Report[], Range]>([
    [
      'from the smallest low to the largest high; the best graded gives the best',
      [says('E1.1', 'monitor', [exact(10)]), says('E1.2', 'checker', [exact(12)])],
      range(10, 12, 12),
    ],
    [
      'the best two tie and differ',
      [says('E1.1', 'monitor', [exact(10)]), says('E1.2', 'un', [exact(12)])],
      range(10, 12),
    ],
    [
      'one is open',
      [says('E1.1', 'monitor', [exact(10)]), says('E1.2', 'un', [exact(12, { qualifier: 'at_least', high: null })])],
      range(10, null),
    ],
    [
      '"up to" has no lower bound',
      [
        says('E1.1', 'monitor', [exact(10)]),
        says('E1.2', 'un', [figure({ qualifier: 'at_most', low: null, high: 8 })]),
      ],
      range(10, 10),
    ],
    [
      'the later count of one originator holds (R4)',
      [
        says('E1.1', 'un', [exact(10)]),
        says('E1.2', 'monitor', [exact(10)]),
        says('E1.3', 'monitor', [exact(8, { asOf: '2024-11-28' })]),
      ],
      range(8, 10),
    ],
    [
      'graded improbable',
      [
        says('E1.1', 'monitor', [exact(10)]),
        says('E1.2', 'un', [exact(10)]),
        says('E1.3', 'wire', [exact(90)], { credibility: 5 }),
      ],
      range(10, 10, 10),
    ],
    [
      'what a side says of its enemy’s losses (R6)',
      [
        says('E1.1', 'monitor', [exact(10)]),
        says('E1.2', 'un', [exact(10)]),
        says('E1.3', 'north-army', [exact(90, { group: { side: 'south' } })]),
      ],
      range(10, 10, 10),
    ],
    [
      'rounded once is rounded (R18)',
      [says('E1.1', 'monitor', [exact(10)]), says('E1.2', 'un', [exact(10, { qualifier: 'about' })])],
      range(10, 10, 10, true),
    ],
    [
      'a range with the number its author holds most likely',
      [
        says('E1.1', 'monitor', [exact(10)], { credibility: 3 }),
        says('E1.2', 'un', [figure({ qualifier: 'range', low: 8, high: 14, best: 9 })]),
      ],
      range(8, 14, 9),
    ],
  ])('%s', (_, reports, expected) => {
    expect(headline(added(entry('E1'), ...reports))).toEqual(expected);
  });

  test('a source graded unreliable, a number said twice, an entry taken back: each is listed with its rule (R20)', () => {
    const wire = registry.sources.get('wire');
    if (!wire) throw new Error('the wire is gone');
    const doubted = {
      ...registry,
      sources: new Map([...registry.sources, ['wire', { ...wire, reliability: 'E' as const }]]),
    };
    const picture = pictureOf(
      added(
        entry('E1'),
        says('E1.1', 'monitor', [exact(4)]),
        says('E1.2', 'wire', [exact(90)]),
        says('E1.3', 'monitor', [exact(4)], { publisher: 'gazette' }),
      ),
      single('E2', exact(7)),
      retracted('E2'),
    );
    const { unbacked, excluded, backed: above } = totalsOf(picture, doubted, 'killed');
    expect([above, unbacked].map((t) => t.range.high)).toContain(4);
    expect(reasons(excluded)).toEqual([
      'R1 E1 E1.1#0 the same number of the same originator again',
      'R5 E1 E1.2#0 a source graded unreliable',
      'R5 E2 E2.1#0 its entry was retracted',
    ]);
  });

  test('a relay of an older count of the same day does not bring it back (R1)', () => {
    const at = (published: string, change: Partial<Report> = {}) => ({ published, ...change });
    const counts = [
      says('E1.1', 'monitor', [exact(4)], at('2024-11-27T10:00:00Z')),
      says('E1.2', 'monitor', [exact(6)], at('2024-11-27T15:00:00Z')),
      says('E1.3', 'un', [exact(6)]),
    ];
    const relay = says('E1.4', 'monitor', [exact(4)], at('2024-11-27T18:00:00Z', { publisher: 'wire' }));
    expect(headline(added(entry('E1'), ...counts, relay))).toEqual(range(6, 6, 6));
    // Said again by the originator itself it is a revision.
    const revised = says('E1.4', 'monitor', [exact(4)], at('2024-11-27T18:00:00Z'));
    expect(headline(added(entry('E1'), ...counts, revised))).toEqual(range(4, 6));
  });
});

describe('groups and parts of one originator (R10)', () => {
  const fighters = { status: 'combatant' } as const;
  const civilians = { status: 'civilian' } as const;
  const part = { of: 'all', as: 'partition' } as const;
  const told = (...figures: Figure[]) => second(single('E1', ...figures));

  test.each<[string, readonly Figure[], Range]>([
    [
      'the total stands for its parts',
      [exact(10, { id: 'all' }), exact(6, { group: fighters, part }), exact(4, { group: civilians, part })],
      range(10, 10, 10),
    ],
    [
      'children and women are in the total',
      [exact(10), exact(3, { group: { age: 'child' } }), exact(2, { group: { sex: 'female' } })],
      range(10, 10, 10),
    ],
    [
      'civilians and fighters of one report are two groups',
      [exact(6, { group: fighters }), exact(4, { group: civilians })],
      range(10, 10, 10),
    ],
    [
      'fighters of two sides are two groups',
      [exact(6, { group: { side: 'north' } }), exact(4, { group: { side: 'south' } })],
      range(10, 10, 10),
    ],
    [
      'a side and all fighters are not',
      [exact(9, { group: fighters }), exact(4, { group: { side: 'south' } })],
      range(9, 9, 9),
    ],
    [
      'roles may overlap: at least the more, at most both',
      [exact(3, { group: { role: 'students' } }), exact(2, { group: { role: 'journalists' } })],
      range(3, 5),
    ],
    ['children alone bound the number from below', [exact(3, { group: { age: 'child' } })], range(3, null)],
    [
      'children of the civilians are no addend beside fighters',
      [exact(3, { group: { ...civilians, age: 'child' } }), exact(4, { group: fighters })],
      range(4, null),
    ],
    ['families are no number of people', [exact(3, { group: { role: 'families' } })], range(3, null)],
    [
      'parts of a word leave a rest',
      [
        figure({ id: 'all', qualifier: 'word', low: null, high: null, word: 'dozens' }),
        exact(6, { group: fighters, part }),
        exact(4, { group: civilians, part }),
      ],
      range(10, null),
    ],
    [
      'two breakdowns deep',
      [
        exact(182, { id: 'f', group: fighters }),
        exact(102, { group: { ...fighters, side: 'south', role: 'scouts' }, part: { of: 'f', as: 'partition' } }),
        exact(80, { group: { ...fighters, side: 'north' }, part: { of: 'f', as: 'partition' } }),
        exact(20, { group: civilians }),
      ],
      range(202, 202, 202),
    ],
    [
      'two towns of one report',
      [
        exact(6, { scope: { from: '2024-11-27', to: '2024-11-27', area: 'ford' } }),
        exact(4, { scope: { from: '2024-11-27', to: '2024-11-27', area: 'coast' } }),
      ],
      range(10, 10, 10),
    ],
    [
      'a town and the province around it',
      [
        exact(6, { scope: { from: '2024-11-27', to: '2024-11-27', area: 'ford' } }),
        exact(9, { scope: { from: '2024-11-27', to: '2024-11-27', area: 'valley' } }),
      ],
      range(9, 9, 9),
    ],
  ])('%s', (_, figures, expected) => {
    expect(told(...figures)).toEqual(expected);
  });

  test('a part that is wider than its whole does not turn the two around', () => {
    const scope = { from: '2024-11-27', to: '2024-11-27', area: 'ford' };
    expect(told(exact(5, { id: 'all', scope }), exact(3, { part }))).toEqual(range(5, 5, 5));
  });

  test('groups of two reports are compared, not added (R2)', () => {
    const draft = added(
      entry('E1'),
      says('E1.1', 'monitor', [exact(4, { group: civilians })]),
      says('E1.2', 'monitor', [exact(6, { group: fighters, asOf: '2024-11-28' })]),
    );
    expect(second(draft)).toEqual(range(6, 10));
    expect(why(draft)).toEqual(['R2 E1 E1.1#0 may count the same people as what is counted']);
  });

  test('"up to three children" says nothing of how many there were', () => {
    const { unbacked } = totals(
      pictureOf(single('E1', figure({ qualifier: 'at_most', low: null, high: 3, group: { age: 'child' } }))),
    );
    expect(unbacked.addends).toEqual([]);
    expect(unbacked.withoutNumber.map((s) => s.entry.id)).toEqual(['E1']);
  });
});

describe('duplicates (R19)', () => {
  const one = [backed('E1', exact(10)), backed('E2', exact(6))];
  const state = (s: 'suggested' | 'confirmed' | 'rejected') => linked(link('E1', 'same_as', 'E2', { state: s }));

  test('confirmed once, rejected twice, suggested once in low and twice in high', () => {
    expect(headline(...one, state('rejected'))).toEqual(range(16, 16, 16));
    expect(headline(...one, state('suggested'))).toEqual(range(6, 16));
    const { backed: total, excluded } = totals(pictureOf(...one, state('suggested')));
    expect(total.provisional).toBe(true);
    expect(reasons(excluded)).toContain('R19 E1 - may be the same event as another one: left out of the lower bound');
    expect(totals(pictureOf(...one, state('confirmed'))).backed.provisional).toBe(false);
    expect(totals(pictureOf(...one, state('confirmed'))).backed.addends).toHaveLength(1);
  });

  test('the smaller lower bound holds, also where it is that of the second line', () => {
    const { backed: above, unbacked: below } = totals(
      pictureOf(backed('E1', exact(10)), single('E2', exact(7)), state('suggested')),
    );
    expect([above.range, below.range]).toEqual([range(7, 10), range(null, 7)]);
  });

  test('what was retracted makes no two events one', () => {
    const three = [backed('E1', exact(10)), backed('E2', exact(10)), backed('E3', exact(10))];
    const same = (a: string, b: string) => linked(link(a, 'same_as', b, { state: 'confirmed' }));
    for (const links of [
      [same('E1', 'E2'), same('E2', 'E3')],
      [same('E2', 'E1'), same('E3', 'E2')],
    ])
      expect(headline(...three, ...links, retracted('E2'))).toEqual(range(20, 20, 20));
  });

  test('one event of which an entry is contested is not in the headline, however many tell it', () => {
    const drafts = [
      single('E1', exact(4)),
      added(entry('E2'), says('E2.1', 'un', [exact(4)])),
      added(entry('E3')),
      linked(link('E3', 'contradicts', 'E2')),
    ];
    expect(second(...drafts, linked(link('E1', 'same_as', 'E2', { state: 'confirmed' })))).toEqual(range(4, 4, 4));
  });

  test('a chain of suspicions is one event at the least', () => {
    const chain = [backed('E1', exact(5)), backed('E2', exact(1)), backed('E3', exact(5))];
    const suspect = (a: string, b: string) => linked(link(a, 'same_as', b, { state: 'suggested' }));
    expect(headline(...chain, suspect('E1', 'E2'), suspect('E2', 'E3'))).toEqual(range(1, 11));
  });

  test('of a pair across the two lines the lower bound counts in the headline only', () => {
    const { backed: above, unbacked: below } = totals(
      pictureOf(backed('E1', exact(10)), single('E2', exact(12)), state('suggested')),
    );
    expect(above.range).toEqual(range(10, 10));
    expect(below.range).toEqual(range(null, 12));
    expect([above.provisional, below.provisional]).toEqual([true, true]);
  });

  const bounded = fc.integer({ min: 0, max: 50 });
  test('whatever is decided, the sum lies within what was provisional', () => {
    fc.assert(
      fc.property(
        fc.tuple(bounded, bounded, bounded),
        fc.subarray(['E1 E2', 'E2 E3', 'E1 E3'], { minLength: 1 }),
        fc.infiniteStream(fc.boolean()),
        (counts, pairs, decisions) => {
          const events = counts.map((n, i) => backed(`E${i + 1}`, exact(n)));
          const links = (pick: () => 'suggested' | 'confirmed' | 'rejected') =>
            pairs.map((p) => linked(link(p.slice(0, 2), 'same_as', p.slice(3), { state: pick() })));
          const open = headline(...events, ...links(() => 'suggested'));
          const decided = headline(...events, ...links(() => (decisions.next().value ? 'confirmed' : 'rejected')));
          expect(open.low ?? 0).toBeLessThanOrEqual(decided.low ?? 0);
          expect(open.high ?? 0).toBeGreaterThanOrEqual(decided.high ?? 0);
        },
      ),
    );
  });

  test('events found to be one count as one event that all of them tell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(bounded, fc.constantFrom('monitor', 'un', 'wire', 'north-army')), {
          minLength: 2,
          maxLength: 5,
        }),
        (told) => {
          const reports = told.map(([n, originator], i) =>
            says(`E${i + 1}.1`, originator, [exact(n)], { published: `2024-11-27T1${i}:00:00Z` }),
          );
          const apart = reports.map((r, i) => added(entry(`E${i + 1}`), r));
          const links = reports
            .slice(1)
            .map((_, i) => linked(link(`E${i + 1}`, 'same_as', `E${i + 2}`, { state: 'confirmed' })));
          const whole = added(entry('E1'), ...reports.map((r, i) => ({ ...r, id: `E1.${i + 1}` })));
          const [many, once] = [totals(pictureOf(...apart, ...links)), totals(pictureOf(whole))];
          expect([many.backed.range, many.unbacked.range]).toEqual([once.backed.range, once.unbacked.range]);
        },
      ),
    );
  });

  test('an entry without a figure of its own joins those it is the same as', () => {
    const drafts = [backed('E1', exact(10)), added(entry('E2')), backed('E3', exact(10))];
    const same = (a: string, b: string) => linked(link(a, 'same_as', b, { state: 'confirmed' }));
    expect(headline(...drafts, same('E1', 'E2'), same('E2', 'E3'))).toEqual(range(10, 10, 10));
  });
});

describe('summaries and what is inside them (R8)', () => {
  const inside = (a: string, b: string) => linked(link(a, 'part_of', b));

  test('leaves and the rest, never the summary on top of its leaves', () => {
    const drafts = [
      backed('E1', exact(100)),
      backed('E2', exact(30)),
      backed('E3', exact(10)),
      inside('E2', 'E1'),
      inside('E3', 'E1'),
    ];
    const { backed: total } = totals(pictureOf(...drafts));
    expect(total.range).toEqual(range(100, 100, 100));
    expect(total.addends.map((a) => [a.entries[0].entry.id, a.range.best, a.residualOf])).toEqual([
      ['E1', 60, 'E1'],
      ['E2', 30, undefined],
      ['E3', 10, undefined],
    ]);
  });

  test('a summary of summaries, also past one that gives no number', () => {
    expect(
      headline(
        backed('E1', exact(100)),
        backed('E2', exact(30)),
        backed('E3', exact(10)),
        inside('E3', 'E2'),
        inside('E2', 'E1'),
        inside('E3', 'E1'),
      ),
    ).toEqual(range(100, 100, 100));
    expect(
      headline(
        backed('E1', exact(100)),
        added(entry('E2')),
        backed('E3', exact(10)),
        inside('E3', 'E2'),
        inside('E2', 'E1'),
      ),
    ).toEqual(range(100, 100, 100));
  });

  test('a summary that holds no more than its leaves adds nothing and is listed', () => {
    const drafts = [backed('E1', exact(8)), backed('E2', exact(10)), inside('E2', 'E1')];
    expect(headline(...drafts)).toEqual(range(10, 10, 10));
    expect(why(...drafts).filter((w) => w.startsWith('R8'))).toHaveLength(2);
  });

  test('what one source says of a part takes nothing from a summary of several, and is not counted beside it', () => {
    const drafts = [backed('E1', exact(100)), single('E2', exact(30)), inside('E2', 'E1')];
    const { backed: above, unbacked: below } = totals(pictureOf(...drafts));
    expect([above.range, below.addends]).toEqual([range(100, 100, 100), []]);
    expect(why(...drafts)).toContain('R8 E2 E2.1#0 part of E1, counted above');
    const turned = totals(pictureOf(single('E1', exact(100)), backed('E2', exact(30)), inside('E2', 'E1')));
    expect([turned.backed.range, turned.unbacked.range]).toEqual([range(30, 30, 30), range(70, 70, 70)]);
  });

  test('links that go around in a circle are counted once', () => {
    const drafts = [backed('E1', exact(10)), backed('E2', exact(10)), inside('E1', 'E2'), inside('E2', 'E1')];
    expect(headline(...drafts)).toEqual(range(10, 10, 10));
  });

  const count = fc.integer({ min: 0, max: 60 });
  test('at least the leaves and at least the summary, never both', () => {
    fc.assert(
      fc.property(
        count,
        count,
        fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 4 }),
        (low, more, leaves) => {
          const between = (a: number, b: number): Figure =>
            b === 0 ? exact(a) : figure({ qualifier: 'range', low: a, high: a + b });
          const drafts = [
            backed('E1', between(low, more)),
            ...leaves.map(([a, b], i) => backed(`E${i + 2}`, between(a, b))),
            ...leaves.map((_, i) => inside(`E${i + 2}`, 'E1')),
          ];
          const whole: Range = { low, high: low + more, best: null, about: false };
          const parts = sum(leaves.map(([a, b]): Range => ({ low: a, high: a + b, best: null, about: false })));
          const total = headline(...drafts);
          expect(total.low).toBe(plus(parts, residual(whole, parts)).low);
          expect(total.high).toBe(plus(parts, residual(whole, parts)).high);
          expect(total.high ?? 0).toBeGreaterThanOrEqual(Math.max(whole.high ?? 0, parts.high ?? 0));
          expect(total.low ?? 0).toBeLessThanOrEqual(Math.max(low, parts.low ?? 0));
          expect(total.low ?? 0).toBeGreaterThanOrEqual(parts.low ?? 0);
        },
      ),
    );
  });
});

test('a figure that its source corrects is counted as it reads now, and the earlier picture as it read then', () => {
  const first = [backed('E1', exact(10))];
  const fixed = reportAmended(says('E1.1', 'monitor', [exact(12)]));
  expect(headline(...first, fixed)).toEqual(range(10, 12));
  expect(headline(...first, fixed, reportAmended(says('E1.2', 'un', [exact(12)])))).toEqual(range(12, 12, 12));
  expect(gist(totals(pictureOf(...first, reported(says('E1.3', 'wire', [exact(10)])))))).toEqual(
    gist(totals(pictureOf(...first))),
  );
});
