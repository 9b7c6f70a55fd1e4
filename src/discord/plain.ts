import { MessageFlags } from 'discord-api-types/v10';
import type { TextFile } from '../briefing/document.ts';
import { cut, escapeText } from './escape.ts';
import { limits } from './limits.ts';
import type { buttonRows, MessageBody } from './message.ts';
import type { Page } from './pack.ts';

/** One page, packed within PLAIN, as a message without components V2: used where Discord refuses the richer form. */
export function plainMessage(page: Page, rows: ReturnType<typeof buttonRows>, file?: TextFile): MessageBody {
  return {
    flags: MessageFlags.SuppressEmbeds,
    content: page.displays.map(({ text }) => text).join('\n'),
    components: rows,
    allowed_mentions: { parse: [] },
    ...(file && {
      attachments: [{ id: '0', filename: file.name, description: file.name }],
      files: [{ name: file.name, data: Buffer.from(file.text) }],
    }),
  };
}

/** A short answer in words; `markdown` is already safe. */
export function notice(markdown: string): MessageBody {
  return {
    flags: MessageFlags.SuppressEmbeds,
    content: markdown.length <= limits.content ? markdown : escapeText(cut(markdown, limits.content / 2)),
    components: [],
    allowed_mentions: { parse: [] },
  };
}
