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

const NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const;

/** Clients leave out the port of http: 80 is the same as none. */
const ourHosts = (port: number): readonly string[] =>
  NAMES.flatMap((name) => (port === 80 ? [`${name}:80`, name] : [`${name}:${port}`]));

/** A name that a web page made point here (DNS rebinding) is not one of ours. */
export function isOurHost({ headers: { host } }: IncomingMessage, port: number): boolean {
  return host !== undefined && ourHosts(port).includes(host);
}

/** Browsers name the page that asks; programs name none. */
export function isOurOrigin({ headers: { origin } }: IncomingMessage, port: number): boolean {
  return origin === undefined || ourHosts(port).some((host) => origin === `http://${host}`);
}
