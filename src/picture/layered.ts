/** Changes that are kept apart from the great mass of what did not change; past that many they are worked in. */
const MOST_APART = 1_000;

/**
 * A map that never changes, whose changed copy shares what stayed the same: a batch costs by what it changes. Keys keep
 * the order in which they were first set.
 */
export class Layered<V> implements ReadonlyMap<string, V> {
  readonly #base: ReadonlyMap<string, V>;
  readonly #changed: ReadonlyMap<string, V>;
  readonly size: number;

  constructor(base: ReadonlyMap<string, V> = new Map(), changed: ReadonlyMap<string, V> = new Map(), size = base.size) {
    this.#base = base;
    this.#changed = changed;
    this.size = size;
  }

  /** This map with these set: those that are there keep their place, new ones come last. */
  with(set: ReadonlyMap<string, V>): Layered<V> {
    if (set.size === 0) return this;
    let { size } = this;
    for (const key of set.keys()) if (!this.has(key)) size += 1;
    if (this.#changed.size + set.size <= MOST_APART) {
      const changed = new Map(this.#changed);
      for (const [key, value] of set) changed.set(key, value);
      return new Layered(this.#base, changed, size);
    }
    const whole = this.size === 0 ? new Map(set) : new Map(this);
    if (this.size > 0) for (const [key, value] of set) whole.set(key, value);
    return new Layered(whole);
  }

  get(key: string): V | undefined {
    return this.#changed.get(key) ?? this.#base.get(key);
  }
  has(key: string): boolean {
    return this.#changed.has(key) || this.#base.has(key);
  }
  *entries(): MapIterator<[string, V]> {
    for (const [key, value] of this.#base) yield [key, this.#changed.get(key) ?? value];
    for (const [key, value] of this.#changed) if (!this.#base.has(key)) yield [key, value];
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
