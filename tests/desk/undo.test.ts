import { describe, expect, test } from 'vitest';
import { undoOf } from '../../src/desk/undo.ts';
import type { LedgerRecord } from '../../src/ledger/ledger.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  amended,
  entry,
  link,
  linked,
  opened,
  report,
  reportAmended,
  reported,
  retracted,
  stream,
  unlinked,
  withdrawn,
} from '../support/build.ts';

const GUILD = '1100000000000000100';
const WHY = { reason: 'our_error', by: { desk: GUILD } } as const;

/** Records that people of the desk made, after the opening of a situation from a file. */
const chat = (...drafts: readonly Draft[]): LedgerRecord[] =>
  stream(opened(), ...drafts).map((r, at) =>
    at === 0 ? r : { ...r, body: { ...r.body, by: { desk: GUILD } } },
  ) as LedgerRecord[];

const undone = (records: readonly LedgerRecord[], seq: number): LedgerRecord[] => {
  const { record } = undoOf(records, seq, WHY);
  const last = records.at(-1);
  return [...records, { ...record, seq: (last?.seq ?? 0) + 1, at: last?.at ?? '', author: 'bob' }];
};
/** What is known, without who changed it when. */
const known = (records: readonly LedgerRecord[]) => {
  const picture = fold(records as unknown as readonly Recorded<SituationRecord>[]);
  return {
    situation: picture?.situation,
    entries: [...(picture?.entries.values() ?? [])].map((e) => ({
      entry: e.entry,
      retracted: e.retracted !== undefined,
      reports: e.reports.map((r) => ({ report: r.report, withdrawn: r.withdrawn !== undefined })),
    })),
    links: [...(picture?.linksOf.entries() ?? [])].flatMap(([id, all]) => all.map((l) => [id, l.link])),
  };
};

const E1 = entry('E1');
const CASES: Readonly<Record<string, readonly [before: readonly Draft[], change: Draft]>> = {
  'an amended entry': [[added(E1)], amended(entry('E1', { headline: 'Another' }))],
  'a second amendment': [
    [added(E1), amended(entry('E1', { headline: 'Second' }))],
    amended(entry('E1', { headline: 'Third' })),
  ],
  'a retraction': [[added(E1)], retracted('E1')],
  'a withdrawn report': [[added(E1), reported(report('E1.2'))], withdrawn('E1.2')],
  'an amended report': [[added(E1), reported(report('E1.2'))], reportAmended(report('E1.2', { says: 'Other words.' }))],
  'an amended report that came with its entry': [[added(E1)], reportAmended(report('E1.1', { says: 'Other words.' }))],
  'a link': [[added(E1), added(entry('E2'))], linked(link('E1', 'contradicts', 'E2'))],
  'a link taken away': [
    [added(E1), added(entry('E2')), linked(link('E1', 'contradicts', 'E2'))],
    unlinked(link('E1', 'contradicts', 'E2')),
  ],
};

describe('what was known before is known again after the undo of', () => {
  test.each(Object.entries(CASES))('%s', (_, [before, change]) => {
    const records = chat(...before, change);
    const seq = records.length;
    const back = undone(records, seq);
    expect(known(back)).toEqual(known(chat(...before)));
    expect(known(back)).not.toEqual(known(records));
    expect(back.slice(0, seq)).toEqual(records);
    expect(back.at(-1)?.body).toMatchObject({ by: { desk: GUILD, undoes: seq } });
    // And once more: the undo is itself a record that can be taken back.
    expect(known(undone(back, seq + 1))).toEqual(known(records));
  });
  test('an entry or a report that was added: it is retracted, or withdrawn, and stays legible', () => {
    expect(undoOf(chat(added(E1)), 2, WHY).record.kind).toBe('entry.retracted');
    expect(undoOf(chat(added(E1), reported(report('E1.2'))), 3, WHY).record.kind).toBe('report.withdrawn');
  });
});

describe('is refused', () => {
  const refused = (records: readonly LedgerRecord[], seq: number, why = WHY) => {
    try {
      undoOf(records, seq, why);
    } catch (thrown) {
      return (thrown as Error).message;
    }
    return undefined;
  };
  test.each([
    ['an entry with a newer report', [added(E1), reported(report('E1.2'))]],
    ['an entry that was amended', [added(E1), amended(entry('E1', { headline: 'Another' }))]],
    ['an entry that was linked', [added(E1), linked(link('E2', 'contradicts', 'E1'))]],
  ])('%s: something newer stands upon it', (_, drafts) => {
    expect(refused(chat(...drafts), 2)).toContain('#3 was recorded upon it since');
  });
  test('an older amendment, until the newer one is taken back', () => {
    const records = chat(
      added(E1),
      amended(entry('E1', { headline: 'Second' })),
      amended(entry('E1', { headline: 'Third' })),
    );
    expect(refused(records, 3)).toContain('#4 was recorded upon it');
    const back = undone(records, 4);
    expect(known(undone(back, 3))).toEqual(known(chat(added(E1))));
  });
  test('what was taken back already', () => {
    expect(refused(undone(chat(added(E1), retracted('E1')), 3), 3)).toContain('taken back already');
  });
  test('what was taken back for privacy: it does not return', () => {
    expect(refused(chat(added(E1), retracted('E1', 'privacy')), 3)).toContain('privacy');
    expect(refused(chat(added(E1), amended(E1, 'privacy')), 3)).toContain('privacy');
  });
  test('what another desk recorded, what came from files, and what is not there: all in the same words', () => {
    const records = chat(added(E1));
    const elsewhere = refused(records, 2, { ...WHY, by: { desk: '1100000000000000999' } as never });
    expect(elsewhere).toContain('There is no record #2');
    expect(refused(records, 1)).toContain('There is no record #1');
    expect(refused(records, 9)).toContain('There is no record #9');
  });
});
