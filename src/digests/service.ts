import type { Document } from '../briefing/document.ts';
import type { Books } from './books.ts';
import type { Digest } from './digest.ts';

/**
 * The button under every digest is the act `about` of the leaf `digest show`, with the argument `post`, and anyone may
 * press it. The pages of a posted digest are asked for with the leaf `digest show` and the argument `post`; those of a
 * preview with `digest preview`, `digest` and `window`.
 */
export const DIGEST_PATHS = { about: 'digest show about', page: 'digest show', preview: 'digest preview' } as const;

/** What became of a message that somebody asked for. */
export type Delivery =
  | { readonly how: 'sent'; readonly channel: string; readonly message: string; readonly published?: boolean }
  /** Nothing changed since the last one: nothing is sent. Never of a test. */
  | { readonly how: 'nothing'; readonly document: Document }
  /** Discord does not take it; `fix` says who can cure that, and how. */
  | { readonly how: 'refused'; readonly why: string; readonly fix: string; readonly code?: string }
  /** It may have arrived: it is tried again, and `/digest history` tells what becomes of it. */
  | { readonly how: 'unknown'; readonly why: string };

/** What a filter would have let through. */
export interface Rehearsal {
  /** Instants between which it was looked. */
  readonly from: string;
  readonly to: string;
  /** Entries that changed, and how many of them pass. */
  readonly all: number;
  readonly passed: number;
  /** The gravest entry that does not pass; ready to be told. */
  readonly gravest?: { readonly situation: string; readonly entry: string; readonly headline: string };
  /** "With this filter last week: 7 of 31; the gravest one left out is “…” (E17)." */
  readonly words: string;
}

/** What a posted digest told, once more. */
export interface ToldAgain {
  readonly document: Document;
  readonly digest: string;
  /** Slugs: whoever reads it must be allowed to read each of them. */
  readonly situations: readonly string[];
}

/** What commands need of the digests. All is of one guild; who may do it is the caller's business. */
export interface Digests {
  /** Who changes a digest appends `digest.created`, `digest.edited`, … with `books.change`. */
  readonly books: Books;
  /**
   * Exactly what would be posted now. `window`: as its pages name it, for another page of the same preview. Throws
   * UserError where there is no such digest.
   */
  preview(guild: string, digest: string, window?: string): Promise<Document>;
  /** The same of a digest that is not created yet: all of its situations as they would be told for the first time. */
  previewOf(digest: Digest): Promise<Document>;
  /** Posts what is new at once; the next slot tells what comes after. `key`: the interaction's id. */
  sendNow(guild: string, digest: string, key: string, author: string): Promise<Delivery>;
  /** Posts a message marked TEST, with what would be posted now. It moves nothing. */
  test(guild: string, digest: string, key: string, author: string): Promise<Delivery>;
  /** How these filters would have worked in the last week before the newest record (or the last, of what is not recorded yet). */
  rehearse(digest: Pick<Digest, 'situations' | 'filters'>): Promise<Rehearsal>;
  /** A post by its name (`D7@2027-03-28T07:30`), as it was; undefined where it is not known. */
  told(guild: string, post: string): Promise<ToldAgain | undefined>;
}
