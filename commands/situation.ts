import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { readable } from '../src/asking/asking.ts';
import { composeSituations } from '../src/briefing/situations.ts';
import { group, onlyMe } from './shared.ts';

export const situation = group(
  {
    name: 'situation',
    description: 'The situations that can be asked about',
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'list',
        description: 'Which situations there are, how many entries each has and how new the newest is',
        options: [onlyMe],
      },
    ],
  },
  { list: { run: async (_args, reading, asker) => composeSituations(await readable(reading, asker)) } },
);
