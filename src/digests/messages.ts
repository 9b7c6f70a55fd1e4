import { momentWords } from '../briefing/dates.ts';
import type { DigestRequest } from '../briefing/digest.ts';
import type { Document } from '../briefing/document.ts';
import type { DigestState } from './book.ts';
import type { Composer, Gathered } from './composing.ts';
import type { Digest } from './digest.ts';
import { upcoming } from './next.ts';
import type { OwedSlots } from './owed.ts';
import type { ComingEdition, Intent, Tells } from './records.ts';

/** Makes bodies of requests out of documents. */
export interface Printer {
  /** First page of a post; `mention`: role that is to be notified, and no one else. */
  print(
    document: Document,
    about: { readonly edition?: number | undefined; readonly mention?: string | undefined },
  ): Promise<object>;
}

/** What is known of a channel without asking Discord; undefined where nothing is. */
export interface ChannelFacts {
  readonly kind: 'text' | 'announcement' | 'thread' | 'forum';
  /** The bot may post there. */
  readonly open: boolean;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const minute = (ms: number): string => iso(ms - (ms % 60_000));

/** What came before and could not be sent, if it is told now. */
function carriedOf({ history, digest }: DigestState): DigestRequest['carried'] {
  let carried: DigestRequest['carried'];
  for (const { slot, outcome, at, why } of history.values()) {
    if (outcome === 'sent' || outcome === 'late') carried = undefined;
    if (!slot || carried) continue;
    if (outcome === 'failed' || outcome === 'uncertain')
      carried = {
        at: iso(slot.at),
        why: outcome === 'uncertain' ? 'it is not known whether it arrived' : (why ?? 'unknown'),
      };
    if (outcome === 'suspended') carried = { at: slot ? iso(slot.at) : at, why: 'the bot could not post here' };
  }
  return digest.style === 'board' ? undefined : carried;
}

/** Head and foot of what a digest tells now. */
export function requestOf(state: DigestState, now: number, owed?: OwedSlots): Tells['request'] {
  const { digest, told, last } = state;
  const { due, missed, more } = owed ?? { missed: [], more: 0 };
  const [next] = upcoming(state, Math.max(due?.slot.at ?? now, now), 1);
  const told1 = Object.values(told).some((seq) => seq > 0);
  const carried = carriedOf(state);
  return {
    zone: digest.schedule.zone,
    filters: digest.filters,
    // Told to the minute: the same for all that are told in it.
    to: minute(now),
    ...(told1 && { from: minute(Date.parse(last?.at ?? digest.createdAt)) }),
    ...(due?.late && { late: { missed: missed.length + more, why: 'while the bot was off' } }),
    ...(carried && { carried }),
    ...(next && { next: iso(next.at) }),
  };
}

export interface Message {
  readonly payload: unknown;
  readonly tells: Tells;
  readonly editions: readonly ComingEdition[];
}

/** A post, ready to be claimed. `number`: of its first edition; undefined for what is none. */
export async function messageOf(
  {
    composer,
    printer,
    channel,
  }: { readonly composer: Composer; readonly printer: Printer; readonly channel: ChannelFacts | undefined },
  digest: Digest,
  gathered: Pick<Gathered, 'contents' | 'parts' | 'registry'>,
  request: Tells['request'],
  {
    post,
    number,
    flash,
    mention,
  }: {
    readonly post: string;
    readonly number?: number;
    readonly flash?: string;
    readonly mention?: string | undefined;
  },
): Promise<Message> {
  const { contents, parts, registry } = gathered;
  const tells: Tells = { parts, registry, length: digest.length, request, ...(flash !== undefined && { flash }) };
  const document = composer.frame(contents, tells, post);
  const editions =
    number === undefined
      ? []
      : composer.editions(contents, document, { digest, post, number, ...(flash !== undefined && { flash: true }) });
  // A message of several situations has a number for each, and none at its top.
  const edition = editions.length === 1 ? number : undefined;
  const body = await printer.print(document, { edition, mention });
  return { payload: channel?.kind === 'forum' ? forumPost(body, document, digest, request) : body, tells, editions };
}

const MOST_NAME = 100;

/** A forum takes a thread with its first message. */
function forumPost(
  message: object,
  { title }: Document,
  { tags = [] }: Digest,
  { to, zone }: Tells['request'],
): object {
  const day = momentWords(to, zone);
  const name = `${title.slice(0, MOST_NAME - day.length - 3)} · ${day}`;
  return { name, message, ...(tags.length > 0 && { applied_tags: tags }) };
}

/** A board is one message, as long as it is there. */
export const editsOf = ({ digest, last }: DigestState): Pick<Intent, 'edits'> =>
  digest.style === 'board' && last?.channel === digest.channel ? { edits: last.message } : {};
