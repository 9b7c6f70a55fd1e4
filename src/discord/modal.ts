import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Field, Form, FormChoice } from '../asking/form.ts';
import { cut, plainLabel } from './escape.ts';
import { limits } from './limits.ts';
import { ownWords, type RenderOptions } from './render.ts';

const NAME = /^[a-z][a-z0-9_-]{0,31}$/;

/** What Discord would refuse, and what no data may change: mistakes in the making of the form. */
function check({ form, title, notes = [], fields }: Form): void {
  const wrong = (what: string) => new Error(`The form “${form}” ${what}`);
  const parts = notes.length + fields.length;
  if (title.trim() === '') throw wrong('has no title');
  if (parts > limits.formParts) throw wrong(`has ${parts} notes and fields; Discord takes ${limits.formParts}`);
  if (fields.length === 0) throw wrong('asks for nothing');
  if (new Set(fields.map(({ name }) => name)).size < fields.length) throw wrong('has two fields of one name');
  for (const field of fields) {
    const { name, label, description = '' } = field;
    const of = (what: string) => wrong(`has a field “${name}” whose ${what}`);
    if (!NAME.test(name)) throw of(`name is not one of a-z, 0-9, “-” and “_”`);
    if (label.trim() === '' || label.length > limits.formLabel)
      throw of(`label has ${label.length} characters; Discord takes 1 to ${limits.formLabel}`);
    if (description.length > limits.formDescription)
      throw of(`description has ${description.length} characters; Discord takes ${limits.formDescription}`);
    if (field.kind === 'text') {
      const { min = 0, max = limits.formText } = field;
      if (min < 0 || max < 1 || min > max || max > limits.formText)
        throw of(`length is ${min} to ${max}; Discord takes 0 to ${limits.formText}`);
    }
    if (field.kind === 'one' || field.kind === 'some') {
      const values = field.options.map(({ value }) => value);
      if (values.length === 0 || values.length > limits.options)
        throw of(`options are ${values.length}; Discord takes 1 to ${limits.options}`);
      if (new Set(values).size < values.length) throw of('options include one value twice');
      const long = values.find((value) => value === '' || value.length > limits.optionText);
      if (long !== undefined) throw of(`option “${long}” is empty or longer than ${limits.optionText} characters`);
    }
  }
}

const optionsOf = (options: readonly FormChoice[], most: number) => {
  let left = most;
  return options.map(({ label, value, description, chosen = false }) => {
    const preset = chosen && left > 0;
    if (preset) left -= 1;
    return {
      label: plainLabel(label, limits.optionText),
      value,
      ...(description !== undefined &&
        description.trim() !== '' && { description: plainLabel(description, limits.optionText) }),
      ...(preset && { default: true }),
    };
  });
};

const isChannelType = (type: number): type is ChannelType => ChannelType[type] !== undefined;

/** Shown all at once where they may be and are few enough, else in a list that opens. */
function choices(field: Extract<Field, { kind: 'one' | 'some' }>): APIComponentInLabel {
  const { name, required = false, options, all = false, kind } = field;
  const few = all && options.length <= limits.optionsShown;
  if (kind === 'one') {
    const shown = { custom_id: name, required, options: optionsOf(options, 1) };
    // A radio group of one is refused.
    if (few && options.length > 1) return { type: ComponentType.RadioGroup, ...shown };
    return { type: ComponentType.StringSelect, ...shown, min_values: required ? 1 : 0, max_values: 1 };
  }
  const several = {
    custom_id: name,
    required,
    options: optionsOf(options, options.length),
    min_values: required ? 1 : 0,
    max_values: options.length,
  };
  return few ? { type: ComponentType.CheckboxGroup, ...several } : { type: ComponentType.StringSelect, ...several };
}

function input(field: Field): APIComponentInLabel {
  const { name, required = false } = field;
  switch (field.kind) {
    case 'text': {
      const { long = false, value, placeholder, min = 0, max = limits.formText } = field;
      return {
        type: ComponentType.TextInput,
        custom_id: name,
        style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
        required,
        max_length: max,
        ...(min > 0 && { min_length: min }),
        ...(value !== undefined && value !== '' && { value: cut(value, max) }),
        ...(placeholder !== undefined && { placeholder: cut(placeholder, limits.placeholder) }),
      };
    }
    case 'one':
    case 'some':
      return choices(field);
    case 'roles': {
      const { chosen = [], max = limits.options } = field;
      return {
        type: ComponentType.RoleSelect,
        custom_id: name,
        required,
        min_values: required ? 1 : 0,
        max_values: max,
        ...(chosen.length > 0 && {
          default_values: chosen.slice(0, max).map((id) => ({ id, type: SelectMenuDefaultValueType.Role })),
        }),
      };
    }
    case 'channel': {
      const { chosen, types = [] } = field;
      return {
        type: ComponentType.ChannelSelect,
        custom_id: name,
        required,
        min_values: required ? 1 : 0,
        max_values: 1,
        ...(types.length > 0 && { channel_types: types.filter(isChannelType) }),
        ...(chosen !== undefined && { default_values: [{ id: chosen, type: SelectMenuDefaultValueType.Channel }] }),
      };
    }
  }
}

/** A form as Discord shows it. Throws Error where it could not: too many fields, a label that is too long. */
export function modal(
  form: Form,
  customId: string,
  { mention }: RenderOptions = {},
): APIModalInteractionResponseCallbackData {
  check(form);
  return {
    custom_id: customId,
    title: plainLabel(form.title, limits.formTitle),
    components: [
      ...(form.notes ?? []).map((note) => ({
        type: ComponentType.TextDisplay as const,
        content: ownWords(cut(note, limits.content), mention),
      })),
      ...form.fields.map((field) => ({
        type: ComponentType.Label as const,
        label: field.label,
        ...(field.description !== undefined && field.description !== '' && { description: field.description }),
        component: input(field),
      })),
    ],
  };
}
