import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { flagsOf, isObject, type JsonObject, textOf } from './json.ts';
import { rawGuild, rawUser } from './payloads.ts';
import type { World } from './world.ts';

export const Intent = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12, messageContent: 1 << 15 } as const;

const PRIVILEGED = (1 << 1) | (1 << 8) | Intent.messageContent;
const REPLAY_KEEPS = 1000;

/** The bot's side of Discord's gateway: sessions that survive their socket and replay what they missed. */
export interface Gateway {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends an event to every session of its shard that asked for it. */
  dispatch(
    type: string,
    data: JsonObject,
    to: { readonly guildId?: string | undefined; readonly intent?: number },
  ): void;
  /** True while a socket with a session is open. */
  readonly online: boolean;
  /** True while somebody would get an event: now, or by resuming. */
  readonly reachable: boolean;
  /** Closes every socket with that code. 4000 lets the client resume; `forget` also ends the sessions, so a resume gets op 9. */
  drop(code?: number, options?: { readonly forget?: boolean }): void;
  /** How many connections identified and how many resumed. */
  readonly counts: { readonly identified: number; readonly resumed: number };
  close(): void;
}

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  seq: number;
  readonly log: JsonObject[];
  socket: WebSocket | undefined;
}

export interface GatewayOptions {
  readonly world: World;
  readonly accepts: (token: string) => boolean;
  /** Privileged intents switched on for the application; asking for others closes with 4014. */
  readonly privilegedIntents: number;
  readonly heartbeatMs: number;
  readonly onOnline: (online: boolean) => void;
}

export function gateway(options: GatewayOptions): Gateway {
  const { world } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096 });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0 };
  let wasOnline = false;

  const isOnline = () => [...sessions.values()].some((one) => one.socket !== undefined);
  const noticeOnline = () => {
    const online = isOnline();
    if (online === wasOnline) return;
    wasOnline = online;
    options.onOnline(online);
  };
  const push = (session: Session, t: string, d: JsonObject) => {
    session.seq++;
    const packet = { op: 0, t, s: session.seq, d };
    session.log.push(packet);
    if (session.log.length > REPLAY_KEEPS) session.log.shift();
    if (session.socket !== undefined) send(session.socket, packet);
  };

  const identify = (socket: WebSocket, d: JsonObject): Session | undefined => {
    const intents = flagsOf(d['intents']);
    if (!options.accepts(textOf(d['token']) ?? '')) {
      socket.close(4004, 'Authentication failed.');
      return undefined;
    }
    if ((intents & PRIVILEGED & ~options.privilegedIntents) !== 0) {
      socket.close(4014, 'Disallowed intent(s).');
      return undefined;
    }
    const [index, count] = Array.isArray(d['shard']) ? d['shard'] : [0, 1];
    const shard = [Number(index), Number(count)] as const;
    const session: Session = { id: randomBytes(16).toString('hex'), intents, shard, seq: 0, log: [], socket };
    // Nobody comes back for a lost session once its shard has identified anew.
    for (const old of sessions.values()) {
      if (old.socket === undefined && old.shard[0] === shard[0] && old.shard[1] === shard[1]) sessions.delete(old.id);
    }
    sessions.set(session.id, session);
    counts.identified++;
    const guilds = [...world.guilds.values()].filter((guild) => shardOf(guild.id, shard[1]) === shard[0]);
    push(session, 'READY', {
      v: 10,
      user: { ...rawUser(world.bot), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: gatewayUrl(world),
      shard: [...shard],
      application: { id: world.bot.id, flags: 0 },
      private_channels: [],
      relationships: [],
      geo_ordered_rtc_regions: [],
      _trace: [],
    });
    if ((intents & Intent.guilds) !== 0)
      for (const guild of guilds) push(session, 'GUILD_CREATE', rawGuild(world, guild));
    noticeOnline();
    return session;
  };

  const resume = (socket: WebSocket, d: JsonObject): Session | undefined => {
    const session = sessions.get(textOf(d['session_id']) ?? '');
    const seq = Number(d['seq']);
    const first = session === undefined ? 0 : session.seq - session.log.length;
    if (!options.accepts(textOf(d['token']) ?? '')) {
      socket.close(4004, 'Authentication failed.');
      return undefined;
    }
    if (session === undefined || !(seq >= first && seq <= session.seq)) {
      send(socket, { op: 9, d: false });
      return undefined;
    }
    session.socket?.terminate();
    session.socket = socket;
    counts.resumed++;
    for (const packet of session.log) if (Number(packet['s']) > seq) send(socket, packet);
    push(session, 'RESUMED', { _trace: [] });
    noticeOnline();
    return session;
  };

  const attach = (socket: WebSocket) => {
    let session: Session | undefined;
    send(socket, { op: 10, d: { heartbeat_interval: options.heartbeatMs, _trace: [] } });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const packet = parsed(textFrame(data));
      if (packet === undefined) {
        socket.close(4002, 'Decode error.');
        return;
      }
      const d = isObject(packet['d']) ? packet['d'] : {};
      if (packet['op'] === 1) send(socket, { op: 11 });
      else if (packet['op'] === 2 && session !== undefined) socket.close(4005, 'Already authenticated.');
      else if (packet['op'] === 2) session = identify(socket, d);
      else if (packet['op'] === 6) session = resume(socket, d);
      else if (session === undefined) socket.close(4003, 'Not authenticated.');
    });
    socket.on('close', (code) => {
      if (session === undefined || session.socket !== socket) return;
      session.socket = undefined;
      // A client that says goodbye in order ends its session; any other loss can be resumed.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      noticeOnline();
    });
  };

  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, attach),
    dispatch(type, data, to) {
      for (const session of sessions.values()) {
        const wanted = to.intent === undefined || (session.intents & to.intent) !== 0;
        const shard = to.guildId === undefined ? 0 : shardOf(to.guildId, session.shard[1]);
        if (wanted && shard === session.shard[0]) push(session, type, data);
      }
    },
    get online() {
      return isOnline();
    },
    get reachable() {
      return sessions.size > 0;
    },
    get counts() {
      return { ...counts };
    },
    drop(code = 4000, { forget = false } = {}) {
      for (const session of sessions.values()) {
        // The session must not count as connected while the closing handshake is still under way.
        const { socket } = session;
        session.socket = undefined;
        socket?.close(code);
        if (forget) sessions.delete(session.id);
      }
      noticeOnline();
    },
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** No path of Discord's own ever stands here: a real url would carry the token away. */
export function gatewayUrl(world: World): string {
  return `${world.base.replace('http:', 'ws:')}/gateway`;
}

function send(socket: WebSocket, packet: JsonObject): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(packet));
}

function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** A text frame, however ws hands it over. */
export function textFrame(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
