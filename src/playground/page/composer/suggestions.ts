import type { Choice } from '../commands.ts';

/** Long enough that a typed word is asked about once, short enough to feel at once. */
const DELAY_MS = 180;

/** Autocomplete: asks the bot a moment after the last key, and keeps only the answer to the newest question. */
export interface Suggestions {
  /** Plans a question about this option; `ask` sends it under a nonce, which it returns. */
  readonly plan: (option: string, text: string, ask: () => string) => void;
  readonly cancel: () => void;
  /** What the bot offered for this text in this option: what it offered for another text is no choice to take with Enter. */
  readonly for: (option: string, text: string) => readonly Choice[];
  readonly isWaiting: () => boolean;
  /** Takes an answer; false when it belongs to an older question. */
  readonly take: (nonce: string, choices: readonly Choice[]) => boolean;
}

export function createSuggestions(): Suggestions {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: { readonly nonce: string; readonly option: string; readonly text: string } | undefined;
  let known: { readonly option: string; readonly text: string; readonly choices: readonly Choice[] } | undefined;
  return {
    plan: (option, text, ask) => {
      clearTimeout(timer);
      if (known?.option !== option) known = undefined;
      timer = setTimeout(() => {
        asked = { nonce: ask(), option, text };
      }, DELAY_MS);
    },
    cancel: () => {
      clearTimeout(timer);
      asked = undefined;
    },
    for: (option, text) => (known?.option === option && known.text === text ? known.choices : []),
    isWaiting: () => asked !== undefined,
    take: (nonce, choices) => {
      if (asked?.nonce !== nonce) return false;
      known = { option: asked.option, text: asked.text, choices };
      asked = undefined;
      return true;
    },
  };
}
