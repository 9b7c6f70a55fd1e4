import { expect, test } from 'vitest';
import { lookedBack } from '../../src/briefing/looked-back.ts';
import { composeTimeline } from '../../src/briefing/timeline.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import { added, amended, entry, opened, registry, restored, retracted, stream } from '../support/build.ts';

const ENTRIES = Array.from({ length: 7 }, (_, i) => added(entry(`E${i + 1}`)));

function looked(...later: readonly Draft[]) {
  const records = stream(opened(), ...ENTRIES, ...later);
  const [then, now] = [fold(records.slice(0, 8)), fold(records)];
  if (!then || !now) throw new Error('nothing is known');
  const known = { picture: then, registry };
  const document = composeTimeline(known, {});
  return { document, back: lookedBack(document, known, { picture: now, registry }), head: now.seq };
}

test('nothing wrong since: the document as it was, pinned to the records that say so', () => {
  const { document, back, head } = looked(added(entry('E9')), amended(entry('E1', { headline: 'More is known' })));
  expect(back).toEqual({ ...document, basis: { ...document.basis, head } });
});

test('one wrong since: named, with the question that tells how', () => {
  const { document, back } = looked(retracted('E2'));
  expect(back.subtitle.at(-1)).toBe('One of these entries has been corrected since (E2): /changes since #8 tells how.');
  expect(back.follows?.[0]).toEqual({
    label: 'Corrected since',
    command: 'changes',
    args: { situation: 'river-2024', since: '#8' },
  });
  // The lines stay as they were told then.
  expect(back.sections).toEqual(document.sections);
});

test('many: five are named, the rest are counted; what was taken back again is not among them', () => {
  const { back } = looked(...[1, 2, 3, 4, 5, 6, 7].map((n) => retracted(`E${n}`)), restored('E1'));
  expect(back.subtitle.at(-1)).toMatch(
    /^6 of these entries have been corrected since \((?:E\d, ){4}E\d and 1 more\): /,
  );
  expect(back.subtitle.at(-1)).not.toContain('E1,');
});
