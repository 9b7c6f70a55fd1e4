import type { FromPage, ToPage } from './wire.ts';

export interface Connection {
  /** False when the socket is not open: the frame was not sent. */
  readonly send: (frame: FromPage) => boolean;
}

const FIRST_WAIT = 300;
const LONGEST_WAIT = 5_000;

function frameOf(data: unknown): ToPage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ToPage) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a socket to the stand-in open, connecting again for as long as the page lives. */
export function connect(
  url: string,
  on: { readonly frame: (frame: ToPage) => void; readonly closed: () => void },
): Connection {
  let socket: WebSocket | undefined;
  let wait = FIRST_WAIT;
  const open = (): void => {
    socket = new WebSocket(url);
    socket.addEventListener('message', (event: MessageEvent<unknown>) => {
      wait = FIRST_WAIT;
      const frame = frameOf(event.data);
      if (frame !== undefined) on.frame(frame);
    });
    socket.addEventListener('close', () => {
      on.closed();
      setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  };
  open();
  return {
    send: (frame) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
  };
}
