import type { Situation } from '../model/situation.ts';
import type { Names } from './names.ts';
import { names } from './names.ts';
import type { Token } from './tokens.ts';

type Place = Situation['places'][number];

/** Finds the places of a situation in tokens, by name and by alias. */
export const placeNames = (places: readonly Place[], stem: (word: string) => string): Names<Place> =>
  names(
    places.flatMap((place) => [place.name, ...place.aliases].map((name) => [name, place] as const)),
    stem,
  );

export interface Placed {
  readonly place: Place;
  readonly from: number;
  readonly to: number;
}

/** The places named in tokens, in order. One that is part of the name of who speaks ("the Syrian Observatory") is none. */
export function placesIn(tokens: readonly Token[], known: Names<Place>, speakers: Names<unknown>): readonly Placed[] {
  const out: Placed[] = [];
  for (let i = 0; i < tokens.length; ) {
    const hit = known.at(tokens, i);
    const speaker = speakers.at(tokens, i);
    if (speaker && speaker.to > (hit?.to ?? i)) {
      i = speaker.to;
      continue;
    }
    if (hit) out.push({ place: hit.value, from: hit.from, to: hit.to });
    i = hit ? hit.to : i + 1;
  }
  return out;
}

/** Whether `inner` lies in `outer`, by what the gazetteer says. */
export function liesIn(inner: Place, outer: Place, places: readonly Place[]): boolean {
  let at: Place | undefined = inner;
  for (let steps = 0; at?.within !== undefined && steps < 20; steps++) {
    const { within }: Place = at;
    if (within === outer.id) return true;
    at = places.find((p) => p.id === within);
  }
  return false;
}

/** The first place that is named, or a later one that lies in it. */
export function narrowest(found: readonly Placed[], places: readonly Place[]): Placed | undefined {
  let best = found[0];
  for (const next of found) if (best && liesIn(next.place, best.place, places)) best = next;
  return best;
}
