import { laneOf } from '../lanes.ts';
import { once, oncePerWord } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import { byTime, matches } from '../select.ts';
import type { Series } from '../series.ts';
import { singlesOf } from '../series.ts';
import type { Doubt } from './doubt.ts';
import { doubtsOf } from './doubt.ts';
import { suspectedDuplicates } from './duplicates.ts';
import type { Event, Events } from './events.ts';
import { eventsAmong, eventsHeard } from './events.ts';
import { groupBy } from './group-by.ts';
import { heardIn } from './heard.ts';
import { plus, UNKNOWN } from './range.ts';
import type { Region, Where } from './regions.ts';
import { liesWithin, regionsIn } from './regions.ts';
import type { Total } from './total.ts';
import { addUp } from './total.ts';

/** A line of a sum, without what only an explanation of it needs. */
export interface Summed extends Pick<Total, 'range' | 'provisional'> {
  /** How many incidents are counted, and how many are recorded with no number. */
  readonly incidents: number;
  readonly withoutNumber: number;
  /** The first entry that is counted. */
  readonly entry: string | undefined;
  /** The figures that are counted, by event. */
  readonly figures: readonly FigureRef[];
  /** The number of the event of each figure. */
  readonly events: Uint32Array;
}

/** A figure by its report and its place among the report's figures. */
export interface FigureRef {
  readonly report: string;
  readonly index: number;
}

/** The two lines of `Totals`. */
export interface Sums {
  readonly backed: Summed;
  readonly unbacked: Summed;
}

const heardHere = once((region: Region, picture: Picture) => heardIn(picture, region.states));

const byMeasure = once((regions: readonly Region[]): ReadonlyMap<string, readonly Region[]> => {
  const measures = new Map<string, Region[]>();
  for (const region of regions)
    for (const measure of region.measures) {
      const known = measures.get(measure);
      if (known) known.push(region);
      else measures.set(measure, [region]);
    }
  return measures;
});

/** The regions of the question in which something is said of the measure. */
const heardRegions = (picture: Picture, measure: string, { place }: Where): readonly Region[] =>
  byMeasure(regionsIn(picture, place)).get(measure) ?? [];

const eventsHere = oncePerWord((region: Region, registry, measure, picture: Picture): Events => {
  const heard = heardHere(region, picture).get(measure) ?? { incidents: new Map(), excluded: [] };
  return eventsHeard(picture, registry, measure, heard);
});

/** What these events of a region come to. */
function sumAmong(picture: Picture, events: readonly Event[]): Sums {
  const states = events.flatMap((e) => e.states);
  const suspected = suspectedDuplicates(picture, states).map(([a, b]): Doubt => ({ rule: 'R19', a, b }));
  const totals = addUp(picture, { events, excluded: [] }, [...suspected, ...doubtsOf(picture, states)]);
  return { backed: summed(totals.backed), unbacked: summed(totals.unbacked) };
}

function summed({ range, provisional, addends, withoutNumber }: Total): Summed {
  const figures: FigureRef[] = [];
  const events: number[] = [];
  for (const { event, said } of addends)
    for (const { report, index } of said) {
      figures.push({ report, index });
      events.push(event);
    }
  const entry = addends[0]?.entries[0].entry.id;
  return {
    range,
    provisional,
    incidents: addends.length,
    withoutNumber: withoutNumber.length,
    entry,
    figures,
    events: Uint32Array.from(events),
  };
}

const sumHere = oncePerWord(
  (region: Region, registry, measure, picture: Picture): Sums =>
    sumAmong(picture, eventsHere(region, registry, measure, picture).events),
);

/** Two lines as one, their figures by event. */
function plusLine(a: Summed, b: Summed): Summed {
  if (a.incidents === 0 && a.withoutNumber === 0) return b;
  if (b.incidents === 0 && b.withoutNumber === 0) return a;
  const size = a.events.length + b.events.length;
  // As long as it will be: they are many, and an array that grows is copied again and again.
  const figures = [...a.figures, ...b.figures];
  const events = new Uint32Array(size);
  for (let i = 0, j = 0, at = 0; at < size; at++) {
    const isNext = j === b.events.length || (i < a.events.length && (a.events[i] as number) < (b.events[j] as number));
    figures[at] = (isNext ? a.figures[i] : b.figures[j]) as FigureRef;
    events[at] = (isNext ? a.events[i++] : b.events[j++]) as number;
  }
  const hasFirst = b.incidents === 0 || (a.events[0] ?? Number.POSITIVE_INFINITY) < (b.events[0] as number);
  return {
    range: b.incidents === 0 ? a.range : a.incidents === 0 ? b.range : plus(a.range, b.range),
    provisional: a.provisional || b.provisional,
    incidents: a.incidents + b.incidents,
    withoutNumber: a.withoutNumber + b.withoutNumber,
    entry: hasFirst ? a.entry : b.entry,
    figures,
    events,
  };
}

const add = (a: Sums, b: Sums): Sums => ({
  backed: plusLine(a.backed, b.backed),
  unbacked: plusLine(a.unbacked, b.unbacked),
});

const added = new WeakMap<Sums, { readonly to: Sums; readonly sum: Sums }>();
/** Keeps what it added up: of all regions a record changes one, and of all pairs, pairs of pairs and so on those with it. */
function keptAdd(a: Sums, b: Sums): Sums {
  const known = added.get(a);
  if (known?.to === b) return known.sum;
  const sum = add(a, b);
  added.set(a, { to: b, sum });
  return sum;
}

const NOTHING: Summed = {
  range: UNKNOWN,
  provisional: false,
  incidents: 0,
  withoutNumber: 0,
  entry: undefined,
  figures: [],
  events: new Uint32Array(),
};

/** The sum of sums: of pairs, then of pairs of pairs, until one is left. */
function inPairs(sums: readonly Sums[], plusOf: typeof add): Sums {
  let level = sums;
  while (level.length > 1) {
    const next: Sums[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [a, b] = [level[i] as Sums, level[i + 1]];
      next.push(b ? plusOf(a, b) : a);
    }
    level = next;
  }
  return level[0] ?? { backed: NOTHING, unbacked: NOTHING };
}

/**
 * What `totalsOf` says of a question in two lines, with all that may be the same event by R19: put together of the sums of
 * regions, which are kept as long as nothing touches them. What of a region is not asked for is counted anew.
 */
export function sumsOf(picture: Picture, registry: Registry, measure: string, where: Where = {}): Sums {
  const { situation } = picture;
  const sumOf = (region: Region): Sums => {
    if (liesWithin(picture, region, where)) return sumHere(region, registry, measure, picture);
    const wanted = region.states.filter((s) => !s.retracted && matches(situation, s, where));
    return sumAmong(picture, eventsAmong(eventsHere(region, registry, measure, picture), wanted).events);
  };
  const regions = groupBy(heardRegions(picture, measure, where), (region) => region.neighbourhood);
  // Windows of days are many, and would push out what is kept for the questions that are asked most.
  const plusOf = where.from === undefined && where.to === undefined ? keptAdd : add;
  // Neighbourhood by neighbourhood: what one of them came to is there when it is asked for alone.
  return inPairs(
    [...regions.values()].map((near) => inPairs(near.map(sumOf), plusOf)),
    plusOf,
  );
}

/** An entry with what it says of itself, not as a running count. */
export interface Told {
  readonly state: EntryState;
  readonly series: readonly Series[];
}

const lanesHere = oncePerWord((region: Region, registry, measure, picture: Picture) => {
  const lane = (claims: boolean): readonly Told[] =>
    region.states.flatMap((state) => {
      const isWanted = (s: Series): boolean =>
        s.measure === measure && (laneOf(picture, registry, s.live) === 'claim') === claims;
      const series = singlesOf(state).filter(isWanted);
      return series.length > 0 ? [{ state, series }] : [];
    });
  return { claim: lane(true), other: lane(false) };
});

/** Who says what of single events, by event time. What a party says of its enemy's losses stands apart (R6). */
export function singlesIn(
  picture: Picture,
  registry: Registry,
  measure: string,
  lane: 'claim' | 'other',
  where: Where = {},
): readonly Told[] {
  const { situation } = picture;
  return heardRegions(picture, measure, where)
    .flatMap((region) => {
      const told = lanesHere(region, registry, measure, picture)[lane];
      return liesWithin(picture, region, where) ? told : told.filter((t) => matches(situation, t.state, where));
    })
    .sort((a, b) => byTime(a.state, b.state));
}
