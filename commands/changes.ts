import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseSince, chooseSituation, look, sinceIn } from '../src/asking/asking.ts';
import { composeChanges } from '../src/briefing/changes.ts';
import { composeFirstChanges } from '../src/briefing/first-changes.ts';
import { disputable } from '../src/drafting/dispute.ts';
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
          'A date, a duration ("24h"), a briefing ("B41") or a record ("#120"); default: the last briefing here',
        max_length: 40,
        autocomplete: true,
      },
      asOf,
      onlyMe,
    ],
  },
  {
    complete: { situation: chooseSituation, since: chooseSince },
    run: async (args, reading, asker) => {
      const now = await look(args, reading, asker);
      const since = await sinceIn(args.since, now, reading, asker);
      if (since === 'first')
        return disputable(
          composeFirstChanges(now.known, { ...now.asked, again: { ...now.asked.again, since } }),
          reading,
        );
      const { then, words, again, edition } = since;
      const document = composeChanges(now.known, then, {
        sinceWords: words,
        ...(edition !== undefined && { sinceEdition: edition }),
        ...now.asked,
        again: { ...now.asked.again, since: again },
      });
      return disputable(document, reading);
    },
  },
);
