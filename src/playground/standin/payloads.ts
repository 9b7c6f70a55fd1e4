import type { JsonObject } from './json.ts';
import { permissionsIn } from './permissions.ts';
import type { Channel, Guild, Member, Role, User, World } from './world.ts';

/** Discord's objects as they go over the wire. Only what a client reads; permission sets are strings. */

export function rawUser(user: User): JsonObject {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

/** Without `user`, as in resolved data; the caller adds it elsewhere. */
export function rawMemberAlone(member: Member): JsonObject {
  return {
    roles: [...member.roles],
    nick: null,
    avatar: null,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function rawMember(member: Member): JsonObject {
  return { ...rawMemberAlone(member), user: rawUser(member.user) };
}

export function rawRole(role: Role): JsonObject {
  return {
    id: role.id,
    name: role.name,
    color: role.colour,
    colors: { primary_color: role.colour, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: false,
    mentionable: role.mentionable,
    flags: 0,
  };
}

export function rawChannel(world: World, channel: Channel): JsonObject {
  if (channel.recipientId !== undefined) {
    const recipient = world.users.get(channel.recipientId);
    return {
      id: channel.id,
      type: channel.type,
      last_message_id: null,
      recipients: recipient === undefined ? [] : [rawUser(recipient)],
    };
  }
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId ?? null,
    name: channel.name,
    last_message_id: world.messages.get(channel.id)?.findLast((one) => one.onlyFor === undefined)?.id ?? null,
    rate_limit_per_user: 0,
    flags: channel.forum?.tagRequired ? 1 << 4 : 0,
  };
  if (channel.thread !== undefined) return { ...common, ...rawThread(channel) };
  return {
    ...common,
    position: channel.position,
    topic: channel.topic ?? null,
    nsfw: false,
    permission_overwrites: channel.overwrites.map((one) => ({
      id: one.id,
      type: one.type,
      allow: one.allow.toString(),
      deny: one.deny.toString(),
    })),
    ...(channel.forum === undefined
      ? {}
      : {
          available_tags: channel.forum.tags.map((tag) => ({
            ...tag,
            moderated: false,
            emoji_id: null,
            emoji_name: null,
          })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }),
  };
}

function rawThread(channel: Channel): JsonObject {
  const { thread } = channel;
  return {
    owner_id: thread?.ownerId,
    applied_tags: thread?.tags ?? [],
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived: thread?.archived ?? false,
      locked: thread?.locked ?? false,
      auto_archive_duration: thread?.autoArchiveMinutes ?? 1440,
      archive_timestamp: (thread?.createdAt ?? new Date(0)).toISOString(),
      create_timestamp: (thread?.createdAt ?? new Date(0)).toISOString(),
    },
  };
}

/** A channel as an interaction carries it: with the rights of the person and of the bot in it. */
export function rawChannelFor(world: World, channel: Channel, userId: string): JsonObject {
  return {
    ...rawChannel(world, channel),
    permissions: permissionsIn(world, channel, userId).toString(),
    app_permissions: permissionsIn(world, channel, world.bot.id).toString(),
  };
}

/** As in GUILD_CREATE: without the privileged members intent only the bot's own member is listed. */
export function rawGuild(world: World, guild: Guild): JsonObject {
  const channels = [...world.channels.values()].filter((one) => one.guildId === guild.id);
  const own = guild.members.get(world.bot.id);
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    region: 'local',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    nsfw_level: 0,
    features: ['COMMUNITY', 'NEWS'],
    emojis: [],
    stickers: [],
    roles: [...guild.roles.values()].map(rawRole),
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: own === undefined ? [] : [rawMember(own)],
    channels: channels.filter((one) => one.thread === undefined).map((one) => rawChannel(world, one)),
    threads: channels.filter((one) => one.thread?.archived === false).map((one) => rawChannel(world, one)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
