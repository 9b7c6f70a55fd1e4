import { describe, expect, test } from 'vitest';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import { SITUATION_STREAMS } from '../../src/model/record.ts';
import { entryAt } from '../../src/picture/history.ts';
import { fold } from '../../src/picture/picture.ts';
import {
  added,
  amended,
  entry,
  opened,
  report,
  reportAmended,
  reported,
  reportRestored,
  restored,
  retracted,
  stream,
  withdrawn,
} from '../support/build.ts';
import { SAMPLE, sample } from '../support/sample.ts';

describe('an entry looked back at by its own history', () => {
  const check = (records: readonly Recorded<SituationRecord>[], step = 1): number => {
    const now = fold(records);
    let compared = 0;
    for (let seq = 1; seq <= records.length; seq += step) {
      const then = fold(records.slice(0, seq));
      for (const state of now?.entries.values() ?? []) {
        expect(entryAt(state, seq)).toEqual(then?.entries.get(state.entry.id));
        compared += 1;
      }
    }
    return compared;
  };

  test('is what a fold up to there says, after every kind of record', () => {
    check(
      stream(
        opened(),
        added(entry('E1')),
        reported(report('E1.2', { originator: 'wire' })),
        amended(entry('E1', { headline: 'Another' })),
        withdrawn('E1.1'),
        reportAmended(report('E1.2', { originator: 'wire', says: 'Otherwise.' })),
        retracted('E1'),
        added(entry('E2')),
        reportRestored('E1.1'),
        restored('E1'),
        amended(entry('E1')),
      ),
    );
  });

  test('in the sample', async () => {
    const { ledger } = await sample();
    const records = (await ledger.read(`${SITUATION_STREAMS}${SAMPLE}`)) as unknown as Recorded<SituationRecord>[];
    expect(check(records, 37)).toBeGreaterThan(500);
  });
});
