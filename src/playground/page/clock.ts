import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { CLOCK_LOCALE, instantOf, zonedInput } from './time.ts';
import type { ClockState } from './wire.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const STEPS: readonly (readonly [string, number])[] = [
  ['+1 h', HOUR],
  ['+6 h', 6 * HOUR],
  ['+1 day', 24 * HOUR],
];

const moment = (now: number, zone: string): string =>
  new Intl.DateTimeFormat(CLOCK_LOCALE, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(now);

/** "Asia/Damascus" → "Damascus". */
const placeOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** How long the bot can be switched off, in hours. */
const OFF = 3;

/** The playground's clock at `now` (milliseconds), with ways to move it. `move` takes an ISO instant, and whether the bot is off until then. */
export function clockView(clock: ClockState, now: number, move: (to: string, off: boolean) => void): TemplateResult {
  const go = (at: number, off = false): void => move(new Date(at - (at % MINUTE)).toISOString(), off);
  const jump = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const at = instantOf(form.querySelector('input')?.value ?? '', clock.zone);
    // Back to showing the running clock; as long as something is typed, ticking must not overwrite it.
    form.reset();
    if (at !== undefined) go(at);
  };
  const mark = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    if (select.value !== '') move(select.value, false);
  };
  return html`<section class="clock" aria-label="Clock of the playground" aria-busy=${clock.moving}>
    <p class="clock-now"><time datetime=${new Date(now).toISOString()}>${moment(now, clock.zone)}</time> <span class="muted">${clock.zone}</span>
      <span class="clock-busy" role="status">${clock.moving ? 'Moving the clock…' : ''}</span></p>
    <p class="clock-what muted small">The sample situation as it was known at this moment.</p>
    <div class="clock-tools">
      ${STEPS.map(
        ([
          label,
          by,
        ]) => html`<button type="button" class="button button-secondary button-small" ?disabled=${clock.moving}
          @click=${() => go(now + by)}>${label}</button>`,
      )}
      <button type="button" class="button button-secondary button-small" ?disabled=${clock.moving}
        title="As if the bot had not been running: what was due comes late, as one digest" @click=${() => go(now + OFF * HOUR, true)}>Bot off for ${OFF} h</button>
      ${
        clock.marks.length === 0
          ? nothing
          : html`<select class="input input-small" aria-label="Jump to a moment of the sample" ?disabled=${clock.moving} .value=${live('')} @change=${mark}>
              <option value="">Jump to…</option>
              ${clock.marks.map(({ label, at }) => html`<option value=${at}>${label}</option>`)}
            </select>`
      }
      <form class="clock-jump" @submit=${jump}>
        <input class="input input-small" type="datetime-local" aria-label="Date and time (${clock.zone})" .defaultValue=${zonedInput(now, clock.zone)}
          ?disabled=${clock.moving} required />
        <span class="muted small" aria-hidden="true">${placeOf(clock.zone)} time</span>
        <button type="submit" class="button button-secondary button-small" ?disabled=${clock.moving}>Go</button>
      </form>
    </div>
  </section>`;
}
