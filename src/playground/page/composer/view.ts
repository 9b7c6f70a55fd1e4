import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { type CommandOption, OptionType } from '../commands.ts';
import { closeIcon, sendIcon } from '../icons.ts';
import { type Draft, optionNamed, remaining } from './draft.ts';
import { type Item, type Mode, TAIL } from './mode.ts';

/** What the composer shows at a moment. */
export interface ComposerView {
  readonly mode: Mode;
  readonly items: readonly Item[];
  /** Marked line of the list, -1 for none. */
  readonly active: number;
  readonly open: boolean;
  readonly loading: boolean;
  readonly error?: { readonly option?: string; readonly text: string };
  /** What the box is for, to be read out; the placeholder may be shorter. */
  readonly label: string;
  readonly placeholder: string;
}

/** What the composer's parts report. */
export interface ComposerEvents {
  readonly line: (text: string) => void;
  readonly option: (name: string, typed: string) => void;
  readonly file: (name: string, file: File | undefined) => void;
  readonly focus: (name: string) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly pick: (index: number) => void;
  readonly submit: () => void;
  readonly leave: () => void;
}

const LIST = 'composer-list';

function combobox(view: ComposerView, focused: boolean) {
  const open = focused && view.open && view.items.length > 0;
  return {
    expanded: open ? 'true' : 'false',
    controls: open ? LIST : nothing,
    descendant: open && view.active >= 0 ? `${LIST}-${view.active}` : nothing,
  };
}

function textLine(view: ComposerView, text: string, on: ComposerEvents): TemplateResult {
  const box = combobox(view, true);
  return html`<input class="composer-input" data-option="text" type="text" role="combobox" autocomplete="off" autocapitalize="off"
    spellcheck="false" dir="auto" maxlength="4000" aria-autocomplete="list" aria-haspopup="listbox" aria-label=${view.label}
    placeholder=${view.placeholder} aria-expanded=${box.expanded} aria-controls=${box.controls}
    aria-activedescendant=${box.descendant} aria-describedby=${view.error === undefined ? nothing : 'composer-error'} .value=${live(text)}
    @input=${(event: InputEvent) => on.line((event.target as HTMLInputElement).value)} @keydown=${on.key} />`;
}

function filePill(option: CommandOption, on: ComposerEvents): TemplateResult {
  return html`<input class="pill-input" type="file" data-option=${option.name} aria-label=${option.name}
    @focus=${() => on.focus(option.name)} @keydown=${on.key}
    @change=${(event: Event) => on.file(option.name, (event.target as HTMLInputElement).files?.[0])} />`;
}

function optionPill(
  view: ComposerView,
  draft: Draft,
  focus: string,
  option: CommandOption,
  on: ComposerEvents,
): TemplateResult {
  const typed = draft.values.get(option.name)?.typed ?? '';
  const box = combobox(view, focus === option.name);
  const wrong = view.error?.option === option.name;
  const numeric = option.type === OptionType.integer || option.type === OptionType.number;
  return html`<span class="option ${wrong ? 'option-wrong' : ''} ${focus === option.name ? 'option-focus' : ''}">
    <span class="option-name" aria-hidden="true">${option.name}:</span>${
      option.type === OptionType.attachment
        ? filePill(option, on)
        : html`<input class="pill-input" data-option=${option.name} type="text" role="combobox" autocomplete="off" autocapitalize="off"
          spellcheck="false" dir="auto" inputmode=${numeric ? 'decimal' : 'text'} size=${Math.min(36, Math.max(4, typed.length + 1))}
          aria-label="${option.name}${option.required ? ' (required)' : ''}" aria-autocomplete="list" aria-haspopup="listbox"
          aria-describedby=${wrong ? 'composer-error' : 'composer-head'} aria-expanded=${box.expanded} aria-controls=${box.controls}
          aria-activedescendant=${box.descendant} aria-invalid=${wrong ? 'true' : nothing} .value=${live(typed)}
          @focus=${() => on.focus(option.name)} @keydown=${on.key}
          @input=${(event: InputEvent) => on.option(option.name, (event.target as HTMLInputElement).value)} />`
    }
  </span>`;
}

function draftLine(view: ComposerView, mode: Extract<Mode, { kind: 'draft' }>, on: ComposerEvents): TemplateResult {
  const { draft, focus } = mode;
  const more = remaining(draft).length;
  const box = combobox(view, focus === TAIL);
  return html`<div class="draft" role="group" aria-label="/${draft.row.title}">
    <span class="draft-name">/${draft.row.title}</span>
    ${draft.shown.map((name) => {
      const option = optionNamed(draft, name);
      return option === undefined ? nothing : optionPill(view, draft, focus, option, on);
    })}
    <input class="composer-input draft-tail" data-option=${TAIL} type="text" role="combobox" autocomplete="off" spellcheck="false"
      aria-label=${more > 0 ? `Add an option, ${more} more` : 'Press Enter to send'} placeholder=${more > 0 ? `+${more} more` : ''}
      aria-autocomplete="list" aria-haspopup="listbox" aria-expanded=${box.expanded} aria-controls=${box.controls}
      aria-activedescendant=${box.descendant} .value=${live(mode.tail)} @focus=${() => on.focus(TAIL)} @keydown=${on.key}
      @input=${(event: InputEvent) => on.option(TAIL, (event.target as HTMLInputElement).value)} />
    <button type="button" class="icon-button" tabindex="-1" aria-label="Leave /${draft.row.title} (Escape)" @click=${on.leave}>${closeIcon}</button>
  </div>`;
}

function head(view: ComposerView): TemplateResult | typeof nothing {
  const { mode } = view;
  if (mode.kind === 'text')
    return view.items.length > 0 ? html`<p class="popup-head" id="composer-head">Commands</p>` : nothing;
  if (mode.focus === TAIL) {
    return view.items.length > 0
      ? html`<p class="popup-head" id="composer-head">Options of <b>/${mode.draft.row.title}</b></p>`
      : html`<p class="popup-head" id="composer-head"><b>/${mode.draft.row.title}</b> ${mode.draft.row.description} · Enter sends</p>`;
  }
  const option = optionNamed(mode.draft, mode.focus);
  return html`<p class="popup-head" id="composer-head"><b>${mode.focus}</b> <span dir="auto">${option?.description ?? ''}</span></p>`;
}

function popup(view: ComposerView, on: ComposerEvents): TemplateResult | typeof nothing {
  if (!view.open) return nothing;
  const heading = head(view);
  if (heading === nothing) return nothing;
  return html`<div class="popup">
    ${heading}
    ${view.loading && view.items.length === 0 ? html`<p class="popup-note">Loading options…</p>` : nothing}
    ${
      view.items.length === 0
        ? nothing
        : html`<ul class="popup-list" role="listbox" id=${LIST} aria-label="Suggestions">
            ${view.items.map(
              (
                item,
                index,
              ) => html`<li class="popup-item" role="option" id="${LIST}-${index}" aria-selected=${index === view.active}
                @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => on.pick(index)}>
                <span class="popup-label" dir="auto">${item.label}</span>
                ${item.hint === undefined ? nothing : html`<span class="popup-hint" dir="auto">${item.hint}</span>`}
              </li>`,
            )}
          </ul>`
    }
  </div>`;
}

/** In place of the composer where no message can be written. */
export const postsOnly = html`<p class="composer-none muted">This channel takes posts only: open one to write in it. Commands are answered in the other channels.</p>`;

/** The composer with its list. */
export function composerView(view: ComposerView, on: ComposerEvents): TemplateResult {
  const { mode } = view;
  const submit = (event: Event): void => {
    event.preventDefault();
    on.submit();
  };
  return html`${popup(view, on)}
    <p class="composer-error" id="composer-error" role="alert">${view.error?.text ?? ''}</p>
    <form class="composer-box" @submit=${submit}>
      ${mode.kind === 'text' ? textLine(view, mode.text, on) : draftLine(view, mode, on)}
      <button type="submit" class="icon-button send-button" aria-label="Send">${sendIcon}</button>
    </form>`;
}
