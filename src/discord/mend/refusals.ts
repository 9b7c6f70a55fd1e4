import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Mended } from '../../corrections/mender.ts';

type Failed = Exclude<Mended, { readonly how: 'edited' | 'told' }>;

/** Edits that Discord refuses although the message is there: too old, edited too often, not ours, a form it cannot take. */
const NOT_THIS_MESSAGE = new Set([30_046, 20_022, 50_005, 50_006, 50_021, 50_035, 200_000, 240_000]);

/** Refusals for good, in words for moderators. */
const GONE: Readonly<Record<number, string>> = {
  10_003: 'the channel is gone',
  10_004: 'the bot is no longer in that server',
  10_008: 'the message was deleted',
};
/** Refusals that somebody can lift. */
const MISSING: Readonly<Record<number, string>> = {
  50_001: 'the bot cannot see the channel or its history (View Channel, Read Message History)',
  50_013: 'the bot lacks a right in the channel (Send Messages, Read Message History)',
  50_083: 'the thread is archived',
  160_005: 'the thread is locked',
};

/** Whether the message itself cannot be changed, while a reply to it may be possible. */
export const isUneditable = (thrown: unknown): boolean =>
  (thrown instanceof DiscordAPIError && NOT_THIS_MESSAGE.has(Number(thrown.code))) ||
  // Oversized bodies are answered with 500, again and again.
  (thrown instanceof HTTPError && thrown.status === 500);

/** What a refusal means for a correction. */
export function failureOf(thrown: unknown): Failed {
  if (thrown instanceof RateLimitError)
    return { how: 'later', afterMs: thrown.timeToReset, why: 'Discord asks to wait' };
  if (thrown instanceof DiscordAPIError) {
    const code = Number(thrown.code);
    const [gone, missing] = [GONE[code], MISSING[code]];
    if (gone !== undefined) return { how: 'failed', why: gone, again: false };
    if (missing !== undefined) return { how: 'failed', why: missing, again: true };
    if (thrown.status !== 401 && thrown.status < 500)
      return { how: 'failed', why: `Discord refused it (${code}: ${thrown.message})`, again: false };
  }
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return { how: 'later', why: `Discord could not be reached or failed (${why})` };
}
