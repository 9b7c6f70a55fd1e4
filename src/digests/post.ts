import { createHash } from 'node:crypto';
import type { DigestDraft, Intent, SlotRef } from './records.ts';
import { slotName } from './slots.ts';

const LONGEST = 24;
const digest64 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The name has to fit on a button. */
const shortened = (slug: string): string =>
  slug.length <= LONGEST ? slug : `${slug.slice(0, LONGEST - 9)}.${digest64(slug).slice(0, 8)}`;

/**
 * What a post is called in the ledger and on its message: a slot's is the slot's name (`D7@2027-03-28T07:30`), a flash's
 * the digest, the entry and its record (`D7!aleppo-2024/E17@812`), one that was asked for has the interaction's id
 * (`D7+1234`), and so has a test (`D7?1234`).
 */
export const postName = {
  slot: (digest: string, slot: SlotRef): string => slotName(digest, slot),
  flash: (digest: string, situation: string, entry: string, seq: number): string =>
    `${digest}!${shortened(situation)}/${entry}@${seq}`,
  /** The line by which a channel is told that there are more flashes than it is sent in one local day. */
  moreFlashes: (digest: string, date: string): string => `${digest}!more@${date}`,
  now: (digest: string, interaction: string): string => `${digest}+${interaction}`,
  test: (digest: string, interaction: string): string => `${digest}?${interaction}`,
  /** A reply to, or an edit of, the message of another post. */
  correction: (post: string, seq: number): string => `${post}~${seq}`,
};

/** The digest that a post belongs to: `D7` of `D7@2027-03-28T07:30`. */
export const digestOfPost = (post: string): string => /^D\d+/.exec(post)?.[0] ?? '';

/** Discord's limit is 25 characters. The same post to the same channel has the same nonce in every process and on every attempt. */
export const nonceOf = (post: string, channel: string): string => digest64(`${post}\n${channel}`).slice(0, 24);

/** The claim of a post. Its key lets the ledger refuse a second claim of the same attempt, whatever the caller knew. */
export const intentDraft = (
  intent: Omit<Intent, 'nonce'>,
): Extract<DigestDraft, { readonly kind: 'digest.intent' }> => ({
  kind: 'digest.intent',
  key: `${intent.post}#${intent.attempt}`,
  body: { ...intent, nonce: nonceOf(intent.post, intent.channel) },
});
