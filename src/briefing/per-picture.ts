import type { Picture } from '../picture/picture.ts';
import type { Registry } from '../picture/registry.ts';
import type { Known } from './tell.ts';

interface Kept<T> {
  readonly registry: Registry;
  readonly answers: Map<string, T>;
}

/** Questions about one picture whose answers are kept. Lengths, times and places that people ask for. */
const MOST = 64;

/**
 * Answers a question about one picture once: after a new record many people ask the same. A picture never changes, so
 * its answers hold as long as it does, and go with it. `asked` is plain JSON and, with what is known, says all that the
 * answer depends on.
 */
export function perPicture<A, T>(answer: (known: Known, asked: A) => T): (known: Known, asked: A) => T {
  const kept = new WeakMap<Picture, Kept<T>>();
  return (known, asked) => {
    let mine = kept.get(known.picture);
    if (mine?.registry !== known.registry) {
      mine = { registry: known.registry, answers: new Map() };
      kept.set(known.picture, mine);
    }
    const { answers } = mine;
    const key = JSON.stringify(asked);
    const found = answers.get(key) ?? answer(known, asked);
    // Asked again: the last to go.
    answers.delete(key);
    answers.set(key, found);
    if (answers.size > MOST) answers.delete(answers.keys().next().value as string);
    return found;
  };
}
