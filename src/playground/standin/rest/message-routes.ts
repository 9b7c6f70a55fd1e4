import { asText, flagsOf, type JsonObject } from '../json.ts';
import { effectiveIn, Permission } from '../permissions.ts';
import { crosspostedBefore, foreignMessage, unknownMessage, wrongChannelType } from '../problem.ts';
import { ChannelKind, messageIn, type StoredMessage } from '../world.ts';
import { channelOf, hasFlag, isOwn, mayPost, messageOf, need } from './access.ts';
import type { Parts } from './parts.ts';
import { nothing, objectBody, ok, type Route, route } from './route.ts';

const CROSSPOSTED = 1;

interface Posted {
  readonly channelId: string;
  readonly messageId: string;
  readonly at: number;
}

/** Messages of channels. */
export function messageRoutes(parts: Parts): Route[] {
  const { world, messages } = parts;
  const path = '/channels/:channel/messages';
  /** By author and nonce, not by channel: a nonce used twice returns the first message wherever it was sent. */
  const nonces = new Map<string, Posted>();
  const replayed = (body: JsonObject): StoredMessage | undefined => {
    const { nonce } = body;
    if (body['enforce_nonce'] !== true || nonce === undefined || nonce === null) return undefined;
    const first = nonces.get(asText(nonce));
    if (first === undefined || world.elapsed() - first.at > parts.nonceWindowMs) return undefined;
    const message = messageIn(world, first.channelId, first.messageId);
    // Sent, then deleted: Discord answers the retry with Unknown Message instead of posting again.
    if (message === undefined) throw unknownMessage();
    return message;
  };

  return [
    route(`POST ${path}`, (call) => {
      const channel = channelOf(world, call);
      const body = objectBody(call);
      mayPost(parts, channel, body, call.uploads.length);
      const before = replayed(body);
      if (before !== undefined) return ok(messages.seenByBot(before));
      const message = messages.post({
        channel,
        authorId: world.bot.id,
        body,
        uploads: call.uploads,
        mentions: 'everything',
        ...(channel.recipientId === undefined ? {} : { onlyFor: channel.recipientId }),
        extra: reference(body, channel.id),
      });
      if (body['nonce'] !== undefined && body['nonce'] !== null) {
        nonces.set(asText(body['nonce']), { channelId: channel.id, messageId: message.id, at: world.elapsed() });
      }
      return ok(message.raw);
    }),
    route(`GET ${path}`, (call) => {
      const channel = channelOf(world, call);
      // Without the right to read the history the list is empty, which is not an error.
      if ((effectiveIn(world, channel, world.bot.id) & Permission.readMessageHistory) === 0n) return ok([]);
      const visible = (world.messages.get(channel.id) ?? []).filter(
        (one) => one.onlyFor === undefined || channel.type === ChannelKind.direct,
      );
      return ok(page(visible, call.query).map((one) => messages.seenByBot(one)));
    }),
    route(`GET ${path}/:message`, (call) => {
      const channel = channelOf(world, call);
      need(world, channel, Permission.readMessageHistory);
      return ok(messages.seenByBot(messageOf(world, channel, call)));
    }),
    route(`PATCH ${path}/:message`, (call) => {
      const channel = channelOf(world, call);
      const message = messageOf(world, channel, call);
      if (!isOwn(world, message)) throw foreignMessage();
      if (call.uploads.length > 0) need(world, channel, Permission.attachFiles);
      messages.edit(message, { body: objectBody(call), uploads: call.uploads, mentions: 'everything' });
      return ok(message.raw);
    }),
    route(`DELETE ${path}/:message`, (call) => {
      const channel = channelOf(world, call);
      const message = messageOf(world, channel, call);
      if (!isOwn(world, message)) need(world, channel, Permission.manageMessages);
      messages.remove(message);
      return nothing;
    }),
    route(`POST ${path}/:message/crosspost`, (call) => {
      const channel = channelOf(world, call);
      const message = messageOf(world, channel, call);
      if (channel.type !== ChannelKind.announcement) throw wrongChannelType();
      need(world, channel, isOwn(world, message) ? Permission.sendMessages : Permission.manageMessages);
      if (hasFlag(message, CROSSPOSTED)) throw crosspostedBefore();
      messages.amend(message, { flags: flagsOf(message.raw['flags']) | CROSSPOSTED });
      return ok(message.raw);
    }),
  ];
}

function reference(body: JsonObject, channelId: string): JsonObject {
  const given = body['message_reference'];
  return given === undefined || given === null
    ? {}
    : { type: 19, message_reference: { ...given, channel_id: channelId } };
}

/** Newest first, at most `limit` (1-100, default 50). With `after` the oldest of those that follow it. */
function page(list: readonly StoredMessage[], query: URLSearchParams): StoredMessage[] {
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 50) || 50, 1), 100);
  const sorted = list.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const after = query.get('after');
  const before = query.get('before');
  if (after !== null)
    return sorted
      .filter((one) => BigInt(one.id) > BigInt(after))
      .slice(0, limit)
      .toReversed();
  const past = before === null ? sorted : sorted.filter((one) => BigInt(one.id) < BigInt(before));
  return past.slice(-limit).toReversed();
}
