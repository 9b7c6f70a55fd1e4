import { describe, expect, test } from 'vitest';
import { composeChanges } from '../../src/briefing/changes.ts';
import type { Document } from '../../src/briefing/document.ts';
import type { Figure } from '../../src/model/figure.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  amended,
  atLeast,
  entry,
  link,
  linked,
  opened,
  pictureOf,
  registry,
  report,
  reportAmended,
  reported,
  reportRestored,
  restored,
  retracted,
  stream,
  toll,
  unlinked,
  withdrawn,
} from '../support/build.ts';
import { allWords, breaches, linesOf, section, wordsOf } from '../support/documents.ts';

/** What changed between these records and those. */
function changes(before: readonly Draft[], after: readonly Draft[]): Document {
  const records = stream(opened(), ...before, ...after);
  const then = fold(records.slice(0, 1 + before.length));
  const picture = fold(records.slice(1 + before.length), then);
  if (!picture) throw new Error('nothing is known');
  const known = { picture, registry };
  const document = composeChanges(known, then, { sinceWords: 'then' });
  expect(breaches(document, known)).toEqual([]);
  return document;
}
const told = (before: readonly Draft[], after: readonly Draft[]): readonly string[] => allWords(changes(before, after));

const TOLL = entry('E1', { kind: 'toll', headline: 'The toll of the valley' });
const gives = (id: string, ...figures: Figure[]) =>
  report(id, { figures, published: figures[0]?.asOf ?? '2024-11-27' });

describe('a toll that moved', () => {
  test('is told from what was known to what is known: values in between are skipped', () => {
    const words = told(
      [added(TOLL, gives('E1.1', toll(202, '2024-11-28')))],
      [reported(gives('E1.2', atLeast(242, '2024-11-29'))), reported(gives('E1.3', atLeast(255, '2024-11-29')))],
    );
    expect(words).toEqual([
      'River Monitor, a watch group, toll: 202 → at least 255 people killed since 27 Nov, as of 29 Nov',
    ]);
  });

  test('a difference is not told as so many deaths (R11)', () => {
    const words = told(
      [added(TOLL, gives('E1.1', atLeast(242, '2024-11-29')))],
      [reported(gives('E1.2', atLeast(255, '2024-11-30')))],
    );
    expect(words.join()).not.toMatch(/\b13\b/);
  });

  test('a fall is called a revision', () => {
    const words = told(
      [added(TOLL, gives('E1.1', toll(300, '2024-11-28')))],
      [reported(gives('E1.2', toll(250, '2024-11-29')))],
    );
    expect(words.join()).toContain('toll revised down: 300 → 250 people killed');
  });

  test('the same number in the same words is no change, also where another paper carries it', () => {
    const again = report('E1.2', { figures: [toll(202, '2024-11-29')], publisher: 'gazette' });
    expect(told([added(TOLL, gives('E1.1', toll(202, '2024-11-28')))], [reported(again)])).toEqual([]);
  });

  test('"at least" that number is another way to say it, and no fall', () => {
    const words = told(
      [added(TOLL, gives('E1.1', toll(255, '2024-11-28')))],
      [reported(gives('E1.2', atLeast(255, '2024-11-29')))],
    );
    expect(words).toHaveLength(1);
    expect(words[0]).not.toContain('revised down');
  });

  test('what is said of the enemy is a claim, not a toll', () => {
    const claim = (id: string, low: number, asOf: string) =>
      report(id, {
        originator: 'north-army',
        stance: 'claims',
        figures: [toll(low, asOf, { group: { side: 'south' } })],
      });
    const words = told([added(TOLL, claim('E1.1', 100, '2024-11-28'))], [reported(claim('E1.2', 400, '2024-11-29'))]);
    expect(words).toEqual(['Northern Army, claim: 100 → 400 southern fighters killed since 27 Nov, as of 29 Nov']);
  });

  test('one that is new is told with what it breaks down to', () => {
    const document = changes(
      [],
      [
        added(
          TOLL,
          gives(
            'E1.1',
            toll(20, '2024-11-28', { id: 'all' }),
            toll(5, '2024-11-28', { group: { age: 'child' }, part: { of: 'all', as: 'subset' } }),
          ),
        ),
      ],
    );
    expect(allWords(document)).toEqual([
      '20 people killed since 27 Nov, as of 28 Nov — River Monitor, a watch group',
      'of them 5 children killed',
    ]);
  });

  test('a number that was put right is told, as a correction where somebody had it wrong', () => {
    const one = gives('E1.1', toll(300, '2024-11-28'));
    const document = changes(
      [added(TOLL, one)],
      [reportAmended({ ...one, figures: [toll(250, '2024-11-28')] }, 'source_corrected')],
    );
    expect(section(document, 'corrections')).toHaveLength(1);
    expect(allWords(document)).toEqual([
      'Correction. A report by Monitor was put right: the source corrected itself. It said: 300 people killed → it says: 250 people killed',
      'River Monitor, a watch group, toll revised down: 300 → 250 people killed since 27 Nov, as of 28 Nov',
    ]);
    const quiet = told(
      [added(TOLL, one)],
      [reportAmended({ ...one, figures: [toll(310, '2024-11-28')] }, 'new_information')],
    );
    expect(quiet.join()).toContain('300 → 310 people killed');
  });

  test('a withdrawn number is told with what stands in its place, and not as a fall', () => {
    const words = told(
      [added(TOLL, gives('E1.1', toll(202, '2024-11-28')), gives('E1.2', toll(300, '2024-11-29')))],
      [withdrawn('E1.2', 'relay_error', 'The wire misread it.')],
    );
    expect(words).toEqual([
      'Correction. A report by Monitor no longer stands: relay error. It said: 300 people killed — The wire misread it.',
      'River Monitor, a watch group, toll: 300 (withdrawn) → 202 people killed since 27 Nov, as of 28 Nov',
    ]);
  });
});

describe('an entry', () => {
  const E1 = added(entry('E1', { headline: 'The bridge is hit' }));

  test('that is new says what, when and who says so', () => {
    expect(told([], [E1])).toEqual(['27 Nov 2024: The bridge is hit — River Monitor, a watch group']);
  });

  test('that happened before the window says that it was learned later', () => {
    const late = added(entry('E2', { occurred: { from: '2024-11-20', precision: 'day' } }));
    expect(told([E1], [late])).toEqual([
      '20 Nov 2024, learned 27 Nov: What happened at E2 — River Monitor, a watch group',
    ]);
  });

  test.each<[string, Draft[], Draft[], string]>([
    [
      'corroborated',
      [],
      [reported(report('E1.2', { originator: 'wire' }))],
      'Now corroborated, also reported by The Wire: ',
    ],
    [
      'confirmed',
      [],
      [reported(report('E1.2', { originator: 'north-army', stance: 'concedes' }))],
      'Now confirmed, also reported by Northern Army: ',
    ],
    [
      'contested',
      [added(entry('E2'), report('E2.1', { originator: 'wire' }))],
      [linked(link('E2', 'contradicts', 'E1'))],
      'Now contested by E2: ',
    ],
    ['denied', [], [reported(report('E1.2', { originator: 'north-army', stance: 'denies' }))], 'Now contested: '],
    ['restored', [retracted('E1')], [restored('E1')], 'Now single source: '],
  ])('that is now %s says so', (_, before, after, start) => {
    expect(told([E1, ...before], after)[0]).toContain(`${start}The bridge is hit — `);
  });

  test('that is denied names and cites who denies it', () => {
    const denied = changes([E1], [reported(report('E1.2', { originator: 'north-army', stance: 'denies' }))]);
    const [line] = linesOf(denied);
    expect(
      wordsOf(line ?? { entry: '', pieces: [], citations: [{ report: '', originator: '', published: '' }] }),
    ).toContain('denied by Northern Army');
    expect(line?.citations.map((c) => c.report)).toEqual(['E1.1', 'E1.2']);
  });

  test('that one more voice tells, without a change of status, is told as that', () => {
    const before = [E1, reported(report('E1.2', { originator: 'wire' }))];
    expect(told(before, [reported(report('E1.3', { originator: 'un' }))])).toEqual([
      'Also reported by UNRO: The bridge is hit',
    ]);
  });

  test('that the same voice tells again is no change', () => {
    expect(told([E1], [reported(report('E1.2', { publisher: 'gazette' }))])).toEqual([]);
  });

  test('in other words is amended, and corrected where it was wrong', () => {
    const after = (reason: 'new_information' | 'our_error') => [
      amended(entry('E1', { headline: 'The ford is hit' }), reason),
    ];
    expect(told([E1], after('new_information'))).toEqual(['Amended: “The bridge is hit” → “The ford is hit”']);
    expect(told([E1], after('our_error'))).toEqual([
      'Correction. It read “The bridge is hit”. It now reads “The ford is hit”: our error',
    ]);
  });

  test('with an amendment that no reader would see is no change', () => {
    expect(told([E1], [amended(entry('E1', { headline: 'The bridge is hit', tags: ['bridge'] }))])).toEqual([]);
  });

  test('that was retracted leads, with the reason', () => {
    const document = changes(
      [E1],
      [added(entry('E2', { severity: 'flash' })), retracted('E1', 'duplicate', 'See E2.')],
    );
    expect(document.sections.map((s) => s.id)).toEqual(['corrections', 'changes']);
    expect(section(document, 'corrections').map(wordsOf)).toEqual([
      'Retracted. The bridge is hit: duplicate — See E2.',
    ]);
  });

  test('that another one corrects is a correction, once the other stands', () => {
    const before = [
      E1,
      added(entry('E2', { headline: 'The ford, not the bridge' }), report('E2.1', { originator: 'wire' })),
    ];
    const after = [linked(link('E2', 'corrects', 'E1'))];
    expect(told(before, after)).toEqual([
      'Correction. E1 “The bridge is hit” is corrected by E2: The ford, not the bridge — The Wire',
    ]);
    expect(told(before, [...after, unlinked(link('E2', 'corrects', 'E1'))])).toEqual([]);
  });

  test('that was corrected twice has one line, from what was known to what stands', () => {
    const words = (headline: string) => amended(entry('E1', { headline }), 'our_error');
    expect(told([E1], [words('The ford is hit'), words('The mill is hit')])).toEqual([
      'Correction. It read “The bridge is hit”. It now reads “The mill is hit”: our error',
    ]);
    expect(told([E1], [words('The ford is hit'), words('The bridge is hit')])).toEqual([]);
    expect(told([E1], [words('The ford is hit'), retracted('E1')])).toEqual(['Retracted. The ford is hit: our error']);
  });

  test('that was said to be corrected, and is not, is a correction', () => {
    const before = [E1, added(entry('E2', { headline: 'The ford' })), linked(link('E2', 'corrects', 'E1'))];
    const words = 'Correction. E1 “The bridge is hit” is not corrected by E2 any more: that was taken back: our error';
    expect(told(before, [unlinked(link('E2', 'corrects', 'E1'))])).toEqual([words]);
    expect(told(before, [retracted('E2')])).toEqual([words, 'Retracted. The ford: our error']);
    expect(told(before, [retracted('E2'), restored('E2')])).toEqual([]);
    const other = [...before, added(entry('E3')), linked(link('E3', 'corrects', 'E1'))];
    expect(told(other, [unlinked(link('E2', 'corrects', 'E1'))])).toEqual([]);
  });

  test('has one line, under which its numbers that moved stand', () => {
    const core = entry('E1', { kind: 'control', headline: 'The South takes villages' });
    const villages = (low: number, asOf: string) => toll(low, asOf, { measure: 'settlements_captured' });
    const document = changes(
      [added(core, gives('E1.1', villages(21, '2024-11-28'))), added(entry('E2'))],
      [linked(link('E2', 'contradicts', 'E1')), reported(gives('E1.2', villages(50, '2024-11-29')))],
    );
    const line = document.sections.flatMap((s) => s.lines).find((l) => l.entry === 'E1');
    expect(line && wordsOf(line)).toContain('Now contested by E2: The South takes villages');
    expect(line?.under?.map(wordsOf)).toEqual([
      'Monitor, toll: 21 → 50 settlements captured since 27 Nov, as of 29 Nov',
    ]);
  });
});

describe('an entry whose standing hangs on others', () => {
  const two = (id: string, headline: string, change: Parameters<typeof entry>[1] = {}) =>
    added(
      entry(id, { headline, ...change }),
      report(`${id}.1`, { originator: 'monitor' }),
      report(`${id}.2`, { originator: 'wire' }),
    );
  const pair = [
    two('E1', 'The bridge stands'),
    added(entry('E2', { headline: 'The bridge fell' }), report('E2.1', { originator: 'gazette' })),
    linked(link('E2', 'contradicts', 'E1')),
  ];
  const lineOf = (before: readonly Draft[], after: readonly Draft[], id: string) => {
    const line = changes(before, after)
      .sections.flatMap((s) => s.lines)
      .find((l) => l.entry === id);
    return line && wordsOf(line);
  };

  test.each<[string, Draft[]]>([
    ['is retracted', [retracted('E2')]],
    ['has no report left', [withdrawn('E2.1')]],
    ['is graded improbable', [reportAmended(report('E2.1', { originator: 'gazette', credibility: 5 }), 'scope')]],
    ['is corrected', [added(entry('E3')), linked(link('E3', 'corrects', 'E2'))]],
  ])('is told anew when what contradicts it %s', (_, after) => {
    expect(lineOf(pair, after, 'E1')).toMatch(
      /^Now corroborated; E2 no longer contradicts it: The bridge stands — .*\(2 independent sources\)$/,
    );
  });

  test.each<[string, Draft[], Draft[]]>([
    ['is restored', [...pair, retracted('E2')], [restored('E2')]],
    [
      'is no longer corrected, its correction being retracted',
      [...pair, added(entry('E3')), linked(link('E3', 'corrects', 'E2'))],
      [retracted('E3')],
    ],
    [
      'is no longer corrected, the link being taken away',
      [...pair, added(entry('E3')), linked(link('E3', 'corrects', 'E2'))],
      [unlinked(link('E3', 'corrects', 'E2'))],
    ],
  ])('is told anew when what contradicts it %s', (_, before, after) => {
    expect(lineOf(before, after, 'E1')).toContain('Now contested by E2: The bridge stands');
  });

  test('is not told where its status stays, or came back inside the window', () => {
    expect(lineOf(pair, [retracted('E2'), restored('E2')], 'E1')).toBeUndefined();
    expect(lineOf(pair, [reported(report('E2.2', { originator: 'un' }))], 'E1')).toBeUndefined();
    const third = [...pair, added(entry('E4')), linked(link('E4', 'contradicts', 'E1'))];
    expect(lineOf(third, [retracted('E2')], 'E1')).toBeUndefined();
  });
});

describe('reversed inside the window', () => {
  const E1 = added(entry('E1'), report('E1.1', { figures: [toll(5, '2024-11-28')] }));
  test.each<[string, Draft[]]>([
    ['an entry added and retracted', [added(entry('E2')), retracted('E2')]],
    ['an entry retracted and restored', [retracted('E1'), restored('E1')]],
    ['words changed and changed back', [amended(entry('E1', { headline: 'Others' })), amended(entry('E1'))]],
    ['a report withdrawn and restored', [withdrawn('E1.1'), reportRestored('E1.1')]],
    [
      'a report added and withdrawn',
      [reported(report('E1.2', { originator: 'wire', figures: [toll(9, '2024-11-29')] })), withdrawn('E1.2')],
    ],
    ['a toll up and down again', [reported(gives('E1.2', toll(9, '2024-11-28'))), withdrawn('E1.2')]],
    [
      'a contradiction made and taken back',
      [
        added(entry('E2')),
        linked(link('E2', 'contradicts', 'E1')),
        unlinked(link('E2', 'contradicts', 'E1')),
        retracted('E2'),
      ],
    ],
  ])('%s is not told', (_, after) => {
    expect(told([E1], after)).toEqual([]);
  });

  test('a silent window says that nothing was recorded, and how new the newest record is', () => {
    expect(changes([E1], []).sections).toEqual([
      {
        id: 'empty',
        lines: [],
        notes: [
          'No recorded change since then. The newest record is of 27 Nov 2024, 11:00 (Asia/Damascus).'.replace(
            '11:00',
            '12:00',
          ),
        ],
      },
    ]);
  });
});

describe('order', () => {
  const after = Array.from({ length: 14 }, (_, i) =>
    added(entry(`E${i + 2}`, { severity: i === 13 ? 'flash' : i < 3 ? 'background' : 'routine' })),
  );

  test('weight decides, then the later event, then the id; ten lines, then how many more', () => {
    const document = changes([added(entry('E1'))], after);
    expect(section(document, 'changes').map((l) => l.entry)).toEqual([
      'E15',
      'E5',
      'E6',
      'E7',
      'E8',
      'E9',
      'E10',
      'E11',
      'E12',
      'E13',
    ]);
    expect(document.sections.map((s) => s.heading)).toEqual(['What changed', '+4 more']);
    expect(section(document, 'more').map((l) => l.entry)).toEqual(['E14', 'E2', 'E3', 'E4']);
  });

  test('corrections come first, however light', () => {
    const light = added(entry('E1', { severity: 'background' }));
    const document = changes([light], [...after, retracted('E1')]);
    expect(document.sections[0]).toMatchObject({ id: 'corrections', lines: [{ entry: 'E1' }] });
  });
});

test('where nothing was known before, everything is new and nothing is late', () => {
  const known = {
    picture: pictureOf(added(entry('E1', { occurred: { from: '2024-01-01', precision: 'day' } }))),
    registry,
  };
  const document = composeChanges(known, undefined, { sinceWords: 'the beginning' });
  expect(allWords(document)).toEqual(['1 Jan 2024: What happened at E1 — River Monitor, a watch group']);
});
