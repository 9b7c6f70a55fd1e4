import { overlapOf } from '../picture/figures/overlap.ts';
import { singlesIn } from '../picture/figures/sums.ts';
import { kinsOf } from '../picture/kin.ts';
import { laneOf } from '../picture/lanes.ts';
import type { EntryState } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
import { placeOf, select } from '../picture/select.ts';
import type { Said, Series } from '../picture/series.ts';
import { seriesOf } from '../picture/series.ts';
import { daysWords, localDay, spanWords } from './dates.ts';
import type { Line, Section } from './document.ts';
import type { Asked } from './frame.ts';
import type { Known, Namer } from './tell.ts';
import { citeAll, entryLine, reportOf, said, saidFigure, text } from './tell.ts';
import type { Family } from './tolls.ts';
import { families, familiesOf, isBackground, mostTelling, tollLine } from './tolls.ts';

/** tolls: who gives which running number. incidents: single events. chart: the tolls drawn. why: what a sum counts. */
export const VIEWS = ['tolls', 'incidents', 'chart', 'why'] as const;
export type View = (typeof VIEWS)[number];

export interface CasualtiesRequest extends Asked {
  readonly measure: string;
  /** Absent: tolls, sums and incidents. */
  readonly view?: View;
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

/** The entries that the question is about, by when and where they happened. */
export function askedFor({ picture }: Known, { from, to, place }: CasualtiesRequest): readonly EntryState[] {
  return select(picture, {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(place !== undefined && { place }),
  });
}

/** The tolls that the question is about, the most telling first. */
export function askedTolls({ picture }: Known, asked: CasualtiesRequest): readonly Family[] {
  const { situation } = picture;
  const { measure, place, from, to } = asked;
  const inWindow = (value: Said): boolean => {
    const asOf = localDay(value.figure.asOf, situation.zone);
    return (from === undefined || asOf >= from) && (to === undefined || asOf <= to);
  };
  // Only a window of days looks at the single values of a series.
  const windowed = from !== undefined || to !== undefined;
  return kinsOf(picture, measure, place)
    .flatMap((kin) => (windowed ? families(kin.flatMap((series) => limited(series, inWindow))) : familiesOf(kin)))
    .sort(mostTelling);
}

/** A series of those of its values alone that are wanted; none where there are none. */
function limited(series: Series, wanted: (value: Said) => boolean): readonly Series[] {
  const values = series.values.filter(wanted);
  if (values.length === series.values.length) return [series];
  return values.length > 0 ? [seriesOf(series.key, values)] : [];
}

/** Single events with the figures given for them. What a party says of its enemy's losses stands apart (R6). */
export function incidents(
  known: Known,
  asked: CasualtiesRequest,
  lane: 'claim' | 'other',
  name: Namer,
): readonly Line[] {
  const { picture, registry } = known;
  const { zone } = picture.situation;
  return singlesIn(picture, registry, asked.measure, lane, asked).map(({ state, series }) => ({
    ...entryLine(known, state, name, [text(`${spanWords(state.entry.occurred, zone)}: `)]),
    under: series.map((one) => incidentLine(known, one, state)),
  }));
}

/** A live figure of an incident; an increment says of which days, since there are several. */
function incidentLine(known: Known, { live }: Series, state: EntryState): Line {
  const { situation } = known.picture;
  const { scope, mode, part } = live.figure;
  const [from, to] = [localDay(scope.from, situation.zone), localDay(scope.to, situation.zone)];
  const area = scope.area === state.entry.place ? undefined : placeOf(situation, scope.area);
  const own = from === localDay(state.entry.occurred.from, situation.zone) && mode === 'incident';
  return {
    entry: live.entry,
    pieces: [
      ...(part === undefined || live.figure.qualifier === 'constraint' ? [] : [text('of them ')]),
      saidFigure(known, live),
      ...(area ? [text(' in '), said(area.name)] : []),
      ...(own ? [] : [text(` (${daysWords(from, to)})`)]),
      text(` — ${shortName(known.registry, live.originator)}`),
    ],
    citations: citeAll(known, [reportOf(known, live.report)]),
  };
}

/** R9: which of these tolls may count the same people, by their scopes; nothing is added either way. */
function overlapNote({ picture, registry }: Known, tolls: readonly Family[]): readonly string[] {
  const overlapping = tolls.filter((a) =>
    tolls.some((b) => a !== b && overlapOf(picture.situation, a.lead.live, b.lead.live) === 'overlapping'),
  );
  const names = [...new Set(overlapping.map((f) => shortName(registry, f.lead.originator)))];
  if (overlapping.length < 2) return [];
  return [
    `${names.length > 1 ? `The tolls of ${names.join(', ')}` : `These tolls of ${names.join('')}`} may overlap in time, place and people: they are shown side by side and not added.`,
  ];
}

/** The tolls in three lanes (R6), and figures of the wider crisis behind them. */
export function tollSections(known: Known, asked: CasualtiesRequest, name: Namer): readonly Section[] {
  const { picture, registry } = known;
  const found = askedTolls(known, asked);
  const current = found.filter((f) => !isBackground(known, f));
  const background = found.filter((f) => isBackground(known, f));
  const lanes = LANES.map(({ lane, id, heading }): Section => {
    const tolls = current.filter((f) => laneOf(picture, registry, f.lead.live) === lane);
    return {
      id,
      heading,
      lines: [
        ...tolls.map((f) => tollLine(known, f, name, 'all')),
        ...(lane === 'claim' ? incidents(known, asked, 'claim', name) : []),
      ],
      notes: overlapNote(known, tolls),
    };
  });
  return [
    ...lanes,
    { id: 'background', heading: 'Background', lines: background.map((f) => tollLine(known, f, name, 'report')) },
  ];
}
