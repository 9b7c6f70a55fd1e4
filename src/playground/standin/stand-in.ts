import { api } from './api.ts';
import { type Commands, commands } from './commands.ts';
import { events, type Listener } from './events.ts';
import { type Faults, faults } from './faults.ts';
import { type Gateway, gateway, Intent } from './gateway.ts';
import { interactions, type Outcome } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { requireLoopback } from './loopback.ts';
import { type Messages, messages } from './messages.ts';
import { rawChannel } from './payloads.ts';
import { effectiveIn, Permission } from './permissions.ts';
import type { InteractionRequest } from './prepare.ts';
import { type RateLimitOptions, rateLimit } from './rate-limit.ts';
import { type RecordedRequest, recorder } from './record.ts';
import { aboutRoutes } from './rest/about-routes.ts';
import { channelRoutes } from './rest/channel-routes.ts';
import { commandRoutes } from './rest/command-routes.ts';
import { interactionRoutes } from './rest/interaction-routes.ts';
import { messageRoutes } from './rest/message-routes.ts';
import type { Parts } from './rest/parts.ts';
import { ImpossibleInput } from './sent.ts';
import { listen, type Neighbour } from './server.ts';
import { buildWorld, type Channel, ChannelKind, type StoredMessage, type World, type WorldSeed } from './world.ts';

export interface StandInOptions {
  readonly seed: WorldSeed;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  /** The world's clock (ids, timestamps). Default: the real one. */
  readonly now?: () => Date;
  /** Milliseconds that never jump: deadlines, windows, rate limits. Default: the process's own. */
  readonly elapsed?: () => number;
  /** Default 3000. */
  readonly interactionDeadlineMs?: number;
  /** Life of an interaction token; default 15 minutes. */
  readonly tokenLifeMs?: number;
  /** How long an enforced nonce is remembered; default 3 minutes. Discord says "a few minutes". */
  readonly nonceWindowMs?: number;
  /** `false` switches the limits off. */
  readonly rateLimits?: RateLimitOptions | false;
  /** Whether the privileged message-content intent is switched on for the application. */
  readonly messageContent?: boolean;
  readonly heartbeatMs?: number;
  /** Requests kept for inspection; default 5000. */
  readonly keepRequests?: number;
  readonly neighbour?: Neighbour;
  /** Told of mistakes of the stand-in itself. */
  readonly onMistake?: (mistake: unknown) => void;
}

/** A Discord of one's own on loopback. */
export interface StandIn {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** For discord.js: `rest.api`. */
  readonly apiBase: string;
  readonly token: string;
  readonly world: World;
  readonly commands: Commands;
  readonly messages: Messages;
  readonly gateway: Gateway;
  readonly faults: Faults;
  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  clearRequests(): void;
  on(listener: Listener): () => void;
  /** A person uses a command, presses, picks, types or submits. Throws ImpossibleInput for what Discord's client would not send. */
  interact(request: InteractionRequest): { readonly id: string; readonly outcome: Promise<Outcome> };
  /** A person writes a message. Throws what Discord would answer. */
  say(userId: string, channelId: string, content: string): StoredMessage;
  /** Messages of a channel as that user sees them; without a user the public ones. */
  seen(channelId: string, userId?: string): readonly StoredMessage[];
  /** Takes permission bits from the bot (or another member) in a channel and tells the gateway; `restore` gives them back. */
  revoke(channelId: string, bits: bigint, userId?: string): { restore(): void };
  deleteChannel(channelId: string): void;
  /** From now on REST answers 401 and IDENTIFY closes with 4004. */
  refuseToken(refuse: boolean): void;
  close(): Promise<void>;
}

/** Starts it. Rejects for a host that is not loopback and for a port that is taken (EADDRINUSE). */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const host = requireLoopback(options.host ?? '127.0.0.1');
  const token = options.token ?? 'stand-in.token.of-nobody';
  let refused = false;
  const accepts = (given: string) => !refused && given === token;
  const world = buildWorld(
    options.seed,
    options.now ?? (() => new Date()),
    options.elapsed ?? (() => performance.now()),
  );
  const deadlineMs = options.interactionDeadlineMs ?? 3000;
  const bus = events();
  const messageContent = options.messageContent ?? false;
  const gates = gateway({
    world,
    accepts,
    privilegedIntents: messageContent ? Intent.messageContent : 0,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    onOnline: (online) => bus.emit({ type: 'bot', online }),
  });
  const registry = commands(world, () => bus.emit({ type: 'commands' }));
  const store = messages({ world, gateway: gates, events: bus, messageContent });
  const asked = interactions({ world, gateway: gates, commands: registry, deadlineMs });
  const breaks = faults();
  const records = recorder(options.keepRequests ?? 5000);
  const parts: Parts = {
    world,
    gateway: gates,
    commands: registry,
    events: bus,
    messages: store,
    interactions: asked,
    deadlineMs,
    tokenLifeMs: options.tokenLifeMs ?? 15 * 60_000,
    nonceWindowMs: options.nonceWindowMs ?? 3 * 60_000,
  };
  const rest = api({
    world,
    routes: [aboutRoutes, commandRoutes, channelRoutes, messageRoutes, interactionRoutes].flatMap((make) =>
      make(parts),
    ),
    accepts,
    limits: options.rateLimits === false ? undefined : rateLimit(world.elapsed, options.rateLimits ?? {}),
    faults: breaks,
    recorder: records,
    onMistake: options.onMistake ?? ((mistake) => console.error('playground:', mistake)),
  });
  const server = await listen({
    api: rest,
    gateway: gates,
    world,
    host,
    port: options.port ?? 0,
    neighbour: options.neighbour,
  });
  world.base = server.origin;

  const guildChannel = (id: string): Channel => {
    const channel = world.channels.get(id);
    if (channel === undefined) throw new Error(`There is no channel ${id} in the playground.`);
    return channel;
  };
  const tellChannel = (type: string, channel: Channel) => {
    const data: JsonObject = rawChannel(world, channel);
    gates.dispatch(type, data, { guildId: channel.guildId, intent: Intent.guilds });
    bus.emit({ type: 'channels' });
  };

  return {
    origin: server.origin,
    apiBase: `${server.origin}/api`,
    token,
    world,
    commands: registry,
    messages: store,
    gateway: gates,
    faults: breaks,
    requests: records.all,
    clearRequests: () => records.clear(),
    on: (listener) => bus.on(listener),
    interact: (request) => asked.begin(request),
    say(userId, channelId, content) {
      const channel = guildChannel(channelId);
      const send = channel.thread === undefined ? Permission.sendMessages : Permission.sendMessagesInThreads;
      if ((effectiveIn(world, channel, userId) & send) === 0n) {
        throw new ImpossibleInput('You do not have permission to send messages in this channel.');
      }
      return store.post({
        channel,
        authorId: userId,
        body: { content },
        uploads: [],
        mentions: 'everything',
      });
    },
    seen(channelId, userId) {
      const direct = world.channels.get(channelId)?.type === ChannelKind.direct && userId === undefined;
      return (world.messages.get(channelId) ?? []).filter(
        (one) => direct || one.onlyFor === undefined || one.onlyFor === userId,
      );
    },
    revoke(channelId, bits, userId = world.bot.id) {
      const channel = guildChannel(channelId);
      const found = channel.overwrites.find((one) => one.type === 1 && one.id === userId);
      const overwrite = found ?? { id: userId, type: 1 as const, allow: 0n, deny: 0n };
      if (found === undefined) channel.overwrites.push(overwrite);
      const taken = bits & ~overwrite.deny;
      overwrite.deny |= bits;
      tellChannel('CHANNEL_UPDATE', channel);
      return {
        restore() {
          overwrite.deny &= ~taken;
          const at = channel.overwrites.indexOf(overwrite);
          if (at >= 0 && overwrite.allow === 0n && overwrite.deny === 0n) channel.overwrites.splice(at, 1);
          tellChannel('CHANNEL_UPDATE', channel);
        },
      };
    },
    deleteChannel(channelId) {
      const channel = guildChannel(channelId);
      world.channels.delete(channelId);
      world.messages.delete(channelId);
      tellChannel(channel.thread === undefined ? 'CHANNEL_DELETE' : 'THREAD_DELETE', channel);
    },
    refuseToken(refuse) {
      refused = refuse;
    },
    async close() {
      asked.close();
      rest.close();
      gates.close();
      await server.close();
    },
  };
}
