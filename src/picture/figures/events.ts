import { oncePerWord } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import type { Said } from '../series.ts';
import { numberOf, standing } from '../status.ts';
import type { Exclusion } from './exclusion.ts';
import type { Heard } from './heard.ts';
import { heardOf } from './heard.ts';
import { entriesOf, eventOf } from './identity.ts';
import type { IncidentCount } from './incident.ts';
import { countIncident } from './incident.ts';

/** One event for counting: an entry, or all that were found to be the same, under the lowest id of them. */
export interface Event {
  readonly id: string;
  readonly states: readonly [EntryState, ...EntryState[]];
  readonly count: IncidentCount;
  /** Corroborated or confirmed. */
  readonly backed: boolean;
}

export interface Events {
  /** Those that somebody counts, in numbers or in words, by id. */
  readonly events: readonly Event[];
  /** Of what nobody counts in numbers or words that a sum can take. */
  readonly excluded: readonly Exclusion[];
  /** By the entries that tell them, so that a question about a few entries does not look at all events. */
  readonly byEntry: ReadonlyMap<string, Event>;
  readonly excludedBy: ReadonlyMap<string, readonly Exclusion[]>;
}

/**
 * How well an event stands that several entries tell: confirmed if one of them is; contested if one of them is;
 * otherwise their voices are pooled, since two entries of one voice each are two voices for one event (R1).
 */
function isBacked(picture: Picture, registry: Registry, states: readonly [EntryState, ...EntryState[]]): boolean {
  const [first, ...others] = states;
  const found = states.map((s) => standing(picture, registry, s));
  const any = (status: string): boolean => found.some((s) => s.status === status);
  if (any('confirmed')) return true;
  if (any('contested')) return false;
  if (any('corroborated') || others.length === 0) return any('corroborated');
  if (found.some((s) => s.overridden !== undefined)) return false;
  const pooled: EntryState = {
    ...first,
    entry: { ...first.entry, parties: states.flatMap((s) => s.entry.parties) },
    reports: states.flatMap((s) => s.reports),
  };
  return standing(picture, registry, pooled).status === 'corroborated';
}

interface Kept {
  readonly situation: Picture['situation'];
  readonly registry: Registry;
  readonly counts: Map<string, IncidentCount>;
}
/** A state never changes, and most of them outlive the picture: a new record leaves the counts of all others as they are. */
const kept = new WeakMap<EntryState, Kept>();

function countOf(
  picture: Picture,
  registry: Registry,
  measure: string,
  id: string,
  said: readonly Said[],
): IncidentCount {
  const [state, ...others] = entriesOf(picture, id);
  if (!state || others.length > 0) return countIncident(picture, registry, said);
  let mine = kept.get(state);
  if (mine?.situation !== picture.situation || mine.registry !== registry) {
    mine = { situation: picture.situation, registry, counts: new Map() };
    kept.set(state, mine);
  }
  const known = mine.counts.get(measure) ?? countIncident(picture, registry, said);
  mine.counts.set(measure, known);
  return known;
}

/** What of one measure was heard, as events. */
export function eventsHeard(picture: Picture, registry: Registry, measure: string, heard: Heard): Events {
  const figures = new Map<string, Said[]>();
  for (const [entry, said] of heard.incidents) {
    const event = eventOf(picture, entry);
    const known = figures.get(event);
    if (known) known.push(...said);
    else figures.set(event, [...said]);
  }
  const events: Event[] = [];
  const excluded = [...heard.excluded];
  for (const id of [...figures.keys()].sort((a, b) => numberOf(a) - numberOf(b))) {
    const count = countOf(picture, registry, measure, id, figures.get(id) ?? []);
    const [first, ...others] = entriesOf(picture, id).filter((s) => s.entry.override?.status !== 'retracted');
    if (first && (count.claims.length > 0 || count.wordless.length > 0))
      events.push({
        id,
        states: [first, ...others],
        count,
        backed: isBacked(picture, registry, [first, ...others]),
      });
    else excluded.push(...count.excluded);
  }
  const byEntry = new Map(events.flatMap((e) => e.states.map((s) => [s.entry.id, e] as const)));
  const excludedBy = new Map<string, Exclusion[]>();
  for (const exclusion of excluded) {
    const known = excludedBy.get(exclusion.entry);
    if (known) known.push(exclusion);
    else excludedBy.set(exclusion.entry, [exclusion]);
  }
  return { events, excluded, byEntry, excludedBy };
}

const NONE: Events = { events: [], excluded: [], byEntry: new Map(), excludedBy: new Map() };

const counted = oncePerWord((picture, registry, measure): Events => {
  const heard = heardOf(picture, measure);
  return heard ? eventsHeard(picture, registry, measure, heard) : NONE;
});

/** The events that these entries tell, and the exclusions of them; of all entries where none are given. */
export function eventsAmong(
  all: Events,
  wanted: readonly EntryState[] | undefined,
): Pick<Events, 'events' | 'excluded'> {
  if (!wanted) return all;
  const events = [...new Set(wanted.flatMap((s) => all.byEntry.get(s.entry.id) ?? []))];
  return {
    events: events.sort((a, b) => numberOf(a.id) - numberOf(b.id)),
    excluded: wanted.flatMap((s) => all.excludedBy.get(s.entry.id) ?? []),
  };
}

/** The events of a picture that are counted by a measure. Worked out once for each picture, registry and measure. */
export const eventsOf = (picture: Picture, registry: Registry, measure: string): Events =>
  // Readers may ask for any word; only measures of which something was said are kept.
  heardOf(picture, measure) ? counted(picture, registry, measure) : NONE;
