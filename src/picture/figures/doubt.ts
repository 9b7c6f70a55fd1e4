import { once } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import type { Exclusion } from './exclusion.ts';
import { sets } from './identity.ts';
import type { Range } from './range.ts';
import type { Addend } from './total.ts';

/** Two entries that may count the same people: nobody has decided whether they are one event (R19), or they contradict each other (R2). */
export interface Doubt {
  readonly rule: 'R19' | 'R2';
  readonly a: string;
  readonly b: string;
}

/** Pairs that somebody suggested to be the same event, not yet decided (R19). */
export const suggestedPairs = once((picture: Picture): readonly (readonly [string, string])[] =>
  picture.links
    .filter(({ link }) => link.type === 'same_as' && link.state === 'suggested')
    .map(({ link }) => [link.from, link.to]),
);

/** Entries that contradict each other tell of one thing: they are not provably two, nor is it known which holds. */
export const contradictions = once((picture: Picture): readonly Doubt[] =>
  picture.links
    .filter(({ link }) => link.type === 'contradicts')
    .map(({ link }) => ({ rule: 'R2', a: link.from, b: link.to })),
);

/** The doubts that links of these entries say, each once where all of its entries are among them. */
export const doubtsOf = ({ linksOf }: Picture, states: Iterable<EntryState>): readonly Doubt[] => {
  const doubts: Doubt[] = [];
  for (const { entry } of states)
    for (const { link } of linksOf.get(entry.id) ?? []) {
      if (link.from !== entry.id) continue;
      const { from: a, to: b, type } = link;
      if (type === 'contradicts') doubts.push({ rule: 'R2', a, b });
      else if (type === 'same_as' && link.state === 'suggested') doubts.push({ rule: 'R19', a, b });
    }
  return doubts;
};

const WHY: Readonly<Record<Doubt['rule'], string>> = {
  R19: 'may be the same event as another one: left out of the lower bound',
  R2: 'contradicts another one: left out of the lower bound',
};

interface Place {
  readonly addend: Addend;
  /** Line, and index in it. */
  readonly l: number;
  readonly i: number;
}

/** A line of addends as a sum takes them. */
export interface Sure {
  readonly ranges: readonly Range[];
  readonly provisional: boolean;
}

/**
 * Addends that may be one count once in the lower bound, with the smallest of their lower bounds, which holds whatever
 * is decided (R5); in the upper bound each counts. Where some are in the first line, the lower bound is borne there.
 */
export function withDoubts(
  lines: readonly (readonly Addend[])[],
  doubts: readonly Doubt[],
  excluded: Exclusion[],
): readonly Sure[] {
  const places = lines.flatMap((line, l) => line.map((addend, i): Place => ({ addend, l, i })));
  const at = new Map(places.flatMap((p) => p.addend.entries.map((s) => [s.entry.id, p] as const)));
  const keyOf = ({ addend }: Place): string => addend.entries[0].entry.id;
  const joined = sets();
  const ruleOf = new Map<string, Doubt['rule']>();
  for (const { rule, a, b } of doubts) {
    const [x, y] = [at.get(a), at.get(b)];
    if (!x || !y || x === y) continue;
    joined.join(keyOf(x), keyOf(y));
    for (const place of [x, y]) if (ruleOf.get(keyOf(place)) !== 'R19') ruleOf.set(keyOf(place), rule);
  }
  const ranges = lines.map((line) => line.map((a) => a.range));
  const provisional = lines.map(() => false);
  const components = new Map<string, Place[]>();
  for (const place of places) {
    const rule = ruleOf.get(keyOf(place));
    if (!rule) continue;
    if (rule === 'R19') provisional[place.l] = true;
    const key = joined.keyOf(keyOf(place));
    components.set(key, [...(components.get(key) ?? []), place]);
  }
  for (const members of components.values()) {
    // `places` begins with the first line: the lower bound is borne there, if anything there has one.
    const bounded = members.filter((m) => m.addend.range.low !== null);
    const low = bounded.length > 0 ? Math.min(...bounded.map((m) => m.addend.range.low ?? 0)) : null;
    const bearer = bounded
      .filter((m) => m.l === bounded[0]?.l)
      .reduce<Place | undefined>(
        (a, b) => (a && (a.addend.range.low ?? 0) <= (b.addend.range.low ?? 0) ? a : b),
        undefined,
      );
    for (const member of members) {
      const { l, i, addend } = member;
      const line = ranges[l] as Range[];
      line[i] = { ...addend.range, low: member === bearer ? low : null, best: null };
      const rule = ruleOf.get(keyOf(member)) ?? 'R19';
      if (member !== bearer && addend.range.low !== null) excluded.push({ rule, why: WHY[rule], entry: keyOf(member) });
    }
  }
  return ranges.map((line, l) => ({ ranges: line, provisional: provisional[l] ?? false }));
}
