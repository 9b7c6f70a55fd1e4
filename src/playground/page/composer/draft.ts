import { type CommandOption, type CommandRow, OptionType } from '../commands.ts';
import type { OptionValue } from '../wire.ts';
import { optionMarks } from './option-marks.ts';

export type Value = string | number | boolean;

/** What stands in one option: what was typed and, once a choice was picked, its value. */
export interface Filled {
  readonly typed: string;
  readonly value?: Value;
}

/** A command being written. `shown` names the options that are on the line, in their order. */
export interface Draft {
  readonly row: CommandRow;
  readonly shown: readonly string[];
  readonly values: ReadonlyMap<string, Filled>;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What an option may name besides text and numbers. */
export interface World {
  readonly channels: readonly (Named & { readonly type: number })[];
  readonly users: readonly Named[];
  readonly roles: readonly Named[];
}

export type Resolved = { readonly value: Value } | { readonly error: string };

/** A fresh line: every required option is on it, empty. */
export function draftOf(row: CommandRow): Draft {
  const shown = row.options.filter((option) => option.required).map((option) => option.name);
  return { row, shown, values: new Map() };
}

/** The draft for the command as it is registered now: what it has no option for any more is dropped. */
export function reboundTo(row: CommandRow, draft: Draft): Draft {
  const known = new Set(row.options.map(({ name }) => name));
  const kept = draft.shown.filter((name) => known.has(name));
  const missing = draftOf(row).shown.filter((name) => !kept.includes(name));
  return {
    row,
    shown: [...kept, ...missing],
    values: new Map([...draft.values].filter(([name]) => known.has(name))),
  };
}

export const optionNamed = (draft: Draft, name: string): CommandOption | undefined =>
  draft.row.options.find((option) => option.name === name);

/** The draft with that option on the line, filled as given. */
export function withValue(draft: Draft, name: string, filled: Filled): Draft {
  const shown = draft.shown.includes(name) ? draft.shown : [...draft.shown, name];
  return { ...draft, shown, values: new Map(draft.values).set(name, filled) };
}

/** The draft without that option, or the same draft when the option is required. */
export function withoutOption(draft: Draft, name: string): Draft {
  if (optionNamed(draft, name)?.required !== false) return draft;
  const values = new Map(draft.values);
  values.delete(name);
  return { ...draft, shown: draft.shown.filter((each) => each !== name), values };
}

/** Options that could still be added. */
export const remaining = (draft: Draft): CommandOption[] =>
  draft.row.options.filter((option) => !draft.shown.includes(option.name));

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const named = (list: readonly Named[], sign: string): { name: string; value: Value }[] =>
  list.map((each) => ({ name: `${sign}${each.name}`, value: each.id }));

/** What an option may be, where it is one of a known list; undefined where anything can be typed. */
export function knownChoices(option: CommandOption, world: World): { name: string; value: Value }[] | undefined {
  if (option.choices.length > 0) return [...option.choices];
  switch (option.type) {
    case OptionType.boolean:
      return [
        { name: 'True', value: true },
        { name: 'False', value: false },
      ];
    case OptionType.channel:
      return named(
        world.channels.filter(({ type }) => option.channelTypes.length === 0 || option.channelTypes.includes(type)),
        '#',
      );
    case OptionType.user:
      return named(world.users, '@');
    case OptionType.role:
      return named(world.roles, '@');
    case OptionType.mentionable:
      return [...named(world.users, '@'), ...named(world.roles, '@')];
    default:
      return undefined;
  }
}

const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

function resolveNumber(option: CommandOption, typed: string): Resolved {
  const value = Number(typed);
  if (!Number.isFinite(value)) return { error: `${option.name} needs a number.` };
  if (option.type === OptionType.integer && !Number.isInteger(value)) {
    return { error: `${option.name} needs a whole number.` };
  }
  if (option.min !== undefined && value < option.min) return { error: `${option.name}: at least ${option.min}.` };
  if (option.max !== undefined && value > option.max) return { error: `${option.name}: at most ${option.max}.` };
  return { value };
}

function resolveListed(option: CommandOption, typed: string, known: { name: string; value: Value }[]): Resolved {
  const bare = typed.replace(/^<?[#@][!&]?|>$/g, '');
  const hit = known.find(
    ({ name, value }) =>
      same(name, typed) || same(String(value), typed) || same(name.replace(/^[#@]/, ''), bare) || value === bare,
  );
  if (hit !== undefined) return { value: hit.value };
  if (option.type === OptionType.boolean && YES.includes(typed.toLowerCase())) return { value: true };
  if (option.type === OptionType.boolean && NO.includes(typed.toLowerCase())) return { value: false };
  const names = known.slice(0, 8).map(({ name }) => name);
  return { error: `${option.name} must be one of: ${names.join(', ')}${known.length > 8 ? ', …' : ''}` };
}

/** The value that an option has, or what is wrong with it. */
export function resolve(option: CommandOption, filled: Filled | undefined, world: World): Resolved {
  if (filled?.value !== undefined) return { value: filled.value };
  const typed = (filled?.typed ?? '').trim();
  if (typed === '') return { error: `${option.name} is required. Give it a value or remove it.` };
  const known = knownChoices(option, world);
  if (known !== undefined) return resolveListed(option, typed, known);
  if (option.type === OptionType.integer || option.type === OptionType.number) return resolveNumber(option, typed);
  if (option.min !== undefined && typed.length < option.min) {
    return { error: `${option.name}: at least ${option.min} characters.` };
  }
  if (option.max !== undefined && typed.length > option.max) {
    return { error: `${option.name}: at most ${option.max} characters.` };
  }
  return { value: typed };
}

/** An option that was typed once more, inside another one or behind the line. */
export function repeatedIn(draft: Draft, typed: string): string | undefined {
  const names = draft.row.options.map(({ name }) => name);
  return optionMarks(typed, names)[0]?.name;
}

/** First thing that keeps the command from being sent. */
export function firstError(draft: Draft, world: World): { readonly option: string; readonly text: string } | undefined {
  for (const name of draft.shown) {
    const filled = draft.values.get(name);
    const twice = filled?.value === undefined ? repeatedIn(draft, filled?.typed ?? '') : undefined;
    if (twice !== undefined) return { option: name, text: `${twice} stands twice on the line. Give it once.` };
    const option = optionNamed(draft, name);
    const resolved = option && resolve(option, filled, world);
    if (resolved !== undefined && 'error' in resolved) return { option: name, text: resolved.error };
  }
  return undefined;
}

/** Options inside the group and subcommand that the row stands for, as Discord nests them. */
function nest(path: readonly string[], leaves: readonly OptionValue[]): readonly OptionValue[] {
  return path.slice(1).reduceRight<readonly OptionValue[]>((inner, name, index, all) => {
    const type = index === all.length - 1 ? OptionType.subcommand : OptionType.group;
    return [{ name, type, options: inner }];
  }, leaves);
}

/** What goes over the wire. With `focused`, that option goes as typed and unfinished others are left out. */
export function optionsOf(draft: Draft, world: World, focused?: string): readonly OptionValue[] {
  const leaves = draft.shown.flatMap((name): OptionValue[] => {
    const option = optionNamed(draft, name);
    if (option === undefined) return [];
    const filled = draft.values.get(name);
    if (name === focused) return [{ name, type: option.type, value: filled?.typed ?? '', focused: true }];
    const resolved = resolve(option, filled, world);
    return 'value' in resolved ? [{ name, type: option.type, value: resolved.value }] : [];
  });
  return nest(draft.row.path, leaves);
}

/** The line as it reads: "/brief situation: aleppo-2024". It can be typed again. */
export function lineOf(draft: Draft): string {
  const parts = draft.shown.flatMap((name) => {
    const filled = draft.values.get(name);
    // What goes into the line must lead back to the same value, so ids of things give way to their names.
    const listed = [OptionType.string, OptionType.integer, OptionType.number].some(
      (type) => type === optionNamed(draft, name)?.type,
    );
    const text = listed && filled?.value !== undefined ? String(filled.value) : (filled?.typed ?? '');
    return text === '' ? [] : [`${name}: ${text}`];
  });
  return [`/${draft.row.title}`, ...parts].join(' ');
}
