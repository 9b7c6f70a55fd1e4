import { html, LitElement, nothing, type TemplateResult } from 'lit';

export interface MenuItem {
  readonly label: string;
  /** What comes of it. */
  readonly hint?: string;
  readonly act: () => void;
}

/** `<menu-button>`: a button that opens a list of things to do. A menu button as ARIA knows it. */
export class MenuButton extends LitElement {
  static override properties = {
    items: { attribute: false },
    icon: { attribute: false },
    label: {},
    open: { state: true },
  };
  declare items: readonly MenuItem[];
  declare icon: TemplateResult | undefined;
  declare label: string;
  declare open: boolean;

  constructor() {
    super();
    this.items = [];
    this.icon = undefined;
    this.label = '';
    this.open = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Opens the list, as pressing the button does. */
  show(): void {
    if (!this.open) this.toggle(true);
  }

  private toggle(open: boolean): void {
    this.open = open;
    void this.updateComplete.then(() => {
      const target = this.querySelector<HTMLElement>(open ? '[role=menuitem]' : 'button');
      if (open || this.contains(document.activeElement)) target?.focus();
    });
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (!this.open) return;
    const items = [...this.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.findIndex((item) => item === document.activeElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + items.length,
      Home: 0,
      End: items.length - 1,
    };
    const to = steps[event.key];
    if (event.key === 'Escape') this.toggle(false);
    else if (to !== undefined) items[to % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly onFocusOut = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node) || !this.contains(event.relatedTarget)) this.open = false;
  };

  protected override render(): TemplateResult {
    return html`<div class="menu" @keydown=${this.onKey} @focusout=${this.onFocusOut}>
      <button type="button" class="icon-button" aria-haspopup="menu" aria-expanded=${this.open} aria-label=${this.label}
        @click=${() => this.toggle(!this.open)}>${this.icon}</button>
      ${
        this.open
          ? html`<div class="menu-list" role="menu" aria-label=${this.label}>
              ${this.items.map(
                (item) => html`<button type="button" class="menu-item" role="menuitem" tabindex="-1"
                  @click=${() => {
                    this.open = false;
                    item.act();
                  }}>${item.label}${item.hint === undefined ? nothing : html`<span class="menu-hint">${item.hint}</span>`}</button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }
}
