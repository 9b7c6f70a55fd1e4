import { render } from 'lit';
import type { Choice, CommandRow } from '../commands.ts';
import { rowsOf } from '../commands.ts';
import type { State, Store } from '../store.ts';
import type { FromPage, SentFile } from '../wire.ts';
import {
  type Draft,
  draftOf,
  firstError,
  lineOf,
  optionNamed,
  optionsOf,
  type World,
  withoutOption,
  withValue,
} from './draft.ts';
import { readFile } from './files.ts';
import {
  emptyText,
  firstActive,
  isExact,
  itemsOf,
  type Mode,
  nextFocus,
  picked,
  started,
  TAIL,
  typedLine,
  typedOption,
} from './mode.ts';
import { parseLine } from './parse-line.ts';
import { type ComposerEvents, type ComposerView, composerView } from './view.ts';

export interface Composer {
  readonly redraw: () => void;
  /** Puts a command on the line, ready for its options. */
  readonly writeCommand: (name: string) => void;
  /** Sends a typed line, or puts it on the line when something is missing. */
  readonly runLine: (line: string) => void;
  /** Choices that the bot gave for an autocomplete. */
  readonly offer: (nonce: string, choices: readonly Choice[]) => void;
}

export interface ComposerTools {
  readonly store: Store;
  readonly send: (frame: FromPage) => boolean;
  readonly nonce: () => string;
}

const AUTOCOMPLETE_DELAY = 180;
const REMEMBERED_LINES = 50;

export const worldOf = (state: State): World => ({
  channels: state.channels,
  users: [...state.personas, state.bot],
  roles: state.roles,
});

/** The line at the bottom: plain text, or a slash command with its options. */
export function createComposer(host: HTMLElement, { store, send, nonce }: ComposerTools): Composer {
  let mode: Mode = emptyText;
  let active = -1;
  let moved = false;
  let closed = true;
  /** Taking a focused input out of the page tells of lost focus in the middle of drawing; that is not to be acted on. */
  let drawing = false;
  let error: ComposerView['error'];
  let asked: { readonly nonce: string; readonly option: string } | undefined;
  let suggested: { readonly option: string; readonly choices: readonly Choice[] } = { option: TAIL, choices: [] };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const files = new Map<string, SentFile>();
  const lines: string[] = [];
  let recalled = -1;
  let rowsFor: State['commands'] | undefined;
  let rows: CommandRow[] = [];

  const allRows = (): CommandRow[] => {
    const { commands } = store.get();
    if (commands !== rowsFor) rows = rowsOf(commands);
    rowsFor = commands;
    return rows;
  };
  const world = (): World => worldOf(store.get());
  const asker = () => ({ nonce: nonce(), channelId: store.get().channelId, personaId: store.get().personaId });
  const choicesNow = (): readonly Choice[] =>
    mode.kind === 'draft' && suggested.option === mode.focus ? suggested.choices : [];
  const items = () => itemsOf(mode, allRows(), world(), choicesNow());

  function redraw(): void {
    const list = items();
    if (!moved) active = firstActive(mode, list);
    active = Math.min(active, list.length - 1);
    const channel = store.get().channels.find(({ id }) => id === store.get().channelId);
    const view: ComposerView = {
      mode,
      items: list,
      active,
      open: !closed,
      loading: asked !== undefined,
      placeholder: `Message #${channel?.name ?? ''}, or type / for commands`,
      ...(error !== undefined && { error }),
    };
    drawing = true;
    render(composerView(view, events), host);
    drawing = false;
    host.querySelector('.popup-item[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  /** Takes the new mode, draws it and puts the caret where the mode says. */
  function become(next: Mode, focus: boolean): void {
    mode = next;
    moved = false;
    closed = false;
    error = undefined;
    redraw();
    if (!focus) return;
    const name = mode.kind === 'text' ? 'text' : mode.focus;
    const input = host.querySelector<HTMLInputElement>(`[data-option="${CSS.escape(name)}"]`);
    if (input !== null && document.activeElement !== input) input.focus();
    if (input !== null && input.type === 'text') input.setSelectionRange(input.value.length, input.value.length);
    askForChoices();
  }

  function askForChoices(): void {
    clearTimeout(timer);
    if (mode.kind !== 'draft') return;
    const { draft, focus } = mode;
    if (optionNamed(draft, focus)?.autocomplete !== true || draft.values.get(focus)?.value !== undefined) return;
    if (suggested.option !== focus) suggested = { option: focus, choices: [] };
    timer = setTimeout(() => {
      const who = asker();
      asked = { nonce: who.nonce, option: focus };
      send({ type: 'autocomplete', ...who, commandId: draft.row.id, options: optionsOf(draft, world(), focus) });
      redraw();
    }, AUTOCOMPLETE_DELAY);
  }

  function fail(text: string, option?: string): void {
    error = option === undefined ? { text } : { option, text };
    if (option !== undefined && mode.kind === 'draft') {
      const problem = error;
      become({ ...mode, focus: option }, true);
      error = problem;
    }
    redraw();
  }

  function remember(line: string): void {
    lines.unshift(line);
    lines.length = Math.min(lines.length, REMEMBERED_LINES);
    recalled = -1;
  }

  function sendDraft(draft: Draft): void {
    if (mode.kind !== 'draft') mode = { kind: 'draft', draft, focus: TAIL, tail: '' };
    const wrong = firstError(draft, world());
    if (wrong !== undefined) {
      fail(wrong.text, wrong.option);
      return;
    }
    const who = asker();
    const line = lineOf(draft);
    const used = draft.shown.flatMap((name): [string, SentFile][] => {
      const file = files.get(name);
      return file === undefined ? [] : [[name, file]];
    });
    const sent = send({
      type: 'command',
      ...who,
      commandId: draft.row.id,
      options: optionsOf(draft, world()),
      ...(used.length > 0 && { files: Object.fromEntries(used) }),
    });
    if (!sent) {
      fail('Not connected to the playground. Wait a moment and send again.');
      return;
    }
    remember(line);
    files.clear();
    store.change((state) => ({ ...state, pending: [...state.pending, { ...who, kind: 'command', line }] }));
    leave();
  }

  function leave(): void {
    become(emptyText, true);
    closed = true;
    redraw();
  }

  function sendText(text: string): void {
    const { channelId, personaId } = store.get();
    if (text.trim() === '') return;
    if (!text.startsWith('/')) {
      if (!send({ type: 'say', channelId, personaId, content: text })) {
        fail('Not connected to the playground. Wait a moment and send again.');
        return;
      }
      remember(text);
      leave();
      return;
    }
    const draft = parseLine(text, allRows());
    if (draft === undefined) {
      fail(`There is no command ${text.split(' ')[0]}. Type / to see what there is.`);
      return;
    }
    become({ kind: 'draft', draft, focus: nextFocus(draft), tail: '' }, true);
    sendDraft(draft);
  }

  function pick(index: number): void {
    const item = items()[index];
    if (item !== undefined) become(picked(mode, item), true);
  }

  /** Enter: takes what is marked in the list, and sends where nothing is left to choose. */
  function enter(): void {
    const item = closed ? undefined : items()[active];
    if (mode.kind === 'text') {
      const typed = mode.text.trim().toLowerCase();
      const whole =
        item?.pick.type === 'row' && typed === `/${item.pick.row.title.toLowerCase()}` ? item.pick.row : undefined;
      if (whole !== undefined && !whole.options.some(({ required }) => required)) sendDraft(draftOf(whole));
      else if (item !== undefined) pick(active);
      else sendText(mode.text);
      return;
    }
    if (item === undefined) {
      sendDraft(mode.draft);
      return;
    }
    const exact = isExact(mode, item, world());
    pick(active);
    if (exact && mode.kind === 'draft' && firstError(mode.draft, world()) === undefined) sendDraft(mode.draft);
  }

  function step(by: 1 | -1): void {
    const { length } = items();
    if (length === 0) return;
    closed = false;
    moved = true;
    active = active === -1 && by === -1 ? length - 1 : (active + by + length) % length;
    redraw();
  }

  function recall(by: 1 | -1): void {
    const to = Math.max(-1, Math.min(lines.length - 1, recalled + by));
    if (to === recalled) return;
    become({ kind: 'text', text: lines[to] ?? '' }, true);
    recalled = to;
    closed = true;
    redraw();
  }

  function backspace(event: KeyboardEvent): void {
    const input = event.target;
    if (mode.kind !== 'draft' || !(input instanceof HTMLInputElement) || input.value !== '' || input.type === 'file')
      return;
    event.preventDefault();
    const { draft, focus } = mode;
    const at = focus === TAIL ? draft.shown.length : draft.shown.indexOf(focus);
    const before = draft.shown[at - 1];
    if (before === undefined && withoutOption(draft, focus) === draft) {
      become({ kind: 'text', text: `/${draft.row.title}` }, true);
      return;
    }
    become({ ...mode, draft: withoutOption(draft, focus), focus: before ?? TAIL }, true);
  }

  const isRecalling = (): boolean => mode.kind === 'text' && (mode.text === '' || recalled >= 0);

  const events: ComposerEvents = {
    line: (text) => {
      recalled = -1;
      const next = typedLine(text, allRows());
      become(next, next.kind === 'draft');
    },
    option: (name, typed) => {
      if (mode.kind === 'draft') become(typedOption(mode, name, typed), true);
    },
    file: (name, file) => {
      if (file === undefined || mode.kind !== 'draft') return;
      void readFile(file).then((read) => {
        if (mode.kind !== 'draft') return;
        if (read === undefined) {
          fail(`${file.name} is larger than 8 MB.`, name);
          return;
        }
        files.set(name, read);
        become({ ...mode, draft: withValue(mode.draft, name, { typed: file.name, value: name }) }, false);
      });
    },
    focus: (name) => {
      if (mode.kind !== 'draft' || mode.focus === name) return;
      mode = { ...mode, focus: name };
      moved = false;
      closed = false;
      redraw();
      askForChoices();
    },
    key: (event) => {
      if (event.isComposing) return;
      switch (event.key) {
        case 'ArrowDown':
        case 'ArrowUp': {
          const by = event.key === 'ArrowDown' ? 1 : -1;
          if (isRecalling() && (closed || items().length === 0)) recall(by === 1 ? -1 : 1);
          else step(by);
          event.preventDefault();
          break;
        }
        case 'Enter':
          event.preventDefault();
          enter();
          break;
        case 'Tab':
          if (event.shiftKey || closed || active < 0 || (mode.kind === 'text' && mode.text === '')) break;
          event.preventDefault();
          pick(active);
          break;
        case 'Escape':
          event.preventDefault();
          if (!closed && items().length > 0 && mode.kind === 'draft') {
            closed = true;
            redraw();
          } else leave();
          break;
        case 'Backspace':
          backspace(event);
          break;
        default:
      }
    },
    pick,
    submit: () => (mode.kind === 'text' ? sendText(mode.text) : sendDraft(mode.draft)),
    leave,
  };

  host.addEventListener('focusin', () => {
    if (drawing || !closed || mode.kind === 'text') return;
    closed = false;
    redraw();
  });
  host.addEventListener('focusout', (event) => {
    if (drawing) return;
    if (event.relatedTarget instanceof Node && host.contains(event.relatedTarget)) return;
    closed = true;
    redraw();
  });

  return {
    redraw,
    writeCommand: (name) => {
      const row = allRows().find(({ title }) => title === name);
      become(row === undefined ? { kind: 'text', text: `/${name}` } : started(row), true);
    },
    runLine: (line) => sendText(line),
    offer: (answered, choices) => {
      if (answered !== asked?.nonce) return;
      suggested = { option: asked.option, choices };
      asked = undefined;
      redraw();
    },
  };
}
