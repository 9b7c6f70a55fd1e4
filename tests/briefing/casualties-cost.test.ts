import { describe, expect, test } from 'vitest';
import type { CasualtiesRequest } from '../../src/briefing/casualties.ts';
import { composeCasualties, VIEWS } from '../../src/briefing/casualties.ts';
import type { EntryCore, EntryLink, Report } from '../../src/model/entry.ts';
import type { Figure } from '../../src/model/figure.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import type { Place } from '../../src/model/situation.ts';
import { suspectedDuplicates } from '../../src/picture/figures/duplicates.ts';
import { eventsAmong, eventsOf } from '../../src/picture/figures/events.ts';
import { regionsIn } from '../../src/picture/figures/regions.ts';
import type { Summed } from '../../src/picture/figures/summed.ts';
import { sumsOf } from '../../src/picture/figures/sums.ts';
import { suggestedPairs, type Total, totalsOf } from '../../src/picture/figures/total.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import { select } from '../../src/picture/select.ts';
import { entry, figure, registry, report, situation } from '../support/build.ts';

/** A chain of near places, one apart, one that is too coarse to tell; all but one of them in the valley. */
const PLACES: readonly Place[] = [
  { id: 'valley', name: 'Valley', aliases: [], precision: 'adm1' },
  { id: 'mill', name: 'Mill', aliases: [], precision: 'near', within: 'valley', lat: 35, lon: 37 },
  { id: 'weir', name: 'Weir', aliases: [], precision: 'near', within: 'valley', lat: 35, lon: 37.4 },
  { id: 'quay', name: 'Quay', aliases: [], precision: 'near', lat: 35, lon: 37.8 },
  { id: 'pass', name: 'Pass', aliases: [], precision: 'exact', within: 'valley', lat: 37, lon: 40 },
];
const MEASURES = ['killed', 'injured'];

/** So many records: entries that come, change, move, go and return; reports and links too. The same for the same seed. */
function history(seed: number, size: number): readonly Recorded<SituationRecord>[] {
  let state = seed * 2_654_435_761;
  const roll = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const upTo = (n: number): number => Math.floor(roll() * n);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  // Days around two turns of a month, so that spans lie across them.
  const dayOf = (n: number): string => new Date(Date.UTC(2024, 10, 20) + n * 86_400_000).toISOString().slice(0, 10);
  const cores: EntryCore[] = [];
  const reports: Report[] = [];
  const links: EntryLink[] = [];
  const retracted = new Set<string>();
  const withdrawn = new Set<string>();
  const records: Recorded<SituationRecord>[] = [];
  const put = (record: SituationRecord): void => {
    const seq = records.length + 1;
    records.push({ ...record, seq, at: new Date(Date.UTC(2024, 10, 20) + seq * 3_600_000).toISOString(), author: 'u' });
  };

  const core = (id: string): EntryCore => {
    const from = upTo(50);
    const days = roll() < 0.2 ? upTo(40) : 0;
    const place = roll() < 0.85 ? one(PLACES).id : undefined;
    const { place: _, ...rest } = entry(id, {
      kind: roll() < 0.15 ? 'toll' : 'event',
      occurred: { from: dayOf(from), ...(days > 0 && { to: dayOf(from + days) }), precision: 'days' },
      parties: roll() < 0.4 ? [{ party: one(['north', 'south']), role: one(['actor', 'claimant'] as const) }] : [],
      ...(roll() < 0.05 && { override: { status: 'retracted', reason: 'the desk knows' } as const }),
    });
    return { ...rest, ...(place !== undefined && { place }) };
  };
  const figureOf = ({ kind, occurred, place }: EntryCore): Figure => {
    const low = upTo(60);
    const open = roll() < 0.4;
    const mode = kind === 'toll' ? one(['cumulative', 'stock'] as const) : roll() < 0.9 ? 'incident' : 'increment';
    const day = occurred.from.slice(0, 10);
    const scope = { from: kind === 'toll' ? dayOf(0) : day, to: day, ...(place !== undefined && { area: place }) };
    const group = roll() < 0.25 ? { side: one(['north', 'south']) } : {};
    if (roll() < 0.1)
      return figure({ qualifier: 'word', low: null, high: null, word: 'dozens', mode, scope, asOf: day, group });
    const measure = one(MEASURES);
    const qualifier = open ? 'at_least' : 'exact';
    return figure({ measure, qualifier, low, high: open ? null : low, mode, scope, asOf: day, group });
  };
  const reportOf = (told: EntryCore): Report => {
    const id = `${told.id}.${reports.filter((r) => r.id.startsWith(`${told.id}.`)).length + 1}`;
    const made = report(id, {
      originator: one([...registry.sources.keys()]),
      stance: one(['reports', 'reports', 'claims', 'verifies', 'denies'] as const),
      credibility: 1 + upTo(5),
      figures: roll() < 0.15 ? [] : Array.from({ length: 1 + upTo(2) }, () => figureOf(told)),
    });
    reports.push(made);
    return made;
  };
  const change = { reason: 'new_information' } as const;
  const steps: readonly (() => void)[] = [
    () => put({ kind: 'report.added', body: { report: reportOf(one(cores)) } }),
    () => {
      const was = one(reports);
      const of = cores.find((c) => was.id.startsWith(`${c.id}.`)) as EntryCore;
      const told = { ...was, figures: [figureOf(of)] };
      reports[reports.indexOf(was)] = told;
      put({ kind: 'report.amended', body: { report: told, ...change } });
    },
    () => {
      // It moves, and with it what it may be the same as.
      const told = core(one(cores).id);
      cores[cores.findIndex((c) => c.id === told.id)] = told;
      put({ kind: 'entry.amended', body: { entry: told, ...change } });
    },
    () => {
      const { id } = one(cores);
      const back = retracted.delete(id);
      if (!back) retracted.add(id);
      put({ kind: back ? 'entry.restored' : 'entry.retracted', body: { id, ...change } });
    },
    () => {
      const { id } = one(reports);
      const back = withdrawn.delete(id);
      if (!back) withdrawn.add(id);
      put({ kind: back ? 'report.restored' : 'report.withdrawn', body: { id, ...change } });
    },
    () => {
      const [from, to] = [one(cores).id, one(cores).id];
      if (from === to) return;
      const type = one(['same_as', 'same_as', 'same_as', 'contradicts', 'corrects', 'part_of'] as const);
      const link: EntryLink = {
        from,
        to,
        type,
        ...(type === 'same_as' && { state: one(['suggested', 'confirmed', 'rejected'] as const) }),
      };
      links.push(link);
      put({ kind: 'link.added', body: { link } });
    },
    () => {
      const [link] = links.splice(upTo(links.length), 1);
      if (link) put({ kind: 'link.removed', body: { link, ...change } });
    },
  ];
  put({ kind: 'situation.opened', body: { situation: situation({ places: [...PLACES] }) } });
  while (records.length < size) {
    if (cores.length < 3 || roll() < 0.4) {
      const told = core(`E${cores.length + 1}`);
      cores.push(told);
      put({
        kind: 'entry.added',
        body: { entry: told, reports: Array.from({ length: 1 + upTo(2) }, () => reportOf(told)) },
      });
    } else if (roll() < 0.01) {
      // The chain of near places breaks, or is mended.
      const places = PLACES.map((p) => (p.id === 'weir' && roll() < 0.5 ? { ...p, lat: 20 } : p));
      put({ kind: 'situation.amended', body: { situation: situation({ places }), ...change } });
    } else one(steps)();
  }
  return records;
}

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
