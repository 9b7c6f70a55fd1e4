import type { Commands } from './commands.ts';
import { idsInOptions, idsInSelects, Kind, resolvedFor } from './interaction-payload.ts';
import { asText, type JsonObject, textOf } from './json.ts';
import { rawMemberAlone, rawUser } from './payloads.ts';
import {
  checkComponentUsed,
  checkOptionsSent,
  checkThings,
  commandLine,
  filledModal,
  ImpossibleInput,
  leaves,
  type SentOption,
} from './sent.ts';
import { storeFile } from './uploads.ts';
import { type Channel, messageIn, type StoredFile, type StoredMessage, type World } from './world.ts';

export interface SentUpload {
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
}

/** What arrives instead of what Discord would send: how a forger, another server or another installation looks. */
export type Tamper = (payload: JsonObject) => JsonObject;

interface Asking {
  readonly userId: string;
  readonly channelId: string;
  readonly tamper?: Tamper;
}

/** What a person does: use a command, type in an option, press or pick, submit a form. */
export type InteractionRequest = Asking &
  (
    | {
        readonly kind: 'command' | 'autocomplete';
        readonly commandId: string;
        readonly options: readonly SentOption[];
        /** Message or user of a context-menu command. */
        readonly targetId?: string;
        /** By the value of the attachment option. */
        readonly files?: Readonly<Record<string, SentUpload>>;
        /** Send it although `default_member_permissions` hides the command from this person. */
        readonly evenIfHidden?: boolean;
      }
    | {
        readonly kind: 'component';
        readonly messageId: string;
        readonly customId: string;
        readonly values?: readonly string[];
      }
    | {
        readonly kind: 'modal.submit';
        readonly modalId: string;
        readonly values: Readonly<Record<string, string | readonly string[]>>;
        /** Files of upload fields: the field's values are keys here. */
        readonly files?: Readonly<Record<string, SentUpload>>;
      }
  );

/** A form that the bot showed to somebody. */
export interface ModalShown {
  readonly modal: JsonObject;
  readonly source: StoredMessage | undefined;
  readonly userId: string;
}

/** What is known of an interaction before it is sent: Discord's type and data, and what answering it will need. */
export interface Prepared {
  readonly kind: number;
  readonly data: JsonObject;
  /** The message of the component, or of the component that opened the form. */
  readonly source: StoredMessage | undefined;
  /** The command line, for display. */
  readonly line: string | undefined;
  /** Type of the option that is being completed. */
  readonly optionType: number;
}

interface Preparing<T> {
  readonly world: World;
  readonly commands: Commands;
  readonly request: T;
  readonly channel: Channel;
}

type CommandRequest = InteractionRequest & { kind: 'command' | 'autocomplete' };

/** Turns what a person does into an interaction. Throws ImpossibleInput for what Discord's client would not send. */
export function prepare(given: Preparing<InteractionRequest> & { shown: ModalShown | undefined }): Prepared {
  const { request } = given;
  if (request.kind === 'component') return prepareComponent({ ...given, request });
  if (request.kind === 'modal.submit') return prepareModal({ ...given, request }, given.shown);
  return prepareCommand({ ...given, request });
}

function prepareCommand({ world, commands, request, channel }: Preparing<CommandRequest>): Prepared {
  const completing = request.kind === 'autocomplete';
  const command = commands.find(request.commandId);
  if (command === undefined) throw new ImpossibleInput(`No command with id ${request.commandId} is registered`);
  if (request.evenIfHidden !== true && !commands.offered(command, channel, request.userId)) {
    throw new ImpossibleInput('You do not have permission to use this command here.');
  }
  checkOptionsSent(command, request.options, completing);
  const files = storeAll(world, channel, request.files);
  const options = withFiles(request.options, files);
  const resolved = {
    ...resolvedFor(world, channel, request.userId, idsInOptions(options), [...files.values()]),
    ...targetOf(world, request, command),
  };
  return {
    kind: completing ? Kind.autocomplete : Kind.command,
    source: undefined,
    line: completing ? undefined : commandLine(command, request.options),
    optionType: leaves(options).find((one) => one.focused === true)?.type ?? 3,
    data: {
      id: command['id'],
      name: command['name'],
      type: command['type'],
      ...(command['guild_id'] === undefined ? {} : { guild_id: command['guild_id'] }),
      ...(options.length === 0 ? {} : { options: [...options] }),
      ...(request.targetId === undefined ? {} : { target_id: request.targetId }),
      ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
    },
  };
}

/** Context-menu commands always come with their target, whole: even the content of a stranger's message. */
function targetOf(world: World, request: CommandRequest, command: JsonObject): JsonObject {
  const { targetId } = request;
  if (command['type'] === 3) {
    const message = targetId === undefined ? undefined : messageIn(world, request.channelId, targetId);
    // What only one person sees has no menu.
    if (message === undefined || message.onlyFor !== undefined)
      throw new ImpossibleInput(`${asText(command['name'])} needs a message of this channel`);
    return { messages: { [message.id]: message.raw } };
  }
  if (command['type'] !== 2) return {};
  const user = world.users.get(targetId ?? '');
  if (user === undefined) throw new ImpossibleInput(`${asText(command['name'])} needs a user`);
  const guildId = world.channels.get(request.channelId)?.guildId ?? '';
  const member = world.guilds.get(guildId)?.members.get(user.id);
  return {
    users: { [user.id]: rawUser(user) },
    ...(member === undefined ? {} : { members: { [user.id]: rawMemberAlone(member) } }),
  };
}

function prepareComponent({
  world,
  request,
  channel,
}: Preparing<InteractionRequest & { kind: 'component' }>): Prepared {
  const message = messageIn(world, request.channelId, request.messageId);
  const visible = message !== undefined && (message.onlyFor === undefined || message.onlyFor === request.userId);
  if (!visible) throw new ImpossibleInput(`There is no message ${request.messageId} that this person can see`);
  const used = checkComponentUsed(message.raw, request.customId, request.values);
  const select = used['type'] !== 2;
  const ids = select ? idsInSelects([{ type: used['type'], values: request.values ?? [] }]) : [];
  const resolved = resolvedFor(world, channel, request.userId, ids);
  return {
    kind: Kind.component,
    source: message,
    line: undefined,
    optionType: 3,
    data: {
      id: used['id'],
      custom_id: request.customId,
      component_type: used['type'],
      ...(select ? { values: [...(request.values ?? [])] } : {}),
      ...(resolved === undefined ? {} : { resolved }),
    },
  };
}

function prepareModal(
  { world, request, channel }: Preparing<InteractionRequest & { kind: 'modal.submit' }>,
  shown: ModalShown | undefined,
): Prepared {
  if (shown === undefined || shown.userId !== request.userId)
    throw new ImpossibleInput('This form is not open any more');
  const files = storeAll(world, channel, request.files);
  const values = Object.entries(request.values).map(([field, given]) => [
    field,
    typeof given === 'string' ? given : given.map((one) => files.get(one)?.id ?? one),
  ]);
  const components = filledModal(shown.modal, Object.fromEntries(values));
  const ids = idsInSelects(components);
  const resolved = resolvedFor(world, channel, request.userId, ids, [...files.values()]);
  checkThings(shown.modal, components, resolved ?? {});
  return {
    kind: Kind.modal,
    source: shown.source,
    line: undefined,
    optionType: 3,
    data: {
      custom_id: textOf(shown.modal['custom_id']),
      components,
      ...(resolved === undefined ? {} : { resolved }),
    },
  };
}

function storeAll(
  world: World,
  channel: Channel,
  uploads: Readonly<Record<string, SentUpload>> = {},
): ReadonlyMap<string, StoredFile> {
  return new Map(Object.entries(uploads).map(([key, upload]) => [key, storeFile(world, channel.id, upload)]));
}

/** An attachment option carries the id of the stored file. */
function withFiles(options: readonly SentOption[], files: ReadonlyMap<string, StoredFile>): SentOption[] {
  return options.map((one) => {
    if (one.options !== undefined) return { ...one, options: withFiles(one.options, files) };
    const file = one.type === 11 ? files.get(String(one.value)) : undefined;
    if (one.type === 11 && file === undefined) throw new ImpossibleInput(`The file of "${one.name}" is missing`);
    return file === undefined ? one : { ...one, value: file.id };
  });
}
