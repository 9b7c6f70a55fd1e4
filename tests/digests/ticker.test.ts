import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clockGuard } from '../../src/digests/clock-guard.ts';
import { type Alarm, startTicker, type Ticker } from '../../src/digests/ticker.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse('2027-01-11T06:00:05Z');

/** A machine whose wall clock, monotonic clock and server can part. Timers run on the monotonic clock. */
function machine({ server = true } = {}) {
  const began = performance.now();
  let blocked = 0;
  let jumped = 0;
  let works: (now: number, signal: AbortSignal) => Promise<void> | void = () => {};
  let reachable = server;
  const ticks: number[] = [];
  const alarms: Alarm[] = [];
  const elapsed = (): number => performance.now() - began + blocked;
  let asleep = 0;
  const truth = (): number => START + elapsed() + asleep;
  const ticker: Ticker = startTicker({
    now: () => Date.now(),
    monotonic: elapsed,
    serverTime: async () => (reachable ? truth() : undefined),
    tick: (now, signal) => {
      ticks.push(now);
      return works(now, signal);
    },
    alarm: (alarm) => alarms.push(alarm),
  });
  const wall = (): number => truth() + jumped;
  return {
    ticker,
    ticks,
    alarms,
    truth,
    /** So long nothing runs, while all clocks go on. */
    block(ms: number): void {
      blocked += ms;
      vi.setSystemTime(wall());
    },
    /** The machine is suspended: on waking the wall clock has gone on, the monotonic one has not. */
    sleep(ms: number): void {
      asleep += ms;
      vi.setSystemTime(wall());
    },
    setClock(by: number): void {
      jumped += by;
      vi.setSystemTime(wall());
    },
    reach: (can: boolean): void => {
      reachable = can;
    },
    work: (how: typeof works): void => {
      works = how;
    },
    run: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    about: (what: Alarm['about']) => alarms.filter(({ about }) => about === what),
  };
}

beforeEach(() => {
  vi.useFakeTimers({
    now: START,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
});
const machines: Ticker[] = [];
const started = (options = {}) => {
  const made = machine(options);
  machines.push(made.ticker);
  return made;
};
afterEach(async () => {
  await Promise.all(machines.splice(0).map((ticker) => ticker.stop()));
  vi.useRealTimers();
});

test('ticks on each quarter of a minute, and no more once it is stopped', async () => {
  const { ticker, ticks, run, alarms } = started();
  await run(10 * MINUTE);
  expect(ticks.map((ms) => Math.floor((ms - START) / SECOND)).slice(0, 4)).toEqual([10, 25, 40, 55]);
  expect(ticks.length).toBe(40);
  expect(alarms).toEqual([]);
  await ticker.stop();
  await run(MINUTE);
  expect(ticks.length).toBe(40);
});

test.each([2, 12, 40, 600])('a loop that is blocked for %i s ticks within 15 s of coming back', async (seconds) => {
  const { ticks, run, block, alarms } = started();
  await run(MINUTE);
  const before = ticks.length;
  block(seconds * SECOND);
  await run(15 * SECOND);
  expect(ticks.length).toBeGreaterThan(before);
  await run(10 * MINUTE);
  expect(ticks.length).toBeGreaterThanOrEqual(before + 40);
  expect(alarms.filter(({ about }) => about !== 'silence')).toEqual([]);
});

test.each([
  ['3 hours', 3 * HOUR],
  ['3 days', 3 * DAY],
])('after a sleep of %s it ticks within 15 s, by the clock that the server confirms', async (_, ms) => {
  const { ticks, run, sleep, about, truth } = started();
  await run(MINUTE);
  const before = ticks.length;
  sleep(ms);
  await run(15 * SECOND);
  expect(ticks.length).toBeGreaterThan(before);
  expect(Math.abs((ticks.at(-1) ?? 0) - truth())).toBeLessThan(15 * SECOND);
  expect(about('clock')).toEqual([]);
  const woken = ticks.length;
  await run(10 * MINUTE);
  expect(ticks.length).toBeGreaterThanOrEqual(woken + 39);
  // No burst for the beats that were slept through.
  expect(ticks.length).toBeLessThan(woken + 45);
});

test('a clock that is put a day ahead pauses posting with an alarm, and put back it goes on', async () => {
  const { ticks, run, setClock, about, ticker } = started();
  await run(MINUTE);
  const before = ticks.length;
  setClock(DAY);
  expect(ticker.trusted()).toBe(false);
  await run(30 * MINUTE);
  expect(ticks.length).toBe(before);
  expect(about('clock')).toMatchObject([{ state: 'paused', against: 'server' }]);
  expect(Math.abs((about('clock')[0] as { off: number }).off - DAY)).toBeLessThan(MINUTE);
  setClock(-DAY);
  // The schedule itself waits for the false time: the watchdog makes it anew.
  await run(MINUTE);
  expect(ticks.length).toBeGreaterThan(before);
  expect(about('clock').map((alarm) => 'state' in alarm && alarm.state)).toEqual(['paused', 'resumed']);
  expect(ticker.trusted()).toBe(true);
  const resumed = ticks.length;
  await run(10 * MINUTE);
  expect(ticks.length).toBeGreaterThanOrEqual(resumed + 39);
});

test('a clock that is put back by a day keeps the ticks and pauses posting', async () => {
  const { ticks, run, setClock, about } = started();
  await run(MINUTE);
  const before = ticks.length;
  setClock(-DAY);
  await run(5 * MINUTE);
  expect(ticks.length).toBe(before);
  expect(about('clock')).toMatchObject([{ state: 'paused', against: 'server' }]);
  setClock(DAY);
  await run(2 * MINUTE);
  expect(ticks.length).toBeGreaterThan(before);
});

test('a clock that creeps back leaves the schedule waiting: the watchdog makes it anew, and says so', async () => {
  const { ticks, run, setClock, about } = started();
  await run(MINUTE);
  for (let step = 0; step < 20; step += 1) {
    setClock(-30 * SECOND);
    await run(5 * SECOND);
  }
  expect(about('silence').length).toBeGreaterThan(0);
  expect(about('clock')).toMatchObject([{ state: 'paused', against: 'server' }]);
  const before = ticks.length;
  setClock(10 * MINUTE);
  await run(MINUTE);
  expect(ticks.length).toBeGreaterThan(before);
});

test('where the server cannot be asked, a clock that jumped is not trusted until it can, or until it jumps back', async () => {
  const { ticks, run, setClock, sleep, about, reach } = started({ server: false });
  await run(MINUTE);
  expect(ticks.length).toBeGreaterThan(0);
  let before = ticks.length;
  setClock(2 * MINUTE);
  await run(10 * MINUTE);
  expect(ticks.length).toBe(before);
  expect(about('clock')).toMatchObject([{ state: 'paused', against: 'monotonic', off: 2 * MINUTE }]);
  setClock(-2 * MINUTE);
  await run(MINUTE);
  expect(ticks.length).toBeGreaterThan(before);

  before = ticks.length;
  sleep(3 * HOUR);
  await run(5 * MINUTE);
  expect(ticks.length).toBe(before);
  reach(true);
  await run(MINUTE);
  expect(ticks.length).toBeGreaterThan(before);
  expect(about('clock')).toHaveLength(4);
});

test('a clock that is off by half a minute is no reason to stop', async () => {
  const { ticks, run, setClock, alarms } = started();
  setClock(30 * SECOND);
  await run(5 * MINUTE);
  expect(ticks.length).toBeGreaterThanOrEqual(19);
  expect(alarms).toEqual([]);
});

describe('a tick', () => {
  test('that hangs is given up with an alarm, and the next ones come', async () => {
    const { ticks, run, work, about } = started();
    const signals: AbortSignal[] = [];
    work((_, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    await run(10 * MINUTE);
    expect(ticks.length).toBeGreaterThanOrEqual(12);
    expect(about('tick').length).toBeGreaterThanOrEqual(12);
    expect(about('silence')).toEqual([]);
    expect(signals[0]?.aborted).toBe(true);
    work(() => {});
    await run(MINUTE);
    const before = ticks.length;
    await run(10 * MINUTE);
    expect(ticks.length).toBeGreaterThanOrEqual(before + 39);
  });

  test('that throws is told, and the next ones come', async () => {
    const { ticks, run, work, about } = started();
    work(() => {
      throw new Error('broken');
    });
    await run(MINUTE);
    expect(about('tick')[0]).toEqual({ about: 'tick', why: 'broken' });
    expect(ticks.length).toBe(4);
  });

  test('never runs beside another one, also when one is asked for', async () => {
    const { run, work, ticker } = started();
    let [at, most] = [0, 0];
    work(async () => {
      most = Math.max(most, ++at);
      await new Promise((resolve) => setTimeout(resolve, 20 * SECOND));
      at -= 1;
    });
    void ticker.beat();
    void ticker.beat();
    await run(5 * MINUTE);
    expect(most).toBe(1);
  });
});

test('a server that hangs does not hang the ticker', async () => {
  const alarms: Alarm[] = [];
  const ticker = startTicker({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    serverTime: () => new Promise(() => {}),
    tick: () => {},
    alarm: (alarm) => alarms.push(alarm),
  });
  machines.push(ticker);
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(alarms.every(({ about }) => about === 'tick')).toBe(true);
  expect(alarms.length).toBeGreaterThan(3);
});

test('an answer of the server that was long on its way says nothing about now', async () => {
  let [now, slow] = [START, true];
  const news: unknown[] = [];
  const guard = clockGuard({
    now: () => now,
    monotonic: () => now - START,
    serverTime: async () => {
      const read = now;
      if (slow) now += 5 * MINUTE;
      return read;
    },
    tell: (found) => news.push(found),
  });
  expect(await guard.check()).toBe(true);
  slow = false;
  expect(await guard.check()).toBe(true);
  expect(news).toEqual([]);
});
