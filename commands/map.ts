import { chooseSituation, dayRange, look } from '../src/asking/asking.ts';
import { daysWords, localDay } from '../src/briefing/dates.ts';
import { composePlaces } from '../src/briefing/places.ts';
import { disputable } from '../src/drafting/dispute.ts';
import { mapDrawing } from './drawings.ts';
import { asOf, command, from, onlyMe, situation, to } from './shared.ts';

export const map = command(
  {
    name: 'map',
    description: 'Where the entries happened: a map no finer than the places are known, and the same in words',
    options: [situation, from, to, asOf, onlyMe],
  },
  {
    complete: { situation: chooseSituation },
    run: async (args, reading, asker) => {
      const at = await look(args, reading, asker);
      const days = dayRange(args, at);
      const { situation: about } = at.known.picture;
      const words =
        days.from === undefined && days.to === undefined
          ? ''
          : daysWords(days.from ?? about.start, days.to ?? localDay(at.known.picture.at, about.zone));
      const asked = { ...days, ...at.asked, again: { ...at.asked.again, ...days } };
      const document = { ...composePlaces(at.known, asked, words), drawing: await mapDrawing(at.known, asked, words) };
      return disputable(document, reading);
    },
  },
);
