/** Whose turn comes first: a person who waits for an answer, a digest that is due, one that is late, a correction. */
export const TURNS = ['answer', 'fresh', 'late', 'mend'] as const;
export type Turn = (typeof TURNS)[number];

export interface PacerOptions {
  /** Requests a second, spread evenly. Discord allows 50; what people ask for by themselves needs room beside them. */
  readonly perSecond?: number;
  /** At most so many to one channel in `channelMs`. */
  readonly perChannel?: number;
  readonly channelMs?: number;
  /** Monotonic, ms. */
  readonly now?: () => number;
}

/** Spreads the requests of one bot over time. */
export interface Pacer {
  /** Resolves when a request of this kind may be sent; without a channel, none has to have room for it; rejects with the signal's reason where that comes first. */
  turn(kind: Turn, channel?: string, signal?: AbortSignal): Promise<void>;
  /** A request was sent without waiting: those who wait give way to it. */
  spent(): void;
  /** Discord asks everybody to wait. */
  hold(ms: number): void;
  /** How many wait. */
  readonly waiting: number;
}

interface Waiter {
  readonly channel: string | undefined;
  readonly go: () => void;
  left: boolean;
}

/** A queue from whose front is taken without moving the rest. */
interface Line {
  items: Waiter[];
  from: number;
}

/**
 * One account for all requests: a turn every 1/perSecond, none saved up for later, so that no window of Discord's,
 * wherever it begins, holds more than it allows. A channel that had its share waits aside and holds nobody up.
 */
export function createPacer(options: PacerOptions = {}): Pacer {
  const { perSecond = 46.5, perChannel = 5, channelMs = 5_250, now = () => performance.now() } = options;
  const step = 1000 / perSecond;
  const lines = new Map<Turn, Line>(TURNS.map((kind) => [kind, { items: [], from: 0 }]));
  /** Channel → the times of its last turns, and who waits for its next. */
  const channels = new Map<string, { readonly times: number[]; readonly aside: Map<Turn, Waiter[]> }>();
  let next = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let waiting = 0;

  const accountOf = (channel: string) => {
    const known = channels.get(channel);
    if (known) return known;
    const made = { times: [], aside: new Map<Turn, Waiter[]>() };
    channels.set(channel, made);
    return made;
  };
  /** When the channel may be sent to again, if not now. */
  const freeAt = (channel: string, at: number): number | undefined => {
    const { times } = accountOf(channel);
    while (times[0] !== undefined && times[0] <= at - channelMs) times.shift();
    return times.length < perChannel ? undefined : (times[0] as number) + channelMs;
  };
  /** Those of a channel that waited aside stand in line again. */
  const returnLater = (channel: string, ms: number): void => {
    setTimeout(() => {
      const { aside, times } = accountOf(channel);
      for (const [kind, waiters] of aside) lines.get(kind)?.items.push(...waiters);
      aside.clear();
      if (times.length === 0 && waiting === 0) channels.delete(channel);
      arm();
    }, ms);
  };

  function take(at: number): Waiter | undefined {
    for (const [kind, line] of lines) {
      while (line.from < line.items.length) {
        const waiter = line.items[line.from] as Waiter;
        line.from += 1;
        if (waiter.left) continue;
        if (line.from > 1_000 && line.from * 2 > line.items.length) {
          line.items = line.items.slice(line.from);
          line.from = 0;
        }
        if (waiter.channel === undefined) return waiter;
        const free = freeAt(waiter.channel, at);
        if (free === undefined) return waiter;
        const { aside } = accountOf(waiter.channel);
        if (aside.size === 0) returnLater(waiter.channel, free - at);
        aside.set(kind, [...(aside.get(kind) ?? []), waiter]);
      }
    }
    return undefined;
  }

  function arm(): void {
    if (timer !== undefined || waiting === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        const at = now();
        if (at < next) return arm();
        const waiter = take(at);
        if (waiter === undefined) return undefined;
        // A late timer does not slow the pace by its lateness, up to one step.
        next = at - next > step ? at + step : next + step;
        if (waiter.channel !== undefined) accountOf(waiter.channel).times.push(at);
        waiting -= 1;
        waiter.go();
        return arm();
      },
      Math.max(0, next - now()),
    );
  }

  return {
    turn(kind, channel, signal) {
      return new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const leave = (): void => {
          waiter.left = true;
          waiting -= 1;
          reject(signal?.reason as Error);
        };
        const go = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const waiter: Waiter = { channel, go, left: false };
        signal?.addEventListener('abort', leave, { once: true });
        lines.get(kind)?.items.push(waiter);
        waiting += 1;
        return arm();
      });
    },
    spent() {
      next = Math.max(next, now()) + step;
    },
    hold(ms) {
      next = Math.max(next, now() + ms);
    },
    get waiting() {
      return waiting;
    },
  };
}
