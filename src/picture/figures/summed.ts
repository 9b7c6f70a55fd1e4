import type { Range } from './range.ts';
import type { Tally } from './tally.ts';
import { EMPTY, plusTally, rangeOfTally, tallyOf } from './tally.ts';
import type { Total } from './total.ts';

/** A figure by its report and its place among the report's figures. */
export interface FigureRef {
  readonly report: string;
  readonly index: number;
}

/** Figures with the number of the event of each, by event. */
interface Listed {
  readonly figures: readonly FigureRef[];
  readonly events: Uint32Array;
}

const NONE: Listed = { figures: [], events: new Uint32Array() };

/** Two lists as one. */
function merged(a: Listed, b: Listed): Listed {
  if (a.figures.length === 0) return b;
  if (b.figures.length === 0) return a;
  const size = a.events.length + b.events.length;
  // As long as it will be: they are many, and an array that grows is copied again and again.
  const figures = [...a.figures, ...b.figures];
  const events = new Uint32Array(size);
  for (let i = 0, j = 0, at = 0; at < size; at++) {
    const isNext = j === b.events.length || (i < a.events.length && (a.events[i] as number) < (b.events[j] as number));
    figures[at] = (isNext ? a.figures[i] : b.figures[j]) as FigureRef;
    events[at] = (isNext ? a.events[i++] : b.events[j++]) as number;
  }
  return { figures, events };
}

/** Reports that are kept at hand of a sum, to cite them without listing its figures. */
const AT_HAND = 2;

/** The first of these figures that come from so many reports. */
function cut({ figures, events }: Listed): Listed {
  const reports = new Set<string>();
  const end = figures.findIndex(({ report }) => reports.add(report).size === AT_HAND) + 1;
  return end === 0 || end === figures.length
    ? { figures, events }
    : { figures: figures.slice(0, end), events: events.slice(0, end) };
}

/**
 * A line of a sum, without what only an explanation of it needs. The figures that are in it are listed when somebody
 * asks for them: they are many, and most who want the sum want no more than the sum.
 */
export class Summed {
  readonly tally: Tally;
  /** The first entry that is counted. */
  readonly entry: string | undefined;
  /** How many figures are counted. */
  readonly counted: number;
  readonly #first: Listed;
  #listed: Listed | (() => Listed);

  constructor(
    tally: Tally,
    entry: string | undefined,
    counted: number,
    first: Listed,
    listed: Listed | (() => Listed),
  ) {
    this.tally = tally;
    this.entry = entry;
    this.counted = counted;
    this.#first = first;
    this.#listed = listed;
  }

  get range(): Range {
    return rangeOfTally(this.tally);
  }
  /** How many incidents are counted, and how many are recorded with no number. */
  get incidents(): number {
    return this.tally.incidents;
  }
  get withoutNumber(): number {
    return this.tally.withoutNumber;
  }
  get provisional(): boolean {
    return this.tally.provisional > 0;
  }
  /** The first figures, of two reports if there are so many. */
  get first(): readonly FigureRef[] {
    return this.#first.figures;
  }
  /** The figures that are counted, by event. */
  get figures(): readonly FigureRef[] {
    return this.#list().figures;
  }

  #list(): Listed {
    if (typeof this.#listed === 'function') this.#listed = this.#listed();
    return this.#listed;
  }

  /** This line and another one, of other events. */
  plus(other: Summed): Summed {
    if (this.incidents === 0 && this.withoutNumber === 0) return other;
    if (other.incidents === 0 && other.withoutNumber === 0) return this;
    const [a, b] = [this.#first, other.#first];
    const isFirst =
      other.incidents === 0 || (a.events[0] ?? Number.POSITIVE_INFINITY) < (b.events[0] ?? Number.POSITIVE_INFINITY);
    return new Summed(
      plusTally(this.tally, other.tally),
      isFirst ? this.entry : other.entry,
      this.counted + other.counted,
      cut(merged(a, b)),
      () => merged(this.#list(), other.#list()),
    );
  }
}

export const NOTHING = new Summed(EMPTY, undefined, 0, NONE, NONE);

/** What was counted in one line. */
export function summed(total: Total): Summed {
  const { addends } = total;
  const figures: FigureRef[] = [];
  const events: number[] = [];
  for (const { event, said } of addends)
    for (const { report, index } of said) {
      figures.push({ report, index });
      events.push(event);
    }
  const listed = { figures, events: Uint32Array.from(events) };
  return new Summed(tallyOf(total), addends[0]?.entries[0].entry.id, figures.length, cut(listed), listed);
}
