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
import type { Region, Where } from './regions.ts';
import { liesWithin, regionsIn } from './regions.ts';
import type { Summed } from './summed.ts';
import { NOTHING, summed } from './summed.ts';
import type { Totals } from './total.ts';
import { addUp } from './total.ts';

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
  place === undefined
    ? (byMeasure(regionsIn(picture)).get(measure) ?? [])
    : regionsIn(picture, place).filter((region) => region.measures.includes(measure));

const eventsHere = oncePerWord((region: Region, registry, measure, picture: Picture): Events => {
  const heard = heardHere(region, picture).get(measure) ?? { incidents: new Map(), excluded: [] };
  return eventsHeard(picture, registry, measure, heard);
});

/** What these events of a region come to. */
function totalsAmong(picture: Picture, events: readonly Event[]): Totals {
  const states = events.flatMap((e) => e.states);
  const suspected = suspectedDuplicates(picture, states).map(([a, b]): Doubt => ({ rule: 'R19', a, b }));
  return addUp(picture, { events, excluded: [] }, [...suspected, ...doubtsOf(picture, states)]);
}

function sumAmong(picture: Picture, events: readonly Event[]): Sums {
  const { backed, unbacked } = totalsAmong(picture, events);
  return { backed: summed(backed), unbacked: summed(unbacked) };
}

/** What a region comes to, with all that is counted in it. */
export const totalsHere = (region: Region, registry: Registry, measure: string, picture: Picture): Totals =>
  totalsAmong(picture, eventsHere(region, registry, measure, picture).events);

/** What a region comes to; kept for as long as the region is. */
export const sumHere = oncePerWord(
  (region: Region, registry, measure, picture: Picture): Sums =>
    sumAmong(picture, eventsHere(region, registry, measure, picture).events),
);

const add = (a: Sums, b: Sums): Sums => ({
  backed: a.backed.plus(b.backed),
  unbacked: a.unbacked.plus(b.unbacked),
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
      return told.length === 0 || liesWithin(picture, region, where)
        ? told
        : told.filter((t) => matches(situation, t.state, where));
    })
    .sort((a, b) => byTime(a.state, b.state));
}
