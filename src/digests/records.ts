import type { DigestRequest } from '../briefing/digest.ts';
import type { Edition, ReaderRecord } from '../editions/edition.ts';
import type { Digest } from './digest.ts';
import type { Slot } from './slots.ts';

/** Situation → record of its stream. */
export type Seqs = Readonly<Record<string, number>>;

/** What a post covers: of each situation the records after `from` up to `to`. */
export type Window = Readonly<Record<string, { readonly from: number; readonly to: number }>>;

/** `D7` or a slot of it, as records name them. */
export type SlotRef = Pick<Slot, 'wall' | 'at'>;

/** What a message is for. A test and a correction move no marker. */
export const PURPOSES = ['slot', 'flash', 'now', 'test', 'correction'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a post was composed of, so that its pages can be told again. */
export interface Tells {
  /** In the digest's order. `first`: told for the first time, as a brief; or a board, which tells everything. */
  readonly parts: readonly {
    readonly situation: string;
    readonly from: number;
    readonly to: number;
    readonly first?: true;
  }[];
  /** The record of the stream of sources. */
  readonly registry: number;
  readonly length: Digest['length'];
  readonly request: Omit<DigestRequest, 'about' | 'again'>;
  /** A flash: this entry alone. */
  readonly flash?: string;
}

/** A message that will be a briefing once it is there; its channel and message are known then. */
export type ComingEdition = Omit<Edition, 'channel' | 'messages'>;

/**
 * A message that is about to be posted, with all that is needed to post it again after a restart: nothing is composed a
 * second time. Recorded before the first request.
 */
export interface Intent {
  readonly id: string;
  /** Name of the post, once in the guild: `postName`. The marker on the message. */
  readonly post: string;
  readonly purpose: Purpose;
  /** The slot that it settles. */
  readonly slot?: SlotRef;
  /** It is late, or covers older slots as well, and says so. */
  readonly late?: true;
  /** 1, then one more for each process that takes it over. */
  readonly attempt: number;
  readonly channel: string;
  /** The same for every attempt: `nonceOf`. */
  readonly nonce: string;
  /** Body of the request, frozen. */
  readonly payload: unknown;
  readonly window: Window;
  /** A board, or a correction of its message: edited in place of posting a new one. */
  readonly edits?: string;
  /** The message that it replies to. */
  readonly replyTo?: string;
  readonly tells?: Tells;
  readonly editions?: readonly ComingEdition[];
}

/** Why something was not posted. */
export interface Failure {
  readonly why: string;
  /** Discord's code or HTTP status, or the name of a network error. */
  readonly code?: string;
}

/** What can be recorded about the digests of a guild, in its stream `guild/<id>`. `id` is always the digest's. */
export type DigestRecord =
  | {
      readonly kind: 'digest.created' | 'digest.edited';
      /** `since`: of situations that are new to the digest, the record from which it tells. */
      readonly body: { readonly digest: Digest; readonly since: Seqs };
    }
  | { readonly kind: 'digest.paused' | 'digest.resumed' | 'digest.deleted'; readonly body: { readonly id: string } }
  /** A refusal that repeating does not cure; `fix`: who can cure it, and how. */
  | { readonly kind: 'digest.suspended'; readonly body: { readonly id: string; readonly fix: string } & Failure }
  | { readonly kind: 'digest.healed'; readonly body: { readonly id: string; readonly how: string } }
  | { readonly kind: 'digest.intent'; readonly body: Intent }
  | {
      readonly kind: 'digest.sent';
      /** `how`: `found`: it had been posted before a restart and was found in the channel; `gone`: posted, then deleted by somebody, and its id is not known. */
      readonly body: {
        readonly id: string;
        readonly post: string;
        readonly channel: string;
        readonly message?: string;
        readonly how: 'posted' | 'edited' | 'found' | 'gone';
      };
    }
  | { readonly kind: 'digest.published'; readonly body: { readonly id: string; readonly post: string } }
  | {
      readonly kind: 'digest.failed';
      /** `uncertain`: it may have arrived, and nothing can tell. What it told is not counted as told. */
      readonly body: { readonly id: string; readonly post: string; readonly uncertain?: true } & Failure;
    }
  | {
      readonly kind: 'slot.skipped';
      /** `same`: told by another slot of the same instant. `window`: looked through, and nothing was to be told. */
      readonly body: {
        readonly id: string;
        readonly slots: readonly SlotRef[];
        readonly why: 'nothing_new' | 'same';
        readonly window?: Window;
      };
    }
  | {
      readonly kind: 'slot.missed';
      /** `more`: so many before those, unnamed. */
      readonly body: {
        readonly id: string;
        readonly slots: readonly SlotRef[];
        readonly more?: number;
        readonly why: string;
      };
    }
  /** Due while the digest was suspended. */
  | { readonly kind: 'slot.suspended'; readonly body: { readonly id: string; readonly slots: readonly SlotRef[] } };

/** A record as it is appended: the time is the ledger's business. What is shown is recorded together with its post. */
export type DigestDraft = (DigestRecord | Extract<ReaderRecord, { readonly kind: `edition.${string}` }>) & {
  readonly author?: string;
  readonly key?: string;
};

/** A record with the place and time that the ledger gave it. */
export type DigestEvent = DigestRecord & { readonly seq: number; readonly at: string; readonly author: string };
