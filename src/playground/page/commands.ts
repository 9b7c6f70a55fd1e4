import { num, nums, obj, objs, str, yes } from './raw.ts';
import type { Raw } from './wire.ts';

/** Discord's numbers for the kinds of option. */
export const OptionType = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export interface CommandOption {
  readonly name: string;
  readonly description: string;
  readonly type: number;
  readonly required: boolean;
  readonly autocomplete: boolean;
  readonly choices: readonly Choice[];
  /** Of a number, or of the length of a text. */
  readonly min?: number;
  readonly max?: number;
  readonly channelTypes: readonly number[];
}

/** One line of the picker: a command, or one subcommand of it. */
export interface CommandRow {
  readonly id: string;
  /** "entry show"; the first word is the registered command. */
  readonly title: string;
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly CommandOption[];
}

function optionOf(raw: Raw): CommandOption {
  const min = num(raw, 'min_value') ?? num(raw, 'min_length');
  const max = num(raw, 'max_value') ?? num(raw, 'max_length');
  return {
    name: str(raw, 'name') ?? '',
    description: str(raw, 'description') ?? '',
    type: num(raw, 'type') ?? OptionType.string,
    required: yes(raw, 'required'),
    autocomplete: yes(raw, 'autocomplete'),
    choices: objs(raw, 'choices').map((choice) => ({
      name: str(choice, 'name') ?? '',
      value: str(choice, 'value') ?? num(choice, 'value') ?? '',
    })),
    channelTypes: nums(raw, 'channel_types'),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function rowsUnder(id: string, path: readonly string[], raw: Raw): CommandRow[] {
  const children = objs(raw, 'options');
  const nested = children.filter((child) => (num(child, 'type') ?? 0) <= OptionType.group);
  if (nested.length > 0) return nested.flatMap((child) => rowsUnder(id, [...path, str(child, 'name') ?? ''], child));
  return [
    {
      id,
      title: path.join(' '),
      path,
      description: str(raw, 'description') ?? '',
      options: children.map(optionOf).toSorted((a, b) => Number(b.required) - Number(a.required)),
    },
  ];
}

/** Every callable slash command, subcommands as rows of their own, in the order of their titles. */
export function rowsOf(commands: readonly Raw[]): CommandRow[] {
  return commands
    .filter((command) => (num(command, 'type') ?? 1) === 1)
    .flatMap((command) => rowsUnder(str(command, 'id') ?? '', [str(command, 'name') ?? ''], command))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** Context-menu commands for messages. */
export function messageCommandsOf(commands: readonly Raw[]): { readonly id: string; readonly name: string }[] {
  return commands
    .filter((command) => num(command, 'type') === 3)
    .map((command) => ({ id: str(command, 'id') ?? '', name: str(command, 'name') ?? '' }));
}

/** Name of an emoji as a button or an option carries it; custom emoji show their name. */
export function emojiOf(raw: Raw): string | undefined {
  const emoji = obj(raw, 'emoji');
  const name = str(emoji, 'name');
  return name !== undefined && str(emoji, 'id') !== undefined ? `:${name}:` : name;
}
