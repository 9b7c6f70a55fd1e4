import { describe, expect, test } from 'vitest';
import { composeBrief } from '../../src/briefing/brief.ts';
import { composeChanges } from '../../src/briefing/changes.ts';
import type { Line } from '../../src/briefing/document.ts';
import { composeEntry, composeHistory } from '../../src/briefing/entry.ts';
import { composeTimeline } from '../../src/briefing/timeline.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import { entryAt } from '../../src/picture/history.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import { privateIn, takingsIn, withheld } from '../../src/picture/withheld.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  amended,
  entry,
  opened,
  registry,
  report,
  reportAmended,
  restored,
  retracted,
  stateOf,
  stream,
  withdrawn,
} from '../support/build.ts';
import { sampleAt } from '../support/sample.ts';

const SECRET = 'Ann of the third house';
const CORE = entry('E1', {
  headline: `${SECRET} was taken from the bridge`,
  detail: `${SECRET}, aged ten, lives there.`,
});
const TOLD = report('E1.1', {
  says: `The monitor names ${SECRET}.`,
  quote: `“${SECRET}”`,
  title: `The case of ${SECRET}`,
  url: 'https://example.org/ann-of-the-third-house',
});

/** What may be told after these records, now and after each record before. */
function tellable(...drafts: readonly Draft[]): { readonly now: Picture; readonly then: readonly Picture[] } {
  const records = stream(opened(), ...drafts);
  const at = (count: number): Picture => {
    const picture = fold(records.slice(0, count));
    if (!picture) throw new Error('nothing is known');
    return picture;
  };
  const now = at(records.length);
  const takings = takingsIn(now, privateIn(records));
  return {
    now: withheld(now, takings),
    then: records.slice(1).map((_, i) => withheld(at(i + 2), takings)),
  };
}

/** Everything that is told of E1 in this picture. */
function allTold(picture: Picture): string {
  const known = { picture, registry };
  const state = stateOf(picture, 'E1');
  return JSON.stringify([
    composeEntry(known, state, {}),
    composeHistory(known, state, {}),
    composeTimeline(known, {}),
    composeBrief(known, { length: 'full' }),
    composeChanges(known, undefined, { sinceWords: 'the beginning' }),
    ...state.versions.map((v) => entryAt(state, v.seq)),
  ]);
}

describe('what was taken back for privacy', () => {
  const LATER = added(entry('E2', { headline: 'The ford is open' }));

  test.each<[string, Draft[]]>([
    ['an entry', [added(CORE, TOLD), LATER, retracted('E1', 'privacy')]],
    [
      'an entry under all its names',
      [
        added(CORE, TOLD),
        amended({ ...CORE, headline: `${SECRET}, it is said, was taken` }),
        reportAmended({ ...TOLD, says: `${SECRET} is missing.` }),
        LATER,
        retracted('E1', 'privacy'),
      ],
    ],
    [
      'the words of an entry',
      [
        added({ ...CORE, detail: 'Nothing else.' }),
        LATER,
        amended({ ...CORE, headline: 'A child was taken', detail: 'Nothing else.' }, 'privacy'),
      ],
    ],
    [
      'the words of a report',
      [added(entry('E1'), { ...TOLD, url: 'https://example.org/' }), LATER, reportAmended(report('E1.1'), 'privacy')],
    ],
    [
      'a report',
      [added(entry('E1'), TOLD, report('E1.2', { originator: 'wire' })), LATER, withdrawn('E1.1', 'privacy')],
    ],
  ])('%s: its words are in no picture of any moment', (_, drafts) => {
    const { now, then } = tellable(...drafts);
    for (const picture of [now, ...then]) {
      expect(allTold(picture)).not.toContain(SECRET);
      expect(allTold(picture)).not.toContain('ann-of');
      expect(allTold(picture)).toMatch(/withheld 2024-11-27: privacy\]|\[withheld: privacy\]/);
    }
    // What is not about it is as it was.
    expect(stateOf(now, 'E2').entry.headline).toBe('The ford is open');
  });

  test('says in its place that it is withheld, since when and why, and is as long as it was', () => {
    const { then } = tellable(added(CORE, TOLD), retracted('E1', 'privacy'));
    const [before] = then;
    const { headline } = stateOf(before as Picture, 'E1').entry;
    expect(headline).toMatch(/^\[withheld 2024-11-27: privacy\] █+$/);
    expect(headline).toHaveLength(CORE.headline.length);
  });

  test('stands again when the retraction is taken back', () => {
    const { now } = tellable(added(CORE, TOLD), retracted('E1', 'privacy'), restored('E1'));
    expect(stateOf(now, 'E1').entry).toEqual(CORE);
  });

  test('for another reason stays legible', () => {
    const { now, then } = tellable(added(CORE, TOLD), retracted('E1', 'our_error'));
    expect(stateOf(now, 'E1').entry).toEqual(CORE);
    expect(stateOf(then[0] as Picture, 'E1').entry).toEqual(CORE);
  });

  test('what did not hold it is the very picture that it was', () => {
    const picture = fold(stream(opened(), LATER)) as Picture;
    expect(withheld(picture, takingsIn(picture, new Set()))).toBe(picture);
  });
});

test('every other line of a brief stays, byte for byte, whichever entry is taken out of it', async () => {
  const { picture, registry: sources } = await sampleAt('2024-11-30T21:00:00.000Z');
  const linesOf = (of: Picture, length: 'short' | 'standard' | 'full') =>
    composeBrief({ picture: of, registry: sources }, { length }).sections.map(
      (s) => [s.id, s.heading, s.notes, s.lines] as const,
    );
  for (const length of ['short', 'standard', 'full'] as const) {
    const before = linesOf(picture, length);
    const shown = new Set(before.flatMap(([, , , lines]) => lines.map((l) => l.entry)));
    let taken = 0;
    for (const id of shown) {
      const record: Recorded<SituationRecord> = {
        kind: 'entry.retracted',
        body: { id, reason: 'privacy' },
        seq: picture.seq + 1,
        at: '2024-12-01T00:00:00.000Z',
        author: 'desk',
      };
      const now = fold([record], picture) as Picture;
      const after = linesOf(withheld(picture, takingsIn(now, privateIn([record]))), length);
      const others = (line: Line): boolean => !JSON.stringify(line).includes(`"${id}"`) && !namesIt(line, id);
      const told = (all: typeof before) =>
        all.map(([section, heading, notes, lines]) => [section, heading, notes, lines.filter(others), lines.length]);
      expect(told(after)).toEqual(told(before));
      const text = stateOf(picture, id).entry.headline;
      expect(JSON.stringify(after)).not.toContain(JSON.stringify(text).slice(1, -1));
      taken += 1;
    }
    expect(taken).toBeGreaterThan(5);
  }
});

const namesIt = (line: Line, id: string): boolean =>
  [line.entry, ...line.citations.map((c) => c.report.split('.')[0])].includes(id) ||
  (line.under ?? []).some((under) => namesIt(under, id));
