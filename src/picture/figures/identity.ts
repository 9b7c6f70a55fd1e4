import { once } from '../once.ts';
import type { EntryState, LinkState, Picture } from '../picture.ts';
import { numberOf } from '../status.ts';

/** Sets that grow together; each is known by its member with the lowest id. */
export interface Sets {
  readonly keyOf: (id: string) => string;
  readonly join: (a: string, b: string) => void;
}

export function sets(): Sets {
  const parent = new Map<string, string>();
  const keyOf = (id: string): string => {
    let key = id;
    for (let up = parent.get(key); up !== undefined; up = parent.get(key)) key = up;
    // Everything on the way points at the key from now on, so that long chains stay cheap.
    for (let at = id; at !== key; ) {
      const next = parent.get(at) as string;
      parent.set(at, key);
      at = next;
    }
    return key;
  };
  return {
    keyOf,
    join: (a, b) => {
      const [x, y] = [keyOf(a), keyOf(b)];
      if (x !== y) parent.set(numberOf(x) < numberOf(y) ? y : x, numberOf(x) < numberOf(y) ? x : y);
    },
  };
}

const stands = (picture: Picture, id: string): boolean => {
  const state = picture.entries.get(id);
  return state !== undefined && state.retracted === undefined;
};

const NOBODY: readonly EntryState[] = [];

const found = once(() => new Map<string, readonly EntryState[]>());

/**
 * The entries that stand and are one event by somebody's decision (`same_as` confirmed, or without a state), by id. Empty
 * where an entry is the same as no other one. Looks at the links of these entries only.
 */
function sameAs(picture: Picture, id: string): readonly EntryState[] {
  const links = picture.linksOf.get(id);
  if (!links?.some(isSame)) return NOBODY;
  const known = found(picture).get(id);
  if (known) return known;
  const met = new Set<string>();
  const open = stands(picture, id) ? [id] : [];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (met.has(one) || !stands(picture, one)) continue;
    met.add(one);
    for (const link of picture.linksOf.get(one) ?? []) if (isSame(link)) open.push(link.link.from, link.link.to);
  }
  const states = [...met].sort((a, b) => numberOf(a) - numberOf(b)).flatMap((one) => picture.entries.get(one) ?? []);
  for (const { entry } of states) found(picture).set(entry.id, states);
  return states;
}

const isSame = ({ link: { type, state } }: LinkState): boolean =>
  type === 'same_as' && (state === undefined || state === 'confirmed');

/** The lowest id of the entries that are the same event as this one; its own where there are no others. */
export const eventOf = (picture: Picture, id: string): string => sameAs(picture, id)[0]?.entry.id ?? id;

/** The entries of an event that stand, by id. Empty for one that was retracted. */
export function entriesOf(picture: Picture, event: string): readonly EntryState[] {
  const same = sameAs(picture, event);
  if (same[0]?.entry.id === event) return same;
  const state = picture.entries.get(event);
  return state && !state.retracted ? [state] : [];
}

/** The events that are part of an event, directly (`part_of`), in the order in which the links were made. */
function partsOf(picture: Picture, event: string): readonly string[] {
  const parts: string[] = [];
  for (const { entry } of entriesOf(picture, event))
    for (const { link } of picture.linksOf.get(entry.id) ?? []) {
      if (link.type !== 'part_of' || link.to !== entry.id || !stands(picture, link.from)) continue;
      const part = eventOf(picture, link.from);
      if (part !== event) parts.push(part);
    }
  return parts;
}

/** Every event inside an event, at any depth, itself not among them. */
export function within(picture: Picture, event: string): ReadonlySet<string> {
  const inside = new Set<string>();
  const open = [event];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const part of partsOf(picture, id))
      if (part !== event && !inside.has(part)) {
        inside.add(part);
        open.push(part);
      }
  return inside;
}

/** Whether anything is part of this event. */
export const hasParts = (picture: Picture, event: string): boolean => partsOf(picture, event).length > 0;
