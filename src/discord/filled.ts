import type { Filled, Form } from '../asking/form.ts';
import { UserError } from '../errors.ts';
import { typedText } from './escape.ts';
import type { AskedField } from './form-state.ts';
import type { Submitted } from './submitted.ts';

const SNOWFLAKE = /^\d{17,20}$/;

function textOf(field: Extract<AskedField, { kind: 'text' }>, raw: string, refuse: (what: string) => void): string[] {
  const text = typedText(raw, field.lines);
  if (text === '') return [];
  const length = Array.from(text).length;
  if (length < field.min) refuse(`has ${length} characters; at least ${field.min} are needed`);
  if (length > field.max) refuse(`has ${length} characters; at most ${field.max} are possible`);
  return [text];
}

function pickedOf(
  field: Exclude<AskedField, { kind: 'text' }>,
  raw: readonly string[],
  { roles, channels }: Submitted,
  refuse: (what: string) => void,
): string[] {
  const picked = [...new Set(raw)];
  const most = field.kind === 'some' ? field.options.length : field.kind === 'roles' ? field.max : 1;
  if (picked.length > most) refuse(most === 1 ? 'takes one choice' : `takes at most ${most} choices`);
  if (field.kind === 'one' || field.kind === 'some') {
    if (!picked.every((value) => field.options.includes(value))) refuse('has a choice that was not offered');
  } else if (!picked.every((id) => SNOWFLAKE.test(id))) refuse('has a choice that was not offered');
  else if (field.kind === 'roles') {
    if (!picked.every((id) => roles.has(id))) refuse('names a role that is not there');
  } else if (!picked.every((id) => channels.has(id))) refuse('names a channel that is not there');
  else if (field.types.length > 0 && !picked.every((id) => field.types.includes(channels.get(id) ?? -1)))
    refuse('names a channel of another kind');
  return picked;
}

/**
 * What was filled in, cleaned, and checked against what was asked: Discord checks what its own clients send, but not
 * what others do. Rejects with one UserError that names every field that is wrong.
 */
export function checkFilled(fields: readonly AskedField[], submitted: Submitted): Filled {
  const wrong: string[] = [];
  const filled = fields.map((field): [string, string[]] => {
    const refuse = (what: string): void => void wrong.push(`“${field.label}” ${what}.`);
    const raw = submitted.values.get(field.name) ?? [];
    const values =
      field.kind === 'text' ? textOf(field, raw[0] ?? '', refuse) : pickedOf(field, raw, submitted, refuse);
    if (values.length === 0 && field.required) refuse('is empty');
    return [field.name, values];
  });
  if (wrong.length > 0) throw new UserError(wrong.join(' '));
  return Object.fromEntries(filled);
}

/** The same form with what was filled in, to be corrected. */
export function withFilled(form: Form, { values }: Submitted): Form {
  return {
    ...form,
    fields: form.fields.map((field) => {
      const filled = values.get(field.name) ?? [];
      switch (field.kind) {
        case 'text':
          return { ...field, value: filled[0] ?? '' };
        case 'one':
        case 'some':
          return { ...field, options: field.options.map((one) => ({ ...one, chosen: filled.includes(one.value) })) };
        case 'roles':
          return { ...field, chosen: filled };
        case 'channel': {
          const { chosen: _before, ...rest } = field;
          return filled[0] === undefined ? rest : { ...rest, chosen: filled[0] };
        }
      }
    }),
  };
}
