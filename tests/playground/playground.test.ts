import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  DiscordAPIError,
  Events,
  MessageFlags,
  TextDisplayBuilder,
} from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CHANNEL_IDS, PERSONA_IDS } from '../../src/playground/cast.ts';
import type { FromPage, Hello, ToPage } from '../../src/playground/page/wire.ts';
import type { ClockControl } from '../../src/playground/page-socket.ts';
import { type Playground, startPlayground } from '../../src/playground/playground.ts';
import type { PageFolders } from '../../src/playground/static-files.ts';
import { connect } from '../support/stand-in.ts';

let folder: string;
let pageFolders: PageFolders;
let playground: Playground;
let moment = new Date('2024-12-01T09:00:00Z');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
  pageFolders = { compiled: join(folder, 'dist', 'page'), still: join(folder, 'page') };
  await mkdir(pageFolders.compiled, { recursive: true });
  await mkdir(pageFolders.still);
  await mkdir(join(folder, 'node_modules', 'named'), { recursive: true });
  await mkdir(join(folder, 'node_modules', 'unnamed'), { recursive: true });
  await writeFile(
    join(pageFolders.still, 'index.html'),
    '<!doctype html><script type="importmap">{"imports":{"named":"/modules/named/index.js"}}</script><script type="module" src="/js/main.js"></script>',
  );
  await writeFile(join(pageFolders.still, 'page.css'), 'body{}');
  await writeFile(join(pageFolders.still, 'main.ts'), 'source');
  await writeFile(join(pageFolders.compiled, 'main.js'), 'export {};');
  await writeFile(join(folder, 'node_modules', 'named', 'index.js'), 'export {};');
  await writeFile(join(folder, 'node_modules', 'unnamed', 'index.js'), 'export {};');
  await writeFile(join(folder, 'secret.css'), 'secret');
  await symlink(join(folder, 'secret.css'), join(pageFolders.still, 'linked.css'));
});
afterAll(() => rm(folder, { recursive: true }));

const listeners = new Set<() => void>();
const clock: ClockControl = {
  state: () => ({ now: moment.toISOString(), zone: 'Asia/Damascus', marks: [], moving: false }),
  async move(to) {
    moment = to;
    for (const listener of listeners) listener();
  },
  onChange(listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
beforeEach(async () => {
  moment = new Date('2024-12-01T09:00:00Z');
  playground = await startPlayground({
    port: 0,
    now: () => moment,
    clock,
    pageFolders,
    standIn: { interactionDeadlineMs: 500 },
  });
});
afterEach(async () => {
  await playground.close();
  expect(listeners.size).toBe(0);
});

describe('the page', () => {
  it('is served with its scripts, and nothing else may run in it', async () => {
    const answer = await fetch(playground.url);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]+=*';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await fetch(`${playground.url}/js/main.js`)).headers.get('content-type')).toBe(
      'text/javascript; charset=utf-8',
    );
    expect((await fetch(`${playground.url}/page.css`)).headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect((await fetch(`${playground.url}/modules/named/index.js`)).status).toBe(200);
  });

  it.each([
    ['/main.ts'],
    ['/nothing.css'],
    ['/modules/unnamed/index.js'],
    ['/modules/named/../unnamed/index.js'],
    ['/../secret.css'],
    ['/%2e%2e/secret.css'],
    ['/..%2fsecret.css'],
    ['/js/..%2f..%2f..%2fsecret.css'],
    ['/modules/named/..%2f..%2f..%2fsecret.css'],
    ['/..%5csecret.css'],
    ['/linked.css'],
    ['/.env'],
    ['/%00'],
    ['/%'],
  ])('does not give away %s', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });

  it('cannot be driven by another page, nor by another name of this machine', async () => {
    expect(await statusOf('/', { host: 'rebound.example' })).toBe(403);
    expect(await statusOf('/', { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await refusedSocket({ origin: 'https://elsewhere.example' })).toContain('403');
    expect(await refusedSocket({ origin: 'null' })).toContain('403');
    expect(await refusedSocket({ headers: { host: 'rebound.example' } })).toContain('403');
    expect((await open({ origin: playground.url })).hello.bot.name).toBe('Sitrep');
  });

  it('takes no other method', async () => {
    expect((await fetch(playground.url, { method: 'POST' })).status).toBe(405);
  });
});

describe('the conversation with the page', () => {
  let client: Client<true>;
  beforeEach(async () => {
    client = await connect(playground.standIn);
    await client.application.commands.set([
      {
        name: 'brief',
        description: 'Briefs.',
        options: [
          { type: ApplicationCommandOptionType.String, name: 'situation', description: 'Which', autocomplete: true },
        ],
      },
    ]);
  });
  afterEach(() => client.destroy());

  it('begins with everything there is', async () => {
    playground.standIn.say(PERSONA_IDS.reader, CHANNEL_IDS.newsroom, 'Hello');
    const { hello } = await open();
    expect(hello.bot.online).toBe(true);
    expect(hello.personas.map((one) => one.role)).toEqual(['Reader', 'Editor', 'Reviewer', 'Admin']);
    expect(hello.channels.map((one) => `${one.name} ${one.type}`)).toContain('daily-digest 5');
    expect(hello.commands).toMatchObject([{ name: 'brief', id: expect.any(String) as string }]);
    expect(hello.messages).toMatchObject([{ message: { content: 'Hello' } }]);
    expect(hello.clock).toMatchObject({ now: '2024-12-01T09:00:00.000Z', zone: 'Asia/Damascus' });
  });

  it('carries a command, its answer, a button and its update', async () => {
    client.on(Events.InteractionCreate, (interaction) => {
      const button = new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Secondary);
      const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(button)];
      if (interaction.isChatInputCommand()) {
        void interaction.reply({
          content: `About ${interaction.options.getString('situation')}`,
          components,
          flags: MessageFlags.Ephemeral,
        });
      } else if (interaction.isButton()) void interaction.update('More about it');
      else if (interaction.isAutocomplete()) void interaction.respond([{ name: 'Aleppo', value: 'aleppo-2024' }]);
    });
    const page = await open();
    const asked = { channelId: CHANNEL_IDS.newsroom, personaId: PERSONA_IDS.editor };
    const commandId = String(page.hello.commands[0]?.['id']);
    const option = { name: 'situation', type: 3 };
    page.send({
      ...asked,
      type: 'autocomplete',
      nonce: 'a',
      commandId,
      options: [{ ...option, value: 'al', focused: true }],
    });
    expect(await page.next('choices')).toMatchObject({ nonce: 'a', choices: [{ value: 'aleppo-2024' }] });
    page.send({ ...asked, type: 'command', nonce: 'b', commandId, options: [{ ...option, value: 'aleppo-2024' }] });
    const { seen } = await page.next('message.create');
    expect(seen).toMatchObject({
      onlyFor: PERSONA_IDS.editor,
      invokedBy: { personaId: PERSONA_IDS.editor, line: '/brief situation:aleppo-2024' },
      message: { content: 'About aleppo-2024' },
    });
    expect(await page.next('acknowledged')).toMatchObject({ nonce: 'b' });
    const messageId = String(seen.message['id']);
    page.send({ ...asked, type: 'component', nonce: 'c', messageId, customId: 'more', componentType: 2 });
    expect((await page.next('message.update')).seen.message).toMatchObject({ content: 'More about it' });
    page.send({ type: 'dismiss', messageId });
    expect(await page.next('message.delete')).toMatchObject({ messageId });
    expect((await open()).hello.messages).toEqual([]);
  });

  it('tells why something failed', async () => {
    const page = await open();
    const asked = { channelId: CHANNEL_IDS.newsroom, personaId: PERSONA_IDS.reader, options: [] };
    page.send({ ...asked, type: 'command', nonce: 'a', commandId: String(page.hello.commands[0]?.['id']) });
    expect(await page.next('failed')).toMatchObject({ nonce: 'a', reason: 'The application did not respond' });
    page.send({ ...asked, type: 'command', nonce: 'b', commandId: '1' });
    expect(await page.next('failed')).toMatchObject({ nonce: 'b', reason: 'No command with id 1 is registered' });
  });

  it('says when the bot goes away', async () => {
    const page = await open();
    await client.destroy();
    expect(await page.next('bot')).toEqual({ type: 'bot', online: false });
  });

  it('says who may see a channel, and what belongs to which start of it', async () => {
    const page = await open();
    const seenBy = (id: string) => page.hello.channels.find((one) => one.id === id)?.seenBy;
    expect(seenBy(CHANNEL_IDS.newsroom)).toBeUndefined();
    expect(seenBy(CHANNEL_IDS.deskLog)).toEqual([PERSONA_IDS.editor, PERSONA_IDS.reviewer, PERSONA_IDS.admin]);
    expect(page.hello.run).toBe((await open()).hello.run);
    const other = await startPlayground({ port: 0, now: () => moment, pageFolders });
    const { hello } = await open({}, other.url);
    expect(hello.run).not.toBe(page.hello.run);
    await other.close();
  });

  it('moves the clock', async () => {
    const page = await open();
    page.send({ type: 'clock.move', to: '2024-12-02T06:00:00Z' });
    expect(await page.next('clock')).toMatchObject({ clock: { now: '2024-12-02T06:00:00.000Z' } });
  });

  it('breaks what the page asks to be broken, and mends it', async () => {
    const page = await open();
    const channelId = CHANNEL_IDS.dailyDigest;
    const channel = client.channels.cache.get(channelId);
    const post = async () => (channel?.isSendable() ? channel.send('Digest') : undefined);
    page.send({ type: 'break', what: 'lost-permission', channelId });
    await page.next('hello');
    await expect(post()).rejects.toMatchObject({ code: 50_013 });
    page.send({ type: 'break', what: 'mend', channelId });
    await page.next('hello');
    await post();
    page.send({ type: 'break', what: 'deleted-channel', channelId });
    expect((await page.next('hello')).channels.some((one) => one.id === channelId)).toBe(false);
    await expect(post()).rejects.toMatchObject({ code: 10_003 });
  });

  it('breaks the next answer to a command, and no suggestions before it', async () => {
    const problems: unknown[] = [];
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isAutocomplete()) void interaction.respond([]);
      else if (interaction.isChatInputCommand()) {
        const text = new TextDisplayBuilder().setContent('Laid out');
        const rich = { components: [text], flags: MessageFlags.IsComponentsV2 } as const;
        void interaction.reply(rich).catch((problem: unknown) => {
          problems.push(problem);
          if (problem instanceof DiscordAPIError) void interaction.reply('Plain');
        });
      }
    });
    const page = await open();
    const asked = { channelId: CHANNEL_IDS.newsroom, personaId: PERSONA_IDS.editor };
    const commandId = String(page.hello.commands[0]?.['id']);
    const option = { name: 'situation', type: 3, value: 'a' };
    const ask = (nonce: string) => page.send({ ...asked, type: 'command', nonce, commandId, options: [option] });
    page.send({ type: 'break', what: 'refused-body', channelId: CHANNEL_IDS.newsroom });
    ask('a');
    expect((await page.next('message.create')).seen.message).toMatchObject({ content: 'Plain' });
    expect(problems).toMatchObject([{ status: 400, code: 50_035 }]);

    page.send({ type: 'break', what: 'late-answer', channelId: CHANNEL_IDS.newsroom });
    const typing = [{ ...option, focused: true }];
    page.send({ ...asked, type: 'autocomplete', nonce: 'b', commandId, options: typing });
    expect(await page.next('choices')).toMatchObject({ nonce: 'b' });
    ask('c');
    expect(await page.next('failed')).toMatchObject({ nonce: 'c', reason: 'The application did not respond' });
    ask('d');
    expect((await page.next('message.create')).seen.invokedBy).toMatchObject({ personaId: PERSONA_IDS.editor });

    page.send({ type: 'break', what: 'late-answer', channelId: CHANNEL_IDS.newsroom });
    page.send({ type: 'break', what: 'mend', channelId: CHANNEL_IDS.newsroom });
    ask('e');
    await page.next('message.create');
  });

  it('ends when a frame is not one of ours', async () => {
    const page = await open();
    page.raw('{"type":"command","nonce":1}');
    expect(await page.closed).toBe(1007);
  });
});

function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  const { hostname, port } = new URL(playground.url);
  return new Promise((resolve, reject) => {
    // fetch would tidy the path up before sending it.
    const asked = request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject).end();
  });
}

const pageUrl = (url = playground.url) => `${url.replace('http', 'ws')}/page`;

async function refusedSocket(options: { origin?: string; headers?: Record<string, string> }): Promise<string> {
  const socket = new WebSocket(pageUrl(), options);
  return new Promise((resolve, reject) => {
    socket.on('error', (problem) => resolve(problem.message));
    socket.on('open', () => reject(new Error('The socket was let in.')));
  });
}

/** A page: `next` takes the first frame of that type that was not taken yet. */
async function open(options: { origin?: string } = {}, url = playground.url) {
  const socket = new WebSocket(pageUrl(url), options);
  const frames: ToPage[] = [];
  let wake = () => {};
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as ToPage);
    wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const next = async <T extends ToPage['type']>(type: T): Promise<ToPage & { type: T }> => {
    for (;;) {
      const at = frames.findIndex((one) => one.type === type);
      if (at >= 0) return frames.splice(at, 1)[0] as ToPage & { type: T };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const hello: Hello = await next('hello');
  return {
    hello,
    next,
    closed,
    send: (frame: FromPage) => socket.send(JSON.stringify(frame)),
    raw: (text: string) => socket.send(text),
  };
}
