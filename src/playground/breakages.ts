import type { Breakage } from './page-wire.ts';
import { Callback } from './standin/callbacks.ts';
import type { Fault, FaultMatch } from './standin/faults.ts';
import { flagsOf, isObject } from './standin/json.ts';
import { Permission } from './standin/permissions.ts';
import type { StandIn } from './standin/stand-in.ts';
import { Flag } from './standin/validate/message.ts';

/** Short enough that the repetition still comes within the 3 seconds of an interaction. */
const RETRY_AFTER_MS = 1000;

/** Suggestions while somebody types are no answer: they must not use up what was ordered for one. */
const isAnswer = (json: unknown): boolean => isObject(json) && json['type'] !== Callback.choices;

/** A message in components of the second version, alone or in a callback. */
function isLaidOut(json: unknown): boolean {
  if (!isObject(json)) return false;
  const message = isObject(json['data']) ? json['data'] : json;
  return (flagsOf(message['flags']) & Flag.v2) !== 0;
}

/** The next answer to an interaction, or the next post in the channel. */
function answers(channelId: string, body = isAnswer): FaultMatch {
  return { path: new RegExp(`^/interactions/.*/callback$|^/webhooks/|^/channels/${channelId}/messages$`), body };
}

const ORDERS: Partial<Record<Breakage, { readonly fault: Fault; readonly body?: (json: unknown) => boolean }>> = {
  'too-many-requests': { fault: { kind: 'rateLimit', retryAfterMs: RETRY_AFTER_MS } },
  'refused-body': {
    fault: { kind: 'status', status: 400, code: 50_035, message: 'Invalid Form Body' },
    body: isLaidOut,
  },
  'late-answer': { fault: { kind: 'hang' } },
  'error-after-create': { fault: { kind: 'lost', how: 'status' } },
  'no-answer-after-create': { fault: { kind: 'lost', how: 'hang' } },
};

/** Breaks things from the page, and mends what can be mended. A deleted channel stays deleted. */
export function breakages(standIn: StandIn): (what: Breakage, channelId: string) => void {
  const taken: { restore(): void }[] = [];
  return (what, channelId) => {
    const order = ORDERS[what];
    if (order !== undefined) standIn.faults.next(answers(channelId, order.body), order.fault);
    else if (what === 'lost-permission') taken.push(standIn.revoke(channelId, Permission.sendMessages));
    else if (what === 'deleted-channel') standIn.deleteChannel(channelId);
    else if (what === 'dropped-gateway') standIn.gateway.drop(4000);
    else if (what === 'refused-token') {
      standIn.refuseToken(true);
      standIn.gateway.drop(4004);
    } else if (what === 'mend') {
      standIn.faults.clear();
      standIn.refuseToken(false);
      for (const one of taken.splice(0)) one.restore();
    }
  };
}
