import { DiscordAPIError, type REST } from 'discord.js';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { Command } from '../asking/command.ts';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';

type Payload = Command<unknown>['payload'];

/** What Discord gives back of a command, as far as it is used here. */
const registered = z.array(z.looseObject({ id: z.string(), name: z.string(), type: z.number().optional() }));

const CHAT_INPUT: number = ApplicationCommandType.ChatInput;

/**
 * A command as it is sent: for servers and for direct messages with the bot, installed to servers. Digests and desks
 * belong to servers, and an app that is installed to users only may send five follow-ups per question.
 */
export function withScope(payload: Payload): Payload {
  return {
    type: ApplicationCommandType.ChatInput,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    ...payload,
  };
}

/** Fields that Discord adds, or that say where the same is said by another. */
const GIVEN = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'dm_permission',
  'default_permission',
  'handler',
]);
const SETS = new Set(['contexts', 'integration_types', 'channel_types']);

/** The same text for the same command, whether we wrote it or Discord gave it back with its defaults. */
export function canonical(command: object): string {
  const tidy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(tidy);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value)
      .filter(
        ([key, field]) => !GIVEN.has(key) && field !== null && field !== undefined && field !== false && field !== '',
      )
      .map(([key, field]): [string, unknown] => [
        key,
        SETS.has(key) && Array.isArray(field) ? field.toSorted((a, b) => Number(a) - Number(b)) : tidy(field),
      ])
      .filter(([, field]) => !(Array.isArray(field) && field.length === 0))
      .filter(([, field]) => typeof field !== 'object' || field === null || Object.keys(field).length > 0);
    return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(tidy({ type: ApplicationCommandType.ChatInput, ...command }));
}

function sameCommands(ours: readonly object[], theirs: readonly object[]): boolean {
  const known = new Set(theirs.map(canonical));
  return ours.length === theirs.length && ours.every((command) => known.has(canonical(command)));
}

const complaints = z.object({ _errors: z.tuple([z.object({ message: z.string() })], z.unknown()) });

/** The first complaint of Discord's tree of form errors: "0.options.1.name: must be …". */
function firstComplaint(errors: unknown, at: readonly string[] = []): string | undefined {
  if (typeof errors !== 'object' || errors === null) return undefined;
  const own = complaints.safeParse(errors);
  if (own.success) return `${at.join('.')}: ${own.data['_errors'][0].message}`;
  for (const [key, inner] of Object.entries(errors)) {
    const found = firstComplaint(inner, [...at, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refusal(thrown: unknown): unknown {
  if (!(thrown instanceof DiscordAPIError)) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return new UserError(`The commands could not be registered with Discord: ${why}.`, 'Try again later.');
  }
  if (thrown.status === 401)
    return new UserError('Discord refused the token (401).', 'Check DISCORD_TOKEN: copy it again from the Bot page.');
  const complaint = 'errors' in thrown.rawError ? firstComplaint(thrown.rawError.errors) : undefined;
  return new UserError(
    `Discord refused the commands (${thrown.code}): ${complaint ?? thrown.message}`,
    'The commands registered before are still in place.',
  );
}

export interface DeployOptions {
  readonly rest: Pick<REST, 'get' | 'put'>;
  readonly applicationId: string;
  readonly commands: readonly Pick<Command<never>, 'payload'>[];
  readonly log: Log;
}

/**
 * Registers the list globally if it is not the one that is registered already; a new list replaces the whole old one.
 * Gives the ids of the slash commands by name, for mentions. Rejects with UserError.
 */
export async function deployCommands({
  rest,
  applicationId,
  commands,
  log,
}: DeployOptions): Promise<ReadonlyMap<string, string>> {
  const route = Routes.applicationCommands(applicationId);
  const wanted = commands.map(({ payload }) => withScope(payload));
  try {
    const query = new URLSearchParams({ with_localizations: 'true' });
    let there = registered.parse(await rest.get(route, { query }));
    if (sameCommands(wanted, there)) log.info({ commands: there.length }, 'The commands are registered already');
    else {
      there = registered.parse(await rest.put(route, { body: wanted }));
      log.info({ commands: there.length }, 'The commands were registered');
    }
    // A command in a menu cannot be mentioned, and may have the name of one that can.
    const typed = there.filter(({ type = CHAT_INPUT }) => type === CHAT_INPUT);
    return new Map(typed.map(({ name, id }) => [name, id]));
  } catch (thrown) {
    throw refusal(thrown);
  }
}
