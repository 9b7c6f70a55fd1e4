const REMEMBERED_LINES = 50;

/** The lines that were sent, to be brought back with the arrow keys. */
export interface History {
  readonly add: (line: string) => void;
  /** The line one step older or newer; the empty line before the newest; undefined at either end. */
  readonly step: (direction: 'older' | 'newer') => string | undefined;
  /** Whether the line that is shown came from here. */
  readonly isOpen: () => boolean;
  readonly leave: () => void;
}

export function createHistory(): History {
  const lines: string[] = [];
  let at = -1;
  return {
    add: (line) => {
      lines.unshift(line);
      lines.length = Math.min(lines.length, REMEMBERED_LINES);
      at = -1;
    },
    step: (direction) => {
      const to = Math.max(-1, Math.min(lines.length - 1, at + (direction === 'older' ? 1 : -1)));
      if (to === at) return undefined;
      at = to;
      return lines[to] ?? '';
    },
    isOpen: () => at >= 0,
    leave: () => {
      at = -1;
    },
  };
}
