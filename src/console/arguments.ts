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
  const all = leaves.map((l) => l.path).join(', ');
  throw new UserError(
    words[0] === undefined ? 'Say what to ask.' : `There is no command “${words[0]}”.`,
    `Commands: ${all}.`,
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
