import { isObject, type JsonObject, objectsIn, textOf } from './json.ts';
import type { StoredFile, World } from './world.ts';

/** A file as it came in a multipart body; `index` is the n of `files[n]`. */
export interface Upload {
  readonly index: number;
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
}

/** Discord's name for an uploaded file: spaces become underscores, everything unusual goes. */
export function storedName(name: string): string {
  return name.replaceAll(/\s+/g, '_').replaceAll(/[^\w.-]/g, '') || 'unknown';
}

/** Every name under which `attachment://` may refer to a file. */
export function namesOf(files: readonly { name: string; original?: string }[]): Set<string> {
  return new Set(
    files.flatMap((file) => [file.name, storedName(file.name), ...(file.original ? [file.original] : [])]),
  );
}

/** Keeps the uploads of a message; `listed` is its `attachments` field, which describes them by index. */
export function storeUploads(
  world: World,
  channelId: string,
  uploads: readonly Upload[],
  listed: unknown,
): StoredFile[] {
  return uploads.map((upload) => {
    const entry = objectsIn(listed).find((one) => String(one['id']) === String(upload.index));
    const description = textOf(entry?.['description']);
    return storeFile(world, channelId, upload, { description, name: textOf(entry?.['filename']) });
  });
}

export function storeFile(
  world: World,
  channelId: string,
  upload: { name: string; contentType: string; data: Buffer },
  more: { description?: string | undefined; name?: string | undefined } = {},
): StoredFile {
  const file: StoredFile = {
    id: world.ids.next(),
    name: storedName(more.name ?? upload.name),
    original: upload.name,
    data: upload.data,
    contentType: upload.contentType,
    channelId,
    ...(more.description ? { description: more.description } : {}),
  };
  world.files.set(file.id, file);
  return file;
}

/** Which files of a message an edit keeps: all without an `attachments` field, else those that it lists by id. */
export function keptFiles(files: readonly StoredFile[], listed: unknown): readonly StoredFile[] {
  if (listed === undefined) return files;
  const ids = new Set(objectsIn(listed).map((one) => String(one['id'])));
  return files.filter((file) => ids.has(file.id));
}

export function urlOf(world: World, file: StoredFile): string {
  return `${world.base}/cdn/attachments/${file.channelId}/${file.id}/${file.name}`;
}

export function rawAttachment(world: World, file: StoredFile): JsonObject {
  const url = urlOf(world, file);
  return {
    id: file.id,
    filename: file.name,
    size: file.data.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...sizeOf(file),
    ...(file.description === undefined ? {} : { description: file.description }),
  };
}

/** `{ url }` as Discord gives it back: an `attachment://` reference becomes the url of the file. */
export function resolvedMedia(world: World, media: unknown, files: readonly StoredFile[]): unknown {
  if (!isObject(media)) return media;
  const file = referred(media['url'], files);
  if (file === undefined) return { id: world.ids.next(), ...media, proxy_url: media['url'] };
  const url = urlOf(world, file);
  return {
    ...media,
    id: file.id,
    url,
    proxy_url: url,
    content_type: file.contentType,
    attachment_id: file.id,
    ...sizeOf(file),
  };
}

/** The file that an `attachment://` url names. */
export function referred(url: unknown, files: readonly StoredFile[]): StoredFile | undefined {
  if (typeof url !== 'string' || !url.startsWith('attachment://')) return undefined;
  const name = url.slice('attachment://'.length);
  return files.findLast((file) => file.name === name || file.original === name);
}

/** Width and height from the header of a PNG; other pictures are served without. */
function sizeOf(file: StoredFile): JsonObject {
  const { data } = file;
  if (data.length < 24 || data.toString('latin1', 1, 4) !== 'PNG') return {};
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}
