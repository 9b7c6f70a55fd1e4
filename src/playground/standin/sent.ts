import { asText, isObject, type JsonObject, lengthOf, objectsIn, textOf } from './json.ts';
import { everyComponent } from './validate/components.ts';

/** A value of a command as the person filled it in; subcommands nest. */
export interface SentOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly SentOption[];
}

/** Something that Discord's own client would not let a person send, told in words. */
export class ImpossibleInput extends Error {
  override readonly name = 'ImpossibleInput';
}

/** Checks a filled-in command against its registration. While completing, values may be missing or partial. */
export function checkOptionsSent(
  of: JsonObject,
  sent: readonly SentOption[],
  completing: boolean,
  where = `/${String(of['name'])}`,
): void {
  const known = objectsIn(of['options']);
  for (const one of sent) {
    const option = known.find((other) => other['name'] === one.name);
    if (option === undefined) throw new ImpossibleInput(`${where} has no option "${one.name}"`);
    if (option['type'] !== one.type) {
      throw new ImpossibleInput(`${where}: option "${one.name}" has type ${String(option['type'])}, not ${one.type}`);
    }
    if (one.type <= 2) checkOptionsSent(option, one.options ?? [], completing, `${where} ${one.name}`);
    else if (!completing) checkValue(option, one, `${where}: "${one.name}"`);
  }
  const nested = known.some((one) => one['type'] === 1 || one['type'] === 2);
  if (nested && sent.length !== 1) throw new ImpossibleInput(`${where} needs one of its subcommands`);
  if (completing) return;
  for (const option of known) {
    if (option['required'] === true && !sent.some((one) => one.name === option['name'])) {
      throw new ImpossibleInput(`${where}: "${String(option['name'])}" is required`);
    }
  }
}

function checkValue(option: JsonObject, { type, value }: SentOption, where: string): void {
  const wanted = type === 4 || type === 10 ? 'number' : type === 5 ? 'boolean' : 'string';
  if (typeof value !== wanted) throw new ImpossibleInput(`${where} must be a ${wanted}`);
  const choices = objectsIn(option['choices']);
  if (choices.length > 0 && !choices.some((one) => one['value'] === value)) {
    throw new ImpossibleInput(`${where} must be one of ${choices.map((one) => String(one['value'])).join(', ')}`);
  }
  const size = typeof value === 'string' ? lengthOf(value) : Number(value);
  const [least, most] = typeof value === 'string' ? ['min_length', 'max_length'] : ['min_value', 'max_value'];
  if (typeof option[least] === 'number' && size < option[least])
    throw new ImpossibleInput(`${where} is below ${option[least]}`);
  if (typeof option[most] === 'number' && size > option[most])
    throw new ImpossibleInput(`${where} is above ${option[most]}`);
  if (type === 4 && !Number.isSafeInteger(value)) throw new ImpossibleInput(`${where} must be a whole number`);
}

/** The component with that custom_id, if a person could use it with these values. */
export function checkComponentUsed(
  message: JsonObject,
  customId: string,
  values: readonly string[] | undefined,
): JsonObject {
  const found = everyComponent(message['components']).find((one) => one['custom_id'] === customId);
  if (found === undefined) throw new ImpossibleInput(`The message has no component "${customId}"`);
  if (found['disabled'] === true) throw new ImpossibleInput(`The component "${customId}" is disabled`);
  if (found['type'] === 2) return found;
  checkPicked(found, values ?? [], `The select "${customId}"`);
  return found;
}

function checkPicked(select: JsonObject, values: readonly string[], where: string): void {
  const least = typeof select['min_values'] === 'number' ? select['min_values'] : 1;
  const most = typeof select['max_values'] === 'number' ? select['max_values'] : 1;
  if (values.length < least || values.length > most) {
    throw new ImpossibleInput(`${where} takes ${least} to ${most} values, not ${values.length}`);
  }
  if (select['type'] !== 3 && select['type'] !== 22) return;
  const offered = objectsIn(select['options']).map((one) => one['value']);
  for (const value of values) {
    if (!offered.includes(value)) throw new ImpossibleInput(`${where} does not offer "${value}"`);
  }
}

/** The components of a modal as Discord sends them back, filled with what the person entered. */
export function filledModal(
  modal: JsonObject,
  values: Readonly<Record<string, string | readonly string[]>>,
): JsonObject[] {
  const known = new Set(everyComponent(modal['components']).map((one) => one['custom_id']));
  for (const name of Object.keys(values)) {
    if (!known.has(name)) throw new ImpossibleInput(`The form has no field "${name}"`);
  }
  let id = 0;
  return objectsIn(modal['components']).map((top) => {
    id++;
    if (top['type'] === 10) return { type: 10, id };
    const children = objectsIn(top['type'] === 18 ? [top['component']] : top['components']);
    const parts: JsonObject[] = [];
    for (const child of children) parts.push(filledInput(child, values[String(child['custom_id'])], id + 100));
    return top['type'] === 18 ? { type: 18, id, component: parts[0] } : { type: 1, id, components: parts };
  });
}

function filledInput(input: JsonObject, given: string | readonly string[] | undefined, id: number): JsonObject {
  const { type } = input;
  const filled: JsonObject = { type, id, custom_id: input['custom_id'] };
  const where = `The field "${String(input['custom_id'])}"`;
  const required = input['required'] !== false;
  if (type === 4) {
    const text = typeof given === 'string' ? given : (given?.[0] ?? textOf(input['value']) ?? '');
    const length = lengthOf(text);
    if (required && length === 0) throw new ImpossibleInput(`${where} is required`);
    if (length > Number(input['max_length'] ?? 4000)) throw new ImpossibleInput(`${where} is too long`);
    if (length > 0 && length < Number(input['min_length'] ?? 0)) throw new ImpossibleInput(`${where} is too short`);
    return { ...filled, value: text };
  }
  const first = typeof given === 'string' ? given : given?.[0];
  if (type === 23) return { ...filled, value: first === 'true' };
  if (type === 21) {
    const offered = objectsIn(input['options']);
    const value = first ?? offered.find((one) => one['default'] === true)?.['value'] ?? null;
    if (value === null && required) throw new ImpossibleInput(`${where} is required`);
    if (value !== null && !offered.some((one) => one['value'] === value)) {
      throw new ImpossibleInput(`${where} does not offer "${asText(value)}"`);
    }
    return { ...filled, value };
  }
  const preset = [
    ...objectsIn(input['options'])
      .filter((one) => one['default'] === true)
      .map((one) => String(one['value'])),
    ...objectsIn(input['default_values']).map((one) => String(one['id'])),
  ];
  const list = given === undefined ? preset : typeof given === 'string' ? [given] : [...given];
  if (list.length === 0 && !required) return { ...filled, values: [] };
  if (type === 22) {
    const least = input['min_values'] ?? 1;
    checkPicked(
      { ...input, min_values: least, max_values: input['max_values'] ?? objectsIn(input['options']).length },
      list,
      where,
    );
  } else checkPicked(input, list, where);
  return { ...filled, values: list };
}

const RESOLVED: Readonly<Record<number, readonly string[]>> = {
  5: ['users'],
  6: ['roles'],
  7: ['users', 'roles'],
  8: ['channels'],
};

/** Users, roles and channels that were picked in a form are there, and of the kinds that were asked for. */
export function checkThings(modal: JsonObject, filled: readonly JsonObject[], resolved: JsonObject): void {
  const asked = everyComponent(modal['components']);
  for (const { component } of filled) {
    if (!isObject(component)) continue;
    const keys = RESOLVED[Number(component['type'])];
    if (keys === undefined) continue;
    const types = asked.find((one) => one['custom_id'] === component['custom_id'])?.['channel_types'];
    for (const id of Array.isArray(component['values']) ? component['values'] : []) {
      const found = keys.map((key) => isObject(resolved[key]) && resolved[key][String(id)]).find(isObject);
      const fits = !Array.isArray(types) || types.length === 0 || types.includes(found?.['type']);
      if (found === undefined || !fits)
        throw new ImpossibleInput(`The field "${String(component['custom_id'])}" does not offer "${String(id)}"`);
    }
  }
}

/** The line a person would have typed: "/digest create channel:#news at:08:00". */
export function commandLine(command: JsonObject, options: readonly SentOption[]): string {
  const parts: string[] = [];
  const walk = (list: readonly SentOption[]) => {
    for (const one of list) {
      if (one.type <= 2) parts.push(one.name);
      else parts.push(`${one.name}:${String(one.value)}`);
      walk(one.options ?? []);
    }
  };
  walk(options);
  return [`${command['type'] === 1 ? '/' : ''}${String(command['name'])}`, ...parts].join(' ');
}

/** Every value option, with subcommands taken apart. */
export function leaves(options: readonly SentOption[]): SentOption[] {
  return options.flatMap((one) => (one.type <= 2 ? leaves(one.options ?? []) : [one]));
}
