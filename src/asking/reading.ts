import type { Archive } from '../archive.ts';
import type { Desks } from '../desk/desks.ts';
import type { Check, GuildFacts } from '../desk/facts.ts';
import type { MoreItems } from '../desk/log.ts';
import type { Digests } from '../digests/service.ts';
import type { Alone } from '../editions/alone.ts';
import type { Readers } from '../editions/readers.ts';

/** What a reading command needs from outside. */
export interface Reading {
  readonly archive: Archive;
  /** What was shown to whom; absent where nobody keeps it (the console). */
  readonly readers?: Readers;
  /** Corrections of what only one person was shown; absent where nobody carries them. */
  readonly alone?: Alone;
  readonly now: () => Date;
  /** The desks of all guilds; absent where nobody curates (the console). */
  readonly desks?: Desks;
  /** The digests of all guilds; absent until they are opened, and where nothing is posted (the console). */
  readonly digests?: Digests | undefined;
  /** What Discord says of servers; absent until the bot is there, and where there is no Discord. */
  readonly facts?: GuildFacts | undefined;
  /** What is wrong with the store, a line each. */
  readonly problems?: () => readonly string[];
  /** What else the log of a desk tells: of digests. */
  readonly logs?: readonly MoreItems[];
  /** What else the doctor looks at in a server. */
  readonly checks?: readonly ((guild: string) => Promise<readonly Check[]>)[];
  /** Guilds whose desks own the situations of the curated files. */
  readonly deskGuilds: ReadonlySet<string>;
}
