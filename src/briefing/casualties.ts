import { measureOf } from '../model/measures.ts';
import { laneOf } from '../picture/lanes.ts';
import { liesIn, placeOf, select } from '../picture/select.ts';
import type { Said } from '../picture/series.ts';
import { figuresOf, tollsOf } from '../picture/series.ts';
import { localDay, spanWords } from './dates.ts';
import type { Document, Line, Section } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import type { Known, Namer } from './tell.ts';
import { citeAll, entryLine, namer, reportOf, saidFigure, text } from './tell.ts';
import { families, mostTelling, tollLine } from './tolls.ts';

export interface CasualtiesRequest extends Asked {
  readonly measure: string;
  readonly place?: string;
  /** Days, inclusive: tolls by as-of, incidents by when they happened. */
  readonly from?: string;
  readonly to?: string;
}

const LANES = [
  { lane: 'count', id: 'tolls', heading: 'Tolls as reported' },
  { lane: 'admission', id: 'admissions', heading: 'What a party says of its own losses' },
  { lane: 'claim', id: 'claims', heading: 'What a party says of its enemy’s losses' },
] as const;

const OVERLAP =
  'Different originators, starts and areas: these overlap with each other and with the incidents, and are not added.';

function incidents(known: Known, asked: CasualtiesRequest, name: Namer): readonly Line[] {
  const { picture } = known;
  const { zone } = picture.situation;
  const said = new Map<string, Said[]>();
  for (const value of figuresOf(picture)) {
    const { mode, measure } = value.figure;
    if ((mode !== 'incident' && mode !== 'increment') || measure !== asked.measure) continue;
    said.set(value.entry, [...(said.get(value.entry) ?? []), value]);
  }
  const { from, to, place } = asked;
  return select(picture, {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(place !== undefined && { place }),
  })
    .filter((state) => said.has(state.entry.id))
    .map((state) => ({
      ...entryLine(known, state, name, [text(`${spanWords(state.entry.occurred, zone)}: `)]),
      under: (said.get(state.entry.id) ?? []).map((value) => {
        const report = reportOf(known, value.report);
        return { entry: value.entry, pieces: [saidFigure(known, value)], citations: citeAll(known, [report]) };
      }),
    }));
}

/** Tolls by originator, in three lanes (R6), and the incidents recorded here. Nothing is added up. */
export function composeCasualties(known: Known, asked: CasualtiesRequest): Document {
  const { picture, registry } = known;
  const { situation } = picture;
  const measure = measureOf(asked.measure);
  const name = namer(known);
  const inWindow = (value: Said): boolean => {
    const asOf = localDay(value.figure.asOf, situation.zone);
    return (asked.from === undefined || asOf >= asked.from) && (asked.to === undefined || asOf <= asked.to);
  };
  const series = tollsOf(
    picture,
    (v) =>
      v.figure.measure === asked.measure &&
      inWindow(v) &&
      (asked.place === undefined || liesIn(situation, v.figure.scope.area, asked.place)),
  );
  const found = [...families(series)].sort(mostTelling);
  const sections: Section[] = LANES.map(({ lane, id, heading }) => ({
    id,
    heading,
    lines: found
      .filter((f) => laneOf(picture, registry, f.lead.live) === lane)
      .map((f) => tollLine(known, f, name, 'all')),
  }));
  sections.push({ id: 'incidents', heading: 'Incidents recorded here', lines: incidents(known, asked, name) });
  const filled = sections.filter((s) => s.lines.length > 0);
  const last = filled.at(-1);
  if (last && filled.flatMap((s) => s.lines).length > 1) filled[filled.length - 1] = { ...last, notes: [OVERLAP] };
  const where = placeOf(situation, asked.place);
  return frame(known, asked, {
    kind: 'casualties',
    about: where ? `${measure.label.toLowerCase()}, ${where.name}` : measure.label.toLowerCase(),
    sections: filled,
    empty: `No figure is recorded for: ${measure.label.toLowerCase()}. That is not the same as none.`,
    follows: [
      { label: 'Brief', command: 'brief', args: {} },
      { label: 'Sources', command: 'sources', args: {} },
    ],
  });
}
