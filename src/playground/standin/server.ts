import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Api } from './api.ts';
import type { Gateway } from './gateway.ts';
import { isOurHost, isOurOrigin, type LoopbackHost, originOf } from './loopback.ts';
import type { World } from './world.ts';

/** Whoever else lives on the same port: the chat page. */
export interface Neighbour {
  http(request: IncomingMessage, response: ServerResponse, url: URL): void;
  /** False when the path is not its own. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean;
}

export interface Listening {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

/** One HTTP server for REST (`/api`), gateway (`/gateway`), attachments (`/cdn`) and a neighbour (everything else). */
export async function listen({
  api,
  gateway,
  world,
  host,
  port,
  neighbour,
}: {
  api: Api;
  gateway: Gateway;
  world: World;
  host: LoopbackHost;
  port: number;
  neighbour: Neighbour | undefined;
}): Promise<Listening> {
  let bound = port;
  const server = createServer((request, response) => {
    response.setHeader('x-content-type-options', 'nosniff');
    const url = urlOf(request);
    if (url === undefined || !isOurHost(request, bound) || !isOurOrigin(request, bound)) {
      refuse(response, 403, 'Only the page of this playground may ask this.');
      return;
    }
    if (url.pathname.startsWith('/api/')) {
      // Bots are no web pages: not even our own page may use the bot's API.
      if (request.headers.origin !== undefined) refuse(response, 403, 'The API is for the bot.');
      else void api.handle(request, response, url);
    } else if (url.pathname.startsWith('/cdn/')) serveFile(world, url, response);
    else if (neighbour !== undefined) neighbour.http(request, response, url);
    else refuse(response, 404, 'Nothing here.');
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const url = urlOf(request);
    const ours = url !== undefined && isOurHost(request, bound) && isOurOrigin(request, bound);
    if (ours && url.pathname.startsWith('/gateway') && request.headers.origin === undefined) {
      gateway.upgrade(request, socket, head);
    } else if (!ours || neighbour?.upgrade(request, socket, head, url) !== true) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address !== null && typeof address === 'object') bound = address.port;
  return {
    port: bound,
    origin: originOf(host, bound),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function urlOf(request: IncomingMessage): URL | undefined {
  // The path stays as it was sent (`..` and `%2e` included would be folded by URL): who serves files looks at it again.
  return URL.canParse(request.url ?? '/', 'http://playground')
    ? new URL(request.url ?? '/', 'http://playground')
    : undefined;
}

export function refuse(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${text}\n`);
}

/** `/cdn/attachments/{channel}/{file}/{name}`. Served so that an uploaded page or picture can run nothing. */
function serveFile(world: World, url: URL, response: ServerResponse): void {
  const file = world.files.get(url.pathname.split('/')[4] ?? '');
  if (file === undefined) {
    refuse(response, 404, 'No such attachment.');
    return;
  }
  const shown = /^image\/(png|jpeg|gif|webp|svg\+xml)$/.test(file.contentType);
  response.setHeader('content-type', shown ? file.contentType : 'application/octet-stream');
  response.setHeader('content-disposition', `${shown ? 'inline' : 'attachment'}; filename="${file.name}"`);
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  response.setHeader('cache-control', 'private, max-age=3600');
  response.end(file.data);
}
