import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseParty, choosePlace, chooseSituation, dayRange, look, partyIn, placeIn } from '../src/asking/asking.ts';
import { lookedBack } from '../src/briefing/looked-back.ts';
import { composeTimeline } from '../src/briefing/timeline.ts';
import { disputable } from '../src/drafting/dispute.ts';
import { ENTRY_KINDS } from '../src/model/entry.ts';
import { asOf, command, from, onlyMe, place, situation, to } from './shared.ts';

export const timeline = command(
  {
    name: 'timeline',
    description: 'Entries in order of when they happened, day by day',
    options: [
      situation,
      from,
      to,
      place,
      {
        type: ApplicationCommandOptionType.String,
        name: 'party',
        description: 'Only entries in which this party has a part',
        autocomplete: true,
        max_length: 100,
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'kind',
        description: 'Only entries of this kind',
        choices: ENTRY_KINDS.map((kind) => ({ name: kind, value: kind })),
      },
      asOf,
      onlyMe,
    ],
  },
  {
    complete: { situation: chooseSituation, place: choosePlace, party: chooseParty },
    run: async (args, reading, asker) => {
      const at = await look(args, reading, asker);
      const days = dayRange(args, at);
      const document = composeTimeline(at.known, {
        ...days,
        ...(args.place !== undefined && { place: placeIn(at.known, args.place) }),
        ...(args.party !== undefined && { party: partyIn(at.known, args.party) }),
        ...(args.kind !== undefined && { kind: args.kind }),
        ...at.asked,
        again: { ...at.asked.again, ...days },
      });
      return disputable(at.later ? lookedBack(document, at.known, at.later) : document, reading);
    },
  },
);
