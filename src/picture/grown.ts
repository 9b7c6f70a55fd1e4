import type { Picture } from './picture.ts';
import type { Touch } from './touches.ts';

/** What follows from a picture. `known` tells it only where it was worked out already. */
export interface Grown<T> {
  (picture: Picture): T;
  readonly known: (picture: Picture) => T | undefined;
}

/**
 * What follows from a picture, made of what followed from an earlier one of its history by what was touched since: it
 * costs by what changed, where `first` costs by what is stored. Both must come to the same.
 */
export function grown<T extends object>(
  first: (picture: Picture) => T,
  next: (before: T, picture: Picture, touches: readonly Touch[]) => T,
): Grown<T> {
  const kept = new WeakMap<Picture, T>();
  /** The newest of each history, from which the next picture's is made. */
  const newest = new WeakMap<object, { readonly seq: number; readonly made: T }>();
  const of = (picture: Picture): T => {
    const known = kept.get(picture);
    if (known) return known;
    const { line } = picture.touches;
    const before = newest.get(line);
    const later = before === undefined || before.seq <= picture.seq;
    const made = before && later ? next(before.made, picture, [...picture.touches.since(before.seq)]) : first(picture);
    kept.set(picture, made);
    if (later) newest.set(line, { seq: picture.seq, made });
    return made;
  };
  return Object.assign(of, { known: (picture: Picture) => kept.get(picture) });
}
