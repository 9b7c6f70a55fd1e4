import {
  ChannelFlags,
  ChannelType,
  type Client,
  PermissionFlagsBits as Flag,
  type GuildBasedChannel,
} from 'discord.js';
import { clean } from './escape.ts';

const NEEDED = [
  ['View Channel', Flag.ViewChannel],
  ['Send Messages', Flag.SendMessages],
  ['Read Message History', Flag.ReadMessageHistory],
] as const;
const IN_THREADS = [NEEDED[0], ['Send Messages in Threads', Flag.SendMessagesInThreads], NEEDED[2]] as const;

type Holder = { readonly user: string; readonly roles?: readonly string[] | undefined };

/**
 * What a member may do in a channel. Members are not in the cache, so it is worked out from the roles that Discord named
 * with the interaction; a thread's are those of the channel that it belongs to.
 */
function rightsOf(channel: GuildBasedChannel, { user, roles = [] }: Holder): bigint {
  const { guild } = channel;
  if (guild.ownerId === user) return Flag.Administrator;
  const held = [guild.id, ...roles];
  let bits = held.reduce((all, id) => all | (guild.roles.cache.get(id)?.permissions.bitfield ?? 0n), 0n);
  if ((bits & Flag.Administrator) !== 0n) return bits;
  const place = channel.isThread() ? channel.parent : channel;
  const overwrites = place?.permissionOverwrites.cache;
  // First everyone's, then those of the roles together, then the member's own.
  for (const step of [[guild.id], roles, [user]]) {
    const found = step.flatMap((id) => overwrites?.get(id) ?? []);
    for (const { deny } of found) bits &= ~deny.bitfield;
    for (const { allow } of found) bits |= allow.bitfield;
  }
  return place ? bits : 0n;
}

/** What the bot knows of its servers from the gateway, without asking Discord anything. */
export function guildFacts(
  client: Client<true>,
  { ahead, registered }: { readonly ahead: () => number; readonly registered: () => boolean | undefined },
) {
  return {
    guild: (id: string) => {
      const guild = client.guilds.cache.get(id);
      return guild && { name: guild.name };
    },
    channel: (guild: string, id: string) => {
      const channel = client.guilds.cache.get(guild)?.channels.cache.get(id);
      if (!channel) return undefined;
      const held = channel.permissionsFor(client.user);
      const needed = channel.isThread() ? IN_THREADS : NEEDED;
      return {
        name: channel.name,
        missing: needed.filter(([, flag]) => held?.has(flag) !== true).map(([name]) => name),
      };
    },
    role: (guild: string, id: string) => {
      const role = client.guilds.cache.get(guild)?.roles.cache.get(id);
      return role && { name: role.name, mentionable: role.mentionable };
    },
    target: (guild: string, id: string, person: Holder) => {
      const channel = client.guilds.cache.get(guild)?.channels.cache.get(id);
      const held = channel?.permissionsFor(client.user);
      if (!channel || !held?.has(Flag.ViewChannel)) return undefined;
      const forum = channel.type === ChannelType.GuildForum ? channel : undefined;
      return {
        name: clean(channel.name),
        type: channel.type,
        person: rightsOf(channel, person),
        bot: held.bitfield,
        tags: (forum?.availableTags ?? []).map((tag) => ({ id: tag.id, name: clean(tag.name) })),
        tagRequired: forum?.flags.has(ChannelFlags.RequireTag) === true,
      };
    },
    ahead,
    registered,
  };
}
