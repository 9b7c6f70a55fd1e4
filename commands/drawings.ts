import type { CasualtiesRequest } from '../src/briefing/casualties.ts';
import { askedTolls } from '../src/briefing/casualties-lines.ts';
import { momentWords } from '../src/briefing/dates.ts';
import type { Drawing } from '../src/briefing/document.ts';
import type { Known } from '../src/briefing/tell.ts';
import { isBackground } from '../src/briefing/tolls.ts';
import type { MapPlace } from '../src/graphics/map-data.ts';
import type { CountedIncident, TollSeries, TollValue } from '../src/graphics/toll-data.ts';
import { measureOf } from '../src/model/measures.ts';
import { dayOf } from '../src/model/time.ts';
import { countIncident } from '../src/picture/figures/incident.ts';
import { laneOf } from '../src/picture/lanes.ts';
import type { EntryState } from '../src/picture/picture.ts';
import { shortName } from '../src/picture/registry.ts';
import type { Filter } from '../src/picture/select.ts';
import { placeOf, select } from '../src/picture/select.ts';
import type { Said, Series } from '../src/picture/series.ts';
import { bound, incidentsOf } from '../src/picture/series.ts';
import { groupKey, phrase, quantity } from '../src/picture/wording.ts';

// Pictures of what a document says, for people who would rather look. The renderers are loaded when first asked for.

const known = ({ picture }: Known, asOf: string | undefined): string => {
  const { zone, sample } = picture.situation;
  return `${sample ? 'SAMPLE. ' : ''}As known on ${momentWords(asOf ?? picture.at, zone)} (${zone})`;
};

const DRAWN = new Set(['exact', 'at_least', 'more_than', 'at_most', 'about', 'range']);

/** A count that began so long before the situation would squeeze the situation itself to the edge. In ms. */
const LEAD = 3 * 86_400_000;

function valueOf({ figure }: Said, before: Said | undefined, start: string): TollValue | undefined {
  const { qualifier, low, high, asOf, scope, stated } = figure;
  if (!DRAWN.has(qualifier)) return undefined;
  const [was, is] = [before && bound(before.figure), bound(figure)];
  return {
    asOf,
    // "More than 50" stands at 50, with its arrow.
    low: stated ?? low,
    high,
    qualifier: qualifier as TollValue['qualifier'],
    printed: quantity(figure),
    ...(Date.parse(dayOf(scope.from)) >= Date.parse(start) - LEAD && { from: dayOf(scope.from) }),
    ...(typeof was === 'number' && is !== null && is < was && { revisedDown: true }),
  };
}

function seriesOf({ picture, registry }: Known, { originator, values, live }: Series): TollSeries {
  const name = shortName(registry, originator);
  const group =
    groupKey(live.figure.group) === groupKey({})
      ? ''
      : `, ${phrase(live.figure, picture.situation).replace(quantity(live.figure), '').trim()}`;
  const drawn = values.flatMap((v, i) => valueOf(v, values[i - 1], picture.situation.start) ?? []);
  return { originator, label: `${name}${group}`, values: drawn };
}

function countedIncidents({ picture, registry }: Known, asked: CasualtiesRequest): readonly CountedIncident[] {
  const wanted = new Set(select(picture, asked).map((s) => s.entry.id));
  return [...incidentsOf(picture, (v) => v.figure.measure === asked.measure && v.figure.mode === 'incident')].flatMap(
    ([id, series]) => {
      const state = picture.entries.get(id);
      if (!state || !wanted.has(id)) return [];
      const { range, wordless } = countIncident(
        picture,
        registry,
        series.flatMap((s) => s.values),
      );
      if (!range && wordless.length === 0) return [];
      const { from, to } = state.entry.occurred;
      return [
        {
          from: dayOf(from),
          to: dayOf(to ?? from),
          low: range?.low ?? null,
          high: range?.high ?? null,
          label: state.entry.headline,
        },
      ];
    },
  );
}

/** More lines than this cannot be told apart at the size of a chat. */
const MOST_LINES = 6;

/** The tolls of third parties as steps over time, and the incidents under them. */
export async function tollDrawing(at: Known, asked: CasualtiesRequest): Promise<Drawing> {
  const { tollChart } = await import('../src/graphics/toll-chart.ts');
  const measure = measureOf(asked.measure);
  const leads = askedTolls(at, asked).filter(
    (f) => !isBackground(at, f) && laneOf(at.picture, at.registry, f.lead.live) === 'count',
  );
  // Families are no people: counts of other things than the axis shows are in the words only.
  const drawn = leads.filter((f) => f.lead.live.figure.group.role !== 'families');
  const all = drawn.map((f) => seriesOf(at, f.lead)).filter((s) => s.values.length > 0);
  const series = all.slice(0, MOST_LINES);
  const left = leads.length - series.length;
  const incidents = countedIncidents(at, asked);
  const { svg, alt } = tollChart({
    title: at.picture.situation.title,
    subtitle: known(at, asked.asOf),
    measure: measure.people ? `People ${measure.phrase}` : measure.label,
    series,
    ...(incidents.length > 0 && { incidents }),
    ...(series.length > 1 && {
      note: `These may overlap and are not added.${left > 0 ? ` ${left} more originators or groups are listed below.` : ''}`,
    }),
  });
  return { name: `${asked.measure.replaceAll('_', '-')}-chart`, svg, alt };
}

const GRAVITY = ['flash', 'major', 'routine', 'background'] as const;

/** Where entries happened, each place once, no finer than it is known. */
export async function mapDrawing(
  at: Known,
  asked: Filter & { readonly asOf?: string },
  days: string,
): Promise<Drawing> {
  const { situationMap } = await import('../src/graphics/situation-map.ts');
  const { situation } = at.picture;
  const byPlace = new Map<string, EntryState[]>();
  let unplaced = 0;
  for (const state of select(at.picture, asked)) {
    const place = placeOf(situation, state.entry.place);
    // What was said in a far capital would shrink the country to a dot.
    const abroad =
      place?.country !== undefined && situation.country !== undefined && place.country !== situation.country;
    if (place?.lat === undefined || place.lon === undefined || abroad) unplaced += 1;
    else byPlace.set(place.id, [...(byPlace.get(place.id) ?? []), state]);
  }
  const places = [...byPlace].flatMap(([id, states]): readonly MapPlace[] => {
    const place = placeOf(situation, id);
    if (place?.lat === undefined || place.lon === undefined) return [];
    const severity = GRAVITY.find((g) => states.some((s) => s.entry.severity === g)) ?? 'background';
    return [
      {
        name: place.name,
        lat: place.lat,
        lon: place.lon,
        precision: place.precision,
        severity,
        entries: states.length,
      },
    ];
  });
  const weight = (p: MapPlace): number => (GRAVITY.length - GRAVITY.indexOf(p.severity)) * 1000 + p.entries;
  const { svg, alt } = await situationMap({
    title: situation.title,
    subtitle: `${days === '' ? '' : `${days}. `}${known(at, asked.asOf)}`,
    places: places.sort((a, b) => weight(b) - weight(a) || (a.name < b.name ? -1 : 1)),
    unplaced,
  });
  return { name: 'map', svg, alt };
}
