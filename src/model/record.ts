import type { Change, EntryCore, EntryLink, Report } from './entry.ts';
import type { Situation } from './situation.ts';
import type { Party, Source } from './source.ts';

/**
 * How a person of a desk came to record something in chat. The author of the record is who proposed it; nothing of this
 * changes what is known, it tells how it came about.
 */
export interface Provenance {
  /** Guild of the desk. */
  readonly desk: string;
  /** `D12`: the draft that became this record. */
  readonly draft?: string;
  /** Who approved it, where the desk's rule asks for a second person. */
  readonly approvedBy?: string;
  /** An admin let it pass without the second person, and why. */
  readonly breaking?: string;
  /** Guards that saw something, and why they were overruled. */
  readonly overruled?: readonly { readonly guard: string; readonly saw: string; readonly reason: string }[];
  /** Seq of the record of this stream that this one takes back. */
  readonly undoes?: number;
}

/** Of records made in chat. */
interface Chat {
  readonly by?: Provenance;
}

/**
 * What can be recorded about one situation, in its stream `situation/<slug>`. Nothing is overwritten:
 * each record adds to what was said before, and says why where it changes something.
 */
export type SituationRecord =
  | { readonly kind: 'situation.opened'; readonly body: { readonly situation: Situation } & Chat }
  | { readonly kind: 'situation.amended'; readonly body: { readonly situation: Situation } & Change & Chat }
  | {
      readonly kind: 'entry.added';
      readonly body: { readonly entry: EntryCore; readonly reports: readonly Report[] } & Chat;
    }
  | { readonly kind: 'entry.amended'; readonly body: { readonly entry: EntryCore } & Change & Chat }
  | { readonly kind: 'entry.retracted' | 'entry.restored'; readonly body: { readonly id: string } & Change & Chat }
  | { readonly kind: 'report.added'; readonly body: { readonly report: Report } & Chat }
  | { readonly kind: 'report.amended'; readonly body: { readonly report: Report } & Change & Chat }
  | { readonly kind: 'report.withdrawn' | 'report.restored'; readonly body: { readonly id: string } & Change & Chat }
  | { readonly kind: 'link.added'; readonly body: { readonly link: EntryLink } & Chat }
  | { readonly kind: 'link.removed'; readonly body: { readonly link: EntryLink } & Change & Chat };

/** What can be recorded about who says things, in the stream `sources`. */
export type RegistryRecord =
  | { readonly kind: 'party.set'; readonly body: { readonly party: Party } & Chat }
  | { readonly kind: 'source.set'; readonly body: { readonly source: Source } & Chat }
  | { readonly kind: 'source.retired'; readonly body: { readonly id: string } & Chat };

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
