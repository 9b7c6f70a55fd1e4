import { html, nothing, type TemplateResult } from 'lit';
import { safeHref } from '../markdown/inline.ts';
import { type MarkdownContext, markdown, markdownLine } from '../markdown/render.ts';
import { num, obj, objs, str, yes } from '../raw.ts';
import { messageTime } from '../time.ts';
import { colourStyle, cssColour } from '../view.ts';
import type { Raw } from '../wire.ts';
import { mediaUrl, picture } from './media.ts';

type Part = TemplateResult | typeof nothing;

function embedPicture(embed: Raw, part: 'image' | 'thumbnail', message: Raw): Part {
  const raw = obj(embed, part);
  const url = str(raw, 'url');
  if (url === undefined) return nothing;
  const name = url.split('/').at(-1);
  const upload = objs(message, 'attachments').find((each) => str(each, 'filename') === name);
  const alt = str(raw, 'description') ?? str(upload, 'description') ?? '';
  return html`<div class="embed-${part}">${picture(mediaUrl(url, message), alt, 'media-embed')}</div>`;
}

function title(embed: Raw, context: MarkdownContext): Part {
  const text = str(embed, 'title');
  if (text === undefined) return nothing;
  const href = safeHref(str(embed, 'url') ?? '');
  const line = markdownLine(text, context);
  return html`<h3 class="embed-title" dir="auto">
    ${href === undefined ? line : html`<a class="md-link" href=${href} target="_blank" rel="noopener noreferrer">${line}</a>`}
  </h3>`;
}

function footer(embed: Raw, context: MarkdownContext): Part {
  const text = str(obj(embed, 'footer'), 'text');
  const stamp = str(embed, 'timestamp');
  const at = stamp === undefined ? Number.NaN : Date.parse(stamp);
  if (text === undefined && Number.isNaN(at)) return nothing;
  const time = Number.isNaN(at) ? [] : [messageTime(at, context.reader)];
  return html`<p class="embed-footer" dir="auto">${[...(text === undefined ? [] : [text]), ...time].join(' • ')}</p>`;
}

/** One embed of a message. */
export function embedView(embed: Raw, message: Raw, context: MarkdownContext): TemplateResult {
  const colour = num(embed, 'color');
  const author = str(obj(embed, 'author'), 'name');
  const description = str(embed, 'description');
  const fields = objs(embed, 'fields');
  return html`<div class="embed" .style=${colourStyle('border-inline-start-color', colour === undefined ? undefined : cssColour(colour))}>
    <div class="embed-body">
      ${author === undefined ? nothing : html`<p class="embed-author" dir="auto">${author}</p>`}
      ${title(embed, context)}
      ${description === undefined ? nothing : markdown(description, context)}
      ${
        fields.length === 0
          ? nothing
          : html`<div class="embed-fields">
              ${fields.map(
                (field) => html`<div class=${yes(field, 'inline') ? 'embed-field embed-field-inline' : 'embed-field'}>
                  <p class="embed-field-name" dir="auto">${markdownLine(str(field, 'name') ?? '', context)}</p>
                  ${markdown(str(field, 'value') ?? '', context)}
                </div>`,
              )}
            </div>`
      }
      ${embedPicture(embed, 'image', message)} ${footer(embed, context)}
    </div>
    ${embedPicture(embed, 'thumbnail', message)}
  </div>`;
}
