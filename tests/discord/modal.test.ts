import { describe, expect, it } from 'vitest';
import type { Field, Form } from '../../src/asking/form.ts';
import { typedText } from '../../src/discord/escape.ts';
import { modal } from '../../src/discord/modal.ts';
import { complaints } from '../../src/playground/standin/complaints.ts';
import { checkModal } from '../../src/playground/standin/validate/modal.ts';
import { validateBodies } from '../support/openapi.ts';
import { noteForm } from './asking.ts';

const text = (more: Partial<Extract<Field, { kind: 'text' }>> = {}): Field => ({
  name: 'x',
  label: 'X',
  kind: 'text',
  ...more,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ label: `Option ${at}`, value: `o${at}`, chosen: true }));
const list = (kind: 'one' | 'some', count: number, more: object = {}): Field => ({
  name: 'x',
  label: 'X',
  kind,
  options: many(count),
  ...more,
});
const asked = (...fields: readonly Field[]): Form => noteForm({ notes: [], fields });

/** Discord's own description of its API, and the stand-in, have nothing against it. */
async function taken(form: Form) {
  const data = modal(form, '1m@id');
  const issues = complaints();
  checkModal(issues, { ...data }, ['data']);
  issues.throwIfAny();
  const path = '/interactions/1100000000000000001/token/callback';
  expect((await validateBodies([{ method: 'POST', path, body: { type: 9, data } }])) ?? []).toEqual([]);
  return data.components.map((part) => ('component' in part ? part.component : part));
}

describe('a form as a modal', () => {
  it('is what Discord takes, whatever the data in it', async () => {
    const long = 'ab '.repeat(2_000);
    const [input] = await taken(asked(text({ value: long, max: 200, placeholder: long })));
    expect(input).toMatchObject({ value: expect.stringMatching(/…$/), max_length: 200 });
    await taken({ ...asked(text()), title: long, notes: [long] });
    const [select] = await taken(
      asked(list('some', 1, { options: [{ label: long, value: 'v', description: long, chosen: true }] })),
    );
    expect(select).toMatchObject({ min_values: 0, max_values: 1, required: false });
  });

  it.each([
    ['one', 1, true, 3],
    ['one', 2, true, 21],
    ['one', 10, true, 21],
    ['one', 11, true, 3],
    ['one', 25, false, 3],
    ['some', 1, true, 22],
    ['some', 10, true, 22],
    ['some', 11, true, 3],
    ['some', 2, false, 3],
  ] as const)('asks for %s of %i (all at once: %s) with a component of type %i', async (kind, count, all, type) => {
    for (const required of [true, false]) {
      const [input] = await taken(asked(list(kind, count, { all, required })));
      expect(input).toMatchObject({ type, required });
      const preset = (input as { options: { default?: boolean }[] }).options.filter((one) => one.default === true);
      expect(preset).toHaveLength(kind === 'one' ? 1 : count);
    }
  });

  it('prefills roles and channels', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => String(1_100_000_000_000_000_000n + BigInt(at)));
    const [roles, channel] = await taken(
      asked(
        { name: 'r', label: 'Roles', kind: 'roles', chosen: ids, required: true },
        { name: 'c', label: 'Channel', kind: 'channel', chosen: ids[0] as string, types: [0, 5] },
      ),
    );
    expect(roles).toMatchObject({ max_values: 25, default_values: { length: 25 } });
    expect(channel).toMatchObject({ channel_types: [0, 5], default_values: [{ id: ids[0], type: 'channel' }] });
  });

  it.each([
    ['six parts', noteForm({ notes: ['a', 'b'] }), 'has 6 notes and fields; Discord takes 5'],
    ['no field', noteForm({ fields: [] }), 'asks for nothing'],
    ['no title', noteForm({ title: ' ' }), 'has no title'],
    ['one name twice', asked(text(), text()), 'two fields of one name'],
    ['an odd name', asked(text({ name: 'A b' })), 'name is not one of a-z'],
    ['no label', asked(text({ label: '' })), 'label has 0 characters'],
    ['a long label', asked(text({ label: 'x'.repeat(46) })), 'label has 46 characters; Discord takes 1 to 45'],
    ['a long description', asked(text({ description: 'x'.repeat(101) })), 'description has 101 characters'],
    ['more text than there may be', asked(text({ max: 4_001 })), 'length is 0 to 4001'],
    ['more at least than at most', asked(text({ min: 5, max: 4 })), 'length is 5 to 4'],
    ['nothing to choose from', asked(list('one', 0)), 'options are 0; Discord takes 1 to 25'],
    ['too many choices', asked(list('one', 26)), 'options are 26'],
    ['an empty value', asked(list('one', 0, { options: [{ label: 'a', value: '' }] })), 'is empty or longer than 100'],
    ['a value twice', asked(list('one', 0, { options: [...many(1), ...many(1)] })), 'include one value twice'],
  ])('is refused as a mistake of ours with %s', (_, form, words) => {
    expect(() => modal(form, 'id')).toThrow(words);
  });
});

describe('what a person typed', () => {
  it.each([
    ['  two   blanks\t', 'two blanks'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    ['e\u0301', '\u00e9'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['a\u0000\u0007b', 'ab'],
    [`z${'\u0300'.repeat(500)}`, `z${'\u0300'.repeat(4)}`],
    ['قُتِلَ ٢٥٥', 'قُتِلَ ٢٥٥'],
    ['\u2067عربي', '\u2067عربي\u2069'],
    ['👩\u200d🚒 🏳️', '👩\u200d🚒 🏳️'],
  ])('is kept without what hides: %j', (typed, kept) => {
    expect(typedText(typed, true)).toBe(kept);
  });

  it.each([
    '',
    ' ',
    '\n\n',
    '\u200b',
    '\u200f\u200e',
    '\u2067\u2069',
    '\u3164\u2800',
    '\u0301\u0302',
    '\u00ad',
    '\ufeff',
  ])('is nothing where nothing can be seen: %j', (typed) => {
    expect([typedText(typed, true), typedText(typed, false)]).toEqual(['', '']);
  });

  it('is one line where one line is asked for', () => {
    expect(typedText(' one \n\n two ', false)).toBe('one two');
  });

  it('is left alone once it is clean', () => {
    for (const typed of ['\u2067a\n\u2066b', 'z\u0300\u0301\u0302\u0303\u0304\u0305', 'e\u0301\n\n\n\ne\u0301']) {
      const once = typedText(typed, true);
      expect(typedText(once, true)).toBe(once);
    }
  });
});
