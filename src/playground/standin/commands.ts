import { asText, isObject, type JsonObject, objectsIn } from './json.ts';
import { permissionsIn } from './permissions.ts';
import { checkCommands } from './validate/commands.ts';
import type { Channel, World } from './world.ts';

/** The registered application commands of each scope: `undefined` is global, else a guild id. */
export interface Commands {
  list(scope: string | undefined): readonly JsonObject[];
  /** Bulk overwrite. A command with the name and type of an old one keeps its id. Throws 400/50035. */
  overwrite(scope: string | undefined, given: readonly JsonObject[]): readonly JsonObject[];
  find(id: string): JsonObject | undefined;
  /** What a guild's members can use: its own commands and the global ones. */
  inGuild(guildId: string): readonly JsonObject[];
  /** Whether `default_member_permissions` lets the user see this command in that channel. */
  offered(command: JsonObject, channel: Channel, userId: string): boolean;
}

export function commands(world: World, onChange: () => void): Commands {
  const scopes = new Map<string, readonly JsonObject[]>();
  const list = (scope: string | undefined) => scopes.get(scope ?? 'global') ?? [];
  return {
    list,
    overwrite(scope, given) {
      checkCommands(given);
      const old = list(scope);
      const made = given.map((one) => {
        const type = one['type'] ?? 1;
        const known = old.find((command) => command['name'] === one['name'] && command['type'] === type);
        return registered(world, scope, { ...one, type }, known);
      });
      scopes.set(scope ?? 'global', made);
      onChange();
      return made;
    },
    find: (id) => [...scopes.values()].flat().find((one) => one['id'] === id),
    inGuild: (guildId) => [...list(guildId), ...list(undefined)],
    offered(command, channel, userId) {
      const needed = command['default_member_permissions'];
      if (typeof needed !== 'string' || channel.guildId === undefined) return true;
      const has = permissionsIn(world, channel, userId);
      return (has & (1n << 3n)) !== 0n || (needed !== '0' && (has & BigInt(needed)) === BigInt(needed));
    },
  };
}

function registered(
  world: World,
  scope: string | undefined,
  one: JsonObject,
  known: JsonObject | undefined,
): JsonObject {
  const rights = one['default_member_permissions'];
  const made: JsonObject = {
    application_id: world.bot.id,
    ...(scope === undefined ? { dm_permission: true, contexts: one['contexts'] ?? null } : { guild_id: scope }),
    type: one['type'],
    name: one['name'],
    name_localizations: one['name_localizations'] ?? null,
    description: one['description'] ?? '',
    description_localizations: one['description_localizations'] ?? null,
    default_member_permissions: rights === undefined || rights === null ? null : asText(rights),
    integration_types: one['integration_types'] ?? [0],
    nsfw: one['nsfw'] ?? false,
    ...(one['options'] === undefined ? {} : { options: structuredClone(objectsIn(one['options'])) }),
  };
  const same =
    known !== undefined &&
    JSON.stringify({ ...known, id: 0, version: 0 }) === JSON.stringify({ id: 0, version: 0, ...made });
  return { id: known?.['id'] ?? world.ids.next(), version: same ? known['version'] : world.ids.next(), ...made };
}

/** Without `with_localizations` a listing hides the translations. */
export function withoutLocalisations(command: JsonObject): JsonObject {
  const { name_localizations: _name, description_localizations: _description, ...rest } = command;
  const strip = (value: unknown) => objectsIn(value).map(withoutLocalisations);
  if (isObject(rest)) {
    if (rest['options'] !== undefined) rest['options'] = strip(rest['options']);
    if (rest['choices'] !== undefined) rest['choices'] = strip(rest['choices']);
  }
  return rest;
}
