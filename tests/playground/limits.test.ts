import { type Client, DiscordAPIError, HTTPError, MessageFlags, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOT_ID, CHANNEL_IDS, GUILD_ID } from '../../src/playground/cast.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench;
let client: Client<true>;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.connect();
});
afterAll(() => bench.close());

/** undefined when it is accepted, else "status/code path.of.the.first.error". */
async function refusal(sent: Promise<unknown>): Promise<string | undefined> {
  try {
    await sent;
    return undefined;
  } catch (problem) {
    if (problem instanceof HTTPError) return `${problem.status}`;
    if (!(problem instanceof DiscordAPIError)) throw problem;
    const errors = 'errors' in problem.rawError ? firstPath(problem.rawError.errors) : '';
    return `${problem.status}/${problem.code} ${errors}`.trim();
  }
}

function firstPath(tree: unknown): string {
  if (typeof tree !== 'object' || tree === null || '_errors' in tree) return '';
  const [[key, below] = ['', undefined]] = Object.entries(tree) as [string, unknown][];
  const rest = firstPath(below);
  return rest === '' ? key : `${key}.${rest}`;
}

const V2 = MessageFlags.IsComponentsV2;
const send = (body: object) => client.rest.post(Routes.channelMessages(CHANNEL_IDS.newsroom), { body });
const text = (content: string) => ({ type: 10, content });
const press = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const row = (...components: object[]) => ({ type: 1, components });
const options = (count: number) => Array.from({ length: count }, (_, n) => ({ label: `o${n}`, value: `v${n}` }));
const v2 = (...components: object[]) => ({ flags: V2, components });
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

describe('messages within the limits are taken', () => {
  it.each<[string, object]>([
    ['2000 characters', { content: 'x'.repeat(2000) }],
    ['2000 letters outside the basic plane', { content: '𝕏'.repeat(2000) }],
    ['40 components, nested ones counted', v2({ type: 17, components: times(39, () => ({ type: 14 })) })],
    ['4000 characters of text', v2(text('x'.repeat(2000)), text('y'.repeat(2000)))],
    ['a section with a button', v2({ type: 9, components: [text('x')], accessory: press() })],
    [
      'five buttons and a select',
      {
        components: [
          row(...times(5, (n) => press({ custom_id: `b${n}` }))),
          row({ type: 3, custom_id: 's', options: options(25) }),
        ],
      },
    ],
    ['embeds of 6000 characters', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'y'.repeat(2000) }] }],
    [
      'a text that costs exactly the byte budget',
      v2(text('ه'.repeat(3900)), text('x'.repeat(46)), ...times(1, () => ({ type: 14 }))),
    ],
  ])('%s', async (_what, body) => {
    expect(await refusal(send(body))).toBeUndefined();
  });
});

describe('messages over the limits are refused', () => {
  it.each<[string, object, string]>([
    ['2001 characters', { content: 'x'.repeat(2001) }, '400/50035 content'],
    ['nothing at all', {}, '400/50006'],
    ['white space only', { content: ' \n ' }, '400/50006'],
    ['an unknown component', v2({ type: 77 }), '400/50035 components.0.type'],
    ['components of version 2 without the flag', { components: [text('x')] }, '400/50035 components.0.type'],
    ['the flag with content', { ...v2(text('x')), content: 'y' }, '400/50035 content'],
    ['the flag with embeds', { ...v2(text('x')), embeds: [{ title: 'y' }] }, '400/50035 embeds'],
    ['the flag without components', { flags: V2 }, '400/50006'],
    ['41 components', v2({ type: 17, components: times(40, () => ({ type: 14 })) }), '400/50035 components'],
    [
      '41 components, accessories counted',
      v2(...times(20, (n) => ({ type: 9, components: [text('x')], accessory: press({ custom_id: `${n}` }) }))),
      '400/50035 components',
    ],
    ['4001 characters of text', v2(text('x'.repeat(4000)), text('y')), '400/50035 components'],
    [
      'a container in a container',
      v2({ type: 17, components: [{ type: 17, components: [text('x')] }] }),
      '400/50035 components.0.components.0.type',
    ],
    ['an empty text', v2(text('')), '400/50035 components.0.content'],
    ['a section without an accessory', v2({ type: 9, components: [text('x')] }), '400/50035 components.0.accessory'],
    [
      'a thumbnail outside a section',
      v2({ type: 11, media: { url: 'https://a.example/b.png' } }),
      '400/50035 components.0.type',
    ],
    [
      'a gallery of 11',
      v2({ type: 12, items: times(11, () => ({ media: { url: 'https://a.example/b.png' } })) }),
      '400/50035 components.0.items',
    ],
    [
      'a file that was not sent',
      v2({ type: 13, file: { url: 'attachment://a.csv' } }),
      '400/50035 components.0.file.url',
    ],
    [
      'a file from elsewhere',
      v2({ type: 13, file: { url: 'https://a.example/a.csv' } }),
      '400/50035 components.0.file.url',
    ],
    [
      'a custom_id used twice',
      { components: [row(press(), press())] },
      '400/50035 components.0.components.1.custom_id',
    ],
    [
      'a custom_id of 101',
      { components: [row(press({ custom_id: 'c'.repeat(101) }))] },
      '400/50035 components.0.components.0.custom_id',
    ],
    [
      'a label of 81',
      { components: [row(press({ label: 'l'.repeat(81) }))] },
      '400/50035 components.0.components.0.label',
    ],
    ['a button without label', { components: [row(press({ label: '' }))] }, '400/50035 components.0.components.0'],
    [
      'a link with a custom_id',
      { components: [row(press({ style: 5, url: 'https://a.example' }))] },
      '400/50035 components.0.components.0',
    ],
    [
      'a link without an address',
      { components: [row({ type: 2, style: 5, label: 'x' })] },
      '400/50035 components.0.components.0.url',
    ],
    [
      'six buttons in a row',
      { components: [row(...times(6, (n) => press({ custom_id: `b${n}` })))] },
      '400/50035 components.0.components',
    ],
    ['an empty row', { components: [row()] }, '400/50035 components.0.components'],
    [
      'a button beside a select',
      { components: [row(press(), { type: 3, custom_id: 's', options: options(1) })] },
      '400/50035 components.0.components',
    ],
    [
      '26 options',
      { components: [row({ type: 3, custom_id: 's', options: options(26) })] },
      '400/50035 components.0.components.0.options',
    ],
    [
      'an option used twice',
      { components: [row({ type: 3, custom_id: 's', options: [...options(1), ...options(1)] })] },
      '400/50035 components.0.components.0.options.1.value',
    ],
    [
      'an option of 101',
      { components: [row({ type: 3, custom_id: 's', options: [{ label: 'l'.repeat(101), value: 'v' }] })] },
      '400/50035 components.0.components.0.options.0.label',
    ],
    [
      'more to pick than there is',
      { components: [row({ type: 3, custom_id: 's', max_values: 3, options: options(2) })] },
      '400/50035 components.0.components.0.max_values',
    ],
    ['a description of 4097', { embeds: [{ description: 'x'.repeat(4097) }] }, '400/50035 embeds.0.description'],
    ['26 fields', { embeds: [{ fields: times(26, () => ({ name: 'n', value: 'v' })) }] }, '400/50035 embeds.0.fields'],
    [
      'a field without value',
      { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
      '400/50035 embeds.0.fields.0.value',
    ],
    [
      'embeds of 6001 characters',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'y'.repeat(2001) }] },
      '400/50035 embeds',
    ],
    ['11 embeds', { embeds: times(11, () => ({ title: 'x' })) }, '400/50035 embeds'],
    ['a text over the byte budget, although it is short enough', v2(text('新'.repeat(3400))), '500'],
  ])('%s', async (_what, body, expected) => {
    expect(await refusal(send(body))).toBe(expected);
  });

  it('counts the byte budget per text: 10170 bytes pass, 10171 do not', async () => {
    const bytes = (count: number) => v2(text('新'.repeat(3386)), ...(count === 0 ? [] : [text('x'.repeat(count))]));
    // 3386 × 3 + 12 = 10170
    expect(await refusal(send(bytes(0)))).toBeUndefined();
    expect(await refusal(send(bytes(1)))).toBe('500');
  });
});

describe('an edit to components', () => {
  const converted = async (body: object) => {
    const made = (await send({ content: 'Headline', embeds: [{ title: 'x' }] })) as { id: string };
    return refusal(client.rest.patch(Routes.channelMessage(CHANNEL_IDS.newsroom, made.id), { body }));
  };

  it('needs the old parts emptied with real nulls', async () => {
    expect(await converted({ ...v2(text('x')), content: null, embeds: [] })).toBeUndefined();
    expect(await converted(v2(text('x')))).toBe('400/50035 content');
    expect(await converted({ ...v2(text('x')), content: '', embeds: [] })).toBe('400/50035 content');
  });

  it('is never taken back', async () => {
    const made = (await send(v2(text('x')))) as { id: string };
    const edit = (body: object) => client.rest.patch(Routes.channelMessage(CHANNEL_IDS.newsroom, made.id), { body });
    expect(await refusal(edit({ content: 'plain', flags: 0 }))).toBe('400/50035 content');
    expect(await refusal(edit({ components: [text('y')] }))).toBeUndefined();
  });
});

describe('commands', () => {
  const put = (body: unknown[]) => client.rest.put(Routes.applicationGuildCommands(BOT_ID, GUILD_ID), { body });
  const command = (more: object = {}) => ({ name: 'brief', description: 'Briefs.', ...more });
  const option = (more: object = {}) => ({ type: 3, name: 'about', description: 'About.', ...more });

  it('keep their ids when they are written again', async () => {
    const first = (await put([command(), { name: 'Add to briefing', type: 3 }])) as { id: string; version: string }[];
    const second = (await put([{ name: 'Add to briefing', type: 3 }, command({ description: 'New.' })])) as {
      id: string;
      version: string;
    }[];
    expect([second[1]?.id, second[0]?.id]).toEqual([first[0]?.id, first[1]?.id]);
    expect(second[0]?.version).toBe(first[1]?.version);
    expect(second[1]?.version).not.toBe(first[0]?.version);
    expect(await client.rest.get(Routes.applicationGuildCommands(BOT_ID, GUILD_ID))).toHaveLength(2);
  });

  it('show their translations only when asked', async () => {
    await put([command({ name_localizations: { de: 'kurz' } })]);
    const path = Routes.applicationGuildCommands(BOT_ID, GUILD_ID);
    expect(await client.rest.get(path)).not.toMatchObject([{ name_localizations: { de: 'kurz' } }]);
    const query = new URLSearchParams({ with_localizations: 'true' });
    expect(await client.rest.get(path, { query })).toMatchObject([{ name_localizations: { de: 'kurz' } }]);
  });

  it.each<[string, unknown[], string]>([
    ['a name in capitals', [command({ name: 'Brief' })], '400/50035 0.name'],
    ['a name with a space', [command({ name: 'a b' })], '400/50035 0.name'],
    ['a vocalised Arabic name', [command({ name: 'مُوجَز' })], '400/50035 0.name'],
    ['no description', [{ name: 'brief' }], '400/50035 0.description'],
    ['a description of 101', [command({ description: 'd'.repeat(101) })], '400/50035 0.description'],
    ['two of the same name', [command(), command()], '400/50035 1'],
    ['an option in capitals', [command({ options: [option({ name: 'About' })] })], '400/50035 0.options.0.name'],
    ['26 options', [command({ options: times(26, (n) => option({ name: `o${n}` })) })], '400/50035 0.options'],
    [
      '26 choices',
      [command({ options: [option({ choices: times(26, (n) => ({ name: `${n}`, value: `${n}` })) })] })],
      '400/50035 0.options.0.choices',
    ],
    [
      'a required option after another',
      [command({ options: [option(), option({ name: 'b', required: true })] })],
      '400/50035 0.options.1',
    ],
    ['the same option twice', [command({ options: [option(), option()] })], '400/50035 0.options.1'],
    [
      'choices with autocomplete',
      [command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
      '400/50035 0.options.0',
    ],
    [
      'options beside subcommands',
      [command({ options: [option({ type: 1, name: 'sub' }), option()] })],
      '400/50035 0.options.1.type',
    ],
    [
      'a group in a group',
      [
        command({
          options: [{ type: 2, name: 'g', description: 'd', options: [{ type: 2, name: 'h', description: 'd' }] }],
        }),
      ],
      '400/50035 0.options.0.options.0.type',
    ],
    [
      'a language that Discord does not have',
      [command({ name_localizations: { ar: 'موجز' } })],
      '400/50035 0.name_localizations.ar',
    ],
    [
      'more than 8000 characters',
      [
        command({
          options: times(25, (n) =>
            option({
              name: `o${n}`,
              description: 'd'.repeat(100),
              choices: times(25, (m) => ({ name: `${m}`.padEnd(10), value: 'v' })),
            }),
          ),
        }),
      ],
      '400/50035 0',
    ],
    ['16 message commands', times(16, (n) => ({ name: `m${n}`, type: 3 })), '400/50035 15'],
    ['131 commands', times(131, (n) => command({ name: `c${n}` })), '400/50035'],
    ['a described message command', [{ name: 'Add', type: 3, description: 'x' }], '400/50035 0.description'],
  ])('with %s are refused', async (_what, body, expected) => {
    expect(await refusal(put(body))).toMatch(new RegExp(`^${expected}`));
  });

  it('with a bare Arabic name are taken', async () => {
    expect(await refusal(put([command({ name: 'موجز' })]))).toBeUndefined();
  });
});

describe('forms', () => {
  const input = (more: object = {}) => ({
    type: 18,
    label: 'Headline',
    component: { type: 4, custom_id: 'h', style: 1, ...more },
  });
  const modal = (more: object = {}) => ({ custom_id: 'm', title: 'Entry', components: [input()], ...more });
  const picks = (component: object) =>
    modal({ components: [{ type: 18, label: 'l', component: { custom_id: 'c', ...component } }] });
  const shown = async (data: object): Promise<string | undefined> => {
    await client.rest.put(Routes.applicationCommands(BOT_ID), { body: [{ name: 'form', description: 'Shows it.' }] });
    let result: string | undefined;
    client.once('interactionCreate', (interaction) => {
      const path = Routes.interactionCallback(interaction.id, interaction.token);
      void refusal(client.rest.post(path, { auth: false, body: { type: 9, data } })).then(async (told) => {
        result = told;
        if (told !== undefined)
          await client.rest.post(path, { auth: false, body: { type: 4, data: { content: 'refused' } } });
      });
    });
    const answer = await bench.ask({ command: 'form' });
    if (answer.modal === undefined) await bench.until('the refusal is known', () => result !== undefined);
    return result;
  };

  it.each<[string, object, string | undefined]>([
    ['within the limits', modal(), undefined],
    ['with a title of 46', modal({ title: 't'.repeat(46) }), '400/50035 data.title'],
    [
      'with six fields',
      modal({ components: times(6, (n) => input({ custom_id: `${n}` })) }),
      '400/50035 data.components',
    ],
    ['without fields', modal({ components: [] }), '400/50035 data.components'],
    [
      'with a label of 46',
      modal({ components: [{ ...input(), label: 'l'.repeat(46) }] }),
      '400/50035 data.components.0.label',
    ],
    [
      'with a disabled field',
      modal({ components: [input({ disabled: true })] }),
      '400/50035 data.components.0.component.disabled',
    ],
    [
      'with a preset longer than allowed',
      modal({ components: [input({ max_length: 3, value: 'long' })] }),
      '400/50035 data.components.0.component.value',
    ],
    [
      'with a field twice',
      modal({ components: [input(), input()] }),
      '400/50035 data.components.1.component.custom_id',
    ],
    [
      'with a lone checkbox required',
      modal({ components: [{ type: 18, label: 'l', component: { type: 23, custom_id: 'c', required: true } }] }),
      '400/50035 data.components.0.component.required',
    ],
    ['with roles chosen beforehand', picks({ type: 6, default_values: [{ id: BOT_ID, type: 'role' }] }), undefined],
    [
      'with a user chosen beforehand where roles are picked',
      picks({ type: 6, default_values: [{ id: BOT_ID, type: 'user' }] }),
      '400/50035 data.components.0.component.default_values.0.type',
    ],
    [
      'with two channels chosen beforehand where one is picked',
      picks({ type: 8, default_values: times(2, () => ({ id: BOT_ID, type: 'channel' })) }),
      '400/50035 data.components.0.component.default_values',
    ],
    [
      'with required boxes of which none need be ticked',
      picks({ type: 22, min_values: 0, options: [{ label: 'a', value: 'a' }] }),
      '400/50035 data.components.0.component.min_values',
    ],
    [
      'with more boxes to tick than there are',
      picks({ type: 22, max_values: 2, options: [{ label: 'a', value: 'a' }] }),
      '400/50035 data.components.0.component.max_values',
    ],
  ])('%s', async (_what, data, expected) => {
    expect(await shown(data)).toBe(expected);
  });
});
