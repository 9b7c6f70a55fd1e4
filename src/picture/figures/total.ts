import type { EntryState, Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import type { Said } from '../series.ts';
import { numberOf } from '../status.ts';
import type { Doubt } from './doubt.ts';
import { contradictions, suggestedPairs, withDoubts } from './doubt.ts';
import type { Event, Events } from './events.ts';
import { eventsAmong, eventsOf } from './events.ts';
import type { Exclusion } from './exclusion.ts';
import { hasParts, within } from './identity.ts';
import type { Range } from './range.ts';
import { residual, sum } from './range.ts';

export { suggestedPairs } from './doubt.ts';

/** One thing that is counted once: an entry, or several that are the same (R19), or what a summary holds beyond its leaves (R8). */
export interface Addend {
  /** Number of its event: addends stand in the order of these. */
  readonly event: number;
  readonly entries: readonly [EntryState, ...EntryState[]];
  readonly range: Range;
  readonly said: readonly Said[];
  /** Set for what is left of a summary after the leaves that are counted themselves. */
  readonly residualOf?: string;
}

/** R7: a sum over leaf events that may not overlap. */
export interface Total {
  /** Nothing is known of it where there are no addends: that is never 0 (R13). */
  readonly range: Range;
  readonly addends: readonly Addend[];
  /** For each addend what the sum takes of it: less than its range where it may be one with another (R2, R19). */
  readonly sure: readonly Range[];
  /** Incidents that are recorded with no number. */
  readonly withoutNumber: readonly EntryState[];
  /** A suggested duplicate among the addends: counted once in low, twice in high, until a person decides (R19). */
  readonly provisional: boolean;
}

export interface Totals {
  /** Corroborated and confirmed incidents: the headline. */
  readonly backed: Total;
  /** Single-source and contested ones: the second line, never added to the first. */
  readonly unbacked: Total;
  readonly excluded: readonly Exclusion[];
}

const saidOf = (event: Event): readonly Said[] => event.count.claims.flatMap((c) => c.said);

/** R8: what each event counts for: its own number, or what it holds beyond the events inside it. */
function shares(picture: Picture, events: readonly Event[]): ReadonlyMap<string, Range> {
  const ranges = new Map(events.flatMap(({ id, count }) => (count.range ? [[id, count.range] as const] : [])));
  const found = new Map<string, Range>();
  const share = (id: string, whole: Range): Range => {
    const known = found.get(id);
    if (known) return known;
    // Until it is known: what goes around in a circle is counted once.
    found.set(id, whole);
    if (!hasParts(picture, id)) return whole;
    const inner = [...within(picture, id)].sort((a, b) => numberOf(a) - numberOf(b));
    const leaves = inner.flatMap((leaf) => {
      const range = ranges.get(leaf);
      return range ? [share(leaf, range)] : [];
    });
    if (leaves.length > 0) found.set(id, residual(whole, sum(leaves)));
    return found.get(id) ?? whole;
  };
  for (const [id, range] of ranges) share(id, range);
  return found;
}

/**
 * The sum of incidents recorded here, in two lines, with everything that was counted and everything that was not (R20).
 * Only figures of single incidents are addends: never a running toll, a stock or a window (R3). `wanted`
 * limits it to events of these entries: one that several tell is taken where any of them is wanted. `duplicates` are pairs of entries that may be the
 * same event and nobody has decided on; those suggested by a link where it is left out (R19).
 */
export function totalsOf(
  picture: Picture,
  registry: Registry,
  measure: string,
  wanted?: readonly EntryState[],
  duplicates: readonly (readonly [string, string])[] = suggestedPairs(picture),
): Totals {
  return addUp(picture, eventsAmong(eventsOf(picture, registry, measure), wanted), [
    ...duplicates.map(([a, b]): Doubt => ({ rule: 'R19', a, b })),
    ...contradictions(picture),
  ]);
}

/** The sum of these events, and what else is left out of it; see `totalsOf`. */
export function addUp(
  picture: Picture,
  { events, excluded: before }: Pick<Events, 'events' | 'excluded'>,
  doubts: readonly Doubt[],
): Totals {
  const excluded = [...before];
  for (const { count } of events) excluded.push(...count.excluded);

  // The headline stands on its own: what one source says of a part takes nothing from a summary that several back.
  const backed = events.filter((e) => e.backed);
  const covering = new Map(backed.flatMap(({ id, count }) => (count.range ? inner(picture, id) : [])));
  const unbacked = events.filter((e) => !e.backed && (!covering.has(e.id) || !e.count.range));
  for (const event of events)
    if (!event.backed && event.count.range && covering.has(event.id))
      for (const said of saidOf(event))
        excluded.push({ rule: 'R8', why: `part of ${covering.get(event.id)}, counted above`, entry: said.entry, said });

  const lines = [
    lineOf(backed, shares(picture, backed), excluded),
    lineOf(unbacked, shares(picture, [...backed, ...unbacked]), excluded),
  ] as const;
  const [above, below] = withDoubts(
    lines.map((l) => l.addends),
    doubts,
    excluded,
  );
  const total = (line: Line, sure: typeof above): Total => ({
    range: sum(sure?.ranges ?? []),
    addends: line.addends,
    sure: sure?.ranges ?? [],
    withoutNumber: line.withoutNumber,
    provisional: sure?.provisional ?? false,
  });
  return { backed: total(lines[0], above), unbacked: total(lines[1], below), excluded };
}

const inner = (picture: Picture, id: string): readonly (readonly [string, string])[] =>
  hasParts(picture, id) ? [...within(picture, id)].map((part) => [part, id] as const) : [];

interface Line {
  readonly addends: readonly Addend[];
  readonly withoutNumber: readonly EntryState[];
}

function lineOf(events: readonly Event[], share: ReadonlyMap<string, Range>, excluded: Exclusion[]): Line {
  const addends: Addend[] = [];
  const withoutNumber: EntryState[] = [];
  for (const event of events) {
    const { id, states, count } = event;
    const range = share.get(id);
    const addend = (of: Range): Addend => ({ event: numberOf(id), entries: states, range: of, said: saidOf(event) });
    if (!count.range || !range) withoutNumber.push(states[0]);
    else if (range === count.range) addends.push(addend(range));
    else if (range.high !== 0) addends.push({ ...addend(range), residualOf: id });
    else
      for (const said of saidOf(event))
        excluded.push({
          rule: 'R8',
          why: 'a summary of incidents that are counted themselves',
          entry: said.entry,
          said,
        });
  }
  return { addends, withoutNumber };
}
