import { describe, expect, test } from 'vitest';
import type { Known } from '../../src/briefing/tell.ts';
import { guardsOf, unanswered } from '../../src/curation/guards.ts';
import type { Proposal } from '../../src/curation/proposal.ts';
import { proposal } from '../../src/curation/proposal.ts';
import { decide } from '../../src/curation/records.ts';
import type { Report } from '../../src/model/entry.ts';
import type { Place } from '../../src/model/situation.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  atLeast,
  entry,
  figure,
  opened,
  pictureOf,
  registry,
  report,
  retracted,
  situation,
  toll,
  withdrawn,
} from '../support/build.ts';

const NOW = '2024-12-01T12:00:00.000Z';
const known = (...drafts: Draft[]): Known => ({ picture: pictureOf(...drafts), registry });

const { id: _id, ...fields } = entry('E1');
const { id: _report, ...telling } = report('E1.1');

const adding = (change: Partial<typeof fields> = {}, told: Partial<typeof telling> = {}): Proposal => ({
  kind: 'entry.add',
  situation: 'river-2024',
  entry: { ...fields, headline: 'A new thing by the river', ...change },
  reports: [{ ...telling, ...told }],
  sources: [],
});

function seen(p: Proposal, of: Known, now = NOW): readonly string[] {
  const decided = decide(proposal.parse(p), of);
  if ('refused' in decided) throw new Error(decided.refused.say);
  return guardsOf(decided, of, now).map(({ guard }) => guard);
}

const at = (id: string, lat: number, lon: number): Place => ({
  id,
  name: id,
  aliases: [],
  precision: 'near',
  lat,
  lon,
});
const gazetteer = opened({
  places: [
    at('a', 36.2, 37.1),
    at('b', 36.1, 37.0),
    at('c', 35.9, 36.6),
    at('d', 35.1, 36.7),
    at('e', 36.0, 36.9),
    at('far', 33.3, 44.4),
  ],
});

describe('nothing odd', () => {
  test.each<[string, Proposal, Known]>([
    ['a plain entry in an empty situation', adding(), known()],
    ['an exact number with nothing before', adding({}, { figures: [figure()] }), known()],
    [
      'a toll that rises a little',
      adding({ kind: 'toll', headline: 'Toll of 29 November' }, { figures: [atLeast(255, '2024-11-29')] }),
      known(
        added(
          entry('E1', { kind: 'toll', headline: 'Toll of 28 November' }),
          report('E1.1', { figures: [atLeast(242, '2024-11-28')] }),
        ),
      ),
    ],
    [
      'a toll of another start is another series',
      adding({}, { figures: [toll(12, '2024-11-29', { scope: { from: '2024-11-26', to: '2024-11-29' } })] }),
      known(added(entry('E1'), report('E1.1', { figures: [toll(200, '2024-11-28')] }))),
    ],
    [
      'an earlier value that is told late',
      adding({}, { figures: [toll(150, '2024-11-27')] }),
      known(added(entry('E1'), report('E1.1', { figures: [toll(200, '2024-11-28')] }))),
    ],
    ['context of long ago', adding({ kind: 'context', occurred: { from: '2011-03-15', precision: 'day' } }), known()],
    ['a place among the others', adding({ place: 'b' }), known(gazetteer)],
    [
      'at least so many, with parts that leave a rest',
      adding(
        {},
        {
          figures: [
            atLeast(417, '2024-11-29', { id: 'all' }),
            toll(137, '2024-11-29', { group: { side: 'north' }, part: { of: 'all', as: 'partition' } }),
            toll(44, '2024-11-29', { group: { status: 'civilian' }, part: { of: 'all', as: 'partition' } }),
          ],
        },
      ),
      known(),
    ],
    [
      'nobody killed and nobody injured',
      adding(
        {},
        {
          figures: [figure({ low: 0, high: 0 }), figure({ measure: 'injured', low: 0, high: 0 })],
        },
      ),
      known(),
    ],
    [
      'words like those of an entry that was retracted',
      adding({ headline: 'Shells hit the old bridge' }),
      known(added(entry('E1', { headline: 'Shells hit the old bridge' })), retracted('E1')),
    ],
    [
      'the link of a report that was withdrawn',
      adding({}, { url: 'https://example.org/1' }),
      known(added(entry('E1'), report('E1.1', { url: 'https://example.org/1' })), withdrawn('E1.1')),
    ],
  ])('%s', (_name, p, of) => expect(seen(p, of)).toEqual([]));
});

const HIT = 'Shells hit the old bridge, two drivers killed';

describe('each guard says what it saw', () => {
  test.each<[string, string, Proposal, Known]>([
    [
      'the same link',
      'same-link',
      adding({}, { url: 'https://www.example.org/1?utm_source=x' }),
      known(added(entry('E1'), report('E1.1', { url: 'https://example.org/1' }))),
    ],
    [
      'the same event in other words',
      'same-event',
      adding({ headline: 'Two drivers killed as shells hit bridge', place: 'bridge' }),
      known(added(entry('E1', { headline: HIT, place: 'bridge' }))),
    ],
    [
      'the same event of the night before',
      'same-event',
      adding({ headline: HIT, occurred: { from: '2024-11-28', precision: 'day' } }, { published: '2024-11-28' }),
      known(added(entry('E1', { headline: HIT }))),
    ],
    [
      'the same number of the same day',
      'same-event',
      adding({ headline: 'Monitor: 255 killed since Wednesday', kind: 'toll' }, { figures: [toll(255, '2024-11-27')] }),
      known(
        added(
          entry('E1', { headline: '255 killed, says group', kind: 'toll' }),
          report('E1.1', { originator: 'un', figures: [toll(255, '2024-11-27')] }),
        ),
      ),
    ],
    [
      'a toll that falls',
      'toll-falls',
      adding({}, { figures: [toll(190, '2024-11-29')] }),
      known(added(entry('E1'), report('E1.1', { figures: [toll(200, '2024-11-28')] }))),
    ],
    [
      'a toll that falls within a day, of a report that seems older',
      'toll-falls',
      adding({}, { published: '2024-11-28T21:00:00Z', figures: [toll(190, '2024-11-29')] }),
      known(added(entry('E1'), report('E1.1', { published: '2024-11-29', figures: [toll(200, '2024-11-29')] }))),
    ],
    [
      'a toll that jumps',
      'toll-jumps',
      adding({}, { figures: [toll(400, '2024-11-29')] }),
      known(added(entry('E1'), report('E1.1', { figures: [toll(200, '2024-11-28')] }))),
    ],
    [
      'parts that are more than their whole',
      'parts',
      adding(
        {},
        {
          figures: [
            atLeast(12, '2024-11-28', { id: 'all' }),
            toll(3, '2024-11-28', { group: { status: 'civilian' }, part: { of: 'all', as: 'partition' } }),
            atLeast(10, '2024-11-28', { group: { status: 'combatant' }, part: { of: 'all', as: 'partition' } }),
          ],
        },
      ),
      known(),
    ],
    [
      'exact parts that are less than their exact whole',
      'parts',
      adding(
        {},
        {
          figures: [
            figure({ id: 'all', low: 20, high: 20 }),
            figure({ low: 9, high: 9, group: { status: 'civilian' }, part: { of: 'all', as: 'partition' } }),
            figure({ low: 10, high: 10, group: { status: 'combatant' }, part: { of: 'all', as: 'partition' } }),
          ],
        },
      ),
      known(),
    ],
    [
      'more children than people',
      'subset',
      adding(
        {},
        {
          figures: [
            atLeast(20, '2024-11-28', { id: 'all' }),
            toll(26, '2024-11-28', { group: { age: 'child' }, part: { of: 'all', as: 'subset' } }),
          ],
        },
      ),
      known(),
    ],
    [
      'one number of two things',
      'same-number',
      adding({}, { figures: [figure(), figure({ measure: 'injured' })] }),
      known(),
    ],
    ['tomorrow', 'future', adding({ occurred: { from: '2024-12-02', precision: 'day' } }), known()],
    ['in an hour', 'future', adding({ occurred: { from: '2024-12-01T13:00:00Z', precision: 'exact_time' } }), known()],
    ['published tomorrow', 'future', adding({}, { published: '2024-12-03' }), known()],
    ['a figure as of tomorrow', 'future', adding({}, { figures: [toll(10, '2024-12-03')] }), known()],
    [
      'before the situation',
      'before-situation',
      adding({ occurred: { from: '2024-11-20', precision: 'day' } }),
      known(),
    ],
    ['last year', 'before-situation', adding({ occurred: { from: '2023-11-27', precision: 'day' } }), known()],
    [
      'long after it ended',
      'after-situation',
      adding({ occurred: { from: '2024-11-27', precision: 'day' } }),
      known(opened({ start: '2024-01-01', end: '2024-03-01' })),
    ],
    [
      'published before it happened',
      'before-event',
      adding({ occurred: { from: '2024-11-29', precision: 'day' } }),
      known(),
    ],
    ['a source of which nobody knows', 'source', adding({}, { originator: 'someone' }), known()],
    ['a host of other letters', 'odd-link', adding({}, { url: 'https://xn--e1afmkfd.xn--p1ai/1' }), known()],
    ['a concession by nobody', 'stance', adding({}, { stance: 'concedes' }), known()],
    ['a verification by one who does not verify', 'stance', adding({}, { stance: 'verifies' }), known()],
    ['a place far from all others', 'place', adding({ place: 'far' }), known(gazetteer)],
    [
      'an area far from all others',
      'place',
      adding(
        {},
        { figures: [toll(10, '2024-11-28', { scope: { from: '2024-11-27', to: '2024-11-28', area: 'far' } })] },
      ),
      known(gazetteer),
    ],
  ])('%s: %s', (_name, guard, p, of) => {
    expect(seen(p, of)).toEqual([guard]);
    const decided = decide(p, of);
    if ('refused' in decided) throw new Error('refused');
    const [finding] = guardsOf(decided, of, NOW);
    expect(finding?.saw).toMatch(/^[\p{L}\d“].*\.$/u);
    expect(finding?.saw.length).toBeLessThan(400);
    // A reason given for what was seen is enough; for something else that the same guard saw it is not.
    expect(unanswered([finding as never], [{ guard, saw: finding?.saw ?? '' }])).toEqual([]);
    expect(unanswered([finding as never], [{ guard, saw: 'something else' }])).toHaveLength(1);
  });

  test('what is the same event is offered to be told there', () => {
    const of = known(added(entry('E1', { headline: HIT, place: 'bridge' })));
    const decided = decide(adding({ headline: HIT, place: 'bridge' }), of);
    if ('refused' in decided) throw new Error('refused');
    expect(guardsOf(decided, of, NOW)[0]).toMatchObject({ guard: 'same-event', offer: 'E1' });
  });

  test('an unreliable source', () => {
    const monitor = registry.sources.get('monitor');
    const graded = { ...registry, sources: new Map([['monitor', { ...monitor, reliability: 'E' as const } as never]]) };
    expect(seen(adding(), { picture: pictureOf(), registry: graded })).toEqual(['source']);
  });

  test('what was taken back for privacy asks before it comes back', () => {
    const of = known(added(entry('E1')), retracted('E1', 'privacy'), added(entry('E2')), withdrawn('E2.1', 'privacy'));
    const back = { situation: 'river-2024', reason: 'our_error' as const };
    expect(seen({ kind: 'entry.restore', id: 'E1', basis: 3, ...back }, of)).toEqual(['privacy']);
    expect(seen({ kind: 'report.restore', id: 'E2.1', basis: 5, ...back }, of)).toEqual(['privacy']);
  });

  test('an amendment is asked only about what it changes', () => {
    const odd: Partial<Report> = {
      originator: 'someone',
      url: 'https://xn--e1afmkfd.xn--p1ai/1',
      published: '2024-11-26',
      figures: [figure(), figure({ measure: 'injured' })],
    };
    const of = known(added(entry('E1', { occurred: { from: '2024-11-20', precision: 'day' } }), report('E1.1', odd)));
    const on = { situation: 'river-2024', basis: 2, reason: 'our_error' as const, clear: [] };
    expect(seen({ kind: 'entry.amend', id: 'E1', set: { headline: 'In better words' }, ...on }, of)).toEqual([]);
    expect(seen({ kind: 'report.amend', id: 'E1.1', set: { title: 'A title' }, sources: [], ...on }, of)).toEqual([]);
    expect(seen({ kind: 'report.amend', id: 'E1.1', set: { originator: 'others' }, sources: [], ...on }, of)).toEqual([
      'source',
    ]);
  });

  test('a report that is amended downwards lowers its toll', () => {
    const of = known(added(entry('E1'), report('E1.1', { figures: [toll(255, '2024-11-28')] })));
    const set = { figures: [toll(225, '2024-11-28')] };
    expect(
      seen(
        {
          kind: 'report.amend',
          situation: 'river-2024',
          id: 'E1.1',
          basis: 2,
          reason: 'source_corrected',
          set,
          clear: [],
          sources: [],
        },
        of,
      ),
    ).toEqual(['toll-falls']);
  });

  test('a second telling of one entry by the same source and link', () => {
    const url = 'https://example.org/1';
    const of = known(added(entry('E1'), report('E1.1', { url })));
    const again = (change: object): Proposal => ({
      kind: 'report.add',
      situation: 'river-2024',
      id: 'E1',
      basis: 2,
      sources: [],
      report: { ...telling, url, ...change },
    });
    expect(seen(again({}), of)).toEqual(['same-link']);
    expect(seen(again({ originator: 'wire' }), of)).toEqual([]);
  });
});

describe('a large situation', () => {
  test('what grew record by record finds what was found from the beginning', () => {
    const drafts = Array.from({ length: 60 }, (_, i) =>
      added(
        entry(`E${i + 1}`, {
          headline: `Thing ${i} at the ${i % 2 ? 'bridge' : 'ford'} of ${i % 7}`,
          place: i % 2 ? 'bridge' : 'ford',
        }),
        report(`E${i + 1}.1`, { url: `https://example.org/${i % 40}` }),
      ),
    );
    const of = known(...drafts);
    for (let i = 0; i < 40; i++) {
      const p = adding(
        { headline: `Thing ${i} at the bridge of ${i % 7}`, place: 'bridge' },
        { url: `https://example.org/${i}` },
      );
      expect(seen(p, of)).toContain('same-link');
    }
    expect(situation().places).toHaveLength(4);
  });
});
