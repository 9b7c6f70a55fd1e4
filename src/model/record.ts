import type { Change, EntryCore, EntryLink, Report } from './entry.ts';
import type { Situation } from './situation.ts';
import type { Party, Source } from './source.ts';

/**
 * What can be recorded about one situation, in its stream `situation/<slug>`. Nothing is overwritten:
 * each record adds to what was said before, and says why where it changes something.
 */
export type SituationRecord =
  | { readonly kind: 'situation.opened'; readonly body: { readonly situation: Situation } }
  | { readonly kind: 'situation.amended'; readonly body: { readonly situation: Situation } & Change }
  | { readonly kind: 'entry.added'; readonly body: { readonly entry: EntryCore; readonly reports: readonly Report[] } }
  | { readonly kind: 'entry.amended'; readonly body: { readonly entry: EntryCore } & Change }
  | { readonly kind: 'entry.retracted' | 'entry.restored'; readonly body: { readonly id: string } & Change }
  | { readonly kind: 'report.added'; readonly body: { readonly report: Report } }
  | { readonly kind: 'report.amended'; readonly body: { readonly report: Report } & Change }
  | { readonly kind: 'report.withdrawn' | 'report.restored'; readonly body: { readonly id: string } & Change }
  | { readonly kind: 'link.added'; readonly body: { readonly link: EntryLink } }
  | { readonly kind: 'link.removed'; readonly body: { readonly link: EntryLink } & Change };

/** What can be recorded about who says things, in the stream `sources`. */
export type RegistryRecord =
  | { readonly kind: 'party.set'; readonly body: { readonly party: Party } }
  | { readonly kind: 'source.set'; readonly body: { readonly source: Source } }
  | { readonly kind: 'source.retired'; readonly body: { readonly id: string } };

/** Position, time and author that the ledger gives every record. */
export interface Stamp {
  readonly seq: number;
  readonly at: string;
  readonly author: string;
}

export type Recorded<R> = R & Stamp;

export const REGISTRY_STREAM = 'sources';
export const SITUATION_STREAMS = 'situation/';
export const situationStream = (slug: string): string => `${SITUATION_STREAMS}${slug}`;

/** The entry that a report id belongs to: `E17.2` → `E17`. */
export const entryOf = (report: string): string => report.slice(0, report.indexOf('.'));

/** Author of what the sync of `data/` writes. */
export const CURATED = 'data';
