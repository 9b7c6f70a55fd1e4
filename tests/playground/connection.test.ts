import { createServer } from 'node:net';
import { Client, DiscordjsError, DiscordjsErrorCodes, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CHANNEL_IDS, GUILD_ID, PLAYGROUND_SEED } from '../../src/playground/cast.ts';
import { startPlayground } from '../../src/playground/playground.ts';
import { type StandIn, startStandIn } from '../../src/playground/standin/stand-in.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

describe('logging in', () => {
  it('makes a discord.js client ready, with the guild and its channels', async () => {
    bench = await startBench();
    const client = await bench.connect();
    expect(client.user.username).toBe('sitrep');
    expect(client.guilds.cache.get(GUILD_ID)?.name).toBe('The Playground Desk');
    expect(client.channels.cache.has(CHANNEL_IDS.dailyDigest)).toBe(true);
    expect(client.guilds.cache.get(GUILD_ID)?.members.me?.permissions.has('SendMessages')).toBe(true);
  });

  it('rejects a wrong token as Discord does', async () => {
    bench = await startBench();
    const client = bench.client();
    const refused = await client.login('another.token.altogether').catch((problem: unknown) => problem);
    expect(refused).toBeInstanceOf(DiscordjsError);
    expect(refused).toMatchObject({ code: DiscordjsErrorCodes.TokenInvalid });
  });

  it('closes with 4004 when the token is refused at IDENTIFY', async () => {
    bench = await startBench();
    const socket = new WebSocket(`${bench.standIn.origin.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    socket.on('message', () => socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 1 } })));
    expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4004);
  });

  it('closes with 4014 when a privileged intent is not switched on', async () => {
    bench = await startBench();
    const client = bench.client({ intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent] });
    await expect(client.login(bench.standIn.token)).rejects.toThrow(/intents/i);
  });

  it('answers heartbeats', async () => {
    bench = await startBench({ heartbeatMs: 40 });
    const client = await bench.connect();
    await bench.until('the heartbeat is acknowledged', () => client.ws.ping >= 0);
    expect(client.ws.ping).toBeLessThan(1000);
  });
});

describe('a lost connection', () => {
  it('is resumed, and what happened meanwhile is replayed', async () => {
    bench = await startBench();
    const { standIn } = bench;
    const client = await bench.connect();
    await client.application.commands.set([{ name: 'ping', description: 'Answers.' }]);
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isChatInputCommand()) void interaction.reply('Still here.');
    });
    standIn.gateway.drop(4000);
    expect(standIn.gateway.online).toBe(false);
    const answer = await bench.ask({ command: 'ping' });
    expect(answer.text).toBe('Still here.');
    expect(standIn.gateway.counts).toEqual({ identified: 1, resumed: 1 });
  });

  it('that nobody remembers is answered with op 9, so that the client identifies anew', async () => {
    bench = await startBench();
    const { standIn } = bench;
    const socket = new WebSocket(`${standIn.origin.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    const packets: unknown[] = [];
    socket.on('message', (data: Buffer) => packets.push(JSON.parse(data.toString())));
    await bench.until('the gateway greets', () => packets.length === 1);
    socket.send(JSON.stringify({ op: 6, d: { token: standIn.token, session_id: 'unknown', seq: 3 } }));
    await bench.until('the gateway answers', () => packets.length === 2);
    expect(packets[1]).toEqual({ op: 9, d: false });
    socket.send(JSON.stringify({ op: 2, d: { token: standIn.token, intents: 1 } }));
    await bench.until('the session is there', () => packets.length === 4);
    expect(packets[2]).toMatchObject({ op: 0, t: 'READY', s: 1 });
    expect(packets[3]).toMatchObject({ op: 0, t: 'GUILD_CREATE', s: 2 });
  });

  it('leaves nothing to resume after the client has said goodbye', async () => {
    bench = await startBench();
    const client = await bench.connect();
    await client.destroy();
    await bench.until('the session has ended', () => bench?.standIn.gateway.reachable === false);
  });
});

describe('the address', () => {
  it.each(['0.0.0.0', 'localhost', '192.168.1.5', '::', ''])('refuses to listen on "%s"', async (host) => {
    await expect(startStandIn({ seed: PLAYGROUND_SEED, host })).rejects.toThrow(/127\.0\.0\.1 or ::1 only/);
  });

  it('never hands out a gateway that lies elsewhere', async () => {
    bench = await startBench();
    const { standIn } = bench;
    const answer = await fetch(`${standIn.apiBase}/v10/gateway/bot`, {
      headers: { authorization: `Bot ${standIn.token}` },
    });
    expect(await answer.json()).toMatchObject({ url: `${standIn.origin.replace('http', 'ws')}/gateway` });
  });

  it('says in one line which setting to change when the port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    const now = () => new Date('2024-12-01T09:00:00Z');
    await expect(startPlayground({ port, now })).rejects.toThrow(`Port ${port} is taken: set PLAYGROUND_PORT`);
    await new Promise((resolve) => other.close(resolve));
  });

  it('refuses callers that are another web page, or came by another name', async () => {
    bench = await startBench();
    const { standIn } = bench;
    const headers = { authorization: `Bot ${standIn.token}` };
    const url = `${standIn.apiBase}/v10/users/@me`;
    expect((await fetch(url, { headers })).status).toBe(200);
    expect((await fetch(url, { headers: { ...headers, origin: 'https://elsewhere.example' } })).status).toBe(403);
    expect((await fetch(url, { headers: { ...headers, origin: standIn.origin } })).status).toBe(403);
    expect(await statusWithHost(standIn, 'rebound.example')).toBe(403);
    const socket = new WebSocket(`${standIn.origin.replace('http', 'ws')}/gateway`, {
      origin: 'https://elsewhere.example',
    });
    const failed = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(failed.message).toContain('403');
  });
});

async function statusWithHost(standIn: StandIn, host: string): Promise<number> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(
      `${standIn.apiBase}/v10/users/@me`,
      { headers: { host, authorization: `Bot ${standIn.token}` } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    ).on('error', reject);
  });
}

it('closes without leaving a client, a socket or a timer behind', async () => {
  const own = await startBench();
  const client: Client = await own.connect();
  const pending = fetch(`${own.standIn.apiBase}/v10/users/@me`).catch(() => undefined);
  own.standIn.faults.next({ path: '/users/@me' }, { kind: 'hang' });
  await own.close();
  await pending;
  expect(client.isReady()).toBe(false);
  await expect(fetch(own.standIn.origin)).rejects.toThrow();
});
