const DISCORD_EPOCH = 1_420_070_400_000n;

/** Makes ids that carry the moment of the given clock. Unique even when that clock is set back. */
export interface Snowflakes {
  next(): string;
}

/** The smallest id (or, with `n`, a later one) of that moment: what `after=` and `before=` take. */
export function snowflakeAt(at: Date, n = 0): string {
  return (((BigInt(at.getTime()) - DISCORD_EPOCH) << 22n) | BigInt(n)).toString();
}

/** The moment an id was made. */
export function momentOf(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + DISCORD_EPOCH));
}

export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^\d{17,19}$/.test(value);
}

/** The counter never restarts: a clock that is moved back to a moment already used must not make the same id again. */
export function snowflakes(now: () => Date): Snowflakes {
  let count = 0;
  return {
    next() {
      count = (count + 1) % (1 << 22);
      return snowflakeAt(now(), count);
    },
  };
}
