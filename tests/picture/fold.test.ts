import { describe, expect, test } from 'vitest';
import { fold, liveReports, until } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  amended,
  entry,
  link,
  linked,
  opened,
  pictureOf,
  report,
  reportAmended,
  reported,
  reportRestored,
  restored,
  retracted,
  situation,
  stateOf,
  stream,
  unlinked,
  withdrawn,
} from '../support/build.ts';

const kinds = (...drafts: Draft[]) => stateOf(pictureOf(...drafts), 'E1').versions.map((v) => v.what.kind);

describe('each kind of record', () => {
  test('a situation that has not been opened is not there', () => {
    expect(fold([])).toBeUndefined();
    expect(fold(stream(added(entry('E1'))))).toBeUndefined();
  });

  test('a situation is opened and amended', () => {
    const picture = pictureOf(opened(), {
      kind: 'situation.amended',
      body: { situation: situation({ title: 'River valley, second week' }), reason: 'new_information' },
    });
    expect(picture.situation.title).toBe('River valley, second week');
    expect(picture.seq).toBe(2);
  });

  test('an entry comes with its reports and the mark of who recorded it when', () => {
    const state = stateOf(pictureOf(added(entry('E1'), report('E1.1'), report('E1.2'))), 'E1');
    expect(state.reports.map((r) => r.report.id)).toEqual(['E1.1', 'E1.2']);
    expect(state.added).toEqual({ seq: 2, at: '2024-11-27T09:00:00.000Z', author: 'tester' });
    expect(state.changed).toEqual(state.added);
  });

  test('an amended entry keeps what it was, with the reason', () => {
    const state = stateOf(
      pictureOf(added(entry('E1')), amended(entry('E1', { headline: 'Better words' }), 'our_error', 'typo')),
      'E1',
    );
    expect(state.entry.headline).toBe('Better words');
    expect(state.versions.at(-1)).toMatchObject({
      seq: 3,
      reason: 'our_error',
      note: 'typo',
      what: { kind: 'entry.amended', before: { headline: 'What happened at E1' } },
    });
  });

  test('an entry is retracted and restored', () => {
    expect(stateOf(pictureOf(added(entry('E1')), retracted('E1')), 'E1').retracted).toMatchObject({ seq: 3 });
    const back = stateOf(pictureOf(added(entry('E1')), retracted('E1'), restored('E1')), 'E1');
    expect('retracted' in back).toBe(false);
    expect(back.versions.map((v) => v.what.kind)).toEqual(['entry.added', 'entry.retracted', 'entry.restored']);
  });

  test('a report is added, amended, withdrawn and restored', () => {
    const told = [added(entry('E1')), reported(report('E1.2', { originator: 'wire' }))] as const;
    expect(kinds(...told, reportAmended(report('E1.2', { says: 'Other words' })))).toEqual([
      'entry.added',
      'report.added',
      'report.amended',
    ]);
    const gone = stateOf(pictureOf(...told, withdrawn('E1.2', 'relay_error', 'misread')), 'E1');
    expect(liveReports(gone).map((r) => r.id)).toEqual(['E1.1']);
    expect(gone.reports[1]?.withdrawn).toMatchObject({ reason: 'relay_error', note: 'misread' });
    const back = stateOf(pictureOf(...told, withdrawn('E1.2'), reportRestored('E1.2')), 'E1');
    expect(liveReports(back).map((r) => r.id)).toEqual(['E1.1', 'E1.2']);
  });

  test('an amended report keeps the time at which it was first recorded', () => {
    const state = stateOf(pictureOf(added(entry('E1')), reportAmended(report('E1.1', { says: 'Other words' }))), 'E1');
    expect(state.reports[0]).toMatchObject({ added: { seq: 2 }, amended: { seq: 3 }, report: { says: 'Other words' } });
  });

  test('a link is found from both its ends until it is removed', () => {
    const both = [added(entry('E1')), added(entry('E2')), linked(link('E1', 'contradicts', 'E2'))] as const;
    const picture = pictureOf(...both);
    expect(picture.linksOf.get('E1')).toEqual(picture.linksOf.get('E2'));
    expect(picture.links).toHaveLength(1);
    const without = pictureOf(...both, unlinked(link('E1', 'contradicts', 'E2')));
    expect(without.links).toEqual([]);
    expect([...without.linksOf.values()].flat()).toEqual([]);
  });

  test('a link said again takes the place of the first', () => {
    const picture = pictureOf(
      added(entry('E1')),
      added(entry('E2')),
      linked(link('E1', 'same_as', 'E2', { state: 'suggested' })),
      linked(link('E1', 'same_as', 'E2', { state: 'confirmed' })),
    );
    expect(picture.links.map((l) => l.link.state)).toEqual(['confirmed']);
  });
});

describe('records that cannot be', () => {
  test.each<[string, Draft]>([
    ['amending an entry that is not there', amended(entry('E9'))],
    ['retracting one', retracted('E9')],
    ['restoring one', restored('E9')],
    ['a report of one', reported(report('E9.1'))],
    ['amending a report that is not there', reportAmended(report('E1.9'))],
    ['withdrawing one', withdrawn('E1.9')],
    ['restoring one', reportRestored('E1.9')],
    ['an id that is taken', added(entry('E1', { headline: 'Something else' }))],
    ['a report id that is taken', reported(report('E1.1', { originator: 'wire' }))],
  ])('%s changes nothing that is known', (_, draft) => {
    const known = pictureOf(added(entry('E1')));
    const after = pictureOf(added(entry('E1')), draft);
    expect(after.entries).toEqual(known.entries);
  });
});

const HISTORY = stream(
  opened(),
  added(entry('E1')),
  added(entry('E2')),
  linked(link('E1', 'contradicts', 'E2')),
  reported(report('E1.2', { originator: 'wire' })),
  withdrawn('E1.1'),
  amended(entry('E2', { headline: 'Second words' })),
  retracted('E2'),
  unlinked(link('E1', 'contradicts', 'E2')),
  restored('E2'),
);

describe('now and then', () => {
  test('an earlier picture stays as it was when more is folded on top of it', () => {
    for (let cut = 1; cut < HISTORY.length; cut++) {
      const then = fold(HISTORY.slice(0, cut));
      const copy = () =>
        structuredClone({ ...then, entries: [...(then?.entries ?? [])], linksOf: [...(then?.linksOf ?? [])] });
      const before = copy();
      fold(HISTORY.slice(cut), then);
      expect(copy()).toEqual(before);
    }
  });

  test('folding in two steps is folding in one', () => {
    for (let cut = 0; cut <= HISTORY.length; cut++)
      expect(fold(HISTORY.slice(cut), fold(HISTORY.slice(0, cut)))).toEqual(fold(HISTORY));
  });

  test('a look back by seq is the fold of the prefix', () => {
    for (let seq = 0; seq <= HISTORY.length + 1; seq++) expect(until(HISTORY, { seq })).toEqual(HISTORY.slice(0, seq));
  });

  test('a look back by time includes the records of that very moment, and all of them', () => {
    const twice = HISTORY.map((r, i) => ({ ...r, at: (HISTORY[i - (i % 2)] ?? r).at }));
    for (const { at } of twice) {
      const seen = until(twice, { at });
      expect(seen).toEqual(twice.filter((r) => r.at <= at));
      expect(seen.length % 2).toBe(0);
    }
    expect(until(twice, { at: '2024-11-27T07:59:59.999Z' })).toEqual([]);
    expect(until(twice, { at: '2030-01-01T00:00:00.000Z' })).toEqual(twice);
  });

  test('order of records decides: what is said last stands', () => {
    const one = pictureOf(added(entry('E1')), retracted('E1'), restored('E1'));
    const other = pictureOf(added(entry('E1')), restored('E1'), retracted('E1'));
    expect(stateOf(one, 'E1').retracted).toBeUndefined();
    expect(stateOf(other, 'E1').retracted).toBeDefined();
  });
});
