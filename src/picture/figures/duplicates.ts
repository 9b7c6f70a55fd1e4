import type { Situation } from '../../model/situation.ts';
import { once } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import { liveReports } from '../picture.ts';
import { days } from '../select.ts';
import { numberOf } from '../status.ts';
import { eventOf } from './identity.ts';
import { neighbours } from './near.ts';

/** An event as far as R19 looks at it. */
interface Candidate {
  readonly id: string;
  readonly number: number;
  /** Number of its place among those that are fine enough to tell. */
  readonly place: number;
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
/** Where all events of a type are, whoever acted: there looks one that names nobody. */
const ANYWAY = '*';

function candidate(picture: Picture, { entry }: EntryState, place: number): Candidate {
  const { from, to } = days(entry, picture.situation.zone);
  return {
    id: entry.id,
    number: numberOf(entry.id),
    place,
    type: entry.category ?? entry.kind,
    actors: [...new Set(entry.parties.filter((p) => p.role === 'actor').map((p) => p.party))],
    first: from,
    last: to,
  };
}

/** Whether a link, of whatever type, leads from one to the other. */
const linked = ({ linksOf }: Picture, a: string, b: string): boolean =>
  linksOf.get(a)?.some(({ link }) => link.from === b || link.to === b) ?? false;

/** Places as numbers, and for each those that may be the same spot: events meet in many of them. */
const placesNear = once((situation: Situation) => {
  const near = neighbours(situation);
  const index = new Map([...near.keys()].map((id, i) => [id, i]));
  return {
    index,
    near: [...near.values()].map((ids) => ids.map((id) => index.get(id) ?? -1).filter((i) => i >= 0)),
  };
});

/** Events of one type and actor by the number of their place, the earliest of each last. */
type Pile = Candidate[][];

const earlier = (a: Candidate, b: Candidate): number =>
  a.first < b.first ? -1 : a.first > b.first ? 1 : a.number - b.number;

/**
 * R19: pairs of events that may be one, since day, place (within precision), type and an actor fit. Pairs that are linked
 * already, in whatever way, were decided or are being decided. A person decides; until then a total is provisional.
 * Each pair once, the earlier event first; of many that fit, each with the next few.
 */
export function suspectedDuplicates(
  picture: Picture,
  states: Iterable<EntryState>,
): readonly (readonly [string, string])[] {
  const { index, near } = placesNear(picture.situation);
  const decided = (a: Candidate, b: Candidate): boolean =>
    linked(picture, a.id, b.id) || eventOf(picture, a.id) === eventOf(picture, b.id);
  const events: Candidate[] = [];
  for (const state of states) {
    const place = index.get(state.entry.place ?? '');
    if (place === undefined || state.retracted || liveReports(state).length === 0) continue;
    events.push(candidate(picture, state, place));
  }
  // From the last to the first, so that the piles hold what begins later, the nearest on top.
  events.sort((a, b) => earlier(b, a));
  const piles = new Map<string, Pile>();
  const pairs: (readonly [string, string])[] = [];
  for (const event of events) {
    const next = nextOf(event, near[event.place] ?? [], piles, decided);
    for (const other of next.reverse()) pairs.push([event.id, other.id]);
    for (const actor of [...(event.actors.length > 0 ? event.actors : [ANYONE]), ANYWAY]) {
      const key = `${event.type}|${actor}`;
      const pile = piles.get(key) ?? [];
      piles.set(key, pile);
      (pile[event.place] ??= []).push(event);
    }
  }
  return pairs.reverse();
}

/** The first few that begin while an event lasts, near it, of its type, by an actor that may be its own. */
function nextOf(
  event: Candidate,
  near: readonly number[],
  piles: ReadonlyMap<string, Pile>,
  decided: (a: Candidate, b: Candidate) => boolean,
): Candidate[] {
  const found: Candidate[] = [];
  const actors = event.actors.length > 0 ? [...event.actors, ANYONE] : [ANYWAY];
  for (const actor of actors) {
    const pile = piles.get(`${event.type}|${actor}`);
    if (!pile) continue;
    for (const place of near) {
      const there = pile[place];
      if (!there) continue;
      for (let i = there.length - 1; i >= 0; i--) {
        const other = there[i] as Candidate;
        const last = found[MOST - 1];
        // What begins after this event has ended is another one, and what begins later than the few found is not next.
        if (other.first > event.last || (last && earlier(last, other) <= 0)) break;
        if (found.includes(other) || decided(event, other)) continue;
        found.push(other);
        found.sort(earlier);
        if (found.length > MOST) found.pop();
      }
    }
  }
  return found;
}
