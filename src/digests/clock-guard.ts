const MINUTE = 60_000;
/** A clock that is off by more is not trusted. */
export const MOST_OFF = MINUTE;

/** What was found wrong with the clock, or right again. */
export interface ClockNews {
  readonly state: 'paused' | 'resumed';
  /** What the clock disagrees with (or did). `monotonic`: it jumped, and the server could not be asked. */
  readonly against: 'monotonic' | 'server';
  /** How far the clock is ahead, in ms; negative: behind. */
  readonly off: number;
}

export interface ClockGuard {
  /** Compares the clocks; asks the server where they disagree, and now and then. Resolves with whether posting may go on. */
  check(): Promise<boolean>;
  /** Whether it may, without asking anybody: a jump of the clock since the last check is seen. */
  trusted(): boolean;
}

export interface ClockGuardOptions {
  /** The wall clock, in ms. */
  readonly now: () => number;
  /** A clock that nobody sets, in ms. It may stand still while the machine sleeps. */
  readonly monotonic: () => number;
  /** What the server's clock shows now, in ms; undefined where it cannot be learnt. It must end by itself. */
  readonly serverTime: () => Promise<number | undefined>;
  readonly tell: (news: ClockNews) => void;
  /** How often the server is asked although nothing looks wrong. */
  readonly every?: number;
}

/** An answer that took longer to come says nothing about now. */
const STALE = MINUTE / 3;

/**
 * Watches the wall clock. A sleep of the machine looks like a jump of the clock, since the monotonic one stood still: the
 * server decides. As long as it cannot be asked, a clock that has jumped is not trusted until it jumps back.
 */
export function clockGuard({ now, monotonic, serverTime, tell, every = 10 * MINUTE }: ClockGuardOptions): ClockGuard {
  /** How far the wall clock was ahead of the monotonic one when they were last believed. */
  let base = now() - monotonic();
  let asked = Number.NEGATIVE_INFINITY;
  /** The server contradicted: nothing but the server (or a jump back) cures that. */
  let refuted: { readonly off: number; readonly base: number } | undefined;
  let paused: ClockNews | undefined;

  const jump = (): number => now() - monotonic() - base;
  const jumped = (): boolean => Math.abs(jump()) > MOST_OFF;

  const ask = async (): Promise<number | undefined> => {
    const began = monotonic();
    const time = await serverTime().catch(() => undefined);
    const ended = monotonic();
    // It was read somewhere between the two.
    if (time === undefined || ended - began > STALE) return undefined;
    asked = ended;
    return now() - time;
  };
  const settle = (off: number | undefined): void => {
    if (off !== undefined) {
      refuted = Math.abs(off) > MOST_OFF ? { off, base: now() - monotonic() - off } : undefined;
      // The clocks are told apart from here on, whoever is right.
      if (!refuted) base = now() - monotonic();
    } else if (refuted && Math.abs(now() - monotonic() - refuted.base) <= MOST_OFF) {
      // It was set to what the server last said.
      base = now() - monotonic();
      refuted = undefined;
    }
    const wrong = refuted
      ? { against: 'server' as const, off: refuted.off }
      : jumped()
        ? { against: 'monotonic' as const, off: jump() }
        : undefined;
    if (wrong && !paused) tell((paused = { state: 'paused', ...wrong }));
    else if (!wrong && paused) {
      const { against } = paused;
      paused = undefined;
      tell({ state: 'resumed', against, off: off ?? 0 });
    }
  };
  return {
    async check() {
      const due = jumped() || refuted !== undefined || monotonic() - asked >= every;
      settle(due ? await ask() : undefined);
      return paused === undefined;
    },
    trusted: () => paused === undefined && !jumped(),
  };
}
