import type { EntryState, Picture } from '../picture/picture.ts';
import { linkKey, liveReports } from '../picture/picture.ts';
import { entriesIn, linksIn } from '../picture/touches.ts';
import type { Window } from './change.ts';

/** Graded improbable: it contests nothing. */
const IMPROBABLE = 5;

/** How much an entry weighs against others: not at all, as a correction only, or fully. */
function weight(state: EntryState | undefined): 0 | 1 | 2 {
  if (!state || state.retracted) return 0;
  const live = liveReports(state);
  return live.length === 0 ? 0 : live.some((r) => r.credibility !== IMPROBABLE) ? 2 : 1;
}

const linked = (picture: Picture, id: string) => (picture.linksOf.get(id) ?? []).map((l) => l.link);

/** Entries that this one contradicts, either way. */
const against = (picture: Picture, id: string): readonly string[] =>
  linked(picture, id).flatMap(({ type, from, to }) => (type === 'contradicts' ? [from === id ? to : from] : []));

const correctedBy = (picture: Picture, id: string): readonly string[] =>
  linked(picture, id).flatMap(({ type, from, to }) => (type === 'corrects' && from === id ? [to] : []));

/**
 * Ids of the entries that a record of the window changed, and with them those of which something else may be told: at
 * the ends of links that came or went, and where what stood against an entry, or corrected what did, fell or rose.
 */
export function touched({ then, now }: Window): {
  readonly changed: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
} {
  const { picture } = now;
  const touches = [...picture.touches.since(then?.seq ?? 0)];
  const changed = entriesIn(touches);
  const all = new Set(changed);
  /** What no longer weighs what it did against those it contradicts. */
  const moved = new Set<string>();
  for (const id of changed) {
    if (!then || weight(then.entries.get(id)) === weight(picture.entries.get(id))) continue;
    moved.add(id);
    for (const target of correctedBy(picture, id)) moved.add(target);
  }
  for (const { link } of linksIn(touches)) {
    const [was, is] = [then, picture].map((p) =>
      p?.linksOf.get(link.from)?.find((l) => linkKey(l.link) === linkKey(link)),
    );
    // Made and taken back inside the window is no change.
    if (was?.added.seq === is?.added.seq) continue;
    all.add(link.from).add(link.to);
    if (link.type === 'corrects') moved.add(link.to);
  }
  for (const id of moved) {
    all.add(id);
    for (const other of against(picture, id)) all.add(other);
  }
  return { changed, all };
}
