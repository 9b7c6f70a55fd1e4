import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeBrief } from '../../src/briefing/brief.ts';
import { fill, weigh } from '../../src/briefing/fill.ts';
import { plainText } from '../../src/briefing/plain.ts';
import { score } from '../../src/briefing/score.ts';
import { entryLine, namer } from '../../src/briefing/tell.ts';
import { SEVERITIES } from '../../src/model/entry.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  entry,
  link,
  linked,
  opened,
  pictureOf,
  registry,
  report,
  reported,
  retracted,
  stateOf,
  toll,
  withdrawn,
} from '../support/build.ts';
import { allWords, breaches, section, wordsOf } from '../support/documents.ts';

const brief = (length: 'short' | 'standard' | 'full', ...drafts: Draft[]) => {
  const known = { picture: pictureOf(...drafts), registry };
  const document = composeBrief(known, { length });
  expect(breaches(document, known)).toEqual([]);
  return document;
};
const lineOf = (id: string, ...drafts: Draft[]) => {
  const known = { picture: pictureOf(...drafts), registry };
  return entryLine(known, stateOf(known.picture, id), namer(known));
};

describe('a line about an entry', () => {
  const core = entry('E1', { headline: 'The bridge is hit', parties: [{ party: 'north', role: 'actor' }] });

  test.each<[string, Draft[], string]>([
    ['a monitor', [added(core)], 'The bridge is hit — River Monitor, a watch group'],
    [
      'a party alone',
      [added(core, report('E1.1', { originator: 'south-command', stance: 'claims' }))],
      'The bridge is hit — Southern Command; not confirmed by the other sources recorded here',
    ],
    [
      'a hedge',
      [added(core, report('E1.1', { hedge: 'unverified' }))],
      'The bridge is hit — River Monitor, a watch group (“unverified”)',
    ],
    [
      'two voices',
      [added(core, report('E1.1'), report('E1.2', { originator: 'un' }))],
      'The bridge is hit — UN River Office (UNRO); also River Monitor, a watch group (2 independent sources)',
    ],
    [
      'a concession',
      [added(core, report('E1.1', { originator: 'north-army', stance: 'concedes' }))],
      'The bridge is hit — conceded by Northern Army',
    ],
    [
      'a verification',
      [added(core, report('E1.1'), report('E1.2', { originator: 'checker', stance: 'verifies' }))],
      'The bridge is hit — verified by Fact Desk; also River Monitor, a watch group',
    ],
    [
      'a denial',
      [added(core, report('E1.1'), report('E1.2', { originator: 'north-army', stance: 'denies' }))],
      'The bridge is hit — River Monitor, a watch group; denied by Northern Army',
    ],
    [
      'nobody but who denies',
      [added(core, report('E1.1', { originator: 'north-army', stance: 'denies' }))],
      'The bridge is hit — Northern Army; not confirmed by the other sources recorded here',
    ],
    [
      'a contradiction',
      [added(core), added(entry('E2')), linked(link('E2', 'contradicts', 'E1'))],
      'The bridge is hit — River Monitor, a watch group; contradicted by E2',
    ],
    [
      'a correction',
      [added(core), added(entry('E2')), linked(link('E2', 'corrects', 'E1'))],
      'The bridge is hit — River Monitor, a watch group; corrected by E2',
    ],
    [
      'the desk',
      [added({ ...core, override: { status: 'confirmed', reason: 'Our reporter saw it' } })],
      'The bridge is hit — River Monitor, a watch group; status set by the desk: Our reporter saw it',
    ],
  ])('with %s', (_, drafts, words) => {
    expect(wordsOf(lineOf('E1', ...drafts))).toBe(words);
  });

  test('names a source in full once, short after', () => {
    const words = allWords(brief('full', added(entry('E1')), added(entry('E2'))));
    expect(words[0]).toContain('River Monitor, a watch group');
    expect(words[1]).toMatch(/ — Monitor$/);
  });
});

describe('what leads', () => {
  test('a graver entry never stands behind a lighter one of the same age and standing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEVERITIES),
        fc.constantFrom(...SEVERITIES),
        fc.integer({ min: 20, max: 27 }),
        (a, b, day) => {
          const occurred = { from: `2024-11-${day}`, precision: 'day' } as const;
          const picture = pictureOf(
            added(entry('E1', { severity: a, occurred })),
            added(entry('E2', { severity: b, occurred })),
          );
          const [x, y] = ['E1', 'E2'].map((id) => score({ picture, registry }, stateOf(picture, id)));
          const graver = SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
          expect(Math.sign((y ?? 0) - (x ?? 0))).toBe(Math.sign(graver));
        },
      ),
    );
  });

  test('a headline is told in the words of the desk, never softened', () => {
    const headline = 'Hospital in Ford destroyed; 12 patients dead';
    expect(plainText(brief('short', added(entry('E1', { headline, severity: 'flash' }))))).toContain(headline);
  });

  test('an entry that was corrected leads nothing and says by what', () => {
    const document = brief(
      'full',
      added(entry('E1', { severity: 'flash', headline: 'The mayor has fled' })),
      added(entry('E2', { severity: 'routine', headline: 'The mayor is in town' })),
      linked(link('E2', 'corrects', 'E1')),
    );
    expect(section(document, 'bottom-line').map((l) => l.entry)).toEqual(['E2']);
    expect(allWords(document).join()).toContain(
      'The mayor has fled — River Monitor, a watch group; corrected by E2'.replace(
        'River Monitor, a watch group',
        'Monitor',
      ),
    );
  });

  test('what was retracted, or is graded improbable, is not told', () => {
    const document = brief(
      'full',
      added(entry('E1')),
      retracted('E1'),
      added(entry('E2'), report('E2.1', { credibility: 5 })),
      added(entry('E3')),
      withdrawn('E3.1'),
    );
    expect(allWords(document)).toEqual([]);
  });
});

describe('disputes', () => {
  const sides = [
    added(entry('E1', { headline: 'The South holds the ford' }), report('E1.1', { originator: 'south-command' })),
    added(entry('E2', { headline: 'The North holds the ford' }), report('E2.1', { originator: 'north-army' })),
  ] as const;

  test('are told in equal words and the order of recording, whoever contradicts whom', () => {
    const one = brief('full', ...sides, linked(link('E2', 'contradicts', 'E1')));
    const other = brief('full', ...sides, linked(link('E1', 'contradicts', 'E2')));
    const [line, ...rest] = section(one, 'disputed');
    expect(rest).toEqual([]);
    expect(line && wordsOf(line)).toBe(
      'The South holds the ford — Southern Command (E1). Against it: The North holds the ford — Northern Army (E2)'.replaceAll(
        'Southern Command',
        'Southern Command',
      ),
    );
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });
});

describe('figures', () => {
  test('a claim about the enemy and a figure of the wider war are no toll of the brief', () => {
    const document = brief(
      'full',
      added(
        entry('E1', { kind: 'toll' }),
        report('E1.1', { originator: 'north-army', figures: [toll(400, '2024-11-28', { group: { side: 'south' } })] }),
      ),
      added(entry('E2', { kind: 'context' }), report('E2.1', { figures: [toll(500000, '2024-11-28')] })),
    );
    expect(section(document, 'figures')).toEqual([]);
  });

  test('what no figure is recorded for is said; it is not "none"', () => {
    const document = brief('full', added(entry('E1')), reported(report('E1.2', { figures: [toll(5, '2024-11-28')] })));
    expect(document.sections.flatMap((s) => s.notes ?? [])).toContain(
      'No running figure is recorded for: injured, displaced.',
    );
  });

  test('two tolls come with the word that they overlap, one without', () => {
    const by = (id: string, originator: string) =>
      added(entry(id, { kind: 'toll' }), report(`${id}.1`, { originator, figures: [toll(5, '2024-11-28')] }));
    const notes = (...drafts: Draft[]) => brief('full', ...drafts).sections.find((s) => s.id === 'figures')?.notes;
    expect(notes(by('E1', 'monitor'), by('E2', 'un'))?.join()).toContain('overlap and are not added');
    expect(notes(by('E1', 'monitor'))).toBeUndefined();
  });
});

test('an empty situation says that nothing is recorded', () => {
  const known = { picture: pictureOf(opened()), registry };
  expect(plainText(composeBrief(known, { length: 'standard' }))).toContain('No running figure is recorded for');
});

test('a brief is filled by rank within its budget, and never cuts a line', () => {
  const known = { picture: pictureOf(added(entry('E1', { headline: 'x'.repeat(100) }))), registry };
  const make = (name: ReturnType<typeof namer>) => entryLine(known, stateOf(known.picture, 'E1'), name);
  const candidates = [3, 1, 2].map((rank) => ({ part: 'a', rank, make }));
  const one = weigh(make(namer(known)));
  const ranks = (budget: number, most = 9) =>
    (fill(candidates, { most, budget }, namer(known)).get('a') ?? []).map((c) => c.rank);
  expect(ranks(Number.POSITIVE_INFINITY)).toEqual([1, 2, 3]);
  expect(ranks(Number.POSITIVE_INFINITY, 2)).toEqual([1, 2]);
  expect(ranks(one - 1)).toEqual([]);
});
