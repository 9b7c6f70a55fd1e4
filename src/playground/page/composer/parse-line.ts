import type { CommandRow } from '../commands.ts';
import { type Draft, draftOf, withValue } from './draft.ts';
import { newMarks, optionMarks } from './option-marks.ts';

/** The row whose title opens the line, the longest first, so that "/entry show" wins over an "/entry". */
export function rowOf(line: string, rows: readonly CommandRow[]): CommandRow | undefined {
  const words = line.replace(/^\//, '').trimStart().toLowerCase();
  return rows
    .filter(({ title }) => words === title.toLowerCase() || words.startsWith(`${title.toLowerCase()} `))
    .toSorted((a, b) => b.title.length - a.title.length)[0];
}

const unquoted = (text: string): string => /^"([^"]*)"$/.exec(text)?.[1] ?? text;

/**
 * Reads a typed line such as `/brief situation:aleppo-2024 length:short`. Values reach to the next option, so they may
 * hold spaces; an option that comes a second time stays text, for `firstError` to name. What stands before the first named option goes to the command's first option: `/brief aleppo-2024`.
 * Undefined when no command of that name exists.
 */
export function parseLine(line: string, rows: readonly CommandRow[]): Draft | undefined {
  const trimmed = line.trim();
  if (!trimmed.startsWith('/')) return undefined;
  const row = rowOf(trimmed, rows);
  if (row === undefined) return undefined;
  const rest = trimmed.slice(1).trimStart().slice(row.title.length).trim();
  const all = optionMarks(
    rest,
    row.options.map(({ name }) => name),
  );
  let draft = draftOf(row);
  const first = row.options[0];
  const isLoose = rest.slice(0, all[0]?.from ?? rest.length).trim() !== '';
  const marks = newMarks(all, isLoose && first !== undefined ? [first.name] : []);
  const loose = unquoted(rest.slice(0, marks[0]?.from ?? rest.length).trim());
  if (loose !== '' && first === undefined) return undefined;
  if (loose !== '' && first !== undefined) draft = withValue(draft, first.name, { typed: loose });
  for (const [index, mark] of marks.entries()) {
    const typed = unquoted(rest.slice(mark.to, marks[index + 1]?.from ?? rest.length).trim());
    draft = withValue(draft, mark.name, { typed });
  }
  return draft;
}
