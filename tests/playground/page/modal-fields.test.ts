import { describe, expect, test } from 'vitest';
import { type Field, fieldsOf, problemOf } from '../../../src/playground/page/modal-fields.ts';
import type { Raw } from '../../../src/playground/page/wire.ts';

const label = (component: Raw): Raw => ({ type: 18, label: 'L', component: { custom_id: 'x', ...component } });
const field = (component: Raw): Field => {
  const [only] = fieldsOf({ components: [label(component)] });
  if (only === undefined) throw new Error('no field');
  return only;
};
const options = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B', default: true },
  { value: 'c', label: 'C' },
];

describe('the inputs of a modal', () => {
  test('labels, texts, and rows as older bots send them', () => {
    const kinds = fieldsOf({
      components: [
        { type: 10, content: 'Hello' },
        label({ type: 4 }),
        label({ type: 3, options }),
        label({ type: 8 }),
        label({ type: 21, options }),
        label({ type: 22, options }),
        label({ type: 23 }),
        label({ type: 19 }),
        { type: 1, components: [{ type: 4, custom_id: 'old', label: 'Old', style: 2, required: false }] },
      ],
    });
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'note',
      'text',
      'select',
      'select',
      'radio',
      'checks',
      'check',
      'file',
      'text',
    ]);
    expect(kinds.at(-1)).toMatchObject({ customId: 'old', label: 'Old', long: true, required: false });
  });

  test.each<[string, Raw, string | readonly string[] | undefined, string | undefined]>([
    ['a text that is required', { type: 4 }, '  ', 'This field is required.'],
    ['a text that is not', { type: 4, required: false, min_length: 5 }, '', undefined],
    ['a text too short', { type: 4, min_length: 5 }, 'abc', 'At least 5 characters; 3 so far.'],
    ['a text too long', { type: 4, max_length: 2 }, 'abc', 'At most 2 characters; 3 so far.'],
    ['a radio group left open', { type: 21, options }, undefined, 'Choose one.'],
    ['a radio group that may stay open', { type: 21, options, required: false }, undefined, undefined],
    ['a select left open', { type: 3, options }, [], 'Choose at least one.'],
    ['too few of a list', { type: 22, options, min_values: 2 }, ['a'], 'Choose at least 2.'],
    ['too many of a list', { type: 22, options, max_values: 1 }, ['a', 'b'], 'Choose at most 1.'],
    ['a lone checkbox', { type: 23 }, 'false', undefined],
    ['no file', { type: 19 }, [], 'Choose at least one.'],
  ])('%s', (_name, component, answer, problem) => {
    expect(problemOf(field(component), answer)).toBe(problem);
  });

  test('what the bot chose beforehand is chosen', () => {
    expect(field({ type: 3, options })).toMatchObject({ chosen: ['b'], min: 1, max: 1 });
    expect(field({ type: 22, options })).toMatchObject({ chosen: ['b'], min: 1, max: 3 });
  });
});
