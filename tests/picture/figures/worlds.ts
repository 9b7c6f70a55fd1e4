import fc from 'fast-check';
import type { EntryLink, Report } from '../../../src/model/entry.ts';
import type { Figure } from '../../../src/model/figure.ts';
import type { Exclusion } from '../../../src/picture/figures/exclusion.ts';
import type { Total, Totals } from '../../../src/picture/figures/total.ts';
import { totalsOf } from '../../../src/picture/figures/total.ts';
import type { Picture } from '../../../src/picture/picture.ts';
import type { Said } from '../../../src/picture/series.ts';
import type { Draft } from '../../support/build.ts';
import { added, entry, figure, linked, pictureOf, registry, report, reported } from '../../support/build.ts';

/** Entries with reports and links, as they may be recorded in any order. */
export interface World {
  readonly entries: readonly { readonly id: string; readonly reports: readonly Report[] }[];
  readonly links: readonly EntryLink[];
}

const MEASURES = ['killed', 'injured', 'casualties', 'missing'] as const;
const ORIGINATORS = ['monitor', 'un', 'wire', 'checker', 'north-army', 'north-agency', 'south-command', 'someone'];
const GROUPS: readonly Figure['group'][] = [
  {},
  { status: 'civilian' },
  { status: 'combatant' },
  { status: 'combatant', side: 'north' },
  { status: 'combatant', side: 'south' },
  { side: 'south' },
  { status: 'combatant', side: 'south', role: 'scouts' },
  { age: 'child' },
  { sex: 'female' },
  { role: 'families' },
];

const number = fc.integer({ min: 0, max: 60 });
const form: fc.Arbitrary<Partial<Figure>> = fc.oneof(
  number.map((n) => ({ qualifier: 'exact', low: n, high: n }) as const),
  number.map((n) => ({ qualifier: 'at_least', low: n, high: null }) as const),
  number.map((n) => ({ qualifier: 'more_than', low: n + 1, high: null, stated: n }) as const),
  number.map((n) => ({ qualifier: 'at_most', low: null, high: n }) as const),
  number.map((n) => ({ qualifier: 'about', low: n, high: n }) as const),
  fc
    .tuple(number, fc.integer({ min: 1, max: 30 }), fc.option(fc.double({ min: 0, max: 1, noNaN: true })))
    .map(([low, more, at]) => ({
      qualifier: 'range' as const,
      low,
      high: low + more,
      ...(at !== null && { best: low + Math.round(more * at) }),
    })),
  fc.constant({ qualifier: 'word', low: null, high: null, word: 'dozens' } as const),
  fc.constant({ qualifier: 'constraint', low: null, high: null, word: 'most of them' } as const),
  fc.constant({ qualifier: 'unknown', low: null, high: null } as const),
  fc.constant({ qualifier: 'none_reported', low: 0, high: null } as const),
);

const day = fc.integer({ min: 27, max: 29 }).map((d) => `2024-11-${d}`);
const part = fc.option(fc.constantFrom<'partition' | 'subset'>('partition', 'subset'), { freq: 3 });
const oneFigure = fc
  .record({
    form,
    part,
    asOf: day,
    group: fc.constantFrom(...GROUPS),
    measure: fc.constantFrom<string>('killed', 'killed', 'killed', 'killed', ...MEASURES),
    mode: fc.constantFrom<Figure['mode']>('incident', 'incident', 'incident', 'increment', 'cumulative', 'stock'),
    area: fc.option(fc.constantFrom('valley', 'ford', 'coast'), { freq: 5 }),
  })
  .map(({ form: said, part: of, asOf, group, measure, mode, area }) => ({
    of,
    figure: figure({
      ...said,
      group,
      measure,
      mode,
      asOf,
      scope: { from: '2024-11-27', to: asOf, ...(area !== null && { area }) },
    }),
  }));

/** The figures of a report: the first is called "all", and others may be parts of it. */
const figures = fc.array(oneFigure, { minLength: 1, maxLength: 4 }).map((all) =>
  all.map(({ figure: f, of }, i): Figure => {
    if (i === 0) return { ...f, id: 'all' };
    return of === null ? f : { ...f, part: { of: 'all', as: of } };
  }),
);

const oneReport = fc.record({
  originator: fc.constantFrom(...ORIGINATORS),
  stance: fc.constantFrom<Report['stance']>(
    'reports',
    'reports',
    'reports',
    'claims',
    'concedes',
    'denies',
    'verifies',
  ),
  credibility: fc.constantFrom(1, 2, 2, 3, 5, 6),
  figures,
});

const idOf = (n: number): string => `E${n + 1}`;

/** When each report came out: all at another time, and not in the order of their ids. */
export const publishedAs = (entryNumber: number, reportNumber: number): string =>
  new Date(
    Date.parse('2024-11-30T00:00:00Z') +
      ((entryNumber * 7 + reportNumber * 3) % 24) * 3_600_000 +
      entryNumber * 60_000 +
      reportNumber * 1000,
  ).toISOString();

const linkOf = (count: number, types: readonly EntryLink['type'][]): fc.Arbitrary<EntryLink> =>
  fc
    .record({
      ends: fc
        .tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 }))
        .filter(([a, b]) => a !== b),
      type: fc.constantFrom(...types),
      state: fc.constantFrom<NonNullable<EntryLink['state']>>('suggested', 'confirmed', 'rejected'),
    })
    .map(({ ends: [a, b], type, state }) => ({
      from: idOf(a),
      to: idOf(b),
      type,
      ...(type === 'same_as' && { state }),
    }));

/** Worlds of up to six entries with all that a report may say, and links between them; `types`: the kinds of links. */
export const worlds = (
  types: readonly EntryLink['type'][] = ['same_as', 'same_as', 'part_of', 'part_of', 'contradicts', 'corrects'],
): fc.Arbitrary<World> =>
  fc.array(fc.array(oneReport, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 }).chain((all) =>
    fc.record({
      entries: fc.constant(
        all.map((reports, e) => ({
          id: idOf(e),
          reports: reports.map((r, i) => report(`${idOf(e)}.${i + 1}`, { ...r, published: publishedAs(e, i) })),
        })),
      ),
      links:
        types.length === 0
          ? fc.constant([])
          : fc
              .array(linkOf(all.length, types), { maxLength: 6 })
              .map((links) => [...new Map(links.map((l) => [`${l.from}${l.type}${l.to}`, l])).values()]),
    }),
  );

/** The records of a world: every entry with its first report, then the others, then the links. */
export const recordsOf = ({ entries, links }: World): readonly Draft[] => [
  ...entries.map(({ id, reports }) => added(entry(id), ...reports.slice(0, 1))),
  ...entries.flatMap(({ reports }) => reports.slice(1).map(reported)),
  ...links.map(linked),
];

export const pictureOfWorld = (world: World): Picture => pictureOf(...recordsOf(world));

export const totals = (picture: Picture, measure = 'killed'): Totals => totalsOf(picture, registry, measure);

const line = ({ range, addends, withoutNumber, provisional }: Total) => ({
  range,
  provisional,
  addends: addends
    .map((a) => ({ ids: a.entries.map((e) => e.entry.id).sort(), range: a.range, residualOf: a.residualOf }))
    .sort((a, b) => ((a.ids[0] ?? '') < (b.ids[0] ?? '') ? -1 : 1)),
  withoutNumber: withoutNumber.map((e) => e.entry.id).sort(),
});

/** What a total says, without the order in which it lists things. */
export const gist = ({ backed, unbacked }: Totals) => ({ backed: line(backed), unbacked: line(unbacked) });

export const saidKey = (said: Said): string => `${said.report}#${said.index}`;

/** Exclusions as one reads them, in a fixed order. */
export const reasons = (excluded: readonly Exclusion[]): readonly string[] =>
  excluded.map((e) => `${e.rule} ${e.entry} ${e.said ? saidKey(e.said) : '-'} ${e.why}`).sort();
