import { isObject, type JsonObject, objectsIn } from './json.ts';
import { referred, resolvedMedia, urlOf } from './uploads.ts';
import { isWebUrl } from './validate/media.ts';
import type { StoredFile, World } from './world.ts';

/** What Discord makes of the components and embeds it was given: ids filled in, `attachment://` replaced by urls. */

export function renderedComponents(world: World, given: unknown, files: readonly StoredFile[]): JsonObject[] {
  const list = structuredClone(objectsIn(given));
  const taken = new Set<number>();
  everyPart(list, (part) => void (typeof part['id'] === 'number' && part['id'] > 0 && taken.add(part['id'])));
  let next = 1;
  everyPart(list, (part) => {
    if (typeof part['id'] !== 'number' || part['id'] === 0) {
      while (taken.has(next)) next++;
      part['id'] = next++;
    }
    for (const key of ['media', 'file']) if (isObject(part[key])) part[key] = resolvedMedia(world, part[key], files);
    for (const item of objectsIn(part['items'])) {
      item['media'] = resolvedMedia(world, item['media'], files);
      fillIn(item, { description: null, spoiler: false });
    }
    fillIn(part, DEFAULTS[Number(part['type'])] ?? {});
    if (part['type'] === 13) {
      const file = files.find((one) => isObject(part['file']) && part['file']['attachment_id'] === one.id);
      if (file !== undefined) Object.assign(part, { name: file.name, size: file.data.length });
    }
  });
  return list;
}

/** What Discord fills in for fields that were left out, by component type. */
const DEFAULTS: Readonly<Record<number, JsonObject>> = {
  11: { description: null, spoiler: false },
  13: { spoiler: false },
  14: { divider: true, spacing: 1 },
  17: { accent_color: null, spoiler: false },
};

function fillIn(part: JsonObject, defaults: JsonObject): void {
  for (const [key, value] of Object.entries(defaults)) part[key] ??= value;
}

function everyPart(list: readonly JsonObject[], visit: (part: JsonObject) => void): void {
  for (const part of list) {
    visit(part);
    everyPart(objectsIn(part['components']), visit);
    if (isObject(part['accessory'])) everyPart([part['accessory']], visit);
  }
}

export function renderedEmbeds(world: World, given: unknown, files: readonly StoredFile[]): JsonObject[] {
  return objectsIn(given).map((embed) => {
    const out: JsonObject = { type: 'rich', ...structuredClone(embed), content_scan_version: 0 };
    for (const key of ['title', 'description']) if (typeof out[key] === 'string') out[key] = out[key].trim();
    for (const field of objectsIn(out['fields'])) fillIn(field, { inline: false });
    for (const key of ['image', 'thumbnail']) if (isObject(out[key])) out[key] = resolvedMedia(world, out[key], files);
    for (const key of ['author', 'footer']) {
      const part = out[key];
      const icon = isObject(part) ? referred(part['icon_url'], files) : undefined;
      if (isObject(part) && icon !== undefined) {
        part['icon_url'] = urlOf(world, icon);
      }
    }
    return Object.fromEntries(Object.entries(out).filter(([, value]) => value !== null && value !== undefined));
  });
}

/** Files that no embed shows: only these stay in `attachments`. */
export function looseFiles(files: readonly StoredFile[], embeds: unknown): StoredFile[] {
  const shown = new Set<StoredFile>();
  for (const embed of objectsIn(embeds)) {
    const urls = ['image', 'thumbnail'].map((key) => (isObject(embed[key]) ? embed[key]['url'] : undefined));
    for (const key of ['author', 'footer']) urls.push(isObject(embed[key]) ? embed[key]['icon_url'] : undefined);
    for (const url of urls) {
      const file =
        referred(url, files) ??
        files.find((one) => typeof url === 'string' && isWebUrl(url) && url.includes(`/${one.id}/`));
      if (file !== undefined) shown.add(file);
    }
  }
  return files.filter((file) => !shown.has(file));
}
