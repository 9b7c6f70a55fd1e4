import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { Leaf } from '../asking/command.ts';
import { UserError } from '../errors.ts';

export interface Typed {
  readonly values: Readonly<Record<string, string | boolean>>;
  readonly json: boolean;
  /** As Markdown with footnotes. */
  readonly markdown?: true;
  /** The Discord server whose briefings are meant. */
  readonly server?: string;
}

const usage = <D>(leaf: Leaf<D>): string =>
  `Usage: sitrep ${leaf.path}${leaf.options
    .filter((o) => o.name !== 'private')
    .map((o) =>
      'required' in o && o.required
        ? ` <${o.name}>`
        : o.type === ApplicationCommandOptionType.Boolean
          ? ` [--${o.name}]`
          : ` [--${o.name} …]`,
    )
    .join('')} [--json | --markdown] [--server <id>]`;

/** Whether the words after a command ask how it is used. */
export const asksHow = (words: readonly string[]): boolean => words.includes('--help') || words.includes('-h');

/** The usage line, and a line for each option with the values that it may have. */
export function usageText<D>(leaf: Leaf<D>): string {
  const options = leaf.options.filter((o) => o.name !== 'private');
  const rows = options.map((o): readonly [string, string] => {
    const values = 'choices' in o && o.choices ? ` (${o.choices.map(({ value }) => String(value)).join(', ')})` : '';
    return ['required' in o && o.required ? `<${o.name}>` : `--${o.name}`, `${o.description}${values}`];
  });
  rows.push(
    ['--json', 'The answer as a document for programs'],
    ['--markdown', 'The answer as Markdown with footnotes'],
    ['--server', 'The Discord server whose briefings are meant, by its id'],
  );
  const wide = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [usage(leaf), ...rows.map(([name, what]) => `  ${name.padEnd(wide)}${what}`), ''].join('\n');
}

/** The leaf that the first words name, and the words after it: `entry show …`, `brief …`. */
export function findLeaf<D>(
  leaves: readonly Leaf<D>[],
  words: readonly string[],
): { readonly leaf: Leaf<D>; readonly rest: readonly string[] } {
  if (words[0] === '--help' || words[0] === '-h') return findLeaf(leaves, ['help', ...words.slice(1)]);
  for (const count of [2, 1]) {
    const path = words.slice(0, count).join(' ');
    const leaf = leaves.find((l) => l.path === path);
    if (leaf) return { leaf, rest: words.slice(count) };
  }
  const all = (paths: readonly Leaf<D>[]): string => paths.map((l) => l.path).join(', ');
  const [first, second] = words;
  const under = leaves.filter((l) => l.path.startsWith(`${first} `));
  if (under.length > 0)
    throw new UserError(
      second === undefined || second.startsWith('-')
        ? `“${first}” needs one word more.`
        : `There is no command “${first} ${second}”.`,
      `Say one of: ${all(under)}.`,
    );
  throw new UserError(
    first === undefined ? 'Say what to ask.' : `There is no command “${first}”.`,
    `Commands: ${all(leaves)}.`,
  );
}

/** Required options by position, the others as `--name value` or `--name=value`. Rejects with the usage line. */
export function readWords<D>(leaf: Leaf<D>, words: readonly string[]): Typed {
  const wrong = (what: string): UserError => new UserError(what, usage(leaf));
  const required = leaf.options.filter((o) => 'required' in o && o.required).map((o) => o.name);
  const values: Record<string, string | boolean> = {};
  const queue = [...words];
  let json = false;
  const more: { markdown?: true; server?: string } = {};
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--json') {
      json = true;
      continue;
    }
    if (word === '--markdown') {
      more.markdown = true;
      continue;
    }
    if (!word.startsWith('--')) {
      const name = required.find((n) => !(n in values));
      if (name === undefined) throw wrong(`“${word}” is one word too many.`);
      values[name] = word;
      continue;
    }
    const [flag, inline] = split(word.slice(2));
    if (flag === 'server') {
      const server = inline ?? queue.shift() ?? '';
      if (!/^\d{1,20}$/.test(server)) throw wrong('--server needs the id of a Discord server.');
      more.server = server;
      continue;
    }
    const option = leaf.options.find((o) => o.name === flag);
    if (!option || flag === 'private') throw wrong(`There is no option --${flag}.`);
    if (Object.hasOwn(values, flag)) throw wrong(`${flag} is given twice.`);
    if (option.type === ApplicationCommandOptionType.Boolean && inline === undefined) {
      values[flag] = true;
      continue;
    }
    const value = inline ?? queue.shift();
    if (value === undefined) throw wrong(`--${flag} needs a value.`);
    values[flag] = value;
  }
  const missing = required.find((n) => !(n in values));
  if (missing !== undefined) throw wrong(`${missing} is missing.`);
  return { values, json, ...more };
}

function split(word: string): readonly [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
