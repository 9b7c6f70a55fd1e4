import type { Complaints, Path } from '../complaints.ts';
import { isObject, type JsonObject, lengthOf, objectsIn, textOf } from '../json.ts';
import { checkMedia, isWebUrl } from './media.ts';

/** Characters of one embed that count towards the 6000 of a message; white space at the ends is trimmed first. */
export function embedLength(embed: JsonObject): number {
  const within = (key: string, field: string) => (isObject(embed[key]) ? embed[key][field] : undefined);
  const texts = [embed['title'], embed['description'], within('footer', 'text'), within('author', 'name')];
  for (const field of objectsIn(embed['fields'])) texts.push(field['name'], field['value']);
  return texts.reduce<number>((sum, text) => sum + lengthOf((textOf(text) ?? '').trim()), 0);
}

/** Checks the `embeds` of a message: each part, and 6000 characters over all of them. */
export function checkEmbeds(issues: Complaints, body: JsonObject, path: Path, files: ReadonlySet<string>): void {
  const embeds = issues.objects(body, 'embeds', path, { max: 10 });
  for (const { at, item } of embeds) checkEmbed(issues, item, [...path, 'embeds', at], files);
  if (embeds.reduce((sum, { item }) => sum + embedLength(item), 0) > 6000) {
    issues.add([...path, 'embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  }
}

function checkEmbed(issues: Complaints, given: JsonObject, path: Path, files: ReadonlySet<string>): void {
  const embed = trimmed(given);
  issues.text(embed, 'title', path, { max: 256 });
  issues.text(embed, 'description', path, { max: 4096 });
  issues.integer(embed, 'color', path, { min: 0, max: 0xff_ff_ff });
  checkUrl(issues, embed, 'url', path);
  const { timestamp } = embed;
  if (typeof timestamp === 'string' && Number.isNaN(Date.parse(timestamp))) {
    issues.add([...path, 'timestamp'], 'DATE_TIME_TYPE_PARSE', `Could not parse ${timestamp}. Should be ISO8601.`);
  }
  for (const { at, item } of issues.objects(embed, 'fields', path, { max: 25 })) {
    const field = trimmed(item);
    issues.text(field, 'name', [...path, 'fields', at], { min: 1, max: 256, required: true });
    issues.text(field, 'value', [...path, 'fields', at], { min: 1, max: 1024, required: true });
    issues.truth(field, 'inline', [...path, 'fields', at]);
  }
  if (isObject(embed['footer'])) {
    issues.text(trimmed(embed['footer']), 'text', [...path, 'footer'], { min: 1, max: 2048, required: true });
  }
  if (isObject(embed['author'])) {
    issues.text(trimmed(embed['author']), 'name', [...path, 'author'], { min: 1, max: 256, required: true });
    checkUrl(issues, embed['author'], 'url', [...path, 'author']);
  }
  for (const key of ['image', 'thumbnail']) if (isObject(embed[key])) checkMedia(issues, embed, key, path, { files });
}

function checkUrl(issues: Complaints, of: JsonObject, key: string, path: Path): void {
  const url = issues.text(of, key, path, { max: 2048 });
  if (url && !isWebUrl(url)) issues.add([...path, key], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
}

function trimmed(of: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(of).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]),
  );
}
