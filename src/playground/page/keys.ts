/**
 * Arrow keys, Home and End within a list of which only one entry is in the tab order. Up and Down do nothing when the key
 * was pressed inside an entry's own controls.
 */
export function moveFocus(event: KeyboardEvent, selector: string): void {
  const { currentTarget: list, target } = event;
  if (!(list instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  const onEntry = target.matches(selector);
  if (!onEntry && target !== list) return;
  const entries = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = onEntry ? entries.indexOf(target) : entries.length;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  const entry = to === undefined ? undefined : entries[Math.max(0, Math.min(entries.length - 1, to))];
  if (entry === undefined) return;
  event.preventDefault();
  entry.focus();
}
