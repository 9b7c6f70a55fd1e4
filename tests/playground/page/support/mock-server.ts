import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FromPage, Hello, ToPage } from '../../../../src/playground/page/wire.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

function fileOf(path: string): string | undefined {
  if (path === '/') return 'src/playground/page/index.html';
  if (path === '/page.css' || path === '/icon.svg') return `src/playground/page${path}`;
  if (path.startsWith('/js/')) return `dist/page/${path.slice('/js/'.length)}`;
  if (path.startsWith('/modules/')) return `node_modules/${path.slice('/modules/'.length)}`;
  return undefined;
}

/** Under this policy the page has to work: nothing from outside, no inline script but the import map. */
function policy(html: string): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  return `default-src 'self'; script-src 'self' 'sha256-${hash}'; base-uri 'none'; form-action 'none'; object-src 'none'`;
}

export interface MockServer {
  readonly url: string;
  /** Frames that the page sent, oldest first. */
  readonly received: FromPage[];
  readonly send: (frame: ToPage) => void;
  /** Answers every frame from now on. */
  answer: (frame: FromPage) => void;
  readonly close: () => Promise<void>;
}

/** Serves the page as the playground does and plays the given hello; the test plays the bot. */
export async function startMockServer(hello: Hello, at = 0): Promise<MockServer> {
  const csp = policy(await readFile(join(ROOT, 'src/playground/page/index.html'), 'utf8'));
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = fileOf(path);
    const serve = async (): Promise<void> => {
      const body = file === undefined ? undefined : await readFile(join(ROOT, file)).catch(() => undefined);
      const type = TYPES[extname(file ?? '')] ?? 'application/octet-stream';
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'content-security-policy': csp });
      response.end(body);
    };
    void serve();
  });
  const sockets = new Set<WebSocket>();
  const wss = new WebSocketServer({ server, path: '/page' });
  const received: FromPage[] = [];
  const mock: MockServer = {
    url: '',
    received,
    send: (frame) => {
      for (const socket of sockets) socket.send(JSON.stringify(frame));
    },
    answer: () => {},
    close: async () => {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  wss.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as FromPage;
      received.push(frame);
      mock.answer(frame);
    });
    socket.send(JSON.stringify(hello));
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(mock, { url: `http://127.0.0.1:${port}/` });
}
