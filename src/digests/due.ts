/** Which of many are due: kept in order of their next moment, so that looking costs nothing where nothing is due. */
export interface DueIndex {
  /** Sets the moment (ms) at which a key is next due; `undefined` takes it out. Of the same moment: in the order of setting. */
  set(key: string, at: number | undefined): void;
  at(key: string): number | undefined;
  /**
   * Takes out and returns the keys that are due, the earliest first and at most `most` of them. Each has to be set
   * again by who took it, whatever came of it.
   */
  take(now: number, most?: number): readonly string[];
  /** The earliest moment of all. */
  next(): number | undefined;
  readonly size: number;
}

/** A heap of moments, each with the keys that are due then: thousands are due at the same one. */
export function dueIndex(): DueIndex {
  const times: number[] = [];
  const keysAt = new Map<number, Set<string>>();
  /** Where a key was put last; it is there unless it was taken. Thousands are taken at once, and none is looked up for it. */
  const atOf = new Map<string, number>();
  let size = 0;

  const push = (at: number): void => {
    let place = times.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = times[parent] as number;
      if (above <= at) break;
      times[place] = above;
      place = parent;
    }
    times[place] = at;
  };
  const pop = (): void => {
    const last = times.pop() as number;
    const { length } = times;
    if (length === 0) return;
    let place = 0;
    for (;;) {
      let least = 2 * place + 1;
      if (least >= length) break;
      if (least + 1 < length && (times[least + 1] as number) < (times[least] as number)) least += 1;
      const below = times[least] as number;
      if (below >= last) break;
      times[place] = below;
      place = least;
    }
    times[place] = last;
  };
  /** The earliest moment with a key; those that have lost theirs are dropped on the way. */
  const first = (): number | undefined => {
    for (;;) {
      const at = times[0];
      if (at === undefined || (keysAt.get(at)?.size ?? 0) > 0) return at;
      keysAt.delete(at);
      pop();
    }
  };
  const held = (key: string): number | undefined => {
    const at = atOf.get(key);
    return at !== undefined && keysAt.get(at)?.has(key) ? at : undefined;
  };
  return {
    set(key, at) {
      const before = held(key);
      if (before === at) return;
      if (before !== undefined) {
        keysAt.get(before)?.delete(key);
        size -= 1;
      }
      if (at === undefined) {
        atOf.delete(key);
        return;
      }
      atOf.set(key, at);
      size += 1;
      const keys = keysAt.get(at);
      if (keys) keys.add(key);
      else {
        keysAt.set(at, new Set([key]));
        push(at);
      }
    },
    at: held,
    take(now, most = Number.POSITIVE_INFINITY) {
      const due: string[] = [];
      for (let at = first(); at !== undefined && at <= now && due.length < most; at = first()) {
        const keys = keysAt.get(at) as Set<string>;
        if (due.length + keys.size <= most) {
          for (const key of keys) due.push(key);
          keysAt.delete(at);
        } else
          for (const key of keys) {
            if (due.length >= most) break;
            due.push(key);
            keys.delete(key);
          }
      }
      size -= due.length;
      return due;
    },
    next: first,
    get size() {
      return size;
    },
  };
}
