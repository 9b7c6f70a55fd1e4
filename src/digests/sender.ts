import type { Intent } from './records.ts';

/** What became of a request to post. */
export type Posted =
  | { readonly how: 'sent'; readonly message: string }
  /** It was posted before, and somebody deleted it. */
  | { readonly how: 'gone' }
  /** It may have been posted or not: Discord failed, or did not answer. */
  | { readonly how: 'unknown'; readonly why: string; readonly code?: string }
  /** Discord asks to wait; nothing was posted. */
  | { readonly how: 'wait'; readonly ms: number; readonly why: string }
  /**
   * Nothing was posted, and asking again changes nothing: `place`: somebody can lift it (`fix` says who and how);
   * `payload`: this message cannot be posted; `token`: the bot is not let in any more.
   */
  | {
      readonly how: 'refused';
      readonly over: 'place' | 'payload' | 'token';
      readonly why: string;
      readonly code: string;
      readonly fix: string;
    };

/**
 * What a search of a channel for a post of ours found; `unreadable`: its history may not be read; `unknown`: Discord
 * failed, or did not answer: it may be asked again.
 */
export type Found =
  | { readonly how: 'found'; readonly message: string }
  | { readonly how: 'absent' | 'unreadable' | 'unknown' };

/** How urgent a message is among others that are due. */
export type Urgency = 'fresh' | 'late';

/** How digests reach their channels. Never rejects. */
export interface Sender {
  /** Posts, edits or replies as the intent says; the same nonce within some minutes makes no second message. */
  post(intent: Intent, urgency: Urgency): Promise<Posted>;
  /** Looks for the message of a post among those since `since` (ms). */
  find(channel: string, post: string, since: number): Promise<Found>;
  /** Publishes a message of an announcement channel to those who follow it. */
  publish(channel: string, message: string): Promise<Posted>;
}
