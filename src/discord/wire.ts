import type { REST } from 'discord.js';
import {
  type APIApplicationCommandOptionChoice,
  Routes,
  type InteractionResponseType as Type,
} from 'discord-api-types/v10';
import { errorData, type Log } from '../log.ts';
import type { Address } from './interaction.ts';
import { DiscordAPIError, HTTPError } from './library.ts';
import type { MessageBody } from './message.ts';

/**
 * What became of a request. `refused`: Discord cannot take this body (50035, or a 500, which oversized bodies get);
 * `gone`: too late, or already answered; `failed`: anything else. All but `sent` have been logged.
 */
export type Outcome = 'sent' | 'refused' | 'gone' | 'failed';

/** The first response to an interaction. */
export type Callback =
  | { readonly type: Type.ChannelMessageWithSource | Type.UpdateMessage; readonly data: MessageBody }
  /** Only the flag Ephemeral may be set here. */
  | { readonly type: Type.DeferredChannelMessageWithSource; readonly data: { readonly flags: number } }
  | { readonly type: Type.DeferredMessageUpdate }
  | {
      readonly type: Type.ApplicationCommandAutocompleteResult;
      readonly data: { readonly choices: readonly APIApplicationCommandOptionChoice<string>[] };
    };

/** How answers reach Discord. Never rejects. */
export interface Wire {
  /** The first response. */
  callback(to: Address, body: Callback): Promise<Outcome>;
  /** Fills in a deferred answer, or changes the message that a deferred button is on. */
  edit(to: Address, body: MessageBody): Promise<Outcome>;
  /** A further message; `flags` may hold Ephemeral. */
  followUp(to: Address, body: MessageBody): Promise<Outcome>;
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

export function createWire(rest: Pick<REST, 'post' | 'patch'>, log: Log): Wire {
  async function attempt(what: string, { id }: Address, send: () => Promise<unknown>): Promise<Outcome> {
    try {
      await send();
      return 'sent';
    } catch (thrown) {
      const outcome = outcomeOf(thrown);
      log.warn({ interaction: id, outcome, ...errorData(thrown) }, `Discord did not take ${what}`);
      return outcome;
    }
  }
  const apart = ({ files, ...body }: MessageBody) => ({
    body,
    ...(files && { files: files.map((file) => ({ ...file })) }),
  });
  const callbackParts = (callback: Callback) => {
    if (!('data' in callback) || !('components' in callback.data)) return { body: callback };
    const { body: data, ...files } = apart(callback.data);
    return { body: { ...callback, data }, ...files };
  };
  // Interaction routes carry their own token; the bot's is not sent along.
  return {
    callback: (to, body) =>
      attempt('the answer to an interaction', to, () =>
        rest.post(Routes.interactionCallback(to.id, to.token), { ...callbackParts(body), auth: false }),
      ),
    edit: (to, body) =>
      attempt('the completed answer', to, () =>
        rest.patch(Routes.webhookMessage(to.application, to.token, '@original'), { ...apart(body), auth: false }),
      ),
    followUp: (to, body) =>
      attempt('a further message', to, () =>
        rest.post(Routes.webhook(to.application, to.token), { ...apart(body), auth: false }),
      ),
  };
}
