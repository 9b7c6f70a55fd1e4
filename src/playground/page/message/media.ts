import { html, nothing, type TemplateResult } from 'lit';
import { fileIcon } from '../icons.ts';
import { num, objs, str, yes } from '../raw.ts';
import type { Raw } from '../wire.ts';

/** Address of a picture or file once `attachment://name` has been looked up among the message's uploads. */
export function mediaUrl(url: string, message: Raw): string {
  const name = url.startsWith('attachment://') ? url.slice('attachment://'.length) : undefined;
  if (name === undefined) return url;
  const upload = objs(message, 'attachments').find((each) => str(each, 'filename') === name);
  return str(upload, 'url') ?? url;
}

/** Only what the playground itself serves is loaded: trying the bot must not tell anybody outside. */
function isOwn(url: string): boolean {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

/** A picture, with its alt text; one from elsewhere is named instead of fetched. */
export function picture(url: string, alt: string, shape: string): TemplateResult {
  if (isOwn(url)) {
    return html`<a class="media ${shape}" href=${url} target="_blank" rel="noopener"
      ><img src=${url} alt=${alt === '' ? 'Picture without a description' : alt} /></a>`;
  }
  return html`<span class="media media-elsewhere ${shape}" dir="auto">Picture not loaded (offline)${alt === '' ? '' : `: ${alt}`}</span>`;
}

/** The picture under a cover, when it is marked as a spoiler. */
export function covered(inner: TemplateResult, spoiler: boolean): TemplateResult {
  if (!spoiler) return inner;
  return html`<details class="media-spoiler"><summary>Spoiler</summary>${inner}</details>`;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB'];

/** "12.4 KB". */
export function fileSize(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** step).toFixed(step === 0 ? 0 : 2))} ${UNITS[step] ?? 'bytes'}`;
}

/** A file to download, as a card. */
export function fileCard(name: string, url: string, size: number | undefined): TemplateResult {
  return html`<div class="file">
    ${fileIcon}
    <div class="file-text">
      ${isOwn(url) ? html`<a class="md-link" href=${url} download=${name}><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`}
      ${size === undefined ? nothing : html`<span class="muted small">${fileSize(size)}</span>`}
    </div>
  </div>`;
}

/** What was uploaded with a message that has no Components V2; there, components place the uploads themselves. */
export function attachments(message: Raw): TemplateResult | typeof nothing {
  const embedded = new Set(
    objs(message, 'embeds').flatMap((embed) =>
      ['image', 'thumbnail'].flatMap((part) => str(embed[part] as Raw | undefined, 'url') ?? []),
    ),
  );
  const loose = objs(message, 'attachments').filter((each) => {
    const name = str(each, 'filename') ?? '';
    return !embedded.has(`attachment://${name}`) && !embedded.has(str(each, 'url') ?? '');
  });
  if (loose.length === 0) return nothing;
  return html`<div class="attachments">
    ${loose.map((each) => {
      const name = str(each, 'filename') ?? 'file';
      const url = str(each, 'url') ?? '';
      const isPicture = str(each, 'content_type')?.startsWith('image/') ?? /\.(png|jpe?g|gif|webp)$/i.test(name);
      const spoiler = name.startsWith('SPOILER_') || yes(each, 'is_spoiler');
      const inner = isPicture
        ? picture(url, str(each, 'description') ?? '', 'media-large')
        : fileCard(name, url, num(each, 'size'));
      return covered(inner, spoiler);
    })}
  </div>`;
}
