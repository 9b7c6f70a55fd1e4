import { ChannelType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { type DigestDesk, NEIGHBOURS, openDigestDesk, openSecret, plain, TAGS } from '../support/digest-desk.ts';
import { SAMPLE } from '../support/sample.ts';

let desk: DigestDesk;

beforeAll(async () => {
  desk = await openDigestDesk();
  await openSecret(desk.opened, { desk: NEIGHBOURS });
});
afterAll(async () => desk.close());

const CREATE = `/digest create channel:#field-notes situation:${SAMPLE}`;
const SEND = 1n << 11n;
const notes = () => desk.bot.client.guilds.cache.get(GUILD_ID)?.channels.cache.get(CHANNEL_IDS.fieldNotes);
const held = () => notes()?.permissionsFor(desk.bot.client.user);
const overwrites = () => {
  const channel = notes();
  return channel && 'permissionOverwrites' in channel ? channel.permissionOverwrites.cache : undefined;
};
const newest = () => {
  const state = desk.all().at(-1);
  if (!state) throw new Error('no digest was made');
  return state;
};

describe('a digest is ordered', () => {
  test('by a form that asks for what is missing', async () => {
    const form = await desk.ask('/digest create');
    const body = JSON.stringify(form.modal?.body);
    for (const label of ['Channel', 'Situations', 'When', 'Days', 'Time zone']) expect(body).toContain(`"${label}"`);
    expect(body).toContain('Asia/Damascus');
    expect(body).toContain(`"description":"${SAMPLE}"`);
    const made = await desk.bench.submit(form, {
      Channel: [CHANNEL_IDS.fieldNotes],
      Situations: [SAMPLE],
      When: '7:30, 19:00',
      Days: 'weekdays',
      'Time zone': 'Europe/Berlin',
    });
    expect(made.ephemeral).toBe(true);
    const text = plain(made.text);
    expect(text).toContain('Created.');
    expect(text).toContain('07:30 and 19:00 on weekdays, Europe/Berlin');
    // 09:00 UTC is 11:00 in Berlin: what has passed today is said, and what comes next is on both clocks.
    expect(text).toContain(
      '07:30 has passed today (it is 11:00 in Europe/Berlin): it first comes on Mon 1 Jun 2026, 19:00',
    );
    expect(text).toMatch(/Mon 1 Jun 2026, 19:00 Europe\/Berlin, for you <t:1780333200:f>/);
    expect(newest().digest).toMatchObject({
      id: 'D1',
      guild: GUILD_ID,
      channel: CHANNEL_IDS.fieldNotes,
      situations: [SAMPLE],
      schedule: {
        by: 'times',
        zone: 'Europe/Berlin',
        times: ['07:30', '19:00'],
        days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      },
      createdBy: PERSONA_IDS.admin,
      whenNothing: 'line',
      style: 'post',
      flash: false,
      paused: false,
      revision: 1,
    });
  });

  test('by options alone, and with a form for the one thing that is missing', async () => {
    const form = await desk.ask(CREATE);
    const body = JSON.stringify(form.modal?.body);
    expect(body).toContain('"When"');
    expect(body).not.toContain('"Channel"');
    expect(body).not.toContain('"Situations"');
    const text = plain((await desk.bench.submit(form, { When: '30 7 * * 1-5', 'Time zone': 'UTC' })).text);
    expect(text).toContain('by the expression 30 7 * * 1-5, UTC');
    const told = await desk.told(
      `/digest create channel:#field-notes situation:${SAMPLE} times:08:00 zone:UTC length:short severity:major place:Aleppo when-nothing:weekly flash:true mention:@On call quiet:22:00-6:30 name:Night desk first:changes`,
    );
    expect(told).toContain('“Night desk”');
    expect(told).toContain('With this filter (severity, place) last week: 7 of 31.');
    expect(told).toContain(`posted at once, mentions <@&${ROLE_IDS.onCall}>; held from 22:00 to 06:30`);
    const { digest, told: marker } = newest();
    expect(digest).toMatchObject({
      length: 'short',
      filters: { severity: 'major', place: 'aleppo-city' },
      whenNothing: 'weekly',
      flash: true,
      mention: ROLE_IDS.onCall,
      quiet: { from: '22:00', to: '06:30' },
    });
    expect(marker[SAMPLE]).toBeGreaterThan(100);
  });

  test('in announcement channels, threads and forums', async () => {
    const published = await desk.told(
      `/digest create channel:#daily-digest situation:${SAMPLE} times:08:00 zone:UTC publish:true style:board`,
    );
    expect(published).toContain('to the channels that follow this one');
    expect(newest().digest).toMatchObject({ publish: true, style: 'board' });
    const untagged = await desk.told(`/digest create channel:#tagged situation:${SAMPLE} times:08:00 zone:UTC`);
    expect(untagged).toContain('Every post in #tagged needs a tag');
    expect(untagged).toContain('daily, flash');
    const tagged = await desk.told(
      `/digest create channel:#tagged situation:${SAMPLE} times:08:00 zone:UTC tags:Daily`,
    );
    expect(tagged).toContain('**Tags**: daily');
    expect(newest().digest.tags).toEqual([TAGS.daily]);
    const board = await desk.told(
      `/digest create channel:#tagged situation:${SAMPLE} times:08:00 zone:UTC tags:daily style:board`,
    );
    expect(board).toContain('a board is one message');
  });

  test('with what the bot lacks said where it can do without', async () => {
    // And nothing of what it does not lack.
    expect(await desk.told(`/digest create channel:#plain situation:${SAMPLE} times:08:00 zone:UTC`)).toContain(
      'In #plain Sitrep lacks “Embed Links”: without “Embed Links” a digest comes as plain text. Somebody who manages',
    );
  });

  test('in a thread, also in one that was archived, of which the bot knows nothing any more', async () => {
    const parent = desk.bot.client.channels.cache.get(CHANNEL_IDS.newsroom);
    if (!parent || !('threads' in parent)) throw new Error('the newsroom has no threads');
    const thread = await parent.threads.create({ name: 'aleppo-live', type: ChannelType.PublicThread } as never);
    await desk.bench.until('the bot was told', () => desk.bot.client.channels.cache.has(thread.id));
    const order = `/digest create channel:${thread.id} situation:${SAMPLE} zone:UTC`;
    expect(await desk.told(`${order} times:08:00`)).toContain('Created.');
    desk.bot.client.guilds.cache.get(GUILD_ID)?.channels.cache.delete(thread.id);
    expect(await desk.told(`${order} times:09:00`)).toContain('Created.');
    expect(newest().digest.channel).toBe(thread.id);
    // With the button Discord says nothing of the channel; it is remembered from the command.
    const asked = await desk.ask(`${order} expression:* * * * *`);
    expect(plain((await desk.bench.press(asked, 'Yes, create it')).text)).toContain('Created.');
  });

  test('of a situation that is named twice, once', async () => {
    const text = await desk.told(`${CREATE} also:${SAMPLE}, ${SAMPLE} times:07:30`);
    expect(text).toContain('Digest D');
    expect(newest().digest).toMatchObject({ situations: [SAMPLE] });
    expect(newest().digest.name).not.toContain('more');
  });

  test('with a name that says what it says, and does nothing', async () => {
    const text = await desk.ask(
      `${CREATE} times:08:00 zone:UTC name:@everyone [x](https://e.org) **\u202e# <@${PERSONA_IDS.reader}>\u0007`,
    );
    expect(newest().digest.name).toBe(`@everyone [x](https://e.org) **# <@${PERSONA_IDS.reader}>`);
    expect(text.text).not.toMatch(/(?<!\\)@everyone|\]\(https:\/\/e|(?<!\\)<@1100000000000000401/);
  });

  test('with a word of warning where the role that is mentioned notifies nobody', async () => {
    const text = await desk.told(`${CREATE} times:08:00 zone:UTC mention:@Editors`);
    expect(text).toContain('Discord notifies nobody of @Editors yet');
    expect(text).toContain('for a flash alone; and none is posted here until “flash” is on');
  });

  test('and what is wrong in the form leads back to what was typed', async () => {
    const refused = await desk.bench.submit(await desk.ask('/digest create'), {
      Channel: [CHANNEL_IDS.fieldNotes],
      Situations: [SAMPLE],
      When: '24:00',
      'Time zone': 'Europe/Berlin',
    });
    expect(plain(refused.text)).toContain('midnight is 00:00');
    const again = await desk.bench.press(refused, 'Correct it');
    expect(JSON.stringify(again.modal?.body)).toContain('24:00');
    expect(plain((await desk.bench.submit(again, { When: '00:00' })).text)).toContain('00:00 every day, Europe/Berlin');
  });

  test('once, also where its answer has pages that are turned', async () => {
    const before = desk.all().length;
    // A refusal of rich messages makes short pages of it.
    desk.bench.standIn.faults.next({ method: 'POST', path: '/callback' }, { kind: 'status', status: 500 });
    const long = 'Very long name of a situation that fills a page, so that there are two, '.repeat(4).slice(0, 190);
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9])
      await openSecret(desk.opened, { slug: `wide-${n}`, title: `${n} ${long}`, visibility: 'public' });
    const also = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `wide-${n}`).join(', ');
    const made = await desk.ask(`${CREATE} also:${also} times:08:00 zone:UTC name:Wide`);
    desk.bench.standIn.faults.clear();
    expect(desk.all()).toHaveLength(before + 1);
    expect(plain(made.text)).toContain('Page 1 of');
    const turned = await desk.bench.press(made, 'Next');
    expect(plain(turned.text)).toContain('Page 2 of');
    expect(desk.all()).toHaveLength(before + 1);
    await desk.told(`/digest edit digest:${newest().digest.id} situation:${SAMPLE}`);
    expect(newest().digest.situations).toEqual([SAMPLE]);
    expect(await desk.told(`/digest edit digest:${newest().digest.id} also:wide-1`)).toContain('1 Very long name');
    expect(newest().digest.situations).toEqual([SAMPLE, 'wide-1']);
    const many = Array.from({ length: 10 }, (_, n) => `wide-${n + 1}`).join(', ');
    await openSecret(desk.opened, { slug: 'wide-10', title: '10', visibility: 'public' });
    expect(await desk.told(`${CREATE} also:${many} times:08:00 zone:UTC`)).toContain(
      'at most 10 situations; these are 11',
    );
  });

  test('after a question where it is odd, once, however often the button is pressed', async () => {
    const before = desk.all().length;
    const asked = await desk.ask(`${CREATE} expression:* * * * * zone:UTC`);
    expect(plain(asked.text)).toContain('every minute, 1,440 times');
    expect(desk.all()).toHaveLength(before);
    const message = asked.message;
    const made = await desk.bench.press(asked, 'Yes, create it');
    expect(plain(made.text)).toContain('Created.');
    expect(desk.all()).toHaveLength(before + 1);
    const { custom_id: id } = JSON.parse(
      /\{[^{}]*"label":"Yes, create it"[^{}]*\}/.exec(JSON.stringify(message))?.[0] ?? '{}',
    ) as { custom_id: string };
    const again = await desk.bench.press(made, 'Pause', {
      tamper: (payload) => ({ ...payload, data: { component_type: 2, custom_id: id } }),
    });
    expect(plain(again.text)).toContain('This was done already.');
    expect(desk.all()).toHaveLength(before + 1);
  });
});

describe('what is wrong is told in words', () => {
  test.each([
    ['zone:Nowhere/Land times:08:00', /There is no time zone “Nowhere\/Land”/],
    ['zone:Etc/GMT+3 times:08:00', /3 hours behind UTC, the opposite of what its sign seems to say/],
    ['zone:CST times:08:00', /means different zones to different people; write America\/Chicago or Asia\/Shanghai/],
    ['zone:UTC times:24:00', /midnight is 00:00, and begins the day after/],
    ['zone:UTC times:7:5', /could be 07:05 or 07:50/],
    ['zone:UTC times:25:99', /is not on the clock/],
    ['zone:UTC times:08:00 days:someday', /“someday” is not a day of the week/],
    ['zone:UTC expression:0 7 31 2 *', /never/],
    ['zone:UTC expression:0 7 * *', /five/],
    ['zone:UTC expression:0 7 * * * times:08:00', /names the times and days by itself/],
    ['zone:UTC times:08:00 quiet:22:00', /a beginning and an end are needed/],
    ['zone:UTC times:08:00 quiet:06:00-6:00', /no end or no length/],
    ['zone:UTC times:08:00 place:Atlantis', /No place “Atlantis” is recorded/],
    ['zone:UTC times:08:00 party:Nobody', /No party “Nobody” is recorded/],
    ['zone:UTC times:08:00 publish:true', /Only messages of announcement channels can be published/],
    ['zone:UTC times:08:00 tags:daily', /This forum has no tag|Only posts of a forum have tags/],
    [`zone:UTC times:08:00 mention:${GUILD_ID}`, /does not mention everyone/],
    ['zone:UTC times:08:00 also:no-such-thing', /There is no situation “no-such-thing” that you can read here/],
  ])('%s', async (options, words) => {
    const before = desk.all().length;
    expect(await desk.told(`${CREATE} ${options}`)).toMatch(words);
    expect(desk.all()).toHaveLength(before);
  });

  test('a channel in which the person, or the bot, cannot post', async () => {
    const rest = `situation:${SAMPLE} times:08:00 zone:UTC`;
    // Who manages the server is an admin of the desk, and may still not write everywhere.
    expect(await desk.told(`/digest create channel:#read-only ${rest}`)).toContain(
      'You may not send messages in #read-only',
    );
    expect(await desk.told(`/digest create channel:#hidden ${rest}`)).toContain(
      'Sitrep may not post in #hidden: it lacks “View Channel” and “Send Messages”',
    );
  });

  test('a right that is taken away between the question and the button', async () => {
    const asked = await desk.ask(`${CREATE} expression:* * * * * zone:UTC`);
    const before = desk.all().length;
    const right = desk.bench.standIn.revoke(CHANNEL_IDS.fieldNotes, SEND);
    await desk.bench.until('the bot was told', () => !held()?.has(SEND));
    expect(plain((await desk.bench.press(asked, 'Yes, create it')).text)).toContain(
      'Sitrep may not post in #field-notes: it lacks “Send Messages”',
    );
    right.restore();
    await desk.bench.until('the bot was told', () => held()?.has(SEND) === true);
    const own = desk.bench.standIn.revoke(CHANNEL_IDS.fieldNotes, SEND, PERSONA_IDS.admin);
    await desk.bench.until('the bot was told', () => overwrites()?.has(PERSONA_IDS.admin) === true);
    expect(plain((await desk.bench.press(asked, 'Yes, create it')).text)).toContain(
      'You may not send messages in #field-notes',
    );
    own.restore();
    expect(desk.all()).toHaveLength(before);
  });

  test('a situation that is private to another desk is not there, by whatever way it is named', async () => {
    const words = 'There is no situation “secret-2024” that you can read here';
    expect(await desk.told('/digest create channel:#field-notes situation:secret-2024 times:08:00 zone:UTC')).toContain(
      words,
    );
    expect(await desk.told(`${CREATE} also:secret-2024 times:08:00 zone:UTC`)).toContain(words);
    expect(await desk.told('/digest create channel:#field-notes situation:Secret talks times:08:00')).not.toMatch(
      /Created/,
    );
    const offered = await desk.bench.autocomplete('admin', '/digest create also:secret');
    expect(offered).toEqual([]);
    const form = await desk.ask('/digest create');
    expect(JSON.stringify(form.modal?.body)).not.toContain('ecret');
  });
});
