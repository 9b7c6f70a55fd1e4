import type { CommandRow } from '../commands.ts';

/** How well a row fits what was typed; lower is better, undefined: not at all. */
function rank(row: CommandRow, words: string): number | undefined {
  const title = row.title.toLowerCase();
  if (title === words) return 0;
  if (title.startsWith(words)) return 1;
  if (title.split(/[ -]/).some((word) => word.startsWith(words))) return 2;
  if (words.length > 2 && title.includes(words)) return 3;
  if (words.length > 2 && row.description.toLowerCase().includes(words)) return 4;
  return undefined;
}

/** Rows of the slash-command picker for what stands after the slash, best first. */
export function pickRows(rows: readonly CommandRow[], typed: string): CommandRow[] {
  const words = typed.trim().toLowerCase();
  if (words === '') return [...rows];
  return rows
    .map((row) => ({ row, rank: rank(row, words) }))
    .filter((each): each is { row: CommandRow; rank: number } => each.rank !== undefined)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
}
