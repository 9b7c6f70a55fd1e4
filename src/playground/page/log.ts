import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { channelIcon } from './icons.ts';
import { moveFocus } from './keys.ts';
import { continues, messageView, pendingView, timeOf } from './message/message.ts';
import { FORUM, messageId, openChannel, type State, visibleChannels, visibleMessages } from './store.ts';
import { dayLabel, sameDay } from './time.ts';
import type { View } from './view.ts';
import type { SeenMessage } from './wire.ts';

/** How close to the end still counts as reading the newest. */
const NEAR_END_PX = 80;
/** A scroll this soon after a wheel, touch, key or pointer is the reader's own. */
const OWN_SCROLL_MS = 700;

function day(view: View, before: SeenMessage | undefined, seen: SeenMessage): TemplateResult | typeof nothing {
  const at = timeOf(seen);
  if (Number.isNaN(at)) return nothing;
  if (before !== undefined && sameDay(timeOf(before), at, view.reader)) return nothing;
  return html`<p class="day"><span>${dayLabel(at, view.reader)}</span></p>`;
}

/** A forum holds posts, which are threads, and no messages of its own. */
function posts({ state, actions }: View, forum: string): TemplateResult {
  const list = visibleChannels(state).filter(({ parentId }) => parentId === forum);
  if (list.length === 0) return html`<p class="posts muted">No posts yet.</p>`;
  return html`<ul class="posts" aria-label="Posts">
    ${list.map(
      ({ id, name }) =>
        html`<li><button type="button" class="channel" @click=${() => actions.openChannel(id)}>${channelIcon(11)}<bdi class="channel-name">${name}</bdi></button></li>`,
    )}
  </ul>`;
}

function logView(view: View): TemplateResult {
  const { state } = view;
  const messages = visibleMessages(state);
  const channel = openChannel(state);
  const waiting = state.pending.filter(
    (each) =>
      each.kind !== 'component' &&
      each.channelId === state.channelId &&
      each.personaId === state.personaId &&
      (each.kind === 'command' || each.failed !== undefined),
  );
  return html`<div class="log-start"><p class="log-title">Welcome to #<bdi>${channel?.name ?? ''}</bdi></p>
      <p class="muted">${channel?.topic ?? 'This is the start of the channel.'}</p></div>
    ${channel?.type === FORUM ? posts(view, channel.id) : nothing}
    ${repeat(messages, messageId, (seen, index) => {
      const before = messages[index - 1];
      return html`${day(view, before, seen)}${messageView(seen, view, continues(view, before, seen))}`;
    })}
    ${repeat(
      waiting,
      ({ nonce }) => nonce,
      (pending) => pendingView(pending, view),
    )}`;
}

/** The messages, kept at the newest for as long as the reader does not scroll away. */
export function createLog(host: HTMLElement): (view: View) => void {
  let follow = true;
  let touched = 0;
  let last: { readonly channel: string; readonly newest: string; readonly pending: number } | undefined;

  const touch = (): void => {
    touched = performance.now();
  };
  for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
    host.addEventListener(name, touch, { passive: true });
  host.addEventListener('scroll', () => {
    if (performance.now() - touched > OWN_SCROLL_MS) return;
    follow = host.scrollHeight - host.scrollTop - host.clientHeight < NEAR_END_PX;
  });
  host.addEventListener('keydown', (event) => moveFocus(event, '[data-message]'));

  /** To the end; or to the top of the newest message when it is taller than the window, so that reading starts there. */
  function reveal(): void {
    const newest = [...host.querySelectorAll<HTMLElement>('article')].at(-1);
    if (newest !== undefined && newest.offsetHeight > host.clientHeight) host.scrollTop = newest.offsetTop - 8;
    else host.scrollTop = host.scrollHeight;
  }
  const content = document.createElement('div');
  host.append(content);
  // Pictures get their height when they have loaded, and windows change theirs at any time.
  const resized = new ResizeObserver(() => follow && reveal());
  resized.observe(host);
  resized.observe(content);

  const marks = (state: State) => ({
    channel: state.channelId,
    newest: messageId(visibleMessages(state).at(-1) ?? { message: {} }),
    pending: state.pending.length,
  });

  return (view) => {
    const now = marks(view.state);
    // Whoever opens a channel or asks something wants to see what comes.
    if (last === undefined || now.channel !== last.channel || now.pending > last.pending) follow = true;
    last = now;
    render(logView(view), content);
    if (follow) reveal();
  };
}
