import { html, type TemplateResult } from 'lit';
import { rowsOf } from './commands.ts';
import { closeIcon } from './icons.ts';
import { narrow } from './narrow.ts';
import type { State } from './store.ts';

/** In a narrow window the box would take the room of the answers: there it is one button until it is pressed. */
let unfolded = false;

const KEY = 'playground-hints-closed';

let closed = ((): boolean => {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
})();

/** What to try: as the server says, else the first commands that need nothing typed. */
export function hintsOf(state: State): NonNullable<State['hints']> {
  const rows = rowsOf(state.commands).filter(({ options }) => options.every(({ required }) => !required));
  return (
    state.hints ?? {
      text: 'Type / to see the commands, or try:',
      lines: rows.slice(0, 3).map(({ title }) => `/${title}`),
    }
  );
}

/** A line for first-time visitors, with commands to press; undefined once it was closed. */
export function hintsView(state: State, run: (line: string) => void, changed: () => void): TemplateResult | undefined {
  const { text, lines } = hintsOf(state);
  if (closed || (text === '' && lines.length === 0)) return undefined;
  const close = (): void => {
    closed = true;
    try {
      localStorage.setItem(KEY, '1');
    } catch {
      // Storage may be forbidden; the hint then comes back with the next visit.
    }
    changed();
  };
  const fold = (open: boolean): void => {
    unfolded = open;
    changed();
  };
  if (narrow.matches && !unfolded) {
    return html`<p class="hints-folded"><button type="button" class="chip" aria-expanded="false" @click=${() => fold(true)}>What to try</button></p>`;
  }
  const press = (line: string): void => {
    fold(false);
    run(line);
  };
  return html`<section class="hints" aria-label="What to try">
    <p class="hints-text">${text}</p>
    <button type="button" class="icon-button hints-close" aria-label="Close the hint" @click=${close}>${closeIcon}</button>
    <div class="chips">
      ${lines.map((line) => html`<button type="button" class="chip" @click=${() => press(line)}><bdi>${line}</bdi></button>`)}
    </div>
  </section>`;
}
