import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { choosePlace, chooseSituation, dayRange, look, placeIn } from '../src/asking/asking.ts';
import { composeCasualties, VIEWS } from '../src/briefing/casualties.ts';
import { MEASURES } from '../src/model/measures.ts';
import { asOf, command, from, onlyMe, place, situation, to } from './shared.ts';

export const casualties = command(
  {
    name: 'casualties',
    description: 'Tolls by who gives them, with since and as-of, and the incidents recorded; nothing is added up',
    options: [
      situation,
      {
        type: ApplicationCommandOptionType.String,
        name: 'measure',
        description: 'What is counted (default: killed)',
        choices: MEASURES.map((m) => ({ name: m.label, value: m.id })),
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'view',
        description:
          'tolls, incidents, a chart, or why: what each sum counts and leaves out (default: tolls and incidents)',
        choices: VIEWS.map((view) => ({ name: view, value: view })),
      },
      place,
      from,
      to,
      asOf,
      onlyMe,
    ],
  },
  {
    complete: { situation: chooseSituation, place: choosePlace },
    run: async (args, reading, asker) => {
      const at = await look(args, reading, asker);
      return composeCasualties(at.known, {
        measure: args.measure ?? 'killed',
        ...(args.view !== undefined && { view: args.view }),
        ...(args.place !== undefined && { place: placeIn(at.known, args.place) }),
        ...dayRange(args, at),
        ...at.asked,
      });
    },
  },
);
