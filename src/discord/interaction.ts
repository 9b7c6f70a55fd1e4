import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { Values } from '../asking/args.ts';
import type { Asker, PickedChannel, Target } from '../asking/command.ts';
import { clean } from './escape.ts';
import { readSubmitted, type Submitted } from './submitted.ts';
import { readTarget } from './target.ts';

/** Where an answer goes. */
export interface Address {
  readonly id: string;
  readonly application: string;
  readonly token: string;
  /** When Discord made the interaction, ms since 1970, on Discord's clock. */
  readonly createdAt: number;
}

/** What may be done in the channel, as Discord resolved it for this interaction: bits of PermissionFlagsBits. */
export interface Rights {
  readonly bot: bigint;
  readonly person: bigint;
  /** In a thread another permission lets one send. */
  readonly thread: boolean;
}

interface Common {
  readonly address: Address;
  readonly asker: Asker;
  readonly rights: Rights;
}

/** A message of ours whose button was pressed, or from whose button a form was opened. */
export interface Source {
  /** It is seen by one person only. */
  readonly ephemeral: boolean;
  /** Who asked for it; null where nobody did (a digest). */
  readonly owner: string | null;
}

/** An interaction that we answer, as far as we read it. */
export type Interaction =
  | (Common & { readonly kind: 'command'; readonly path: string; readonly values: Values })
  | (Common & {
      readonly kind: 'complete';
      readonly path: string;
      readonly values: Values;
      /** The option being typed, and what is typed so far. */
      readonly focused: string;
      readonly typed: string;
    })
  | (Common & Source & { readonly kind: 'button'; readonly customId: string })
  | (Common & { readonly kind: 'menu'; readonly path: string; readonly target: Target })
  | (Common & {
      readonly kind: 'form';
      readonly customId: string;
      readonly submitted: Submitted;
      /** Absent where a command opened the form. */
      readonly from?: Source;
    });

const snowflake = z.string().regex(/^\d{1,20}$/);
const user = z.object({ id: snowflake });
const bits = z
  .string()
  .regex(/^\d{1,40}$/)
  .optional()
  .catch(undefined);

const picked = z.object({
  resolved: z.object({
    channels: z.record(
      snowflake,
      z.object({ name: z.string().optional(), type: z.number(), permissions: bits, app_permissions: bits }),
    ),
  }),
});

/** Channels that were picked in options or in a form. None where Discord names none, or not as it is documented. */
function readPicked(data: unknown): ReadonlyMap<string, PickedChannel> | undefined {
  // Most interactions name none, and to find that out by a failure is dear.
  if (typeof data !== 'object' || data === null || !('resolved' in data)) return undefined;
  const read = picked.safeParse(data);
  if (!read.success) return undefined;
  const channels = Object.entries(read.data.resolved.channels);
  return new Map(
    channels.map(([id, { name = '', type, permissions, app_permissions: own }]) => [
      id,
      { name: clean(name), type, person: BigInt(permissions ?? 0), bot: BigInt(own ?? 0) },
    ]),
  );
}

const value = z.union([z.string(), z.number(), z.boolean()]);
const leafOption = z.object({
  name: z.string(),
  type: z.enum(ApplicationCommandOptionType),
  value: value.optional(),
  focused: z.boolean().optional(),
});
const option = leafOption.extend({
  options: z.array(leafOption.extend({ options: z.array(leafOption).optional() })).optional(),
});

/** An app that a person brought along acts in a server of which the bot is no member. */
const INSTALLED_TO_SERVER = '0';

const envelope = z.object({
  id: snowflake,
  application_id: snowflake,
  token: z.string().min(1),
  type: z.enum(InteractionType).optional().catch(undefined),
  guild_id: snowflake.optional(),
  channel: z.object({ id: snowflake, type: z.number().optional().catch(undefined) }).optional(),
  channel_id: snowflake.optional(),
  member: z.object({ user, permissions: bits, roles: z.array(snowflake).optional().catch(undefined) }).optional(),
  authorizing_integration_owners: z
    .object({ [INSTALLED_TO_SERVER]: z.string().optional() })
    .optional()
    .catch(undefined),
  app_permissions: bits,
  user: user.optional(),
  data: z.unknown().optional(),
  message: z.unknown().optional(),
});

const commandData = z.object({
  name: z.string(),
  type: z.enum(ApplicationCommandType).optional(),
  options: z.array(option).optional(),
});
const buttonData = z.object({ custom_id: z.string() });
const buttonMessage = z.object({
  flags: z.number().optional(),
  interaction_metadata: z.object({ user }).nullish(),
  interaction: z.object({ user }).nullish(),
});

type LeafOption = z.infer<typeof leafOption> & { options?: LeafOption[] | undefined };

const THREADS: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

const DISCORD_EPOCH = 1_420_070_400_000n;
const createdAt = (id: string): number => Number((BigInt(id) >> 22n) + DISCORD_EPOCH);

function unfold(name: string, options: readonly LeafOption[]): { path: string; options: readonly LeafOption[] } {
  const [only] = options;
  const nested =
    only?.type === ApplicationCommandOptionType.Subcommand ||
    only?.type === ApplicationCommandOptionType.SubcommandGroup;
  return nested ? unfold(`${name} ${only.name}`, only.options ?? []) : { path: name, options };
}

function readCommand(common: Common, data: unknown, completing: boolean): Interaction | undefined {
  const { name, type = ApplicationCommandType.ChatInput, options: top = [] } = commandData.parse(data);
  if (type === ApplicationCommandType.Message) {
    const target = readTarget(data, common.asker.guild);
    return target && { ...common, kind: 'menu', path: name, target };
  }
  if (type !== ApplicationCommandType.ChatInput) return undefined;
  const { path, options } = unfold(name, top);
  const focused = options.find((one) => one.focused === true);
  const values = Object.fromEntries(
    options.flatMap((one) => (one.value === undefined || one === focused ? [] : [[one.name, one.value] as const])),
  );
  if (!completing) return { ...common, kind: 'command', path, values };
  if (focused === undefined) return undefined;
  return { ...common, kind: 'complete', path, values, focused: focused.name, typed: String(focused.value ?? '') };
}

function readAsker(read: z.infer<typeof envelope>, asking: string, permissions: bigint): Asker {
  const { guild_id: guild = null, member, authorizing_integration_owners: owners = {} } = read;
  const manages = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;
  return {
    user: asking,
    guild,
    channel: read.channel?.id ?? read.channel_id ?? '',
    ...(member?.roles && { roles: member.roles }),
    manages: guild !== null && (permissions & manages) !== 0n,
    installed: guild !== null && owners[INSTALLED_TO_SERVER] === guild,
    key: read.id,
  };
}

function readSource(raw: unknown): Source {
  const { flags = 0, interaction_metadata: asked, interaction: before } = buttonMessage.parse(raw);
  return {
    ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
    owner: asked?.user.id ?? before?.user.id ?? null,
  };
}

/**
 * Reads an interaction as Discord sends it. Undefined for kinds that we do not answer; throws ZodError where Discord's
 * shape is not what it is documented to be.
 */
export function readInteraction(raw: unknown): Interaction | undefined {
  const read = envelope.parse(raw);
  const asking = read.member?.user.id ?? read.user?.id;
  if (asking === undefined) return undefined;
  const person = BigInt(read.member?.permissions ?? 0);
  const channels = readPicked(read.data);
  const common: Common = {
    address: { id: read.id, application: read.application_id, token: read.token, createdAt: createdAt(read.id) },
    asker: { ...readAsker(read, asking, person), ...(channels && { picked: channels }) },
    rights: { bot: BigInt(read.app_permissions ?? 0), person, thread: THREADS.has(read.channel?.type ?? -1) },
  };
  switch (read.type) {
    case InteractionType.ApplicationCommand:
      return readCommand(common, read.data, false);
    case InteractionType.ApplicationCommandAutocomplete:
      return readCommand(common, read.data, true);
    case InteractionType.MessageComponent: {
      const { custom_id: customId } = buttonData.parse(read.data);
      return { ...common, kind: 'button', customId, ...readSource(read.message) };
    }
    case InteractionType.ModalSubmit: {
      const { customId, ...submitted } = readSubmitted(read.data);
      const from = read.message == null ? {} : { from: readSource(read.message) };
      return { ...common, kind: 'form', customId, submitted, ...from };
    }
    default:
      return undefined;
  }
}
