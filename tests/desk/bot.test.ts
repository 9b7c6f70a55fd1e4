import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoForm } from '../../commands/desk-undo.ts';
import { commands } from '../../commands/index.ts';
import { type Desks, openDesks } from '../../src/desk/desks.ts';
import { DEFAULT_SETTINGS } from '../../src/desk/record.ts';
import { factsOf, watchDesks } from '../../src/desk-watch.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { openReaders } from '../../src/editions/readers.ts';
import { silentLog } from '../../src/log.ts';
import type { Mirroring } from '../../src/mirroring.ts';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { Permission } from '../../src/playground/standin/permissions.ts';
import { editionRecorder } from '../../src/recorder.ts';
import { memory } from '../discord/memory.ts';
import { validateBodies } from '../support/openapi.ts';
import { NOW, type Opened, openSample, SAMPLE } from '../support/sample.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench;
let bot: Bot;
let opened: Opened;
let desks: Desks;
let mirroring: Mirroring;
const states = memory();
const now = () => new Date(NOW);
const by = { guild: GUILD_ID, author: PERSONA_IDS.admin };
const deskLog = () =>
  bench
    .seen('deskLog', 'admin')
    .map(({ content }) => String(content).replaceAll('\\', ''))
    .join('\n');
const watch = () =>
  watchDesks({ bot, ledger: opened.ledger, archive: opened.archive, desks, memory: states, log: silentLog, now });

beforeAll(async () => {
  bench = await startBench();
  opened = await openSample();
  const { ledger, archive } = opened;
  desks = openDesks({ ledger, now });
  const kept = { archive, readers: openReaders({ ledger, now }) };
  let facts: ReturnType<typeof factsOf> | undefined;
  bot = await startBot({
    token: bench.standIn.token,
    api: bench.standIn.apiBase,
    log: silentLog,
    ...states,
    commands,
    deps: {
      ...kept,
      now,
      desks,
      deskGuilds: new Set([GUILD_ID]),
      get facts() {
        return facts;
      },
    },
    recorder: editionRecorder(kept, silentLog),
  });
  await bot.deployed;
  facts = factsOf(bot);
  mirroring = watch();
});
afterAll(async () => {
  await mirroring.close();
  await bot.close();
  await bench.close();
});

const SETTINGS = {
  'Time zone': 'Asia/Beirut',
  Language: ['en'],
  'What a second person must approve': ['all'],
  'Mod-log': [CHANNEL_IDS.deskLog],
  'When nothing changed, a digest …': ['skip'],
};

test('settings are a form that shows what is set, saved once it is sent, and told in the mod-log', async () => {
  const form = await bench.command('admin', '/desk settings');
  expect(JSON.stringify(form.modal?.body)).toContain('Etc/UTC');
  const saved = await bench.submit(form, SETTINGS);
  expect(saved.text).toContain('are saved');
  expect(saved.ephemeral).toBe(true);
  expect(await desks.settings(GUILD_ID)).toEqual({
    ...DEFAULT_SETTINGS,
    zone: 'Asia/Beirut',
    review: 'all',
    modLog: CHANNEL_IDS.deskLog,
    whenNothing: 'skip',
  });
  await bench.until('it is told', () => deskLog().includes('Asia/Beirut'));
  expect(deskLog()).toContain(`<@${PERSONA_IDS.admin}> changed the settings: time zone: Etc/UTC → Asia/Beirut`);
  const again = await bench.command('admin', '/desk settings');
  expect(JSON.stringify(again.modal?.body)).toContain('Asia/Beirut');
});

test('what is wrong in the form is told in words', async () => {
  const form = await bench.command('admin', '/desk settings');
  const refused = await bench.submit(form, { ...SETTINGS, 'Time zone': 'Beirut' });
  expect(refused.text).toContain('“Beirut” is no time zone');
  expect((await desks.settings(GUILD_ID)).zone).toBe('Asia/Beirut');
});

test('only admins: nobody else gets the form, and a right that was taken away meanwhile ends it', async () => {
  for (const who of ['reader', 'editor', 'reviewer'] as const) {
    const refused = await bench.command(who, '/desk roles');
    expect(refused.modal).toBeUndefined();
    expect(refused.text).toContain('Only admins of this server’s desk');
    expect(refused.text).toContain('/desk roles');
  }
  const form = await bench.command('admin', '/desk roles');
  const member = bench.standIn.world.guilds.get(GUILD_ID)?.members.get(PERSONA_IDS.admin);
  if (!member) throw new Error('the admin is missing');
  const held = [...member.roles];
  member.roles = [];
  const late = await bench.submit(form, { Editors: [ROLE_IDS.editor] });
  member.roles = held;
  expect(late.text).toContain('Only admins of this server’s desk');
  expect((await desks.roles(GUILD_ID)).editor).toEqual([]);
});

test('roles are chosen, count at once, and @everyone is refused as editor', async () => {
  const form = await bench.command('admin', '/desk roles');
  const open = await bench.submit(form, { Editors: [GUILD_ID] });
  expect(open.text).toMatch(/everyone cannot be editor/);
  const saved = await bench.submit(await bench.command('admin', '/desk roles'), {
    Editors: [ROLE_IDS.editor],
    Reviewers: [ROLE_IDS.reviewer],
    Admins: [ROLE_IDS.admin],
  });
  expect(saved.text).toContain('are saved');
  expect((await bench.command('editor', '/desk log')).text).toContain('changed the roles');
  expect((await bench.command('reader', '/desk log')).text).toContain('Only editors, reviewers and admins');
});

describe('a situation of one’s own', () => {
  let slug = '';
  test('is opened, and every command that reads can be asked at once', async () => {
    const form = await bench.command('admin', '/situation open');
    const done = await bench.submit(form, {
      Title: 'River valley',
      'Time zone of where it happens': 'Asia/Damascus',
      'First day': '2026-05-20',
      'Who may read it': ['desk'],
    });
    slug = /\((river-valley-2026-[a-z0-9]{4})\)/.exec(done.text.replaceAll('\\', ''))?.[1] ?? '';
    expect(done.text).toContain('is open, from 2026-05-20');
    for (const line of ['brief', 'changes', 'casualties', 'timeline', 'sources', 'map', 'catchup']) {
      const answer = await bench.command('editor', `/${line} situation:${slug}`);
      expect(answer.text, line).toMatch(/River valley|Nothing|nothing/);
      expect(answer.text, line).not.toMatch(/went wrong|There is no/);
    }
    expect((await bench.command('editor', '/situation list')).text).toContain('River valley');
    await bench.until('it is told', () => deskLog().includes('opened the situation River valley'));
  });

  test('is grown, and what a form left as it was stays as others changed it', async () => {
    const [first, second] = [
      await bench.command('admin', `/situation amend situation:${slug}`),
      await bench.command('admin', `/situation amend situation:${slug}`),
    ];
    const fields = { Title: 'River valley', 'First day': '2026-05-20', 'Does it take entries?': ['active'] };
    await bench.submit(first, { ...fields, Title: 'The river valley' });
    await bench.submit(second, { ...fields, 'First day': '2026-05-18' });
    const places = await bench.command('admin', `/situation amend situation:${slug} what:places`);
    await bench.submit(places, { 'Places to add, one a line': 'Valley; region\nFord; near; 36.2, 37.1; in Valley' });
    const { situation } = (await opened.archive.picture(slug)) ?? {};
    expect(situation).toMatchObject({
      title: 'The river valley',
      start: '2026-05-18',
      desk: GUILD_ID,
      places: [
        { id: 'valley', precision: 'region' },
        { id: 'ford', lat: 36.2, within: 'valley' },
      ],
    });
    const sides = await bench.command('admin', `/situation amend situation:${slug} what:sides`);
    expect((await bench.submit(sides, { 'Sides to add, one a line': 'North' })).text).toContain('how its fighters');
  });

  test('two of the same title are told apart, and their zone is spelt as it usually is', async () => {
    for (const _ of [1, 2]) {
      const form = await bench.command('admin', '/situation open');
      const done = await bench.submit(form, {
        Title: 'Twin rivers',
        'Time zone of where it happens': 'europe/berlin',
        'First day': '2026-05-20',
        'Who may read it': ['desk'],
      });
      expect(done.text.replaceAll('\\', '')).toContain('Europe/Berlin');
    }
    const choices = await bench.autocomplete('editor', '/brief situation:twin');
    expect(choices).toHaveLength(2);
    for (const { name, value } of choices) expect(name).toBe(`Twin rivers (${value})`);
    const several = (await bench.command('editor', '/brief situation:Twin rivers')).text;
    expect(several).toContain('2 situations are called “Twin rivers”');
    for (const { value } of choices) expect(several).toContain(value);
    const one = await bench.command('editor', `/brief situation:${choices[0]?.value}`);
    expect(one.text).toContain('Briefing B');
    expect((await bench.autocomplete('editor', '/brief situation:river v'))[0]?.name).toMatch(/river valley$/i);
  });

  test('what cannot be taken back is told before anyone writes why', async () => {
    const whole = await bench.command('admin', `/desk undo record:${slug}#1`);
    expect(whole.modal).toBeUndefined();
    expect(whole.text).toMatch(/cannot be taken back/);
    const newer = await bench.command('admin', '/desk undo record:desk#999');
    expect(newer.modal).toBeUndefined();
    expect(newer.text).toMatch(/desk\\?#999 cannot be taken back/);
    const digests = await bench.command('admin', '/desk undo record:digests#5');
    expect(digests.text).toContain('What was done to a digest is not taken back');
    const none = (await bench.command('admin', '/desk log entry:E99999')).text;
    expect(none).toContain('Nothing of that kind was done yet');
    expect(none).not.toContain('0 things');
  });

  test('the form that takes something back names its number, and says who is told', () => {
    const long = `a-very-long-title-of-a-situation-that-goes-on-${slug}`.slice(0, 60);
    expect(undoForm(`${long}#12345`).title.length).toBeLessThanOrEqual(45);
    expect(undoForm(`${long}#12345`).title).toMatch(/^Take back ….*#12345$/);
    expect(JSON.stringify(undoForm(`${slug}#2`))).toContain('and readers are told');
    expect(undoForm('desk#1').title).toBe('Take back desk#1');
    expect(JSON.stringify(undoForm('desk#1'))).not.toMatch(/[Rr]eaders/);
  });

  test('is shared and closed by admins only', async () => {
    expect((await bench.command('editor', `/situation close situation:${slug}`)).text).toContain('Only admins');
    const other = '1100000000000000999';
    await bench.command('admin', `/situation share situation:${slug} with:server server:${other}`);
    expect((await opened.archive.picture(slug))?.situation.sharedWith).toEqual([other]);
    expect((await bench.command('admin', `/situation share situation:${slug} with:server server:7`)).text).toContain(
      'Which server?',
    );
    await bench.submit(await bench.command('admin', `/situation close situation:${slug}`), {
      'Last day': '2026-05-30',
    });
    expect((await opened.archive.picture(slug))?.situation).toMatchObject({ status: 'closed', end: '2026-05-30' });
  });

  test('is taken back to how it was, once, by the name that the log gives it', async () => {
    const head = (await opened.archive.picture(slug))?.seq ?? 0;
    const offered = await bench.autocomplete('admin', `/desk undo record:${slug}`);
    expect(offered.map(({ value }) => value)).toContain(`${slug}#${head}`);
    const form = await bench.command('admin', `/desk undo record:${slug}#${head}`);
    const late = await bench.command('admin', `/desk undo record:${slug}#${head}`);
    const done = await bench.submit(form, { Why: ['our_error'], 'In a few words': 'Too early.' });
    expect(done.text).toContain('is taken back');
    expect((await opened.archive.picture(slug))?.situation.status).toBe('active');
    const already = [
      await bench.submit(late, { Why: ['our_error'] }),
      await bench.command('admin', `/desk undo record:${slug}#${head}`),
    ];
    for (const { text } of already) expect(text).toContain('was taken back already');
    await bench.until('it is told', () => deskLog().includes('Too early'));
  });
});

test('the button in the log takes back what it names', async () => {
  const log = await bench.command('admin', '/desk log kind:desk');
  expect(log.text).toContain('desk\\#');
  const [button] = /Take back desk#\d+/.exec(log.text) ?? [];
  const form = await bench.press(log, button ?? '');
  await bench.submit(form, { Why: ['our_error'] });
  expect(await desks.roles(GUILD_ID)).toEqual({ reader: [], editor: [], reviewer: [], admin: [] });
});

test('the doctor says what is well and what is not, and who can fix it', async () => {
  const text = (await bench.command('admin', '/desk doctor')).text;
  expect(text).toContain('✓ Mod-log: \\#desk-log.');
  expect(text).toContain('✓ The commands are registered.');
  expect(text).toContain('✗ No role is editor, reviewer or admin');
  expect((await bench.command('reader', '/desk doctor')).text).toContain('Only admins');
});

test('what a reader reports arrives in the mod-log, with its entry one press away, and is closed there by the desk', async () => {
  const [id = ''] = (await opened.archive.picture(SAMPLE))?.entries.keys() ?? [];
  await desks.fileDispute(
    { guild: GUILD_ID, author: PERSONA_IDS.reader, key: 'd1' },
    { situation: SAMPLE, entry: id, from: GUILD_ID, words: 'It was <@&1> Tuesday.' },
  );
  await bench.until('it is told', () => deskLog().includes('It was <@&1> Tuesday.'));
  const message = bench.seen('deskLog', 'admin').find(({ content }) => String(content).includes('Tuesday'));
  if (!message) throw new Error('there is no message');
  expect((await bench.press(message, `Show ${id}`, { user: 'admin' })).text).toContain(id);
  expect((await bench.press(message, 'Close R1', { user: 'editor' })).text).toContain('Only editors, reviewers');
  const form = await bench.press(message, 'Close R1', { user: 'admin' });
  const closed = await bench.submit(form, { 'How it ends': ['stands'], Why: 'The source says Monday.' });
  expect(closed.text).toContain('R1 is closed');
  expect(await desks.disputes(GUILD_ID)).toEqual([]);
  await bench.until('that is told, too', () => deskLog().includes('what is told stands — The source says Monday.'));
});

test('a restart neither loses nor doubles what is told', async () => {
  await mirroring.settled();
  await mirroring.close();
  const before = bench.seen('deskLog', 'admin').length;
  await desks.setSettings({ ...by, key: 'r1' }, { ...(await desks.settings(GUILD_ID)), zone: 'Europe/Paris' });
  mirroring = watch();
  await mirroring.settled();
  expect(bench.seen('deskLog', 'admin')).toHaveLength(before + 1);
  // Posted, but not marked: the next process finds it in the channel.
  await mirroring.close();
  const head = (await desks.state(GUILD_ID)).events.at(-1)?.seq ?? 0;
  expect(deskLog()).toContain(`Record desk#${head}`);
  const forgetful: Desks = {
    ...desks,
    state: async (guild) => ({ ...(await desks.state(guild)), mirrored: new Map() }),
  };
  const since = (await desks.state(GUILD_ID)).mirroredSince;
  expect(since).toBeDefined();
  const second = watchDesks({ bot, ...opened, desks: forgetful, memory: states, log: silentLog, now });
  await second.settled();
  await second.close();
  expect(bench.seen('deskLog', 'admin')).toHaveLength(before + 1);
  mirroring = watch();
});

test('while the mod-log takes nothing, changes wait, and are told in their order', async () => {
  const before = bench.seen('deskLog', 'admin').length;
  const { restore } = bench.standIn.revoke(CHANNEL_IDS.deskLog, Permission.sendMessages);
  const settings = await desks.settings(GUILD_ID);
  await desks.setSettings({ ...by, key: 'l1' }, { ...settings, zone: 'Europe/Rome' });
  await desks.setSettings({ ...by, author: PERSONA_IDS.reviewer, key: 'l2' }, { ...settings, zone: 'Europe/Oslo' });
  await mirroring.settled();
  expect(bench.seen('deskLog', 'admin')).toHaveLength(before);
  restore();
  mirroring.retry();
  await bench.until('both are told', () => bench.seen('deskLog', 'admin').length === before + 2);
  expect(deskLog().indexOf('→ Europe/Rome')).toBeLessThan(deskLog().indexOf('→ Europe/Oslo'));
});

test('all that was sent is what Discord takes', async () => {
  const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
  expect((await validateBodies(sent)) ?? []).toEqual([]);
  // The first check reads the description of all of Discord.
}, 60_000);
