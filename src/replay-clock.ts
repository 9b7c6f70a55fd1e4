import type { Curated } from './curated/load.ts';
import { instantOf, wallOf } from './model/zone.ts';

/** A moment worth jumping to. */
export interface Mark {
  readonly label: string;
  /** ISO instant. */
  readonly at: string;
}

const DAY = 86_400_000;
/** A minute before midnight: the day's own records are in. */
const EVENING = 86_340_000;
/** More evenings than a person would pick from a list. */
const MOST_MARKS = 40;

/** Each evening of the sample situation, in its zone, from its first record to the first after its end; then everything. */
export function marksOf({
  situations,
}: Curated): { readonly zone: string; readonly marks: readonly Mark[] } | undefined {
  const sample = situations.find((s) => s.situation.sample) ?? situations[0];
  if (!sample) return undefined;
  const { zone, end, start } = sample.situation;
  const recorded = sample.entries.flatMap((e) => e.reports.map((r) => Date.parse(r.recorded))).sort((a, b) => a - b);
  const [first, last] = [recorded[0], recorded.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const stop = Math.min(last, end === undefined ? last : Date.parse(`${end}T00:00:00Z`) + 2 * DAY);
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const marks: Mark[] = [];
  const from = Math.max(first, Date.parse(`${start}T00:00:00Z`) - DAY);
  for (let wall = wallOf(zone, from) - (wallOf(zone, from) % DAY) + EVENING; marks.length < MOST_MARKS; wall += DAY) {
    const at = instantOf(zone, wall);
    if (at > stop) break;
    if (at >= first) marks.push({ label: words.format(at), at: new Date(at).toISOString() });
  }
  marks.push({ label: 'Everything recorded', at: new Date(last).toISOString() });
  return { zone, marks };
}

/** A clock that can be set; between settings it runs as fast as the real one. */
export interface SettableClock {
  now(): Date;
  set(to: Date): void;
}

export function settableClock(start: Date, elapsed: () => number = () => performance.now()): SettableClock {
  let base = start.getTime();
  let since = elapsed();
  return {
    now: () => new Date(base + Math.floor(elapsed() - since)),
    set: (to) => {
      base = to.getTime();
      since = elapsed();
    },
  };
}
