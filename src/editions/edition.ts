import type { Document } from '../briefing/document.ts';

/**
 * A briefing that was shown: to which channel or person, up to which record, with which entries in which version, in
 * which message. It is recorded only after Discord said that the message is there.
 */
export interface Edition {
  /** Counts up within the guild (or the person, in direct messages); written `B41`. */
  readonly number: number;
  readonly situation: string;
  readonly kind: Document['kind'];
  /** Who asked. */
  readonly asker: string;
  readonly channel: string;
  /** Seen by the asker alone: an ephemeral answer, or a direct message. */
  readonly private: boolean;
  /** Message ids; empty where Discord does not say (an ephemeral answer). */
  readonly messages: readonly string[];
  /** What it was composed from: the head of the situation's stream, and where its window began (changes only). */
  readonly seq: number;
  readonly since?: number;
  /** The head of the stream of sources, whose names it uses. */
  readonly registry?: number;
  /** On a look back: the head of the situation's stream, from which it says what has been corrected since. */
  readonly head?: number;
  /** Leaf path and arguments in a form that means the same whenever it is read: it can be composed again, byte for byte. */
  readonly request: { readonly path: string; readonly args: Readonly<Record<string, string>> };
  /** Entry id → seq of the last record that changed what was shown of it. */
  readonly shows: Readonly<Record<string, number>>;
}

/** What is about to be shown, and to whom. */
export type Showing = Pick<Edition, 'situation' | 'kind' | 'asker' | 'channel' | 'private'>;

/** Why a message has to be mended. */
export interface Owed {
  /** `B41/E17@123`: edition, entry, and the record of the situation's stream that made the line wrong. */
  readonly id: string;
  readonly edition: number;
  readonly situation: string;
  readonly entry: string;
  readonly seq: number;
  /** The correction itself was taken back: what was marked as wrong stands again. */
  readonly back?: true;
}

/** What can be recorded about readers, in the stream of their guild or, for direct messages, of the person. */
export type ReaderRecord =
  /**
   * A number that is taken before any message names it, so that no two messages ever do. It counts as nothing until it is
   * shown; one that is never heard of again was in reserve, or being sent, when the bot was cut off.
   */
  | { readonly kind: 'edition.claimed'; readonly body: { readonly number: number } }
  | { readonly kind: 'edition.shown'; readonly body: Edition }
  /** The message did not arrive: the number stays unused. */
  | { readonly kind: 'edition.lost'; readonly body: { readonly number: number; readonly why: string } }
  /** A person has read a situation up to this record ("Mark as read"). Always in the person's own stream. */
  | {
      readonly kind: 'marker.set';
      readonly body: { readonly user: string; readonly situation: string; readonly seq: number };
    }
  | { readonly kind: 'correction.owed'; readonly body: Owed }
  | { readonly kind: 'correction.done'; readonly body: { readonly id: string; readonly how: 'edited' | 'told' } }
  | {
      readonly kind: 'correction.failed';
      /** `again`: a right is missing; it is tried again when the bot's rights change. */
      readonly body: { readonly id: string; readonly why: string; readonly again?: true };
    };

/** Stream of the readers of a guild; a person's own where there is no guild. */
export const readersStream = (guild: string | null, user: string): string =>
  guild === null ? `user/${user}` : `guild/${guild}`;

export const editionName = (number: number): string => `B${number}`;

/** 41 of "B41", "b41", "#B41"; undefined for what is no edition's name. */
export function editionNumber(written: string): number | undefined {
  const digits = /^#?b([1-9]\d{0,8})$/i.exec(written.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
