/** The gates of docs: what must hold of everything that is told. */
export const GATES = [
  'attribution',
  'number fidelity',
  'correction delivery',
  'redundancy and lag',
  'silent day',
  'reproducibility',
  'completeness',
  'gravest first',
] as const;
export type Gate = (typeof GATES)[number];

/** How often a gate was tried, how often it held, and the first of what broke it. */
export interface Tally {
  readonly tried: number;
  readonly held: number;
  readonly broken: readonly string[];
}

/** How much of what is tried has to hold. Of the grave entries of a window, 95 %; of everything else, all. */
export const REQUIRED: Readonly<Record<Gate, number>> = {
  attribution: 1,
  'number fidelity': 1,
  'correction delivery': 1,
  'redundancy and lag': 1,
  'silent day': 1,
  reproducibility: 1,
  completeness: 0.95,
  'gravest first': 1,
};

export type Tallies = Readonly<Record<Gate, Tally>>;

const TOLD = 10;

/** Counts what is tried against the gates. */
export function counter(): {
  readonly check: (gate: Gate, holds: boolean, what: () => string) => void;
  tallies(): Tallies;
} {
  const counted = new Map<Gate, { tried: number; held: number; broken: string[] }>(
    GATES.map((gate) => [gate, { tried: 0, held: 0, broken: [] }]),
  );
  return {
    check(gate, holds, what) {
      const tally = counted.get(gate);
      if (!tally) return;
      tally.tried += 1;
      if (holds) tally.held += 1;
      else if (tally.broken.length < TOLD) tally.broken.push(what());
    },
    tallies: () => Object.fromEntries(counted) as unknown as Tallies,
  };
}

/** What was tried in several replays, together. */
export function together(all: readonly Tallies[]): Tallies {
  return Object.fromEntries(
    GATES.map((gate) => [
      gate,
      {
        tried: all.reduce((sum, t) => sum + t[gate].tried, 0),
        held: all.reduce((sum, t) => sum + t[gate].held, 0),
        broken: all.flatMap((t) => t[gate].broken).slice(0, TOLD),
      },
    ]),
  ) as unknown as Tallies;
}

/** Something was tried, and enough of it held. */
export const passes = (gate: Gate, { tried, held }: Tally): boolean => tried > 0 && held / tried >= REQUIRED[gate];
