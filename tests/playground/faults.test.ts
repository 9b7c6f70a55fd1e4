import { type Client, DiscordAPIError, HTTPError, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHANNEL_IDS, GUILD_ID } from '../../src/playground/cast.ts';
import { type Bench, type BenchOptions, startBench } from '../support/stand-in.ts';

let bench: Bench;
let client: Client<true>;
const path = Routes.channelMessages(CHANNEL_IDS.newsroom);
const messages = { method: 'POST', path: '/messages' };
const post = (content = 'x') => client.rest.post(path, { body: { content } });

async function start(options: BenchOptions = {}, rest: { retries?: number; timeout?: number } = {}): Promise<void> {
  bench = await startBench(options);
  client = await bench.connect({ rest });
}
afterEach(() => bench.close());

describe('rate limits', () => {
  it('are announced in headers and waited out by the client', async () => {
    const rule = { 'POST /channels/:channel/messages': { limit: 2, perMs: 300 } };
    await start({ rateLimits: { buckets: rule } });
    const begin = performance.now();
    await Promise.all([post('1'), post('2'), post('3')]);
    expect(performance.now() - begin).toBeGreaterThan(250);
    expect(bench.seen('newsroom')).toHaveLength(3);
    const answer = await fetch(`${bench.standIn.apiBase}/v10/users/@me`, {
      headers: { authorization: `Bot ${bench.standIn.token}` },
    });
    expect(Number(answer.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect(answer.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{8}$/);
  });

  it('answer 429 to a client that does not listen, per channel', async () => {
    await start({ rateLimits: {} });
    const { standIn } = bench;
    const headers = { authorization: `Bot ${standIn.token}`, 'content-type': 'application/json' };
    const send = (channel: string) =>
      fetch(`${standIn.apiBase}/v10/channels/${channel}/messages`, {
        method: 'POST',
        headers,
        body: '{"content":"x"}',
      });
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await send(CHANNEL_IDS.newsroom));
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(await answers[5]?.json()).toMatchObject({ global: false, retry_after: expect.any(Number) as number });
    expect(Number(answers[5]?.headers.get('retry-after'))).toBeGreaterThan(4);
    expect((await send(CHANNEL_IDS.fieldNotes)).status).toBe(200);
  });

  it('bind everything together at 50 a second, but not interaction callbacks', async () => {
    await start({ rateLimits: { globalPerSecond: 3 }, elapsed: () => 0 });
    const { standIn } = bench;
    const headers = { authorization: `Bot ${standIn.token}` };
    const statuses = [];
    for (let n = 0; n < 4; n++)
      statuses.push((await fetch(`${standIn.apiBase}/v10/guilds/${GUILD_ID}`, { headers })).status);
    // One of the three went to finding the gateway.
    expect(statuses).toEqual([200, 200, 429, 429]);
    const callback = await fetch(`${standIn.apiBase}/v10/interactions/1/t/callback`, { method: 'POST', body: '{}' });
    expect(callback.status).toBe(404);
  });
});

describe('on demand', () => {
  beforeEach(() => start());

  it('the next request is answered with an error, and only that one', async () => {
    const order = bench.standIn.faults.next(messages, {
      kind: 'status',
      status: 403,
      code: 50_013,
      message: 'Missing Permissions',
    });
    await expect(post()).rejects.toMatchObject({ status: 403, code: 50_013 });
    await post();
    expect(order.hits).toBe(1);
    expect(bench.seen('newsroom')).toHaveLength(1);
  });

  it('a 429 is waited out', async () => {
    bench.standIn.faults.next(messages, { kind: 'rateLimit', retryAfterMs: 120 });
    const begin = performance.now();
    await post();
    expect(performance.now() - begin).toBeGreaterThan(110);
  });

  it('a message is made although the answer is a 500', async () => {
    bench.standIn.faults.next(messages, { kind: 'lost', how: 'status' });
    await expect(post()).rejects.toBeInstanceOf(HTTPError);
    expect(bench.seen('newsroom')).toHaveLength(1);
  });

  it('a message is made although the connection is cut', async () => {
    bench.standIn.faults.next(messages, { kind: 'lost', how: 'reset' });
    await expect(post()).rejects.toThrow();
    expect(bench.seen('newsroom')).toHaveLength(1);
  });

  it('a connection is cut before anything happened', async () => {
    bench.standIn.faults.next(messages, { kind: 'reset' });
    await expect(post()).rejects.toThrow();
    expect(bench.seen('newsroom')).toHaveLength(0);
  });

  it('a fault can be taken back', async () => {
    const order = bench.standIn.faults.next(messages, { kind: 'status', status: 503 });
    order.cancel();
    await post();
    expect(order.hits).toBe(0);
  });

  it('the token is refused from one moment to the next', async () => {
    bench.standIn.refuseToken(true);
    await expect(post()).rejects.toMatchObject({ status: 401 });
    await expect(post()).rejects.toThrow(/token/i);
  });
});

describe('a lost answer', () => {
  it('is not noticed by a client that gives up, but the message is there', async () => {
    await start({}, { timeout: 150 });
    bench.standIn.faults.next(messages, { kind: 'lost', how: 'hang' });
    await expect(post()).rejects.toThrow(/abort/i);
    expect(bench.seen('newsroom')).toHaveLength(1);
    expect(bench.standIn.requests.at(-1)?.status).toBeUndefined();
  });

  it('doubles a post that the client repeats, unless a nonce forbids it', async () => {
    await start({}, { retries: 3 });
    const { faults } = bench.standIn;
    faults.next({ ...messages, times: 2 }, { kind: 'lost', how: 'status' });
    await post();
    expect(bench.seen('newsroom')).toHaveLength(3);
    faults.next({ ...messages, times: 2 }, { kind: 'lost', how: 'status' });
    await client.rest.post(path, { body: { content: 'once', nonce: 'n1', enforce_nonce: true } });
    expect(bench.seen('newsroom').filter((one) => one['content'] === 'once')).toHaveLength(1);
  });
});

describe('what the API does not know', () => {
  beforeEach(() => start());

  it('is a 404, and stays visible in the record', async () => {
    const problem = await client.rest.get('/nonsense').catch((caught: unknown) => caught);
    expect(problem).toBeInstanceOf(DiscordAPIError);
    expect(bench.standIn.requests.at(-1)).toMatchObject({ method: 'GET', path: '/nonsense', status: 404 });
  });

  it('is a body that is no JSON', async () => {
    const answer = await fetch(`${bench.standIn.apiBase}/v10${path}`, {
      method: 'POST',
      headers: { authorization: `Bot ${bench.standIn.token}`, 'content-type': 'application/json' },
      body: '{"content":',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 50_109 });
  });
});
