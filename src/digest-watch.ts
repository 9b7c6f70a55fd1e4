import { createHash } from 'node:crypto';
import type { Archive } from './archive.ts';
import type { Document } from './briefing/document.ts';
import { type Digesting, openDigesting } from './digesting.ts';
import type { Bot } from './discord/bot.ts';
import { digestChannels } from './discord/digest-channels.ts';
import { createDigestPrinter, createDigestRest, discordTime } from './discord/digest-printer.ts';
import type { Pacer } from './discord/pacer.ts';
import { createPoster } from './discord/poster.ts';
import { createSender } from './discord/sender.ts';
import type { StateMemory } from './discord/state.ts';
import { UserError } from './errors.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';

export interface DigestWatchOptions {
  readonly bot: Bot;
  readonly token: string;
  /** Base of the REST API without the version; default: Discord's. */
  readonly api?: string;
  /** Of all that the bot sends by itself. */
  readonly pacer: Pacer;
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly deskGuilds: ReadonlySet<string>;
  readonly memory: StateMemory;
  readonly log: Log;
  readonly now: () => Date;
  /** Tells the people of a guild's desk. */
  readonly tell: (guild: string, document: Document) => Promise<boolean>;
  readonly onFatal: (error: UserError) => void;
  /** What the platform's clock shows, where it is not Discord's. */
  readonly serverTime?: () => Promise<number | undefined>;
}

/** Posts the digests of this bot's servers. */
export async function watchDigests(options: DigestWatchOptions): Promise<Digesting> {
  const { bot, token, api, pacer, memory, onFatal, serverTime, ...rest } = options;
  const { client } = bot;
  const about = { token, ...(api !== undefined && { api }) };
  const { facts, readsHistory } = digestChannels(client);
  const mention = (path: string): string | undefined => {
    const written = bot.mention(path);
    return written.startsWith('<') ? written : undefined;
  };
  const letters = createPoster({ rest: client.rest, memory, mention, bot: client.user.id, log: rest.log });
  return openDigesting({
    ...rest,
    write: async (user, document) => {
      const { id } = await client.users.createDM(user);
      // The same twice within some minutes is told once.
      const nonce = createHash('sha256')
        .update(`${user} ${JSON.stringify(document)}`)
        .digest('base64url')
        .slice(0, 24);
      return letters.post(id, document, nonce);
    },
    channel: facts,
    printer: createDigestPrinter({ memory, mention }),
    sender: createSender({
      rest: createDigestRest(about),
      pacer,
      bot: client.user.id,
      readsHistory,
      log: rest.log,
    }),
    serverTime: serverTime ?? discordTime(api),
    onToken: (why) => onFatal(new UserError(`${why}; check DISCORD_TOKEN.`, 'Whoever runs the bot can set a new one.')),
  });
}
