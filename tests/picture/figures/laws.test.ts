import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/model/entry.ts';
import { measureOf } from '../../../src/model/measures.ts';
import { sayTotal } from '../../../src/picture/figures/say.ts';
import type { Total } from '../../../src/picture/figures/total.ts';
import { pictureOf, reported, retracted, withdrawn } from '../../support/build.ts';
import type { World } from './worlds.ts';
import { gist, pictureOfWorld, publishedAs, reasons, recordsOf, saidKey, totals, worlds } from './worlds.ts';

const RUNS = { numRuns: 300 };
const MEASURES = ['killed', 'injured', 'casualties', 'missing'];
const both = (picture: Parameters<typeof totals>[0], measure?: string): readonly Total[] => {
  const { backed, unbacked } = totals(picture, measure);
  return [backed, unbacked];
};
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length] as T;

describe('laws of sums', () => {
  test('in which order things were recorded changes nothing', () => {
    fc.assert(
      fc.property(
        worlds().chain((world) => {
          const records = recordsOf(world);
          const entries = records.filter((r) => r.kind === 'entry.added');
          const rest = records.filter((r) => r.kind !== 'entry.added');
          return fc.record({
            world: fc.constant(world),
            entries: fc.shuffledSubarray(entries, { minLength: entries.length }),
            rest: fc.shuffledSubarray(rest, { minLength: rest.length }),
          });
        }),
        ({ world, entries, rest }) => {
          const one = totals(pictureOfWorld(world));
          const other = totals(pictureOf(...entries, ...rest));
          expect(gist(other)).toEqual(gist(one));
          expect(reasons(other.excluded)).toEqual(reasons(one.excluded));
        },
      ),
      RUNS,
    );
  });

  test('a relay of what is known changes nothing (R1)', () => {
    fc.assert(
      fc.property(worlds(), fc.nat(), fc.nat(), (world, e, r) => {
        const of = pick(world.entries, e);
        const told = pick(of.reports, r);
        const relay: Report = {
          ...told,
          id: `${of.id}.9`,
          publisher: 'gazette',
          published: publishedAs(40, 9),
        };
        expect(gist(totals(pictureOf(...recordsOf(world), reported(relay))))).toEqual(
          gist(totals(pictureOfWorld(world))),
        );
      }),
      RUNS,
    );
  });

  test('a report that was withdrawn, an entry that was retracted, leaves no trace', () => {
    fc.assert(
      fc.property(worlds(), fc.nat(), fc.nat(), (world, e, r) => {
        const of = pick(world.entries, e);
        const gone = pick(of.reports, r);
        const without = (reports: readonly Report[]) => reports.filter((x) => x !== gone);
        if (of.reports.length > 1) {
          const never: World = {
            ...world,
            entries: world.entries.map((x) => (x === of ? { ...x, reports: without(x.reports) } : x)),
          };
          expect(gist(totals(pictureOf(...recordsOf(world), withdrawn(gone.id))))).toEqual(
            gist(totals(pictureOfWorld(never))),
          );
        }
        const never: World = {
          entries: world.entries.filter((x) => x !== of),
          links: world.links.filter((l) => l.from !== of.id && l.to !== of.id),
        };
        expect(gist(totals(pictureOf(...recordsOf(world), retracted(of.id))))).toEqual(
          gist(totals(pictureOfWorld(never))),
        );
      }),
      RUNS,
    );
  });

  test('every figure of the measure is in one addend, or excluded by a rule, and no other figure is (R12, R20)', () => {
    fc.assert(
      fc.property(worlds(), fc.nat(), (world, r) => {
        const reports = world.entries.flatMap((e) => e.reports);
        const gone = pick(reports, r);
        const picture = pictureOf(...recordsOf(world), withdrawn(gone.id));
        for (const measure of MEASURES) {
          const { backed, unbacked, excluded } = totals(picture, measure);
          const found = [
            ...[backed, unbacked].flatMap((t) => t.addends.flatMap((a) => a.said.map(saidKey))),
            ...excluded.flatMap((e) => (e.said ? [saidKey(e.said)] : [])),
          ];
          const all = reports.flatMap((x) =>
            x.figures.flatMap((f, i) => (f.measure === measure ? [`${x.id}#${i}`] : [])),
          );
          expect(found.sort()).toEqual(all.sort());
        }
      }),
      RUNS,
    );
  });

  test('an addend holds figures of single incidents, of one measure, and never one of children or women beside its whole', () => {
    fc.assert(
      fc.property(worlds(), (world) => {
        for (const measure of MEASURES)
          for (const { addends } of both(pictureOfWorld(world), measure))
            for (const { said } of addends)
              for (const { figure } of said) {
                expect(figure.mode).toBe('incident');
                expect(figure.measure).toBe(measure);
                expect(['word', 'constraint', 'unknown']).not.toContain(figure.qualifier);
              }
      }),
      RUNS,
    );
  });

  test('low ≤ best ≤ high', () => {
    fc.assert(
      fc.property(worlds(), (world) => {
        for (const { range, addends } of both(pictureOfWorld(world)))
          for (const { low, high, best } of [range, ...addends.map((a) => a.range)]) {
            if (low !== null && high !== null) expect(low).toBeLessThanOrEqual(high);
            if (low !== null && best !== null) expect(low).toBeLessThanOrEqual(best);
            if (high !== null && best !== null) expect(best).toBeLessThanOrEqual(high);
          }
      }),
      RUNS,
    );
  });

  test('what is open makes the sum open, what is rounded makes it rounded, and it is printed so (R7, R18)', () => {
    fc.assert(
      fc.property(worlds(), (world) => {
        for (const { range, addends } of both(pictureOfWorld(world))) {
          expect(range.about).toBe(addends.some((a) => a.range.about));
          if (addends.length === 0) expect(range).toEqual({ low: null, high: null, best: null, about: false });
          else expect(range.high === null).toBe(addends.some((a) => a.range.high === null));
          const words = sayTotal(range, measureOf('killed'));
          if (range.high === null) expect(words).toMatch(/at least|or more|unknown|no people reported/);
          if (range.about && (range.low ?? range.high ?? 0) > 0) expect(words).toContain('about');
          expect(words).not.toMatch(/[.]|NaN|null|undefined/);
        }
      }),
      RUNS,
    );
  });

  test('an incident is counted once: in one line, with a number or without', () => {
    fc.assert(
      fc.property(worlds(), (world) => {
        const found = both(pictureOfWorld(world)).flatMap((t) => [
          ...t.addends.flatMap((a) => a.entries.map((e) => e.entry.id)),
          ...t.withoutNumber.map((e) => e.entry.id),
        ]);
        expect(new Set(found).size).toBe(found.length);
      }),
      RUNS,
    );
  });
});
