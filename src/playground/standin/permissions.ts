import type { Channel, Guild, Member, World } from './world.ts';

/** Permission bits that the stand-in enforces or hands out. */
export const Permission = {
  administrator: 1n << 3n,
  manageChannels: 1n << 4n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useApplicationCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  sendMessagesInThreads: 1n << 38n,
} as const;

const EVERYTHING = (1n << 53n) - 1n;
const IN_DIRECT_MESSAGES = EVERYTHING & ~(Permission.administrator | Permission.manageGuild);

/**
 * What a member may do in a channel: role permissions, then the overwrites of @everyone, of the roles and of the member,
 * in that order. Threads ask their parent. Implicit rules are not applied, exactly as in the `permissions` of an interaction.
 */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  if (guild === undefined) return IN_DIRECT_MESSAGES;
  const member = guild.members.get(userId);
  if (member === undefined) return 0n;
  const parent = channel.thread === undefined ? channel : (world.channels.get(channel.parentId ?? '') ?? channel);
  return overwritten(guild, member, parent);
}

/** The same with the implicit rules: who cannot see a channel can do nothing in it, who cannot send cannot embed or attach. */
export function effectiveIn(world: World, channel: Channel, userId: string): bigint {
  let bits = permissionsIn(world, channel, userId);
  if ((bits & Permission.viewChannel) === 0n) return 0n;
  const send = channel.thread === undefined ? Permission.sendMessages : Permission.sendMessagesInThreads;
  if ((bits & send) === 0n) bits &= ~(Permission.embedLinks | Permission.attachFiles | Permission.mentionEveryone);
  return bits;
}

/** Role permissions of a member in the whole guild. */
export function permissionsOf(guild: Guild, member: Member): bigint {
  if (guild.ownerId === member.user.id) return EVERYTHING;
  let bits = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const id of member.roles) bits |= guild.roles.get(id)?.permissions ?? 0n;
  return (bits & Permission.administrator) === 0n ? bits : EVERYTHING;
}

function overwritten(guild: Guild, member: Member, channel: Channel): bigint {
  let bits = permissionsOf(guild, member);
  if (bits === EVERYTHING) return bits;
  const everyone = channel.overwrites.find((one) => one.id === guild.id);
  if (everyone !== undefined) bits = (bits & ~everyone.deny) | everyone.allow;
  let allow = 0n;
  let deny = 0n;
  for (const one of channel.overwrites) {
    if (one.type === 0 && member.roles.includes(one.id)) {
      allow |= one.allow;
      deny |= one.deny;
    }
  }
  bits = (bits & ~deny) | allow;
  const own = channel.overwrites.find((one) => one.type === 1 && one.id === member.user.id);
  return own === undefined ? bits : (bits & ~own.deny) | own.allow;
}
