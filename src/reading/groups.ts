import type { Group } from '../model/figure.ts';
import type { Language, Noun } from './language.ts';
import type { Names } from './names.ts';
import { names } from './names.ts';
import type { Context } from './reading.ts';
import type { Token } from './tokens.ts';

/** Side of a situation, and whether it is the side itself that was named or a party of it. */
export interface SideHit {
  readonly side?: string;
  readonly party: boolean;
}

/** Finds sides and parties of a situation in tokens. */
export function sideNames({ situation, parties }: Context, language: Language): Names<SideHit> {
  const sideOf = new Map(situation.parties.map((p) => [p.party, p.side]));
  const entries: [string, SideHit][] = [];
  for (const side of situation.sides) {
    const first = side.name.toLowerCase().split(' ')[0] ?? '';
    const more = language.sideWords[side.id] ?? language.sideWords[first] ?? [];
    for (const word of [side.name, side.name.toLowerCase(), side.id, ...more])
      entries.push([word, { side: side.id, party: false }]);
  }
  for (const party of parties) {
    if (!sideOf.has(party.id)) continue;
    const side = sideOf.get(party.id);
    const hit: SideHit = { ...(side !== undefined && { side }), party: true };
    const plain = party.name.replace(/ \(.*\)$| and its allies$/, '');
    for (const name of new Set([party.name, plain, party.short ?? plain])) entries.push([name, hit]);
  }
  // "Syrian soldiers" are the government's, where the situation has such a side.
  if (situation.country !== undefined && situation.sides.some((s) => s.id === 'government'))
    entries.push([situation.country, { side: 'government', party: true }]);
  return names(entries, language.stem);
}

const isFighter = (group: Group | undefined): boolean => group?.status === 'combatant';

export interface Described {
  readonly noun: Noun | undefined;
  /** The noun's tokens, and those before it. */
  readonly head: readonly Token[];
  readonly before: readonly Token[];
  readonly kinds: Group;
  readonly sides: readonly SideHit[];
}

const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map((t, i) => (i > 0 && t.spaced ? ` ${t.text}` : t.text))
    .join('')
    .slice(0, 60);

/** The group of the model for a described noun. A side is read only of fighters: a party's name before civilians is no side. */
export function groupOf({ noun, head, before, kinds, sides }: Described): Group {
  if (noun === undefined) return kinds;
  const group: Group = { ...kinds, ...noun.group };
  const hit = sides.find((s) => s.side !== undefined);
  const fighters = isFighter(group);
  const side = fighters ? hit?.side : undefined;
  const plain = noun.role !== true;
  const proper = fighters && before.some((t) => plain || /^\p{Lu}/u.test(t.text)) && Object.keys(kinds).length === 0;
  const bySide = side !== undefined && !sides.some((s) => s.party);
  const soldiers =
    fighters && noun.role === true && /^(?:soldiers?|troops|servicemen|regulars)$/.test(textOf(head).toLowerCase());
  const role =
    proper && !bySide
      ? textOf([...before, ...head])
      : noun.role === true && !(bySide && soldiers)
        ? textOf(head)
        : undefined;
  return { ...group, ...(side !== undefined && { side }), ...(role !== undefined && { role }) };
}

/** The same group or a part of it: what is said of the whole holds for its parts. */
export const within = (part: Group, whole: Group): Group => {
  const { role: _, ...rest } = whole;
  const status = part.status ?? rest.status;
  return { ...rest, ...part, ...(status !== undefined && { status }) };
};
