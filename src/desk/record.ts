import { z } from 'zod';

/** What a person may do at a desk, each including those before it. A stranger's guild does not own what he asks about. */
export const ROLES = ['reader', 'editor', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Which saved changes wait for a second pair of eyes. */
export const REVIEW_RULES = ['off', 'figures_and_major', 'all'] as const;

const snowflake = z.string().regex(/^\d{17,20}$/);

export const deskSettings = z.strictObject({
  /** IANA zone in which the desk reads and writes times where no situation names one. */
  zone: z.string(),
  language: z.enum(['en']),
  review: z.enum(REVIEW_RULES),
  /** Where every change is told; absent: nowhere. */
  modLog: snowflake.optional(),
  /** What a digest does when nothing changed, unless it says otherwise. */
  whenNothing: z.enum(['line', 'skip', 'weekly']),
});
export type DeskSettings = z.infer<typeof deskSettings>;

export const DEFAULT_SETTINGS: DeskSettings = {
  zone: 'Etc/UTC',
  language: 'en',
  review: 'figures_and_major',
  whenNothing: 'line',
};

/** Discord roles that make one reader, editor, reviewer or admin. No reader role: every member reads. */
export type RoleMap = Readonly<Record<Role, readonly string[]>>;

/** A guard that was overruled when something was saved: what it saw, and why the person went on. */
export interface Overruled {
  readonly guard: string;
  readonly saw: string;
  readonly reason: string;
}

/** Nobody is named: every member reads, and whoever has “Manage Server” is the admin. */
export const NO_ROLES: RoleMap = { reader: [], editor: [], reviewer: [], admin: [] };

/**
 * How a draft stands. `saved`: its author alone sees it. `submitted`: it waits for somebody else. `approved`: it was let pass and
 * is being written into its stream. `applied`: it is there. The rest are ends, too.
 */
export type DraftState = 'saved' | 'submitted' | 'approved' | 'applied' | 'rejected' | 'discarded';

/** A change as somebody wrote it, before it is recorded where readers see it. Names count up within the desk: `D12`. */
export interface Draft<Content = unknown> {
  readonly id: string;
  readonly author: string;
  /** Slug of the situation; null: about the sources. */
  readonly situation: string | null;
  readonly content: Content;
  readonly state: DraftState;
  /** When it was first saved, and when its state or content last changed: ISO instants. */
  readonly at: string;
  readonly changed: string;
  /** Seq of the last record about it, in the stream of the desk. */
  readonly seq: number;
  /** For whom it waits, while it is submitted. */
  readonly waits?: 'reviewer';
  /** Who let it pass, or sent it back, and why. */
  readonly decided?: { readonly by: string; readonly at: string; readonly reason?: string };
  /** An admin let it pass without a second person, and why. */
  readonly breaking?: string;
  /** Seqs of the records that it became, in the stream of its situation (or of the sources). */
  readonly records?: readonly number[];
}

/** What a reader says is wrong. Names count up within the desk: `R3`. */
export interface Dispute {
  readonly id: string;
  readonly author: string;
  readonly at: string;
  readonly seq: number;
  readonly situation: string;
  readonly entry?: string;
  /** The briefing under which it was reported, where the reader saw it. */
  readonly edition?: number;
  /** Guild in which it was reported; null: a direct message. */
  readonly from: string | null;
  readonly words: string;
  readonly closed?: {
    readonly by: string;
    readonly at: string;
    readonly how: 'corrected' | 'stands';
    readonly reason: string;
  };
}

/** What can be recorded about a desk, in its stream `desk/<guild>`. */
export type DeskRecord<Content = unknown> =
  | { readonly kind: 'settings.set'; readonly body: { readonly settings: DeskSettings; readonly undoes?: number } }
  | { readonly kind: 'roles.set'; readonly body: { readonly roles: RoleMap; readonly undoes?: number } }
  | {
      readonly kind: 'draft.saved';
      readonly body: { readonly id: string; readonly situation: string | null; readonly content: Content };
    }
  | { readonly kind: 'draft.submitted'; readonly body: { readonly id: string } }
  | {
      readonly kind: 'draft.approved';
      readonly body: { readonly id: string; readonly reason?: string; readonly breaking?: string };
    }
  | { readonly kind: 'draft.rejected'; readonly body: { readonly id: string; readonly reason: string } }
  | { readonly kind: 'draft.discarded'; readonly body: { readonly id: string } }
  | { readonly kind: 'draft.applied'; readonly body: { readonly id: string; readonly records: readonly number[] } }
  | { readonly kind: 'dispute.filed'; readonly body: Omit<Dispute, 'author' | 'at' | 'seq' | 'closed'> }
  | {
      readonly kind: 'dispute.closed';
      readonly body: { readonly id: string; readonly how: 'corrected' | 'stands'; readonly reason: string };
    }
  /** The drafts that were told to wait. */
  | { readonly kind: 'reminder.sent'; readonly body: { readonly drafts: readonly string[] } }
  /** Up to which record of a stream changes were told in the mod-log. */
  | { readonly kind: 'log.mirrored'; readonly body: { readonly stream: string; readonly seq: number } };

export const DESK_STREAMS = 'desk/';
export const deskStream = (guild: string): string => `${DESK_STREAMS}${guild}`;
