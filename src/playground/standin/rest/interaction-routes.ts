import { acknowledge, Callback, respond } from '../callbacks.ts';
import type { Interaction } from '../interactions.ts';
import { flagsOf } from '../json.ts';
import { invalidWebhookToken, unknownMessage, unknownWebhook } from '../problem.ts';
import { messageIn, type StoredMessage } from '../world.ts';
import { hasFlag } from './access.ts';
import type { Parts } from './parts.ts';
import { type Answer, type Call, nothing, objectBody, ok, param, type Route } from './route.ts';

/** The first answer to an interaction, and everything that its token allows afterwards. */
export function interactionRoutes(parts: Parts): Route[] {
  const { world, messages } = parts;
  const byToken = (name: string, handle: (call: Call, interaction: Interaction) => Answer): Route => ({
    name,
    auth: 'token',
    limit: 'own',
    handle(call) {
      const interaction = parts.interactions.byToken(param(call, 'token'));
      const alive = interaction?.callbackType !== undefined && param(call, 'app') === world.bot.id;
      if (interaction === undefined || !alive) throw unknownWebhook();
      if (parts.interactions.age(interaction) > parts.tokenLifeMs) throw invalidWebhookToken();
      return handle(call, interaction);
    },
  });
  const messageOf = (call: Call, interaction: Interaction): StoredMessage => {
    const asked = param(call, 'message');
    const id = asked === '@original' ? interaction.originalId : asked;
    const reachable = id !== undefined && (interaction.messageIds.includes(id) || interaction.source?.id === id);
    const message = reachable ? messageIn(world, interaction.channel.id, id) : undefined;
    if (message === undefined) throw unknownMessage();
    return message;
  };

  return [
    {
      name: 'POST /interactions/:interaction/:token/callback',
      auth: 'token',
      limit: 'none',
      handle(call) {
        const { interaction, type, message } = acknowledge(
          parts,
          param(call, 'interaction'),
          param(call, 'token'),
          objectBody(call),
          call.uploads,
        );
        if (call.query.get('with_response') !== 'true') return nothing;
        const made = type === Callback.message || type === Callback.deferred;
        return ok({
          interaction: {
            id: interaction.id,
            type: interaction.kind,
            ...(message === undefined
              ? {}
              : {
                  response_message_id: message.id,
                  response_message_loading: message.loading,
                  response_message_ephemeral: message.onlyFor !== undefined,
                }),
          },
          ...(message !== undefined && (made || type === Callback.update)
            ? { resource: { type, message: message.raw } }
            : {}),
        });
      },
    },
    byToken('POST /webhooks/:app/:token', (call, interaction) => {
      const body = objectBody(call);
      const original =
        interaction.originalId === undefined
          ? undefined
          : messageIn(world, interaction.channel.id, interaction.originalId);
      // Deprecated, but real: the first follow-up after a defer becomes the answer, and the defer decides who sees it.
      if (original?.loading === true && interaction.callbackType === Callback.deferred) {
        return ok(
          messages.edit(original, { body: withFlags(body, original), uploads: call.uploads, mentions: 'users' }).raw,
        );
      }
      return ok(respond(parts, interaction, body, call.uploads).raw);
    }),
    byToken('GET /webhooks/:app/:token/messages/:message', (call, interaction) => ok(messageOf(call, interaction).raw)),
    byToken('PATCH /webhooks/:app/:token/messages/:message', (call, interaction) => {
      const message = messageOf(call, interaction);
      return ok(messages.edit(message, { body: objectBody(call), uploads: call.uploads, mentions: 'users' }).raw);
    }),
    byToken('DELETE /webhooks/:app/:token/messages/:message', (call, interaction) => {
      messages.remove(messageOf(call, interaction));
      return nothing;
    }),
  ];
}

function withFlags(body: Record<string, unknown>, original: StoredMessage): Record<string, unknown> {
  const ephemeral = hasFlag(original, 64) ? 64 : 0;
  return { ...body, flags: (flagsOf(body['flags']) & ~64) | ephemeral };
}
