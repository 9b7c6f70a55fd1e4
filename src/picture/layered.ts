/** Changes are kept apart from the great mass of what did not change, and copied with each batch; past that many they are worked in. */
const mostApart = (size: number): number => Math.max(1_000, 8 * Math.sqrt(size));
const NONE: ReadonlySet<string> = new Set();

/**
 * A map that never changes, whose changed copy shares what stayed the same: a batch costs by what it changes. Keys keep
 * the order in which they were first set.
 */
export class Layered<V> implements ReadonlyMap<string, V> {
  readonly #base: ReadonlyMap<string, V>;
  readonly #changed: ReadonlyMap<string, V>;
  readonly #gone: ReadonlySet<string>;
  readonly size: number;

  constructor(
    base: ReadonlyMap<string, V> = new Map(),
    changed: ReadonlyMap<string, V> = new Map(),
    size = base.size,
    gone: ReadonlySet<string> = NONE,
  ) {
    this.#base = base;
    this.#changed = changed;
    this.#gone = gone;
    this.size = size;
  }

  /** This map as it was before: with these in place of what they are, and without those that were not there. */
  before(was: ReadonlyMap<string, V>, absent: ReadonlySet<string>): Layered<V> {
    const gone = new Set([...absent].filter((key) => this.has(key)));
    return new Layered(this, was, this.size - gone.size, gone);
  }

  /** This map with these set: those that are there keep their place, new ones come last. */
  with(set: ReadonlyMap<string, V>): Layered<V> {
    if (set.size === 0) return this;
    // What is gone would come back in its old place.
    if (this.#gone.size > 0) return new Layered(new Map(this)).with(set);
    let { size } = this;
    for (const key of set.keys()) if (!this.has(key)) size += 1;
    if (this.#changed.size + set.size <= mostApart(size)) {
      const changed = new Map(this.#changed);
      for (const [key, value] of set) changed.set(key, value);
      return new Layered(this.#base, changed, size);
    }
    const whole = new Map(this.#base);
    for (const changed of [this.#changed, set]) for (const [key, value] of changed) whole.set(key, value);
    return new Layered(whole);
  }

  get(key: string): V | undefined {
    if (this.#gone.size > 0 && this.#gone.has(key)) return undefined;
    return this.#changed.get(key) ?? this.#base.get(key);
  }
  has(key: string): boolean {
    return !this.#gone.has(key) && (this.#changed.has(key) || this.#base.has(key));
  }
  *entries(): MapIterator<[string, V]> {
    for (const [key, value] of this.#base) if (!this.#gone.has(key)) yield [key, this.#changed.get(key) ?? value];
    for (const [key, value] of this.#changed) if (!this.#base.has(key) && !this.#gone.has(key)) yield [key, value];
  }
  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }
  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }
  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}
