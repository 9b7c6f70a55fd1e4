import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPacer, TURNS, type Turn } from '../../src/discord/pacer.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for a turn and notes when it came. */
function asking(options: Parameters<typeof createPacer>[0] = {}) {
  const pacer = createPacer(options);
  const begun = performance.now();
  const turns: { readonly kind: Turn; readonly channel: string; readonly at: number }[] = [];
  const ask = (kind: Turn, channel: string, signal?: AbortSignal): Promise<void> =>
    pacer.turn(kind, channel, signal).then(() => void turns.push({ kind, channel, at: performance.now() - begun }));
  return { pacer, turns, ask };
}
const most = (times: readonly number[], ms: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length));

describe('turns', () => {
  test('come at an even pace, 45 a second or more and never 50, wherever the second begins', async () => {
    const { turns, ask } = asking();
    for (let at = 0; at < 500; at += 1) void ask('fresh', `c${at}`);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(turns.length).toBeGreaterThanOrEqual(450);
    expect(
      most(
        turns.map(({ at }) => at),
        1000,
      ),
    ).toBeLessThan(50);
  });

  test('are not saved up while nobody asks', async () => {
    const { turns, ask } = asking();
    await vi.advanceTimersByTimeAsync(60_000);
    for (let at = 0; at < 100; at += 1) void ask('fresh', `c${at}`);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns.length).toBeLessThan(50);
  });

  test('are given to who asks for an answer before what is due, and to what is due before what is late', async () => {
    const { turns, ask } = asking({ perSecond: 10 });
    for (const kind of ['mend', 'late', 'fresh', 'answer'] as const) {
      void ask(kind, `${kind} 1`);
      void ask(kind, `${kind} 2`);
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(turns.map(({ kind }) => kind)).toEqual([...TURNS].flatMap((kind) => [kind, kind]));
  });

  test('of one channel are at most five in five seconds, and hold nobody else up', async () => {
    const { turns, ask } = asking();
    for (let at = 0; at < 12; at += 1) void ask('fresh', 'busy');
    for (let at = 0; at < 12; at += 1) void ask('fresh', `quiet ${at}`);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns.filter(({ channel }) => channel === 'busy')).toHaveLength(5);
    expect(turns).toHaveLength(17);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(
      most(
        turns.filter(({ channel }) => channel === 'busy').map(({ at }) => at),
        5_000,
      ),
    ).toBe(5);
    expect(turns).toHaveLength(24);
  });

  test('without a channel are held up by none', async () => {
    const { pacer } = asking();
    let come = 0;
    for (let at = 0; at < 12; at += 1) void pacer.turn('mend').then(() => (come += 1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(come).toBe(12);
  });

  test('give way to a request that was sent without one, and stop while Discord asks to wait', async () => {
    const { pacer, turns, ask } = asking({ perSecond: 10 });
    for (let at = 0; at < 100; at += 1) void ask('fresh', `c${at}`);
    await vi.advanceTimersByTimeAsync(1_000);
    const before = turns.length;
    for (let at = 0; at < 5; at += 1) pacer.spent();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns.length - before).toBeLessThanOrEqual(6);
    pacer.hold(5_000);
    const held = turns.length;
    await vi.advanceTimersByTimeAsync(4_900);
    expect(turns.length).toBe(held);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns.length).toBeGreaterThan(held);
  });

  test('are left by who will not wait any longer, and go to the next', async () => {
    const { pacer, turns, ask } = asking({ perSecond: 1 });
    const leave = new AbortController();
    void ask('fresh', 'a');
    const left = ask('fresh', 'b', leave.signal);
    void ask('fresh', 'c');
    await vi.advanceTimersByTimeAsync(10);
    leave.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(pacer.waiting).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(turns.map(({ channel }) => channel)).toEqual(['a', 'c']);
  });

  test('come to everybody, once, whatever is asked for in which channel', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...TURNS), fc.constantFrom('a', 'b', 'c'), fc.nat(300)), { maxLength: 40 }),
        async (wishes) => {
          const { pacer, turns, ask } = asking();
          for (const [kind, channel, after] of wishes) {
            void ask(kind, channel);
            await vi.advanceTimersByTimeAsync(after);
          }
          await vi.advanceTimersByTimeAsync(120_000);
          expect(turns).toHaveLength(wishes.length);
          expect(pacer.waiting).toBe(0);
          for (const name of ['a', 'b', 'c'])
            expect(
              most(
                turns.filter(({ channel }) => channel === name).map(({ at }) => at),
                5_000,
              ),
            ).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 40 },
    );
  });
});
