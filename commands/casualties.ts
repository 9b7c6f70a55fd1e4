import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { choosePlace, chooseSituation, dayRange, look, placeIn } from '../src/asking/asking.ts';
import { type CasualtiesRequest, composeCasualties, VIEWS } from '../src/briefing/casualties.ts';
import { lookedBack } from '../src/briefing/looked-back.ts';
import { disputable } from '../src/drafting/dispute.ts';
import { MEASURES } from '../src/model/measures.ts';
import { tollDrawing } from './drawings.ts';
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
        description: 'tolls, incidents, chart, or why (what each sum counts); default: tolls and incidents',
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
      const days = dayRange(args, at);
      const request: CasualtiesRequest = {
        measure: args.measure ?? 'killed',
        ...(args.view !== undefined && { view: args.view }),
        ...(args.place !== undefined && { place: placeIn(at.known, args.place) }),
        ...days,
        ...at.asked,
        again: { ...at.asked.again, ...days },
      };
      const told = composeCasualties(at.known, request);
      const document = disputable(at.later ? lookedBack(told, at.known, at.later) : told, reading);
      return request.view === 'chart' ? { ...document, drawing: await tollDrawing(at.known, request) } : document;
    },
  },
);
