import type { Archive } from './archive.ts';
import type { Document } from './briefing/document.ts';
import type { Unmended } from './corrections/failures.ts';
import type { Desks } from './desk/desks.ts';
import type { Bot } from './discord/bot.ts';
import { guildFacts } from './discord/facts.ts';
import { createPoster } from './discord/poster.ts';
import type { StateMemory } from './discord/state.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { type Mirroring, type MirroringOptions, mirrorLogs } from './mirroring.ts';

export interface WatchOptions extends Pick<MirroringOptions, 'more' | 'everyMs'> {
  readonly bot: Bot;
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly desks: Desks;
  readonly memory: StateMemory;
  readonly log: Log;
  readonly now: () => Date;
}

/** Tells the desks of this bot's servers in their mod-logs what was done. */
export function watchDesks({ bot, memory, ...options }: WatchOptions): Mirroring {
  const { client } = bot;
  const mention = (path: string): string | undefined => {
    const written = bot.mention(path);
    return written.startsWith('<') ? written : undefined;
  };
  const poster = createPoster({ rest: client.rest, memory, mention, bot: client.user.id, log: options.log });
  return mirrorLogs({ ...options, poster, mine: (guild) => client.guilds.cache.has(guild) });
}

/** What Discord says of this bot's servers. */
export const factsOf = ({ client, ahead, registered }: Bot) => guildFacts(client, { ahead, registered });

/** A correction that could not be brought to its message, for the people of the desk. */
export const unmendedDocument = ({ edition, situation, entries, why, again, messages, lines }: Unmended): Document => ({
  kind: 'log',
  title: 'A correction did not reach its readers',
  subtitle: [`Briefing ${edition} about ${situation}: ${why}.`],
  sections: [
    { id: 'lines', lines },
    {
      id: 'where',
      lines: [],
      rows: messages.map(({ link }) => [{ type: 'text' as const, text: link }]),
      notes: [
        again
          ? 'A right is missing: once somebody gives it, the message is corrected by itself.'
          : 'It will not be tried again: tell its readers, or delete the message.',
      ],
    },
  ],
  footer: [],
  follows: entries
    .slice(0, 1)
    .map((entry) => ({ label: `Show ${entry}`, command: 'entry show', args: { situation, entry } })),
});
