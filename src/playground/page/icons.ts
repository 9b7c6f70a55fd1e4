import { html, type TemplateResult } from 'lit';

/** Line icons, drawn for this page. All are decoration: what they mean is said in text beside them. */

export const hashIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 3 7 21M17 3l-2 18M4 8.5h17M3 15.5h17" /></svg>`;
export const newsIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 10v4h3l8 5V5l-8 5H4Zm15-1a4 4 0 0 1 0 6M8 14l1 6h3l-1-4" /></svg>`;
export const threadIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v10h-8l-5 4v-4H4zM8 9h8M8 12h5" /></svg>`;
export const forumIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 4h13v9H9l-4 3v-3H3zM10 16v1h6l4 3v-3h1V8h-3" /></svg>`;
export const menuIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 7h16M4 12h16M4 17h16" /></svg>`;
export const moreIcon = html`<svg class="icon icon-solid" viewBox="0 0 24 24" aria-hidden="true"><circle cx="5" cy="12" r="2" /><circle cx="12" cy="12" r="2" /><circle cx="19" cy="12" r="2" /></svg>`;
export const closeIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg>`;
export const sendIcon = html`<svg class="icon icon-solid" viewBox="0 0 24 24" aria-hidden="true"><path d="M3 20.5 22 12 3 3.5 3 10l12 2-12 2z" /></svg>`;
export const themeIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8" /><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" /></svg>`;
export const eyeIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M2 12c5-8 15-8 20 0-5 8-15 8-20 0Z" /><circle cx="12" cy="12" r="3" /></svg>`;
export const chevronIcon = html`<svg class="icon chevron" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9 6 6 6-6" /></svg>`;
export const outIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9" /></svg>`;
export const fileIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 2h8l5 5v15H6zM14 2v6h5" /></svg>`;
/** A cable pulled out. */
export const breakIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m3 21 4-4m2-8 6 6-3 3a4.2 4.2 0 0 1-6-6l3-3Zm12-6-4 4m-2-3 6 6m-8-3 2-2m1 5 2-2" /></svg>`;
export const warnIcon = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3 2 20h20zM12 10v5M12 17.5v.5" /></svg>`;

/** The sign in front of a channel's name. */
export function channelIcon(type: number): TemplateResult {
  if (type === 5) return newsIcon;
  if (type === 15) return forumIcon;
  return type === 10 || type === 11 || type === 12 ? threadIcon : hashIcon;
}
