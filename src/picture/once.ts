import type { Picture } from './picture.ts';
import type { Registry } from './registry.ts';

/**
 * What follows from one thing that never changes (a picture, where nothing else is said), worked out when first asked
 * for. It goes when that goes. `more` is what the work needs besides, and must not change its result.
 */
export function once<T extends object, K extends object = Picture, More extends readonly unknown[] = []>(
  work: (of: K, ...more: More) => T,
): (of: K, ...more: More) => T {
  const kept = new WeakMap<K, T>();
  return (of, ...more) => {
    const known = kept.get(of);
    if (known) return known;
    const made = work(of, ...more);
    kept.set(of, made);
    return made;
  };
}

/**
 * What follows from a picture or a part of one, who its sources are, and one word (a measure), kept for the newest
 * registry. The words are few; anything that readers may invent would grow without end. `more` is as above.
 */
export function oncePerWord<
  T extends object,
  K extends object = Picture,
  More extends readonly unknown[] = [],
  W extends string = string,
>(
  work: (of: K, registry: Registry, word: W, ...more: More) => T,
): (of: K, registry: Registry, word: W, ...more: More) => T {
  const keptOf = once<{ registry?: Registry; answers: Map<W, T> }, K>(() => ({ answers: new Map() }));
  return (of, registry, word, ...more) => {
    const kept = keptOf(of);
    if (kept.registry !== registry) {
      kept.registry = registry;
      kept.answers = new Map();
    }
    const known = kept.answers.get(word);
    if (known) return known;
    const made = work(of, registry, word, ...more);
    kept.answers.set(word, made);
    return made;
  };
}
