import { entryAt } from '../picture/history.ts';
import { corrections } from './corrections.ts';
import type { Document, Line } from './document.ts';
import type { Known } from './tell.ts';

const entries = (line: Line): readonly string[] => [line.entry, ...(line.under ?? []).flatMap(entries)];

/** Entries that are named with the note; the rest are counted. */
const NAMED = 5;

/**
 * A look back with a note of what is known to be wrong since. The lines stay as they were told then. `now` is what is
 * known at the moment of asking; `known` is what was known at the moment asked about.
 */
export function lookedBack(document: Document, known: Known, now: Known): Document {
  const { basis } = document;
  const { seq } = known.picture;
  if (basis === undefined) return document;
  const shown = new Set(document.sections.flatMap((s) => s.lines.flatMap(entries)));
  const wrong = [...shown].filter((id) => {
    const state = now.picture.entries.get(id);
    const before = state && entryAt(state, seq);
    return state && before && corrections(now, seq, before, state) !== undefined;
  });
  // Also where nothing is wrong yet: asked for once more, it says what it said.
  const pinned: Document = { ...document, basis: { ...basis, head: now.picture.seq } };
  if (wrong.length === 0) return pinned;
  const named = wrong.slice(0, NAMED).join(', ');
  const rest = wrong.length > NAMED ? ` and ${wrong.length - NAMED} more` : '';
  const what = wrong.length === 1 ? 'One of these entries has' : `${wrong.length} of these entries have`;
  return {
    ...pinned,
    subtitle: [
      ...document.subtitle,
      `${what} been corrected since (${named}${rest}): /changes since #${seq} tells how.`,
    ],
    follows: [
      { label: 'Corrected since', command: 'changes', args: { situation: basis.situation, since: `#${seq}` } },
      ...(document.follows ?? []),
    ],
  };
}
