import { html, nothing, type TemplateResult } from 'lit';
import { type BreakageText, breakageTexts } from './breakages.ts';
import { breakIcon, channelIcon, menuIcon, themeIcon } from './icons.ts';
import { openChannel, type State } from './store.ts';
import { currentTheme } from './theme.ts';

export interface HeaderEvents {
  readonly toggleSidebar: () => void;
  readonly switchTheme: () => void;
  readonly breakThing: (thing: BreakageText) => void;
}

function status(state: State): TemplateResult {
  const text = state.connected ? `${state.bot.name} is ${state.bot.online ? 'online' : 'offline'}` : 'Connecting…';
  const look = !state.connected ? 'dot-waiting' : state.bot.online ? 'dot-online' : 'dot-offline';
  return html`<p class="status" role="status"><span class="dot ${look}" aria-hidden="true"></span>${text}</p>`;
}

/** The bar above the messages: which channel, whether the bot is there, the theme. */
export function headerView(state: State, sidebarOpen: boolean, on: HeaderEvents): TemplateResult {
  const channel = openChannel(state);
  const items = breakageTexts(state.bot.name).map((thing) => ({
    label: thing.label,
    hint: thing.effect,
    act: () => on.breakThing(thing),
  }));
  const other = currentTheme() === 'dark' ? 'light' : 'dark';
  return html`<button type="button" class="icon-button sidebar-toggle" aria-label="Channels and persona" aria-controls="sidebar"
      aria-expanded=${sidebarOpen} @click=${on.toggleSidebar}>${menuIcon}</button>
    ${channel === undefined ? nothing : channelIcon(channel.type)}
    <h1 class="channel-title" dir="auto">${channel?.name ?? 'Playground'}</h1>
    ${channel?.topic === undefined ? nothing : html`<p class="topic muted small" dir="auto">${channel.topic}</p>`}
    ${status(state)}
    <menu-button class="break-menu" .icon=${breakIcon} .items=${items} .label=${'Break something'}></menu-button>
    <button type="button" class="icon-button" aria-label="Switch to the ${other} theme" @click=${on.switchTheme}>${themeIcon}</button>`;
}
