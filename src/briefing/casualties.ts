import { measureOf } from '../model/measures.ts';
import { suspectedDuplicates } from '../picture/figures/duplicates.ts';
import { suggestedPairs, totalsOf } from '../picture/figures/total.ts';
import { placeOf } from '../picture/select.ts';
import type { CasualtiesRequest } from './casualties-lines.ts';
import { askedFor, incidents, tollSections } from './casualties-lines.ts';
import type { Document, Section } from './document.ts';
import { frame } from './frame.ts';
import type { Known } from './tell.ts';
import { namer } from './tell.ts';
import { explanation, sumSection } from './totals.ts';

export type { CasualtiesRequest, View } from './casualties-lines.ts';
export { VIEWS } from './casualties-lines.ts';

/** Tolls by originator, the incidents recorded here with their sums, or what is in those sums. Tolls are never added. */
export function composeCasualties(known: Known, asked: CasualtiesRequest): Document {
  const { situation } = known.picture;
  const { view } = asked;
  const measure = measureOf(asked.measure);
  const name = namer(known);
  const wanted = new Set(askedFor(known, asked));
  const duplicates = [...suggestedPairs(known.picture), ...suspectedDuplicates(known.picture, wanted)];
  const totals = totalsOf(known.picture, known.registry, asked.measure, (s) => wanted.has(s), duplicates);
  const sections: readonly Section[] =
    view === 'why'
      ? [sumSection(known, totals, measure), ...explanation(known, totals, measure, name)]
      : [
          ...(view === 'incidents' ? [] : tollSections(known, asked, name)),
          ...(view === 'chart' ? [] : [sumSection(known, totals, measure)]),
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
}
