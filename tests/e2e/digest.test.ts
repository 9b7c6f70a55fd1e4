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
    expect(await desk.told(`/digest create channel:#plain situation:${SAMPLE} times:08:00 zone:UTC`)).toContain(
      'In #plain Sitrep lacks “Embed Links”',
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

describe('a digest is changed', () => {
  test('by options; what is not given stays', async () => {
    await desk.told(
      `${CREATE} times:08:00 zone:UTC quiet:22:00-6:00 flash:true mention:@On call severity:major name:To change`,
    );
    const { id } = newest().digest;
    const text = await desk.told(`/digest edit digest:${id} times:10:00 length:full clear:mention`);
    expect(text).toContain('Changed.');
    expect(text).not.toContain('has passed today');
    expect(desk.digest(id).digest).toMatchObject({
      name: 'To change',
      length: 'full',
      filters: { severity: 'major' },
      quiet: { from: '22:00', to: '06:00' },
      schedule: { times: ['10:00'], zone: 'UTC' },
      revision: 2,
    });
    expect(desk.digest(id).digest.mention).toBeUndefined();
    expect(await desk.told(`/digest edit digest:${id} clear:filters`)).toContain('**Filter**: none');
    expect(await desk.told(`/digest edit digest:${id} times:08:15`)).toContain(
      '08:15 has passed today (it is 09:00 in UTC): it first comes on Tue 2 Jun 2026, 08:15',
    );
    expect(await desk.told(`/digest edit digest:${id} days:sat`)).toContain('08:15 on Saturday, UTC');
    expect(await desk.told(`/digest edit digest:${id} zone:Asia/Tokyo`)).toContain('08:15 on Saturday, Asia/Tokyo');
    expect(await desk.told(`/digest edit digest:${id} zone:Asia/Tokyo`)).toContain(`Nothing of ${id} would change`);
    expect(await desk.told(`/digest edit digest:${id} expression:0 7 * * *`)).toContain('by the expression 0 7 * * *');
    expect(await desk.told(`/digest edit digest:${id} days:sat`)).toContain('names its days by itself');
    expect(await desk.told('/digest edit digest:D99 days:sat')).toContain('There is no digest “D99” here');
  });

  test('by a form that shows it as it is, and not over what somebody else changed meanwhile', async () => {
    const { id } = newest().digest;
    const form = await desk.ask(`/digest edit digest:${id}`);
    const body = JSON.stringify(form.modal?.body);
    expect(body).toContain('0 7 * * *');
    expect(body).toContain('To change');
    const stale = await desk.ask(`/digest edit digest:${id}`);
    const text = plain((await desk.bench.submit(form, { Name: 'Changed', When: '21:00' })).text);
    expect(text).toContain('“Changed”');
    expect(desk.digest(id).digest.schedule).toMatchObject({ by: 'times', times: ['21:00'], zone: 'Asia/Tokyo' });
    expect(plain((await desk.bench.submit(stale, { Name: 'Later' })).text)).toContain(
      `Somebody changed ${id} while you did`,
    );
    expect(desk.digest(id).digest.name).toBe('Changed');
    const odd = await desk.ask(`/digest edit digest:${id} expression:*/5 * * * *`);
    expect(plain(odd.text)).toContain('288 times');
    expect(plain((await desk.bench.press(odd, 'Yes, change it')).text)).toContain('Changed.');
  });

  test('is paused, resumed, and deleted after a question', async () => {
    const { id } = newest().digest;
    const paused = await desk.ask(`/digest pause digest:${id}`);
    expect(plain(paused.text)).toContain('Paused: nothing is posted until somebody resumes it');
    expect(plain(paused.text)).toContain('**Next**: not while it is paused');
    expect(await desk.told(`/digest pause digest:${id}`)).toContain(`${id} is paused already`);
    expect(await desk.told('/digest list')).toContain('— paused');
    const resumed = await desk.bench.press(paused, 'Resume');
    expect(plain(resumed.text)).toContain('Resumed');
    const asked = await desk.ask(`/digest delete digest:${id}`);
    expect(plain(asked.text)).toContain(`Delete ${id} “Changed”?`);
    expect(desk.digest(id).digest.paused).toBe(false);
    expect(plain((await desk.bench.press(asked, `Delete ${id}`)).text)).toContain('is deleted: nothing more is posted');
    expect(desk.all().some(({ digest }) => digest.id === id)).toBe(false);
    expect(plain((await desk.bench.press(asked, `Delete ${id}`)).text)).toContain(`There is no digest “${id}” here`);
    const made = await desk.told(`${CREATE} times:08:00 zone:UTC`);
    expect(made).not.toContain(`Digest ${id} `);
  });
});

describe('a digest is looked at', () => {
  test('next names the moments that a change of clocks moves', async () => {
    desk.now = new Date('2027-03-26T12:00:00.000Z');
    await desk.told(`${CREATE} times:02:30 zone:Europe/Berlin name:Nights`);
    const { id } = newest().digest;
    const spring = (await desk.told(`/digest next digest:${id}`, 'reader'))
      .split('\n')
      .filter((line) => line.startsWith('- '));
    expect(spring).toHaveLength(5);
    expect(spring[0]).toBe('- Sat 27 Mar 2027, 02:30 Europe/Berlin, for you <t:1806111000:f>');
    expect(spring[1]).toBe(
      '- Sun 28 Mar 2027, 02:30 Europe/Berlin, for you <t:1806197400:f> — clocks go forward that night and skip 02:30: it comes at 03:30, once',
    );
    expect(spring[2]).toContain('Mon 29 Mar 2027, 02:30');
    desk.now = new Date('2027-10-29T12:00:00.000Z');
    const autumn = await desk.told(`/digest next digest:${id}`);
    expect(autumn).toContain(
      'Sun 31 Oct 2027, 02:30 Europe/Berlin, for you <t:1824942600:f> — clocks go back that night and show 02:30 twice: it comes the first time, once',
    );
    desk.now = new Date('2027-03-27T12:00:00.000Z');
    await desk.told(`/digest edit digest:${id} times:07:30`);
    expect(await desk.told(`/digest next digest:${id}`)).toContain(
      'Sun 28 Mar 2027, 07:30 Europe/Berlin, for you <t:1806211800:f> — clocks go forward an hour before it, to UTC+2',
    );
    desk.now = new Date('2026-06-01T09:00:00.000Z');
  });

  test('history names every slot, why, and where the message is', async () => {
    await desk.told(`${CREATE} times:07:30 zone:UTC name:With history`);
    const { id } = newest().digest;
    const slot = (day: number) => ({ wall: `2026-06-0${day}T07:30`, at: Date.parse(`2026-06-0${day}T07:30:00Z`) });
    const intent = (day: number, more: object = {}) => ({
      kind: 'digest.intent' as const,
      body: {
        id,
        post: `${id}@${slot(day).wall}`,
        purpose: 'slot' as const,
        slot: slot(day),
        attempt: 1,
        channel: CHANNEL_IDS.fieldNotes,
        nonce: 'n',
        payload: {},
        window: {},
        ...more,
      },
    });
    const post = (day: number) => ({ id, post: `${id}@${slot(day).wall}` });
    const there = { channel: CHANNEL_IDS.fieldNotes, how: 'posted' as const };
    await desk.books.change(GUILD_ID, () => [
      intent(2),
      { kind: 'digest.sent', body: { ...post(2), ...there, message: '1100000000000000777' } },
      { kind: 'digest.published', body: post(2) },
      { kind: 'slot.missed', body: { id, slots: [slot(3)], more: 4, why: 'the bot was not running' } },
      intent(4, { late: true }),
      { kind: 'digest.sent', body: { ...post(4), ...there, message: '1100000000000000778' } },
      { kind: 'slot.skipped', body: { id, slots: [slot(5)], why: 'nothing_new' } },
      intent(6),
      { kind: 'digest.failed', body: { ...post(6), why: 'Missing Permissions', code: '50013' } },
      {
        kind: 'digest.suspended',
        body: { id, why: 'Missing Permissions', code: '50013', fix: 'Give Sitrep “Send Messages”.' },
      },
    ]);
    const lines = (await desk.told(`/digest history digest:${id}`, 'reader'))
      .split('\n')
      .filter((l) => l.startsWith('- '));
    expect(lines[0]).toContain('**Sat 6 Jun 2026, 07:30** — failed: Missing Permissions (50013)');
    expect(lines[1]).toContain('**Fri 5 Jun 2026, 07:30** — skipped: nothing changed');
    expect(lines[2]).toContain('— sent late');
    expect(lines[3]).toContain('— missed: the bot was not running; 4 before it were missed as well');
    expect(lines[4]).toContain('— sent, published');
    expect(lines[4]).toContain(
      `[the message](https://discord.com/channels/${GUILD_ID}/${CHANNEL_IDS.fieldNotes}/1100000000000000777)`,
    );
    const list = await desk.told('/digest list');
    expect(list).toContain('1 could not be posted and needs somebody');
    expect(list).toContain('suspended: Missing Permissions. Give Sitrep “Send Messages”.');
    const shown = await desk.told(`/digest show digest:${id}`);
    expect(shown).toContain(
      '**Suspended**: it could not be posted: Missing Permissions (50013). Give Sitrep “Send Messages”.',
    );
    const health = await desk.told('/desk doctor');
    expect(health).toContain(`✗ Digest ${id} “With history” could not be posted: Missing Permissions`);
    expect(health).toMatch(/Next digests: D\d+ /);
  });

  test('the button under it tells anyone what it is, who ordered it, when it comes again, and how to stop it', async () => {
    const { id } = newest().digest;
    const shown = await desk.ask(`/brief situation:${SAMPLE}`, 'editor');
    const button = /"custom_id":"([^"]+)"/.exec(JSON.stringify(shown.message))?.[1] ?? '';
    const about = (post: string) =>
      desk.bench.press(shown, button, {
        user: 'reader',
        tamper: (payload) => ({
          ...payload,
          data: { component_type: 2, custom_id: `1ar0|digest%0020show%0020about||post=${post}` },
          message: { ...(payload['message'] as object), flags: 0, interaction_metadata: undefined },
        }),
      });
    const told = await about(`${id}@2026-06-02T07:30`);
    expect(told.ephemeral).toBe(true);
    const text = plain(told.text);
    expect(text).toContain(`About ${id} “With history”`);
    expect(text).toContain(`**Ordered** by <@${PERSONA_IDS.admin}>`);
    expect(text).toContain('**Next**: Sun 7 Jun 2026, 07:30 UTC');
    expect(text).toMatch(/digest pause:\d+> digest: D/);
    expect(plain((await about('D999@2026-06-02T07:30')).text)).toContain('This digest was deleted');
    expect(plain((await about('nonsense')).text)).toContain('This digest was deleted');
  });

  test('a post is told again to those who may read all of it', async () => {
    expect(await desk.told('/digest show post:D1@2026-06-02T07:30', 'reader')).toContain('That post is not known here');
    expect(await desk.told('/digest show post:D1@2026-06-03T07:30', 'reader')).toContain('That post is not known here');
  });

  test('preview, send-now and test ask the poster, and tell what Discord said', async () => {
    const { id } = newest().digest;
    const preview = await desk.ask(`/digest preview digest:${id}`, 'reader');
    expect(preview.ephemeral).toBe(true);
    expect(preview.text).toContain(`Preview of ${id}`);
    const sent = await desk.ask(`/digest send-now digest:${id}`, 'editor');
    expect(sent.text).toContain('Discord took it.');
    expect(sent.text).toContain(`https://discord.com/channels/${GUILD_ID}/1/2`);
    desk.posting.answer = { how: 'refused', why: 'Missing Permissions', code: '50013', fix: 'Give “Send Messages”.' };
    expect(await desk.told(`/digest test digest:${id}`, 'editor')).toMatch(
      /did not take it[\s\S]*Missing Permissions \(50013\)[\s\S]*Give “Send Messages”/,
    );
    desk.posting.answer = { how: 'unknown', why: 'Discord answered 502' };
    expect(await desk.told(`/digest send-now digest:${id}`, 'editor')).toContain(
      'Discord did not say whether it arrived',
    );
    desk.posting.answer = {
      how: 'nothing',
      document: { kind: 'digest', title: '', subtitle: [], sections: [], footer: [] },
    };
    expect(await desk.told(`/digest send-now digest:${id}`, 'editor')).toContain('Nothing was sent');
    const by = `${GUILD_ID} ${id} by ${PERSONA_IDS.editor}`;
    expect(desk.posting.asked).toEqual([`send ${by}`, `test ${by}`, `send ${by}`, `send ${by}`]);
  });

  test('choices: digests, zones, further situations, tags', async () => {
    const { id } = newest().digest;
    const digests = await desk.bench.autocomplete('reader', '/digest show digest:with');
    expect(digests).toEqual([{ name: `${id} With history — 07:30 every day, UTC (suspended)`, value: id }]);
    const zones = await desk.bench.autocomplete('admin', '/digest create zone:dam');
    expect(zones[0]).toEqual({ name: 'Asia/Damascus', value: 'Asia/Damascus' });
    expect((await desk.bench.autocomplete('admin', '/digest create zone:'))[0]?.value).toBe('Asia/Damascus');
    expect(await desk.bench.autocomplete('admin', '/digest create channel:#tagged tags:daily, f')).toEqual([
      { name: 'daily, flash', value: 'daily, flash' },
    ]);
    expect(await desk.bench.autocomplete('admin', '/digest create also:aleppo')).toMatchObject([{ value: SAMPLE }]);
  });
});

describe('who may', () => {
  const READ = ['list', 'show', 'preview', 'next', 'history'];
  const POST = ['send-now', 'test'];
  const CHANGE = ['create', 'edit', 'pause', 'resume', 'delete'];
  test.each([
    ['reader', READ],
    ['editor', [...READ, ...POST]],
    ['reviewer', [...READ, ...POST]],
    ['admin', [...READ, ...POST, ...CHANGE]],
  ] as const)('%s', async (who, may) => {
    desk.posting.answer = { how: 'sent', channel: '1', message: '2' };
    const { id } = newest().digest;
    for (const name of [...READ, ...POST, ...CHANGE]) {
      const named = name === 'list' || name === 'create' ? '' : ` digest:${id}`;
      const answer = await desk.ask(`/digest ${name}${named}`, who);
      const refused = /Only .* of the desk that keeps this can .* digests/.test(plain(answer.modal ? '' : answer.text));
      expect(refused, `${who} ${name}`).toBe(!may.some((one) => one === name));
    }
    if (desk.digest(id).digest.paused) await desk.told(`/digest resume digest:${id}`);
  });

  test('and nobody who was one of them when the form or the button was shown', async () => {
    const member = desk.bench.standIn.world.guilds.get(GUILD_ID)?.members.get(PERSONA_IDS.admin);
    if (!member) throw new Error('the admin is missing');
    const { id } = newest().digest;
    const before = JSON.stringify(desk.all());
    const form = await desk.ask('/digest create');
    const edit = await desk.ask(`/digest edit digest:${id}`);
    const asked = await desk.ask(`${CREATE} expression:* * * * * zone:UTC`);
    const shown = await desk.ask(`/digest show digest:${id}`);
    const remove = await desk.ask(`/digest delete digest:${id}`);
    const roles = [...member.roles];
    member.roles = [ROLE_IDS.editor];
    const late = [
      await desk.bench.submit(form, { Channel: [CHANNEL_IDS.fieldNotes], Situations: [SAMPLE], When: '08:00' }),
      await desk.bench.submit(edit, { Name: 'Mine' }),
      await desk.bench.press(asked, 'Yes, create it'),
      await desk.bench.press(shown, 'Pause'),
      await desk.bench.press(shown, 'Edit'),
      await desk.bench.press(shown, 'Delete…'),
      await desk.bench.press(remove, `Delete ${id}`),
    ];
    member.roles = roles;
    for (const answer of late) expect(plain(answer.text)).toContain('Only admins of the desk that keeps this can');
    expect(JSON.stringify(desk.all())).toBe(before);
  });

  test('what was done is in the log of the desk, with who did it', async () => {
    await desk.told(`${CREATE} times:08:00 zone:UTC name:Logged`);
    const { id } = newest().digest;
    await desk.told(`/digest edit digest:${id} times:09:00 length:short`);
    await desk.told(`/digest pause digest:${id}`);
    await desk.bench.press(await desk.ask(`/digest delete digest:${id}`), `Delete ${id}`);
    const log = await desk.told('/desk log kind:digest', 'editor');
    expect(log).toContain(
      `<@${PERSONA_IDS.admin}> ordered digest ${id} “Logged” in <#${CHANNEL_IDS.fieldNotes}>: ${SAMPLE}; 08:00 every day, UTC`,
    );
    expect(log).toContain(
      `changed digest ${id} “Logged”; when: 08:00 every day, UTC → 09:00 every day, UTC; length: standard: up to ten lines → short: the gravest three`,
    );
    expect(log).toContain(`paused digest ${id}`);
    expect(log).toContain(`deleted digest ${id}`);
  });
});

describe('what changes around a digest', () => {
  test('a situation that was made private to another desk is not named any more, and the rest can be edited', async () => {
    await openSecret(desk.opened, { slug: 'open-2024', title: 'Open talks', visibility: 'public', desk: NEIGHBOURS });
    await desk.told(`${CREATE} also:open-2024 times:08:00 zone:UTC name:Two`);
    const { id } = newest().digest;
    expect(await desk.told(`/digest show digest:${id}`)).toContain('Open talks');
    await openSecret(desk.opened, { slug: 'open-2024', title: 'Open talks', desk: NEIGHBOURS });
    for (const line of [`show digest:${id}`, 'list']) {
      const text = await desk.told(`/digest ${line}`);
      expect(text).not.toContain('Open talks');
      expect(text).toContain('a situation that cannot be read here any more');
    }
    expect(await desk.told(`/digest edit digest:${id} length:full`)).toContain('Changed.');
    expect(await desk.told(`/digest edit digest:${id} situation:${SAMPLE}`)).toContain('Changed.');
    expect(desk.digest(id).digest.situations).toEqual([SAMPLE]);
  });

  test('a channel that was deleted: the digest can still be seen, moved and deleted', async () => {
    const form = await desk.ask(`/digest create situation:${SAMPLE} times:08:00 zone:UTC`);
    const { standIn } = desk.bench;
    await desk.told(`/digest create channel:#plain situation:${SAMPLE} times:08:00 zone:UTC name:Homeless`);
    const { id } = newest().digest;
    standIn.deleteChannel(newest().digest.channel);
    expect(form.modal).toBeDefined();
    await desk.bench.until('the bot was told', () => {
      const channels = desk.bot.client.guilds.cache.get(GUILD_ID)?.channels.cache;
      return channels?.has(newest().digest.channel) === false;
    });
    expect(await desk.told(`/digest show digest:${id}`)).toContain('Homeless');
    expect(await desk.told(`/digest edit digest:${id} style:board`)).toContain('That channel is gone');
    expect(await desk.told(`/digest edit digest:${id} channel:#newsroom`)).toContain('Changed.');
  });

  test('200 digests, and no more', async () => {
    const { digest } = newest();
    const missing = 200 - desk.all().length;
    await desk.books.change(GUILD_ID, (book) =>
      Array.from({ length: missing }, (_, i) => ({
        kind: 'digest.created' as const,
        body: { digest: { ...digest, id: `D${Number(book.next.slice(1)) + i}` }, since: {} },
      })),
    );
    expect(desk.all()).toHaveLength(200);
    expect(await desk.told(`${CREATE} times:08:00 zone:UTC`)).toContain(
      'This server has 200 digests, and can have no more',
    );
    expect((await desk.ask('/digest create')).modal).toBeUndefined();
    expect(desk.all()).toHaveLength(200);
    const pages = await desk.ask('/digest list');
    expect(plain(pages.text)).toContain('200 of at most 200');
  });
});
