import { CHANNEL_IDS, PERSONA_IDS, ROLE_IDS } from '../../../src/playground/cast.ts';
import { asText, isObject, type JsonObject, objectsIn } from '../../../src/playground/standin/json.ts';
import type { SentOption } from '../../../src/playground/standin/sent.ts';
import { everyComponent } from '../../../src/playground/standin/validate/components.ts';
import type { World } from '../../../src/playground/standin/world.ts';

export type Who = keyof typeof PERSONA_IDS | (string & {});
export type Where = keyof typeof CHANNEL_IDS | (string & {});
export type Value = string | number | boolean;

/** A persona's key ("editor"), a name ("Rana", "@Rana") or an id. */
export function userId(world: World, who: Who): string {
  const name = who.replace(/^@/, '');
  const known: Readonly<Record<string, string>> = PERSONA_IDS;
  const found = known[name] ?? [...world.users.values()].find((one) => one.id === name || one.name === name)?.id;
  if (found === undefined) throw new Error(`The bench knows nobody called "${who}".`);
  return found;
}

/** A channel's key ("newsroom"), its name ("#daily-digest") or an id. */
export function channelId(world: World, where: Where): string {
  const name = where.replace(/^#/, '');
  const known: Readonly<Record<string, string>> = CHANNEL_IDS;
  const found = known[name] ?? [...world.channels.values()].find((one) => one.id === name || one.name === name)?.id;
  if (found === undefined) throw new Error(`The bench knows no channel called "${where}".`);
  return found;
}

function roleId(world: World, name: string): string {
  const known: Readonly<Record<string, string>> = ROLE_IDS;
  const roles = [...world.guilds.values()].flatMap((guild) => [...guild.roles.values()]);
  const bare = name.replace(/^@/, '');
  const found = known[bare] ?? roles.find((one) => one.id === bare || one.name === bare)?.id;
  if (found === undefined) throw new Error(`The bench knows no role called "${name}".`);
  return found;
}

export interface Asked {
  readonly command: JsonObject;
  readonly options: readonly SentOption[];
}

/** Finds "digest create" among the registered commands and fills in its options by name. */
export function filledIn(
  world: World,
  commands: readonly JsonObject[],
  path: string,
  values: Readonly<Record<string, Value>>,
  focused?: string,
): Asked {
  const { command, level, words } = reached(commands, path);
  const known = objectsIn(level['options']);
  const filled = Object.entries(values).map(([name, value]): SentOption => {
    const option = known.find((one) => one['name'] === name);
    if (option === undefined) throw new Error(`${path} has no option "${name}" (it has ${namesOf(known)}).`);
    const type = Number(option['type']);
    // What is still being typed is text, whatever it will become.
    const converted = name === focused ? value : convert(world, type, value);
    return { name, type, value: converted, ...(name === focused ? { focused: true } : {}) };
  });
  let options: readonly SentOption[] = filled;
  for (const [type, name] of words.toReversed()) options = [{ type, name, options }];
  return { command, options };
}

/** Takes "/digest create channel:#daily-digest at:08:00" apart; a value runs up to the next option of the command. */
export function takenApart(
  commands: readonly JsonObject[],
  line: string,
): { path: string; values: Record<string, string> } {
  const text = line.replace(/^\//, '');
  const words = text.split(' ');
  const path = words
    .slice(
      0,
      Math.max(
        words.findIndex((word) => word.includes(':')),
        0,
      ) || words.length,
    )
    .join(' ');
  const names = objectsIn(reached(commands, path).level['options']).map((one) => asText(one['name']));
  const rest = ` ${text.slice(path.length).trim()}`;
  const starts = names
    .map((name) => ({ name, at: rest.indexOf(` ${name}:`) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  if (rest.trim() !== '' && starts[0]?.at !== 0) {
    throw new Error(`"${line}": ${path} has no option "${rest.trim().split(':')[0]}" (it has ${names.join(', ')}).`);
  }
  const values: Record<string, string> = {};
  for (const [index, { name, at }] of starts.entries()) {
    values[name] = rest.slice(at + name.length + 2, starts[index + 1]?.at ?? rest.length).trim();
  }
  return { path, values };
}

function reached(commands: readonly JsonObject[], path: string) {
  const [first, ...more] = path.replace(/^\//, '').split(' ');
  const command = commands.find((one) => one['name'] === first) ?? commands.find((one) => one['name'] === path);
  if (command === undefined) throw new Error(`No command "${path}" is registered (there is ${namesOf(commands)}).`);
  let level = command;
  const words: [number, string][] = [];
  for (const word of command['name'] === path ? [] : more) {
    const next = objectsIn(level['options']).find((one) => one['name'] === word && Number(one['type']) <= 2);
    if (next === undefined)
      throw new Error(`"${path}": there is no "${word}" (there is ${namesOf(objectsIn(level['options']))}).`);
    words.push([Number(next['type']), word]);
    level = next;
  }
  return { command, level, words };
}

function namesOf(list: readonly JsonObject[]): string {
  return list.map((one) => asText(one['name'])).join(', ');
}

function convert(world: World, type: number, value: Value): Value {
  if (type === 4 || type === 10) return Number(value);
  if (type === 5) return value === true || value === 'true';
  if (type === 6) return userId(world, String(value));
  if (type === 7) return channelId(world, String(value));
  if (type === 8) return roleId(world, String(value));
  return String(value);
}

/** Everything of a message that a person can read, one piece per line. */
export function readable(message: JsonObject): string {
  const lines: unknown[] = [message['content']];
  for (const embed of objectsIn(message['embeds'])) {
    lines.push(isObject(embed['author']) ? embed['author']['name'] : undefined, embed['title'], embed['description']);
    for (const field of objectsIn(embed['fields'])) lines.push(field['name'], field['value']);
    lines.push(isObject(embed['footer']) ? embed['footer']['text'] : undefined);
  }
  for (const part of everyComponent(message['components']))
    lines.push(part['content'], part['label'], part['placeholder']);
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n');
}

/** The button, select or input with that custom_id, label or placeholder. */
export function componentOf(message: JsonObject, which: string): JsonObject {
  const parts = everyComponent(message['components']).filter((one) => one['custom_id'] !== undefined);
  const found =
    parts.find((one) => one['custom_id'] === which) ??
    parts.find((one) => one['label'] === which || one['placeholder'] === which);
  if (found !== undefined) return found;
  const there = parts.map((one) => `${asText(one['label'] ?? one['placeholder'] ?? '')} (${asText(one['custom_id'])})`);
  throw new Error(`The message has no component "${which}"; it has ${there.join(', ') || 'none'}.`);
}
