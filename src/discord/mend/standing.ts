import { ComponentType, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { limits } from '../limits.ts';
import type { RowMark } from './rows.ts';
import { appendNotes, markText } from './rows.ts';

// A message as it stands, read back from Discord and sent again with other words in it.

type Json = Record<string, unknown>;
const json = z.record(z.string(), z.unknown());

/** What is read of a message of ours; everything else is left alone. */
export const standing = z.looseObject({
  id: z.string(),
  author: z.looseObject({ id: z.string() }),
  content: z.string().default(''),
  flags: z.number().default(0),
  embeds: z.array(json).default([]),
  components: z.array(json).default([]),
  message_reference: z.looseObject({ message_id: z.string().optional() }).nullish(),
});
export type Standing = z.infer<typeof standing>;

/** The fields of an edit: those that hold our words. */
export interface Edit {
  readonly flags: number;
  readonly allowed_mentions: { readonly parse: [] };
  readonly content?: string;
  readonly embeds?: readonly Json[];
  readonly components?: readonly Json[];
  /** Files that stay with the message. */
  readonly attachments?: readonly { readonly id: string; readonly filename: string }[];
}

/** One place in a message that holds lines. */
interface Slot {
  read(): string;
  write(text: string): void;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

function fieldSlot(holder: Json, field: string): readonly Slot[] {
  const text = holder[field];
  if (typeof text !== 'string' || text === '') return [];
  return [{ read: () => String(holder[field]), write: (next) => void (holder[field] = next) }];
}

/** Every component, those inside others included. */
function everyPart(parts: readonly Json[]): readonly Json[] {
  return parts.flatMap((part) => [
    part,
    ...everyPart(objects(part['components'])),
    ...everyPart(objects([part['accessory']])),
  ]);
}

/** The file of the message that a medium is; undefined where it lies elsewhere. */
function fileOf(media: unknown): { readonly id: string; readonly filename: string } | undefined {
  if (!isObject(media) || typeof media['url'] !== 'string' || typeof media['attachment_id'] !== 'string')
    return undefined;
  const filename = decodeURIComponent(new URL(media['url']).pathname.split('/').at(-1) ?? '');
  return { id: media['attachment_id'], filename };
}

/** Media as they are sent: a file that is with the message by its name, anything else by its address. */
function asSent(media: unknown): unknown {
  const file = fileOf(media);
  if (file) return { url: `attachment://${file.filename}` };
  return isObject(media) && typeof media['url'] === 'string' ? { url: media['url'] } : media;
}

const mediaOf = (part: Json): readonly unknown[] => [
  part['media'],
  part['file'],
  ...objects(part['items']).map((item) => item['media']),
];

/** Discord gives back more about media than it takes. */
function sendable(parts: readonly Json[]): void {
  for (const part of everyPart(parts)) {
    for (const key of ['media', 'file']) if (part[key] !== undefined) part[key] = asSent(part[key]);
    for (const item of objects(part['items'])) item['media'] = asSent(item['media']);
  }
}

const EMBED: readonly string[] = ['title', 'description', 'url', 'timestamp', 'color', 'fields'];
const only = (holder: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(holder).filter(([key]) => keys.includes(key)));

/** An embed as it is sent. */
function sendableEmbed(embed: Json): Json {
  const parts = {
    footer: ['text', 'icon_url'],
    author: ['name', 'url', 'icon_url'],
    image: ['url'],
    thumbnail: ['url'],
  };
  const kept = Object.entries(parts).flatMap(([key, keys]): readonly [string, unknown][] => {
    const part = embed[key];
    return isObject(part) ? [[key, 'attachment_id' in part ? asSent(part) : only(part, keys)]] : [];
  });
  return { ...only(embed, EMBED), ...Object.fromEntries(kept) };
}

const cost = (text: string): number => Buffer.byteLength(text) + limits.displayBytes;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Whether Discord takes this message. */
function fits(edit: Edit): boolean {
  if ((edit.flags & MessageFlags.IsComponentsV2) !== 0) {
    const texts = everyPart(edit.components ?? []).flatMap((p) =>
      p['type'] === ComponentType.TextDisplay ? [String(p['content'])] : [],
    );
    return sum(texts.map((t) => t.length)) <= limits.standingText && sum(texts.map(cost)) <= limits.standingBytes;
  }
  const embeds = edit.embeds ?? [];
  const long = (text: unknown, most: number): boolean => typeof text === 'string' && text.length > most;
  const all = JSON.stringify(embeds.map((e) => [e['title'], e['description'], e['fields'], e['footer'], e['author']]));
  return (
    !long(edit.content, limits.content) &&
    embeds.every((e) => !long(e['description'], 4096) && objects(e['fields']).every((f) => !long(f['value'], 1024))) &&
    (embeds.length === 0 || all.length <= 6_000)
  );
}

export interface Remade {
  /** What is to be sent; undefined where the message says it already. */
  readonly edit: Edit | undefined;
  /** Whether it fits into the message. */
  readonly fits: boolean;
  /** Entries whose taking back changed something that was marked here. */
  readonly marked: ReadonlySet<string>;
}

/** The message with these marks in it. */
export function remade(message: Standing, marks: readonly RowMark[]): Remade {
  const { content, embeds, components } = structuredClone({
    content: message.content,
    embeds: message.embeds,
    components: message.components,
  });
  const rich = (message.flags & MessageFlags.IsComponentsV2) !== 0;
  const holder: Json = { content };
  const slots = rich
    ? everyPart(components).flatMap((p) => (p['type'] === ComponentType.TextDisplay ? fieldSlot(p, 'content') : []))
    : [
        ...fieldSlot(holder, 'content'),
        ...embeds.flatMap((e) => [
          ...fieldSlot(e, 'description'),
          ...objects(e['fields']).flatMap((f) => fieldSlot(f, 'value')),
        ]),
      ];
  const before = slots.map((slot) => slot.read());
  const marked = new Set<string>();
  for (const mark of marks) {
    let [found, had] = [false, false];
    for (const slot of slots) {
      const next = markText(slot.read(), mark, !found);
      slot.write(next.text);
      found ||= next.found;
      had ||= next.had;
    }
    if (had) marked.add(mark.entry);
    // Not on the page that is shown now: somebody may have read it there all the same.
    if (!found && (!mark.back || had)) {
      const last =
        slots.findLast((s) =>
          s
            .read()
            .split('\n')
            .some((row) => /^ *- /.test(row)),
        ) ?? slots.at(-1);
      last?.write(appendNotes(last.read(), mark.notes));
    }
  }
  if (slots.every((slot, at) => slot.read() === before[at])) return { edit: undefined, fits: slots.length > 0, marked };
  const files = everyPart(components)
    .flatMap(mediaOf)
    .flatMap((media) => fileOf(media) ?? []);
  sendable(components);
  const edit: Edit = {
    flags: message.flags & (MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds),
    allowed_mentions: { parse: [] },
    ...(files.length > 0 && { attachments: files }),
    ...(rich
      ? { components }
      : { content: String(holder['content']), ...(embeds.length > 0 && { embeds: embeds.map(sendableEmbed) }) }),
  };
  return { edit, fits: fits(edit), marked };
}
