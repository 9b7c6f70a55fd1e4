import type { IncomingMessage } from 'node:http';

export type LoopbackHost = '127.0.0.1' | '::1';

/** Refuses every address that other machines could reach: whoever reaches the stand-in is the bot and every persona. */
export function requireLoopback(host: string): LoopbackHost {
  if (host === '127.0.0.1' || host === '::1') return host;
  throw new Error(
    `The playground listens on 127.0.0.1 or ::1 only, not on "${host}": anybody who reaches it can act as anyone.`,
  );
}

export function originOf(host: LoopbackHost, port: number): string {
  return `http://${host === '::1' ? '[::1]' : host}:${port}`;
}

/** A name that a web page made point here (DNS rebinding) is not one of ours. */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  const { host } = request.headers;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`;
}

/** Browsers name the page that asks; programs name none. */
export function isOurOrigin(request: IncomingMessage, port: number): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => origin === `http://${name}:${port}`);
}
