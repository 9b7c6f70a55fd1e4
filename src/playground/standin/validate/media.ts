import type { Complaints, Path } from '../complaints.ts';
import { isObject, type JsonObject } from '../json.ts';

const ATTACHMENT = 'attachment://';

/** The file name of an `attachment://` url, else undefined. */
export function attachmentName(url: unknown): string | undefined {
  return typeof url === 'string' && url.startsWith(ATTACHMENT) ? url.slice(ATTACHMENT.length) : undefined;
}

/** Checks `{ url }` of a thumbnail, gallery item, file or embed image. `files` are the names it may refer to. */
export function checkMedia(
  issues: Complaints,
  of: JsonObject,
  key: string,
  path: Path,
  { files, attachmentOnly = false }: { files: ReadonlySet<string>; attachmentOnly?: boolean },
): void {
  const media = of[key];
  if (!isObject(media)) {
    issues.add([...path, key], 'BASE_TYPE_REQUIRED', 'This field is required');
    return;
  }
  const at = [...path, key];
  const url = issues.text(media, 'url', at, { min: 1, max: 2048, required: true });
  if (url === undefined) return;
  const name = attachmentName(url);
  if (name !== undefined) {
    if (!files.has(name)) {
      issues.add(
        [...at, 'url'],
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        `The referenced attachment "${name}" was not found`,
      );
    }
  } else if (attachmentOnly || !isWebUrl(url)) {
    const schemes = attachmentOnly ? "('attachment',)" : "('http', 'https', 'attachment')";
    issues.add(
      [...at, 'url'],
      'URL_TYPE_INVALID_SCHEME',
      `Scheme "${url.split(':')[0]}" is not supported. Must be one of ${schemes}.`,
    );
  }
}

export function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol } = new URL(text);
  return protocol === 'http:' || protocol === 'https:';
}
