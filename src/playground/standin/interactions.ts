import { randomBytes } from 'node:crypto';
import type { Commands } from './commands.ts';
import type { Gateway } from './gateway.ts';
import { interactionPayload } from './interaction-payload.ts';
import type { JsonObject } from './json.ts';
import { effectiveIn, Permission } from './permissions.ts';
import { type InteractionRequest, type ModalShown, type Prepared, prepare } from './prepare.ts';
import { ImpossibleInput } from './sent.ts';
import type { Channel, World } from './world.ts';

/** How the bot answered first, or that it did not. `callbackType` is Discord's (4, 5, 6, 7). */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly callbackType: number }
  | { readonly kind: 'choices'; readonly choices: readonly { name: string; value: string | number }[] }
  | { readonly kind: 'modal'; readonly modalId: string; readonly modal: JsonObject }
  | { readonly kind: 'failed'; readonly reason: string };

/** One interaction and what has become of it. */
export interface Interaction extends Prepared {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly channel: Channel;
  readonly startedAt: number;
  callbackType: number | undefined;
  expired: boolean;
  originalId: string | undefined;
  readonly messageIds: string[];
  readonly settle: (outcome: Outcome) => void;
}

export interface Interactions {
  /** Dispatches it; the outcome settles with the bot's first answer or at the deadline. Throws ImpossibleInput. */
  begin(request: InteractionRequest): { readonly id: string; readonly outcome: Promise<Outcome> };
  byId(id: string): Interaction | undefined;
  byToken(token: string): Interaction | undefined;
  /** Milliseconds since the interaction was dispatched. */
  age(interaction: Interaction): number;
  keepModal(interaction: Interaction, modal: JsonObject): string;
  close(): void;
}

export const NO_RESPONSE = 'The application did not respond';

export function interactions({
  world,
  gateway,
  commands,
  deadlineMs,
}: {
  world: World;
  gateway: Gateway;
  commands: Commands;
  deadlineMs: number;
}): Interactions {
  const all = new Map<string, Interaction>();
  const tokens = new Map<string, Interaction>();
  const modals = new Map<string, ModalShown>();
  const timers = new Set<NodeJS.Timeout>();

  return {
    begin(request) {
      const channel = world.channels.get(request.channelId);
      if (channel === undefined) throw new ImpossibleInput(`There is no channel ${request.channelId}`);
      if ((effectiveIn(world, channel, request.userId) & Permission.viewChannel) === 0n) {
        throw new ImpossibleInput('This person cannot see this channel');
      }
      const shown = request.kind === 'modal.submit' ? modals.get(request.modalId) : undefined;
      const prepared = prepare({ world, commands, request, channel, shown });
      const id = world.ids.next();
      const token = `interaction-${id}-${randomBytes(12).toString('hex')}`;
      if (!gateway.reachable)
        return { id, outcome: Promise.resolve({ kind: 'failed', reason: `${NO_RESPONSE} (it is offline)` }) };
      let resolve: (outcome: Outcome) => void;
      const outcome = new Promise<Outcome>((done) => {
        resolve = done;
      });
      const timer = setTimeout(() => {
        timers.delete(timer);
        interaction.expired = true;
        resolve({ kind: 'failed', reason: NO_RESPONSE });
      }, deadlineMs);
      timers.add(timer);
      const interaction: Interaction = {
        id,
        token,
        ...prepared,
        userId: request.userId,
        channel,
        startedAt: world.elapsed(),
        callbackType: undefined,
        expired: false,
        originalId: undefined,
        messageIds: [],
        settle(settled) {
          clearTimeout(timer);
          timers.delete(timer);
          if (request.kind === 'modal.submit') modals.delete(request.modalId);
          resolve(settled);
        },
      };
      all.set(id, interaction);
      tokens.set(token, interaction);
      const payload = interactionPayload(world, {
        id,
        token,
        kind: prepared.kind,
        userId: request.userId,
        channel,
        data: prepared.data,
        message: prepared.source,
      });
      gateway.dispatch('INTERACTION_CREATE', request.tamper?.(payload) ?? payload, { guildId: channel.guildId });
      return { id, outcome };
    },
    byId: (id) => all.get(id),
    byToken: (token) => tokens.get(token),
    age: (interaction) => world.elapsed() - interaction.startedAt,
    keepModal(interaction, modal) {
      const id = world.ids.next();
      modals.set(id, { modal, source: interaction.source, userId: interaction.userId });
      return id;
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
