import {
  type APIModalInteractionResponseCallbackData,
  MessageFlags,
  InteractionResponseType as Response,
} from 'discord-api-types/v10';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Answer } from './answer.ts';
import { explain } from './explain.ts';
import type { Address } from './interaction.ts';
import type { MessageBody } from './message.ts';
import { notice } from './plain.ts';
import type { Sending } from './recorder.ts';
import type { RenderOptions } from './render.ts';
import type { Sent, Wire } from './wire.ts';

/**
 * Where the answer appears: as a new message, for all or for one; in place of the message whose button was pressed; or
 * beside that message for one, unless the answer itself wishes to take its place.
 */
export type Way = 'public' | 'private' | 'in place' | 'beside';

/** An answer, and the record of its showing where it is a briefing. */
export interface Composed extends Answer {
  readonly sending?: Sending | undefined;
  /** Beside a message: takes its place. */
  readonly inPlace?: boolean;
}

/** A form that is to be opened. */
export interface Opened {
  readonly modal: APIModalInteractionResponseCallbackData;
}

export interface ResponderOptions extends RenderOptions {
  readonly wire: Wire;
  readonly log: Log;
  readonly deferAfterMs: number;
}

/** How work becomes the answer to an interaction. Nothing of it rejects. */
export interface Responder {
  /** Does the work and sends what comes of it; says "thinking" first where the work takes long. */
  respond(to: Address, way: Way, about: object, work: () => Promise<Composed | Opened>): Promise<void>;
  /** Tells the asker alone what went wrong before there was any work. */
  refuse(to: Address, thrown: unknown, about: object): Promise<void>;
}

const onlyForAsker = (body: MessageBody): MessageBody => ({ ...body, flags: body.flags | MessageFlags.Ephemeral });

/** The same body whether or not Discord takes the richer form. */
export const asIs = (body: MessageBody): Answer => ({ body, fallback: () => Promise.resolve(body) });

export function createResponder({ wire, log, mention, deferAfterMs }: ResponderOptions): Responder {
  /** The one error boundary: what went wrong, as a notice. */
  const apology = (thrown: unknown, about: object): Answer => asIs(notice(explain(thrown, about, { log, mention })));

  async function deliverError(to: Address, { body }: Answer, way: Way, deferred: boolean): Promise<void> {
    if (!deferred) await wire.callback(to, { type: Response.ChannelMessageWithSource, data: onlyForAsker(body) });
    else if (way === 'in place' || way === 'beside') await wire.followUp(to, onlyForAsker(body));
    else await wire.edit(to, body);
  }

  /** A message once sent with components V2 cannot go back, so in place of it the plain page is a message of its own. */
  async function deliverPlain(to: Address, body: MessageBody, way: Way, deferred: boolean): Promise<Sent> {
    const data = way === 'public' ? body : onlyForAsker(body);
    if (!deferred) return wire.callback(to, { type: Response.ChannelMessageWithSource, data });
    return way === 'in place' || way === 'beside' ? wire.followUp(to, data) : wire.edit(to, body);
  }

  async function deliver(to: Address, { body, fallback }: Answer, way: Way, deferred: boolean): Promise<Sent> {
    const data = way === 'private' || way === 'beside' ? onlyForAsker(body) : body;
    const type = way === 'in place' ? Response.UpdateMessage : Response.ChannelMessageWithSource;
    const late = () => (way === 'beside' ? wire.followUp(to, data) : wire.edit(to, body));
    const sent = deferred ? await late() : await wire.callback(to, { type, data });
    return sent.outcome === 'refused' ? deliverPlain(to, await fallback(), way, deferred) : sent;
  }

  /** Tells the record whether the briefing arrived. A request that failed may have done its work: it is looked for once. */
  async function settle(to: Address, sending: Sending, { outcome, message }: Sent, way: Way): Promise<void> {
    const id = message ?? (outcome === 'sent' ? undefined : await wire.find(to));
    if (outcome !== 'sent' && id === undefined) await sending.lost(outcome);
    else await sending.shown(id === undefined || way === 'private' || way === 'beside' ? [] : [id]);
  }

  async function defer(to: Address, way: Way): Promise<boolean> {
    const flags = way === 'private' ? MessageFlags.Ephemeral : 0;
    const { outcome } =
      way === 'in place' || way === 'beside'
        ? await wire.callback(to, { type: Response.DeferredMessageUpdate })
        : await wire.callback(to, { type: Response.DeferredChannelMessageWithSource, data: { flags } });
    return outcome === 'sent';
  }

  /** A form can only be the first answer. */
  async function open(to: Address, { modal }: Opened, way: Way, deferred: boolean, about: object): Promise<void> {
    const late = new UserError('It took too long to open the form.', 'Try once more.');
    if (deferred) return deliverError(to, apology(late, about), way, true);
    const { outcome } = await wire.callback(to, { type: Response.Modal, data: modal });
    if (outcome === 'refused')
      await deliverError(to, apology(new Error('Discord refused the form'), about), way, false);
  }

  return {
    refuse: (to, thrown, about) => deliverError(to, apology(thrown, about), 'private', false),
    async respond(to, way, about, work) {
      const running = work().then(
        (done) => ({ done, failed: false }),
        (thrown: unknown) => ({ done: apology(thrown, about) as Composed | Opened, failed: true }),
      );
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(resolve, deferAfterMs, 'late');
      });
      const quick = await Promise.race([running, late]);
      clearTimeout(timer);
      const deferred = quick === 'late';
      const answerable = !deferred || (await defer(to, way));
      const { done, failed } = await running;
      if ('modal' in done) {
        if (answerable) await open(to, done, way, deferred, about);
        return;
      }
      if (!answerable) return done.sending?.lost('gone');
      if (failed) return deliverError(to, done, way, deferred);
      const place = way === 'beside' && done.inPlace === true ? 'in place' : way;
      const sent = await deliver(to, done, place, deferred);
      if (done.sending) await settle(to, done.sending, sent, place);
    },
  };
}
