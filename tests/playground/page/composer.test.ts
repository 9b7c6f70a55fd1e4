import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../../src/playground/page/commands.ts';
import { firstError, lineOf, optionsOf, type World } from '../../../src/playground/page/composer/draft.ts';
import {
  firstActive,
  itemsOf,
  type Mode,
  picked,
  typedLine,
  typedOption,
} from '../../../src/playground/page/composer/mode.ts';
import { parseLine } from '../../../src/playground/page/composer/parse-line.ts';
import { pickRows } from '../../../src/playground/page/composer/picker.ts';
import { BRIEFINGS, commands, hello, NEWS } from './support/fixture.ts';

const rows = rowsOf(commands);
const world: World = { channels: hello.channels, users: hello.personas, roles: [] };

const options = (line: string) => {
  const draft = parseLine(line, rows);
  return draft && Object.fromEntries(optionsOf(draft, world).map(({ name, value }) => [name, value]));
};
const error = (line: string) => {
  const draft = parseLine(line, rows);
  return draft && firstError(draft, world);
};

describe('a typed line', () => {
  test.each([
    ['/brief situation:aleppo-2024 length:short', { situation: 'aleppo-2024', length: 'short' }],
    ['/brief situation: aleppo-2024 length: Short', { situation: 'aleppo-2024', length: 'short' }],
    ['/brief aleppo-2024', { situation: 'aleppo-2024' }],
    ['/brief aleppo-2024 place:west of Aleppo top:5', { situation: 'aleppo-2024', place: 'west of Aleppo', top: 5 }],
    ['/brief situation:"aleppo-2024" private:yes', { situation: 'aleppo-2024', private: true }],
    ['/brief situation:a channel:#briefings', { situation: 'a', channel: BRIEFINGS }],
    [`/brief situation:a channel:<#${BRIEFINGS}>`, { situation: 'a', channel: BRIEFINGS }],
    ['/brief situation:https://example.org/a:b', { situation: 'https://example.org/a:b' }],
    ['/BRIEF Situation:a', { situation: 'a' }],
  ])('%s', (line, values) => {
    expect(options(line)).toEqual(values);
  });

  test('of a subcommand is nested as Discord nests it', () => {
    const draft = parseLine('/entry show E17', rows);
    expect(draft && optionsOf(draft, world)).toEqual([
      { name: 'show', type: 1, options: [{ name: 'id', type: 3, value: 'E17' }] },
    ]);
  });

  test.each([
    ['/brief', 'situation', 'situation is required. Give it a value or remove it.'],
    ['/brief a length:huge', 'length', 'length must be one of: short, standard'],
    ['/brief a top:0', 'top', 'top: at least 1.'],
    ['/brief a top:1.5', 'top', 'top needs a whole number.'],
    ['/brief a top:many', 'top', 'top needs a number.'],
    ['/brief a private:maybe', 'private', 'private must be one of: True, False'],
    ['/brief a length:short length:standard', 'length', 'length stands twice on the line. Give it once.'],
    ['/brief a situation:b', 'situation', 'situation stands twice on the line. Give it once.'],
    ['/brief a place:Idlib top:5 place:Hama', 'top', 'place stands twice on the line. Give it once.'],
    ['/brief a channel:#announcements', 'channel', 'channel must be one of: #briefings'],
  ])('%s names what is wrong', (line, option, text) => {
    expect(error(line)).toEqual({ option, text });
  });

  test('that names no command is no command', () => {
    expect(parseLine('/brie', rows)).toBeUndefined();
    expect(parseLine('/entry', rows)).toBeUndefined();
    expect(parseLine('brief a', rows)).toBeUndefined();
    expect(parseLine('/help me', rows)).toBeUndefined();
  });

  test('reads back as the same command', () => {
    const line = '/brief situation: aleppo-2024 place: west of Aleppo channel: #briefings';
    const draft = parseLine(line, rows);
    expect(draft && lineOf(draft)).toBe(line);
  });
});

describe('writing a command', () => {
  const titles = (typed: string) => pickRows(rows, typed).map(({ title }) => title);

  test('the picker shows everything, then what fits best', () => {
    expect(titles('')).toEqual(['brief', 'entry add', 'entry show', 'help']);
    expect(titles('en')).toEqual(['entry add', 'entry show']);
    expect(titles('show')).toEqual(['entry show']);
    expect(titles('screen')).toEqual(['brief']);
    expect(titles('xyz')).toEqual([]);
  });

  test('a space after the whole name takes the command, with its required options on the line', () => {
    expect(typedLine('/entry ', rows)).toEqual({ kind: 'text', text: '/entry ' });
    expect(typedLine('/brief ', rows)).toMatchObject({
      kind: 'draft',
      focus: 'situation',
      draft: { shown: ['situation'] },
    });
  });

  const draft = (): Extract<Mode, { kind: 'draft' }> => {
    const mode = typedLine('/brief ', rows);
    if (mode.kind !== 'draft') throw new Error('no draft');
    return mode;
  };

  test('writing "length:" in an option moves on to it', () => {
    const mode = typedOption(draft(), 'situation', 'situation:aleppo-2024 length:');
    expect(mode).toMatchObject({ focus: 'length', draft: { shown: ['situation', 'length'] } });
    if (mode.kind === 'draft') expect(mode.draft.values.get('situation')).toEqual({ typed: 'aleppo-2024' });
  });

  test('an option that is on the line already is not overwritten by typing it again', () => {
    const mode = typedOption(draft(), 'situation', 'aleppo-2024 length:short');
    if (mode.kind !== 'draft') throw new Error('no draft');
    const again = typedOption(mode, 'situation', 'aleppo-2024 length:standard');
    if (again.kind !== 'draft') throw new Error('no draft');
    expect(again.draft.values.get('length')).toEqual({ typed: 'short' });
    expect(firstError(again.draft, world)).toEqual({
      option: 'situation',
      text: 'length stands twice on the line. Give it once.',
    });
    expect(typedOption(mode, '', 'length:standard')).toMatchObject({ focus: '', tail: 'length:standard' });
  });

  test('after a choice the caret goes behind the line, where Enter sends', () => {
    const choices = [{ name: 'Aleppo', value: 'aleppo-2024' }];
    const before = draft();
    const [first] = itemsOf(before, rows, world, choices);
    if (first === undefined) throw new Error('no item');
    const after = picked(before, first);
    expect(after).toMatchObject({ focus: '' });
    const rest = itemsOf(after, rows, world, choices);
    expect(rest.map(({ label }) => label)).toEqual(['length', 'place', 'private', 'top', 'channel']);
    expect(firstActive(after, rest)).toBe(-1);
  });

  test('channels are offered by the kinds that the option takes', () => {
    const mode = typedOption(draft(), 'situation', 'a channel:');
    const labels = itemsOf(mode, rows, world, []).map(({ label }) => label);
    expect(labels).toEqual(['#briefings']);
    expect(hello.channels.find(({ id }) => id === NEWS)?.type).toBe(5);
  });
});
