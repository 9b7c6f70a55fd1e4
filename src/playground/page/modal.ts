import { html, nothing, render, type TemplateResult } from 'lit';
import { closeIcon } from './icons.ts';
import { markdown } from './markdown/render.ts';
import { type Answer, type Field, fieldsOf, problemOf } from './modal-fields.ts';
import { num, objs, str, yes } from './raw.ts';
import { ChatSelect } from './select.ts';
import { selectOptions } from './select-options.ts';
import { closeModal, type OpenModal, type Store } from './store.ts';
import { markdownContext, type View } from './view.ts';
import type { FromPage } from './wire.ts';

type Asking = Exclude<Field, { kind: 'note' }>;

const idOf = (field: Asking): string => `field-${field.customId}`;

/** Reads what stands in the field; undefined for nothing to send. */
function answerOf(form: HTMLElement, field: Asking): Answer | undefined {
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
    case 'check':
      return html`<label class="choice"><input type="checkbox" value="true" .defaultChecked=${field.on} />
        <span dir="auto">${field.label}</span></label>`;
    default:
      return html`<p class="muted small">An input of type ${num(field.raw, 'type') ?? '?'} is not offered in the playground.</p>`;
  }
}

function fieldView(field: Field, view: View, problems: ReadonlyMap<string, string>): TemplateResult {
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
    field.kind === 'text'
      ? html`<label class="field-label" for=${idOf(field)}>${name}</label>`
      : field.kind === 'check'
        ? nothing
        : html`<p class="field-label">${name}</p>`;
  return html`<div class="field" data-field=${field.customId}>${label}${help}${control(field, view, problem !== undefined)}</div>`;
}

export interface ModalTools {
  readonly store: Store;
  readonly send: (frame: FromPage) => boolean;
  readonly nonce: () => string;
}

/** Draws the modal that the bot opened, as a dialog that holds the focus until it is sent or left. */
export function createModal(host: HTMLElement, { store, send, nonce }: ModalTools): (view: View) => void {
  let problems: ReadonlyMap<string, string> = new Map();
  let shown: string | undefined;

  function submit(event: Event, open: OpenModal, view: View): void {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLElement) || open.sending !== undefined) return;
    const found = new Map<string, string>();
    const values: Record<string, Answer> = {};
    for (const field of fieldsOf(open.modal)) {
      if (field.kind === 'note') continue;
      const answer = answerOf(form, field);
      const problem = problemOf(field, answer);
      if (problem !== undefined) found.set(field.customId, problem);
      if (answer !== undefined) values[field.customId] = answer;
    }
    problems = found;
    const [first] = found.keys();
    if (first !== undefined) {
      draw(view);
      form.querySelector<HTMLElement>(`[data-field="${CSS.escape(first)}"] :is(input, textarea, button)`)?.focus();
      return;
    }
    const asked = { nonce: nonce(), channelId: open.channelId, personaId: open.personaId };
    const sent = send({ type: 'modal.submit', ...asked, modalId: open.modalId, values });
    const { error: _error, ...rest } = open;
    store.change((state) =>
      sent
        ? {
            ...state,
            modal: { ...rest, sending: asked.nonce },
            pending: [...state.pending, { ...asked, kind: 'modal' }],
          }
        : { ...state, modal: { ...rest, error: 'Not connected to the playground. Wait a moment and send again.' } },
    );
  }

  function dialog(open: OpenModal, view: View): TemplateResult {
    const leave = (event: Event): void => {
      event.preventDefault();
      store.change(closeModal);
    };
    const busy = open.sending !== undefined;
    return html`<dialog class="modal" aria-labelledby="modal-title" @cancel=${leave}>
      <form novalidate @submit=${(event: Event) => submit(event, open, view)}>
        <div class="modal-head"><h2 id="modal-title" dir="auto">${str(open.modal, 'title') ?? ''}</h2>
          <button type="button" class="icon-button" aria-label="Close" @click=${leave}>${closeIcon}</button></div>
        <div class="modal-body">
          <p class="modal-app muted small">This form goes to <b>${view.state.bot.name}</b>.</p>
          ${fieldsOf(open.modal).map((field) => fieldView(field, view, problems))}
          <p class="field-problem" role="alert">${open.error ?? ''}</p>
        </div>
        <div class="modal-foot">
          <button type="button" class="button button-secondary" @click=${leave}>Cancel</button>
          <button type="submit" class="button button-primary" aria-disabled=${busy}>${busy ? 'Sending…' : 'Submit'}</button>
        </div>
      </form>
    </dialog>`;
  }

  function draw(view: View): void {
    const open = view.state.modal;
    if (open?.modalId !== shown) {
      // Another form, or none: what was typed into the last one goes with it.
      render(nothing, host);
      problems = new Map();
      shown = open?.modalId;
    }
    if (open === undefined) return;
    render(dialog(open, view), host);
    const element = host.querySelector('dialog');
    if (element === null || element.open) return;
    element.showModal();
    element.querySelector<HTMLElement>('.modal-body :is(input, textarea, select, .select-box)')?.focus();
  }

  return draw;
}
