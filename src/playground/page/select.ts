import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { chevronIcon } from './icons.ts';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly emoji?: string;
}

let count = 0;

/**
 * `<chat-select>`: Discord's select menu, one or several of a list. It is a select-only combobox: arrows move, Enter or
 * Space chooses, Escape closes, letters jump. Dispatches `picked` when the choice has changed and the list has closed.
 */
export class ChatSelect extends LitElement {
  static override properties = {
    options: { attribute: false },
    // Drawn anew, the same defaults come as a new list; only other defaults may undo what was chosen.
    defaults: {
      attribute: false,
      hasChanged: (now: readonly string[], before?: readonly string[]) => now.join('\n') !== before?.join('\n'),
    },
    chosen: { state: true },
    min: { type: Number },
    max: { type: Number },
    placeholder: {},
    label: {},
    disabled: { type: Boolean },
    invalid: { type: Boolean },
    open: { state: true },
    active: { state: true },
    picking: { state: true },
  };
  declare options: readonly SelectOption[];
  /** Values that the bot chose beforehand. */
  declare defaults: readonly string[];
  /** Values that are chosen; what the last closing of the list left. */
  declare chosen: readonly string[];
  declare min: number;
  declare max: number;
  declare placeholder: string;
  /** Accessible name. */
  declare label: string;
  declare disabled: boolean;
  declare invalid: boolean;
  declare open: boolean;
  declare active: number;
  declare picking: readonly string[];
  readonly listId: string;

  constructor() {
    super();
    this.options = [];
    this.defaults = [];
    this.chosen = [];
    this.min = 1;
    this.max = 1;
    this.placeholder = 'Make a selection';
    this.label = '';
    this.disabled = false;
    this.invalid = false;
    this.open = false;
    this.active = 0;
    this.picking = [];
    count += 1;
    this.listId = `select-${count}`;
  }

  /** In the page's own tree, so that its style sheet reaches it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('defaults')) this.chosen = this.defaults;
  }

  private show(): void {
    if (this.disabled) return;
    this.picking = this.chosen;
    this.active = Math.max(
      0,
      this.options.findIndex(({ value }) => this.chosen.includes(value)),
    );
    this.open = true;
    void this.updateComplete.then(() => this.querySelector('.select-list')?.scrollIntoView({ block: 'nearest' }));
  }

  private hide(take: boolean): void {
    if (!this.open) return;
    this.open = false;
    const changed = this.picking.join('\n') !== this.chosen.join('\n');
    if (!take || !changed || this.picking.length < this.min) return;
    this.chosen = this.picking;
    this.dispatchEvent(new CustomEvent<readonly string[]>('picked', { detail: this.chosen, bubbles: true }));
  }

  private choose(index: number): void {
    const value = this.options[index]?.value;
    if (value === undefined) return;
    this.active = index;
    if (this.max === 1) {
      this.picking = this.picking.includes(value) && this.min === 0 ? [] : [value];
      this.hide(true);
      return;
    }
    if (this.picking.includes(value)) this.picking = this.picking.filter((each) => each !== value);
    else if (this.picking.length < this.max) this.picking = [...this.picking, value];
  }

  private move(to: number): void {
    this.active = Math.max(0, Math.min(this.options.length - 1, to));
    void this.updateComplete.then(() => this.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' }));
  }

  private jump(letter: string): void {
    const order = [...this.options.keys()].map((index) => (this.active + 1 + index) % this.options.length);
    const hit = order.find((index) => this.options[index]?.label.toLowerCase().startsWith(letter.toLowerCase()));
    if (hit !== undefined) this.move(hit);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.open) {
      if (!['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(event.key)) return;
      event.preventDefault();
      this.show();
      return;
    }
    if (event.key === 'Tab') {
      this.hide(true);
      return;
    }
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.move(this.active + 1),
      ArrowUp: () => this.move(this.active - 1),
      Home: () => this.move(0),
      End: () => this.move(this.options.length - 1),
      Enter: () => this.choose(this.active),
      ' ': () => this.choose(this.active),
      Escape: () => this.hide(this.max > 1),
    };
    const act = keys[event.key] ?? (event.key.length === 1 ? () => this.jump(event.key) : undefined);
    if (act === undefined) return;
    event.preventDefault();
    // Escape closes the list, not the dialog around it.
    event.stopPropagation();
    act();
  };

  private summary(): TemplateResult | string {
    const labels = this.options.filter(({ value }) => (this.open ? this.picking : this.chosen).includes(value));
    if (labels.length === 0) return html`<span class="select-placeholder" dir="auto">${this.placeholder}</span>`;
    return html`<span class="select-chosen" dir="auto">${labels.map(({ label }) => label).join(', ')}</span>`;
  }

  protected override render(): TemplateResult {
    const describe = this.max > 1 ? ` (choose ${this.min === this.max ? this.max : `${this.min} to ${this.max}`})` : '';
    return html`<button type="button" class="select-box" role="combobox" aria-haspopup="listbox" aria-expanded=${this.open}
        aria-controls=${this.open ? this.listId : nothing} aria-label="${this.label || this.placeholder}${describe}"
        aria-activedescendant=${this.open ? `${this.listId}-${this.active}` : nothing}
        aria-invalid=${this.invalid ? 'true' : nothing} ?disabled=${this.disabled}
        @click=${() => (this.open ? this.hide(this.max > 1) : this.show())} @keydown=${this.onKey}
        @blur=${() => this.hide(this.max > 1)}
      >${this.summary()}${chevronIcon}</button>
      ${this.open ? this.list() : nothing}`;
  }

  private list(): TemplateResult {
    return html`<ul class="select-list" role="listbox" id=${this.listId} aria-label=${this.label || this.placeholder}
      aria-multiselectable=${this.max > 1 ? 'true' : nothing}>
      ${this.options.map(
        (option, index) => html`<li role="option" id="${this.listId}-${index}" class="select-option"
          aria-selected=${this.picking.includes(option.value)} ?data-active=${index === this.active}
          @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => this.choose(index)}>
          ${option.emoji === undefined ? nothing : html`<span aria-hidden="true">${option.emoji}</span>`}
          <span class="select-text"><span dir="auto">${option.label}</span>${
            option.description === undefined
              ? nothing
              : html`<span class="muted small" dir="auto">${option.description}</span>`
          }</span>
          <span class="select-mark ${this.max > 1 ? 'select-mark-box' : ''}" aria-hidden="true"></span>
        </li>`,
      )}
    </ul>`;
  }
}
