// Labels that must not lie on one another.

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Print needs some air to its left and right. */
const AIR = 6;

const meet = (a: Box, b: Box): boolean =>
  a.x - AIR < b.x + b.width && b.x < a.x + a.width + AIR && a.y < b.y + b.height && b.y < a.y + a.height;

/** Room that is taken. The first candidate that lies inside the frame and meets nothing is taken as well. */
export function crowd(frame: Box) {
  const taken: Box[] = [];
  const inside = (b: Box): boolean =>
    b.x >= frame.x &&
    b.y >= frame.y &&
    b.x + b.width <= frame.x + frame.width &&
    b.y + b.height <= frame.y + frame.height;
  return {
    take(box: Box): void {
      taken.push(box);
    },
    place<T extends Box>(candidates: readonly T[], fits: (box: T) => boolean = () => true): T | undefined {
      const free = candidates.find((box) => inside(box) && !taken.some((other) => meet(box, other)) && fits(box));
      if (free) taken.push(free);
      return free;
    },
  };
}

export interface Wish {
  /** Where the middle would best be. */
  readonly at: number;
  readonly height: number;
}

/** Middles for labels in one column between `top` and `bottom`: as near to the wishes as they can be without overlap. */
export function stacked(wishes: readonly Wish[], top: number, bottom: number): readonly number[] {
  const order = wishes.map((_, i) => i).sort((a, b) => (wishes[a]?.at ?? 0) - (wishes[b]?.at ?? 0) || a - b);
  // Labels that touch move as one group around the mean of what they wished.
  let groups: { ids: number[]; start: number; height: number; wish: number }[] = [];
  for (const id of order) {
    const wish = wishes[id];
    if (!wish) continue;
    let group = { ids: [id], start: 0, height: wish.height, wish: wish.at - wish.height / 2 };
    const settle = (g: typeof group): number => Math.max(top, Math.min(g.wish / g.ids.length, bottom - g.height));
    group.start = settle(group);
    for (let last = groups.at(-1); last && last.start + last.height > group.start; last = groups.at(-1)) {
      groups = groups.slice(0, -1);
      const joined = {
        ids: [...last.ids, ...group.ids],
        start: 0,
        height: last.height + group.height,
        wish: last.wish + group.wish - last.height * group.ids.length,
      };
      joined.start = settle(joined);
      group = joined;
    }
    groups.push(group);
  }
  const middles = wishes.map(() => 0);
  for (const group of groups) {
    let y = group.start;
    for (const id of group.ids) {
      const height = wishes[id]?.height ?? 0;
      middles[id] = y + height / 2;
      y += height;
    }
  }
  return middles;
}
