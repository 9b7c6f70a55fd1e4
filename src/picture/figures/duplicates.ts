import { localDay } from '../../model/time.ts';
import { once } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import { liveReports } from '../picture.ts';
import { numberOf } from '../status.ts';
import { eventOf } from './identity.ts';
import { neighbours } from './near.ts';

/** An event as far as R19 looks at it. */
interface Candidate {
  readonly id: string;
  readonly place: string;
  readonly type: string;
  readonly actors: readonly string[];
  /** Days of the situation's zone. */
  readonly first: string;
  readonly last: string;
}

/**
 * Pairs that one event is suspected in: its next ones. Ten tellings of one event are nine suspicions in a row, not
 * forty-five; where the nearest is decided, the next comes up.
 */
const MOST = 3;
/** Stands for the actor of an event of which none is named: silence is not a difference, it may be anyone. */
const ANYONE = '';

function candidate(picture: Picture, { entry }: EntryState): Candidate | undefined {
  if (entry.place === undefined) return undefined;
  const day = (moment: string): string => localDay(moment, picture.situation.zone);
  return {
    id: entry.id,
    place: entry.place,
    type: entry.category ?? entry.kind,
    actors: [...new Set(entry.parties.filter((p) => p.role === 'actor').map((p) => p.party))],
    first: day(entry.occurred.from),
    last: day(entry.occurred.to ?? entry.occurred.from),
  };
}

const linkedPairs = once((picture: Picture): ReadonlySet<string> => {
  return new Set(picture.links.flatMap(({ link }) => [`${link.from} ${link.to}`, `${link.to} ${link.from}`]));
});
const placesNear = once((picture: Picture) => neighbours(picture.situation));

/**
 * R19: pairs of events that may be one, since day, place (within precision), type and an actor fit. Pairs that are linked
 * already, in whatever way, were decided or are being decided. A person decides; until then a total is provisional.
 * Each pair once, the earlier event first; of many that fit, each with the next few.
 */
export function suspectedDuplicates(
  picture: Picture,
  states: Iterable<EntryState>,
): readonly (readonly [string, string])[] {
  const near = placesNear(picture);
  const linked = linkedPairs(picture);
  const decided = (a: string, b: string): boolean =>
    linked.has(`${a} ${b}`) || eventOf(picture, a) === eventOf(picture, b);
  const events: Candidate[] = [];
  for (const state of states) {
    if (state.retracted || liveReports(state).length === 0) continue;
    const event = candidate(picture, state);
    if (event && near.has(event.place)) events.push(event);
  }
  events.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : numberOf(a.id) - numberOf(b.id)));

  // By place, type and actor, in order of time. From the last to the first, so that each pile holds what comes after.
  const piles = new Map<string, Candidate[]>();
  const pairs: (readonly [string, string])[] = [];
  for (const event of events.reverse()) {
    const actors = event.actors.length > 0 ? event.actors : [ANYONE];
    for (const id of nextOf(event, near, piles, decided).reverse()) pairs.push([event.id, id]);
    for (const actor of [...actors, ANYWAY]) {
      const key = [event.place, event.type, actor].join('|');
      const pile = piles.get(key);
      if (pile) pile.push(event);
      else piles.set(key, [event]);
    }
  }
  return pairs.reverse();
}

/** The pile of all events of a place and type, whoever acted: where one that names nobody looks. */
const ANYWAY = '*';

function nextOf(
  event: Candidate,
  near: ReadonlyMap<string, readonly string[]>,
  piles: ReadonlyMap<string, readonly Candidate[]>,
  decided: (a: string, b: string) => boolean,
): string[] {
  const found = new Map<string, Candidate>();
  const actors = event.actors.length > 0 ? [...event.actors, ANYONE] : [ANYWAY];
  for (const place of near.get(event.place) ?? [])
    for (const actor of actors) {
      const pile = piles.get([place, event.type, actor].join('|')) ?? [];
      // The last of a pile is the nearest in time; what begins after this event has ended is another one.
      for (let i = pile.length - 1, met = 0; i >= 0 && met < MOST; i--) {
        const other = pile[i] as Candidate;
        if (other.first > event.last) break;
        if (decided(event.id, other.id)) continue;
        met++;
        found.set(other.id, other);
      }
    }
  return [...found.values()]
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : numberOf(a.id) - numberOf(b.id)))
    .slice(0, MOST)
    .map((c) => c.id);
}
