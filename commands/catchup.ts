import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseSituation } from '../src/asking/asking.ts';
import { missedBy, readWindows, windowsNow } from '../src/asking/missed.ts';
import { composeCatchup, windowOf } from '../src/briefing/catchup.ts';
import { composeChanges } from '../src/briefing/changes.ts';
import { momentWords } from '../src/briefing/dates.ts';
import { disputable } from '../src/drafting/dispute.ts';
import { UserError } from '../src/errors.ts';
import { command, situation } from './shared.ts';

/** One press posts no more messages than this. */
const MOST_POSTS = 5;
const NONE = { windows: [], owed: [] };

export const catchup = command(
  {
    name: 'catchup',
    description: 'What changed since you last looked, in every situation; only you see it',
    options: [
      { ...situation, required: false, description: 'Only this situation' },
      {
        type: ApplicationCommandOptionType.String,
        name: 'since',
        description: 'A date or a duration ("24h"); default: since you marked it as read, or were last shown it',
      },
    ],
  },
  {
    ephemeral: true,
    complete: { situation: chooseSituation },
    run: async (args, reading, asker) => {
      const windows = readWindows(args.since);
      const missed = windows
        ? await windowsNow(windows, reading, asker)
        : await missedBy({ situation: args.situation, since: args.since }, reading, asker);
      const document = composeCatchup(missed, asker.guild !== null && reading.readers !== undefined);
      return document.acts ? disputable(document, reading) : document;
    },
    acts: {
      read: async ({ since }, reading, asker) => {
        const missed = await windowsNow(readWindows(since) ?? NONE, reading, asker);
        if (!reading.readers || missed.length === 0) throw new UserError('There is nothing here to mark as read.');
        // oxlint-disable-next-line no-await-in-loop -- one stream, one after the other
        for (const { known } of missed)
          await reading.readers.setMarker(asker.user, known.picture.situation.slug, known.picture.seq);
        const words = missed.map(
          ({ known: { picture } }) =>
            `${picture.situation.title}, up to ${momentWords(picture.at, picture.situation.zone)} (${picture.situation.zone})`,
        );
        return { say: `Marked as read: ${words.join('; ')}. What was recorded later comes with the next /catchup.` };
      },
      share: async ({ since }, reading, asker) => {
        const missed = await windowsNow(readWindows(since) ?? NONE, reading, asker);
        const posts = missed.slice(0, MOST_POSTS).map((one) => {
          const { slug } = one.known.picture.situation;
          const from = `#${one.then?.seq ?? 0}`;
          return {
            path: 'changes',
            args: { situation: slug, since: from },
            document: composeChanges(one.known, one.then, { sinceWords: `record ${from}`, again: { since: from } }),
          };
        });
        if (posts.length === 0) throw new UserError('There is nothing here to share any more.');
        const left = missed.slice(MOST_POSTS).map(windowOf);
        return {
          say: `Posted in this channel: ${posts.length === 1 ? 'one briefing' : `${posts.length} briefings`}${left.length > 0 ? `; ${left.length} more situations were left out` : ''}.`,
          posts,
        };
      },
    },
  },
);
