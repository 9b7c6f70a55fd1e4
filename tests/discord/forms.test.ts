import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { UserError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { CHANNEL_IDS, GUILD_ID, ROLE_IDS } from '../../src/playground/cast.ts';
import type { JsonObject } from '../../src/playground/standin/json.ts';
import { validateBodies } from '../support/openapi.ts';
import { type Answer, type Bench, startBench } from '../support/stand-in.ts';
import { commands, type Desk } from './asking.ts';
import { memory } from './memory.ts';

const GOOD = { Headline: 'Shelling in Aleppo', 'How sure is it?': 'sure' };

/** Every part of a form as it was sent, to be changed. */
const fieldsOf = (payload: JsonObject): { custom_id: string; value?: unknown; values?: unknown }[] => {
  const { components } = payload['data'] as { components: { component?: { custom_id: string } }[] };
  return components.flatMap(({ component }) => (component ? [component] : []));
};
const forged = (name: string, change: object) => (payload: JsonObject) => {
  const copy = structuredClone(payload);
  for (const field of fieldsOf(copy)) if (field.custom_id === name) Object.assign(field, change);
  return copy;
};
const withId = (id: string) => (payload: JsonObject) => ({
  ...payload,
  data: { ...(payload['data'] as JsonObject), custom_id: id },
});

/** A form as it was shown. */
const bodyOf = ({ modal }: Answer) =>
  (modal?.body ?? {}) as { readonly components: { readonly type: number; readonly component?: { type: number } }[] };

describe('forms on a Discord of its own', () => {
  let bench: Bench;
  let bot: Bot;
  let desk: Desk;
  let logged: { readonly level: string; readonly data: object; readonly text: string }[] = [];
  const kept = memory();
  const log: Log = {
    info: (data, text) => void logged.push({ level: 'info', data, text }),
    warn: (data, text) => void logged.push({ level: 'warn', data, text }),
    error: (data, text) => void logged.push({ level: 'error', data, text }),
  };
  const start = () =>
    startBot<Desk>({
      token: bench.standIn.token,
      api: bench.standIn.apiBase,
      commands,
      deps: desk,
      log,
      remember: kept.remember,
      recall: kept.recall,
      deferAfterMs: 150,
      recorder: {
        begin: async ({ document }) =>
          document.kind === 'brief' ? { number: 41, shown: async () => {}, lost: async () => {} } : undefined,
      },
    });
  const callbacks = () =>
    bench.standIn.requests.filter(({ path }) => path.endsWith('/callback')).map(({ body }) => body as { type: number });
  const add = () => bench.command('editor', '/note add');
  const labels = (answer: Answer) => answer.text.split('\n');

  beforeAll(async () => {
    bench = await startBench({ interactionDeadlineMs: 1_000 });
    desk = { read: [], done: [], targets: [], wait: 0 };
    bot = await start();
    await bot.deployed;
  });
  afterEach(async () => {
    const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
    expect((await validateBodies(sent)) ?? []).toEqual([]);
    bench.standIn.clearRequests();
    bench.standIn.faults.clear();
    Object.assign(desk, { read: [], done: [], targets: [], wait: 0, refuse: undefined });
    logged = [];
  });
  afterAll(async () => {
    await bot.close();
    await bench.close();
  });

  it('open from a command, with what is known already in them', async () => {
    const form = await bench.command('editor', '/note add headline:Shelling');
    expect(callbacks().map(({ type }) => type)).toEqual([9]);
    expect(form.modal?.body).toMatchObject({ title: 'A new note' });
    const shown = JSON.stringify(form.modal?.body);
    expect(shown).toContain('"value":"Shelling"');
    expect(shown).toContain('Nothing is saved until you have seen it');
    const { components } = bodyOf(form);
    expect(components.map(({ type, component }) => component?.type ?? type)).toEqual([10, 4, 4, 21, 3]);
  });

  it('are read with what they were opened for, by whom, and answer the sender alone', async () => {
    const preview = await bench.submit(await add(), { ...GOOD, 'What happened': 'One\r\ntwo', Topics: ['air', 'aid'] });
    expect(desk.read).toMatchObject([
      {
        filled: { headline: ['Shelling in Aleppo'], text: ['One\ntwo'], sure: ['sure'], topics: ['air', 'aid'] },
        args: { situation: 'aleppo-2024' },
        asker: {
          user: preview.user,
          guild: GUILD_ID,
          roles: [ROLE_IDS.editor],
          manages: false,
          installed: true,
          key: preview.interactionId,
          alone: true,
        },
      },
    ]);
    expect(preview.ephemeral).toBe(true);
    expect(labels(preview)).toEqual(expect.arrayContaining(['Save', 'Edit', 'Cancel']));
    expect(callbacks().map(({ type }) => type)).toEqual([9, 4]);
  });

  it('tell who manages the server', async () => {
    const form = await bench.command('admin', '/note add');
    await bench.submit(form, GOOD);
    expect(desk.read.at(-1)?.asker).toMatchObject({ manages: true, installed: true });
  });

  it('tell an app that only a person brought along from one that the server has', async () => {
    const tamper = (payload: JsonObject) => ({ ...payload, authorizing_integration_owners: { '1': '42' } });
    await bench.submit(await add(), GOOD, { tamper });
    expect(desk.read.at(-1)?.asker).toMatchObject({ installed: false });
  });

  it('open from a button, and their answer takes the place of its message', async () => {
    const preview = await bench.submit(await add(), GOOD);
    const edit = await bench.press(preview, 'Edit');
    expect(edit.modal?.body).toMatchObject({ title: 'A new note' });
    await bench.submit(edit, { Headline: 'Another' });
    expect(preview.text).toContain('Another – ');
    expect(preview.text).not.toContain('Shelling');
    const saved = await bench.press(preview, 'Save');
    expect(saved.text).toContain('Saved.');
    expect(preview.text).toContain('Saved.');
    expect(preview.text).not.toContain('Cancel');
    expect(callbacks().map(({ type }) => type)).toEqual([9, 4, 9, 7, 7]);
    expect(desk.done).toMatchObject([{ what: 'save', args: { situation: 'aleppo-2024' } }]);
  });

  it('open from the menu of a message, filled with its text', async () => {
    const said = bench.say('reader', 'At least 255 people\n\n\n\nwere killed\u202e. e\u0301');
    const form = await bench.menu('editor', 'Add to notes', said);
    expect(JSON.stringify(form.modal?.body)).toContain('"value":"At least 255 people\\n\\nwere killed. é"');
    expect(desk.targets).toEqual([
      {
        id: said.id,
        channel: CHANNEL_IDS.newsroom,
        guild: GUILD_ID,
        author: { id: said.authorId, name: 'Rana', bot: false },
        content: 'At least 255 people\n\nwere killed. é',
        url: `https://discord.com/channels/${GUILD_ID}/${CHANNEL_IDS.newsroom}/${said.id}`,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        attachments: 0,
      },
    ]);
    const preview = await bench.submit(form, {});
    expect(preview.ephemeral).toBe(true);
    expect(desk.read).toMatchObject([{ args: { url: desk.targets[0]?.url } }]);
    const blank = await bench.menu('editor', 'Add to notes', bench.say('reader', '\u200b'));
    expect([blank.text, blank.ephemeral]).toEqual(['This message has no text.', true]);
  });

  it('have roles, channels, lists and boxes, checked against what was asked', async () => {
    const form = await bench.command('admin', '/note desk');
    const { components } = bodyOf(form);
    expect(components.map(({ component }) => component?.type)).toEqual([6, 8, 22, 3]);
    const values = { Log: [CHANNEL_IDS.deskLog], Kinds: ['a', 'b'], Zone: ['Asia/Damascus'] };
    const done = await bench.submit(form, values);
    expect(done.text).toBe('Kept.');
    expect(desk.read).toMatchObject([
      {
        filled: {
          editors: [ROLE_IDS.editor],
          log: [CHANNEL_IDS.deskLog],
          kinds: ['a', 'b'],
          zone: ['Asia/Damascus'],
        },
      },
    ]);
    const { newsroom, dailyDigest } = CHANNEL_IDS;
    for (const [name, change, words] of [
      ['editors', { values: [] }, '“Editors” is empty.'],
      ['editors', { values: ['1'] }, '“Editors” has a choice that was not offered.'],
      ['editors', { values: ['1100000000000000999'] }, '“Editors” names a role that is not there.'],
      ['editors', { values: Object.values(ROLE_IDS).slice(0, 3) }, '“Editors” takes at most 2 choices.'],
      ['log', { values: [dailyDigest] }, '“Log” names a channel that is not there.'],
      ['log', { values: [newsroom, dailyDigest] }, '“Log” takes one choice.'],
      ['kinds', { values: ['c'] }, '“Kinds” has a choice that was not offered.'],
      ['zone', { values: ['Mars/Olympus'] }, '“Zone” has a choice that was not offered.'],
    ] as const) {
      const again = await bench.command('admin', '/note desk');
      const refused = await bench.submit(again, values, { tamper: forged(name, change) });
      expect(refused.text).toContain(words);
    }
    const again = await bench.command('admin', '/note desk');
    const announced = (payload: JsonObject) => {
      const changed = structuredClone(payload);
      const { resolved } = changed['data'] as { resolved: { channels: Record<string, { type: number }> } };
      for (const channel of Object.values(resolved.channels)) channel.type = 5;
      return changed;
    };
    const refused = await bench.submit(again, values, { tamper: announced });
    expect(refused.text).toContain('“Log” names a channel of another kind.');
    expect(desk.read).toHaveLength(1);
  });

  it.each([
    ['only blanks', '   \n\t ', '“Headline” is empty.'],
    ['nothing to be seen', '\u200b\u2060\u202e\u200f\u3164', '“Headline” is empty.'],
    ['a flood of marks', `\u0301${'\u0489'.repeat(300)}`, '“Headline” is empty.'],
    ['too little', 'ab', '“Headline” has 2 characters; at least 3 are needed.'],
    ['too much', 'x'.repeat(4_000), '“Headline” has 4000 characters; at most 80 are possible.'],
  ])('refuse %s by the name of the field, and lose nothing', async (_, value, words) => {
    const refused = await bench.submit(await add(), GOOD, { tamper: forged('headline', { value }) });
    expect(refused.text).toContain(words);
    expect(refused.ephemeral).toBe(true);
    expect(desk.read).toEqual([]);
    const again = await bench.press(refused, 'Correct it');
    expect(again.modal?.body).toMatchObject({ title: 'A new note' });
    await bench.submit(again, { Headline: 'Shelling in Aleppo' });
    expect(desk.read).toMatchObject([{ filled: { headline: ['Shelling in Aleppo'], sure: ['sure'] } }]);
    expect(refused.text).toContain('Shelling in Aleppo – ');
  });

  it('keep letters as people write them, without what hides or floods', async () => {
    const texts = [
      ['مُوجَزٌ عن حلب', 'مُوجَزٌ عن حلب'],
      [`a${'\u0301'.repeat(200)}bc`, `á${'\u0301'.repeat(4)}bc`],
      ['\u202eevil\u202c \u0007bell', 'evil bell'],
      ['two\nlines', 'two lines'],
    ];
    for (const [value, read] of texts) {
      await bench.submit(await add(), GOOD, { tamper: forged('headline', { value }) });
      expect(desk.read.at(-1)?.filled['headline']).toEqual([read]);
    }
  });

  it('name every field that is wrong at once, and choices that were not offered', async () => {
    const refused = await bench.submit(await add(), GOOD, {
      tamper: (payload) =>
        forged('topics', { values: ['sea'] })(forged('sure', { value: null })(forged('headline', {})(payload))),
    });
    expect(refused.text).toContain('“How sure is it?” is empty. “Topics” has a choice that was not offered.');
  });

  it('show what was typed when their reader refuses it, and go back to it; long texts come as a file', async () => {
    desk.refuse = new UserError('There is no day “32 November”.', 'Try /note again.');
    const text = 'Long ago, @everyone. '.repeat(180);
    for (const long of [false, true]) {
      const refused = await bench.submit(await add(), { ...GOOD, 'What happened': long ? text : '**bold** @everyone' });
      expect(refused.text).toContain('There is no day “32 November”.');
      if (long) expect(JSON.stringify(refused.message)).toContain('what-you-typed.txt');
      else expect(refused.text).toContain('> \\*\\*bold\\*\\* \\@');
      expect(refused.message).toMatchObject({ mention_everyone: false });
      const again = await bench.press(refused, 'Correct it');
      expect(JSON.stringify(again.modal?.body)).toContain(long ? 'Long ago, @everyone.' : '**bold** @everyone');
    }
    desk.refuse = new Error('a secret');
    const failed = await bench.submit(await add(), GOOD);
    expect(failed.text).toMatch(/Something went wrong on our side \(report [0-9a-f]{6}\)/);
    expect(failed.text).toContain('> Shelling in Aleppo');
    expect(failed.text).not.toContain('secret');
  });

  it('lead back into what somebody typed only for that person', async () => {
    desk.refuse = new UserError('No.');
    const refused = await bench.submit(await add(), GOOD);
    const stranger = (payload: JsonObject) => ({
      ...payload,
      member: { ...(payload['member'] as JsonObject), user: { id: '1100000000000000401' } },
    });
    const other = await bench.press(refused, 'Correct it', { tamper: stranger });
    expect(other.modal).toBeUndefined();
    expect(other.text).toContain('no longer kept');
  });

  it('are refused where they are forged, of a button, or forgotten; what was typed is told', async () => {
    const preview = await bench.submit(await add(), GOOD);
    const ids = [...kept.kept.keys()];
    const button = await kept.remember('note add save|');
    for (const id of ['x', '1m@forgotten', '1m|note add note|', `1m@${button}`, `1ar0@${ids[0]}`]) {
      const refused = await bench.submit(await add(), GOOD, { tamper: withId(id) });
      expect(refused.text).toContain('can no longer be read');
      expect(refused.text).toContain('> Shelling in Aleppo');
    }
    const form = ids.find((id) => kept.kept.get(id)?.startsWith('form'));
    const pressed = await bench.press(preview, 'Save', { tamper: withId(`1ar0@${form}`) });
    expect(pressed.text).toContain('can no longer be read');
    expect(desk.read).toHaveLength(1);
    expect(desk.done).toEqual([]);
  });

  it('work through a restart, open or shown', async () => {
    const form = await add();
    const preview = await bench.submit(await add(), GOOD);
    desk.refuse = new UserError('No.');
    const refused = await bench.submit(await add(), GOOD);
    desk.refuse = undefined;
    await bot.close();
    bench.standIn.clearRequests();
    bot = await start();
    await bot.deployed;
    expect(bench.standIn.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
    const done = await bench.submit(form, GOOD);
    expect(done.text).toContain('Shelling in Aleppo – ');
    await bench.press(preview, 'Save');
    expect(preview.text).toContain('Saved.');
    const gone = await bench.press(refused, 'Correct it');
    expect(gone.text).toContain('This form is no longer kept.');
  });

  it('are handled once, however often one arrives', async () => {
    const form = await add();
    let payload: JsonObject = {};
    await bench.submit(form, GOOD, { tamper: (sent) => (payload = sent) });
    bench.standIn.gateway.dispatch('INTERACTION_CREATE', payload, { guildId: GUILD_ID });
    await bench.until('it is noticed', () => logged.some(({ text }) => text.includes('twice')));
    expect(desk.read).toHaveLength(1);
    expect(callbacks().map(({ type }) => type)).toEqual([9, 4]);
  });

  it('say so where opening them took too long', async () => {
    desk.wait = 300;
    const late = await add();
    expect([late.text, late.ephemeral]).toEqual([expect.stringContaining('It took too long to open the form.'), true]);
    desk.wait = 0;
    const preview = await bench.submit(await add(), GOOD);
    desk.wait = 300;
    const edit = await bench.press(preview, 'Edit');
    expect(edit.text).toContain('It took too long to open the form.');
    expect(preview.text).toContain('Shelling in Aleppo – ');
    await bench.press(preview, 'Save');
    expect(preview.text).toContain('Saved.');
    bench.standIn.clearRequests();
    desk.wait = 0;
    const form = await add();
    desk.wait = 300;
    const slow = await bench.submit(form, GOOD);
    expect([slow.text, slow.ephemeral]).toEqual([expect.stringContaining('Shelling in Aleppo – '), true]);
    expect(callbacks().map(({ type }) => type)).toEqual([9, 5]);
  });

  it('that Discord would not take are a fault of ours, which is told and logged', async () => {
    const answer = await bench.command('editor', '/broken');
    expect(answer.text).toContain('Something went wrong on our side');
    expect(logged.find(({ level }) => level === 'error')?.data).toMatchObject({
      error: 'The form “note add note” has a field “x” whose label has 46 characters; Discord takes 1 to 45',
    });
    bench.standIn.faults.next({ path: '/callback' }, { kind: 'status', status: 400, code: 50_035 });
    const refused = await add();
    expect(refused.text).toContain('Something went wrong on our side');
  });

  it('stay what they are for a button that everyone may use, and for one that only the asker may', async () => {
    const note = await bench.command('reader', '/note show');
    expect(note.ephemeral).toBe(false);
    const rows = note.message['components'] as { components?: { style?: number }[] }[];
    expect(rows.slice(1).map(({ components = [] }) => components.map(({ style }) => style))).toEqual([
      [2, 2, 1, 2, 2],
      [2, 2],
    ]);
    const form = await bench.press(note, 'Report an error', { user: 'editor' });
    expect(form.modal?.body).toMatchObject({ title: 'A new note' });
    const told = await bench.submit(form, GOOD);
    expect([told.text, told.ephemeral]).toEqual(['Told.', true]);
    const mine = await bench.press(note, 'Mine', { user: 'editor' });
    expect([mine.text, mine.ephemeral]).toEqual([expect.stringContaining('Only the person who asked'), true]);
    expect((await bench.press(note, 'More 6')).text).toContain('Done.');
    expect(note.text).toContain('Briefing B41.');
    expect(desk.done).toMatchObject([{ what: 'mine', args: { at: '6' }, asker: { edition: 41 } }]);
    expect((await bench.press(note, 'Add one')).modal?.body).toMatchObject({ title: 'A new note' });
    const approver = await bench.press(note, 'Approve', { user: 'admin' });
    expect(desk.done.at(-1)).toMatchObject({ what: 'approve', asker: { user: approver.user } });
    expect(note.text).toContain('Approved.');
    expect(note.text).not.toContain('Report an error');
  });
});
