import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { UserError } from '../errors.ts';
import type { Rights } from './interaction.ts';

const has = (bits: bigint, ...wanted: readonly bigint[]): boolean =>
  (bits & Flag.Administrator) !== 0n || wanted.every((flag) => (bits & flag) !== 0n);

/**
 * Whether a message may be posted in the channel in this person's name, checked at the moment of the press. Throws
 * UserError that says who can change it. Who cannot see a channel can do nothing in it, whatever the other bits say.
 */
export function mayPost({ bot, person, thread }: Rights): void {
  const send = thread ? Flag.SendMessagesInThreads : Flag.SendMessages;
  const words = thread ? 'Send Messages in Threads' : 'Send Messages';
  if (!has(person, Flag.ViewChannel, send))
    throw new UserError('You may not send messages in this channel.', 'Ask somebody who may to share it.');
  if (!has(bot, Flag.ViewChannel, send))
    throw new UserError(
      'Sitrep may not send messages in this channel.',
      `Somebody who manages it can give Sitrep “View Channel” and “${words}” in the channel’s permissions.`,
    );
}
