import { entryAt } from './history.ts';
import { Layered } from './layered.ts';
import type { EntryState, LinkState, Picture } from './picture.ts';
import { entriesIn } from './touches.ts';

/** Past that many steps a fold from the beginning is no longer the dearer way. */
const MOST_STEPS = 20_000;

/**
 * What was known after an earlier record, by undoing what came since: costs by what changed, where a fold costs by what
 * is stored. `last` is that record. Undefined where a fold is the way to go: too much changed, or nothing was known yet.
 */
export function lookBack(now: Picture, last: { readonly seq: number; readonly at: string }): Picture | undefined {
  if (last.seq > now.seq || now.touches.countSince(last.seq) > MOST_STEPS) return undefined;
  const { entries, linksOf } = now;
  if (!(entries instanceof Layered) || !(linksOf instanceof Layered)) return undefined;
  const touches = [...now.touches.since(last.seq)];
  const was = new Map<string, EntryState>();
  const gone = new Set<string>();
  for (const id of entriesIn(touches)) {
    const state = entries.get(id) as EntryState | undefined;
    const before = state && entryAt(state, last.seq);
    if (before) was.set(id, before);
    else gone.add(id);
  }
  let { situation } = now;
  let links: LinkState[] | undefined;
  const ends = new Map<string, readonly LinkState[]>();
  for (const { what } of touches.reverse()) {
    if (typeof what === 'string') continue;
    if ('situation' in what) {
      if (!what.situation) return undefined;
      situation = what.situation;
      continue;
    }
    links ??= [...now.links];
    const { was: link, stays } = what;
    if (link) links.splice(link.at, stays ? 1 : 0, link.state);
    else links.pop();
    for (const [end, before] of what.ends) ends.set(end, before);
  }
  return {
    situation,
    seq: last.seq,
    at: last.at,
    entries: (entries as Layered<EntryState>).before(was, gone),
    links: links ?? now.links,
    linksOf: (linksOf as Layered<readonly LinkState[]>).before(ends, new Set()),
    touches: now.touches.upTo(last.seq),
  };
}
