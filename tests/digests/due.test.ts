import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueIndex } from '../../src/digests/due.ts';

test('whatever is set, moved, taken out and taken: it hands out what a plain list would, in that order', () => {
  const step = fc.oneof(
    fc.record({
      key: fc.integer({ min: 0, max: 30 }),
      at: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
    }),
    fc.record({ now: fc.integer({ min: 0, max: 50 }), most: fc.integer({ min: 0, max: 8 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const index = dueIndex();
      const plain = new Map<string, number>();
      for (const one of steps) {
        if ('key' in one) {
          index.set(`k${one.key}`, one.at);
          // A key that moves goes to the end of those of its moment.
          if (one.at !== plain.get(`k${one.key}`)) plain.delete(`k${one.key}`);
          if (one.at !== undefined) plain.set(`k${one.key}`, one.at);
          expect(index.at(`k${one.key}`)).toBe(one.at);
        } else {
          const sorted = [...plain].sort(([, x], [, y]) => x - y);
          const due = sorted.filter(([, at]) => at <= one.now).slice(0, one.most);
          expect(index.take(one.now, one.most)).toEqual(due.map(([key]) => key));
          for (const [key] of due) plain.delete(key);
        }
        expect(index.size).toBe(plain.size);
        expect(index.next()).toBe(plain.size === 0 ? undefined : Math.min(...plain.values()));
      }
    }),
    { numRuns: 300 },
  );
});
