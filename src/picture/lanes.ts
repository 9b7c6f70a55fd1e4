import type { Picture } from './picture.ts';
import type { Registry } from './registry.ts';
import { sourceOf } from './registry.ts';
import type { Said } from './series.ts';

/** R6: what a party says of its enemy's losses, what it admits of its own, and everybody else's counts are kept apart. */
export type Lane = 'count' | 'admission' | 'claim';

export function laneOf(picture: Picture, registry: Registry, value: Said): Lane {
  const { party } = sourceOf(registry, value.originator);
  const own = picture.situation.parties.find((p) => p.party === party)?.side;
  const { side } = value.figure.group;
  if (party === null || own === undefined || side === undefined) return 'count';
  return own === side ? 'admission' : 'claim';
}
