import { describe, expect, test } from 'vitest';
import { composeChanges } from '../../src/briefing/changes.ts';
import type { Document, Line } from '../../src/briefing/document.ts';
import { showsOf } from '../../src/editions/shows.ts';
import { generate } from '../../src/gates/generated.ts';
import type { EntryCore } from '../../src/model/entry.ts';
import type { Figure } from '../../src/model/figure.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import { stepsBetween } from '../../src/picture/figures/causes.ts';
import { movedSince } from '../../src/picture/figures/regions.ts';
import { NO_TALLIES, runningSums } from '../../src/picture/figures/running.ts';
import { sumsOf } from '../../src/picture/figures/sums.ts';
import { lookBack } from '../../src/picture/look-back.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Registry } from '../../src/picture/registry.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  entry,
  figure,
  link,
  linked,
  opened,
  registry,
  report,
  reportAmended,
  reported,
  restored,
  retracted,
  stream,
  unlinked,
  withdrawn,
} from '../support/build.ts';
import { history } from '../support/counted-history.ts';
import { breaches, section, wordsOf } from '../support/documents.ts';

function changes(before: readonly Draft[], after: readonly Draft[]): Document {
  const records = stream(opened(), ...before, ...after);
  const then = fold(records.slice(0, 1 + before.length));
  const picture = fold(records.slice(1 + before.length), then);
  if (!picture) throw new Error('nothing is known');
  const document = composeChanges({ picture, registry }, then, { sinceWords: 'then' });
  expect(breaches(document, { picture, registry })).toEqual([]);
  return document;
}

const sumLines = (document: Document): readonly Line[] =>
  section(document, 'changes').filter((line) => wordsOf(line).includes(', recorded incidents'));
/** The line of the sums, and what stands under it. */
const sums = (before: readonly Draft[], after: readonly Draft[]): readonly string[] =>
  sumLines(changes(before, after)).flatMap((line) => [line, ...(line.under ?? [])].map(wordsOf));

const exact = (low: number, change: Partial<Figure> = {}): Figure => figure({ low, high: low, ...change });
const atLeast = (low: number): Figure => figure({ qualifier: 'at_least', low, high: null });
/** An incident that two voices tell. */
const told = (id: string, of: Figure, change: Partial<EntryCore> = {}): Draft =>
  added(
    entry(id, change),
    report(`${id}.1`, { figures: [of] }),
    report(`${id}.2`, { originator: 'wire', figures: [of] }),
  );
const single = (id: string, of: Figure): Draft => added(entry(id), report(`${id}.1`, { figures: [of] }));

describe('why a sum of incidents moved', () => {
  test('newly recorded', () => {
    expect(sums([told('E1', exact(112))], [told('E2', exact(4)), told('E3', exact(5))])).toEqual([
      'Killed, recorded incidents: 121 (+9: 9 newly recorded)',
    ]);
  });

  test('newly recorded and revised up, of several causes each with its number', () => {
    const after = [
      told('E3', exact(9)),
      ...['E2.1', 'E2.2'].map((id) =>
        reportAmended(report(id, { originator: id === 'E2.1' ? 'monitor' : 'wire', figures: [exact(5)] })),
      ),
    ];
    expect(sums([told('E1', exact(110)), told('E2', exact(2))], after)).toEqual([
      'Killed, recorded incidents: 124 (+12: 9 newly recorded, 3 revised up)',
    ]);
  });

  test('revised down', () => {
    const after = ['E1.1', 'E1.2'].map((id) =>
      reportAmended(report(id, { originator: id === 'E1.1' ? 'monitor' : 'wire', figures: [exact(7)] })),
    );
    expect(sums([told('E1', exact(10))], after)).toEqual(['Killed, recorded incidents: 7 (−3: 3 revised down)']);
  });

  test('retracted beside newly recorded: signs say which way each points', () => {
    const before = [told('E1', exact(10)), told('E2', exact(4))];
    expect(sums(before, [retracted('E2'), told('E3', exact(9))])).toEqual([
      'Killed, recorded incidents: 19 (+5: +9 newly recorded, −4 withdrawn or retracted)',
    ]);
  });

  test('withdrawn by all who told it', () => {
    const before = [told('E1', exact(10)), told('E2', exact(4))];
    expect(sums(before, [withdrawn('E2.1'), withdrawn('E2.2')])).toEqual([
      'Killed, recorded incidents: 10 (−4: 4 withdrawn or retracted)',
    ]);
  });

  test('all of it taken back: that is not told as 0 (R13)', () => {
    expect(sums([told('E1', exact(10))], [retracted('E1')])).toEqual([
      'Killed, recorded incidents: none is counted any more (−10: 10 withdrawn or retracted)',
    ]);
  });

  test('restored', () => {
    expect(sums([told('E1', exact(10)), told('E2', exact(4)), retracted('E2')], [restored('E2')])).toEqual([
      'Killed, recorded incidents: 14 (+4: 4 now counted)',
    ]);
  });

  test('no longer counted twice, and counted apart again', () => {
    const two = [told('E1', exact(10)), told('E2', exact(10)), told('E3', exact(1))];
    const same = link('E1', 'same_as', 'E2');
    expect(sums(two, [linked(same)])).toEqual(['Killed, recorded incidents: 11 (−10: 10 no longer counted twice)']);
    expect(sums([...two, linked(same)], [unlinked(same)])).toEqual([
      'Killed, recorded incidents: 21 (+10: 10 counted apart)',
    ]);
  });

  test('another voice takes an incident from one line to the other', () => {
    const after = [reported(report('E2.2', { originator: 'wire', figures: [exact(4)] }))];
    expect(sums([told('E1', exact(10)), single('E2', exact(4))], after)).toEqual([
      'Killed, recorded incidents: 14 (+4: 4 now corroborated or confirmed)',
      'Single source or contested, not in that sum: none is counted any more (−4: 4 now corroborated or confirmed)',
    ]);
  });

  test('of a single source alone: said so in the line itself', () => {
    expect(sums([told('E1', exact(10))], [single('E2', exact(4))])).toEqual([
      'Killed, recorded incidents, single source or contested: 4 (+4: 4 newly recorded)',
    ]);
  });

  test('may be one with another: the lower bound falls until somebody decides (R19)', () => {
    const two = [told('E1', exact(10)), told('E2', exact(6))];
    expect(sums(two, [linked(link('E1', 'same_as', 'E2', { state: 'suggested' }))])).toEqual([
      'Killed, recorded incidents: 6 to 16 (lower bound −10: 10 may be counted with others already)',
    ]);
  });

  test('a summary takes what is counted in it: both are told', () => {
    const before = [told('E1', exact(30)), told('E2', exact(1))];
    const after = [told('E3', exact(10)), linked(link('E3', 'part_of', 'E1')), told('E4', exact(2))];
    expect(sums(before, after)).toEqual([
      'Killed, recorded incidents: 33 (+2: +12 newly recorded, −10 in what summaries leave)',
    ]);
  });

  test('bounds that moved are told as bounds', () => {
    expect(sums([told('E1', atLeast(112))], [told('E2', exact(12))])).toEqual([
      'Killed, recorded incidents: at least 124 (lower bound +12: 12 newly recorded)',
    ]);
    const range = figure({ qualifier: 'range', low: 5, high: 8 });
    expect(sums([told('E1', exact(10))], [told('E2', range)])).toEqual([
      'Killed, recorded incidents: 15 to 18 (lower bound +5: 5 newly recorded; upper bound +8: 8 newly recorded)',
    ]);
  });

  test('a bound that is lost is told in words: nobody knows by how much', () => {
    expect(sums([told('E1', exact(10))], [told('E2', atLeast(3))])).toEqual([
      'Killed, recorded incidents: at least 13 (lower bound +3: 3 newly recorded; upper bound no longer known)',
    ]);
  });

  test('where nothing was counted before, no bound was lost', () => {
    expect(sums([added(entry('E1'))], [told('E2', atLeast(3))])).toEqual([
      'Killed, recorded incidents: at least 3 (lower bound +3: 3 newly recorded)',
    ]);
  });

  test('what is rounded makes the difference rounded', () => {
    const about = figure({ qualifier: 'about', low: 50, high: 50 });
    expect(sums([told('E1', exact(10))], [told('E2', about)])).toEqual([
      'Killed, recorded incidents: about 60 (about +50: 50 newly recorded)',
    ]);
  });
});

describe('the line of a sum', () => {
  test('is not there where the sum reads as before, whatever moved in it', () => {
    const before = [told('E1', exact(10)), told('E2', exact(4))];
    expect(sums(before, [retracted('E2'), told('E3', exact(4))])).toEqual([]);
  });

  test('is not there where nothing was known before', () => {
    const picture = fold(stream(opened(), told('E1', exact(10)))) as Picture;
    expect(sumLines(composeChanges({ picture, registry }, undefined, { sinceWords: 'then' }))).toEqual([]);
  });

  test('lists all that is in the sum, and each part what is in it (R20)', () => {
    const document = changes([told('E1', exact(10))], [told('E2', exact(9))]);
    const totals = sumLines(document).flatMap((l) => l.pieces.filter((p) => p.type === 'total'));
    expect(totals.map((p) => [p.text, [...new Set(p.of.map((f) => f.report.split('.')[0]))]])).toEqual([
      ['19', ['E1', 'E2']],
      ['+9', ['E2']],
      ['9', ['E2']],
    ]);
  });

  test('is shown of all that is in it: where one of them turns out wrong, its readers are told', () => {
    const records = stream(opened(), told('E1', exact(10)), told('E2', exact(9)));
    const then = fold(records.slice(0, 2));
    const picture = fold(records.slice(2), then) as Picture;
    const document = composeChanges({ picture, registry }, then, { sinceWords: 'then' });
    expect(Object.keys(showsOf(document, picture)).sort()).toEqual(['E1', 'E2']);
  });

  test('stands beside the line of the entry that moved it, is as grave, and cites it', () => {
    const document = changes(
      [told('E1', exact(10))],
      [told('E2', exact(9), { severity: 'major' }), told('E3', exact(1)), told('E4', exact(1), { severity: 'flash' })],
    );
    const lines = section(document, 'changes');
    const [line] = sumLines(document);
    expect(lines.map((l) => l.entry)).toEqual(['E4', 'E4', 'E2', 'E3']);
    expect(line?.entry).toBe('E4');
    expect(line?.citations[0].report).toBe('E4.1');
  });

  test('one for each measure, killed before injured', () => {
    const after = [told('E1', exact(3, { measure: 'injured' })), told('E2', exact(2))];
    expect(sums([], after)).toEqual([
      'Killed, recorded incidents: 2 (+2: 2 newly recorded)',
      'Injured, recorded incidents: 3 (+3: 3 newly recorded)',
    ]);
  });
});

const LINES = ['backed', 'unbacked'] as const;

describe.each([
  ...[1, 2, 3].map((seed) => ({ name: `made-up ${seed}`, ...generate(seed, 300) })),
  ...[1, 2, 3, 4].map((seed) => ({ name: `counted ${seed}`, registry, records: history(seed, 240) })),
])(
  'sums of history $name',
  { timeout: 60_000 },
  (of: { registry: Registry; records: readonly Recorded<SituationRecord>[] }) => {
    const { registry: sources, records } = of;
    const MEASURES = ['killed', 'injured'];
    const pictureAt = (seq: number, from?: Picture): Picture =>
      fold(records.slice(from?.seq ?? 0, seq), from) as Picture;

    test('kept from record to record they are those that are added up anew', () => {
      let grown: Picture | undefined;
      for (let n = 3; n <= records.length; n += 7) {
        grown = pictureAt(n, grown);
        const running = runningSums(grown, sources);
        for (const measure of MEASURES) {
          const anew = sumsOf(pictureAt(n), sources, measure);
          for (const line of LINES)
            expect((running.get(measure) ?? NO_TALLIES)[line]).toMatchObject({
              ...anew[line].tally,
              provisional: expect.any(Number),
            });
        }
      }
    });

    test('causes add up to the difference, from any earlier picture, also one that was looked back at', () => {
      let grown: Picture | undefined;
      const pictures: Picture[] = [];
      const causes = new Set<string>();
      for (let n = 5; n <= records.length; n += 11) {
        grown = pictureAt(n, grown);
        for (const back of [1, 3, 9]) {
          const known = pictures.at(-back);
          if (!known) continue;
          for (const then of [known, pictureAt(known.seq), lookBack(grown, known)]) {
            // The situation itself changed: a look back is a fold.
            if (!then) continue;
            const { was, is } = movedSince(then, grown);
            for (const measure of MEASURES) {
              const [old, live] = [sumsOf(pictureAt(known.seq), sources, measure), sumsOf(grown, sources, measure)];
              const [from, to] = [
                { picture: then, regions: was },
                { picture: grown, regions: is },
              ];
              const steps = stepsBetween(sources, measure, from, to);
              for (const step of steps) causes.add(step.cause);
              for (const line of LINES)
                for (const bound of ['low', 'high'] as const) {
                  const by = steps
                    .filter((s) => s.line === line && s.bound === bound)
                    .reduce((sum, s) => sum + s.by, 0);
                  expect({ n, measure, line, bound, by }).toEqual({
                    n,
                    measure,
                    line,
                    bound,
                    by: live[line].tally[bound] - old[line].tally[bound],
                  });
                }
            }
          }
        }
        pictures.push(grown);
      }
      expect(causes.size).toBeGreaterThan(4);
    });
  },
);
