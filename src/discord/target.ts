import { z } from 'zod';
import type { Target } from '../asking/command.ts';
import { plainLabel, typedText } from './escape.ts';
import { limits } from './limits.ts';

const snowflake = z.string().regex(/^\d{1,20}$/);
const instant = z.iso.datetime({ offset: true });

const message = z.object({
  id: snowflake,
  channel_id: snowflake,
  author: z.object({
    id: snowflake,
    username: z.string(),
    global_name: z.string().nullish(),
    bot: z.boolean().optional(),
  }),
  content: z.string(),
  timestamp: instant,
  edited_timestamp: instant.nullish(),
  attachments: z.array(z.unknown()).optional(),
});

const data = z.object({
  target_id: snowflake,
  resolved: z.object({ messages: z.record(z.string(), message) }),
});

const utc = (at: string): string => new Date(at).toISOString();

/** The message on which a command of its menu was used. Throws ZodError. */
export function readTarget(raw: unknown, guild: string | null): Target | undefined {
  const { target_id: id, resolved } = data.parse(raw);
  const found = resolved.messages[id];
  if (found === undefined) return undefined;
  const { author, edited_timestamp: edited } = found;
  return {
    id,
    channel: found.channel_id,
    guild,
    author: {
      id: author.id,
      name: plainLabel(author.global_name ?? author.username, limits.sourceName),
      bot: author.bot === true,
    },
    content: typedText(found.content, true),
    url: `https://discord.com/channels/${guild ?? '@me'}/${found.channel_id}/${id}`,
    at: utc(found.timestamp),
    ...(edited != null && { edited: utc(edited) }),
    attachments: found.attachments?.length ?? 0,
  };
}
