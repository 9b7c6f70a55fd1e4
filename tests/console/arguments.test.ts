import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { asksHow, findLeaf, readWords, usageText } from '../../src/console/arguments.ts';
import { UserError } from '../../src/errors.ts';

const leaves = commands.flatMap((c) => c.leaves);
const read = (line: string, words: readonly string[] = line.split(' ')) => {
  const { leaf, rest } = findLeaf(leaves, words);
  return { path: leaf.path, ...readWords(leaf, rest) };
};
const refused = (words: readonly string[]): string => {
  try {
    const { leaf, rest } = findLeaf(leaves, words);
    readWords(leaf, rest);
  } catch (thrown) {
    if (thrown instanceof UserError) return `${thrown.message} ${thrown.hint ?? ''}`;
    throw thrown;
  }
  throw new Error(`“${words.join(' ')}” was read`);
};

describe('words', () => {
  test.each([
    ['brief aleppo-2024', 'brief', { situation: 'aleppo-2024' }],
    ['brief aleppo-2024 --length short', 'brief', { situation: 'aleppo-2024', length: 'short' }],
    ['brief --length=short aleppo-2024', 'brief', { situation: 'aleppo-2024', length: 'short' }],
    ['brief --situation aleppo-2024', 'brief', { situation: 'aleppo-2024' }],
    ['entry show aleppo-2024 E12', 'entry show', { situation: 'aleppo-2024', entry: 'E12' }],
    ['entry show --entry E12 aleppo-2024', 'entry show', { situation: 'aleppo-2024', entry: 'E12' }],
    ['changes aleppo-2024 --since=#120', 'changes', { situation: 'aleppo-2024', since: '#120' }],
    ['situation list', 'situation list', {}],
    ['help', 'help', {}],
    ['--help', 'help', {}],
    ['-h', 'help', {}],
  ])('%s', (line, path, values) => {
    expect(read(line)).toEqual({ path, values, json: false });
  });

  test('a value in one word may hold spaces and signs', () => {
    const words = ['brief', 'aleppo-2024', '--as-of', '29 nov 18:00', '--place=a=b'];
    expect(read('', words).values).toEqual({ situation: 'aleppo-2024', 'as-of': '29 nov 18:00', place: 'a=b' });
  });

  test('--json may stand anywhere', () => {
    expect(read('brief --json aleppo-2024').json).toBe(true);
    expect(read('situation list --json').json).toBe(true);
  });
});

describe('what cannot be read comes with the usage', () => {
  test.each([
    [[], 'Say what to ask. Commands: brief, changes,'],
    [['nonsense'], 'There is no command “nonsense”. Commands: brief,'],
    [['entry'], '“entry” needs one word more. Say one of: entry show, entry history'],
    [['entry', '--json'], '“entry” needs one word more.'],
    [['entry', 'burn', 'x'], 'There is no command “entry burn”. Say one of: entry show,'],
    [['brief', 'a', '--length', 'short', '--length=full'], 'length is given twice. Usage: sitrep brief'],
    [['brief', 'a', '--situation', 'b'], 'situation is given twice.'],
    [
      ['brief'],
      'situation is missing. Usage: sitrep brief <situation> [--length …] [--place …] [--as-of …] [--json | --markdown] [--server <id>]',
    ],
    [['brief', 'a', 'b'], '“b” is one word too many.'],
    [['brief', 'a', '--lenght', 'short'], 'There is no option --lenght.'],
    [['brief', 'a', '--length'], '--length needs a value.'],
    [['brief', 'a', '--private'], 'There is no option --private.'],
    [['brief', 'a', '--__proto__', 'x'], 'There is no option --__proto__.'],
    [['brief', 'a', '--constructor=x'], 'There is no option --constructor.'],
    [['constructor'], 'There is no command “constructor”.'],
    [['brief', 'a', '--'], 'There is no option --.'],
  ])('%j', (words, start) => {
    expect(refused(words)).toContain(start);
  });
});

test('--help of a command is its usage, with the values of options that have a list', () => {
  const { leaf, rest } = findLeaf(leaves, ['brief', 'aleppo-2024', '--help']);
  expect(asksHow(rest)).toBe(true);
  expect(asksHow(['aleppo-2024', '--as-of', 'friday'])).toBe(false);
  const lines = usageText(leaf).split('\n');
  expect(lines[0]).toMatch(/^Usage: sitrep brief <situation> \[--length …\]/);
  expect(lines.find((line) => line.startsWith('  --length '))).toMatch(/\(short, standard, full\)$/);
  expect(lines.filter((line) => /private/.test(line))).toEqual([]);
  for (const { path } of leaves) expect(usageText(findLeaf(leaves, path.split(' ')).leaf)).toContain(`sitrep ${path}`);
});
