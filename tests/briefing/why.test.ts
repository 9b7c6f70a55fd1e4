import { describe, expect, test } from 'vitest';
import { composeWhy, type Shown, whyIn } from '../../src/briefing/why.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  amended,
  entry,
  link,
  linked,
  opened,
  registry,
  report,
  reported,
  retracted,
  stateOf,
  stream,
  toll,
} from '../support/build.ts';

/** Why E1 is in a briefing made after `before` or not, asked after `later`. */
function why(before: readonly Draft[], later: readonly Draft[], shown: Partial<Shown> = {}, id = 'E1') {
  const records = stream(opened(), ...before, ...later);
  const [then, now] = [fold(records.slice(0, 1 + before.length)), fold(records)];
  if (!then || !now) throw new Error('nothing is known');
  const edition: Shown = { name: 'B3', kind: 'brief', seq: then.seq, args: {}, shows: {}, ...shown };
  const known = { picture: now, registry };
  const { verdict, pieces } = whyIn(edition, { picture: then, registry }, known, stateOf(now, id));
  const words = pieces.map((p) => ('text' in p ? p.text : '')).join('');
  const document = composeWhy(edition, { picture: then, registry }, known, stateOf(now, id));
  expect(document.sections[1]?.lines[0]?.entry).toBe(id);
  return [verdict, words] as const;
}

const E1 = added(entry('E1', { place: 'bridge' }));
const SHOWS = { E1: 2 };

describe('why an entry is in a briefing', () => {
  test('shown, and as it was', () => {
    expect(why([E1], [added(entry('E2'))], { shows: SHOWS })[0]).toBe('shown');
  });

  test('shown, and changed since', () => {
    const [verdict, words] = why([E1], [amended(entry('E1', { headline: 'Other' }))], { shows: SHOWS });
    expect(verdict).toBe('superseded');
    expect(words).toContain('as record #2 left it. It changed since, last on 27 Nov 2024, 13:00');
  });

  test('shown, and retracted since, with the reason', () => {
    const [verdict, words] = why([E1], [retracted('E1', 'our_error', 'Another place.')], { shows: SHOWS });
    expect([verdict, words]).toEqual([
      'retracted',
      'It was shown, and was retracted on 27 Nov 2024, 13:00: our error — Another place.',
    ]);
  });
});

describe('why an entry is not in a briefing', () => {
  test('it was not yet recorded', () => {
    expect(why([added(entry('E2'))], [E1])).toEqual([
      'not yet recorded',
      'It was recorded on 27 Nov 2024, 13:00; the last record in B3 is of 27 Nov 2024, 12:00.',
    ]);
  });

  test('it had been taken back', () => {
    expect(why([E1, retracted('E1', 'duplicate')], [])).toEqual([
      'retracted',
      'It had been taken back before B3: duplicate',
    ]);
  });

  test.each<[Partial<Shown>, string]>([
    [{ args: { place: 'coast' } }, 'place (Coast)'],
    [{ kind: 'timeline', args: { party: 'north' } }, 'party (Government of the North)'],
    [{ kind: 'timeline', args: { kind: 'toll', from: '2024-11-28' } }, 'from (2024-11-28); kind (toll)'],
    [{ kind: 'casualties', args: {} }, 'measure (killed): it holds no such figure'],
    [{ kind: 'entry', args: { entry: 'E9' } }, 'entry (E9)'],
  ])('it was filtered out: %j', (shown, words) => {
    expect(why([E1], [], shown)).toEqual(['filtered', `B3 was asked for with: ${words}.`]);
  });

  test.each(['changes', 'catchup'] as const)('nothing of it changed in the window (%s)', (kind) => {
    const since = (seq: number) => why([E1, added(entry('E2'))], [], { kind, since: seq });
    expect(since(2)).toEqual(['unchanged', 'Nothing of it was recorded between record #2 and record #3.']);
    expect(since(1)[1]).toContain('changed nothing that a reader would see');
  });

  test('a newer toll of the same series stood in its place', () => {
    const tolls = (id: string, low: number, day: string) =>
      added(
        entry(id, { kind: 'toll', occurred: { from: day, precision: 'day' } }),
        report(`${id}.1`, { figures: [toll(low, day)], published: day }),
      );
    expect(why([tolls('E1', 5, '2024-11-28'), tolls('E2', 9, '2024-11-29')], [])).toEqual([
      'superseded',
      'E2 stood in its place: newer, or a correction of it.',
    ]);
    expect(why([tolls('E1', 5, '2024-11-28'), tolls('E2', 9, '2024-11-29')], [], {}, 'E2')[0]).toBe('below the fold');
  });

  test('a correction stood in its place', () => {
    expect(why([E1, added(entry('E2')), linked(link('E2', 'corrects', 'E1'))], [])[1]).toContain(
      'E2 stood in its place',
    );
  });

  test('it is graded improbable, and speaks in no summary', () => {
    const drafts = [added(entry('E1'), report('E1.1', { credibility: 5 }))];
    expect(why(drafts, [reported(report('E1.2'))])[0]).toBe('filtered');
  });

  test('there was no room', () => {
    expect(why([E1], [])).toEqual(['below the fold', 'A standard brief had no room left for it; the full one has.']);
  });
});
