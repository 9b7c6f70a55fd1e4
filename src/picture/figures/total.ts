import type { EntryState, Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import type { Said } from '../series.ts';
import { incidentsOf } from '../series.ts';
import { numberOf, standing } from '../status.ts';
import type { Exclusion, IncidentCount } from './incident.ts';
import { countIncident, together } from './incident.ts';
import type { Range } from './range.ts';
import { plus, residual, sum } from './range.ts';

/** One thing that is counted once: an entry, or several that are the same (R19), or what a summary holds beyond its leaves (R8). */
export interface Addend {
  readonly entries: readonly [EntryState, ...EntryState[]];
  readonly range: Range;
  readonly said: readonly Said[];
  /** Set for what is left of a summary after the leaves that are counted themselves. */
  readonly residualOf?: string;
}

/** R7: a sum over leaf events that may not overlap. */
export interface Total {
  readonly range: Range;
  readonly addends: readonly Addend[];
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

interface Node {
  readonly states: readonly [EntryState, ...EntryState[]];
  readonly count: IncidentCount;
}

/** Groups entries that were confirmed to be the same event; each group under its lowest id. */
function merged(
  picture: Picture,
  states: readonly EntryState[],
): ReadonlyMap<string, readonly [EntryState, ...EntryState[]]> {
  const parent = new Map(states.map((s) => [s.entry.id, s.entry.id]));
  const root = (id: string): string => {
    const up = parent.get(id) ?? id;
    return up === id ? id : root(up);
  };
  for (const { link } of picture.links) {
    if (link.type !== 'same_as' || (link.state !== undefined && link.state !== 'confirmed')) continue;
    if (!parent.has(link.from) || !parent.has(link.to)) continue;
    const [a, b] = [root(link.from), root(link.to)].sort((x, y) => numberOf(x) - numberOf(y)) as [string, string];
    parent.set(b, a);
  }
  const groups = new Map<string, [EntryState, ...EntryState[]]>();
  for (const state of [...states].sort((a, b) => numberOf(a.entry.id) - numberOf(b.entry.id))) {
    const key = root(state.entry.id);
    const known = groups.get(key);
    if (known) known.push(state);
    else groups.set(key, [state]);
  }
  return groups;
}

/** Leaves of a summary that are counted themselves: entries linked as part of it. */
function leavesOf(picture: Picture, states: readonly EntryState[]): readonly string[] {
  return states.flatMap((s) =>
    (picture.linksOf.get(s.entry.id) ?? [])
      .filter((l) => l.link.type === 'part_of' && l.link.to === s.entry.id)
      .map((l) => l.link.from),
  );
}

/** Pairs that may be the same event and nobody has decided yet (R19). */
export function suggestedPairs(picture: Picture): readonly (readonly [string, string])[] {
  return picture.links
    .filter((l) => l.link.type === 'same_as' && l.link.state === 'suggested')
    .map((l) => [l.link.from, l.link.to]);
}

/**
 * The sum of incidents recorded here, in two lines, with everything that was counted and everything that was not (R20).
 * Only figures of single incidents are addends: never a running toll, a stock or a window (R3). `wanted` filters entries.
 */
export function totalsOf(
  picture: Picture,
  registry: Registry,
  measure: string,
  wanted: (state: EntryState) => boolean = () => true,
  duplicates: readonly (readonly [string, string])[] = suggestedPairs(picture),
): Totals {
  const excluded: Exclusion[] = [];
  const bySeries = incidentsOf(picture, (said) => said.figure.measure === measure);
  const states = [...bySeries.keys()].flatMap((id) => picture.entries.get(id) ?? []).filter(wanted);

  const nodes = new Map<string, Node>();
  for (const [key, group] of merged(picture, states)) {
    const series = group.flatMap((s) => bySeries.get(s.entry.id) ?? []);
    const single = series.filter((s) => s.live.figure.mode === 'incident');
    for (const s of series)
      if (s.live.figure.mode !== 'incident')
        excluded.push({
          rule: 'R3',
          why: 'counts a window of time, not one incident',
          entry: s.live.entry,
          said: s.live,
        });
    if (single.length === 0) continue;
    const count = countIncident(picture, registry, single);
    excluded.push(...count.excluded);
    if (count.claims.length > 0 || count.wordless.length > 0)
      nodes.set(key, { states: group, count: { ...count, range: together(count.claims) } });
  }

  // R8: a summary counts only for what its leaves do not.
  const keyOf = new Map([...nodes].flatMap(([key, node]) => node.states.map((s) => [s.entry.id, key] as const)));
  const lines = { backed: collect(), unbacked: collect() };
  for (const node of nodes.values()) {
    const [first] = node.states;
    const status = standing(picture, registry, first).status;
    const line =
      lines[
        node.states.length > 1 || status === 'confirmed' || status === 'corroborated'
          ? backedBy(picture, registry, node)
          : 'unbacked'
      ];
    const { range } = node.count;
    if (!range) {
      line.withoutNumber.push(first);
      continue;
    }
    const said = node.count.claims.flatMap((c) => c.said);
    const leaves = [...new Set(leavesOf(picture, node.states).flatMap((id) => keyOf.get(id) ?? []))].flatMap(
      (key) => nodes.get(key)?.count.range ?? [],
    );
    if (leaves.length === 0) line.addends.push({ entries: node.states, range, said });
    else {
      const left = residual(range, sum(leaves));
      for (const s of said)
        excluded.push({
          rule: 'R8',
          why: 'a summary of incidents that are counted themselves',
          entry: s.entry,
          said: s,
        });
      if (left.high !== 0) line.addends.push({ entries: node.states, range: left, said, residualOf: first.entry.id });
    }
  }
  return {
    backed: close(lines.backed, duplicates, excluded),
    unbacked: close(lines.unbacked, duplicates, excluded),
    excluded,
  };
}

interface Collected {
  readonly addends: Addend[];
  readonly withoutNumber: EntryState[];
}
const collect = (): Collected => ({ addends: [], withoutNumber: [] });

/** Entries confirmed to be the same pool their voices: the best standing of any of them counts for all. */
const backedBy = (picture: Picture, registry: Registry, node: Node): 'backed' | 'unbacked' =>
  node.states.some((s) => ['confirmed', 'corroborated'].includes(standing(picture, registry, s).status)) ||
  new Set(node.count.claims.map((c) => c.originator)).size > 1
    ? 'backed'
    : 'unbacked';

/** Adds up a line. Of a suspected pair the smaller low is left out of the lower bound, and both highs stay (R19). */
function close(
  { addends, withoutNumber }: Collected,
  duplicates: readonly (readonly [string, string])[],
  excluded: Exclusion[],
): Total {
  const at = new Map(addends.flatMap((a, i) => a.entries.map((e) => [e.entry.id, i] as const)));
  const dropped = new Set<number>();
  for (const [a, b] of duplicates) {
    const [i, j] = [at.get(a), at.get(b)];
    if (i === undefined || j === undefined || i === j || dropped.has(i) || dropped.has(j)) continue;
    const smaller = (addends[i]?.range.low ?? 0) < (addends[j]?.range.low ?? 0) ? i : j;
    dropped.add(smaller);
    const [entry] = (addends[smaller] as Addend).entries;
    excluded.push({
      rule: 'R19',
      why: 'may be the same event as another one: left out of the lower bound',
      entry: entry.entry.id,
    });
  }
  const range = addends.reduce<Range>(
    (total, addend, i) => plus(total, dropped.has(i) ? { ...addend.range, low: 0, best: null } : addend.range),
    sum([]),
  );
  return { range, addends, withoutNumber, provisional: dropped.size > 0 };
}
