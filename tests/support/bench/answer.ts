import type { Outcome } from '../../../src/playground/standin/interactions.ts';
import { asText, isObject, type JsonObject, objectsIn } from '../../../src/playground/standin/json.ts';
import type { InteractionRequest } from '../../../src/playground/standin/prepare.ts';
import type { StandIn } from '../../../src/playground/standin/stand-in.ts';
import type { StoredMessage } from '../../../src/playground/standin/world.ts';
import { readable } from './words.ts';

/** What came of something a person did. `messages` is read anew every time: later edits and follow-ups show up in it. */
export interface Answer {
  readonly interactionId: string;
  readonly user: string;
  readonly channel: string;
  /** The reply and its follow-ups; for a component also the message that was updated. Discord's message objects. */
  readonly messages: readonly JsonObject[];
  /** The first of them. Throws when there is none. */
  readonly message: JsonObject;
  /** Everything a person can read in them. */
  readonly text: string;
  /** True when all of them are visible to the asker alone. */
  readonly ephemeral: boolean;
  readonly modal: { readonly id: string; readonly body: JsonObject } | undefined;
  readonly choices: readonly { readonly name: string; readonly value: string | number }[] | undefined;
  /** Why it failed, as the person sees it. */
  readonly failed: string | undefined;
}

/** The message from which a form was opened: answering the form may update it. */
export const sourceOf = new WeakMap<Answer, StoredMessage>();

export function answerOf(
  standIn: StandIn,
  request: InteractionRequest,
  interactionId: string,
  outcome: Outcome,
  source: StoredMessage | undefined,
): Answer {
  const updated = outcome.kind === 'acknowledged' && (outcome.callbackType === 6 || outcome.callbackType === 7);
  const stored = () => {
    const all = [...standIn.world.messages.values()].flat();
    return all.filter((one) => one.interactionId === interactionId || (updated && one === source));
  };
  const answer: Answer = {
    interactionId,
    user: request.userId,
    channel: request.channelId,
    get messages() {
      return stored().map((one) => one.raw);
    },
    get message() {
      const [first] = stored();
      if (first === undefined)
        throw new Error(`There is no answer: ${answer.failed ?? 'it was deleted or a form was shown'}`);
      return first.raw;
    },
    get text() {
      return answer.messages.map(readable).join('\n');
    },
    get ephemeral() {
      return stored().length > 0 && stored().every((one) => one.onlyFor !== undefined);
    },
    modal: outcome.kind === 'modal' ? { id: outcome.modalId, body: outcome.modal } : undefined,
    choices: outcome.kind === 'choices' ? outcome.choices : undefined,
    failed: outcome.kind === 'failed' ? outcome.reason : undefined,
  };
  if (source !== undefined) sourceOf.set(answer, source);
  return answer;
}

export function isAnswer(on: Answer | JsonObject): on is Answer {
  return typeof on['interactionId'] === 'string' && 'modal' in on;
}

/** The custom_id of a form's field, given by custom_id or by the label above it. */
export function fieldId(modal: JsonObject, name: string): string {
  for (const top of objectsIn(modal['components'])) {
    const inner = isObject(top['component']) ? top['component'] : objectsIn(top['components'])[0];
    if (inner === undefined) continue;
    if (inner['custom_id'] === name || top['label'] === name || inner['label'] === name)
      return asText(inner['custom_id']);
  }
  throw new Error(`The form has no field "${name}".`);
}
