import { type REST } from 'discord.js';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Document } from '../briefing/document.ts';
import { errorData, type Log } from '../log.ts';
import { answer } from './answer.ts';
import type { RenderOptions } from './render.ts';
import type { StateMemory } from './state.ts';
import { createWire } from './wire.ts';

export interface PosterOptions extends RenderOptions {
  readonly rest: REST;
  readonly memory: StateMemory;
  readonly bot: string;
  readonly log: Log;
}

const own = z.array(z.looseObject({ content: z.string(), author: z.looseObject({ id: z.string() }) }));
const LOOKED_AT = 50;

/** Posts short plain messages of the bot's own, for the people of a desk. */
export function createPoster({ rest, memory, mention, bot, log }: PosterOptions) {
  const wire = createWire(rest, log);
  return {
    /** `refused`: Discord does not take this message. The same nonce within some minutes makes no second one. */
    async post(channel: string, document: Document, nonce: string): Promise<'sent' | 'refused' | 'failed'> {
      // Its further pages are those of the log.
      const asked = { request: { path: 'desk log', args: {} }, page: 0, plain: true };
      const { body } = await answer(document, asked, { memory, mention });
      const { outcome } = await wire.post(channel, body, nonce);
      return outcome === 'gone' ? 'failed' : outcome;
    },
    /** Texts of the bot's last messages in a channel; none where it may not read them. */
    async recent(channel: string): Promise<readonly string[]> {
      try {
        const query = new URLSearchParams({ limit: String(LOOKED_AT) });
        const messages = own.parse(await rest.get(Routes.channelMessages(channel), { query }));
        return messages.filter(({ author }) => author.id === bot).map(({ content }) => content);
      } catch (thrown) {
        log.info({ channel, ...errorData(thrown) }, 'What was told before cannot be read');
        return [];
      }
    },
  };
}
