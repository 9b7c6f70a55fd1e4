import { setTimeout as delay } from 'node:timers/promises';

/** Lets one begin at a time, and the next not before `paceMs` have passed since the last one began. */
export function pacer(paceMs: number): () => Promise<void> {
  let free: Promise<void> = Promise.resolve();
  return () => {
    const mine = free;
    free = mine.then(() => delay(paceMs, undefined, { ref: false }));
    return mine;
  };
}
