import { createHash } from 'node:crypto';
import { DefaultRestOptions, REST, type ResponseLike } from 'discord.js';
import { MessageFlags, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Marking, Mended, Mender } from '../../corrections/mender.ts';
import { errorData, type Log } from '../../log.ts';
import { limits } from '../limits.ts';
import { lineTexts } from '../render.ts';
import { pacer } from './pacer.ts';
import { failureOf, isUneditable } from './refusals.ts';
import type { RowMark } from './rows.ts';
import type { Standing } from './standing.ts';
import { remade, standing } from './standing.ts';

export interface MenderOptions {
  readonly token: string;
  /** Base of the REST API without the version; default: Discord's. */
  readonly api?: string;
  readonly log: Log;
  /** Least time between two requests: people who ask come first. Default 100 ms. */
  readonly paceMs?: number;
  /** Its turn among all that the bot sends by itself. */
  readonly turn?: () => Promise<void>;
  readonly timeoutMs?: number;
}

/** A limit of rate that lasts longer lets others go first. In ms. */
const PATIENCE = 5_000;
/** 429 with these codes is no limit of rate that waiting helps against: this message may not be edited any more. */
const FOR_GOOD = new Set([30_046, 20_022]);

/**
 * A REST client of its own: what it waits for delays no answer. It does not repeat a request by itself, since a reply
 * would be posted twice.
 */
function createRest({ token, api, timeoutMs = 15_000 }: MenderOptions): REST {
  return new REST({
    version: '10',
    retries: 0,
    timeout: timeoutMs,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > PATIENCE,
    ...(api === undefined ? {} : { api }),
    makeRequest: async (url, init) => {
      const answer = await DefaultRestOptions.makeRequest(url, init);
      if (answer.status !== 429) return answer;
      const body = await answer.text();
      const { code } = z.looseObject({ code: z.number().optional() }).catch({}).parse(tryJson(body));
      const headers = Object.fromEntries(answer.headers as unknown as Iterable<[string, string]>);
      const status = code !== undefined && FOR_GOOD.has(code) ? 400 : 429;
      // The types of the browser, in the tests' program, and of Node disagree about the stream of a body.
      // oxlint-disable-next-line no-unnecessary-type-assertion
      return new Response(body, { status, headers }) as unknown as ResponseLike;
    },
  }).setToken(token);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rowMark = (marking: Marking, notes: readonly string[]): RowMark => ({ ...marking, notes });
const fullNotes = ({ lines }: Marking): readonly string[] => lines.flatMap((line) => lineTexts(line));
const shortNotes = ({ short, entry }: Marking): readonly string[] => [`**${short}** (see the reply) · ${entry}`];

/** Whole notes in as few messages as hold them. */
function replies(markings: readonly Marking[]): readonly string[] {
  const texts: string[] = [];
  for (const note of markings.flatMap(fullNotes)) {
    const row = `- ${note}`.slice(0, limits.content);
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + row.length <= limits.content)
      texts[texts.length - 1] = `${last}\n${row}`;
    else texts.push(row);
  }
  return texts;
}

/** Marks messages through Discord's REST API; a message that cannot hold or take the marks gets a reply that says it. */
export function createMender(options: MenderOptions): Mender {
  const { log } = options;
  const rest = createRest(options);
  const turn = pacer(options.paceMs ?? 100);
  const paced = async <T>(send: () => Promise<T>): Promise<T> => {
    await turn();
    await options.turn?.();
    return send();
  };

  /** Posts what is not there yet: after a crash between sending and recording nobody is told twice. */
  async function reply(channel: string, message: string, markings: readonly Marking[]): Promise<void> {
    const recent = z
      .array(standing)
      .parse(
        await paced(() => rest.get(Routes.channelMessages(channel), { query: new URLSearchParams({ limit: '100' }) })),
      );
    const said = new Set(
      recent.filter((m) => m.message_reference?.message_id === message).map((m) => m.content.trim()),
    );
    for (const content of replies(markings)) {
      if (said.has(content.trim())) continue;
      const nonce = createHash('sha256').update(`${message} ${content}`).digest('base64url').slice(0, 24);
      await paced(() =>
        rest.post(Routes.channelMessages(channel), {
          body: {
            content,
            flags: MessageFlags.SuppressEmbeds,
            allowed_mentions: { parse: [] },
            message_reference: { message_id: message, fail_if_not_exists: false },
            nonce,
            enforce_nonce: true,
          },
        }),
      );
    }
  }

  /** Edits the message where that is possible. What it could not hold is left to a reply. */
  async function edit(
    channel: string,
    message: Standing,
    markings: readonly Marking[],
  ): Promise<'whole' | 'short' | 'not'> {
    const marks = (notes: (marking: Marking) => readonly string[]) =>
      remade(
        message,
        markings.map((m) => rowMark(m, notes(m))),
      );
    const whole = marks(fullNotes);
    const short = whole.fits ? undefined : marks(shortNotes);
    const chosen = short ?? whole;
    if (!chosen.fits) return 'not';
    if (chosen.edit !== undefined) {
      const body = chosen.edit;
      try {
        await paced(() => rest.patch(Routes.channelMessage(channel, message.id), { body }));
      } catch (thrown) {
        if (!isUneditable(thrown)) throw thrown;
        log.warn(
          { channel, message: message.id, ...errorData(thrown) },
          'Discord did not take the edit of a correction',
        );
        return 'not';
      }
    }
    return short ? 'short' : 'whole';
  }

  return {
    async mend(channel, id, markings): Promise<Mended> {
      try {
        const message = standing.parse(await paced(() => rest.get(Routes.channelMessage(channel, id))));
        const { marked } = remade(
          message,
          markings.map((m) => rowMark(m, fullNotes(m))),
        );
        // A correction that was taken back before it got here leaves nothing to say.
        const wanted = markings.filter((m) => !m.back || m.told || marked.has(m.entry));
        if (wanted.length === 0) return { how: 'edited' };
        const edited = await edit(channel, message, wanted);
        const replied = (m: Marking): boolean => m.loud || (m.back && m.told && !marked.has(m.entry));
        const open = edited === 'whole' ? wanted.filter(replied) : wanted;
        if (open.length > 0) await reply(channel, id, open);
        return { how: edited === 'not' ? 'told' : 'edited' };
      } catch (thrown) {
        return failureOf(thrown);
      }
    },
  };
}
