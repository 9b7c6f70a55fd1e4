import type { DigestAlarm } from '../briefing/digest-alarms.ts';
import { alarmed } from './alarms.ts';
import type { Books } from './books.ts';
import type { Sender } from './sender.ts';

export interface PublisherOptions {
  readonly books: Books;
  readonly sender: Sender;
  /** Whether the channel has followers to publish to. */
  readonly announces: (guild: string, channel: string) => boolean;
  readonly now: () => number;
  readonly tell: (guild: string, alarm: DigestAlarm) => void;
  readonly second?: number;
}

/** Publishes messages of announcement channels, after they are there. A message that is not published is not lost. */
export interface Publisher {
  /** Publishes the message of a post, if its digest asks for that. */
  wish(guild: string, digest: string, post: string): void;
  /** Takes up what was posted shortly before this process began. */
  reconcile(): void;
  close(): void;
}

const HOUR = 3_600;
/** Discord takes so many in an hour of one channel. */
const AN_HOUR = 10;
const ATTEMPTS = 4;
/** Discord's answer where it is published already. */
const PUBLISHED = '40033';

/** Announcement channels have a budget of their own: what is over it waits, up to an hour, and is then told. */
export function openPublisher({ books, sender, announces, now, tell, second = 1_000 }: PublisherOptions): Publisher {
  /** Channel → moments of publishing, on the monotonic clock. */
  const used = new Map<string, number[]>();
  const timers = new Set<NodeJS.Timeout>();
  const begun = new Set<string>();
  let closed = false;

  const later = (seconds: number, then: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) then();
    }, seconds * second);
    timer.unref();
    timers.add(timer);
  };
  /** Seconds until the channel may be published in. */
  function waitFor(channel: string): number {
    const from = performance.now() - HOUR * second;
    const times = (used.get(channel) ?? []).filter((at) => at > from);
    used.set(channel, times);
    if (times.length < AN_HOUR) return 0;
    return Math.max(0, ((times[0] ?? 0) - from) / second) + 1;
  }
  async function publish(guild: string, id: string, post: string, attempt: number): Promise<void> {
    const state = books.of(guild).digests.get(id);
    const line = state?.history.get(post);
    if (!state || !line?.message || line.channel === undefined || line.published || closed) return;
    const { channel, message } = line;
    const wait = waitFor(channel);
    if (wait > 0) return later(wait, () => void publish(guild, id, post, attempt));
    used.get(channel)?.push(performance.now());
    const posted = await sender.publish(channel, message);
    if (posted.how === 'sent' || (posted.how === 'refused' && posted.code === PUBLISHED)) {
      await books.change(guild, () => [{ kind: 'digest.published', body: { id, post } }]);
      return undefined;
    }
    if (posted.how === 'wait') return later(posted.ms / second, () => void publish(guild, id, post, attempt));
    if (posted.how === 'unknown' && attempt < ATTEMPTS)
      return later(2 ** attempt, () => void publish(guild, id, post, attempt + 1));
    const why = posted.how === 'gone' ? 'somebody deleted the message' : posted.why;
    tell(guild, { about: 'unpublished', digest: alarmed(state.digest), at: line.at, why });
    return undefined;
  }

  function wish(guild: string, id: string, post: string): void {
    const state = books.of(guild).digests.get(id);
    const line = state?.history.get(post);
    if (!state?.digest.publish || !line || line.purpose === 'test' || line.published || begun.has(`${guild} ${post}`))
      return;
    if (line.channel === undefined || !announces(guild, line.channel)) return;
    begun.add(`${guild} ${post}`);
    void publish(guild, id, post, 0).finally(() => begun.delete(`${guild} ${post}`));
  }

  return {
    wish,
    reconcile() {
      for (const { guild, digests } of books.all())
        for (const { digest, history } of digests.values())
          if (digest.publish)
            for (const { name, at, message } of history.values())
              if (message && now() - Date.parse(at) < HOUR * 1_000) wish(guild, digest.id, name);
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
