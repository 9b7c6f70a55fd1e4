import { chooseSituation, look } from '../src/asking/asking.ts';
import { composeSources } from '../src/briefing/sources.ts';
import { asOf, command, onlyMe, situation } from './shared.ts';

export const sources = command(
  {
    name: 'sources',
    description: 'Who is quoted, how often, of what kind and with what stake',
    options: [situation, asOf, onlyMe],
  },
  {
    complete: { situation: chooseSituation },
    run: async (args, reading, asker) => {
      const { known, asked } = await look(args, reading, asker);
      return composeSources(known, asked);
    },
  },
);
