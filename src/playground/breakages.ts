import type { Breakage } from './page-wire.ts';
import { Permission } from './standin/permissions.ts';
import type { StandIn } from './standin/stand-in.ts';

const RETRY_AFTER_MS = 5000;

/** Breaks things from the page, and mends what can be mended. A deleted channel stays deleted. */
export function breakages(standIn: StandIn): (what: Breakage, channelId: string) => void {
  const taken: { restore(): void }[] = [];
  return (what, channelId) => {
    const posts = { method: 'POST', path: `/channels/${channelId}/messages` };
    switch (what) {
      case 'lost-permission':
        taken.push(standIn.revoke(channelId, Permission.sendMessages));
        break;
      case 'too-many-requests':
        standIn.faults.next(posts, { kind: 'rateLimit', retryAfterMs: RETRY_AFTER_MS });
        break;
      case 'error-after-create':
        standIn.faults.next(posts, { kind: 'lost', how: 'status' });
        break;
      case 'no-answer-after-create':
        standIn.faults.next(posts, { kind: 'lost', how: 'hang' });
        break;
      case 'deleted-channel':
        standIn.deleteChannel(channelId);
        break;
      case 'dropped-gateway':
        standIn.gateway.drop(4000);
        break;
      case 'mend':
        standIn.faults.clear();
        for (const one of taken.splice(0)) one.restore();
        break;
    }
  };
}
