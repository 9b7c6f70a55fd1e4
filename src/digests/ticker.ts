import cron, { type ScheduledTask } from 'node-cron';
import { type ClockGuardOptions, type ClockNews, clockGuard } from './clock-guard.ts';

const SECOND = 1_000;
/** How long a tick may take. What is due is handed over in it, not posted. */
const TICK_LIMIT = 30 * SECOND;
/** How long the ticker may be silent. */
const SILENCE = 45 * SECOND;
/** How often the watchdog looks, by timers that run on the monotonic clock. */
const WATCH = 5 * SECOND;

/** What the operators and the moderators have to know: posting is not simply quiet. */
export type Alarm =
  | ({ readonly about: 'clock' } & ClockNews)
  /** No tick came for so long (ms): the ticker was made anew. */
  | { readonly about: 'silence'; readonly ms: number }
  /** A tick did not end in time and was given up, or threw. */
  | { readonly about: 'tick'; readonly why: string };

export interface TickerOptions extends Omit<ClockGuardOptions, 'tell'> {
  /**
   * Everything that is due at `now` (ms). Called again only after it has ended, or was given up: then `signal` is aborted,
   * and it must begin nothing more. It must not wait for posts.
   */
  readonly tick: (now: number, signal: AbortSignal) => Promise<void> | void;
  readonly alarm: (alarm: Alarm) => void;
}

export interface Ticker {
  /** Whether the clock is trusted at this moment; asked before each post. */
  trusted(): boolean;
  /** A tick at once, unless one is under way: at the start, after a clock was moved on purpose. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Ticks every 15 seconds by the one schedule of node-cron, in UTC, as long as the clock can be trusted. A watchdog makes
 * the schedule anew where it falls silent: it keeps to the wall clock, and waits for a time that was once shown.
 */
export function startTicker({ tick, alarm, ...clocks }: TickerOptions): Ticker {
  const { now, monotonic } = clocks;
  const say = (news: Alarm): void => {
    try {
      alarm(news);
    } catch {
      // Whoever cannot be told must not stop the ticker.
    }
  };
  const guard = clockGuard({ ...clocks, tell: (news) => say({ about: 'clock', ...news }) });
  let running = false;
  let stopped = false;
  let last = monotonic();

  async function run(): Promise<void> {
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it took more than ${TICK_LIMIT / SECOND} s`)), TICK_LIMIT);
    });
    try {
      const work = async (): Promise<void> => {
        if (!(await guard.check()) || stop.signal.aborted || stopped) return;
        await tick(now(), stop.signal);
      };
      await Promise.race([work(), limit]);
    } catch (thrown) {
      say({ about: 'tick', why: thrown instanceof Error ? thrown.message : String(thrown) });
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }
  async function beat(): Promise<void> {
    last = monotonic();
    if (running || stopped) return;
    running = true;
    try {
      await run();
    } finally {
      running = false;
    }
  }

  const schedule = (): ScheduledTask =>
    cron.schedule('*/15 * * * * *', beat, {
      name: 'digest-tick',
      // A zone with summer time would fall silent for an hour.
      timezone: 'Etc/UTC',
      // A beat that finds another under way returns at once.
      noOverlap: false,
      missedExecutionTolerance: 14 * SECOND,
      suppressMissedWarning: true,
    });
  let task = schedule();
  const anew = (): void => {
    void Promise.resolve(task.destroy()).catch(() => {});
    task = schedule();
    void beat();
  };
  let offset = now() - monotonic();
  const watchdog = setInterval(() => {
    const silent = monotonic() - last;
    const moved = Math.abs(now() - monotonic() - offset) > SILENCE;
    offset = now() - monotonic();
    if (silent > SILENCE) {
      say({ about: 'silence', ms: Math.round(silent) });
      anew();
    } else if (moved) anew(); // It would wait for a time of the clock as it was, or make up for thousands.
  }, WATCH);
  watchdog.unref();

  return {
    trusted: guard.trusted,
    beat,
    async stop() {
      stopped = true;
      clearInterval(watchdog);
      await task.destroy();
    },
  };
}
