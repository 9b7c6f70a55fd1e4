import { describe, expect, test } from 'vitest';
import { composeBrief } from '../../src/briefing/brief.ts';
import { composeCasualties } from '../../src/briefing/casualties.ts';
import { composeChanges } from '../../src/briefing/changes.ts';
import type { Document } from '../../src/briefing/document.ts';
import { plainText } from '../../src/briefing/plain.ts';
import type { Report } from '../../src/model/entry.ts';
import type { Figure } from '../../src/model/figure.ts';
import { fold } from '../../src/picture/picture.ts';
import { tollsOf } from '../../src/picture/series.ts';
import {
  added,
  atLeast,
  entry,
  figure,
  opened,
  registry,
  report,
  reported,
  stream,
  toll,
  withdrawn,
} from '../support/build.ts';
import { breaches, linesOf, section, wordsOf } from '../support/documents.ts';

// The published figures of November–December 2024 in the roles of the river valley: "monitor" is the one that counts
// everybody since 27 November, "un" the body that counts civilians since 26 November.
const says = (id: string, change: Partial<Report>, ...figures: Figure[]): Report =>
  report(id, { figures, published: figures[0]?.asOf ?? '2024-11-28', ...change });
const civilians = { status: 'civilian' } as const;
const since26 = (asOf: string) => ({ scope: { from: '2024-11-26', to: asOf }, group: civilians });
const part = { of: 'all', as: 'partition' } as const;

const RECORDS = stream(
  opened(),
  added(
    entry('E1', {
      kind: 'toll',
      headline: 'People killed since the start, as the monitor counts them',
      severity: 'major',
    }),
    says(
      'E1.1',
      {},
      toll(202, '2024-11-28', { id: 'all' }),
      toll(182, '2024-11-28', { group: { status: 'combatant' }, part }),
      toll(20, '2024-11-28', { group: civilians, part }),
    ),
    says('E1.2', { publisher: 'gazette' }, toll(182, '2024-11-28', { group: { side: 'south', status: 'combatant' } })),
  ),
  added(
    entry('E2', { kind: 'toll', headline: 'Civilians killed since 26 November, as the UN counts them' }),
    says(
      'E2.1',
      { originator: 'un' },
      atLeast(12, '2024-11-28', since26('2024-11-28')),
      atLeast(46, '2024-11-28', { measure: 'injured', ...since26('2024-11-28') }),
    ),
  ),
  reported(
    says(
      'E1.3',
      { publisher: 'wire', published: '2024-11-29T13:00:00Z' },
      atLeast(242, '2024-11-29', { id: 'all' }),
      toll(218, '2024-11-29', { group: { status: 'combatant' }, part }),
      toll(24, '2024-11-29', { group: civilians, part }),
    ),
  ),
  added(
    entry('E3', {
      headline: 'Shells land on a university residence',
      occurred: { from: '2024-11-29', precision: 'day' },
    }),
    says(
      'E3.1',
      { originator: 'north-agency', stance: 'claims' },
      figure({
        low: 4,
        high: 4,
        group: civilians,
        scope: { from: '2024-11-29', to: '2024-11-29' },
        asOf: '2024-11-29',
      }),
    ),
  ),
  withdrawn('E1.2', 'relay_error', 'The 61 of the other side were counted in.'),
  reported(
    says(
      'E1.4',
      { publisher: 'gazette', published: '2024-11-29T20:00:00Z' },
      atLeast(255, '2024-11-29'),
      toll(0, '2024-11-29', {
        qualifier: 'constraint',
        low: null,
        high: null,
        word: 'most of them',
        group: { status: 'combatant' },
      }),
    ),
  ),
  reported(
    says(
      'E1.5',
      { publisher: 'wire' },
      toll(311, '2024-11-30', { id: 'all' }),
      toll(28, '2024-11-30', { group: civilians, part }),
    ),
  ),
  reported(says('E1.6', { publisher: 'wire' }, atLeast(417, '2024-12-01'))),
  reported(
    says(
      'E2.2',
      { originator: 'un' },
      atLeast(69, '2024-12-03', { id: 'all', ...since26('2024-12-03') }),
      toll(26, '2024-12-03', {
        scope: { from: '2024-11-26', to: '2024-12-03' },
        group: { age: 'child' },
        part: { of: 'all', as: 'subset' },
      }),
    ),
  ),
);

const knownAt = (seq: number) => {
  const picture = fold(RECORDS.slice(0, seq));
  if (!picture) throw new Error('nothing is known');
  return { picture, registry };
};
const documentsAt = (seq: number): readonly Document[] => {
  const known = knownAt(seq);
  const before = fold(RECORDS.slice(0, seq - 1));
  return [
    ...(['short', 'standard', 'full'] as const).map((length) => composeBrief(known, { length })),
    ...['killed', 'injured'].map((measure) => composeCasualties(known, { measure })),
    composeChanges(known, before, { sinceWords: 'before' }),
    composeChanges(known, undefined, { sinceWords: 'the beginning' }),
  ];
};
const MOMENTS = RECORDS.map((r) => r.seq).slice(1);

describe('the worked case of the rules', () => {
  test('there is one series of the monitor: 202 → ≥242 → ≥255 → 311 → ≥417, and the UN has its own (R1, R4)', () => {
    const series = tollsOf(knownAt(RECORDS.length).picture).filter((s) => s.measure === 'killed');
    const total = series.filter((s) => s.originator === 'monitor' && Object.keys(s.live.figure.group).length === 0);
    expect(total).toHaveLength(1);
    expect(total[0]?.values.map((v) => [v.figure.qualifier, v.figure.low])).toEqual([
      ['exact', 202],
      ['at_least', 242],
      ['at_least', 255],
      ['exact', 311],
      ['at_least', 417],
    ]);
    const un = series.filter((s) => s.originator === 'un' && s.live.figure.group.status === 'civilian');
    expect(un.map((s) => [s.start, s.values.map((v) => v.figure.low)])).toEqual([['2024-11-26', [12, 69]]]);
  });

  test('the relay error that was withdrawn is in no series', () => {
    expect(tollsOf(knownAt(RECORDS.length).picture).some((s) => s.live.figure.group.side === 'south')).toBe(false);
  });

  test('each originator has a line of its own, and the answer says that they overlap (R9)', () => {
    const answer = composeCasualties(knownAt(RECORDS.length), { measure: 'killed' });
    expect(section(answer, 'tolls').map(wordsOf)).toEqual([
      'at least 417 people killed since 27 Nov, as of 1 Dec; up from 311 (30 Nov) — River Monitor, a watch group',
      'at least 69 civilians killed since 26 Nov, as of 3 Dec; up from at least 12 (28 Nov) — UN River Office (UNRO)',
    ]);
    expect(section(answer, 'incidents').map(wordsOf)).toHaveLength(1);
    expect(plainText(answer)).toMatch(/overlap.* not added/);
  });

  test('children of the dead are "of them", never one more line', () => {
    const answer = composeCasualties(knownAt(RECORDS.length), { measure: 'killed' });
    expect(section(answer, 'tolls')[1]?.under?.map(wordsOf)).toContain('of them 26 children killed');
  });

  test('the incident is no part of any toll (R3)', () => {
    for (const seq of MOMENTS)
      for (const s of tollsOf(knownAt(seq).picture)) for (const v of s.values) expect(v.entry).not.toBe('E3');
  });

  test('at no moment is a number printed that nobody said: no sum, no difference, no average (R2, R11)', () => {
    const allowed = new Set(RECORDS.flatMap((r) => figuresIn(r)));
    for (const seq of MOMENTS)
      for (const document of documentsAt(seq)) {
        expect(breaches(document, knownAt(seq))).toEqual([]);
        for (const line of linesOf(document))
          for (const piece of line.pieces)
            if (piece.type === 'figure')
              for (const number of piece.text.match(/\d[\d,]*/g) ?? []) expect(allowed).toContain(number);
      }
    // 255 + 12, 255 + 4, 182 + 102, 417 + 255, and what rose between two days.
    const all = MOMENTS.flatMap((seq) => documentsAt(seq).flatMap((d) => linesOf(d).map(wordsOf))).join('\n');
    expect(all).not.toMatch(/\b(?:267|259|284|672|13|56|106|57)\b/);
  });

  test('a number keeps the qualifier with which it was said (R18)', () => {
    const all = MOMENTS.flatMap((seq) => documentsAt(seq).flatMap((d) => linesOf(d).map(wordsOf))).join('\n');
    for (const number of ['242', '255', '417', '12 civ', '69'])
      expect(all).not.toMatch(new RegExp(`(?<!at least )\\b${number}`));
    expect(all).not.toMatch(/at least (?:202|311)/);
  });
});

function figuresIn(record: (typeof RECORDS)[number]): readonly string[] {
  const reports = 'reports' in record.body ? record.body.reports : 'report' in record.body ? [record.body.report] : [];
  return reports.flatMap((r) => r.figures.flatMap((f) => [f.low, f.high].filter((n) => n !== null).map(String)));
}
