import type { Path } from './complaints.ts';
import type { Events } from './events.ts';
import { type Gateway, Intent } from './gateway.ts';
import { flagsOf, isObject, type JsonObject, textOf } from './json.ts';
import { type MentionDefault, mentionsOf } from './mentions.ts';
import { rawUser } from './payloads.ts';
import { unknownMessage } from './problem.ts';
import { looseFiles, renderedComponents, renderedEmbeds } from './render.ts';
import { keptFiles, namesOf, rawAttachment, storeUploads, type Upload } from './uploads.ts';
import { checkMessage, Flag, isV2 } from './validate/message.ts';
import { type Channel, ChannelKind, messageIn, type StoredFile, type StoredMessage, type World } from './world.ts';

/** A message body with the files that came with it. */
export interface MessageInput {
  readonly body: JsonObject;
  readonly uploads: readonly Upload[];
  readonly mentions: MentionDefault;
  /** Where the body lies in the request, for the tree of errors. */
  readonly path?: Path;
}

export interface NewMessage extends MessageInput {
  readonly channel: Channel;
  readonly authorId: string;
  readonly onlyFor?: string | undefined;
  readonly interactionId?: string | undefined;
  readonly invokedBy?: StoredMessage['invokedBy'];
  /** Fields that only the stand-in sets: type, interaction metadata, webhook id. */
  readonly extra?: JsonObject;
  /** A deferred reply: no body yet. */
  readonly loading?: boolean;
  /** Thread starters of text channels take the id of their thread. */
  readonly id?: string;
}

/** Keeps messages as Discord would: validates, counts mentions, resolves files, tells page and gateway. */
export interface Messages {
  post(message: NewMessage): StoredMessage;
  edit(message: StoredMessage, input: MessageInput): StoredMessage;
  /** Changes fields without the rules for bodies (flags of a crosspost, the thread of a message). */
  amend(message: StoredMessage, fields: JsonObject): void;
  remove(message: StoredMessage): void;
  /** The message as the bot may read it: foreign content is blank without the message-content intent. */
  seenByBot(message: StoredMessage): JsonObject;
}

export interface MessagesOptions {
  readonly world: World;
  readonly gateway: Gateway;
  readonly events: Events;
  readonly messageContent: boolean;
}

export function messages({ world, gateway, events, messageContent }: MessagesOptions): Messages {
  const seenByBot = (message: StoredMessage): JsonObject => {
    const { raw } = message;
    const mentioned =
      Array.isArray(raw['mentions']) && raw['mentions'].some((one) => isObject(one) && one['id'] === world.bot.id);
    const direct = world.channels.get(message.channelId)?.type === ChannelKind.direct;
    if (messageContent || message.authorId === world.bot.id || mentioned || direct) return raw;
    return { ...raw, content: '', embeds: [], attachments: [], components: [] };
  };
  const tellGateway = (type: string, message: StoredMessage, data: JsonObject) => {
    if (message.onlyFor !== undefined && world.channels.get(message.channelId)?.type !== ChannelKind.direct) return;
    const guildId = world.channels.get(message.channelId)?.guildId;
    const intent = guildId === undefined ? Intent.directMessages : Intent.guildMessages;
    gateway.dispatch(type, guildId === undefined ? data : { ...data, guild_id: guildId }, { guildId, intent });
  };
  /** The parts of a message that its body decides. */
  const composed = (
    channel: Channel,
    authorId: string,
    body: JsonObject,
    files: readonly StoredFile[],
    fallback: MentionDefault,
  ) => {
    const mentions = mentionsOf(world, channel, authorId, body, fallback);
    return {
      content: textOf(body['content']) ?? '',
      embeds: renderedEmbeds(world, body['embeds'], files),
      components: renderedComponents(world, body['components'], files),
      attachments: isV2(body) ? [] : looseFiles(files, body['embeds']).map((file) => rawAttachment(world, file)),
      mentions: mentions.users
        .map((id) => world.users.get(id))
        .filter((user) => user !== undefined)
        .map(rawUser),
      mention_roles: [...mentions.roles],
      mention_everyone: mentions.everyone,
    };
  };

  return {
    seenByBot,
    post(given) {
      const { channel, body, uploads } = given;
      if (given.loading !== true)
        checkMessage(body, { files: namesOf(uploads), ...(given.path ? { path: given.path } : {}) });
      const files = storeUploads(world, channel.id, uploads, body['attachments']);
      const author = world.users.get(given.authorId) ?? world.bot;
      let flags = flagsOf(body['flags']) & (Flag.suppressEmbeds | Flag.silent | Flag.v2);
      if (given.onlyFor !== undefined && channel.type !== ChannelKind.direct) flags |= Flag.ephemeral;
      if (given.loading === true) flags |= Flag.loading;
      const message: StoredMessage = {
        id: given.id ?? world.ids.next(),
        channelId: channel.id,
        authorId: author.id,
        raw: {},
        files,
        loading: given.loading === true,
        ...(given.onlyFor === undefined ? {} : { onlyFor: given.onlyFor }),
        ...(given.interactionId === undefined ? {} : { interactionId: given.interactionId }),
        ...(given.invokedBy === undefined ? {} : { invokedBy: given.invokedBy }),
      };
      message.raw = {
        id: message.id,
        channel_id: channel.id,
        author: rawUser(author),
        timestamp: world.now().toISOString(),
        edited_timestamp: null,
        tts: false,
        pinned: false,
        type: 0,
        flags,
        ...composed(channel, author.id, body, files, given.mentions),
        ...(body['nonce'] === undefined || body['nonce'] === null ? {} : { nonce: body['nonce'] }),
        ...(author.bot ? { application_id: world.bot.id } : {}),
        ...given.extra,
      };
      const list = world.messages.get(channel.id) ?? [];
      list.push(message);
      world.messages.set(channel.id, list);
      events.emit({ type: 'message.create', message });
      tellGateway('MESSAGE_CREATE', message, seenByBot(message));
      return message;
    },
    edit(message, { body, uploads, mentions, path }) {
      const channel = world.channels.get(message.channelId);
      if (channel === undefined) throw unknownMessage();
      const kept = keptFiles(message.files, body['attachments']);
      const names = namesOf([...kept, ...uploads]);
      const loading = message.loading ? { content: '', embeds: [], components: [] } : {};
      checkMessage(body, { files: names, current: { ...message.raw, ...loading }, ...(path ? { path } : {}) });
      const files = [...kept, ...storeUploads(world, channel.id, uploads, body['attachments'])];
      const settable = Flag.suppressEmbeds | Flag.v2;
      let flags = flagsOf(message.raw['flags']) & ~Flag.loading;
      if (body['flags'] !== undefined && body['flags'] !== null) {
        // Components V2 is never taken back.
        flags = (flags & ~Flag.suppressEmbeds) | (flagsOf(body['flags']) & settable);
      }
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const before = {
        content: message.raw['content'],
        embeds: message.raw['embeds'],
        components: message.raw['components'],
      };
      const merged = { ...before, ...given, flags };
      message.raw = {
        ...message.raw,
        ...composed(channel, message.authorId, merged, files, mentions),
        flags,
        edited_timestamp: message.loading ? null : world.now().toISOString(),
      };
      message.files = files;
      message.loading = false;
      events.emit({ type: 'message.update', message });
      tellGateway('MESSAGE_UPDATE', message, seenByBot(message));
      return message;
    },
    amend(message, fields) {
      message.raw = { ...message.raw, ...fields };
      events.emit({ type: 'message.update', message });
      tellGateway('MESSAGE_UPDATE', message, seenByBot(message));
    },
    remove(message) {
      if (messageIn(world, message.channelId, message.id) === undefined) throw unknownMessage();
      const left = (world.messages.get(message.channelId) ?? []).filter((one) => one !== message);
      world.messages.set(message.channelId, left);
      for (const file of message.files) world.files.delete(file.id);
      events.emit({ type: 'message.delete', channelId: message.channelId, messageId: message.id });
      tellGateway('MESSAGE_DELETE', message, { id: message.id, channel_id: message.channelId });
    },
  };
}
