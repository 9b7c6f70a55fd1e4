import type { Choice, CommandOption, CommandRow } from '../commands.ts';
import {
  type Draft,
  draftOf,
  type Filled,
  knownChoices,
  optionNamed,
  reboundTo,
  remaining,
  resolve,
  type Value,
  type World,
  withValue,
} from './draft.ts';
import { newMarks, optionMarks } from './option-marks.ts';
import { rowOf } from './parse-line.ts';
import { pickRows } from './picker.ts';

/** Name under which the place after the last option is focused. */
export const TAIL = '';

/** What the composer is: a line of text, or a command with options. `focus` names the option with the caret, or TAIL. */
export type Mode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'draft'; readonly draft: Draft; readonly focus: string; readonly tail: string };

/** One line of the list above the composer. */
export interface Item {
  readonly label: string;
  readonly hint?: string;
  readonly pick:
    | { readonly type: 'row'; readonly row: CommandRow }
    | { readonly type: 'option'; readonly name: string }
    | { readonly type: 'choice'; readonly value: Value };
}

/** Discord shows at most 25 choices; the picker shows them all. */
const MOST_CHOICES = 25;

export const emptyText: Mode = { kind: 'text', text: '' };

/** A command just picked: the caret goes to its first required option, else behind the line. */
export function started(row: CommandRow): Mode {
  const draft = draftOf(row);
  return { kind: 'draft', draft, focus: draft.shown[0] ?? TAIL, tail: '' };
}

/** The mode for the commands as they are registered now: after a restart of the bot the same command has another id. */
export function rebound(mode: Mode, rows: readonly CommandRow[]): Mode {
  if (mode.kind === 'text') return mode;
  const row = rows.find(({ title }) => title === mode.draft.row.title);
  if (row === undefined || row === mode.draft.row) return mode;
  const draft = reboundTo(row, mode.draft);
  return { ...mode, draft, focus: draft.shown.includes(mode.focus) ? mode.focus : TAIL };
}

/** Where the caret goes when an option is done: to the next required one that is empty, else behind the line. */
export function nextFocus(draft: Draft): string {
  return draft.shown.find((name) => optionNamed(draft, name)?.required && !hasText(draft.values.get(name))) ?? TAIL;
}

const hasText = (filled: Filled | undefined): boolean => filled !== undefined && filled.typed.trim() !== '';

/** The mode after the plain line reads `text`. A space after a command's whole name takes that command, as in Discord. */
export function typedLine(text: string, rows: readonly CommandRow[]): Mode {
  const row = text.startsWith('/') && text.endsWith(' ') ? rowOf(text.trimEnd(), rows) : undefined;
  if (row !== undefined && `/${row.title} `.toLowerCase() === text.toLowerCase()) return started(row);
  return { kind: 'text', text };
}

/**
 * The mode after `typed` stands in option `name` (or TAIL). Writing "length:" inside goes on to that option, so that a
 * line can be typed straight through.
 */
export function typedOption(mode: Extract<Mode, { kind: 'draft' }>, name: string, typed: string): Mode {
  const filled = mode.draft.shown.filter((each) => each !== name && hasText(mode.draft.values.get(each)));
  const all = optionMarks(
    typed,
    mode.draft.row.options.map((option) => option.name),
  );
  const marks = newMarks(all, filled);
  const own = typed.slice(0, marks[0]?.from ?? typed.length);
  if (marks.length === 0) {
    if (name === TAIL) return { ...mode, focus: TAIL, tail: typed };
    return { ...mode, focus: name, draft: withValue(mode.draft, name, { typed }) };
  }
  let draft = mode.draft;
  if (name !== TAIL && own.trim() !== '') draft = withValue(draft, name, { typed: own.trim() });
  for (const [index, mark] of marks.entries()) {
    const next = marks[index + 1];
    const text = typed.slice(mark.to, next?.from ?? typed.length).trimStart();
    // The last one is still being written: a space at its end may be the start of a second word.
    draft = withValue(draft, mark.name, { typed: next === undefined ? text : text.trimEnd() });
  }
  const focus = marks.at(-1)?.name ?? name;
  return { ...mode, draft, focus, tail: name === TAIL ? own.trim() : mode.tail };
}

const fits = (text: string, typed: string): boolean => text.toLowerCase().includes(typed.toLowerCase());

function choiceItems(
  option: CommandOption,
  filled: Filled | undefined,
  world: World,
  suggested: readonly Choice[],
): Item[] {
  // A picked value needs no list; typing again brings it back.
  if (filled?.value !== undefined) return [];
  const typed = filled?.typed.trim() ?? '';
  const known = knownChoices(option, world);
  const choices = option.autocomplete
    ? suggested
    : (known ?? []).filter(({ name, value }) => fits(name, typed) || fits(String(value), typed));
  return choices.slice(0, MOST_CHOICES).map(({ name, value }) => ({
    label: name,
    ...(option.autocomplete && String(value) !== name && { hint: String(value) }),
    pick: { type: 'choice', value },
  }));
}

/** What the list above the composer offers. */
export function itemsOf(mode: Mode, rows: readonly CommandRow[], world: World, suggested: readonly Choice[]): Item[] {
  if (mode.kind === 'text') {
    if (!mode.text.startsWith('/')) return [];
    return pickRows(rows, mode.text.slice(1)).map((row) => ({
      label: `/${row.title}`,
      hint: row.description,
      pick: { type: 'row', row },
    }));
  }
  if (mode.focus === TAIL) {
    return remaining(mode.draft)
      .filter((option) => fits(option.name, mode.tail.trim()))
      .map((option) => ({ label: option.name, hint: option.description, pick: { type: 'option', name: option.name } }));
  }
  const option = optionNamed(mode.draft, mode.focus);
  return option === undefined ? [] : choiceItems(option, mode.draft.values.get(mode.focus), world, suggested);
}

/** Which line of the list is marked before an arrow was pressed; -1 where Enter should send instead. */
export function firstActive(mode: Mode, items: readonly Item[]): number {
  if (items.length === 0) return -1;
  if (mode.kind === 'text') return 0;
  if (mode.focus === TAIL) return mode.tail.trim() === '' ? -1 : 0;
  return 0;
}

/** The mode after an item was taken. */
export function picked(mode: Mode, item: Item): Mode {
  if (item.pick.type === 'row') return started(item.pick.row);
  if (mode.kind !== 'draft') return mode;
  if (item.pick.type === 'option') {
    const draft = withValue(mode.draft, item.pick.name, { typed: '' });
    return { ...mode, draft, focus: item.pick.name, tail: '' };
  }
  const draft = withValue(mode.draft, mode.focus, { typed: item.label, value: item.pick.value });
  return { ...mode, draft, focus: nextFocus(draft) };
}

/** Whether what was typed already names this item fully, so that one Enter both takes it and goes on. */
export function isExact(mode: Mode, item: Item, world: World): boolean {
  if (mode.kind !== 'draft' || item.pick.type !== 'choice') return false;
  const option = optionNamed(mode.draft, mode.focus);
  const filled = mode.draft.values.get(mode.focus);
  if (option === undefined || !hasText(filled)) return false;
  const resolved = resolve(option, filled, world);
  return 'value' in resolved && (resolved.value === item.pick.value || filled?.typed.trim() === item.label);
}
