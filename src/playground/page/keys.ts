/** Where typing means something already. */
const OWN_KEYS = 'input, textarea, select, dialog, [contenteditable], [role=menu], [role=listbox], [role=combobox]';

/** Whether a letter that was typed outside of any input is meant for the message box. Space presses and scrolls. */
export function isForMessageBox(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (!/^.$/u.test(event.key) || event.key === ' ' || document.querySelector('dialog[open]') !== null) return false;
  return !(event.target instanceof Element && event.target.closest(OWN_KEYS) !== null);
}

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
