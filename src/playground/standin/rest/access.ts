import { Intent } from '../gateway.ts';
import { flagsOf, type JsonObject, objectsIn } from '../json.ts';
import { rawChannel } from '../payloads.ts';
import { effectiveIn, Permission } from '../permissions.ts';
import {
  forumNeedsThread,
  missingAccess,
  missingPermissions,
  notATextChannel,
  threadLocked,
  unknownChannel,
  unknownMessage,
} from '../problem.ts';
import { type Channel, ChannelKind, messageIn, type StoredMessage, type World } from '../world.ts';
import type { Parts } from './parts.ts';
import { type Call, param } from './route.ts';

/** The channel of the path, if the bot can see it. Throws 10003 or 50001. */
export function channelOf(world: World, call: Call): Channel {
  const channel = world.channels.get(param(call, 'channel'));
  if (channel === undefined) throw unknownChannel();
  if ((effectiveIn(world, channel, world.bot.id) & Permission.viewChannel) === 0n) throw missingAccess();
  return channel;
}

/** Throws 50013 unless the bot has all of these bits in the channel. */
export function need(world: World, channel: Channel, bits: bigint): void {
  if ((effectiveIn(world, channel, world.bot.id) & bits) !== bits) throw missingPermissions();
}

/** A message of the channel in the path. Ephemeral ones do not exist for this route: they live under their token. */
export function messageOf(world: World, channel: Channel, call: Call): StoredMessage {
  const message = messageIn(world, channel.id, param(call, 'message'));
  if (message === undefined || (message.onlyFor !== undefined && channel.type !== ChannelKind.direct))
    throw unknownMessage();
  return message;
}

/** May the bot post this body here? An archived thread wakes up by it, a locked one does not. */
export function mayPost({ world, gateway }: Parts, channel: Channel, body: JsonObject, uploads: number): void {
  if (channel.type === ChannelKind.forum) throw forumNeedsThread();
  if (channel.type === ChannelKind.category) throw notATextChannel();
  const { thread } = channel;
  let bits: bigint = thread === undefined ? Permission.sendMessages : Permission.sendMessagesInThreads;
  if (objectsIn(body['embeds']).length > 0) bits |= Permission.embedLinks;
  if (uploads > 0) bits |= Permission.attachFiles;
  need(world, channel, bits);
  if (thread === undefined) return;
  if (thread.locked && (effectiveIn(world, channel, world.bot.id) & Permission.manageThreads) === 0n)
    throw threadLocked();
  if (thread.archived) {
    thread.archived = false;
    gateway.dispatch('THREAD_UPDATE', rawChannel(world, channel), { guildId: channel.guildId, intent: Intent.guilds });
  }
}

/** Editing another's message is allowed for nothing but its flags; the stand-in allows nothing. */
export function isOwn(world: World, message: StoredMessage): boolean {
  return message.authorId === world.bot.id;
}

export function hasFlag(message: StoredMessage, flag: number): boolean {
  return (flagsOf(message.raw['flags']) & flag) !== 0;
}
