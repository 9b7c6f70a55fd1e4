import { html, nothing, type TemplateResult } from 'lit';
import { readFile } from './files.ts';
import { markdown } from './markdown/render.ts';
import type { Answer, Field } from './modal-fields.ts';
import { num, objs, str, yes } from './raw.ts';
import { ChatSelect } from './select.ts';
import { selectOptions } from './select-options.ts';
import { markdownContext, type View } from './view.ts';
import type { SentFile } from './wire.ts';

type Asking = Exclude<Field, { kind: 'note' }>;

const idOf = (field: Asking): string => `field-${field.customId}`;

const filesOf = (form: HTMLElement, field: Asking): File[] => [
  ...(form.querySelector<HTMLInputElement>(`[data-field="${CSS.escape(field.customId)}"] input[type=file]`)?.files ??
    []),
];

/** Content of all picked files under the keys that the answers name; or the field of which a file is too large. */
export async function uploadsOf(
  form: HTMLElement,
  fields: readonly Field[],
): Promise<{ readonly files: Readonly<Record<string, SentFile>>; readonly tooLarge?: string }> {
  const picked = fields.flatMap((field) =>
    field.kind === 'file' ? filesOf(form, field).map((file, index) => ({ field, file, index })) : [],
  );
  const read = await Promise.all(
    picked.map(async ({ field, file, index }) => ({ field, index, content: await readFile(file) })),
  );
  const large = read.find(({ content }) => content === undefined);
  if (large !== undefined) return { files: {}, tooLarge: large.field.customId };
  const entries = read.flatMap(({ field, index, content }) =>
    content === undefined ? [] : [[`${field.customId}/${index}`, content] as const],
  );
  return { files: Object.fromEntries(entries) };
}

/** Reads what stands in the field; undefined for nothing to send. */
export function answerOf(form: HTMLElement, field: Asking): Answer | undefined {
  const within = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(field.customId)}"]`);
  const checked = [...(within?.querySelectorAll<HTMLInputElement>('input:checked') ?? [])].map(({ value }) => value);
  switch (field.kind) {
    case 'text':
      return within?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')?.value ?? '';
    case 'select': {
      const select = within?.querySelector('chat-select');
      return select instanceof ChatSelect ? select.chosen : [];
    }
    case 'radio':
      return checked[0];
    case 'checks':
      return checked;
    case 'file':
      return filesOf(form, field).map((_file, index) => `${field.customId}/${index}`);
    case 'check':
      return String(checked.length > 0);
    default:
      return undefined;
  }
}

function textInput(field: Extract<Field, { kind: 'text' }>, wrong: boolean): TemplateResult {
  const describedBy = `${idOf(field)}-help`;
  if (field.long) {
    return html`<textarea class="input" id=${idOf(field)} rows="5" dir="auto" maxlength=${field.max} placeholder=${field.placeholder}
      aria-describedby=${describedBy} aria-invalid=${wrong} aria-required=${field.required} .defaultValue=${field.value}></textarea>`;
  }
  return html`<input class="input" id=${idOf(field)} type="text" dir="auto" maxlength=${field.max} placeholder=${field.placeholder}
    autocomplete="off" aria-describedby=${describedBy} aria-invalid=${wrong} aria-required=${field.required} .defaultValue=${field.value} />`;
}

function choiceList(field: Extract<Field, { kind: 'radio' | 'checks' | 'select' }>): TemplateResult[] {
  return objs(field.raw, 'options').map((option) => {
    const value = str(option, 'value') ?? '';
    const description = str(option, 'description');
    return html`<label class="choice"><input type=${field.kind === 'radio' ? 'radio' : 'checkbox'} name=${field.customId} value=${value}
        .defaultChecked=${yes(option, 'default')} />
      <span dir="auto">${str(option, 'label') ?? ''}${
        description === undefined ? nothing : html`<span class="muted small block">${description}</span>`
      }</span></label>`;
  });
}

/** Discord's kinds of file ("image", ".csv") as a file input wants them. */
const acceptOf = (types: readonly string[]): string =>
  types.map((type) => (type.startsWith('.') ? type : `${type}/*`)).join(',');

function control(field: Asking, view: View, wrong: boolean): TemplateResult {
  switch (field.kind) {
    case 'text':
      return textInput(field, wrong);
    case 'select':
      return html`<chat-select class="select" .options=${selectOptions(field.raw, view.state)} .defaults=${field.chosen} .min=${field.min}
        .max=${field.max} .placeholder=${str(field.raw, 'placeholder') ?? 'Make a selection'} .label=${field.label} .invalid=${wrong}></chat-select>`;
    case 'radio':
    case 'checks':
      return html`<div class="choices">${choiceList(field)}</div>`;
    case 'file':
      return html`<input class="input" id=${idOf(field)} type="file" ?multiple=${field.max > 1} accept=${acceptOf(field.types)}
        aria-describedby="${idOf(field)}-help" aria-invalid=${wrong} aria-required=${field.required} />`;
    case 'check':
      return html`<label class="choice"><input type="checkbox" value="true" .defaultChecked=${field.on} />
        <span dir="auto">${field.label}</span></label>`;
    default:
      return html`<p class="muted small">An input of type ${num(field.raw, 'type') ?? '?'} is not offered in the playground.</p>`;
  }
}

/** One field with its label, its description and what is wrong with it. */
export function fieldView(field: Field, view: View, problems: ReadonlyMap<string, string>): TemplateResult {
  if (field.kind === 'note') return html`<div class="field">${markdown(field.text, markdownContext(view, {}))}</div>`;
  const problem = problems.get(field.customId);
  const name = html`<span dir="auto">${field.label}</span>${
    field.required
      ? html`<span class="required" aria-hidden="true"> *</span><span class="visually-hidden"> (required)</span>`
      : nothing
  }`;
  const help = html`<p class="field-help small" id="${idOf(field)}-help">
    ${field.description === '' ? nothing : html`<span class="muted" dir="auto">${field.description} </span>`}
    ${problem === undefined ? nothing : html`<span class="field-problem">${problem}</span>`}</p>`;
  if (field.kind === 'radio' || field.kind === 'checks') {
    return html`<fieldset class="field" data-field=${field.customId} aria-describedby="${idOf(field)}-help">
      <legend class="field-label">${name}</legend>${help}${control(field, view, problem !== undefined)}</fieldset>`;
  }
  const label =
    field.kind === 'text' || field.kind === 'file'
      ? html`<label class="field-label" for=${idOf(field)}>${name}</label>`
      : field.kind === 'check'
        ? nothing
        : html`<p class="field-label">${name}</p>`;
  return html`<div class="field" data-field=${field.customId}>${label}${help}${control(field, view, problem !== undefined)}</div>`;
}
