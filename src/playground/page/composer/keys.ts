/** What the keys of the composer set off. */
export interface KeyActions {
  readonly arrow: (by: 1 | -1) => void;
  readonly enter: () => void;
  /** Whether Tab takes the marked suggestion; otherwise it moves on as everywhere. */
  readonly canTake: () => boolean;
  readonly take: () => void;
  readonly escape: () => void;
  /** Backspace in an empty option; false to leave the key alone. */
  readonly removeBefore: () => boolean;
}

const isEmptyText = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type === 'text' && target.value === '';

/** Keys within the composer. While an input method composes a letter, keys belong to it. */
export function keyHandler(actions: KeyActions): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowDown':
        actions.arrow(1);
        break;
      case 'ArrowUp':
        actions.arrow(-1);
        break;
      case 'Enter':
        actions.enter();
        break;
      case 'Escape':
        actions.escape();
        break;
      case 'Tab':
        if (event.shiftKey || !actions.canTake()) return;
        actions.take();
        break;
      case 'Backspace':
        if (!isEmptyText(event.target) || !actions.removeBefore()) return;
        break;
      default:
        return;
    }
    event.preventDefault();
  };
}
