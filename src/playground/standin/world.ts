import type { JsonObject } from './json.ts';
import { type Snowflakes, snowflakes } from './snowflake.ts';

/** Channel types that the stand-in knows. */
export const ChannelKind = { text: 0, direct: 1, category: 4, announcement: 5, thread: 11, forum: 15 } as const;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly colour: number;
  readonly position: number;
  readonly mentionable: boolean;
}

export interface Member {
  readonly user: User;
  roles: string[];
  /** The client language of this person, as Discord sends it with an interaction. */
  locale: string;
}

/** `type` 0 is a role, 1 a member. */
export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Thread {
  readonly ownerId: string;
  archived: boolean;
  locked: boolean;
  readonly autoArchiveMinutes: number;
  readonly createdAt: Date;
  readonly tags: readonly string[];
}

export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly guildId?: string;
  readonly parentId?: string;
  name: string;
  readonly topic?: string;
  readonly position: number;
  readonly overwrites: Overwrite[];
  /** The person at the other end of a direct message channel. */
  readonly recipientId?: string;
  readonly thread?: Thread;
  /** Forum only: its tags and whether one is required. */
  readonly forum?: { readonly tags: readonly { id: string; name: string }[]; readonly tagRequired: boolean };
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly ownerId: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}

/** An uploaded file. `original` is the name it was uploaded under, `name` the one Discord would make of it. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly original: string;
  readonly data: Buffer;
  readonly contentType: string;
  readonly channelId: string;
  readonly description?: string;
}

export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Discord's message object as its author's application would get it. Replaced as a whole by an edit. */
  raw: JsonObject;
  files: readonly StoredFile[];
  /** Ephemeral: the only user who may see it. */
  readonly onlyFor?: string;
  /** The interaction that this message answers. */
  readonly interactionId?: string;
  /** The command line a person sent, shown above the reply. */
  readonly invokedBy?: { readonly userId: string; readonly line: string };
  /** A deferred reply that still shows "thinking". */
  loading: boolean;
}

export interface World {
  readonly bot: User;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly users: Map<string, User>;
  /** By channel, in the order in which they were sent. */
  readonly messages: Map<string, StoredMessage[]>;
  readonly files: Map<string, StoredFile>;
  readonly ids: Snowflakes;
  /** The world's clock: ids and timestamps. Deadlines and windows use `elapsed`. */
  readonly now: () => Date;
  /** Milliseconds that never jump, whatever happens to `now`. */
  readonly elapsed: () => number;
  /** `http://127.0.0.1:<port>`, for urls of attachments. */
  base: string;
}

export interface RoleSeed {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  readonly colour?: number;
  readonly mentionable?: boolean;
}

export interface ChannelSeed {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly topic?: string;
  readonly overwrites?: readonly Overwrite[];
  readonly tags?: readonly { id: string; name: string }[];
  readonly tagRequired?: boolean;
}

export interface MemberSeed {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly locale?: string;
}

/** `everyone` and `botPermissions` are the rights of @everyone and of the bot's own role. */
export interface GuildSeed {
  readonly id: string;
  readonly name: string;
  readonly locale?: string;
  readonly ownerId: string;
  readonly everyone: bigint;
  readonly botRoleId: string;
  readonly botPermissions: bigint;
  readonly roles: readonly RoleSeed[];
  readonly members: readonly MemberSeed[];
  readonly channels: readonly ChannelSeed[];
}

export interface WorldSeed {
  readonly bot: { readonly id: string; readonly name: string };
  readonly guilds: readonly GuildSeed[];
}

/** Builds the world a seed describes; nothing is shared with the seed, so it may be used again. */
export function buildWorld(seed: WorldSeed, now: () => Date, elapsed: () => number): World {
  const bot: User = { ...seed.bot, bot: true };
  const world: World = {
    bot,
    guilds: new Map(),
    channels: new Map(),
    users: new Map([[bot.id, bot]]),
    messages: new Map(),
    files: new Map(),
    ids: snowflakes(now),
    now,
    elapsed,
    base: '',
  };
  for (const guild of seed.guilds) addGuild(world, guild);
  return world;
}

function addGuild(world: World, seed: GuildSeed): void {
  const roles = new Map<string, Role>();
  const add = (role: RoleSeed) =>
    roles.set(role.id, {
      id: role.id,
      name: role.name,
      permissions: role.permissions,
      colour: role.colour ?? 0,
      position: roles.size,
      mentionable: role.mentionable ?? false,
    });
  add({ id: seed.id, name: '@everyone', permissions: seed.everyone });
  add({ id: seed.botRoleId, name: world.bot.name, permissions: seed.botPermissions });
  for (const role of seed.roles) add(role);
  const members = new Map<string, Member>();
  members.set(world.bot.id, { user: world.bot, roles: [seed.botRoleId], locale: 'en-GB' });
  for (const one of seed.members) {
    const user = world.users.get(one.id) ?? { id: one.id, name: one.name, bot: false };
    world.users.set(one.id, user);
    members.set(one.id, { user, roles: [...one.roles], locale: one.locale ?? 'en-GB' });
  }
  world.guilds.set(seed.id, {
    id: seed.id,
    name: seed.name,
    locale: seed.locale ?? 'en-GB',
    ownerId: seed.ownerId,
    roles,
    members,
  });
  for (const [position, one] of seed.channels.entries()) {
    world.channels.set(one.id, {
      id: one.id,
      type: one.type,
      guildId: seed.id,
      name: one.name,
      position,
      overwrites: (one.overwrites ?? []).map((overwrite) => ({ ...overwrite })),
      ...(one.topic === undefined ? {} : { topic: one.topic }),
      ...(one.type === ChannelKind.forum
        ? { forum: { tags: one.tags ?? [], tagRequired: one.tagRequired ?? false } }
        : {}),
    });
  }
}

/** A stored message, ephemeral ones included. */
export function messageIn(world: World, channelId: string, messageId: string): StoredMessage | undefined {
  return world.messages.get(channelId)?.find((one) => one.id === messageId);
}
