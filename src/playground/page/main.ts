import { nothing, render } from 'lit';
import type { BreakageText } from './breakages.ts';
import { clockView } from './clock.ts';
import { createComposer } from './composer/composer.ts';
import { connect } from './connection.ts';
import { headerView } from './header.ts';
import { hintsView } from './hints.ts';
import { isForMessageBox } from './keys.ts';
import { createLog } from './log.ts';
import { MenuButton } from './menu-button.ts';
import { createModal } from './modal.ts';
import { narrow } from './narrow.ts';
import { ChatSelect } from './select.ts';
import { sidebarView } from './sidebar.ts';
import {
  actingAs,
  applyFrame,
  createStore,
  FORUM,
  isOtherRun,
  messageId,
  openChannel,
  type Pending,
  visibleChannels,
  withPending,
} from './store.ts';
import { startTheme, switchTheme } from './theme.ts';
import { type Actions, readerOf } from './view.ts';
import type { FromPage, Hello } from './wire.ts';

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no element #${id}`);
  return element;
}

customElements.define('chat-select', ChatSelect);
customElements.define('menu-button', MenuButton);

const store = createStore();
const sidebar = part('sidebar');
let sidebarOpen = false;

const address = new URL('/page', location.href);
address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
const connection = connect(address.href, {
  frame: (frame) => {
    if (frame.type === 'choices') {
      composer.offer(frame.nonce, frame.choices);
      return;
    }
    if (frame.type === 'hello' && isOtherRun(store.get(), frame))
      notify(startedAgain(frame), 'until something is asked');
    // Whatever nobody here waits for by its nonce: a message that could not be said.
    if (frame.type === 'failed' && frame.nonce === '') notify(frame.reason);
    store.change((state) => applyFrame(state, frame, Date.now()));
  },
  closed: () => store.change((state) => (state.connected ? { ...state, connected: false } : state)),
});
const send = (frame: FromPage): boolean => connection.send(frame);

let counter = 0;
/** Unique among all tabs of this playground. */
const nonce = (): string => {
  counter += 1;
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}-${counter}`;
};

const composer = createComposer(part('composer'), { store, send, nonce });
const drawModal = createModal(part('dialogs'), { store, send, nonce });
const drawLog = createLog(part('log'));

function wait(pending: Pending): void {
  store.change((state) => withPending(state, pending));
}

const TICK_MS = 20_000;
const NOTICE_MS = 8000;
const NOT_CONNECTED = 'Not connected to the playground. Try again in a moment.';

const actions: Actions = {
  press: (message, customId, componentType, values) => {
    const { channelId, personaId } = store.get();
    const asked = { nonce: nonce(), channelId, personaId };
    // An older failure of the same message has been read by whoever presses again.
    store.change((state) => ({
      ...state,
      pending: state.pending.filter((each) => each.messageId !== message || each.failed === undefined),
    }));
    const sent = send({
      type: 'component',
      ...asked,
      messageId: message,
      customId,
      componentType,
      ...(values && { values }),
    });
    wait({ ...asked, kind: 'component', messageId: message, customId, ...(!sent && { failed: NOT_CONNECTED }) });
  },
  dismiss: (id) => {
    send({ type: 'dismiss', messageId: id });
    store.change((state) => ({ ...state, messages: state.messages.filter((seen) => messageId(seen) !== id) }));
  },
  forget: (id) => store.change((state) => ({ ...state, pending: state.pending.filter((each) => each.nonce !== id) })),
  openChannel: (channelId) => {
    if (!visibleChannels(store.get()).some(({ id }) => id === channelId)) return;
    showSidebar(false);
    store.change((state) => {
      const unread = new Set(state.unread);
      unread.delete(channelId);
      return { ...state, channelId, unread };
    });
  },
  writeCommand: (name) => composer.writeCommand(name),
  runLine: (line) => composer.runLine(line),
  useOnMessage: (commandId, name, targetId) => {
    const { channelId, personaId } = store.get();
    const asked = { nonce: nonce(), channelId, personaId };
    const sent = send({ type: 'command', ...asked, commandId, options: [], targetId });
    wait({ ...asked, kind: 'command', line: name, ...(!sent && { failed: NOT_CONNECTED }) });
  },
};

function showSidebar(open: boolean): void {
  const had = sidebarOpen;
  sidebarOpen = open;
  document.body.classList.toggle('sidebar-open', open);
  for (const behind of document.querySelectorAll<HTMLElement>('.top, .main')) behind.inert = open;
  drawHeader();
  if (open) sidebar.querySelector<HTMLElement>('.channel[tabindex="0"]')?.focus();
  else if (had && sidebar.contains(document.activeElement)) {
    document.querySelector<HTMLElement>('.sidebar-toggle')?.focus();
  }
}

function drawHeader(): void {
  const theme = (): void => {
    switchTheme();
    drawHeader();
  };
  const breakThing = ({ what, effect }: BreakageText): void => {
    const sent = send({ type: 'break', what, channelId: store.get().channelId });
    if (sent) notify(effect, 'until something is asked');
    else notify(NOT_CONNECTED);
  };
  render(
    headerView(store.get(), sidebarOpen, {
      toggleSidebar: () => showSidebar(!sidebarOpen),
      switchTheme: theme,
      breakThing,
    }),
    part('header'),
  );
}

let noticeTimer: ReturnType<typeof setTimeout> | undefined;
let noticeStays = false;

/** A word about what the person did or what happened; read out, and gone after a while or with the next question. */
function notify(text: string, stay?: 'until something is asked'): void {
  part('notice').textContent = text;
  clearTimeout(noticeTimer);
  noticeStays = stay !== undefined;
  if (noticeStays) return;
  noticeTimer = setTimeout(() => {
    part('notice').textContent = '';
  }, NOTICE_MS);
}

const startedAgain = ({ clock }: Hello): string =>
  clock === undefined
    ? 'The playground was started again: its conversation is gone.'
    : 'The playground was started again: its conversation is gone and the clock is back at the beginning.';

function drawHints(): void {
  const state = store.get();
  const forum = openChannel(state)?.type === FORUM;
  render((forum ? undefined : hintsView(state, actions.runLine, drawHints)) ?? nothing, part('hints'));
}

function draw(): void {
  const state = store.get();
  const view = { state, actions, reader: readerOf(state) };
  document.title = `${state.unread.size > 0 ? '• ' : ''}${state.bot.name || 'Playground'} – playground`;
  document.body.classList.toggle('loading', state.channels.length === 0);
  render(
    sidebarView(state, {
      openChannel: actions.openChannel,
      actAs: (personaId) => store.change((before) => actingAs(before, personaId)),
    }),
    sidebar,
  );
  render(
    state.clock === undefined
      ? nothing
      : clockView(
          state.clock,
          view.reader.now,
          (to, off) => void send({ type: 'clock.move', to, ...(off && { off }) }),
        ),
    part('clock'),
  );
  drawHeader();
  drawLog(view);
  drawHints();
  drawModal(view);
  composer.redraw();
}

let scheduled = false;
store.subscribe((state, before) => {
  if (noticeStays && state.pending.some((each) => !before.pending.includes(each) && each.failed === undefined))
    notify('');
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(() => {
    scheduled = false;
    draw();
  });
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && sidebarOpen) showSidebar(false);
  // The letter itself follows the focus into the box.
  if (!sidebarOpen && isForMessageBox(event)) composer.focus();
});
part('shade').addEventListener('click', () => showSidebar(false));
part('skip').addEventListener('click', (event) => {
  event.preventDefault();
  composer.focus();
});
narrow.addEventListener('change', draw);
startTheme(drawHeader);
draw();
// The clock runs, and "5 minutes ago" becomes "6 minutes ago".
setInterval(draw, TICK_MS);
