import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { breakages } from './breakages.ts';
import { readFrame } from './from-page.ts';
import type { ChannelInfo, ClockState, FromPage, Hello, Persona, Raw, SeenMessage, ToPage } from './page-wire.ts';
import { textFrame } from './standin/gateway.ts';
import { isObject } from './standin/json.ts';
import { effectiveIn, Permission } from './standin/permissions.ts';
import type { InteractionRequest, SentUpload } from './standin/prepare.ts';
import { ApiProblem } from './standin/problem.ts';
import { ImpossibleInput } from './standin/sent.ts';
import type { StandIn } from './standin/stand-in.ts';
import { type Channel, ChannelKind, type StoredMessage } from './standin/world.ts';

/** Moves the bot's clock. Whoever starts the playground provides it. */
export interface ClockControl {
  state(): ClockState;
  /** Resolves when the bot lives in the new moment. `off`: it was not running meanwhile. */
  move(to: Date, off: boolean): Promise<void>;
  /** Called whenever the state has changed. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

export interface PageSocketOptions {
  readonly standIn: StandIn;
  readonly personas: readonly Persona[];
  readonly clock: ClockControl | undefined;
  readonly hints: Hello['hints'];
}

/** The page's side of the playground: frames of wire.ts over a WebSocket. */
export interface PageSocket {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Room for an upload of 10 MiB in base64. */
const LARGEST_FRAME = 16 * 1024 * 1024;

export function pageSocket({ standIn, personas, clock, hints }: PageSocketOptions): PageSocket {
  const { world } = standIn;
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  const run = randomUUID();
  const breakThing = breakages(standIn);
  const guild = [...world.guilds.values()][0];
  /** Ephemeral messages that their reader put away; the bot can still edit them, as on Discord. */
  const dismissed = new Set<string>();

  const broadcast = (frame: ToPage) => {
    for (const socket of server.clients) send(socket, frame);
  };
  const shown = (channel: Channel) => channel.guildId === guild?.id || channel.type === ChannelKind.direct;
  const maySee = (channel: Channel, { id }: Persona): boolean =>
    channel.type === ChannelKind.direct
      ? channel.recipientId === id
      : (effectiveIn(world, channel, id) & Permission.viewChannel) !== 0n;
  const channelInfo = (channel: Channel): ChannelInfo => {
    const { id, name, type, topic, parentId } = channel;
    const seeing = personas.filter((persona) => maySee(channel, persona));
    return {
      id,
      name,
      type,
      ...(topic === undefined ? {} : { topic }),
      ...(parentId === undefined ? {} : { parentId }),
      ...(seeing.length === personas.length ? {} : { seenBy: seeing.map((persona) => persona.id) }),
    };
  };
  const hello = (): Hello => {
    const channels = [...world.channels.values()].filter(shown);
    const messages = channels.flatMap((channel) => world.messages.get(channel.id) ?? []);
    return {
      type: 'hello',
      run,
      bot: { id: world.bot.id, name: world.bot.name, online: standIn.gateway.online },
      guild: { id: guild?.id ?? '', name: guild?.name ?? '' },
      channels: channels.map(channelInfo),
      personas,
      commands: standIn.commands.inGuild(guild?.id ?? ''),
      messages: messages
        .filter((message) => !dismissed.has(message.id))
        .map((message) => seenOf(standIn, message, moments.get(message.id))),
      roles: [...(guild?.roles.values() ?? [])].map(({ id, name }) => ({ id, name })),
      ...(clock === undefined ? {} : { clock: clock.state() }),
      ...(hints === undefined ? {} : { hints }),
    };
  };

  /** What the clock showed when a message was posted: the world's own time is the real one. */
  const moments = new Map<string, string>();

  const stops = [
    standIn.on((event) => {
      switch (event.type) {
        case 'message.create':
        case 'message.update':
          if (clock && event.type === 'message.create') moments.set(event.message.id, clock.state().now);
          if (!dismissed.has(event.message.id))
            broadcast({ type: event.type, seen: seenOf(standIn, event.message, moments.get(event.message.id)) });
          break;
        case 'message.delete':
          broadcast({ type: 'message.delete', channelId: event.channelId, messageId: event.messageId });
          break;
        case 'commands':
          broadcast({ type: 'commands', commands: standIn.commands.inGuild(guild?.id ?? '') });
          break;
        case 'channels':
          broadcast(hello());
          break;
        case 'bot':
          broadcast({ type: 'bot', online: event.online });
          break;
      }
    }),
    clock?.onChange(() => broadcast({ type: 'clock', clock: clock.state() })),
  ];

  const ask = async (socket: WebSocket, nonce: string, request: InteractionRequest) => {
    const outcome = await standIn.interact(request).outcome;
    switch (outcome.kind) {
      case 'acknowledged':
        send(socket, { type: 'acknowledged', nonce });
        break;
      case 'choices':
        send(socket, { type: 'choices', nonce, choices: outcome.choices });
        break;
      case 'modal':
        send(socket, { type: 'modal', nonce, modalId: outcome.modalId, modal: outcome.modal });
        break;
      case 'failed':
        send(socket, { type: 'failed', nonce, reason: outcome.reason });
        break;
    }
  };

  const act = async (socket: WebSocket, frame: FromPage): Promise<void> => {
    switch (frame.type) {
      case 'say':
        standIn.say(frame.personaId, frame.channelId, frame.content);
        break;
      case 'dismiss':
        dismissed.add(frame.messageId);
        for (const [channelId, list] of world.messages) {
          if (list.some((one) => one.id === frame.messageId))
            broadcast({ type: 'message.delete', channelId, messageId: frame.messageId });
        }
        break;
      case 'break':
        breakThing(frame.what, frame.channelId);
        break;
      case 'clock.move':
        await clock?.move(new Date(frame.to), frame.off === true);
        break;
      case 'command':
      case 'autocomplete':
      case 'component':
      case 'modal.submit':
        await ask(socket, frame.nonce, requestOf(frame));
        break;
    }
  };

  const attach = (socket: WebSocket) => {
    send(socket, hello());
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const frame = readFrame(textFrame(data));
      if (frame === undefined) {
        socket.close(1007, 'This is not a frame of the page.');
        return;
      }
      act(socket, frame).catch((problem: unknown) => {
        const nonce = 'nonce' in frame ? frame.nonce : '';
        const told = problem instanceof ImpossibleInput || problem instanceof ApiProblem;
        send(socket, {
          type: 'failed',
          nonce,
          reason: told ? problem.message : 'The playground made a mistake; see its log.',
        });
        if (!told) console.error('playground:', problem);
      });
    });
  };

  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, attach),
    close() {
      for (const stop of stops) stop?.();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function send(socket: WebSocket, frame: ToPage): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}

/** Everything that happens in a direct message channel is for its recipient alone. */
function seenOf(
  { world }: StandIn,
  { raw, channelId, onlyFor, invokedBy }: StoredMessage,
  moment: string | undefined,
): SeenMessage {
  const reader = onlyFor ?? world.channels.get(channelId)?.recipientId;
  const message: Raw = raw;
  return {
    message,
    ...(reader === undefined ? {} : { onlyFor: reader }),
    ...(invokedBy === undefined ? {} : { invokedBy: { personaId: invokedBy.userId, line: invokedBy.line } }),
    ...(moment === undefined ? {} : { moment }),
  };
}

type Asking = Extract<FromPage, { nonce: string }>;

function requestOf(frame: Asking): InteractionRequest {
  const who = { userId: frame.personaId, channelId: frame.channelId };
  const files = 'files' in frame && isObject(frame.files) ? { files: uploadsOf(frame.files) } : {};
  switch (frame.type) {
    case 'command':
      return {
        ...who,
        ...files,
        kind: 'command',
        commandId: frame.commandId,
        options: frame.options,
        ...(frame.targetId === undefined ? {} : { targetId: frame.targetId }),
      };
    case 'autocomplete':
      return { ...who, kind: 'autocomplete', commandId: frame.commandId, options: frame.options };
    case 'component':
      return {
        ...who,
        kind: 'component',
        messageId: frame.messageId,
        customId: frame.customId,
        ...(frame.values === undefined ? {} : { values: frame.values }),
      };
    case 'modal.submit':
      return { ...who, ...files, kind: 'modal.submit', modalId: frame.modalId, values: frame.values };
    default:
      return frame satisfies never;
  }
}

function uploadsOf(files: NonNullable<Extract<FromPage, { type: 'command' }>['files']>): Record<string, SentUpload> {
  const entries = Object.entries(files).map(([key, { name, contentType, data }]) => [
    key,
    { name, contentType, data: Buffer.from(data, 'base64') },
  ]);
  return Object.fromEntries(entries);
}
