import { isObject, type JsonObject } from './json.ts';
import { rawChannel, rawChannelFor, rawMember, rawMemberAlone, rawRole, rawUser } from './payloads.ts';
import { permissionsIn } from './permissions.ts';
import type { SentOption } from './sent.ts';
import { leaves } from './sent.ts';
import { rawAttachment } from './uploads.ts';
import type { Channel, StoredFile, StoredMessage, World } from './world.ts';

/** Interaction types by Discord's numbers. */
export const Kind = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

export interface Asked {
  readonly id: string;
  readonly token: string;
  readonly kind: number;
  readonly userId: string;
  readonly channel: Channel;
  readonly data: JsonObject;
  readonly message?: StoredMessage | undefined;
}

/** The data of INTERACTION_CREATE. `channel.id` and `entitlements` are not decoration: discord.js reads them. */
export function interactionPayload(world: World, asked: Asked): JsonObject {
  const { channel, userId } = asked;
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  const user = world.users.get(userId);
  const person = user === undefined ? {} : rawUser(user);
  const rights = permissionsIn(world, channel, userId).toString();
  const inGuild =
    guild === undefined || member === undefined
      ? { user: person, context: 1, authorizing_integration_owners: { '0': '0' } }
      : {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: [] },
          guild_locale: guild.locale,
          member: { ...rawMember(member), permissions: rights },
          context: 0,
          authorizing_integration_owners: { '0': guild.id },
        };
  return {
    id: asked.id,
    application_id: world.bot.id,
    type: asked.kind,
    token: asked.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...rawChannel(world, channel), permissions: rights },
    app_permissions: permissionsIn(world, channel, world.bot.id).toString(),
    locale: member?.locale ?? 'en-GB',
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
    ...inGuild,
    data: asked.data,
    ...(asked.message === undefined ? {} : { message: asked.message.raw }),
  };
}

/** What ids in options, selects and forms stand for. `ids` says of which kind each may be. */
export function resolvedFor(
  world: World,
  channel: Channel,
  userId: string,
  ids: readonly { readonly id: string; readonly of: 'user' | 'channel' | 'role' | 'mentionable' }[],
  files: readonly StoredFile[] = [],
): JsonObject | undefined {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const found: Record<string, JsonObject> = {};
  const put = (key: string, id: string, value: JsonObject) => {
    found[key] = { ...found[key], [id]: value };
  };
  for (const { id, of } of ids) {
    const user = of === 'user' || of === 'mentionable' ? world.users.get(id) : undefined;
    if (user !== undefined) put('users', id, rawUser(user));
    const member = user === undefined ? undefined : guild?.members.get(id);
    if (member !== undefined) {
      put('members', id, { ...rawMemberAlone(member), permissions: permissionsIn(world, channel, id).toString() });
    }
    const role = of === 'role' || of === 'mentionable' ? guild?.roles.get(id) : undefined;
    if (role !== undefined) put('roles', id, rawRole(role));
    const target = of === 'channel' ? world.channels.get(id) : undefined;
    if (target !== undefined) put('channels', id, rawChannelFor(world, target, userId));
  }
  for (const file of files) put('attachments', file.id, rawAttachment(world, file));
  return Object.keys(found).length === 0 ? undefined : found;
}

const KIND_OF_OPTION: Readonly<Record<number, 'user' | 'channel' | 'role' | 'mentionable'>> = {
  6: 'user',
  7: 'channel',
  8: 'role',
  9: 'mentionable',
};

export function idsInOptions(
  options: readonly SentOption[],
): { id: string; of: 'user' | 'channel' | 'role' | 'mentionable' }[] {
  return leaves(options).flatMap(({ type, value }) => {
    const of = KIND_OF_OPTION[type];
    return of === undefined || typeof value !== 'string' ? [] : [{ id: value, of }];
  });
}

const KIND_OF_SELECT: Readonly<Record<number, 'user' | 'channel' | 'role' | 'mentionable'>> = {
  5: 'user',
  6: 'role',
  7: 'mentionable',
  8: 'channel',
};

/** Ids picked in a select of a message or in the filled-in parts of a form. */
export function idsInSelects(
  parts: readonly JsonObject[],
): { id: string; of: 'user' | 'channel' | 'role' | 'mentionable' }[] {
  return parts.flatMap((part) => {
    if (isObject(part['component'])) return idsInSelects([part['component']]);
    const of = KIND_OF_SELECT[Number(part['type'])];
    const values: readonly unknown[] = Array.isArray(part['values']) ? part['values'] : [];
    return of === undefined ? [] : values.map((id) => ({ id: String(id), of }));
  });
}
