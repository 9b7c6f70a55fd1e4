/** A marking as it is written into a message. */
export interface RowMark {
  readonly entry: string;
  readonly strike: boolean;
  readonly hide: boolean;
  readonly back: boolean;
  /** The lines of the mark, each ending in " · E17". */
  readonly notes: readonly string[];
}

/** Text with its marks, and whether the entry stood in it or was marked in it before. */
export interface Marked {
  readonly text: string;
  readonly found: boolean;
  readonly had: boolean;
}

// Text from the store is escaped, so that two tildes and two asterisks at these places are always our own.
const NOTE = /^ *- \*\*(?:Corrected|Retracted|Restored|Stands again) \d{1,2} [A-Z][a-z]{2} \d{4}(?::\*\*|\*\*)/;
const STRUCK = /^( *- )~~(.*)~~$/;
const GONE = 'removed';

const depthOf = (row: string): number => /^ */.exec(row)?.[0].length ?? 0;
/** The entry that a row names at its end; a row under another may name none, and belongs to the one above. */
const entryOf = (row: string): string | undefined => / · (E\d{1,7})(?:~~)?$/.exec(row)?.[1];
const isItem = (row: string): boolean => /^ *- /.test(row);

const unstruck = (row: string): string => row.replace(STRUCK, '$1$2');
const struck = (row: string): string => (STRUCK.test(row) ? row : row.replace(/^( *- )(.*)$/, '$1~~$2~~'));

/** The rows from `at` on that belong to the row there: deeper ones that name no other entry. */
function blockEnd(rows: readonly string[], at: number): number {
  const [depth, entry] = [depthOf(rows[at] ?? ''), entryOf(rows[at] ?? '')];
  let end = at + 1;
  for (let row = rows[end]; row !== undefined && isItem(row) && depthOf(row) > depth; row = rows[end]) {
    const named = entryOf(row);
    if (named !== undefined && named !== entry) break;
    end += 1;
  }
  return end;
}

/**
 * Marks what a text of ours says about an entry: rows that name it are struck through and stay legible, the notes stand
 * under the first. Marks of before are replaced. `first` is false where an earlier text of the message has the notes.
 */
export function markText(text: string, mark: RowMark, first: boolean): Marked {
  const all = text.split('\n');
  const isNote = (row: string): boolean => NOTE.test(row) && entryOf(row) === mark.entry;
  const had = all.some(isNote);
  const rows = all.filter((row) => !isNote(row));
  const isRow = (row: string): boolean => isItem(row) && !NOTE.test(row) && entryOf(row) === mark.entry;
  const out: string[] = [];
  let noted = !first;
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] ?? '';
    if (!isRow(row)) {
      out.push(row);
      at += 1;
      continue;
    }
    const end = blockEnd(rows, at);
    const block = rows.slice(at, end).map(unstruck);
    if (mark.hide && !mark.back) out.push(`${' '.repeat(depthOf(row))}- ~~${GONE} · ${mark.entry}~~`);
    else out.push(...(mark.strike ? block.map(struck) : block));
    if (!noted && (!mark.back || had)) {
      const indent = ' '.repeat(depthOf(row) + 2);
      out.push(...mark.notes.map((note) => `${indent}- ${note}`));
      noted = true;
    }
    at = end;
  }
  return { text: out.join('\n'), found: noted && first, had };
}

/** Notes for an entry that has no row in the message: at the end of the text, before its small print. */
export function appendNotes(text: string, notes: readonly string[]): string {
  const rows = text.split('\n');
  let end = rows.length;
  while (end > 0 && rows[end - 1]?.startsWith('-# ')) end -= 1;
  return [...rows.slice(0, end), ...notes.map((note) => `- ${note}`), ...rows.slice(end)].join('\n');
}
