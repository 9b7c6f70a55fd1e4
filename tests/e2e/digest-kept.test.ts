import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { type DigestDesk, NEIGHBOURS, openDigestDesk, openSecret, plain } from '../support/digest-desk.ts';
import { SAMPLE } from '../support/sample.ts';

let desk: DigestDesk;

beforeAll(async () => {
  desk = await openDigestDesk();
  await openSecret(desk.opened, { desk: NEIGHBOURS });
  await desk.told(`${CREATE} times:07:30 zone:UTC name:The first`);
});
afterAll(async () => desk.close());

const CREATE = `/digest create channel:#field-notes situation:${SAMPLE}`;
const newest = () => {
  const state = desk.all().at(-1);
  if (!state) throw new Error('no digest was made');
  return state;
};

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
  test('under a part of its name, where one alone is called so', async () => {
    await desk.told(`${CREATE} times:07:30 zone:UTC name:D1 for the night watch`);
    const { id } = newest().digest;
    expect(await desk.told('/digest show digest:Night Watch')).toContain(`Digest ${id} “D1 for the night watch”`);
    await desk.told(`${CREATE} times:07:30 zone:UTC name:Night watch`);
    const other = newest().digest.id;
    const several = await desk.told('/digest pause digest:night');
    expect(several).toContain('Several digests are called like “night”');
    expect(several).toContain(`Name one by its number: ${other} “Night watch”, ${id} “D1 for the night watch”.`);
    expect(await desk.told('/digest show digest:night watch')).toContain(`Digest ${other} “Night watch”`);
    // What looks like a number is one.
    expect(await desk.told('/digest show digest:d1')).toContain('Digest D1 “The first”');
    for (const made of [id, other]) {
      const asked = await desk.ask(`/digest delete digest:${made}`);
      await desk.bench.press(asked, `Delete ${made}`);
    }
  });

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
        body: { id, why: 'Missing Permissions', code: '50013', fix: 'give Sitrep “Send Messages”' },
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
      '**Suspended**: it could not be posted: Missing Permissions (50013). Give Sitrep “Send Messages”. It goes on by itself then',
    );
    const health = await desk.told('/desk doctor');
    expect(health).toContain(
      `✗ Digest ${id} “With history” could not be posted: Missing Permissions. Give Sitrep “Send Messages”.`,
    );
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
      const refused = /Only .* of this server’s desk can .* digests/.test(plain(answer.modal ? '' : answer.text));
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
    for (const answer of late) expect(plain(answer.text)).toContain('Only admins of this server’s desk can');
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
