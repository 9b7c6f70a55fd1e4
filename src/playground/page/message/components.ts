import { html, nothing, type TemplateResult } from 'lit';
import { emojiOf } from '../commands.ts';
import { outIcon } from '../icons.ts';
import { safeHref } from '../markdown/inline.ts';
import { type MarkdownContext, markdown } from '../markdown/render.ts';
import { num, obj, objs, str, yes } from '../raw.ts';
import { defaultValues, SELECT_TYPES, selectOptions } from '../select-options.ts';
import { colourStyle, cssColour, type View } from '../view.ts';
import type { Raw } from '../wire.ts';
import { covered, fileCard, mediaUrl, picture } from './media.ts';

/** What the components of one message share. */
export interface ComponentContext {
  readonly view: View;
  readonly message: Raw;
  readonly markdown: MarkdownContext;
}

type Part = TemplateResult | typeof nothing;

const BUTTON_STYLES: Readonly<Record<number, string>> = {
  1: 'button-primary',
  2: 'button-secondary',
  3: 'button-success',
  4: 'button-danger',
  5: 'button-secondary',
  6: 'button-primary',
};

function waitsFor(context: ComponentContext, customId: string): boolean {
  const id = str(context.message, 'id');
  return context.view.state.pending.some(
    (each) => each.messageId === id && each.customId === customId && each.failed === undefined,
  );
}

function button(raw: Raw, context: ComponentContext): TemplateResult {
  const style = num(raw, 'style') ?? 2;
  const emoji = emojiOf(raw);
  const label = html`${emoji === undefined ? nothing : html`<span aria-hidden=${str(raw, 'label') ? 'true' : nothing}>${emoji}</span>`}<bdi>${str(raw, 'label') ?? ''}</bdi>`;
  const look = `button ${BUTTON_STYLES[style] ?? 'button-secondary'}`;
  const href = safeHref(str(raw, 'url') ?? '');
  if (style === 5) {
    if (href === undefined || yes(raw, 'disabled')) {
      return html`<button type="button" class=${look} disabled>${label}${outIcon}</button>`;
    }
    return html`<a class=${look} href=${href} target="_blank" rel="noopener noreferrer">${label}${outIcon}</a>`;
  }
  const customId = str(raw, 'custom_id') ?? '';
  const waiting = waitsFor(context, customId);
  const press = (): void => {
    if (!waiting) context.view.actions.press(str(context.message, 'id') ?? '', customId, 2);
  };
  // A waiting button stays enabled for the keyboard: disabling it would throw the focus to the top of the page.
  return html`<button type="button" class="${look} ${waiting ? 'button-waiting' : ''}" ?disabled=${yes(raw, 'disabled')}
    aria-busy=${waiting ? 'true' : nothing} aria-disabled=${waiting ? 'true' : nothing} @click=${press}>${label}</button>`;
}

function select(raw: Raw, context: ComponentContext): TemplateResult {
  const customId = str(raw, 'custom_id') ?? '';
  const waiting = waitsFor(context, customId);
  const picked = (event: CustomEvent<readonly string[]>): void =>
    context.view.actions.press(str(context.message, 'id') ?? '', customId, num(raw, 'type') ?? 3, event.detail);
  const placeholder = str(raw, 'placeholder') ?? 'Make a selection';
  return html`<chat-select class=${waiting ? 'select select-waiting' : 'select'} .options=${selectOptions(raw, context.view.state)}
    .defaults=${defaultValues(raw)} .min=${num(raw, 'min_values') ?? 1} .max=${num(raw, 'max_values') ?? 1}
    .placeholder=${placeholder} .label=${placeholder} .disabled=${yes(raw, 'disabled')} @picked=${picked}></chat-select>`;
}

function mediaOf(raw: Raw, key: string, message: Raw): string {
  return mediaUrl(str(obj(raw, key), 'url') ?? '', message);
}

function gallery(raw: Raw, context: ComponentContext): TemplateResult {
  const items = objs(raw, 'items');
  return html`<div class="gallery" data-count=${items.length}>
    ${items.map((item) =>
      covered(
        picture(mediaOf(item, 'media', context.message), str(item, 'description') ?? '', 'media-gallery'),
        yes(item, 'spoiler'),
      ),
    )}
  </div>`;
}

function file(raw: Raw, context: ComponentContext): TemplateResult {
  const url = mediaOf(raw, 'file', context.message);
  const asked = str(obj(raw, 'file'), 'url') ?? '';
  const upload = objs(context.message, 'attachments').find(
    (each) => str(each, 'url') === url || asked === `attachment://${str(each, 'filename')}`,
  );
  const name = str(raw, 'name') ?? str(upload, 'filename') ?? decodeURIComponent(url.split('/').at(-1) ?? 'file');
  return covered(fileCard(name, url, num(raw, 'size') ?? num(upload, 'size')), yes(raw, 'spoiler'));
}

function accessory(raw: Raw | undefined, context: ComponentContext): Part {
  if (raw === undefined) return nothing;
  if (num(raw, 'type') !== 11) return button(raw, context);
  const alt = str(raw, 'description') ?? '';
  return covered(picture(mediaOf(raw, 'media', context.message), alt, 'media-thumb'), yes(raw, 'spoiler'));
}

function container(raw: Raw, context: ComponentContext): TemplateResult {
  const colour = num(raw, 'accent_color');
  const style = colourStyle('border-inline-start-color', colour === undefined ? undefined : cssColour(colour));
  const inner = html`<div class=${colour === undefined ? 'container' : 'container container-accent'} .style=${style}>
    ${components(raw, context)}
  </div>`;
  return covered(inner, yes(raw, 'spoiler'));
}

function component(raw: Raw, context: ComponentContext): Part {
  const type = num(raw, 'type') ?? 0;
  switch (type) {
    case 1:
      return html`<div class="row">${components(raw, context)}</div>`;
    case 2:
      return button(raw, context);
    case 9:
      return html`<div class="section">
        <div class="section-text">${components(raw, context)}</div>
        <div class="section-accessory">${accessory(obj(raw, 'accessory'), context)}</div>
      </div>`;
    case 10:
      return markdown(str(raw, 'content') ?? '', context.markdown);
    case 12:
      return gallery(raw, context);
    case 13:
      return file(raw, context);
    case 14: {
      const size = num(raw, 'spacing') === 2 ? 'separator separator-large' : 'separator';
      return raw['divider'] === false ? html`<div class=${size}></div>` : html`<hr class=${size} />`;
    }
    case 17:
      return container(raw, context);
    default:
      if (SELECT_TYPES.includes(type)) return select(raw, context);
      return html`<p class="muted small">A component of type ${type} is not shown here.</p>`;
  }
}

/** The components under `components` of a message, a row, a section or a container. */
export const components = (parent: Raw, context: ComponentContext): Part[] =>
  objs(parent, 'components').map((raw) => component(raw, context));
