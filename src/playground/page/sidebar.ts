import { html, nothing, type TemplateResult } from 'lit';
import { channelIcon } from './icons.ts';
import { moveFocus } from './keys.ts';
import { personaOf, type State, visibleChannels } from './store.ts';
import { colourStyle, initials } from './view.ts';

export interface SidebarEvents {
  readonly openChannel: (id: string) => void;
  readonly actAs: (personaId: string) => void;
}

/** Channels, and who one is. */
export function sidebarView(state: State, on: SidebarEvents): TemplateResult {
  const persona = personaOf(state, state.personaId);
  return html`<p class="guild" dir="auto">${state.guild.name}</p>
    <ul class="channels" @keydown=${(event: KeyboardEvent) => moveFocus(event, '.channel')}>
      ${visibleChannels(state).map((channel) => {
        const current = channel.id === state.channelId;
        const unread = state.unread.has(channel.id);
        return html`<li><button type="button" class="channel ${unread ? 'channel-unread' : ''}" aria-current=${current ? 'page' : nothing}
          tabindex=${current ? '0' : '-1'} @click=${() => on.openChannel(channel.id)}>
          ${channelIcon(channel.type)}<bdi class="channel-name">${channel.name}</bdi>
          ${unread ? html`<span class="visually-hidden">, new messages</span>` : nothing}
        </button></li>`;
      })}
    </ul>
    <div class="user">
      <span class="avatar avatar-small" .style=${colourStyle('background', persona?.colour)} aria-hidden="true">${initials(persona?.name ?? '')}</span>
      <label class="user-label">Act as
        <select class="input input-small" @change=${(event: Event) => on.actAs((event.target as HTMLSelectElement).value)}>
          ${state.personas.map(
            ({ id, name, role }) =>
              html`<option value=${id} .selected=${id === state.personaId}>${name} (${role})</option>`,
          )}
        </select>
      </label>
    </div>`;
}
