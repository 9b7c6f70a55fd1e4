import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { totalsOf } from '../../../src/picture/figures/total.ts';
import type { Picture } from '../../../src/picture/picture.ts';
import type { Series } from '../../../src/picture/series.ts';
import { tollsOf } from '../../../src/picture/series.ts';
import { groupKey } from '../../../src/picture/wording.ts';
import type { Draft } from '../../support/build.ts';
import { added, entry, opened, pictureOf, registry, reportAmended, reported } from '../../support/build.ts';
import type { Day } from './gaza.ts';
import { dateOf, fieldOf, NO_FIGURES, record, reportsOf, START } from './gaza.ts';
import { isThere, readJson } from './shared-data.ts';

const DATES = ['2024-02-01', '2024-03-01', '2024-05-10', '2024-09-01', '2025-02-10'];
const THERE = isThere('gaza');
const snapshots: readonly (readonly Day[])[] = THERE
  ? await Promise.all(DATES.map(async (d) => z.array(record).parse(await readJson(`gaza/daily-${d}.json`))))
  : [];
const expected = THERE
  ? z
      .array(
        z.object({
          added: z.array(z.string()),
          removed: z.array(z.string()),
          changed: z.record(z.string(), z.record(z.string(), z.array(z.unknown()))),
        }),
      )
      .parse(await readJson('gaza/expected-diffs.json'))
  : [];

const start = opened({ start: START });

/** The records that bring what was known of one snapshot to what the next one says. */
function steps(before: readonly Day[], after: readonly Day[]): readonly Draft[] {
  return after.flatMap((day, i): readonly Draft[] => {
    const was = before[i];
    if (!was) return reportsOf(day, i).map(reported);
    const old = reportsOf(was, i);
    return reportsOf(day, i).flatMap((now, n) =>
      JSON.stringify(now) === JSON.stringify(old[n]) ? [] : [reportAmended(now)],
    );
  });
}

/** Records up to each snapshot. */
const stages: (readonly Draft[])[] = [];
for (const [i, snapshot] of snapshots.entries()) {
  const [first] = snapshot;
  if (i === 0 && first)
    stages.push([
      start,
      added(entry('E1', { kind: 'toll', occurred: { from: START, precision: 'longer' } }), ...reportsOf(first, 0)),
      ...snapshot.slice(1).flatMap((day, n) => reportsOf(day, n + 1).map(reported)),
    ]);
  else stages.push([...(stages[i - 1] ?? []), ...steps(snapshots[i - 1] ?? [], snapshot)]);
}

const seriesOf = (picture: Picture, originator: string, measure: string): Series => {
  const found = tollsOf(picture, (s) => s.originator === originator && s.figure.measure === measure).filter(
    (s) => groupKey(s.live.figure.group) === groupKey({}),
  );
  expect(found).toHaveLength(1);
  return found[0] as Series;
};

describe('a cumulative series with late corrections, as it stood on five days', () => {
  if (!THERE) {
    test.skip('the snapshots are not there');
    return;
  }
  const pictures = stages.map((drafts) => pictureOf(...drafts));
  const at = (i: number): Picture => pictures[i] as Picture;

  test.each(DATES.slice(1).map((date, i) => [DATES[i], date, i] as const))(
    '%s → %s: every difference, and no other',
    (_, __, i) => {
      const diff = expected[i];
      const [was, is] = [at(i), at(i + 1)];
      const before = was.entries.get('E1');
      const versions = (is.entries.get('E1')?.versions ?? []).filter((v) => v.seq > was.seq);
      expect(before?.versions.length).toBe((is.entries.get('E1')?.versions.length ?? 0) - versions.length);

      const dates = versions.flatMap(({ what }) => (what.kind === 'report.added' ? [what.report.published] : []));
      expect([...new Set(dates)]).toEqual(diff?.added);
      expect(diff?.removed).toEqual([]);

      const changed: Record<string, Record<string, unknown[]>> = {};
      for (const { what } of versions) {
        if (what.kind !== 'report.amended') continue;
        const [old, now] = [what.before, what.after].map((r) => new Map(r.figures.map((f) => [fieldOf(f), f.low])));
        for (const field of new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])) {
          const pair = [old?.get(field) ?? null, now?.get(field) ?? null];
          if (pair[0] !== pair[1]) (changed[what.after.published] ??= {})[field] = pair;
        }
      }
      const figures = Object.entries(diff?.changed ?? {}).flatMap(([date, fields]) => {
        const kept = Object.entries(fields).filter(([name]) => !NO_FIGURES.has(name));
        return kept.length > 0 ? [[date, Object.fromEntries(kept)] as const] : [];
      });
      expect(changed).toEqual(Object.fromEntries(figures));
    },
  );

  test.each(DATES.map((date, i) => [date, i] as const))(
    '%s: one series of each originator reads as it was published',
    (_, i) => {
      const snapshot = snapshots[i] as readonly Day[];
      for (const [originator, prefix] of [
        ['ministry', ''],
        ['compilers', 'ext_'],
      ] as const)
        for (const measure of ['killed', 'injured']) {
          const given = snapshot.filter((d) => typeof d[`${prefix}${measure}_cum`] === 'number');
          const { values, live } = seriesOf(at(i), originator, measure);
          expect(values.map((v) => [v.figure.asOf, v.figure.low])).toEqual(
            given.map((d) => [dateOf(d), d[`${prefix}${measure}_cum`]]),
          );
          expect(live.figure.asOf).toBe(dateOf(given.at(-1) as Day));
        }
    },
  );

  test('a late correction of an old day is no fall of the series, and the live value is the latest day', () => {
    const [then, now] = [seriesOf(at(0), 'ministry', 'killed'), seriesOf(at(1), 'ministry', 'killed')];
    expect(then.values.find((v) => v.figure.asOf === START)?.figure.low).toBe(198);
    expect(now.values.find((v) => v.figure.asOf === START)?.figure.low).toBe(232);
    expect([now.move, now.live.figure.asOf]).toEqual(['up', '2024-03-01']);
  });

  test('no running toll and no daily number is ever an addend (R3)', () => {
    for (const measure of ['killed', 'injured', 'massacres']) {
      const { backed, unbacked, excluded } = totalsOf(at(4), registry, measure);
      expect([backed, unbacked].flatMap((t) => [...t.addends, ...t.withoutNumber])).toEqual([]);
      expect(backed.range.low).toBeNull();
      const figures = at(4)
        .entries.get('E1')
        ?.reports.flatMap((r) => r.report.figures.filter((f) => f.measure === measure));
      expect(excluded).toHaveLength(figures?.length ?? -1);
      expect(new Set(excluded.map((e) => e.rule))).toEqual(new Set(['R3']));
    }
  });
});
