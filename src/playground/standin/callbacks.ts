import { complaints } from './complaints.ts';
import { Kind } from './interaction-payload.ts';
import type { Interaction, Interactions } from './interactions.ts';
import { flagsOf, isObject, type JsonObject, objectsIn } from './json.ts';
import type { Messages } from './messages.ts';
import { rawUser } from './payloads.ts';
import { acknowledgedBefore, unknownInteraction, unknownMessage } from './problem.ts';
import type { Upload } from './uploads.ts';
import { checkAutocomplete } from './validate/choices.ts';
import { Flag } from './validate/message.ts';
import { checkModal } from './validate/modal.ts';
import { messageIn, type StoredMessage, type World } from './world.ts';

/** Callback types by Discord's numbers. */
export const Callback = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const ALLOWED: Readonly<Record<number, readonly number[]>> = {
  [Kind.command]: [4, 5, 9],
  [Kind.autocomplete]: [8],
  [Kind.component]: [4, 5, 6, 7, 9],
  [Kind.modal]: [4, 5],
};

export interface CallbackDeps {
  readonly world: World;
  readonly interactions: Interactions;
  readonly messages: Messages;
  readonly deadlineMs: number;
}

/**
 * The bot's first answer to an interaction: exactly one, and in time.
 * Throws 404/10062 when it is late, 400/40060 when it is the second, 400/50035 when it does not fit.
 * Returns the message that it made or changed, if any.
 */
export function acknowledge(
  deps: CallbackDeps,
  id: string,
  token: string,
  body: JsonObject,
  uploads: readonly Upload[],
): { interaction: Interaction; type: number; message: StoredMessage | undefined } {
  const interaction = deps.interactions.byId(id);
  if (interaction === undefined || interaction.token !== token) throw unknownInteraction();
  if (interaction.callbackType !== undefined) throw acknowledgedBefore();
  if (interaction.expired || deps.interactions.age(interaction) > deps.deadlineMs) throw unknownInteraction();
  const issues = complaints();
  const fromMessage = interaction.kind === Kind.modal && interaction.source !== undefined;
  const type = issues.choice(body, 'type', [], [...(ALLOWED[interaction.kind] ?? []), ...(fromMessage ? [6, 7] : [])]);
  const data = isObject(body['data']) ? body['data'] : {};
  const flags = flagsOf(data['flags']);
  if (type === Callback.deferred && (flags & ~Flag.ephemeral) !== 0) {
    issues.add(['data', 'flags'], 'BITFIELD_INVALID', 'A deferred reply takes only the EPHEMERAL flag');
  }
  if (type === Callback.choices) checkAutocomplete(issues, data, ['data'], interaction.optionType);
  if (type === Callback.modal) checkModal(issues, data, ['data']);
  issues.throwIfAny();
  const message = type === undefined ? undefined : answered(deps, interaction, type, data, uploads);
  interaction.callbackType = type;
  interaction.originalId = message?.id;
  settle(deps, interaction, type ?? 0, data);
  return { interaction, type: type ?? 0, message };
}

function answered(
  deps: CallbackDeps,
  interaction: Interaction,
  type: number,
  data: JsonObject,
  uploads: readonly Upload[],
): StoredMessage | undefined {
  const { world, messages } = deps;
  const input = { body: data, uploads, mentions: 'users', path: ['data'] } as const;
  if (type === Callback.message || type === Callback.deferred) {
    return respond(deps, interaction, data, uploads, type === Callback.deferred);
  }
  if (type !== Callback.deferredUpdate && type !== Callback.update) return undefined;
  const source = interaction.source;
  if (source === undefined || messageIn(world, source.channelId, source.id) === undefined) throw unknownMessage();
  if (type === Callback.update) messages.edit(source, input);
  return source;
}

/** Posts an answer or a follow-up in the interaction's channel. */
export function respond(
  { world, messages }: CallbackDeps,
  interaction: Interaction,
  data: JsonObject,
  uploads: readonly Upload[],
  loading = false,
): StoredMessage {
  const first =
    interaction.messageIds.length === 0 && interaction.kind === Kind.command && interaction.callbackType === undefined;
  const { line, userId } = interaction;
  const message = messages.post({
    channel: interaction.channel,
    authorId: world.bot.id,
    body: data,
    uploads,
    mentions: 'users',
    loading,
    path: interaction.callbackType === undefined ? ['data'] : [],
    onlyFor: (flagsOf(data['flags']) & Flag.ephemeral) === 0 ? undefined : userId,
    interactionId: interaction.id,
    ...(first && line !== undefined ? { invokedBy: { userId, line } } : {}),
    extra: { webhook_id: world.bot.id, ...metadata(world, interaction, first) },
  });
  interaction.messageIds.push(message.id);
  return message;
}

function metadata(world: World, interaction: Interaction, first: boolean): JsonObject {
  const user = world.users.get(interaction.userId);
  const person = user === undefined ? {} : rawUser(user);
  const type = interaction.data['type'] === 1 ? 20 : 23;
  return {
    interaction_metadata: {
      id: interaction.id,
      type: interaction.kind,
      user: person,
      authorizing_integration_owners: { '0': interaction.channel.guildId ?? '0' },
    },
    ...(first
      ? {
          type,
          interaction: { id: interaction.id, type: interaction.kind, name: interaction.data['name'], user: person },
        }
      : {}),
  };
}

function settle({ interactions }: CallbackDeps, interaction: Interaction, type: number, data: JsonObject): void {
  if (type === Callback.choices) {
    const choices = objectsIn(data['choices']).map(({ name, value }) => ({
      name: String(name),
      value: typeof value === 'number' ? value : String(value),
    }));
    interaction.settle({ kind: 'choices', choices });
  } else if (type === Callback.modal) {
    interaction.settle({ kind: 'modal', modalId: interactions.keepModal(interaction, data), modal: data });
  } else interaction.settle({ kind: 'acknowledged', callbackType: type });
}
