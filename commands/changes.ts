import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseSituation, look, sinceIn } from '../src/asking/asking.ts';
import { composeChanges } from '../src/briefing/changes.ts';
import { asOf, command, onlyMe, situation } from './shared.ts';

export const changes = command(
  {
    name: 'changes',
    description: 'What changed: corrections first, then what is new and what moved',
    options: [
      situation,
      {
        type: ApplicationCommandOptionType.String,
        name: 'since',
        description:
          'A date, "friday 18:00", a duration ("24h") or a record ("#120"); default: the last 24 hours recorded',
        max_length: 40,
      },
      asOf,
      onlyMe,
    ],
  },
  {
    complete: { situation: chooseSituation },
    run: async (args, reading, asker) => {
      const now = await look(args, reading, asker);
      const { then, words, again } = await sinceIn(args.since, now, reading);
      return composeChanges(now.known, then, {
        sinceWords: words,
        ...now.asked,
        again: { ...now.asked.again, since: again },
      });
    },
  },
);
