import type { EntryLink } from '../model/entry.ts';

/** A link that was added, or replaced, or taken away. */
export interface LinkMove {
  readonly link: EntryLink;
}

/** What one record touched: an entry by its id, or a link. */
export interface Touch {
  readonly seq: number;
  readonly what: string | LinkMove;
}

/** What pictures that grew out of each other have in common: the records of all of them, in order. */
interface Line {
  readonly touches: Touch[];
}

/**
 * What every record touched, so that a window of changes costs by what is in it. Pictures that grow out of each other
 * share one list; each knows how much of it is its own.
 */
export class Touches {
  readonly #line: Line;
  readonly #length: number;

  constructor(line: Line = { touches: [] }, length = line.touches.length) {
    this.#line = line;
    this.#length = length;
  }

  /** What these and all later touches have in common; another history is another object. */
  get line(): object {
    return this.#line;
  }

  with(added: readonly Touch[]): Touches {
    if (added.length === 0) return this;
    // Somebody else went on from here before: this is another history.
    const line =
      this.#length === this.#line.touches.length ? this.#line : { touches: this.#line.touches.slice(0, this.#length) };
    for (const touch of added) line.touches.push(touch);
    return new Touches(line);
  }

  /** Touches by records with a greater seq, in order. */
  *since(seq: number): Generator<Touch> {
    const { touches } = this.#line;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((touches[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    for (let at = low; at < this.#length; at += 1) yield touches[at] as Touch;
  }
}

/** The entries among these touches, each once. */
export function entriesIn(touches: Iterable<Touch>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { what } of touches) if (typeof what === 'string') ids.add(what);
  return ids;
}
