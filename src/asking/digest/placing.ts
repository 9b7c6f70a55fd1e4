import type { Digest } from '../../digests/digest.ts';
import { STYLES } from '../../digests/digest.ts';
import { UserError } from '../../errors.ts';
import type { Asker } from '../command.ts';
import type { Reading } from '../reading.ts';
import { foldText } from '../search.ts';
import { type Target, targetFor } from './target.ts';
import { listOf, oneOf, type Written, yes } from './written.ts';

function tagsOf(written: string | undefined, { tags }: Target): readonly string[] {
  return listOf(written).map((name) => {
    const found = tags.find((tag) => tag.id === name || foldText(tag.name) === foldText(name));
    if (found) return found.id;
    throw new UserError(
      `This forum has no tag “${name.slice(0, 30)}”.`,
      tags.length > 0 ? `Its tags are ${tags.map((tag) => tag.name).join(', ')}.` : 'It has no tags.',
    );
  });
}

const MOST_TAGS = 5;

/** What depends on the kind of channel. Checked where the channel is chosen, or one of these is. */
export function placing(written: Written, base: Digest | undefined, reading: Reading, asker: Asker) {
  const id = written.channel ?? base?.channel;
  if (id === undefined) throw new UserError('No channel is chosen.', 'Choose one with the option “channel”.');
  const moved = id !== base?.channel;
  const { publish: toPublish, tags: written_, style: form } = written;
  const style = oneOf(form, STYLES, 'style') ?? base?.style ?? 'post';
  if (!moved && toPublish === undefined && written_ === undefined && form === undefined && written.clear !== 'tags')
    return { at: { channel: id, style, publish: base.publish, ...(base.tags && { tags: base.tags }) }, notes: [] };
  const target = targetFor(id, reading, asker);
  // A digest that moves leaves behind what only its old channel had.
  const publish = yes(toPublish) ?? (moved ? false : base.publish);
  if (publish && !target.announcement)
    throw new UserError(
      `Only messages of announcement channels can be published, and #${target.name} is none.`,
      'Leave “publish” out, or choose an announcement channel.',
    );
  const kept = moved || written.clear === 'tags' ? [] : (base.tags ?? []);
  const tags = written_ === undefined ? kept : tagsOf(written_, target);
  if (tags.length > 0 && !target.forum)
    throw new UserError(`Only posts of a forum have tags, and #${target.name} is none.`, 'Leave “tags” out.');
  if (tags.length > MOST_TAGS) throw new UserError(`A post has at most ${MOST_TAGS} tags; these are ${tags.length}.`);
  if (target.tagRequired && tags.length === 0)
    throw new UserError(
      `Every post in #${target.name} needs a tag.`,
      `Give one with the option “tags”: ${target.tags.map((tag) => tag.name).join(', ')}.`,
    );
  if (target.forum && style === 'board')
    throw new UserError('A forum gets a post a day; a board is one message.', 'Choose the style “post”.');
  return { at: { channel: id, style, publish, ...(tags.length > 0 && { tags: [...tags] }) }, notes: target.notes };
}

/** The role that is mentioned at a flash, and what the person ought to know of it. */
export function mentionOf(written: Written, base: Digest | undefined, { facts }: Reading, { guild }: Asker) {
  const role = written.mention ?? (written.clear === 'mention' ? undefined : base?.mention);
  if (role === undefined) return { notes: [] };
  if (written.mention === undefined) return { role, notes: [] };
  if (role === guild)
    throw new UserError('A digest does not mention everyone.', 'Choose a role of those who want to be woken.');
  const known = guild === null ? undefined : facts?.role(guild, role);
  if (facts && !known) throw new UserError('That role is gone.', 'Choose another one.');
  return {
    role,
    notes:
      known && !known.mentionable
        ? [`Discord notifies nobody of @${known.name} yet: somebody who manages roles can allow anyone to mention it.`]
        : [],
  };
}
