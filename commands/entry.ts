import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseEntry, chooseSituation, entryIn, look } from '../src/asking/asking.ts';
import { composeEntry, composeHistory } from '../src/briefing/entry.ts';
import { asOf, group, onlyMe, situation } from './shared.ts';

const which = {
  type: ApplicationCommandOptionType.String,
  name: 'entry',
  description: 'An entry such as E17, or words of its headline',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

const { Subcommand } = ApplicationCommandOptionType;
const complete = { situation: chooseSituation, entry: chooseEntry };

export const entry = group(
  {
    name: 'entry',
    description: 'One entry: all its reports, or its history',
    options: [
      {
        type: Subcommand,
        name: 'show',
        description: 'An entry with all its reports, figures and links',
        options: [situation, which, asOf, onlyMe],
      },
      {
        type: Subcommand,
        name: 'history',
        description: 'What was recorded about an entry: old → new, by whom, why',
        options: [situation, which, asOf, onlyMe],
      },
    ],
  },
  {
    show: {
      complete,
      run: async (args, reading, asker) => {
        const { known, asked } = await look(args, reading, asker);
        return composeEntry(known, entryIn(known, args.entry), asked);
      },
    },
    history: {
      complete,
      run: async (args, reading, asker) => {
        const { known, asked } = await look(args, reading, asker);
        return composeHistory(known, entryIn(known, args.entry), asked);
      },
    },
  },
);
