import { setTimeout as delay } from 'node:timers/promises';
import {
  type APIRequest,
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  HTTPError,
  RESTEvents,
  type ResponseLike,
} from 'discord.js';
import type { Command } from '../asking/command.ts';
import { UserError } from '../errors.ts';
import { errorData, type Log } from '../log.ts';
import type { Draw } from './answer.ts';
import { deployCommands } from './deploy.ts';
import { createDispatch } from './dispatch.ts';
import { timing } from './limits.ts';
import type { Recorder } from './recorder.ts';
import type { StateMemory } from './state.ts';
import { createWire } from './wire.ts';

export interface BotOptions<D> extends StateMemory {
  readonly token: string;
  /** Base of the REST API without the version, such as `http://127.0.0.1:8787/api`. Default: Discord's. */
  readonly api?: string;
  readonly commands: readonly Command<D>[];
  readonly deps: D;
  readonly log: Log;
  /** The clock by which Discord makes its ids, ms since 1970: the real one, or that of the stand-in where it can be moved. */
  readonly now?: () => number;
  readonly deferAfterMs?: number;
  readonly draw?: Draw;
  readonly recorder?: Recorder;
  /** Called once when the bot cannot go on: Discord withdrew the token or the intents. */
  readonly onFatal?: (error: UserError) => void;
}

export interface Bot {
  readonly client: Client<true>;
  /** "brief" or "entry show" as a mention that can be pressed; the typed form until it is registered, or where it is no command. */
  mention(path: string): string;
  /** How far this machine's clock is ahead of Discord's, in ms; 0 where the difference cannot be told. */
  ahead(): number;
  /** Whether the commands are registered; undefined while that is under way. */
  registered(): boolean | undefined;
  /** Settles when the commands are registered, or could not be (which has been logged). */
  readonly deployed: Promise<void>;
  /** Waits, within bounds, for answers under way, then leaves. */
  close(): Promise<void>;
}

const tokenRefused = (code: string) =>
  new UserError(
    `Discord refused the token (${code}); check DISCORD_TOKEN.`,
    'Copy it again from the Bot page of the application.',
  );

/** Close codes after which reconnecting is pointless. */
const FATAL_CLOSE: Readonly<Record<number, () => UserError>> = {
  4004: () => tokenRefused('4004'),
  4010: () => new UserError('Discord refused the shard (4010); check SHARDS and SHARD_COUNT.'),
  4011: () => new UserError('Discord requires more shards (4011); raise SHARD_COUNT.'),
  4012: () => new UserError('Discord no longer speaks this version of its gateway (4012); update the bot.'),
  4013: () => new UserError('Discord refused the intents as invalid (4013); update the bot.'),
  4014: () =>
    new UserError('Discord refused the intents as not allowed (4014); check the Bot page of the application.'),
};

function loginError(thrown: unknown): unknown {
  if (thrown instanceof UserError) return thrown;
  if (thrown instanceof DiscordjsError && thrown.code === DiscordjsErrorCodes.TokenInvalid) return tokenRefused('401');
  if (thrown instanceof DiscordAPIError || thrown instanceof HTTPError) {
    if (thrown.status === 401) return tokenRefused('401');
    return new UserError(
      `Discord did not let the bot in (HTTP ${thrown.status}): ${thrown.message}.`,
      'Try again later.',
    );
  }
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new UserError(`Discord could not be reached: ${why}.`, 'Check the network and DISCORD_API_URL.');
}

interface Packet {
  readonly channel_id?: string;
  readonly data?: { readonly resolved?: { readonly channels?: object } };
}
interface Library {
  readonly actions?: { readonly InteractionCreate?: { handle: (data: Packet) => void } };
  readonly channels: { readonly cache: { has(id: string): boolean } };
}

/**
 * What an interaction is, is read from its packet: the library need not build an object of it that nobody looks at. But
 * where the packet tells of a channel that the library may not know, such as an archived thread, it learns it that way.
 */
function leaveOut(client: object): void {
  const { actions, channels } = client as Library;
  const creates = actions?.InteractionCreate;
  if (!creates) return;
  const build = creates.handle.bind(creates);
  creates.handle = (packet) => {
    const known = packet.channel_id === undefined || channels.cache.has(packet.channel_id);
    if (!known || packet.data?.resolved?.channels !== undefined) build(packet);
  };
}

/** Logs in, answers interactions, keeps the registered commands up to date. Rejects with UserError where it cannot. */
export async function startBot<D>(options: BotOptions<D>): Promise<Bot> {
  const { token, api, commands, deps, log } = options;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // Until it is over the library holds back what arrives; the default of 15 s outlives every interaction.
    waitGuildTimeout: 1_000,
    allowedMentions: { parse: [] },
    // One repetition: a 500 for a body that Discord cannot take must leave time for the plain form.
    rest: { retries: 1, timeout: 10_000, ...(api === undefined ? {} : { api }) },
  });

  let over: ((error: UserError) => void) | undefined;
  const fatal = new Promise<never>((_, reject) => {
    over = reject;
  });
  fatal.catch(() => {});
  let ready = false;
  let closing = false;
  let lost = false;
  const lose = (error: UserError) => {
    if (lost || closing) return;
    lost = true;
    log.error({}, error.message);
    over?.(error);
    if (ready) options.onFatal?.(error);
  };

  /** How far this machine's clock is ahead of Discord's, from the Date header, which has whole seconds. */
  let ahead = 0;
  client.rest.on(RESTEvents.Response, (request: APIRequest, response: ResponseLike) => {
    const date = Date.parse(response.headers.get('date') ?? '');
    const difference = Date.now() - date;
    if (!Number.isNaN(difference)) ahead = Math.abs(difference) < 2_000 ? 0 : difference;
    // The library forgets the token on any such answer, so nothing would work after it.
    if (response.status === 401 && request.data.auth !== false) lose(tokenRefused('401'));
  });
  client.on(Events.Error, (error) => log.error(errorData(error), 'The Discord client reported an error'));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, ...errorData(error) }, 'A gateway connection failed'),
  );
  client.on(Events.Warn, (text) => log.warn({}, text));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, 'Discord closed the gateway connection for good');
    lose(FATAL_CLOSE[code]?.() ?? new UserError(`Discord closed the connection for good (${code}).`));
  });
  client.on(Events.ShardReconnecting, (shard) => {
    if (!closing) log.info({ shard }, 'Reconnecting to Discord');
  });

  let ids: ReadonlyMap<string, string> = new Map();
  const paths = new Set(commands.flatMap((command) => command.leaves.map((leaf) => leaf.path)));
  const idOf = (path: string) => ids.get(path.split(' ')[0] ?? '');
  const mention = (path: string) =>
    paths.has(path) && idOf(path) !== undefined ? `</${path}:${idOf(path)}>` : `/${path}`;

  const dispatch = createDispatch({
    commands,
    deps,
    log,
    wire: createWire(client.rest, log),
    memory: options,
    recorder: options.recorder,
    now: () => (options.now ?? Date.now)() - ahead,
    mention: (path) => (paths.has(path) && idOf(path) !== undefined ? mention(path) : undefined),
    ...(options.deferAfterMs === undefined ? {} : { deferAfterMs: options.deferAfterMs }),
    ...(options.draw === undefined ? {} : { draw: options.draw }),
  });
  leaveOut(client);
  // Straight from the gateway: what the library queues until all servers have arrived would be answered too late.
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (raw: unknown) => {
    if (!closing) void dispatch.handle(raw);
  });

  const isReady = new Promise<void>((resolve) => {
    client.once(Events.ClientReady, () => resolve());
  });
  try {
    await Promise.race([client.login(token).then(() => isReady), fatal]);
  } catch (thrown) {
    closing = true;
    await client.destroy().catch(() => {});
    throw loginError(thrown);
  }
  if (!client.isReady()) throw new Error('The client said that it was ready, and is not');
  ready = true;
  log.info({ bot: client.user.id, servers: client.guilds.cache.size }, 'Connected to Discord');

  let registered: boolean | undefined;
  const deploy = async (applicationId: string): Promise<void> => {
    try {
      ids = await deployCommands({ rest: client.rest, applicationId, commands, log });
      registered = true;
    } catch (thrown) {
      registered = false;
      log.error(errorData(thrown), 'The commands could not be brought up to date');
    }
  };
  const deployed = deploy(client.application.id);

  return {
    client,
    mention,
    deployed,
    ahead: () => ahead,
    registered: () => registered,
    async close() {
      if (closing) return;
      closing = true;
      const timer = new AbortController();
      const bound = delay(timing.closeWithinMs, undefined, { signal: timer.signal }).catch(() => {});
      await Promise.race([Promise.all([dispatch.settled(), deployed]), bound]);
      timer.abort();
      await client.destroy();
    },
  };
}
