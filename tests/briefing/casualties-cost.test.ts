import { describe, expect, test } from 'vitest';
import type { CasualtiesRequest } from '../../src/briefing/casualties.ts';
import { composeCasualties, VIEWS } from '../../src/briefing/casualties.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import { suspectedDuplicates } from '../../src/picture/figures/duplicates.ts';
import { eventsAmong, eventsOf } from '../../src/picture/figures/events.ts';
import { regionsIn } from '../../src/picture/figures/regions.ts';
import type { Summed } from '../../src/picture/figures/summed.ts';
import { sumsOf } from '../../src/picture/figures/sums.ts';
import { suggestedPairs, type Total, totalsOf } from '../../src/picture/figures/total.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import { select } from '../../src/picture/select.ts';
import { entry, figure, registry, report } from '../support/build.ts';
import { history, MEASURES, PLACES } from '../support/counted-history.ts';

const pictureOf = (records: readonly Recorded<SituationRecord>[], from?: Picture): Picture => {
  const picture = fold(records, from);
  if (!picture) throw new Error('nothing is known');
  return picture;
};

const WHERE: readonly Pick<CasualtiesRequest, 'place' | 'from' | 'to'>[] = [
  {},
  ...PLACES.map(({ id }) => ({ place: id })),
  { from: '2024-11-28', to: '2024-12-05' },
  { place: 'valley', from: '2024-12-01' },
];

/** What a sum says, as `lineOf` of its total. */
const summedUp = ({ range, provisional, incidents, withoutNumber, entry: of, counted, figures, first }: Summed) => {
  expect(counted).toBe(figures.length);
  expect(first).toEqual(figures.slice(0, first.length));
  expect(new Set(first.map((f) => f.report)).size).toBe(Math.min(2, new Set(figures.map((f) => f.report)).size));
  return { range, provisional, incidents, withoutNumber, entry: of, figures };
};

const lineOf = ({ range, provisional, addends, withoutNumber }: Total) => ({
  range,
  provisional,
  incidents: addends.length,
  withoutNumber: withoutNumber.length,
  entry: addends[0]?.entries[0].entry.id,
  figures: addends.flatMap((a) => a.said.map(({ report: of, index }) => ({ report: of, index }))),
});

describe.each([1, 2, 3, 4, 5, 6])('casualties of generated history %i', { timeout: 30_000 }, (seed) => {
  const records = history(seed, 200);

  test('a picture that grew record by record answers as one that was folded at once', () => {
    let grown: Picture | undefined;
    for (let n = 1; n <= records.length; n++) {
      grown = pictureOf(records.slice(n - 1, n), grown);
      const asked = (picture: Picture, request: CasualtiesRequest) => composeCasualties({ picture, registry }, request);
      // Asked now and then only, so that several records are worked in at once too.
      if (n % 4 === 0) asked(grown, { measure: 'killed' });
      if (n % 50 !== 0) continue;
      const whole = pictureOf(records.slice(0, n));
      for (const measure of MEASURES)
        for (const where of WHERE)
          for (const view of [undefined, ...VIEWS]) {
            const request = { measure, ...where, ...(view && { view }) };
            expect(asked(grown, request)).toEqual(asked(whole, request));
          }
    }
  });

  test('the sums of the regions are the sum of all that is asked for', () => {
    let grown: Picture | undefined;
    let [provisional, regions] = [0, 0];
    for (let n = 20; n <= records.length; n += 20) {
      grown = pictureOf(records.slice(grown?.seq ?? 0, n), grown);
      regions = Math.max(regions, regionsIn(grown).length);
      for (const measure of MEASURES)
        for (const where of WHERE) {
          const wanted = Object.keys(where).length > 0 ? select(grown, where) : undefined;
          const { events } = eventsAmong(eventsOf(grown, registry, measure), wanted);
          const suspected = suspectedDuplicates(
            grown,
            events.flatMap((e) => e.states),
          );
          const totals = totalsOf(grown, registry, measure, wanted, [...suggestedPairs(grown), ...suspected]);
          const sums = sumsOf(grown, registry, measure, where);
          for (const key of ['backed', 'unbacked'] as const) {
            expect(summedUp(sums[key])).toEqual(lineOf(totals[key]));
            if (sums[key].provisional) provisional += 1;
          }
        }
    }
    // Otherwise nothing was put to the test.
    expect(provisional).toBeGreaterThan(5);
    expect(regions).toBeGreaterThan(3);
  });
});

test('a record leaves regions as they were in which it says nothing', () => {
  const records = history(3, 240);
  const before = pictureOf(records);
  const was = regionsIn(before);
  const told = entry('E999', { place: 'pass', occurred: { from: '2025-06-01', precision: 'day' } });
  const after = pictureOf(
    [
      {
        kind: 'entry.added',
        body: { entry: told, reports: [report('E999.1', { figures: [figure()] })] },
        seq: before.seq + 1,
        at: before.at,
        author: 'u',
      },
    ],
    before,
  );
  const is = new Set(regionsIn(after));
  expect(was.filter((region) => !is.has(region))).toEqual([]);
  expect(is.size).toBe(was.length + 1);
});
