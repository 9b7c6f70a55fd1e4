import { html, nothing, render, type TemplateResult } from 'lit';
import { closeIcon } from './icons.ts';
import { type Answer, type Field, fieldsOf, problemOf } from './modal-fields.ts';
import { answerOf, fieldView, uploadsOf } from './modal-inputs.ts';
import { str } from './raw.ts';
import { ChatSelect } from './select.ts';
import { closeModal, type OpenModal, type Store } from './store.ts';
import type { View } from './view.ts';
import type { FromPage } from './wire.ts';

/** What stands in the form, and what is wrong with it by custom_id. */
function collect(form: HTMLElement, fields: readonly Field[]) {
  const found = new Map<string, string>();
  const values: Record<string, Answer> = {};
  for (const field of fields) {
    if (field.kind === 'note') continue;
    const answer = answerOf(form, field);
    const problem = problemOf(field, answer);
    if (problem !== undefined) found.set(field.customId, problem);
    if (answer !== undefined) values[field.customId] = answer;
  }
  return { values, found };
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

  function showProblems(form: HTMLElement, found: ReadonlyMap<string, string>, view: View): void {
    problems = found;
    draw(view);
    const [first = ''] = found.keys();
    form.querySelector<HTMLElement>(`[data-field="${CSS.escape(first)}"] :is(input, textarea, button)`)?.focus();
  }

  async function submit(form: HTMLElement, open: OpenModal, view: View): Promise<void> {
    const fields = fieldsOf(open.modal);
    const { values, found } = collect(form, fields);
    if (found.size > 0) {
      showProblems(form, found, view);
      return;
    }
    const uploads = await uploadsOf(form, fields);
    if (uploads.tooLarge !== undefined) {
      showProblems(form, new Map([[uploads.tooLarge, 'A file may have 8 MB at most.']]), view);
      return;
    }
    problems = found;
    const asked = { nonce: nonce(), channelId: open.channelId, personaId: open.personaId };
    const { files } = uploads;
    const sent = send({
      type: 'modal.submit',
      ...asked,
      modalId: open.modalId,
      values,
      ...(Object.keys(files).length > 0 && { files }),
    });
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
    const onSubmit = (event: Event): void => {
      event.preventDefault();
      if (!busy && event.currentTarget instanceof HTMLElement) void submit(event.currentTarget, open, view);
    };
    return html`<dialog class="modal" aria-labelledby="modal-title" @cancel=${leave}>
      <form novalidate @submit=${onSubmit}>
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
    const first = element.querySelector<HTMLElement>('.modal-body :is(input, textarea, chat-select)');
    // A list draws its box a moment later.
    if (first instanceof ChatSelect)
      void first.updateComplete.then(() => first.querySelector<HTMLElement>('[role=combobox]')?.focus());
    else first?.focus();
  }

  return draw;
}
