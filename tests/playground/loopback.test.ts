import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { isOurHost, isOurOrigin } from '../../src/playground/standin/loopback.ts';

const asking = (headers: IncomingMessage['headers']) => ({ headers }) as IncomingMessage;

describe('who may ask the playground', () => {
  test.each([
    ['127.0.0.1:8787', 8787, true],
    ['localhost:8787', 8787, true],
    ['[::1]:8787', 8787, true],
    ['127.0.0.1:80', 8787, false],
    ['127.0.0.1', 8787, false],
    ['rebound.example:8787', 8787, false],
    ['rebound.example', 80, false],
    ['127.0.0.1', 80, true],
    ['localhost', 80, true],
    ['[::1]', 80, true],
    ['localhost:80', 80, true],
    ['localhost:8787', 80, false],
  ])('as %s on port %i: %s', (host, port, ours) => {
    expect(isOurHost(asking({ host }), port)).toBe(ours);
    expect(isOurOrigin(asking({ origin: `http://${host}` }), port)).toBe(ours);
  });

  test('a program names no page, but always a host', () => {
    expect(isOurOrigin(asking({}), 80)).toBe(true);
    expect(isOurHost(asking({}), 80)).toBe(false);
  });

  test('a page of another scheme is another page', () => {
    expect(isOurOrigin(asking({ origin: 'https://localhost' }), 80)).toBe(false);
    expect(isOurOrigin(asking({ origin: 'null' }), 80)).toBe(false);
  });
});
