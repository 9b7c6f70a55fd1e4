import type { Picture } from './picture.ts';
import type { Registry } from './registry.ts';

/** What follows from a picture alone, worked out when first asked for: a picture never changes. It goes when the picture goes. */
export function once<T extends object>(work: (picture: Picture) => T): (picture: Picture) => T {
  const kept = new WeakMap<Picture, T>();
  return (picture) => {
    const known = kept.get(picture);
    if (known) return known;
    const made = work(picture);
    kept.set(picture, made);
    return made;
  };
}

/**
 * What follows from a picture, who its sources are, and one word (a measure), kept for the newest registry.
 * The words are few; anything that readers may invent would grow without end.
 */
export function oncePerWord<T extends object>(
  work: (picture: Picture, registry: Registry, word: string) => T,
): (picture: Picture, registry: Registry, word: string) => T {
  const keptOf = once((): { registry?: Registry; answers: Map<string, T> } => ({ answers: new Map() }));
  return (picture, registry, word) => {
    const kept = keptOf(picture);
    if (kept.registry !== registry) {
      kept.registry = registry;
      kept.answers = new Map();
    }
    const known = kept.answers.get(word);
    if (known) return known;
    const made = work(picture, registry, word);
    kept.answers.set(word, made);
    return made;
  };
}
