import type { EntryLink } from '../model/entry.ts';
import type { Situation } from '../model/situation.ts';
import type { LinkState, Mark } from './picture.ts';

/** A link that was added, or replaced, or taken away, with all that is needed to undo it. */
export interface LinkMove {
  readonly link: EntryLink;
  /** When, by whom and why. */
  readonly mark: Mark;
  /** Where it stood in the list of links, and what it was there; absent where it was added at the end. */
  readonly was?: { readonly at: number; readonly state: LinkState };
  /** Whether it is there after it. */
  readonly stays: boolean;
  /** The links of its ends before it. */
  readonly ends: readonly (readonly [end: string, links: readonly LinkState[]])[];
}

/** The situation itself was opened or amended; what it was before. */
export interface SituationMove {
  readonly situation: Situation | undefined;
}

/** What one record touched: an entry by its id, a link, or the situation itself. */
export interface Touch {
  readonly seq: number;
  readonly what: string | LinkMove | SituationMove;
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

  /** The record of the last touch; 0 where there is none. */
  get last(): number {
    return this.#line.touches[this.#length - 1]?.seq ?? 0;
  }

  with(added: readonly Touch[]): Touches {
    if (added.length === 0) return this;
    // Somebody else went on from here before: this is another history.
    const line =
      this.#length === this.#line.touches.length ? this.#line : { touches: this.#line.touches.slice(0, this.#length) };
    for (const touch of added) line.touches.push(touch);
    return new Touches(line);
  }

  /** Those of the records up to this one. */
  upTo(seq: number): Touches {
    return new Touches(this.#line, this.#after(seq));
  }

  /** How many there are by records with a greater seq. */
  countSince(seq: number): number {
    return this.#length - this.#after(seq);
  }

  /** Touches by records with a greater seq, in order. */
  *since(seq: number): Generator<Touch> {
    const { touches } = this.#line;
    for (let at = this.#after(seq); at < this.#length; at += 1) yield touches[at] as Touch;
  }

  /** The place of the first touch by a record with a greater seq. */
  #after(seq: number): number {
    const { touches } = this.#line;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((touches[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The entries among these touches, each once. */
export function entriesIn(touches: Iterable<Touch>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { what } of touches) if (typeof what === 'string') ids.add(what);
  return ids;
}

/** The links among these touches, each time one came or went. */
export function* linksIn(touches: Iterable<Touch>): Generator<LinkMove> {
  for (const { what } of touches) if (typeof what !== 'string' && 'link' in what) yield what;
}

interface Removals {
  seq: number;
  readonly byEnd: Map<string, LinkMove[]>;
}
const removals = new WeakMap<object, Removals>();

/** The links to an entry, of one type, that were taken away by records with a greater seq. */
export function removedFrom(
  touches: Touches,
  { to, type }: Pick<EntryLink, 'to' | 'type'>,
  since: number,
): readonly LinkMove[] {
  // One walk for all that is ever asked of this history: it only grows.
  const known = removals.get(touches.line) ?? { seq: 0, byEnd: new Map() };
  removals.set(touches.line, known);
  for (const { seq, what } of touches.since(known.seq)) {
    known.seq = seq;
    if (typeof what === 'string' || !('link' in what) || what.stays) continue;
    const key = `${what.link.type} ${what.link.to}`;
    const moves = known.byEnd.get(key);
    if (moves) moves.push(what);
    else known.byEnd.set(key, [what]);
  }
  const last = touches.last;
  return (known.byEnd.get(`${type} ${to}`) ?? []).filter(({ mark: { seq } }: LinkMove) => seq > since && seq <= last);
}

/** Whether the situation itself changed: another gazetteer, other sides. */
export const ofSituation = (touches: readonly Touch[]): boolean =>
  touches.some(({ what }) => typeof what !== 'string' && 'situation' in what);
