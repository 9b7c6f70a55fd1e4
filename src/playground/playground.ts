import { UserError } from '../errors.ts';
import { PERSONAS, PLAYGROUND_SEED } from './cast.ts';
import { type ClockControl, pageSocket } from './page-socket.ts';
import type { Hello, Persona } from './page-wire.ts';
import { refuse } from './standin/server.ts';
import { type StandIn, type StandInOptions, startStandIn } from './standin/stand-in.ts';
import type { WorldSeed } from './standin/world.ts';
import { defaultPageFolders, type PageFolders, staticFiles } from './static-files.ts';

export interface PlaygroundOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 (default) or ::1. */
  readonly host?: string;
  /** The bot's clock; ids and timestamps follow it. */
  readonly now: () => Date;
  readonly clock?: ClockControl;
  /** Default: the cast of cast.ts. With another seed name its personas too. */
  readonly seed?: WorldSeed;
  readonly personas?: readonly Persona[];
  /** What the page suggests to try first. */
  readonly hints?: Hello['hints'];
  readonly pageFolders?: PageFolders;
  /** Anything else of the stand-in: deadlines, limits. */
  readonly standIn?: Partial<StandInOptions>;
}

export interface Playground {
  /** For people: `http://127.0.0.1:8787`. */
  readonly url: string;
  /** For the bot: `rest.api` of discord.js. */
  readonly apiBase: string;
  /** The bot's token here; it opens nothing anywhere else. */
  readonly token: string;
  readonly standIn: StandIn;
  close(): Promise<void>;
}

/**
 * Starts the stand-in and the chat page on one port. Throws in one line when the port is taken or the host is not loopback.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  let page: ReturnType<typeof pageSocket> | undefined;
  let origin = '';
  const files = staticFiles(options.pageFolders ?? defaultPageFolders(), () => origin);
  const standIn = await startStandIn({
    seed: options.seed ?? PLAYGROUND_SEED,
    port: options.port,
    host: options.host ?? '127.0.0.1',
    now: options.now,
    ...options.standIn,
    neighbour: {
      http(request, response, url) {
        if (request.method !== 'GET' && request.method !== 'HEAD')
          refuse(response, 405, 'The page is only for reading.');
        else files(url.pathname, response);
      },
      upgrade(request, socket, head, url) {
        if (url.pathname !== '/page' || page === undefined) return false;
        page.upgrade(request, socket, head);
        return true;
      },
    },
  }).catch((problem: unknown) => {
    throw explained(problem, options.port);
  });
  origin = standIn.origin;
  page = pageSocket({ standIn, personas: options.personas ?? PERSONAS, clock: options.clock, hints: options.hints });
  const socket = page;
  return {
    url: standIn.origin,
    apiBase: standIn.apiBase,
    token: standIn.token,
    standIn,
    async close() {
      socket.close();
      await standIn.close();
    },
  };
}

function explained(problem: unknown, port: number): unknown {
  if (!(problem instanceof Error) || !('code' in problem)) return problem;
  const ways = 'set PLAYGROUND_PORT to another one (0 takes any free port)';
  if (problem.code === 'EADDRINUSE') return new UserError(`Port ${port} is taken: ${ways}.`);
  if (problem.code === 'EACCES') return new UserError(`Port ${port} may not be opened by this user: ${ways}.`);
  return problem;
}
