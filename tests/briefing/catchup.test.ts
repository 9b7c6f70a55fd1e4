import { describe, expect, test } from 'vitest';
import { readWindows } from '../../src/asking/missed.ts';
import type { Missed, OwedThere } from '../../src/briefing/catchup.ts';
import { composeCatchup } from '../../src/briefing/catchup.ts';
import type { Line } from '../../src/briefing/document.ts';
import { text } from '../../src/briefing/tell.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import { added, entry, opened, registry, retracted, stream } from '../support/build.ts';
import { wordsOf } from '../support/documents.ts';

function missed(
  slug: string,
  before: readonly Draft[],
  after: readonly Draft[],
  owed: readonly OwedThere[] = [],
): Missed {
  const records = stream(opened({ slug, title: `The ${slug}` }), ...before, ...after);
  const [then, picture] = [fold(records.slice(0, 1 + before.length)), fold(records)];
  if (!picture) throw new Error('nothing is known');
  return { known: { picture, registry }, then, words: 'since then', owed };
}
const line = (id: string, words: string): Line => ({
  entry: id,
  pieces: [text(words)],
  citations: [{ report: `${id}.1`, originator: 'Monitor', published: '2024-11-27' }],
});
const owed = (number: number, id: string, words: string): OwedThere => ({
  name: `guild/1/B${number}/${id}@9`,
  stream: 'guild/1',
  edition: number,
  kind: 'brief',
  lines: [line(id, words)],
  where: `briefing B${number}`,
});
const E1 = added(entry('E1'));

describe('what one person missed', () => {
  test('is a section for each situation, those with changes first, ten lines of each', () => {
    const many = Array.from({ length: 12 }, (_, i) => added(entry(`E${i + 2}`)));
    const document = composeCatchup([missed('calm', [E1], []), missed('busy', [E1], many)], true);
    expect(document.sections.map((s) => [s.id, s.lines.length])).toEqual([
      ['situation-busy', 10],
      ['situation-calm', 0],
    ]);
    expect(document.sections[0]?.notes).toEqual(['+2 more: /changes situation: busy since: #2']);
    expect(document.sections[1]?.notes).toEqual(['No recorded change since then.']);
    expect(document.acts?.map((a) => [a.act, a.args['since']])).toEqual([
      ['catchup read', 'calm@2-2 busy@2-14'],
      ['catchup share', 'busy@2-14'],
    ]);
  });

  test('is nothing: no buttons, no method; and where nothing is recorded, that', () => {
    const document = composeCatchup([missed('calm', [E1], [])], true);
    expect([document.acts, document.footer]).toEqual([undefined, []]);
    expect(composeCatchup([], true).sections[0]?.notes).toEqual(['No situation is recorded here yet.']);
  });
});

describe('corrections that are owed', () => {
  const both = [owed(3, 'E1', 'Retracted: it was the ford'), owed(5, 'E1', 'Retracted: it was the ford')];

  test('lead, once for all briefings that showed it, and are not told again by the window', () => {
    const document = composeCatchup([missed('busy', [E1], [added(entry('E2')), retracted('E1')], both)], false);
    expect(document.sections.map((s) => [s.id, s.heading, s.lines.map(wordsOf)])).toEqual([
      [
        'owed-busy',
        'Corrections: The busy',
        ['Retracted: it was the ford (only you were shown it, in briefing B3, briefing B5)'],
      ],
      ['situation-busy', 'The busy', [expect.stringContaining('What happened at E2')]],
    ]);
    expect(document.basis?.owed).toEqual(both.map((o) => o.name));
  });

  test('are told where nothing else changed, all of them, and named in what brings this answer again', () => {
    const all = Array.from({ length: 14 }, (_, i) => owed(i + 1, `E${i + 1}`, `Retracted: number ${i}`));
    const document = composeCatchup([missed('calm', [E1], [], all)], true);
    expect(document.sections.map((s) => [s.id, s.lines.length])).toEqual([
      ['owed-calm', 14],
      ['situation-calm', 0],
    ]);
    expect(document.sections[1]?.notes).toEqual(['No other recorded change since then.']);
    expect(document.acts?.map((a) => a.label)).toEqual(['Mark as read']);
    const again = readWindows(document.basis?.args?.['since']);
    expect(again).toEqual({ windows: [{ slug: 'calm', since: 2, until: 2 }], owed: all.map((o) => o.name) });
    // Nobody else is shown them: what is shared, and what is marked as read, is the windows alone.
    expect(JSON.stringify(document.acts)).not.toContain('guild/');
  });
});

test.each(['', 'yesterday', '24h', 'B41', 'busy@1-', 'busy@1-2 24h', 'guild/1/B1/E1@9'])(
  '%j is what a person types, not what a button carries',
  (written) => {
    expect(readWindows(written)).toBeUndefined();
  },
);
