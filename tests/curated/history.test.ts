import { describe, expect, it } from 'vitest';
import { situationHistory } from '../../src/curated/history.ts';
import { at, edited, entry, load, report } from './fixture.ts';

const historyOf = async (edit: Parameters<typeof edited>[0]) => {
  const { situations, problems } = await load({ situation: edited(edit) });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return situationHistory(at(situations, 0));
};

const line = ({ at: moment, kind, body }: Awaited<ReturnType<typeof historyOf>>[number]): string => {
  const about = (): string => {
    if ('entry' in body) return `${body.entry.id} "${body.entry.headline}"`;
    if ('report' in body) return body.report.id;
    if ('link' in body) return `${body.link.from}-${body.link.to}`;
    return 'id' in body ? body.id : body.situation.slug;
  };
  return `${moment.slice(5, 13)} ${kind} ${about()}${'reason' in body ? ` (${body.reason})` : ''}`;
};

const hour = (h: number): string => `2024-11-27T${String(h).padStart(2, '0')}:00:00Z`;
const reported = (id: string, h: number) => report(id, { recorded: hour(h), published: '2024-11-27' });

describe('the history of a curated situation', () => {
  it('tells everything in the order in which the desk learned of it', async () => {
    const history = await historyOf((file) => {
      file.entries = [
        entry('E10', { headline: 'ten', reports: [reported('E10.1', 12)] }),
        entry('E2', {
          headline: 'two, corrected again',
          reports: [reported('E2.1', 11), reported('E2.2', 11), reported('E2.3', 15)],
          history: [
            { recorded: hour(13), reason: 'source_corrected', was: { headline: 'two' } },
            { recorded: hour(16), reason: 'our_error', was: { headline: 'two, corrected' } },
          ],
        }),
        entry('E9', {
          headline: 'nine',
          reports: [
            reported('E9.1', 12),
            { ...reported('E9.2', 13), withdrawn: { recorded: hour(14), reason: 'relay_error' } },
          ],
          retracted: { recorded: hour(17), reason: 'duplicate', note: 'the same as E2' },
        }),
      ];
      file.links = [
        { from: 'E9', to: 'E2', type: 'same_as', recorded: hour(16) },
        { from: 'E10', to: 'E2', type: 'contradicts' },
        { from: 'E10', to: 'E9', type: 'corrects', recorded: hour(10) },
      ];
    });
    expect(history.map(line)).toEqual([
      '11-27T11 situation.opened river-2024',
      '11-27T11 entry.added E2 "two"',
      '11-27T12 entry.added E9 "nine"',
      '11-27T12 entry.added E10 "ten"',
      '11-27T12 link.added E10-E2',
      '11-27T12 link.added E10-E9',
      '11-27T13 entry.amended E2 "two, corrected" (source_corrected)',
      '11-27T13 report.added E9.2',
      '11-27T14 report.withdrawn E9.2 (relay_error)',
      '11-27T15 report.added E2.3',
      '11-27T16 entry.amended E2 "two, corrected again" (our_error)',
      '11-27T16 link.added E9-E2',
      '11-27T17 entry.retracted E9 (duplicate)',
    ]);
    const added = history.find(({ kind }) => kind === 'entry.added');
    expect(added?.body).toMatchObject({ reports: [{ id: 'E2.1' }, { id: 'E2.2' }] });
  });

  it('does not carry what belongs to the file into a record', async () => {
    const history = await historyOf(({ entries }) => {
      at(entries, 0).history = [{ recorded: hour(13), reason: 'our_error', was: { headline: 'Before' } }];
    });
    expect(JSON.stringify(history.map(({ body }) => body))).not.toMatch(/recorded|history|"was"|withdrawn/);
  });

  it('opens a situation without entries on the day it starts', async () => {
    const history = await historyOf((file) => {
      file.entries = [];
    });
    expect(history.map(line)).toEqual(['11-27T00 situation.opened river-2024']);
  });

  it('is the same in whatever order the file lists its entries', async () => {
    const one = await historyOf(() => undefined);
    const other = await historyOf(({ entries }) => entries.push(...entries.splice(0).toReversed()));
    expect(other).toEqual(one);
  });
});
