import type { Figure, Mode } from '../model/figure.ts';
import { dayOf } from '../model/time.ts';
import type { EntryState, Picture } from './picture.ts';
import { groupKey } from './wording.ts';

/** A figure with the report that gives it. `index` is its place in the report's list. */
export interface Said {
  readonly figure: Figure;
  readonly index: number;
  readonly report: string;
  readonly originator: string;
  readonly published: string;
  readonly seq: number;
  readonly entry: string;
}

/** R4: one originator's figures of one measure, group, start, area and mode. `live` is the last of `values`. */
export interface Series {
  /** Originator, measure, group, start, area and mode in one string. */
  readonly key: string;
  readonly originator: string;
  readonly measure: string;
  readonly start: string;
  readonly area: string | undefined;
  readonly values: readonly [Said, ...Said[]];
  readonly live: Said;
  /** The value before the live one that was another number, if any. */
  readonly before: Said | undefined;
  /** live against before: a lower value is a downward revision, announced as one (R4). */
  readonly move: 'first' | 'up' | 'down' | 'same';
}

/** What a figure is compared by, the number as it was said: "more than 50" is compared as 50. Null where it is no number. */
export const bound = (f: Figure): number | null => f.stated ?? f.low ?? f.high;

function* saidBy(state: EntryState): Generator<Said> {
  for (const { report, added, amended, withdrawn } of state.reports) {
    // Graded improbable: kept and shown with its entry, but it speaks in no toll (R5).
    if (withdrawn || report.credibility === 5 || report.stance === 'denies' || report.stance === 'withdraws') continue;
    for (const [index, figure] of report.figures.entries())
      yield {
        figure,
        index,
        report: report.id,
        originator: report.originator,
        published: report.published,
        seq: (amended ?? added).seq,
        entry: state.entry.id,
      };
  }
}

/** Every live figure of the picture: of entries not retracted, in reports not withdrawn. */
export function* figuresOf(picture: Picture): Generator<Said> {
  for (const state of picture.entries.values()) if (!state.retracted) yield* saidBy(state);
}

/** Latest as-of, then latest published, then latest recorded: negative where `a` comes first (R4). */
export const older = (a: Said, b: Said): number =>
  compare(a.figure.asOf, b.figure.asOf) || compare(a.published, b.published) || a.seq - b.seq;

/** A day stands for its whole day: it ends after every moment in it. */
const ended = (moment: string): string => (moment.length === 10 ? `${moment}T24` : moment);
function compare(a: string, b: string): number {
  const x = ended(a);
  const y = ended(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether two figures say the same number in the same way. */
export const sameNumber = (a: Figure, b: Figure): boolean =>
  a.qualifier === b.qualifier && a.low === b.low && a.high === b.high && a.word === b.word;

function seriesOf(key: string, values: Said[]): Series {
  values.sort(older);
  const live = values.at(-1) as Said;
  const before = values.findLast((v) => !sameNumber(v.figure, live.figure));
  const [was, is] = [before && bound(before.figure), bound(live.figure)];
  return {
    key,
    originator: live.originator,
    measure: live.figure.measure,
    start: dayOf(live.figure.scope.from),
    area: live.figure.scope.area,
    values: values as [Said, ...Said[]],
    live,
    before,
    move: !before
      ? 'first'
      : typeof was === 'number' && is !== null
        ? is > was
          ? 'up'
          : is < was
            ? 'down'
            : 'same'
        : 'same',
  };
}

/**
 * Running tolls: cumulative and stock figures by series (R3: they are never addends). Another start or area is
 * another series, also of the same originator (R4). Relays of one originator fall into one series (R1).
 */
export function tollsOf(picture: Picture, wanted: (said: Said) => boolean = () => true): readonly Series[] {
  return bySeries(picture, wanted, ['cumulative', 'stock'], ({ mode, scope }) =>
    mode === 'stock' ? '' : dayOf(scope.from),
  );
}

/** Figures of single events and of windows, by entry and series: a later count of the same thing supersedes the earlier one. */
export function incidentsOf(
  picture: Picture,
  wanted: (said: Said) => boolean = () => true,
): ReadonlyMap<string, readonly Series[]> {
  const entries = new Map<string, Series[]>();
  for (const series of bySeries(picture, wanted, ['incident', 'increment'], ({ scope, mode }, entry) =>
    [entry, mode === 'incident' ? '' : dayOf(scope.from)].join('@'),
  )) {
    const known = entries.get(series.live.entry);
    if (known) known.push(series);
    else entries.set(series.live.entry, [series]);
  }
  return entries;
}

function bySeries(
  picture: Picture,
  wanted: (said: Said) => boolean,
  modes: readonly Mode[],
  start: (figure: Figure, entry: string) => string,
): readonly Series[] {
  const buckets = new Map<string, Said[]>();
  for (const said of figuresOf(picture)) {
    const { measure, group, scope, mode } = said.figure;
    if (!modes.includes(mode) || !wanted(said)) continue;
    const key = [
      said.originator,
      measure,
      groupKey(group),
      start(said.figure, said.entry),
      scope.area ?? '',
      mode,
    ].join('|');
    const bucket = buckets.get(key);
    if (bucket) bucket.push(said);
    else buckets.set(key, [said]);
  }
  return [...buckets].map(([key, values]) => seriesOf(key, values));
}
