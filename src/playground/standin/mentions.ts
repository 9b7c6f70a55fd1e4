import { isObject, type JsonObject, textOf } from './json.ts';
import { effectiveIn, Permission } from './permissions.ts';
import { everyComponent, Part } from './validate/components.ts';
import type { Channel, World } from './world.ts';

/** Who is notified by a message. */
export interface Mentions {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

/** Without `allowed_mentions`: messages and their edits parse everything, interaction answers only users. */
export type MentionDefault = 'everything' | 'users';

/** The text in which mentions count: the content and every text display, never embeds. */
export function mentionableText(body: JsonObject): string {
  const displays = everyComponent(body['components']).filter((one) => one['type'] === Part.text);
  return [body['content'], ...displays.map((one) => one['content'])].map((text) => textOf(text) ?? '').join('\n');
}

/**
 * Whom the text notifies. Mentions inside code or behind a backslash count too: a test that proves that nobody is notified
 * should not depend on Discord's markdown parser.
 */
export function mentionsOf(
  world: World,
  channel: Channel,
  authorId: string,
  body: JsonObject,
  fallback: MentionDefault,
): Mentions {
  const text = mentionableText(body);
  const allows = allowance(body['allowed_mentions'], fallback);
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId);
  const mayMentionAll = (effectiveIn(world, channel, authorId) & Permission.mentionEveryone) !== 0n;
  const users = idsIn(text, /<@!?(\d{17,19})>/g).filter((id) => world.users.has(id) && allows.user(id));
  const roles = idsIn(text, /<@&(\d{17,19})>/g).filter((id) => {
    const role = guild?.roles.get(id);
    return role !== undefined && (role.mentionable || mayMentionAll) && allows.role(id);
  });
  return { users, roles, everyone: /@(everyone|here)/.test(text) && allows.everyone && mayMentionAll };
}

interface Allowance {
  user(id: string): boolean;
  role(id: string): boolean;
  readonly everyone: boolean;
}

function allowance(given: unknown, fallback: MentionDefault): Allowance {
  if (!isObject(given)) {
    const everything = fallback === 'everything';
    return { user: () => true, role: () => everything, everyone: everything };
  }
  const parse: readonly unknown[] = Array.isArray(given['parse']) ? given['parse'] : [];
  const listed = (key: string, id: string) => Array.isArray(given[key]) && given[key].includes(id);
  return {
    user: (id) => parse.includes('users') || listed('users', id),
    role: (id) => parse.includes('roles') || listed('roles', id),
    everyone: parse.includes('everyone'),
  };
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))];
}
