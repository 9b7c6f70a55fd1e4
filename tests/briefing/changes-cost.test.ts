import { describe, expect, test } from 'vitest';
import { composeChanges } from '../../src/briefing/changes.ts';
import { figureLines } from '../../src/briefing/figure-changes.ts';
import { namer } from '../../src/briefing/tell.ts';
import { generate } from '../../src/gates/generated.ts';
import { kinKey, movedKins } from '../../src/picture/kin.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import { tollsOf } from '../../src/picture/series.ts';
import { entriesIn } from '../../src/picture/touches.ts';

const pictureOf = (records: Parameters<typeof fold>[0], from?: Picture): Picture => {
  const picture = fold(records, from);
  if (!picture) throw new Error('nothing is known');
  return picture;
};

describe.each([1, 2, 3, 4, 5, 6])('what changed in generated situation %i', (seed) => {
  const { records, registry } = generate(seed, 400);
  const cuts = [1, 20, 21, 60, 61, 62, 120, 200, 201, 300, 390, 400];

  test('what was touched tells as much as all that is stored', () => {
    let lines = 0;
    let then: Picture | undefined;
    for (const cut of cuts) {
      const picture = pictureOf(records.slice(then?.seq ?? 0, cut), then);
      const window = { then, now: { picture, registry } };
      const [some, all] = [entriesIn(picture.touches.since(then?.seq ?? 0)), new Set(picture.entries.keys())].map(
        (ids) => {
          const name = namer(window.now);
          return figureLines(window, ids).map(({ kind, score, state, make }) => ({
            kind,
            score,
            entry: state.entry.id,
            line: make(name),
          }));
        },
      );
      expect(some).toEqual(all);
      lines += some?.length ?? 0;
      const kins = movedKins(then, picture, new Set(picture.entries.keys()));
      const sorted = (list: readonly { key: string }[]) => [...list].sort((a, b) => (a.key < b.key ? -1 : 1));
      expect(sorted(kins.flatMap((k) => k.is))).toEqual(sorted(tollsOf(picture)));
      const there = new Set(tollsOf(picture).map((s) => kinKey(s.live)));
      const before = then ? tollsOf(then).filter((s) => there.has(kinKey(s.live))) : [];
      expect(sorted(kins.flatMap((k) => k.was))).toEqual(sorted(before));
      // In the order in which a scan meets them.
      const order = new Map(tollsOf(picture).map((s, at) => [s.key, at]));
      const places = kins.flatMap((k) => (k.is[0] ? [order.get(k.is[0].key) ?? -1] : []));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      then = picture;
    }
    expect(lines).toBeGreaterThan(5);
  });

  test('a picture that grew by small steps, one made at once and two of separate histories give the same document', () => {
    for (const [at, cut] of cuts.entries()) {
      const end = cuts[at + 1];
      if (end === undefined) continue;
      const once = (n: number) => pictureOf(records.slice(0, n));
      let grown: Picture | undefined;
      let then: Picture | undefined;
      for (let n = 0; n < end; n++) {
        grown = pictureOf(records.slice(n, n + 1), grown);
        if (grown.seq === cut) then = grown;
        if (n % 7 === 0) composeChanges({ picture: grown, registry }, then, { sinceWords: 'then' });
      }
      const told = (now: Picture | undefined, before: Picture | undefined) =>
        now && composeChanges({ picture: now, registry }, before, { sinceWords: 'then' });
      const apart = told(once(end), once(cut));
      expect(told(grown, then)).toEqual(apart);
      expect(told(pictureOf(records.slice(cut, end), once(cut)), once(cut))).toEqual(apart);
    }
  });

  test('a look back after which other records came is another history', () => {
    const stem = pictureOf(records.slice(0, 100));
    const [a, b] = [pictureOf(records.slice(100, 200), stem), pictureOf(records.slice(100, 150), stem)];
    expect([...b.touches.since(100)]).toEqual([...a.touches.since(100)].filter((t) => t.seq <= 150));
    expect(b.touches.line).not.toBe(a.touches.line);
  });
});
