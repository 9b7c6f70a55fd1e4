import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTicks, countWords, dayTicks, momentOf } from '../../src/graphics/axes.ts';
import { crowd, stacked } from '../../src/graphics/boxes.ts';

describe('days', () => {
  it('stand at their noon, instants at the time that is written in them, whatever the offset', () => {
    expect(momentOf('2024-11-29') % 1).toBe(0.5);
    expect(momentOf('2024-11-29T06:00:00+03:00') % 1).toBe(0.25);
    expect(momentOf('2024-11-29T06:00:00Z')).toBe(momentOf('2024-11-29T06:00:00+03:00'));
  });

  it('are refused where they are none', () => {
    expect(() => momentOf('yesterday')).toThrow(RangeError);
  });

  it('are ticked no more often than there is room, over any span', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30_000 }),
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 2, max: 9 }),
        (from, days, most) => {
          const ticks = dayTicks(from, from + days, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          for (const { at } of ticks) expect(at).toBeGreaterThanOrEqual(from);
        },
      ),
    );
  });
});

describe('counts', () => {
  it('are ticked with whole numbers from nought to above the largest', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_000_000_000 }), (max) => {
        const ticks = countTicks(max, 5);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('are written with thousands and millions', () => {
    expect([0, 1500, 2_500_000, 4e9].map(countWords)).toEqual(['0', '1,500', '2.5 million', '4 billion']);
  });
});

describe('labels', () => {
  it('in a column never overlap, keep their order and stay within it when there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.integer({ min: -50, max: 700 }), height: fc.integer({ min: 20, max: 60 }) }), {
          maxLength: 10,
        }),
        (wishes) => {
          const middles = stacked(wishes, 0, 600);
          const rows = wishes.map((w, i) => ({ ...w, y: middles[i] ?? 0 })).sort((a, b) => a.y - b.y);
          for (const [i, row] of rows.entries()) {
            const before = rows[i - 1];
            expect(row.y - row.height / 2).toBeGreaterThanOrEqual(before ? before.y + before.height / 2 - 1e-6 : -1e-6);
            expect(row.y + row.height / 2).toBeLessThanOrEqual(600 + 1e-6);
          }
        },
      ),
    );
  });

  it('take the first free place within the frame', () => {
    const room = crowd({ x: 0, y: 0, width: 100, height: 100 });
    const box = (x: number, y: number) => ({ x, y, width: 40, height: 20 });
    expect(room.place([box(80, 0), box(0, 0)])).toEqual(box(0, 0));
    expect(room.place([box(10, 10), box(50, 0)])).toEqual(box(50, 0));
    expect(room.place([box(30, 5)])).toBeUndefined();
  });
});
