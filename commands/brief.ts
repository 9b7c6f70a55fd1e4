import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { choosePlace, chooseSituation, look, placeIn } from '../src/asking/asking.ts';
import { composeBrief } from '../src/briefing/brief.ts';
import { lookedBack } from '../src/briefing/looked-back.ts';
import { disputable } from '../src/drafting/dispute.ts';
import { asOf, command, onlyMe, place, situation } from './shared.ts';

export const brief = command(
  {
    name: 'brief',
    description: 'The situation in one screen: events, figures, claims, what is disputed, with sources',
    options: [
      situation,
      {
        type: ApplicationCommandOptionType.String,
        name: 'length',
        description: 'How much of it (standard fits one message)',
        choices: [
          { name: 'short', value: 'short' },
          { name: 'standard', value: 'standard' },
          { name: 'full', value: 'full' },
        ],
      },
      place,
      asOf,
      onlyMe,
    ],
  },
  {
    complete: { situation: chooseSituation, place: choosePlace },
    run: async (args, reading, asker) => {
      const { known, asked, later } = await look(args, reading, asker);
      const document = composeBrief(known, {
        length: args.length ?? 'standard',
        ...(args.place !== undefined && { place: placeIn(known, args.place) }),
        ...asked,
      });
      return disputable(later ? lookedBack(document, known, later) : document, reading);
    },
  },
);
