import { describe, expect, test } from 'vitest';
import { composeBrief } from '../../src/briefing/brief.ts';
import { composeChanges } from '../../src/briefing/changes.ts';
import { generate } from '../../src/gates/generated.ts';
import { lookBack } from '../../src/picture/look-back.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import { added, amended, entry, link, linked, opened, situation, stream, unlinked } from '../support/build.ts';

const flat = ({ entries, linksOf, touches, ...rest }: Picture) => ({
  ...rest,
  entries: [...entries],
  size: entries.size,
  linksOf: [...linksOf].filter(([, list]) => list.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)),
  touches: [...touches.since(0)],
});
const pictureOf = (records: Parameters<typeof fold>[0], from?: Picture): Picture => {
  const picture = fold(records, from);
  if (!picture) throw new Error('nothing is known');
  return picture;
};

describe.each([31, 32, 33])('a look back into generated history %i', (seed) => {
  const { records, registry } = generate(seed, 300);
  const now = pictureOf(records);

  test('is the fold of the records up to there', () => {
    for (let seq = 1; seq <= records.length; seq += 1) {
      const last = records[seq - 1];
      if (!last) continue;
      const back = lookBack(now, last);
      const prefix = pictureOf(records.slice(0, seq));
      expect(back && flat(back)).toEqual(flat(prefix));
      expect(back?.entries.has('E9')).toBe(prefix.entries.has('E9'));
    }
  });

  test('tells what a fold tells, now and then, and more can be folded on top of it', () => {
    for (const seq of [10, 50, 51, 200, 299]) {
      const last = records[seq - 1];
      const back = last && lookBack(now, last);
      if (!back) throw new Error(`no look back to ${seq}`);
      const prefix = pictureOf(records.slice(0, seq));
      const told = (then: Picture) => composeChanges({ picture: now, registry }, then, { sinceWords: 'then' });
      expect(told(back)).toEqual(told(prefix));
      const brief = (picture: Picture) => composeBrief({ picture, registry }, { length: 'full' });
      expect(brief(back)).toEqual(brief(prefix));
      expect(flat(pictureOf(records.slice(seq), back))).toEqual(flat(now));
      expect(flat(now)).toEqual(flat(pictureOf(records)));
    }
  });
});

test('links that were replaced or taken away stand where they stood; the situation is called what it was called', () => {
  const links = ['E2', 'E3', 'E4'].map((to) => linked(link('E1', 'contradicts', to)));
  const records = stream(
    opened(),
    ...['E1', 'E2', 'E3', 'E4'].map((id) => added(entry(id))),
    ...links,
    linked(link('E1', 'contradicts', 'E3', { note: 'Again.' })),
    unlinked(link('E1', 'contradicts', 'E2')),
    { kind: 'situation.amended', body: { situation: situation({ title: 'Another' }), reason: 'our_error' } },
    amended(entry('E2', { headline: 'Others' })),
    linked(link('E1', 'contradicts', 'E2')),
  );
  const now = pictureOf(records);
  for (const last of records) {
    const back = lookBack(now, last);
    expect(back && flat(back)).toEqual(flat(pictureOf(records.slice(0, last.seq))));
  }
});

test('what was not known yet cannot be looked back at, nor what is still to come', () => {
  const records = stream(opened(), added(entry('E1')));
  const now = pictureOf(records);
  expect(lookBack(now, { seq: 0, at: '' })).toBeUndefined();
  expect(lookBack(now, { seq: 3, at: '2030-01-01T00:00:00.000Z' })).toBeUndefined();
});
