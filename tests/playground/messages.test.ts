import {
  AttachmentBuilder,
  ChannelType,
  type Client,
  ContainerBuilder,
  DiscordAPIError,
  type ForumChannel,
  MessageFlags,
  type NewsChannel,
  Routes,
  type TextChannel,
} from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHANNEL_IDS, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { Permission } from '../../src/playground/standin/permissions.ts';
import { momentOf, snowflakeAt } from '../../src/playground/standin/snowflake.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench;
let client: Client<true>;
let newsroom: TextChannel;
let moment = new Date('2024-12-01T09:00:00Z');
let monotonic = 0;

beforeAll(async () => {
  bench = await startBench({ now: () => moment, elapsed: () => monotonic, nonceWindowMs: 1000 });
  client = await bench.connect();
  newsroom = client.channels.cache.get(CHANNEL_IDS.newsroom) as TextChannel;
});
beforeEach(() => bench.standIn.clearRequests());
afterAll(() => bench.close());

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (problem: unknown) => (problem instanceof DiscordAPIError ? `${problem.status}/${problem.code}` : problem),
  );

describe('a message', () => {
  it('carries the moment of the playground’s clock', async () => {
    moment = new Date('2024-11-29T06:00:00Z');
    const message = await newsroom.send('Good morning.');
    expect(message.createdAt).toEqual(moment);
    expect(momentOf(message.id)).toEqual(moment);
  });

  it('never takes an id twice, even when the clock is set back', async () => {
    const first = await newsroom.send('one');
    moment = new Date('2024-11-30T06:00:00Z');
    await newsroom.send('two');
    moment = new Date('2024-11-29T06:00:00Z');
    const third = await newsroom.send('three');
    expect(third.id).not.toBe(first.id);
  });

  it('can be edited and deleted by its author only', async () => {
    const own = await newsroom.send('Draft');
    expect((await own.edit('Final')).content).toBe('Final');
    await own.delete();
    expect(await codeOf(own.edit('Gone'))).toBe('404/10008');
    const other = bench.say('editor', 'Mine.');
    const edit = client.rest.patch(Routes.channelMessage(newsroom.id, other.id), { body: { content: 'Yours.' } });
    expect(await codeOf(edit)).toBe('403/50005');
    expect(await codeOf(client.rest.delete(Routes.channelMessage(newsroom.id, other.id)))).toBe('403/50013');
  });

  it('of somebody else comes without its content, unless it mentions the bot', async () => {
    const silent = bench.say('reader', 'A secret.');
    const spoken = bench.say('reader', `<@${client.user.id}> hello`);
    expect((await newsroom.messages.fetch(silent.id)).content).toBe('');
    expect((await newsroom.messages.fetch(spoken.id)).content).toContain('hello');
  });
});

describe('the history', () => {
  it('is paged by id, newest first', async () => {
    const channel = client.channels.cache.get(CHANNEL_IDS.fieldNotes) as TextChannel;
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      moment = new Date(Date.UTC(2024, 10, 30, 6, n));
      ids.push((await channel.send(`Note ${n}`)).id);
    }
    const list = async (query: string) => {
      const got = (await client.rest.get(`/channels/${channel.id}/messages`, {
        query: new URLSearchParams(query),
      })) as { id: string }[];
      return got.map((one) => ids.indexOf(one.id));
    };
    expect(await list('limit=2')).toEqual([4, 3]);
    expect(await list(`limit=2&after=${ids[0]}`)).toEqual([2, 1]);
    expect(await list(`limit=2&before=${ids[3]}`)).toEqual([2, 1]);
    expect(await list(`after=${snowflakeAt(new Date(Date.UTC(2024, 10, 30, 6, 3)))}`)).toEqual([4, 3]);
  });

  it('is an empty list, not an error, without the right to read it', async () => {
    await newsroom.send('Something.');
    const { restore } = bench.standIn.revoke(newsroom.id, Permission.readMessageHistory);
    expect((await newsroom.messages.fetch({ limit: 10 })).size).toBe(0);
    restore();
    expect((await newsroom.messages.fetch({ limit: 10 })).size).toBeGreaterThan(0);
  });
});

describe('a nonce', () => {
  const post = (nonce: string, channel = newsroom.id) =>
    client.rest.post(Routes.channelMessages(channel), {
      body: { content: 'Digest', nonce, enforce_nonce: true },
    }) as Promise<{ id: string }>;

  it('used again returns the first message and posts nothing', async () => {
    const before = bench.seen('newsroom').length;
    const first = await post('slot-1');
    expect((await post('slot-1')).id).toBe(first.id);
    expect((await post('slot-1', CHANNEL_IDS.fieldNotes)).id).toBe(first.id);
    expect(bench.seen('newsroom')).toHaveLength(before + 1);
  });

  it('is forgotten after its window', async () => {
    const first = await post('slot-2');
    monotonic += 1001;
    expect((await post('slot-2')).id).not.toBe(first.id);
  });

  it('whose message was deleted gets Unknown Message', async () => {
    const first = await post('slot-3');
    await client.rest.delete(Routes.channelMessage(newsroom.id, first.id));
    expect(await codeOf(post('slot-3'))).toBe('404/10008');
  });

  it('longer than 25 characters is refused', async () => {
    expect(await codeOf(post('x'.repeat(26)))).toBe('400/50035');
  });
});

describe('mentions', () => {
  const text = `<@${PERSONA_IDS.reader}> <@&${ROLE_IDS.onCall}> <@&${ROLE_IDS.editor}> @everyone`;
  const send = async (body: object) => {
    const raw = (await client.rest.post(Routes.channelMessages(newsroom.id), { body })) as { id: string };
    return told(raw);
  };
  const told = (raw: unknown) => {
    const { mentions, mention_roles, mention_everyone } = raw as {
      mentions: { id: string }[];
      mention_roles: string[];
      mention_everyone: boolean;
    };
    return { users: mentions.map((one) => one.id), roles: mention_roles, everyone: mention_everyone };
  };
  const nobody = { users: [], roles: [], everyone: false };

  it('notify whoever may be notified when nothing is said about them', async () => {
    expect(await send({ content: text })).toEqual({
      users: [PERSONA_IDS.reader],
      roles: [ROLE_IDS.onCall],
      everyone: false,
    });
  });

  it('notify nobody with an empty parse list, in text displays too', async () => {
    expect(await send({ content: text, allowed_mentions: { parse: [] } })).toEqual(nobody);
    const components = [{ type: 17, components: [{ type: 10, content: text }] }];
    const body = { flags: MessageFlags.IsComponentsV2, components };
    expect(await send({ ...body, allowed_mentions: { parse: [] } })).toEqual(nobody);
    expect((await send(body)).users).toEqual([PERSONA_IDS.reader]);
  });

  it('notify exactly those that are listed', async () => {
    const allowed_mentions = { parse: [], roles: [ROLE_IDS.onCall] };
    expect(await send({ content: text, allowed_mentions })).toEqual({ ...nobody, roles: [ROLE_IDS.onCall] });
  });

  it('are parsed again by an edit', async () => {
    const message = await newsroom.send({ content: 'Quiet.', allowedMentions: { parse: [] } });
    const raw = await client.rest.patch(Routes.channelMessage(newsroom.id, message.id), { body: { content: text } });
    expect(told(raw).users).toEqual([PERSONA_IDS.reader]);
    const again = await client.rest.patch(Routes.channelMessage(newsroom.id, message.id), {
      body: { content: text, allowed_mentions: { parse: [] } },
    });
    expect(told(again)).toEqual(nobody);
  });

  it('of everyone notify only with the right to do so', async () => {
    const channel = bench.standIn.world.channels.get(newsroom.id);
    channel?.overwrites.push({ id: client.user.id, type: 1, allow: Permission.mentionEveryone, deny: 0n });
    expect((await send({ content: text })).everyone).toBe(true);
    channel?.overwrites.pop();
  });

  it('listed and parsed at once are refused', async () => {
    const allowed_mentions = { parse: ['roles'], roles: [ROLE_IDS.onCall] };
    expect(await codeOf(send({ content: text, allowed_mentions }))).toBe('400/50035');
  });
});

describe('files', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );

  it('are kept and served under the address that the message gives', async () => {
    const message = await newsroom.send({
      content: 'Chart',
      files: [new AttachmentBuilder(png, { name: 'toll chart.png', description: 'A chart' })],
    });
    const [file] = message.attachments.values();
    expect(file).toMatchObject({
      name: 'toll_chart.png',
      width: 1,
      height: 1,
      description: 'A chart',
      contentType: 'image/png',
    });
    const got = await fetch(file?.url ?? '');
    expect(Buffer.from(await got.arrayBuffer()).equals(png)).toBe(true);
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
    expect(bench.standIn.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: `/channels/${newsroom.id}/messages`,
      status: 200,
      body: { content: 'Chart' },
      files: [{ name: 'toll chart.png', index: 0 }],
    });
  });

  it('show up in components that refer to them, not among the attachments', async () => {
    const message = await newsroom.send({
      flags: MessageFlags.IsComponentsV2,
      components: [
        new ContainerBuilder()
          .addTextDisplayComponents((text) => text.setContent('Toll'))
          .addMediaGalleryComponents((gallery) =>
            gallery.addItems((item) => item.setURL('attachment://chart.png').setDescription('A chart')),
          ),
      ],
      files: [new AttachmentBuilder(png, { name: 'chart.png' })],
    });
    expect(message.attachments.size).toBe(0);
    const [seen] = bench.seen('newsroom').slice(-1);
    expect(JSON.stringify(seen)).toContain(`${bench.standIn.origin}/cdn/attachments/${newsroom.id}/`);
    const edited = await message.edit({
      components: [
        new ContainerBuilder().addMediaGalleryComponents((gallery) =>
          gallery.addItems((item) => item.setURL('attachment://chart.png')),
        ),
      ],
    });
    expect(edited.flags.has(MessageFlags.IsComponentsV2)).toBe(true);
  });

  it('in an embed are resolved and leave the attachments', async () => {
    const message = await newsroom.send({
      embeds: [{ title: 'Toll', image: { url: 'attachment://chart.png' } }],
      files: [new AttachmentBuilder(png, { name: 'chart.png' })],
    });
    expect(message.embeds[0]?.image?.url).toContain('/cdn/attachments/');
    expect(message.attachments.size).toBe(0);
  });

  it('that are referred to but missing are refused', async () => {
    const sent = newsroom.send({ embeds: [{ title: 'Toll', image: { url: 'attachment://none.png' } }] });
    expect(await codeOf(sent)).toBe('400/50035');
  });
});

describe('rights', () => {
  it.each([
    ['without seeing the channel', Permission.viewChannel, '403/50001'],
    ['without sending', Permission.sendMessages, '403/50013'],
    ['without embedding', Permission.embedLinks, '403/50013'],
  ])('%s a post fails', async (_what, bits, code) => {
    const { restore } = bench.standIn.revoke(newsroom.id, bits);
    expect(
      await codeOf(client.rest.post(Routes.channelMessages(newsroom.id), { body: { embeds: [{ title: 'x' }] } })),
    ).toBe(code);
    restore();
  });

  it('taken away reach the client at once', async () => {
    const { restore } = bench.standIn.revoke(newsroom.id, Permission.sendMessages);
    await bench.until('the client knows', () => newsroom.permissionsFor(client.user)?.has('SendMessages') === false);
    restore();
    await bench.until(
      'the client knows again',
      () => newsroom.permissionsFor(client.user)?.has('SendMessages') === true,
    );
  });
});

describe('other kinds of channels', () => {
  it('announcements are published once', async () => {
    const digest = client.channels.cache.get(CHANNEL_IDS.dailyDigest) as NewsChannel;
    const message = await digest.send('Daily digest');
    await message.crosspost();
    expect(bench.seen('dailyDigest').at(-1)).toMatchObject({ flags: MessageFlags.Crossposted });
    expect(await codeOf(message.crosspost())).toBe('400/40033');
    const plain = await newsroom.send('Plain');
    expect(await codeOf(client.rest.post(Routes.channelMessageCrosspost(newsroom.id, plain.id)))).toBe('400/50024');
  });

  it('a forum takes posts, not messages', async () => {
    const forum = client.channels.cache.get(CHANNEL_IDS.longReads) as ForumChannel;
    expect(await codeOf(client.rest.post(Routes.channelMessages(forum.id), { body: { content: 'x' } }))).toBe(
      '400/40058',
    );
    const post = await forum.threads.create({ name: 'Aleppo', message: { content: 'The first three days.' } });
    expect(post.type).toBe(ChannelType.PublicThread);
    expect(bench.seen(post.id)).toMatchObject([{ id: post.id, content: 'The first three days.' }]);
    await post.send('More.');
    await post.setArchived(true);
    await client.rest.post(Routes.channelMessages(post.id), { body: { content: 'It wakes up.' } });
    await bench.until('the thread is awake', () => !post.archived);
  });

  it('a message can start a thread', async () => {
    const message = await newsroom.send('Talk about this');
    const thread = await message.startThread({ name: 'Talk' });
    expect(thread.id).toBe(message.id);
    const again = client.rest.post(Routes.threads(newsroom.id, message.id), { body: { name: 'Talk' } });
    expect(await codeOf(again)).toBe('400/160004');
  });

  it('a person can be written to directly', async () => {
    const user = await client.users.fetch(PERSONA_IDS.admin);
    const message = await user.send('Your digest is suspended.');
    expect(bench.seen(message.channelId, 'admin')).toMatchObject([{ content: 'Your digest is suspended.' }]);
    expect(bench.seen(message.channelId, 'reader')).toEqual([]);
  });

  it('one that was deleted answers 10003', async () => {
    const notes = CHANNEL_IDS.fieldNotes;
    bench.standIn.deleteChannel(notes);
    expect(await codeOf(client.rest.post(Routes.channelMessages(notes), { body: { content: 'x' } }))).toBe('404/10003');
    await bench.until('the client knows', () => !client.channels.cache.has(notes));
  });
});
