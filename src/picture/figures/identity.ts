import { once } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
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

const stands = (picture: Picture, id: string): boolean => picture.entries.get(id)?.retracted === undefined;

/** Which entries that stand are one event by somebody's decision (`same_as` confirmed, or without a state). */
const identities = once((picture: Picture): Sets => {
  const same = sets();
  for (const { link } of picture.links)
    if (
      link.type === 'same_as' &&
      (link.state === undefined || link.state === 'confirmed') &&
      picture.entries.has(link.from) &&
      picture.entries.has(link.to) &&
      stands(picture, link.from) &&
      stands(picture, link.to)
    )
      same.join(link.from, link.to);
  return same;
});

/** The lowest id of the entries that are the same event as this one; its own where there are no others. */
export const eventOf = (picture: Picture, id: string): string => identities(picture).keyOf(id);

const others = once((picture: Picture): ReadonlyMap<string, readonly EntryState[]> => {
  const ids = new Set(picture.links.flatMap(({ link }) => (link.type === 'same_as' ? [link.from, link.to] : [])));
  const groups = new Map<string, EntryState[]>();
  for (const id of [...ids].sort((a, b) => numberOf(a) - numberOf(b))) {
    const state = picture.entries.get(id);
    if (!state || state.retracted) continue;
    const key = eventOf(picture, id);
    groups.set(key, [...(groups.get(key) ?? []), state]);
  }
  return groups;
});

/** The entries of an event that stand, by id. Empty for one that was retracted. */
export function entriesOf(picture: Picture, event: string): readonly EntryState[] {
  const linked = others(picture).get(event);
  if (linked) return linked;
  const state = picture.entries.get(event);
  return state && !state.retracted ? [state] : [];
}

/** Event → the events that are part of it, directly (`part_of`). */
const partsOf = once((picture: Picture): ReadonlyMap<string, ReadonlySet<string>> => {
  const parts = new Map<string, Set<string>>();
  for (const { link } of picture.links) {
    if (link.type !== 'part_of' || !stands(picture, link.from) || !stands(picture, link.to)) continue;
    const [part, whole] = [eventOf(picture, link.from), eventOf(picture, link.to)];
    const known = parts.get(whole);
    if (part === whole) continue;
    if (known) known.add(part);
    else parts.set(whole, new Set([part]));
  }
  return parts;
});

/** Every event inside an event, at any depth, itself not among them. */
export function within(picture: Picture, event: string): ReadonlySet<string> {
  const parts = partsOf(picture);
  const found = new Set<string>();
  const open = [event];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const part of parts.get(id) ?? [])
      if (part !== event && !found.has(part)) {
        found.add(part);
        open.push(part);
      }
  return found;
}

/** Whether anything is part of this event. */
export const hasParts = (picture: Picture, event: string): boolean => partsOf(picture).has(event);
