import { z } from 'zod';
import type { Field, Form } from '../asking/form.ts';
import { UserError } from '../errors.ts';
import { limits } from './limits.ts';
import { decodeRequest, encodeRequest, type Request, type StateMemory } from './state.ts';

const common = { name: z.string(), label: z.string(), required: z.boolean() };
const options = z.array(z.string());

/** What may be filled in, as it is remembered until the form comes back: what was shown is checked, not what is claimed. */
const asked = z.array(
  z.discriminatedUnion('kind', [
    z.object({ ...common, kind: z.literal('text'), lines: z.boolean(), min: z.int(), max: z.int() }),
    z.object({ ...common, kind: z.literal('one'), options }),
    z.object({ ...common, kind: z.literal('some'), options }),
    z.object({ ...common, kind: z.literal('roles'), max: z.int() }),
    z.object({ ...common, kind: z.literal('channel'), types: z.array(z.int()) }),
  ]),
);

export type AskedField = z.infer<typeof asked>[number];

function askedField(field: Field): AskedField {
  const { name, label, required = false } = field;
  const of = { name, label, required };
  switch (field.kind) {
    case 'text':
      return {
        ...of,
        kind: 'text',
        lines: field.long === true,
        min: field.min ?? 0,
        max: field.max ?? limits.formText,
      };
    case 'one':
    case 'some':
      return { ...of, kind: field.kind, options: field.options.map(({ value }) => value) };
    case 'roles':
      return { ...of, kind: 'roles', max: field.max ?? limits.options };
    case 'channel':
      return { ...of, kind: 'channel', types: [...(field.types ?? [])] };
  }
}

/** No button's state begins so: the two cannot be taken for each other. */
const MARK = 'form\n';
const ID = /^1m@([\w-]{1,64})$/;

/** The custom_id of a form: an id under which who reads it and what it asks for are remembered. */
export async function formId(form: Form, memory: StateMemory): Promise<string> {
  const request = encodeRequest({ path: form.form, args: form.args });
  return `1m@${await memory.remember(`${MARK}${request}\n${JSON.stringify(form.fields.map(askedField))}`)}`;
}

const unreadable = () =>
  new UserError('This form is from an older version and can no longer be read.', 'Ask for it again.');

/** Rejects with UserError where the form is forged, of another version, or no longer remembered. */
export async function readFormId(
  customId: string,
  memory: StateMemory,
): Promise<{ readonly request: Request; readonly fields: readonly AskedField[] }> {
  const id = ID.exec(customId)?.[1];
  const state = id === undefined ? undefined : await memory.recall(id);
  const [, request, fields] = /^form\n([^\n]+)\n(.+)$/s.exec(state ?? '') ?? [];
  if (request === undefined || fields === undefined) throw unreadable();
  try {
    return { request: decodeRequest(request), fields: asked.parse(JSON.parse(fields)) };
  } catch {
    throw unreadable();
  }
}
