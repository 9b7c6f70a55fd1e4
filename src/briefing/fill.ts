import type { Line } from './document.ts';
import { ownCitations } from './document.ts';
import type { Namer } from './tell.ts';

/** A line that a section could have. A lower `rank` is taken first. `make` is called twice: to weigh it, and to write it in its place. */
export interface Candidate<Part extends string> {
  readonly part: Part;
  readonly rank: number;
  /** Where it stands among the chosen lines of its section, the highest first; by rank where it is left out. */
  readonly order?: string;
  readonly make: (name: Namer) => Line;
}

/** What a renderer puts around a line (bullet, line break), a citation (brackets, "via", day) and a source in the list of sources (kind and stake). */
const AROUND = { line: 6, status: 3, citation: 22, via: 5, heading: 36, source: 48 } as const;

/** About how many characters a line takes where it is shown, its links included; rather more than fewer. */
export function weigh(line: Line, parent?: Line): number {
  const words = line.pieces.reduce((n, p) => n + (p.type === 'command' ? p.line : p.text).length, 0);
  const cited = ownCitations(line, parent).reduce(
    (n, { originator, publisher, url = '', linkRoom = url.length }) =>
      n +
      AROUND.citation +
      originator.length +
      (publisher === undefined ? 0 : AROUND.via + publisher.length) +
      linkRoom,
    0,
  );
  const status = line.status === undefined ? 0 : AROUND.status + line.status.length;
  const own = AROUND.line + line.entry.length + words + status + cited;
  return own + (line.under ?? []).reduce((n, l) => n + weigh(l, line), 0);
}

/** Who is quoted in a line and what stands under it. */
const originators = (line: Line): readonly string[] => [
  ...line.citations.map((c) => c.originator),
  ...(line.under ?? []).flatMap(originators),
];

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
  const quoted = new Set<string>();
  let left = budget;
  let refused = 0;
  for (const candidate of [...candidates].sort((a, b) => a.rank - b.rank)) {
    const chosen = taken.get(candidate.part) ?? [];
    if (chosen.length >= most) continue;
    const line = candidate.make(name);
    const named = [...new Set(originators(line))].filter((o) => !quoted.has(o));
    const weight =
      weigh(line) +
      (chosen.length === 0 ? AROUND.heading : 0) +
      named.reduce((n, o) => n + AROUND.source + o.length, 0);
    if (weight > left) {
      refused += 1;
      if (refused === PATIENCE) break;
      continue;
    }
    refused = 0;
    left -= weight;
    for (const o of named) quoted.add(o);
    taken.set(candidate.part, [...chosen, candidate]);
  }
  return taken;
}

/** Chosen lines as they are read: newest first where they have a time, else in their turn. */
export const inOrder = <Part extends string>(chosen: readonly Candidate<Part>[]): readonly Candidate<Part>[] =>
  [...chosen].sort((a, b) =>
    (a.order ?? '') < (b.order ?? '') ? 1 : (a.order ?? '') > (b.order ?? '') ? -1 : a.rank - b.rank,
  );
