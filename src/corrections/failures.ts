import type { Line } from '../briefing/document.ts';
import type { Owed } from '../editions/edition.ts';
import { editionName } from '../editions/edition.ts';
import type { Book, Page } from './book.ts';
import type { Marking } from './mender.ts';

/** What could not be carried to its readers. */
export interface Failure extends Owed {
  readonly stream: string;
  readonly channel: string;
  readonly messages: readonly string[];
  readonly why: string;
}

/** A briefing that shows something wrong and could not be mended, for those who moderate where it was shown. */
export interface Unmended {
  /** Undefined in direct messages. */
  readonly guild: string | undefined;
  readonly channel: string;
  readonly messages: readonly { readonly id: string; readonly link: string }[];
  /** "B41". */
  readonly edition: string;
  readonly situation: string;
  readonly entries: readonly string[];
  /** Why it could not be mended, in a few words: "the message was deleted". */
  readonly why: string;
  /** A right is missing: once it is given, the message is mended by itself. */
  readonly again: boolean;
  /** What the message should say. */
  readonly lines: readonly Line[];
}

/** All that failed so far, and was not mended since. */
export const failuresIn = (book: Book): readonly Failure[] =>
  book.open().flatMap(({ stream, edition, failed }) =>
    [...failed.values()].map(({ owed, why }) => ({
      ...owed,
      stream,
      channel: edition.channel,
      messages: edition.messages,
      why,
    })),
  );

export function unmended(
  { stream, edition }: Page,
  markings: readonly Marking[],
  why: string,
  again: boolean,
): Unmended {
  const guild = /^guild\/(.+)$/.exec(stream)?.[1];
  const { number, channel, situation, messages } = edition;
  return {
    guild,
    channel,
    messages: messages.map((id) => ({
      id,
      link: `https://discord.com/channels/${guild ?? '@me'}/${channel}/${id}`,
    })),
    edition: editionName(number),
    situation,
    entries: markings.map((m) => m.entry),
    why,
    again,
    lines: markings.flatMap((m) => m.lines),
  };
}
