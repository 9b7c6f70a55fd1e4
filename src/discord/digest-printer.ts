import { REST } from 'discord.js';
import { MessageFlags } from 'discord-api-types/v10';
import type { Document } from '../briefing/document.ts';
import type { Printer } from '../digests/messages.ts';
import { askedAgain } from './answer.ts';
import { limits } from './limits.ts';
import { isAboutButton } from './marker.ts';
import { buttonRows } from './message.ts';
import { type Page, PLAIN, pack } from './pack.ts';
import { plainMessage } from './plain.ts';
import { render } from './render.ts';
import { roomForNumber, withNumber } from './rendered.ts';
import { opensThread } from './sender.ts';
import { buttonIds, type StateMemory } from './state.ts';

export interface DigestPrinterOptions {
  readonly memory: StateMemory;
  /** "brief" as a mention that can be pressed. */
  readonly mention?: (path: string) => string | undefined;
}

type Pages = readonly [Page, ...Page[]];
type Texts = Pick<Document, 'title' | 'subtitle' | 'footer'> & { readonly numbered: boolean; readonly pages: Pages };
/** By the sections: many channels get the same text under other buttons. */
const kept = new WeakMap<Document['sections'], Texts>();

function pagesOf(document: Document, numbered: boolean, mention: DigestPrinterOptions['mention']): Pages {
  const { title, subtitle, footer, sections } = document;
  const known = kept.get(sections);
  if (known?.title === title && known.subtitle === subtitle && known.footer === footer && known.numbered === numbered)
    return known.pages;
  const pages = pack(render(numbered ? roomForNumber(document) : document, { mention }), PLAIN);
  kept.set(sections, { title, subtitle, footer, numbered, pages });
  return pages;
}

/**
 * Makes messages of digests: content with buttons, not components V2, since a push notification shows nothing of those.
 */
export function createDigestPrinter({ memory, mention }: DigestPrinterOptions): Printer {
  return {
    async print(document: Document, { edition, mention: role }) {
      const path = document.basis?.path ?? document.kind;
      const request = { path, args: document.basis?.args ?? {}, ...(edition !== undefined && { edition }) };
      const own = askedAgain(document, request);
      const pages = pagesOf(document, edition !== undefined, mention);
      const page = edition === undefined ? pages[0] : withNumber(pages[0], edition);
      const follows = (document.follows ?? []).map(({ command, args }) => ({ path: command, args }));
      const acts = (document.acts ?? []).map(({ act, args }) => ({
        path: act,
        args,
        ...(edition !== undefined && { edition }),
      }));
      const ids = await buttonIds(own, follows, true, memory, acts);
      const message = plainMessage(page, buttonRows(document, 0, pages.length, ids));
      const call = role === undefined ? '' : `\n<@&${role}>`;
      const content = `${message.content ?? ''}${call}`;
      if (call === '' || content.length > limits.content) return message;
      return { ...message, content, allowed_mentions: { parse: [], roles: [role] } };
    },
  };
}

const NOTE =
  'There is news in this digest, and its text could not be posted here: a filter of this server, or of Discord, does not take it. /changes and /brief tell it.';

type Json = Readonly<Record<string, unknown>>;

/** The same post without a word of the store, under the same marker. */
export function barest(payload: unknown): unknown {
  if (opensThread(payload)) {
    const { message, ...rest } = payload as { readonly message: unknown };
    return { ...rest, name: 'Digest', message: barest(message) };
  }
  const { components } = payload as { readonly components?: readonly Json[] };
  const button = (components ?? [])
    .flatMap((row) => (Array.isArray(row['components']) ? (row['components'] as readonly Json[]) : []))
    .find((one) => isAboutButton(one['custom_id']));
  return {
    flags: MessageFlags.SuppressEmbeds,
    content: NOTE,
    components: button ? [{ type: 1, components: [button] }] : [],
    allowed_mentions: { parse: [] },
  };
}

/** A client of its own, that repeats nothing and waits for nothing by itself: the poster decides on both. */
export const createDigestRest = ({ token, api }: { readonly token: string; readonly api?: string }): REST =>
  new REST({
    version: '10',
    retries: 0,
    timeout: 15_000,
    rejectOnRateLimit: () => true,
    // Discord bans who sends ten times as many that it refuses, in ten minutes.
    invalidRequestWarningInterval: 1_000,
    ...(api === undefined ? {} : { api }),
  }).setToken(token);

/** What Discord's clock shows, in ms; undefined where it does not answer in time. */
export function discordTime(api = 'https://discord.com/api'): () => Promise<number | undefined> {
  return async () => {
    try {
      const answered = await fetch(`${api}/v10/gateway`, { method: 'GET', signal: AbortSignal.timeout(5_000) });
      await answered.arrayBuffer();
      const at = Date.parse(answered.headers.get('date') ?? '');
      // The header has whole seconds.
      return Number.isNaN(at) ? undefined : at + 500;
    } catch {
      return undefined;
    }
  };
}
