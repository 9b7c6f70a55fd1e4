import type { Archive } from '../archive.ts';
import type { DigestAlarm } from '../briefing/digest-alarms.ts';
import type { DigestState } from './book.ts';
import type { Books } from './books.ts';
import type { Composer } from './composing.ts';
import type { ChannelFacts, Printer } from './messages.ts';
import type { Poster } from './poster.ts';

/** What every kind of post is made with. */
export interface Posting {
  readonly books: Books;
  readonly poster: Poster;
  readonly composer: Composer;
  readonly printer: Printer;
  readonly archive: Archive;
  readonly now: () => number;
  /** Whether anything may be posted at this moment: the clock is trusted, and the bot does not stop. */
  readonly trusted: () => boolean;
  readonly tell: (guild: string, alarm: DigestAlarm) => void;
  readonly stateOf: (guild: string, id: string) => DigestState | undefined;
  /** What is known of the channel of a digest. */
  readonly factsOf: (guild: string, state: DigestState) => ChannelFacts | undefined;
}
