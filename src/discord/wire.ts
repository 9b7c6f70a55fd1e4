import { DiscordAPIError, HTTPError, type REST } from 'discord.js';
import {
  type APIApplicationCommandOptionChoice,
  type APIModalInteractionResponseCallbackData,
  MessageFlags,
  Routes,
  InteractionResponseType as Type,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { errorData, type Log } from '../log.ts';
import type { Address } from './interaction.ts';
import type { MessageBody } from './message.ts';

/**
 * What became of a request. `refused`: Discord cannot take this body (50035, or a 500, which oversized bodies get);
 * `gone`: too late, or already answered; `failed`: anything else. All but `sent` have been logged.
 */
export type Outcome = 'sent' | 'refused' | 'gone' | 'failed';

/** What became of a message, and its id where Discord said it. */
export interface Sent {
  readonly outcome: Outcome;
  readonly message?: string;
}

/** The first response to an interaction. */
export type Callback =
  | { readonly type: Type.ChannelMessageWithSource | Type.UpdateMessage; readonly data: MessageBody }
  /** Only the flag Ephemeral may be set here. */
  | { readonly type: Type.DeferredChannelMessageWithSource; readonly data: { readonly flags: number } }
  | { readonly type: Type.DeferredMessageUpdate }
  /** Opens a form; never the answer to a form. */
  | { readonly type: Type.Modal; readonly data: APIModalInteractionResponseCallbackData }
  | {
      readonly type: Type.ApplicationCommandAutocompleteResult;
      readonly data: { readonly choices: readonly APIApplicationCommandOptionChoice<string>[] };
    };

/** How answers reach Discord. Never rejects. */
export interface Wire {
  /** The first response. */
  callback(to: Address, body: Callback): Promise<Sent>;
  /** Fills in a deferred answer, or changes the message that a deferred button is on. */
  edit(to: Address, body: MessageBody): Promise<Sent>;
  /** A further message; `flags` may hold Ephemeral. */
  followUp(to: Address, body: MessageBody): Promise<Sent>;
  /** The id of the answer to an interaction, if it is there after all: a request may fail after its work was done. */
  find(to: Address): Promise<string | undefined>;
  /** A message of the bot's own in a channel. The same nonce within some minutes makes no second one. */
  post(channel: string, body: MessageBody, nonce: string): Promise<Sent>;
}

const UNKNOWN_INTERACTION = 10_062;
const ALREADY_ANSWERED = 40_060;
const INVALID_FORM = 50_035;

/** Discord's failures by what we do about them. */
export function outcomeOf(thrown: unknown): Exclude<Outcome, 'sent'> {
  if (thrown instanceof DiscordAPIError) {
    if (thrown.code === UNKNOWN_INTERACTION || thrown.code === ALREADY_ANSWERED) return 'gone';
    return thrown.code === INVALID_FORM || thrown.status >= 500 ? 'refused' : 'failed';
  }
  return thrown instanceof HTTPError && thrown.status >= 500 ? 'refused' : 'failed';
}

/** A message as Discord gives it back, or the answer to a callback that holds one. */
function messageIn(answer: unknown): string | undefined {
  const found = madeMessage.safeParse(answer).data;
  const message = found?.resource?.message ?? found;
  return message !== undefined && (message.flags ?? 0) & MessageFlags.Loading ? undefined : message?.id;
}

const message = z.object({ id: z.string().optional(), flags: z.number().optional() });
const madeMessage = message.extend({ resource: z.object({ message: message.optional() }).optional() });

const TOLD = new URLSearchParams({ with_response: 'true' });

export function createWire(rest: Pick<REST, 'get' | 'post' | 'patch'>, log: Log): Wire {
  async function attempt(what: string, about: object, send: () => Promise<unknown>): Promise<Sent> {
    try {
      const made = messageIn(await send());
      return { outcome: 'sent', ...(made !== undefined && { message: made }) };
    } catch (thrown) {
      const outcome = outcomeOf(thrown);
      log.warn({ ...about, outcome, ...errorData(thrown) }, `Discord did not take ${what}`);
      return { outcome };
    }
  }
  const apart = ({ files, ...body }: MessageBody) => ({
    body,
    ...(files && { files: files.map((file) => ({ ...file })) }),
  });
  const callbackParts = (callback: Callback) => {
    if (callback.type !== Type.ChannelMessageWithSource && callback.type !== Type.UpdateMessage)
      return { body: callback };
    const { body: data, ...files } = apart(callback.data);
    return { body: { ...callback, data }, ...files };
  };
  // Interaction routes carry their own token; the bot's is not sent along.
  return {
    callback: (to, body) =>
      attempt('the answer to an interaction', { interaction: to.id }, () =>
        rest.post(Routes.interactionCallback(to.id, to.token), {
          ...callbackParts(body),
          ...(body.type === Type.ChannelMessageWithSource && { query: TOLD }),
          auth: false,
        }),
      ),
    edit: (to, body) =>
      attempt('the completed answer', { interaction: to.id }, () =>
        rest.patch(Routes.webhookMessage(to.application, to.token, '@original'), { ...apart(body), auth: false }),
      ),
    followUp: (to, body) =>
      attempt('a further message', { interaction: to.id }, () =>
        rest.post(Routes.webhook(to.application, to.token), { ...apart(body), auth: false }),
      ),
    async find(to) {
      try {
        return messageIn(await rest.get(Routes.webhookMessage(to.application, to.token, '@original'), { auth: false }));
      } catch {
        return undefined;
      }
    },
    post: (channel, { files, ...body }, nonce) =>
      attempt('a message', { channel }, () =>
        rest.post(Routes.channelMessages(channel), {
          body: { ...body, nonce, enforce_nonce: true },
          ...(files && { files: files.map((file) => ({ ...file })) }),
        }),
      ),
  };
}
