import { complaints } from '../complaints.ts';
import { Intent } from '../gateway.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import { rawChannel } from '../payloads.ts';
import { Permission } from '../permissions.ts';
import { noDirectMessages, tagRequired, threadThere, unknownUser, wrongChannelType } from '../problem.ts';
import { type Channel, ChannelKind } from '../world.ts';
import { channelOf, messageOf, need } from './access.ts';
import type { Parts } from './parts.ts';
import { type Call, created, nothing, objectBody, ok, type Route, route } from './route.ts';

/** Channels, threads and direct message channels. */
export function channelRoutes(parts: Parts): Route[] {
  const { world, gateway, events, messages } = parts;
  const tell = (type: string, channel: Channel, more: JsonObject = {}) => {
    gateway.dispatch(
      type,
      { ...rawChannel(world, channel), ...more },
      { guildId: channel.guildId, intent: Intent.guilds },
    );
    events.emit({ type: 'channels' });
  };
  const open = (call: Call, parent: Channel, body: JsonObject, id = world.ids.next()): Channel => {
    const issues = complaints();
    const name = issues.text(body, 'name', [], { min: 1, max: 100, required: true });
    const minutes = body['auto_archive_duration'] ?? 1440;
    if (![60, 1440, 4320, 10_080].includes(Number(minutes))) {
      issues.add(['auto_archive_duration'], 'BASE_TYPE_CHOICES', 'Value must be one of {60, 1440, 4320, 10080}.');
    }
    const tags = Array.isArray(body['applied_tags']) ? body['applied_tags'].map(String) : [];
    if (tags.length > 5) issues.add(['applied_tags'], 'BASE_TYPE_MAX_LENGTH', 'Must be 5 or fewer in length.');
    if (parent.forum !== undefined && !isObject(body['message'])) {
      issues.add(['message'], 'BASE_TYPE_REQUIRED', 'This field is required');
    }
    issues.throwIfAny();
    if (parent.forum?.tagRequired === true && tags.length === 0) throw tagRequired();
    const thread: Channel = {
      id,
      type: ChannelKind.thread,
      name: name ?? '',
      position: 0,
      overwrites: [],
      parentId: parent.id,
      ...(parent.guildId === undefined ? {} : { guildId: parent.guildId }),
      thread: {
        ownerId: world.bot.id,
        archived: false,
        locked: false,
        autoArchiveMinutes: Number(minutes),
        createdAt: world.now(),
        tags,
      },
    };
    world.channels.set(thread.id, thread);
    try {
      const starter = body['message'];
      if (parent.forum !== undefined && isObject(starter)) {
        const { nonce: _nonce, ...message } = starter;
        messages.post({
          channel: thread,
          authorId: world.bot.id,
          body: message,
          uploads: call.uploads,
          mentions: 'everything',
          path: ['message'],
          id: thread.id,
        });
      }
    } catch (problem) {
      world.channels.delete(thread.id);
      throw problem;
    }
    tell('THREAD_CREATE', thread, { newly_created: true });
    return thread;
  };

  return [
    route('GET /channels/:channel', (call) => ok(rawChannel(world, channelOf(world, call)))),
    route('PATCH /channels/:channel', (call) => {
      const channel = channelOf(world, call);
      const body = objectBody(call);
      const own = channel.thread?.ownerId === world.bot.id && Object.keys(body).every((key) => key !== 'locked');
      if (!own)
        need(world, channel, channel.thread === undefined ? Permission.manageChannels : Permission.manageThreads);
      channel.name = textOf(body['name']) ?? channel.name;
      if (channel.thread !== undefined) {
        if (typeof body['archived'] === 'boolean') channel.thread.archived = body['archived'];
        if (typeof body['locked'] === 'boolean') channel.thread.locked = body['locked'];
      }
      tell(channel.thread === undefined ? 'CHANNEL_UPDATE' : 'THREAD_UPDATE', channel);
      return ok(rawChannel(world, channel));
    }),
    route('POST /channels/:channel/typing', (call) => {
      need(world, channelOf(world, call), Permission.sendMessages);
      return nothing;
    }),
    route('POST /channels/:channel/threads', (call) => {
      const parent = channelOf(world, call);
      if (parent.thread !== undefined || parent.guildId === undefined) throw wrongChannelType();
      need(world, parent, parent.forum === undefined ? Permission.createPublicThreads : Permission.sendMessages);
      const thread = open(call, parent, objectBody(call));
      const starter = world.messages.get(thread.id)?.[0];
      return created({ ...rawChannel(world, thread), ...(starter === undefined ? {} : { message: starter.raw }) });
    }),
    route('POST /channels/:channel/messages/:message/threads', (call) => {
      const parent = channelOf(world, call);
      if (parent.type !== ChannelKind.text && parent.type !== ChannelKind.announcement) throw wrongChannelType();
      need(world, parent, Permission.createPublicThreads);
      const message = messageOf(world, parent, call);
      if (world.channels.has(message.id)) throw threadThere();
      const thread = open(call, parent, objectBody(call), message.id);
      messages.amend(message, { thread: rawChannel(world, thread) });
      return created(rawChannel(world, thread));
    }),
    route('POST /users/@me/channels', (call) => {
      const recipientId = textOf(objectBody(call)['recipient_id']) ?? '';
      const user = world.users.get(recipientId);
      if (user === undefined) throw unknownUser();
      if (user.bot) throw noDirectMessages();
      const known = [...world.channels.values()].find((one) => one.recipientId === recipientId);
      if (known !== undefined) return ok(rawChannel(world, known));
      const channel: Channel = {
        id: world.ids.next(),
        type: ChannelKind.direct,
        name: user.name,
        position: 0,
        overwrites: [],
        recipientId,
      };
      world.channels.set(channel.id, channel);
      events.emit({ type: 'channels' });
      return ok(rawChannel(world, channel));
    }),
  ];
}
