import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOT_ID, CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { Permission } from '../../src/playground/standin/permissions.ts';
import { type DigestDesk, NEIGHBOURS, openDigestDesk, openSecret, plain } from '../support/digest-desk.ts';
import { SAMPLE } from '../support/sample.ts';

let desk: DigestDesk;

beforeAll(async () => {
  desk = await openDigestDesk({ now: '2026-06-01T06:00:00.000Z', live: true });
  const by = { guild: GUILD_ID, author: PERSONA_IDS.admin };
  await desk.desks.setSettings(by, { ...(await desk.desks.settings(GUILD_ID)), modLog: CHANNEL_IDS.deskLog });
  await desk.told(
    `/digest create channel:#field-notes situation:${SAMPLE} times:07:30 zone:UTC length:full name:Morning`,
  );
});
afterAll(async () => desk.close());

const posted = () => desk.bench.seen('fieldNotes').filter(({ author }) => JSON.stringify(author).includes(BOT_ID));
const textOf = (message: object | undefined) => plain(JSON.stringify(message ?? {}));

test('a preview is what will be posted, paged, private, and moves nothing', async () => {
  const preview = await desk.ask('/digest preview digest:D1', 'reader');
  expect(preview.ephemeral).toBe(true);
  const first = plain(preview.text);
  expect(first).toContain('Page 1 of');
  const second = plain((await desk.bench.press(preview, 'Next')).text);
  expect(second).toContain('Page 2 of');
  expect(posted()).toEqual([]);
  await desk.until('2026-06-01T07:30:01.000Z');
  expect(posted()).toHaveLength(1);
  // A post is plain text, so that a notification shows it; its lines are those of the preview.
  const lines = first.split('\n').filter((text) => text.startsWith('- '));
  for (const line of lines.slice(0, 3)) expect(textOf(posted()[0])).toContain(plain(JSON.stringify(line)).slice(1, 80));
});

test('under what was posted anyone turns pages for himself, and is told what it is', async () => {
  const [message] = posted();
  if (!message) throw new Error('nothing was posted');
  const before = textOf(message);
  const page = await desk.bench.press(message, 'Next', { user: 'reader' });
  expect(page.ephemeral).toBe(true);
  expect(plain(page.text)).toContain('Page 2 of');
  expect(textOf(posted()[0])).toBe(before);
  const about = await desk.bench.press(message, 'About this digest', { user: 'reader' });
  expect(about.ephemeral).toBe(true);
  expect(plain(about.text)).toContain('About D1 “Morning”');
  expect(plain(about.text)).toContain('**Next**: Tue 2 Jun 2026, 07:30 UTC');
  const wrong = await desk.bench.press(message, 'Report an error', { user: 'reader' });
  const line = /"value":"(E\d+)"/.exec(JSON.stringify(wrong.modal?.body))?.[1] ?? '';
  const sent = await desk.bench.submit(wrong, { entry: line, words: 'It was a Tuesday' });
  expect(plain(sent.text)).toContain('Your report R1 is with the desk');
});

test('send-now, test and history tell what Discord said', async () => {
  const nothing = await desk.ask('/digest send-now digest:D1', 'editor');
  expect(plain(nothing.text)).toMatch(/Nothing was sent/);
  const tried = await desk.ask('/digest test digest:D1', 'editor');
  expect(plain(tried.text)).toContain('Discord took it.');
  expect(textOf(posted().at(-1))).toContain('TEST');
  const right = desk.bench.standIn.revoke(CHANNEL_IDS.fieldNotes, Permission.sendMessages);
  const refused = plain((await desk.ask('/digest test digest:D1', 'editor')).text);
  expect(refused).toContain('Discord did not take it.');
  expect(refused).toMatch(/Send Messages/);
  right.restore();
  const history = plain((await desk.ask('/digest history digest:D1', 'reader')).text);
  expect(history).toContain('**Mon 1 Jun 2026, 07:30** — sent');
  expect(history).toContain('**Test** — sent');
  expect(history).toContain('**Test** — failed');
  expect(history).toContain(
    `https://discord.com/channels/${GUILD_ID}/${CHANNEL_IDS.fieldNotes}/${String(posted()[0]?.['id'])}`,
  );
});

test('a test that is refused leaves the digest as it was', async () => {
  const shown = await desk.told('/digest show digest:D1');
  expect(shown).not.toContain('Suspended');
  expect(shown).toContain('**Next**: Tue 2 Jun 2026, 07:30 UTC');
});

test('who ordered, changed and sent what is told in the mod-log', async () => {
  await desk.told('/digest edit digest:D1 length:short');
  const log = () =>
    desk.bench
      .seen('deskLog', 'admin')
      .map(({ content }) => plain(String(content)))
      .join('\n');
  await desk.bench.until('it is told', () => log().includes('length: full'));
  expect(log()).toContain(`<@${PERSONA_IDS.admin}> ordered digest D1 “Morning” in <#${CHANNEL_IDS.fieldNotes}>`);
  expect(log()).toContain(`<@${PERSONA_IDS.editor}> sent a test of digest D1 “Morning”`);
  expect(log()).toContain(
    'changed digest D1 “Morning”; length: full: everything that changed → short: the gravest three',
  );
});

test('a filter is tried on the last week, and what it would have left out is named', async () => {
  const text = await desk.told(
    `/digest create channel:#field-notes situation:${SAMPLE} times:07:30 zone:UTC severity:flash name:Gravest`,
  );
  expect(text).toMatch(
    /With this filter in the week up to 3 Jan 2025, 14:10: 0 of 2; the gravest one left out is “.+” \(E26\)/,
  );
  expect(text).toContain('**Filter**: flash only');
});

test('pages and previews of a situation that was made private to another desk are not shown any more', async () => {
  await openSecret(desk.opened, { slug: 'open-2026', title: 'Open talks', visibility: 'public', desk: NEIGHBOURS });
  await desk.told('/digest create channel:#field-notes situation:open-2026 times:07:40 zone:UTC name:Talks');
  await desk.until('2026-06-01T07:40:01.000Z');
  const message = posted().at(-1);
  expect(textOf(message)).toContain('Open talks');
  await openSecret(desk.opened, { slug: 'open-2026', title: 'Open talks', desk: NEIGHBOURS });
  const preview = await desk.told('/digest preview digest:D3', 'reader');
  expect(preview).toContain('None of the situations of this digest may be told in this server');
  expect(await desk.told('/digest show post:D3@2026-06-01T07:40', 'reader')).toContain('That post is not known here');
  const about = plain((await desk.bench.press(message ?? {}, 'About this digest', { user: 'reader' })).text);
  expect(about).toContain('a situation that cannot be read here any more');
  expect(about).toContain('About D3 “Talks”');
});

test('who may only read digests of his server loses it with his role', async () => {
  const by = { guild: GUILD_ID, author: PERSONA_IDS.admin };
  const roles = await desk.desks.roles(GUILD_ID);
  await desk.desks.setRoles(by, { ...roles, reader: [ROLE_IDS.onCall] });
  for (const line of ['list', 'show digest:D1', 'preview digest:D1', 'next digest:D1', 'history digest:D1'])
    expect(await desk.told(`/digest ${line}`, 'reader')).toContain('Only readers of this server’s desk');
  expect(await desk.bench.autocomplete('reader', '/digest show digest:')).toEqual([]);
  await desk.desks.setRoles(by, roles);
});

test('a board says how things stand, and not each day that it is the first time', async () => {
  desk.now = new Date('2026-07-01T06:00:00.000Z');
  await desk.told(`/digest create channel:#newsroom situation:${SAMPLE} times:07:30 zone:UTC style:board name:Board`);
  const board = () =>
    plain(String(desk.bench.seen('newsroom').find(({ content }) => /Briefing B/.test(String(content)))?.['content']));
  await desk.until('2026-07-01T07:30:01.000Z');
  expect(board()).toContain('told here for the first time (UTC)');
  await desk.until('2026-07-02T07:30:01.000Z');
  expect(board()).toContain('in brief, as it stands (UTC)');
  expect(board()).not.toContain('since 1 Jul');
});
