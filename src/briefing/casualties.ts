import { measureOf } from '../model/measures.ts';
import { laneOf } from '../picture/lanes.ts';
import type { EntryState } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
import { liesIn, placeOf, select } from '../picture/select.ts';
import type { Said, Series } from '../picture/series.ts';
import { incidentsOf, tollsOf } from '../picture/series.ts';
import { daysWords, localDay, spanWords } from './dates.ts';
import type { Document, Line, Section } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import type { Known, Namer } from './tell.ts';
import { citeAll, entryLine, namer, reportOf, saidFigure, text } from './tell.ts';
import { families, isBackground, mostTelling, tollLine } from './tolls.ts';

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

function incidents(known: Known, asked: CasualtiesRequest, lane: 'claim' | 'other', name: Namer): readonly Line[] {
  const { picture, registry } = known;
  const { zone } = picture.situation;
  const counted = incidentsOf(
    picture,
    (value) =>
      value.figure.measure === asked.measure && (laneOf(picture, registry, value) === 'claim') === (lane === 'claim'),
  );
  const { from, to, place } = asked;
  return select(picture, {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(place !== undefined && { place }),
  })
    .filter((state) => counted.has(state.entry.id))
    .map((state) => ({
      ...entryLine(known, state, name, [text(`${spanWords(state.entry.occurred, zone)}: `)]),
      under: (counted.get(state.entry.id) ?? []).map((series) => incidentLine(known, series, state)),
    }));
}

/** A live figure of an incident; an increment says of which days, since there are several. */
function incidentLine(known: Known, { live }: Series, state: EntryState): Line {
  const { situation } = known.picture;
  const { scope, mode, part } = live.figure;
  const [from, to] = [localDay(scope.from, situation.zone), localDay(scope.to, situation.zone)];
  const own = from === localDay(state.entry.occurred.from, situation.zone) && mode === 'incident';
  return {
    entry: live.entry,
    pieces: [
      ...(part === undefined || live.figure.qualifier === 'constraint' ? [] : [text('of them ')]),
      saidFigure(known, live),
      ...(own ? [] : [text(` (${daysWords(from, to)})`)]),
      text(` — ${shortName(known.registry, live.originator)}`),
    ],
    citations: citeAll(known, [reportOf(known, live.report)]),
  };
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
    lines: [
      ...found
        .filter((f) => !isBackground(known, f) && laneOf(picture, registry, f.lead.live) === lane)
        .map((f) => tollLine(known, f, name, 'all')),
      ...(lane === 'claim' ? incidents(known, asked, 'claim', name) : []),
    ],
  }));
  sections.push({ id: 'incidents', heading: 'Incidents recorded here', lines: incidents(known, asked, 'other', name) });
  const background = found.filter((f) => isBackground(known, f));
  sections.push({
    id: 'background',
    heading: 'Background',
    lines: background.map((f) => tollLine(known, f, name, 'report')),
  });
  const filled = sections.filter((s) => s.lines.length > 0);
  const [first] = filled;
  // On the first section: whoever reads only the first page has read it.
  if (first && filled.flatMap((s) => s.lines).length > 1) filled[0] = { ...first, notes: [OVERLAP] };
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
