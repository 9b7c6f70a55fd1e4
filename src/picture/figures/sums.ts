import { laneOf } from '../lanes.ts';
import { once, oncePerWord } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import type { Filter } from '../select.ts';
import { byTime, matches } from '../select.ts';
import type { Series } from '../series.ts';
import { singlesOf } from '../series.ts';
import type { Doubt } from './doubt.ts';
import { doubtsOf } from './doubt.ts';
import { suspectedDuplicates } from './duplicates.ts';
import type { Event, Events } from './events.ts';
import { eventsAmong, eventsHeard } from './events.ts';
import { heardIn } from './heard.ts';
import { sum } from './range.ts';
import type { Region } from './regions.ts';
import { regionsIn } from './regions.ts';
import type { Total } from './total.ts';
import { addUp } from './total.ts';

/** A line of a sum without what only an explanation of it needs. */
export interface Summed extends Pick<Total, 'range' | 'addends' | 'provisional'> {
  /** How many incidents are recorded with no number. */
  readonly withoutNumber: number;
}

/** The two lines of `Totals`. */
export interface Sums {
  readonly backed: Summed;
  readonly unbacked: Summed;
}

/** Which entries are asked for, by when and where they happened. */
type Where = Pick<Filter, 'place' | 'from' | 'to'>;

const heardHere = once((region: Region, picture: Picture) => heardIn(picture, region.states));

/** The regions of the question in which something is said of the measure; of words that readers make up nothing is kept. */
const heardRegions = (picture: Picture, measure: string, { place }: Where): readonly Region[] =>
  regionsIn(picture, place).filter((region) => heardHere(region, picture).has(measure));

const eventsHere = oncePerWord((region: Region, registry, measure, picture: Picture): Events => {
  const heard = heardHere(region, picture).get(measure) ?? { incidents: new Map(), excluded: [] };
  return eventsHeard(picture, registry, measure, heard);
});

/** What these events of a region come to. */
function sumAmong(picture: Picture, events: readonly Event[]): Sums {
  const states = events.flatMap((e) => e.states);
  const suspected = suspectedDuplicates(picture, states).map(([a, b]): Doubt => ({ rule: 'R19', a, b }));
  const totals = addUp(picture, { events, excluded: [] }, [...suspected, ...doubtsOf(picture, states)]);
  const summed = ({ range, addends, provisional, withoutNumber }: Total): Summed => ({
    range,
    addends,
    provisional,
    withoutNumber: withoutNumber.length,
  });
  return { backed: summed(totals.backed), unbacked: summed(totals.unbacked) };
}

const sumHere = oncePerWord(
  (region: Region, registry, measure, picture: Picture): Sums =>
    sumAmong(picture, eventsHere(region, registry, measure, picture).events),
);

function together(lines: readonly Summed[]): Summed {
  const [first, ...others] = lines.filter((l) => l.addends.length > 0 || l.withoutNumber > 0);
  if (first && others.length === 0) return first;
  const counted = lines.filter((l) => l.addends.length > 0);
  return {
    range: sum(counted.map((l) => l.range)),
    addends: counted.flatMap((l) => l.addends).sort((a, b) => a.event - b.event),
    provisional: lines.some((l) => l.provisional),
    withoutNumber: lines.reduce((n, l) => n + l.withoutNumber, 0),
  };
}

/**
 * What `totalsOf` says of a question in two lines, with all that may be the same event by R19: put together of the sums of
 * regions, which are kept as long as nothing touches them. What of a region is not asked for is counted anew.
 */
export function sumsOf(picture: Picture, registry: Registry, measure: string, where: Where = {}): Sums {
  const isAsked = whereabouts(picture, where);
  const sums = heardRegions(picture, measure, where).map((region): Sums => {
    const wanted = isAsked && region.states.filter((s) => !s.retracted && isAsked(s));
    if (!wanted || wanted.length === standing(region).length) return sumHere(region, registry, measure, picture);
    return sumAmong(picture, eventsAmong(eventsHere(region, registry, measure, picture), wanted).events);
  });
  return { backed: together(sums.map((s) => s.backed)), unbacked: together(sums.map((s) => s.unbacked)) };
}

const standing = once((region: Region) => region.states.filter((s) => !s.retracted));

/** Whether an entry happened then and there; undefined where every one is asked for. */
function whereabouts({ situation }: Picture, { place, from, to }: Where): ((state: EntryState) => boolean) | undefined {
  if (place === undefined && from === undefined && to === undefined) return undefined;
  const filter: Filter = {
    ...(place !== undefined && { place }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  return (state) => matches(situation, state, filter);
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
  const isAsked = whereabouts(picture, where);
  return heardRegions(picture, measure, where)
    .flatMap((region) => lanesHere(region, registry, measure, picture)[lane])
    .filter(({ state }) => !isAsked || isAsked(state))
    .sort((a, b) => byTime(a.state, b.state));
}
