import { type APIApplicationCommandOption, ApplicationCommandOptionType } from 'discord-api-types/v10';
import { UserError } from '../errors.ts';

export type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

type Option = APIApplicationCommandOption;

const wrong = (name: string, what: string) =>
  new UserError(`The option “${name}” ${what}.`, 'Correct it and ask again.');

/** Text of a button's state as the type that the option has. */
function fromText(option: Option, value: Value): Value {
  if (typeof value !== 'string') return value;
  const { type } = option;
  if (type === ApplicationCommandOptionType.Integer || type === ApplicationCommandOptionType.Number)
    return value.trim() === '' ? Number.NaN : Number(value);
  if (type === ApplicationCommandOptionType.Boolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function checkNumber(option: Option & { min_value?: number; max_value?: number }, value: Value): void {
  const { name, type, min_value: least, max_value: most } = option;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(name, 'must be a number');
  if (type === ApplicationCommandOptionType.Integer && !Number.isSafeInteger(value))
    throw wrong(name, 'must be a whole number');
  if (least !== undefined && value < least) throw wrong(name, `must be at least ${least}`);
  if (most !== undefined && value > most) throw wrong(name, `must be at most ${most}`);
}

function checkText(option: Option & { min_length?: number; max_length?: number }, value: Value): void {
  const { name, min_length: least = 0, max_length: most = 6000 } = option;
  if (typeof value !== 'string') throw wrong(name, 'must be text');
  const length = Array.from(value).length;
  if (length < least) throw wrong(name, `must have at least ${least} characters`);
  if (length > most) throw wrong(name, `must have at most ${most} characters`);
}

const ID = /^\d{1,20}$/;

/** What is picked in Discord, and arrives as an id. */
const THINGS: Readonly<Partial<Record<ApplicationCommandOptionType, string>>> = {
  [ApplicationCommandOptionType.User]: 'a member',
  [ApplicationCommandOptionType.Channel]: 'a channel',
  [ApplicationCommandOptionType.Role]: 'a role',
};

function check(option: Option, value: Value): void {
  const { type, name } = option;
  if (type === ApplicationCommandOptionType.Integer || type === ApplicationCommandOptionType.Number)
    checkNumber(option, value);
  else if (type === ApplicationCommandOptionType.String) checkText(option, value);
  else if (THINGS[type] !== undefined) {
    if (typeof value !== 'string' || !ID.test(value)) throw wrong(name, `must be ${THINGS[type]}`);
  } else if (type !== ApplicationCommandOptionType.Boolean) throw wrong(name, 'is of a kind that is not supported');
  else if (typeof value !== 'boolean') throw wrong(name, 'must be true or false');
  const choices = 'choices' in option ? option.choices : undefined;
  if (choices !== undefined && choices.length > 0 && !choices.some((choice) => choice.value === value))
    throw wrong(option.name, `must be one of: ${choices.map((choice) => choice.name).join(', ')}`);
}

/**
 * Values as they came over the wire, checked against the options once more: Discord checks what people type, but not
 * what a button of an older version carries. Rejects with UserError.
 */
export function readArgs(options: readonly Option[], values: Values): Values {
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined)
    throw new UserError(`There is no option “${unknown}” any more.`, 'Type the command again to see its options.');
  const args: Record<string, Value> = {};
  for (const option of options) {
    const given = Object.hasOwn(values, option.name) ? values[option.name] : undefined;
    if (given === undefined) {
      if ('required' in option && option.required) throw wrong(option.name, 'is missing');
      continue;
    }
    const value = fromText(option, given);
    check(option, value);
    args[option.name] = value;
  }
  return args;
}
