/** Which of many are due: kept in order of their next moment, so that looking costs nothing where nothing is due. */
export interface DueIndex {
  /** Sets the moment (ms) at which a key is next due; `undefined` takes it out. */
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

interface Item {
  readonly key: string;
  at: number;
  place: number;
}

/** A binary heap whose items know their place in it. */
export function dueIndex(): DueIndex {
  const heap: Item[] = [];
  const items = new Map<string, Item>();
  // Ties in the order of keys, so that the same state gives the same order in every process.
  const before = (a: Item, b: Item): boolean => a.at < b.at || (a.at === b.at && a.key < b.key);
  const put = (item: Item, place: number): void => {
    heap[place] = item;
    item.place = place;
  };
  const up = (item: Item): void => {
    let { place } = item;
    while (place > 0) {
      const parent = heap[(place - 1) >> 1] as Item;
      if (!before(item, parent)) break;
      put(parent, place);
      place = (place - 1) >> 1;
    }
    put(item, place);
  };
  const down = (item: Item): void => {
    let { place } = item;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      const least = left && right && before(right, left) ? right : left;
      if (!least || !before(least, item)) break;
      const next = least.place;
      put(least, place);
      place = next;
    }
    put(item, place);
  };
  const remove = (item: Item): void => {
    items.delete(item.key);
    const last = heap.pop() as Item;
    if (last === item) return;
    put(last, item.place);
    up(last);
    down(last);
  };
  return {
    set(key, at) {
      const item = items.get(key);
      if (at === undefined) {
        if (item) remove(item);
      } else if (item) {
        item.at = at;
        up(item);
        down(item);
      } else {
        const added = { key, at, place: heap.length };
        items.set(key, added);
        heap.push(added);
        up(added);
      }
    },
    at: (key) => items.get(key)?.at,
    take(now, most = Number.POSITIVE_INFINITY) {
      const due: string[] = [];
      for (let top = heap[0]; top && top.at <= now && due.length < most; top = heap[0]) {
        due.push(top.key);
        remove(top);
      }
      return due;
    },
    next: () => heap[0]?.at,
    get size() {
      return heap.length;
    },
  };
}
