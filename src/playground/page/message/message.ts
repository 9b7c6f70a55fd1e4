import { html, nothing, type TemplateResult } from 'lit';
import { messageCommandsOf } from '../commands.ts';
import { eyeIcon, moreIcon, warnIcon } from '../icons.ts';
import { markdown } from '../markdown/render.ts';
import { MenuButton } from '../menu-button.ts';
import { obj, objs, str, yes } from '../raw.ts';
import { Flag, flagsOf, messageId, type Pending, personaOf } from '../store.ts';
import { fullMoment, messageTime, type Reader, sameDay } from '../time.ts';
import { colourStyle, initials, markdownContext, type View } from '../view.ts';
import type { Raw, SeenMessage } from '../wire.ts';
import { components } from './components.ts';
import { embedView } from './embed.ts';
import { attachments } from './media.ts';

type Part = TemplateResult | typeof nothing;

interface Author {
  readonly name: string;
  readonly colour: string;
  readonly isApp: boolean;
  readonly role?: string;
}

const APP_COLOUR = '#5865f2';

function authorOf(view: View, message: Raw): Author {
  const raw = obj(message, 'author');
  const id = str(raw, 'id') ?? '';
  if (id === view.state.bot.id) return { name: view.state.bot.name, colour: APP_COLOUR, isApp: true };
  const persona = personaOf(view.state, id);
  if (persona !== undefined) {
    return { name: persona.name, colour: persona.colour, isApp: false, role: persona.role };
  }
  const name = str(raw, 'global_name') ?? str(raw, 'username') ?? 'Unknown';
  return { name, colour: APP_COLOUR, isApp: yes(raw, 'bot') };
}

const avatar = (name: string, colour: string): TemplateResult =>
  html`<span class="avatar" .style=${colourStyle('background', colour)} aria-hidden="true">${initials(name)}</span>`;

/** When a message was posted, in milliseconds; by the playground's clock where the server says so. */
export const timeOf = (seen: SeenMessage): number => Date.parse(seen.moment ?? str(seen.message, 'timestamp') ?? '');

/** Times beside messages count from the clock by which they were posted. */
export const stampReader = (view: View, seen: SeenMessage): Reader =>
  seen.moment === undefined ? { ...view.reader, now: Date.now() } : view.reader;

const TOGETHER_MS = 7 * 60_000;

/** Whether a message stands under the one before without naming its author again. */
export function continues(view: View, before: SeenMessage | undefined, seen: SeenMessage): boolean {
  if (before === undefined || seen.invokedBy !== undefined || before.onlyFor !== seen.onlyFor) return false;
  if (seen.message['message_reference'] !== undefined) return false;
  const [then, now] = [timeOf(before), timeOf(seen)];
  const author = str(obj(seen.message, 'author'), 'id');
  return (
    author === str(obj(before.message, 'author'), 'id') && now - then < TOGETHER_MS && sameDay(then, now, view.reader)
  );
}

function command(view: View, personaId: string, line: string): TemplateResult {
  const persona = personaOf(view.state, personaId);
  return html`<p class="invoked">
    <span class="invoked-who">${persona?.name ?? 'Somebody'}</span> used
    <bdi class="invoked-line">${line}</bdi>
  </p>`;
}

function dots(text: string): TemplateResult {
  return html`<p class="thinking"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${text}</p>`;
}

function body(seen: SeenMessage, view: View): TemplateResult {
  const { message } = seen;
  const flags = flagsOf(message);
  if ((flags & Flag.loading) !== 0) return dots(`${view.state.bot.name} is thinking…`);
  const context = markdownContext(view, message);
  const parts = components(message, { view, message, markdown: context });
  if ((flags & Flag.componentsV2) !== 0) return html`<div class="v2">${parts}</div>`;
  const content = str(message, 'content') ?? '';
  return html`${content === '' ? nothing : markdown(content, context)}
    ${attachments(message)}
    ${objs(message, 'embeds').map((embed) => embedView(embed, message, context))}
    ${parts.length === 0 ? nothing : html`<div class="rows">${parts}</div>`}`;
}

function failures(seen: SeenMessage, view: View): Part[] {
  return view.state.pending
    .filter((each) => each.messageId === messageId(seen) && each.failed !== undefined)
    .map((each) => failure(each, view));
}

function failure(pending: Pending, view: View): TemplateResult {
  return html`<p class="failure" role="alert">${warnIcon} ${pending.failed}
    <button type="button" class="link-button" @click=${() => view.actions.forget(pending.nonce)}>Dismiss message</button></p>`;
}

function ephemeral(seen: SeenMessage, view: View): Part {
  if ((flagsOf(seen.message) & Flag.ephemeral) === 0) return nothing;
  return html`<p class="ephemeral-note">${eyeIcon} Only you can see this ·
    <button type="button" class="link-button" @click=${() => view.actions.dismiss(messageId(seen))}>Dismiss message</button></p>`;
}

function menu(seen: SeenMessage, view: View, author: string): Part {
  const apps = messageCommandsOf(view.state.commands);
  if (apps.length === 0 || seen.onlyFor !== undefined) return nothing;
  const items = apps.map(({ id, name }) => ({
    label: name,
    act: () => view.actions.useOnMessage(id, name, messageId(seen)),
  }));
  return html`<menu-button class="message-menu" .icon=${moreIcon} .items=${items} .label=${`Apps for the message by ${author}`}></menu-button>`;
}

/** What has a menu of the browser's own that a person may want: links, pictures, inputs, selected text. */
const OWN_MENU = 'a, button, img, input, textarea, video, chat-select, menu-button';

/** Right click, or the menu key while the message has the focus. */
function openMenu(event: Event): void {
  const { currentTarget: article, target } = event;
  if (!(article instanceof Element) || !(target instanceof Element)) return;
  const menuButton = article.querySelector('.message-menu');
  const selected = document.getSelection()?.isCollapsed === false;
  if (!(menuButton instanceof MenuButton) || selected || target.closest(OWN_MENU) !== null) return;
  event.preventDefault();
  menuButton.show();
}

function reply(seen: SeenMessage, view: View): Part {
  const referenced = obj(seen.message, 'referenced_message');
  if (referenced === undefined) return nothing;
  const text = str(referenced, 'content') ?? '';
  return html`<p class="invoked">Reply to <span class="invoked-who">${authorOf(view, referenced).name}</span>
    <bdi class="reply-text">${text === '' ? 'Click to see the message' : text.slice(0, 120)}</bdi></p>`;
}

/** One message. `compact` leaves out picture and name, which stand above it already. */
export function messageView(seen: SeenMessage, view: View, compact: boolean): TemplateResult {
  const { message } = seen;
  const author = authorOf(view, message);
  const at = timeOf(seen);
  const reader = stampReader(view, seen);
  const isEphemeral = (flagsOf(message) & Flag.ephemeral) !== 0;
  const nameId = `author-${messageId(seen)}`;
  const time = Number.isNaN(at)
    ? nothing
    : html`<time class="stamp" datetime=${new Date(at).toISOString()} title=${fullMoment(at, reader)}>${messageTime(at, reader)}</time>`;
  return html`<article class="message ${compact ? 'message-compact' : ''} ${isEphemeral ? 'message-ephemeral' : ''}"
    tabindex="-1" data-message aria-labelledby=${nameId} @contextmenu=${openMenu}>
    ${seen.invokedBy === undefined ? reply(seen, view) : command(view, seen.invokedBy.personaId, seen.invokedBy.line)}
    ${compact ? nothing : avatar(author.name, author.colour)}
    <div class="message-main">
      <div class=${compact ? 'visually-hidden' : 'message-head'} id=${nameId}>
        <span class="author" dir="auto">${author.name}</span>
        ${author.isApp ? html`<span class="app-tag">APP</span>` : nothing}
        ${author.role === undefined ? nothing : html`<span class="role-tag">${author.role}</span>`} ${time}
        ${str(message, 'edited_timestamp') === undefined ? nothing : html`<span class="stamp">(edited)</span>`}
      </div>
      ${body(seen, view)} ${failures(seen, view)} ${ephemeral(seen, view)}
    </div>
    ${menu(seen, view, author.name)}
  </article>`;
}

/** A command that was sent and has no answer yet, or will have none. */
export function pendingView(pending: Pending, view: View): TemplateResult {
  const { bot } = view.state;
  return html`<article class="message message-ephemeral" aria-label=${`${bot.name}: ${pending.failed ?? 'is thinking'}`}>
    ${pending.line === undefined ? nothing : command(view, pending.personaId, pending.line)}
    ${avatar(bot.name, APP_COLOUR)}
    <div class="message-main">
      <div class="message-head"><span class="author">${bot.name}</span> <span class="app-tag">APP</span></div>
      ${pending.failed === undefined ? dots(`${bot.name} is thinking…`) : failure(pending, view)}
      ${pending.failed === undefined ? nothing : html`<p class="ephemeral-note">${eyeIcon} Only you can see this</p>`}
    </div>
  </article>`;
}
