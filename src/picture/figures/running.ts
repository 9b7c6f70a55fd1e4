import type { Picture } from '../picture.ts';
import type { Registry } from '../registry.ts';
import { ofSituation } from '../touches.ts';
import type { Region, Regions } from './regions.ts';
import { movedSince, regionsOf } from './regions.ts';
import { sumHere } from './sums.ts';
import type { Tally } from './tally.ts';
import { EMPTY, plusTally } from './tally.ts';

/** The two lines of a sum as tallies. */
export interface Tallies {
  readonly backed: Tally;
  readonly unbacked: Tally;
}

/** What everything recorded in a picture comes to, by measure. */
interface Running {
  readonly picture: Picture;
  readonly registry: Registry;
  readonly regions: Regions;
  readonly sums: ReadonlyMap<string, Tallies>;
}

export const NO_TALLIES: Tallies = { backed: EMPTY, unbacked: EMPTY };

/** Takes these regions, as they are in a picture, to the sums; or away from them. */
export function count(
  sums: Map<string, Tallies>,
  picture: Picture,
  registry: Registry,
  regions: Iterable<Region>,
  sign: 1 | -1,
): void {
  for (const region of regions)
    for (const measure of region.measures) {
      const { backed, unbacked } = sums.get(measure) ?? NO_TALLIES;
      const here = sumHere(region, registry, measure, picture);
      sums.set(measure, {
        backed: plusTally(backed, here.backed.tally, sign),
        unbacked: plusTally(unbacked, here.unbacked.tally, sign),
      });
    }
}

const kept = new WeakMap<Picture, Running>();
/** The newest of each history, from which the next is made. */
const newest = new WeakMap<object, Running>();

function next(before: Running, picture: Picture): Running {
  const { registry } = before;
  const sums = new Map(before.sums);
  const { was, is } = movedSince(before.picture, picture, before.regions);
  count(sums, before.picture, registry, was, -1);
  count(sums, picture, registry, is, 1);
  return { picture, registry, regions: regionsOf(picture), sums };
}

function first(picture: Picture, registry: Registry): Running {
  const sums = new Map<string, Tallies>();
  const regions = regionsOf(picture);
  count(sums, picture, registry, new Set(regions.values()), 1);
  return { picture, registry, regions, sums };
}

/**
 * The sum of all incidents that are recorded in a picture, by measure: what `sumsOf` comes to where nothing is limited,
 * without the figures that are in it. Costs by what was touched since it was last asked for.
 */
export function runningSums(picture: Picture, registry: Registry): ReadonlyMap<string, Tallies> {
  const known = kept.get(picture);
  if (known?.registry === registry) return known.sums;
  const { line } = picture.touches;
  const before = newest.get(line);
  const isNext =
    before !== undefined &&
    before.registry === registry &&
    before.picture.seq <= picture.seq &&
    !ofSituation([...picture.touches.since(before.picture.seq)]);
  const made = isNext ? next(before, picture) : first(picture, registry);
  kept.set(picture, made);
  if (!before || before.picture.seq <= picture.seq) newest.set(line, made);
  return made.sums;
}
