import type { Line } from './document.ts';
import { ownCitations } from './document.ts';
import type { Namer } from './tell.ts';

/** A line that a section could have. A lower `rank` is taken first. `make` is called twice: to weigh it, and to write it in its place. */
export interface Candidate<Part extends string> {
  readonly part: Part;
  readonly rank: number;
  readonly make: (name: Namer) => Line;
}

/** About how many characters a line takes where it is shown, its links included. */
export function weigh(line: Line, parent?: Line): number {
  const own = line.pieces.reduce((n, p) => n + (p.type === 'command' ? p.line : p.text).length, 0);
  const cited = ownCitations(line, parent).reduce(
    (n, c) => n + 24 + c.originator.length + (c.publisher?.length ?? 0) + (c.url?.length ?? 0),
    0,
  );
  return own + cited + (line.under ?? []).reduce((n, l) => n + weigh(l, line), 0);
}

/** After so many lines in a row that do not fit, the room that is left is no longer worth a search. */
const PATIENCE = 20;

/**
 * Picks lines by rank until the budget is spent, at most `most` in a section. A line that does not fit is left out
 * whole and a smaller one of about its rank may take its place: nothing is ever shortened.
 */
export function fill<Part extends string>(
  candidates: readonly Candidate<Part>[],
  { most, budget }: { readonly most: number; readonly budget: number },
  name: Namer,
): ReadonlyMap<Part, readonly Candidate<Part>[]> {
  const taken = new Map<Part, Candidate<Part>[]>();
  let left = budget;
  let refused = 0;
  for (const candidate of [...candidates].sort((a, b) => a.rank - b.rank)) {
    const chosen = taken.get(candidate.part) ?? [];
    if (chosen.length >= most) continue;
    const weight = weigh(candidate.make(name));
    if (weight > left) {
      refused += 1;
      if (refused === PATIENCE) break;
      continue;
    }
    refused = 0;
    left -= weight;
    taken.set(candidate.part, [...chosen, candidate]);
  }
  return taken;
}
