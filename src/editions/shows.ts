import type { Document, Line } from '../briefing/document.ts';
import { entryOf } from '../model/record.ts';
import type { Picture } from '../picture/picture.ts';

/** The entries that a line speaks of: its own, those that it cites, and those whose figures are in its numbers. */
function* entriesOf(line: Line): Generator<string> {
  yield line.entry;
  for (const { report } of line.citations) yield entryOf(report);
  for (const piece of line.pieces)
    if (piece.type === 'figure' || piece.type === 'total') for (const { report } of piece.of) yield entryOf(report);
  for (const under of line.under ?? []) yield* entriesOf(under);
}

type Shows = Readonly<Record<string, number>>;
/** Many are shown the same document. */
const kept = new WeakMap<Document, Shows>();

/**
 * Entry id → the last record that changed what is shown of it, for every line and all that stands under it: its own
 * records and its links, which make a line contested or corrected. `picture` is the one that the document was made from.
 */
export function showsOf(document: Document, picture: Picture): Shows {
  const known = kept.get(document);
  if (known) return known;
  const shows: Record<string, number> = {};
  for (const section of document.sections)
    for (const line of section.lines)
      for (const id of entriesOf(line)) {
        if (id in shows) continue;
        const state = picture.entries.get(id);
        if (!state) continue;
        const links = picture.linksOf.get(id) ?? [];
        shows[id] = links.reduce((seq, { added }) => Math.max(seq, added.seq), state.changed.seq);
      }
  kept.set(document, shows);
  return shows;
}
