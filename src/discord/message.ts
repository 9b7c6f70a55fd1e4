import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import type { Document, TextFile } from '../briefing/document.ts';
import { plainLabel } from './escape.ts';
import { limits } from './limits.ts';
import type { Page } from './pack.ts';

/** The body of a message as it is sent or edited: nobody is ever mentioned by it. */
export interface MessageBody {
  /** Bits of MessageFlags. */
  readonly flags: number;
  readonly content?: string;
  readonly components: APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: [] };
  /** The files that stay with the message, by their place in `files`; an empty list takes earlier ones away. */
  readonly attachments?: readonly { readonly id: string; readonly filename: string; readonly description: string }[];
  /** Sent beside the JSON, not in it; see `createWire`. */
  readonly files?: readonly { readonly name: string; readonly data: Buffer }[];
}

/** A picture as it is attached: its name with extension, its bytes, and what it shows in words. */
export interface Picture {
  readonly name: string;
  readonly data: Buffer;
  readonly alt: string;
}

/** custom_ids of the buttons under one page. */
export interface ButtonIds {
  turn(to: 'previous' | 'here' | 'next', page: number): string;
  follow(at: number): string;
  act(at: number): string;
}

const COLOURS: Record<Document['kind'], number> = {
  brief: 0x2f6690,
  changes: 0x3a7d44,
  timeline: 0x2f6690,
  casualties: 0x6d597a,
  map: 0x2f6690,
  sources: 0x5c677d,
  entry: 0x5c677d,
  history: 0x5c677d,
  situations: 0x5c677d,
  help: 0x5c677d,
  catchup: 0x3a7d44,
  why: 0x5c677d,
  export: 0x5c677d,
  draft: 0xb7791f,
  review: 0xb7791f,
  desk: 0x5c677d,
  log: 0x5c677d,
  digest: 0x2f6690,
  source: 0x5c677d,
};

type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  success: ButtonStyle.Success,
  secondary: ButtonStyle.Secondary,
} as const;

function button(
  label: string,
  id: string,
  { disabled = false, style = 'secondary' }: { readonly disabled?: boolean; readonly style?: keyof typeof STYLES } = {},
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    label: plainLabel(label, limits.buttonLabel),
    custom_id: id,
    ...(disabled ? { disabled } : {}),
  };
}

/** The rows under a page: turning pages, what can be done, and what can be asked next. Page numbers count from 0. */
export function buttonRows(document: Document, page: number, pages: number, ids: ButtonIds): ButtonRow[] {
  const rows: ButtonRow[] = [];
  if (pages > 1) {
    rows.push({
      type: ComponentType.ActionRow,
      components: [
        button('Previous', ids.turn('previous', Math.max(page - 1, 0)), { disabled: page === 0 }),
        button(`Page ${page + 1} of ${pages}`, ids.turn('here', page), { disabled: true }),
        button('Next', ids.turn('next', Math.min(page + 1, pages - 1)), { disabled: page === pages - 1 }),
      ],
    });
  }
  const acts = (document.acts ?? []).map(({ label, style, last }, at) => ({
    last,
    button: button(label, ids.act(at), style ? { style } : {}),
  }));
  const next = [
    ...acts.filter((act) => !act.last).map((act) => act.button),
    ...(document.follows ?? []).map(({ label }, at) => button(label, ids.follow(at))),
    ...acts.filter((act) => act.last).map((act) => act.button),
  ].slice(0, limits.buttons);
  for (let from = 0; from < next.length; from += limits.buttonsPerRow)
    rows.push({ type: ComponentType.ActionRow, components: next.slice(from, from + limits.buttonsPerRow) });
  return rows;
}

/** What goes with a page: a picture above its first section, a file under its last. */
export interface Attached {
  readonly picture?: Picture | undefined;
  readonly file?: TextFile | undefined;
}

/** One page as a message of components V2. */
export function richMessage(
  document: Document,
  page: Page,
  rows: readonly ButtonRow[],
  { picture, file }: Attached = {},
): MessageBody {
  const inside: APIComponentInContainer[] = [];
  for (const [at, { role, text }] of page.displays.entries()) {
    const before = page.displays[at - 1]?.role;
    if (before !== undefined && before !== role)
      inside.push({ type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small });
    inside.push({ type: ComponentType.TextDisplay, content: text });
    if (at === 0 && picture)
      inside.push({
        type: ComponentType.MediaGallery,
        items: [{ media: { url: `attachment://${picture.name}` }, description: picture.alt }],
      });
  }
  if (file) inside.push({ type: ComponentType.File, file: { url: `attachment://${file.name}` } });
  const body: MessageBody = {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, accent_color: COLOURS[document.kind], components: inside }, ...rows],
    allowed_mentions: { parse: [] },
  };
  const files = [
    ...(picture ? [picture] : []),
    ...(file
      ? [{ name: file.name, data: Buffer.from(file.text), alt: plainLabel(document.title, limits.altText) }]
      : []),
  ];
  if (files.length === 0) return document.drawing ? { ...body, attachments: [] } : body;
  return {
    ...body,
    attachments: files.map(({ name, alt }, at) => ({ id: String(at), filename: name, description: alt })),
    files: files.map(({ name, data }) => ({ name, data })),
  };
}
