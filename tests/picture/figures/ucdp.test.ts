import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { partitionsOf } from '../../../src/picture/figures/partition.ts';
import type { Range } from '../../../src/picture/figures/range.ts';
import type { Total } from '../../../src/picture/figures/total.ts';
import { totalsOf } from '../../../src/picture/figures/total.ts';
import type { EntryState, Picture } from '../../../src/picture/picture.ts';
import { liveReports } from '../../../src/picture/picture.ts';
import { opened, pictureOf, registry, reportAmended, retracted, situation } from '../../support/build.ts';
import { isThere, readJson, readText } from './shared-data.ts';
import type { Row } from './ucdp.ts';
import { addedRow, entryIdOf, figuresOf, isEnterable, isOutOfOrder, readRows, reportOf } from './ucdp.ts';

const counts = z.object({ events: z.number(), best: z.number(), low: z.number(), high: z.number() });
const byKey = z.record(z.string(), counts);
const expectedShape = z.object({
  files: z.record(
    z.string(),
    z.object({
      rows: z.number(),
      country_year: byKey,
      country_year_type: byKey,
      country_month_by_date_start: byKey,
      all: counts,
      low_best_high_order_violated_ids: z.array(z.string()),
    }),
  ),
  revisions: z.record(
    z.string(),
    z.object({
      in_both: z.number(),
      added: z.number(),
      removed: z.number(),
      removed_ids: z.array(z.string()),
      changed_best: z.number(),
      net_best_change_in_both: z.number(),
      sum_best_added: z.number(),
      sum_best_removed: z.number(),
      sum_best_before: z.number(),
      sum_best_after: z.number(),
      figure_changes: z.record(z.string(), z.record(z.string(), z.unknown())),
    }),
  ),
});

const THERE = isThere('ucdp');
const FILES = ['ukraine-ged-v20.1-hdx.csv', 'ukraine-ged-v22.1-hdx.csv', 'syria-candidate-26.0.1.csv'] as const;
const expected = THERE
  ? expectedShape.parse(await readJson('ucdp/expected-totals.json'))
  : { files: {}, revisions: {} };
const rowsOf = new Map<string, readonly Row[]>();
if (THERE) for (const file of FILES) rowsOf.set(file, readRows(await readText(`ucdp/${file}`)));
const rows = (file: string): readonly Row[] => rowsOf.get(file) ?? [];

const start = opened({
  start: '2014-01-01',
  sides: situation().sides.map((s, i) => ({ ...s, id: i === 0 ? 'side-a' : 'side-b' })),
});
const pictureFrom = (file: string): Picture => pictureOf(start, ...rows(file).map(addedRow));
/** One coder is one voice: all of it is in the second line. */
const total = (picture: Picture, wanted?: (s: EntryState) => boolean): Total => {
  const { backed, unbacked } = totalsOf(
    picture,
    registry,
    'killed',
    wanted && [...picture.entries.values()].filter(wanted),
  );
  expect(backed.addends).toEqual([]);
  return unbacked;
};
const countsOf = ({ range, addends }: Total) => ({
  events: addends.length,
  best: range.best,
  low: range.low,
  high: range.high,
});
const tagged =
  (...tags: string[]) =>
  ({ entry }: EntryState): boolean =>
    tags.every((t) => entry.tags.includes(t));

describe('UCDP GED, as it was published', () => {
  if (!THERE) {
    test.skip('the tables are not there');
    return;
  }

  describe.each(FILES.slice(0, 2))('%s', (file) => {
    const picture = pictureFrom(file);
    const known = expected.files[file];
    if (!known) throw new Error(`no totals are known of ${file}`);

    test('has every event once', () => {
      expect(rows(file)).toHaveLength(known.rows);
      expect(picture.entries.size).toBe(known.rows);
      expect(countsOf(total(picture))).toEqual(counts.parse(known.all));
    });

    test.each(Object.keys(known.country_year))('%s: the sum is the published one', (key) => {
      const [, year = ''] = key.split('|');
      expect(countsOf(total(picture, tagged(`year-${year}`)))).toEqual(known.country_year[key]);
    });

    test('by type of violence, and by the month in which events began', () => {
      for (const [key, sums] of Object.entries(known.country_year_type)) {
        const [, year = '', type = ''] = key.split('|');
        expect(countsOf(total(picture, tagged(`year-${year}`, type.replace('type', 'type-'))))).toEqual(sums);
      }
      for (const [key, sums] of Object.entries(known.country_month_by_date_start))
        expect(countsOf(total(picture, tagged(`month-${key.split('|')[1]}`)))).toEqual(sums);
    });

    test('rows whose best number lies outside of its bounds are kept and flagged; all others could be entered', () => {
      const flagged = rows(file)
        .filter(isOutOfOrder)
        .map((r) => r.id);
      expect(flagged.sort()).toEqual([...known.low_best_high_order_violated_ids].sort());
      expect(rows(file).filter((r) => !isOutOfOrder(r) && !isEnterable(r))).toEqual([]);
    });

    test('the parts of every event add up to its best number, and are not counted beside it (R10)', () => {
      const checks = [...picture.entries.values()].flatMap((state) =>
        liveReports(state).flatMap((r) => partitionsOf(r).map((check) => ({ id: state.entry.id.slice(1), check }))),
      );
      expect(checks.filter(({ check }) => check.rest !== 0)).toEqual([]);
      // More than it can be, since the best number is: those of the flagged rows.
      const flagged = new Set(known.low_best_high_order_violated_ids);
      expect(checks.filter(({ id, check }) => check.inconsistent && !flagged.has(id))).toEqual([]);
      expect(total(picture).addends.every((a) => a.said.length === 1)).toBe(true);
    });
  });

  test('a table of the plain layout: a candidate release', () => {
    const all = rows(FILES[2]);
    const add = (of: (r: Row) => number): number => all.reduce((n, r) => n + of(r), 0);
    expect(all).toHaveLength(53);
    expect(countsOf(total(pictureFrom(FILES[2])))).toEqual({
      events: all.length,
      best: add((r) => r.best),
      low: add((r) => r.low),
      high: add((r) => r.high),
    });
  });

  describe('v20.1 → v22.1, one over the other', () => {
    const [before, after] = [rows(FILES[0]), rows(FILES[1])];
    const known = expected.revisions['v20.1->v22.1'];
    if (!known) throw new Error('no revision is known');
    const [old, now] = [new Map(before.map((r) => [r.id, r])), new Map(after.map((r) => [r.id, r]))];
    const same = (a: Row, b: Row): boolean => JSON.stringify(figuresOf(a)) === JSON.stringify(figuresOf(b));
    const removed = before.filter((r) => !now.has(r.id));
    const fresh = after.filter((r) => !old.has(r.id));
    const revised = after.filter((r) => {
      const was = old.get(r.id);
      return was !== undefined && !same(was, r);
    });
    const drafts = [start, ...before.map(addedRow)];
    const then = pictureOf(...drafts);
    const later = pictureOf(
      ...drafts,
      ...removed.map((r) => retracted(entryIdOf(r), 'source_corrected')),
      ...revised.map((r) => reportAmended(reportOf(r))),
      ...fresh.map(addedRow),
    );
    const sharesOf = (picture: Picture) => new Map(total(picture).addends.map((a) => [a.entries[0].entry.id, a.range]));
    const [shareThen, shareNow] = [sharesOf(then), sharesOf(later)];
    const best = (ranges: Iterable<Range>): number => [...ranges].reduce((n, r) => n + (r.best ?? 0), 0);
    const moved = [...shareNow].flatMap(([id, is]) => {
      const was = shareThen.get(id);
      return was && was.best !== is.best ? [(is.best ?? 0) - (was.best ?? 0)] : [];
    });

    test('afterwards the sums are those of the newer table, and a look back still gives the older one', () => {
      expect(countsOf(total(later))).toEqual(counts.parse(expected.files[FILES[1]]?.all));
      expect(countsOf(total(then))).toEqual(counts.parse(expected.files[FILES[0]]?.all));
    });

    test('the difference is what was added, what was removed and what was revised, and nothing else', () => {
      const added = [...shareNow].filter(([id]) => !shareThen.has(id)).map(([, r]) => r);
      const gone = [...shareThen].filter(([id]) => !shareNow.has(id));
      expect([added.length, gone.length, shareNow.size - added.length]).toEqual([
        known.added,
        known.removed,
        known.in_both,
      ]);
      expect(gone.map(([id]) => id.slice(1)).sort()).toEqual([...known.removed_ids].sort());
      expect([best(added), best(gone.map(([, r]) => r))]).toEqual([known.sum_best_added, known.sum_best_removed]);
      expect([moved.length, moved.reduce((a, b) => a + b, 0)]).toEqual([
        known.changed_best,
        known.net_best_change_in_both,
      ]);
      expect([best(shareThen.values()), best(shareNow.values())]).toEqual([
        known.sum_best_before,
        known.sum_best_after,
      ]);
      expect(known.sum_best_before + best(added) - best(gone.map(([, r]) => r)) + known.net_best_change_in_both).toBe(
        known.sum_best_after,
      );
    });

    test('every revised event says so itself, and no other does', () => {
      const said = [...later.entries.values()]
        .filter((s) => s.versions.some((v) => v.what.kind === 'report.amended'))
        .map((s) => s.entry.id.slice(1));
      expect(said.sort()).toEqual(revised.map((r) => r.id).sort());
      expect(said).toEqual(expect.arrayContaining(Object.keys(known.figure_changes).sort()));
    });
  });
});
