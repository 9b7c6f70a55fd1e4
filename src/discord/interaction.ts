import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { Values } from '../asking/args.ts';
import type { Asker } from '../asking/command.ts';

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
  | (Common & {
      readonly kind: 'button';
      readonly customId: string;
      /** The message is seen by one person only. */
      readonly ephemeral: boolean;
      /** Who asked for the message; null where nobody did (a digest). */
      readonly owner: string | null;
    });

const snowflake = z.string().regex(/^\d{1,20}$/);
const user = z.object({ id: snowflake });
const bits = z
  .string()
  .regex(/^\d{1,40}$/)
  .optional()
  .catch(undefined);

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

const envelope = z.object({
  id: snowflake,
  application_id: snowflake,
  token: z.string().min(1),
  type: z.enum(InteractionType).optional().catch(undefined),
  guild_id: snowflake.optional(),
  channel: z.object({ id: snowflake, type: z.number().optional().catch(undefined) }).optional(),
  channel_id: snowflake.optional(),
  member: z.object({ user, permissions: bits }).optional(),
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

/**
 * Reads an interaction as Discord sends it. Undefined for kinds that we do not answer; throws ZodError where Discord's
 * shape is not what it is documented to be.
 */
export function readInteraction(raw: unknown): Interaction | undefined {
  const read = envelope.parse(raw);
  const asking = read.member?.user.id ?? read.user?.id;
  if (asking === undefined) return undefined;
  const common: Common = {
    address: { id: read.id, application: read.application_id, token: read.token, createdAt: createdAt(read.id) },
    asker: { user: asking, guild: read.guild_id ?? null, channel: read.channel?.id ?? read.channel_id ?? '' },
    rights: {
      bot: BigInt(read.app_permissions ?? 0),
      person: BigInt(read.member?.permissions ?? 0),
      thread: THREADS.has(read.channel?.type ?? -1),
    },
  };
  const { type } = read;
  if (type === InteractionType.ApplicationCommand) return readCommand(common, read.data, false);
  if (type === InteractionType.ApplicationCommandAutocomplete) return readCommand(common, read.data, true);
  if (type !== InteractionType.MessageComponent) return undefined;
  const message = buttonMessage.parse(read.message);
  return {
    ...common,
    kind: 'button',
    customId: buttonData.parse(read.data).custom_id,
    ephemeral: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
    owner: message.interaction_metadata?.user.id ?? message.interaction?.user.id ?? null,
  };
}
