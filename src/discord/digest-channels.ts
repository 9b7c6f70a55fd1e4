import { ChannelType, type Client, PermissionFlagsBits as Flag } from 'discord.js';
import type { ChannelFacts } from '../digests/messages.ts';

/** What the gateway has told of the channels in which digests are posted. */
export interface DigestChannels {
  facts(guild: string, channel: string): ChannelFacts | undefined;
  /** Whether the bot may look through a channel. False where the channel is not known: an empty list proves nothing. */
  readsHistory(channel: string): boolean;
}

export function digestChannels(client: Client<true>): DigestChannels {
  return {
    facts(guild, id) {
      const channel = client.guilds.cache.get(guild)?.channels.cache.get(id);
      if (!channel) return undefined;
      const held = channel.permissionsFor(client.user);
      const send = channel.isThread() ? Flag.SendMessagesInThreads : Flag.SendMessages;
      const kind =
        channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia
          ? 'forum'
          : channel.type === ChannelType.GuildAnnouncement
            ? 'announcement'
            : channel.isThread()
              ? 'thread'
              : 'text';
      return { kind, open: held?.has([Flag.ViewChannel, send]) === true };
    },
    readsHistory(id) {
      const channel = client.channels.cache.get(id);
      if (!channel || channel.isDMBased()) return false;
      return channel.permissionsFor(client.user)?.has([Flag.ViewChannel, Flag.ReadMessageHistory]) === true;
    },
  };
}
