import { render } from 'lit';
import { type Choice, type CommandRow, rowsOf } from '../commands.ts';
import { readFile } from '../files.ts';
import { narrow } from '../narrow.ts';
import { FORUM, openChannel, type State, type Store, visibleChannels, withPending } from '../store.ts';
import type { FromPage, SentFile } from '../wire.ts';
import {
  type Draft,
  draftOf,
  firstError,
  lineOf,
  optionNamed,
  optionsOf,
  repeatedIn,
  type World,
  withoutOption,
  withValue,
} from './draft.ts';
import { createHistory } from './history.ts';
import { keyHandler } from './keys.ts';
import {
  emptyText,
  firstActive,
  isExact,
  itemsOf,
  type Mode,
  nextFocus,
  picked,
  rebound,
  started,
  TAIL,
  typedLine,
  typedOption,
} from './mode.ts';
import { parseLine } from './parse-line.ts';
import { createSuggestions } from './suggestions.ts';
import { type ComposerEvents, type ComposerView, composerView, postsOnly } from './view.ts';

export interface Composer {
  readonly redraw: () => void;
  /** Puts a command on the line, ready for its options. */
  readonly writeCommand: (name: string) => void;
  /** Sends a typed line, or puts it on the line when something is missing. */
  readonly runLine: (line: string) => void;
  /** Choices that the bot gave for an autocomplete. */
  readonly offer: (nonce: string, choices: readonly Choice[]) => void;
  /** Takes the focus to where the line goes on. */
  readonly focus: () => void;
}

export interface ComposerTools {
  readonly store: Store;
  readonly send: (frame: FromPage) => boolean;
  readonly nonce: () => string;
}

const NOT_CONNECTED = 'Not connected to the playground. Wait a moment and send again.';

const worldOf = (state: State): World => ({
  channels: visibleChannels(state),
  users: [...state.personas, state.bot],
  roles: state.roles,
});

/** What stands behind the last option and belongs to none. */
function leftOver(draft: Draft, tail: string): { readonly option: string; readonly text: string } | undefined {
  if (tail.trim() === '') return undefined;
  const twice = repeatedIn(draft, tail);
  const text =
    twice === undefined
      ? `“${tail.trim().slice(0, 60)}” belongs to no option of /${draft.row.title}.`
      : `${twice} stands twice on the line. Give it once.`;
  return { option: TAIL, text };
}

/** The rows of the registered commands, worked out anew only when the commands have changed. */
function rowsReader(store: Store): () => CommandRow[] {
  let of: State['commands'] | undefined;
  let rows: CommandRow[] = [];
  return () => {
    const { commands } = store.get();
    if (commands !== of) rows = rowsOf(commands);
    of = commands;
    return rows;
  };
}

const typedIn = (draft: Draft, option: string): string => draft.values.get(option)?.typed ?? '';

/** The line at the bottom: plain text, or a slash command with its options. */
export function createComposer(host: HTMLElement, { store, send, nonce }: ComposerTools): Composer {
  let mode: Mode = emptyText;
  let active = -1;
  /** Whether an arrow key has chosen the marked line of the list. */
  let moved = false;
  let closed = true;
  let error: ComposerView['error'];
  /** Taking a focused input out of the page tells of lost focus in the middle of drawing; that is not to be acted on. */
  let drawing = false;
  const files = new Map<string, SentFile>();
  const history = createHistory();
  const suggestions = createSuggestions();
  const rows = rowsReader(store);

  const world = (): World => worldOf(store.get());
  const asker = () => ({ nonce: nonce(), channelId: store.get().channelId, personaId: store.get().personaId });
  const items = () =>
    itemsOf(
      mode,
      rows(),
      world(),
      mode.kind === 'draft' ? suggestions.for(mode.focus, typedIn(mode.draft, mode.focus)) : [],
    );

  function redraw(): void {
    mode = rebound(mode, rows());
    const list = items();
    if (!moved) active = firstActive(mode, list);
    active = Math.min(active, list.length - 1);
    const channel = openChannel(store.get());
    const view: ComposerView = {
      mode,
      items: list,
      active,
      open: !closed,
      loading: suggestions.isWaiting(),
      label: `Message #${channel?.name ?? ''}, or type / for commands`,
      placeholder: narrow.matches
        ? 'Message, or / for commands'
        : `Message #${channel?.name ?? ''}, or type / for commands`,
      ...(error !== undefined && { error }),
    };
    drawing = true;
    render(channel?.type === FORUM ? postsOnly : composerView(view, events), host);
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
    // Setting the caret where it already is would throw it to the end while somebody writes in the middle.
    if (input !== null && document.activeElement !== input) {
      input.focus();
      if (input.type === 'text') input.setSelectionRange(input.value.length, input.value.length);
    }
    askForChoices();
  }

  function askForChoices(): void {
    suggestions.cancel();
    if (mode.kind !== 'draft') return;
    const { draft, focus } = mode;
    if (optionNamed(draft, focus)?.autocomplete !== true || draft.values.get(focus)?.value !== undefined) return;
    suggestions.plan(focus, typedIn(draft, focus), () => {
      const who = asker();
      send({ type: 'autocomplete', ...who, commandId: draft.row.id, options: optionsOf(draft, world(), focus) });
      queueMicrotask(redraw);
      return who.nonce;
    });
  }

  function fail(text: string, option?: string): void {
    if (option !== undefined && mode.kind === 'draft') become({ ...mode, focus: option }, true);
    error = option === undefined ? { text } : { option, text };
    redraw();
  }

  function leave(): void {
    files.clear();
    become(emptyText, true);
    closed = true;
    redraw();
  }

  function sendDraft(draft: Draft): void {
    if (mode.kind !== 'draft') mode = { kind: 'draft', draft, focus: TAIL, tail: '' };
    const wrong = firstError(draft, world()) ?? leftOver(draft, mode.tail);
    if (wrong !== undefined) {
      fail(wrong.text, wrong.option);
      return;
    }
    if (!rows().includes(draft.row)) {
      fail(
        `${store.get().bot.name || 'The bot'} has not registered /${draft.row.title}, or not yet. Wait a moment and send again.`,
      );
      return;
    }
    const who = asker();
    const line = lineOf(draft);
    const used = [...files].filter(([name]) => draft.shown.includes(name));
    const sent = send({
      type: 'command',
      ...who,
      commandId: draft.row.id,
      options: optionsOf(draft, world()),
      ...(used.length > 0 && { files: Object.fromEntries(used) }),
    });
    if (!sent) {
      fail(NOT_CONNECTED);
      return;
    }
    history.add(line);
    store.change((state) => withPending(state, { ...who, kind: 'command', line }));
    leave();
  }

  function sendText(text: string): void {
    const { channelId, personaId } = store.get();
    if (text.trim() === '') return;
    if (!text.startsWith('/')) {
      if (!send({ type: 'say', channelId, personaId, content: text })) {
        fail(NOT_CONNECTED);
        return;
      }
      history.add(text);
      leave();
      return;
    }
    const draft = parseLine(text, rows());
    if (draft === undefined) {
      fail(`There is no command “${text.trim().slice(0, 60)}”. Type / to see what there is.`);
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
      const whole = item?.pick.type === 'row' && typed === item.label.toLowerCase() ? item.pick.row : undefined;
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

  async function takeFile(name: string, file: File): Promise<void> {
    const read = await readFile(file);
    if (mode.kind !== 'draft') return;
    if (read === undefined) {
      fail(`${file.name} is larger than 8 MB.`, name);
      return;
    }
    files.set(name, read);
    become({ ...mode, draft: withValue(mode.draft, name, { typed: file.name, value: name }) }, false);
  }

  function step(by: 1 | -1): void {
    const { length } = items();
    if (length === 0) return;
    closed = false;
    moved = true;
    active = active === -1 && by === -1 ? length - 1 : (active + by + length) % length;
    redraw();
  }

  function recall(direction: 'older' | 'newer'): void {
    const line = history.step(direction);
    if (line === undefined) return;
    become({ kind: 'text', text: line }, true);
    closed = true;
    redraw();
  }

  /** Backspace in an empty option takes it off the line; before the first one it turns the command back into text. */
  function removeBefore(): void {
    if (mode.kind !== 'draft') return;
    const { draft, focus } = mode;
    const at = focus === TAIL ? draft.shown.length : draft.shown.indexOf(focus);
    const before = draft.shown[at - 1];
    if (before === undefined && withoutOption(draft, focus) === draft) {
      become({ kind: 'text', text: `/${draft.row.title}` }, true);
      return;
    }
    become({ ...mode, draft: withoutOption(draft, focus), focus: before ?? TAIL }, true);
  }

  const events: ComposerEvents = {
    line: (text) => {
      history.leave();
      const next = typedLine(text, rows());
      become(next, next.kind === 'draft');
    },
    option: (name, typed) => {
      if (mode.kind === 'draft') become(typedOption(mode, name, typed), true);
    },
    file: (name, file) => {
      if (file !== undefined) void takeFile(name, file);
    },
    focus: (name) => {
      if (mode.kind !== 'draft' || mode.focus === name) return;
      mode = { ...mode, focus: name };
      moved = false;
      closed = false;
      redraw();
      askForChoices();
    },
    key: keyHandler({
      arrow: (by) => {
        const free = mode.kind === 'text' && (mode.text === '' || history.isOpen());
        if (free && (closed || items().length === 0)) recall(by === 1 ? 'newer' : 'older');
        else step(by);
      },
      enter,
      // Behind the line Tab goes on to the next option, until Escape has closed the list.
      canTake: () =>
        !closed &&
        (mode.kind === 'draft' ? active >= 0 || mode.focus === TAIL : mode.text !== '' && active >= 0) &&
        items().length > 0,
      take: () => pick(Math.max(active, 0)),
      escape: () => {
        if (closed || items().length === 0 || mode.kind === 'text') leave();
        else {
          closed = true;
          redraw();
        }
      },
      removeBefore: () => {
        if (mode.kind !== 'draft') return false;
        removeBefore();
        return true;
      },
    }),
    pick,
    submit: () => (mode.kind === 'text' ? sendText(mode.text) : sendDraft(mode.draft)),
    leave,
  };

  host.addEventListener('focusin', ({ target }) => {
    const onLine = target instanceof HTMLElement && target.matches('[data-option]');
    if (drawing || !closed || mode.kind === 'text' || !onLine) return;
    closed = false;
    redraw();
  });
  host.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    // To a button of the composer is away from the line too.
    if (drawing || (to instanceof HTMLElement && host.contains(to) && to.matches('[data-option]'))) return;
    closed = true;
    redraw();
  });

  // What was wrong with the connection, or with commands that it brought anew, is over.
  store.subscribe((state, before) => {
    if (error?.option === undefined && (state.commands !== before.commands || state.connected !== before.connected))
      error = undefined;
  });

  return {
    redraw,
    writeCommand: (name) => {
      const row = rows().find(({ title }) => title === name);
      become(row === undefined ? { kind: 'text', text: `/${name}` } : started(row), true);
    },
    runLine: sendText,
    focus: () => {
      const name = mode.kind === 'text' ? 'text' : mode.focus;
      host.querySelector<HTMLInputElement>(`[data-option="${CSS.escape(name)}"]`)?.focus();
    },
    offer: (answered, choices) => {
      if (suggestions.take(answered, choices)) redraw();
    },
  };
}
