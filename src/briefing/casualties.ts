import { measureOf } from '../model/measures.ts';
import { suspectedDuplicates } from '../picture/figures/duplicates.ts';
import { eventsAmong, eventsOf } from '../picture/figures/events.ts';
import { sumsOf } from '../picture/figures/sums.ts';
import { suggestedPairs, type Totals, totalsOf } from '../picture/figures/total.ts';
import { placeOf } from '../picture/select.ts';
import type { CasualtiesRequest } from './casualties-lines.ts';
import { askedFor, incidents, tollSections } from './casualties-lines.ts';
import type { Document, Section } from './document.ts';
import { frame } from './frame.ts';
import { perPicture } from './per-picture.ts';
import type { Known } from './tell.ts';
import { namer } from './tell.ts';
import { explanation, sumSection } from './totals.ts';

export type { CasualtiesRequest, View } from './casualties-lines.ts';
export { VIEWS } from './casualties-lines.ts';

/** Every addend and every exclusion of what was asked for; `sumsOf` says the same sums without them. */
function totals(known: Known, asked: CasualtiesRequest): Totals {
  const { picture, registry } = known;
  const { measure, place, from, to } = asked;
  const everything = place === undefined && from === undefined && to === undefined;
  const wanted = everything ? undefined : askedFor(known, asked);
  const { events } = eventsAmong(eventsOf(picture, registry, measure), wanted);
  const suspected = suspectedDuplicates(
    picture,
    events.flatMap((e) => e.states),
  );
  return totalsOf(picture, registry, measure, wanted, [...suggestedPairs(picture), ...suspected]);
}

/** Tolls by originator, the incidents recorded here with their sums, or what is in those sums. Tolls are never added. */
export const composeCasualties = perPicture((known: Known, asked: CasualtiesRequest): Document => {
  const { situation } = known.picture;
  const { view } = asked;
  const measure = measureOf(asked.measure);
  const name = namer(known);
  const sum = sumSection(known, sumsOf(known.picture, known.registry, asked.measure, asked), measure);
  const sections: readonly Section[] =
    view === 'why'
      ? [sum, ...explanation(known, totals(known, asked), measure, name)]
      : [
          ...(view === 'incidents' ? [] : tollSections(known, asked, name)),
          ...(view === 'chart' ? [] : [sum]),
          ...(view === undefined || view === 'incidents'
            ? [{ id: 'incidents', heading: 'Incidents recorded here', lines: incidents(known, asked, 'other', name) }]
            : []),
        ];
  const where = placeOf(situation, asked.place);
  const words = measure.label.toLowerCase();
  const { measure: counted, place, from, to } = asked;
  const args = {
    measure: counted,
    ...(place !== undefined && { place }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  return frame(known, asked, {
    kind: 'casualties',
    about: where ? `${words}, ${where.name}` : words,
    sections: sections.filter((s) => s.lines.length > 0),
    empty: `No figure is recorded for: ${words}. That is not the same as none.`,
    follows: [
      ...(view === 'why'
        ? []
        : [{ label: 'Explain this number', command: 'casualties', args: { ...args, view: 'why' } }]),
      ...(view === 'chart' ? [] : [{ label: 'Chart', command: 'casualties', args: { ...args, view: 'chart' } }]),
      { label: 'Brief', command: 'brief', args: {} },
      { label: 'Sources', command: 'sources', args: {} },
    ],
  });
});
