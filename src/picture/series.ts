import type { Figure, Mode } from '../model/figure.ts';
import { dayOf } from '../model/time.ts';
import { once } from './once.ts';
import type { EntryState, Picture, ReportState } from './picture.ts';
import { groupKey } from './wording.ts';

/** A figure with the report that gives it. `index` is its place in the report's list. */
export interface Said {
  readonly figure: Figure;
  readonly index: number;
  readonly report: string;
  readonly originator: string;
  /** Somebody else carried it. */
  readonly relayed: boolean;
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

/** Why a report speaks in no count, although it is kept and shown with its entry (R5); undefined where it does speak. */
export function silence({ report, withdrawn }: ReportState): string | undefined {
  if (withdrawn) return 'its report was withdrawn';
  if (report.credibility === 5) return 'its report is graded improbable';
  if (report.stance === 'denies' || report.stance === 'withdraws') return 'its report denies or takes back';
  return undefined;
}

/** The figures of one report, whether it counts or not. */
export const saidIn = ({ report, added, amended }: ReportState, entry: string): readonly Said[] =>
  report.figures.map((figure, index) => ({
    figure,
    index,
    report: report.id,
    originator: report.originator,
    relayed: report.publisher !== undefined && report.publisher !== report.originator,
    published: report.published,
    seq: (amended ?? added).seq,
    entry,
  }));

/** A state never changes, and most of them outlive the picture: the next one asks for the same figures. */
const spoken = new WeakMap<EntryState, readonly Said[]>();

/** The live figures of an entry's reports. */
export function saidBy(state: EntryState): readonly Said[] {
  const known = spoken.get(state);
  if (known) return known;
  const said = state.reports.flatMap((told) => (silence(told) === undefined ? saidIn(told, state.entry.id) : []));
  spoken.set(state, said);
  return said;
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
  if (a.length === b.length) return a < b ? -1 : a > b ? 1 : 0;
  const x = ended(a);
  const y = ended(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Whether two figures say the same number in the same way. */
export const sameNumber = (a: Figure, b: Figure): boolean =>
  a.qualifier === b.qualifier && a.low === b.low && a.high === b.high && a.best === b.best && a.word === b.word;

const numberKey = ({ figure: f }: Said): string => [f.asOf, f.qualifier, f.low, f.high, f.best, f.word].join('|');

/**
 * The values of one series, the live one last (R4). A relay is no new count (R1): where an outlet repeats a number for
 * the same as-of, the number is as old as its first telling, and supersedes nothing that came after that.
 */
export function inOrder(values: readonly Said[]): Said[] {
  const sorted = [...values];
  if (!values.some((v) => v.relayed))
    return sorted.sort(
      (a, b) =>
        compare(a.figure.asOf, b.figure.asOf) ||
        compare(a.published, b.published) ||
        a.seq - b.seq ||
        a.index - b.index,
    );
  const first = new Map<string, string>();
  const keys = new Map(values.map((v) => [v, numberKey(v)]));
  for (const [v, key] of keys) {
    const known = first.get(key);
    if (known === undefined || compare(v.published, known) < 0) first.set(key, v.published);
  }
  const told = (v: Said): string => (v.relayed ? (first.get(keys.get(v) ?? '') ?? v.published) : v.published);
  return sorted.sort(
    (a, b) => compare(a.figure.asOf, b.figure.asOf) || compare(told(a), told(b)) || older(a, b) || a.index - b.index,
  );
}

/** One series of all its values, in any order. */
export function seriesOf(key: string, unordered: readonly Said[]): Series {
  const values = inOrder(unordered);
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

interface Bucket {
  readonly key: string;
  readonly values: Said[];
  /** Of all its values; worked out when first asked for. */
  whole?: Series;
}

const SINGLE: ReadonlySet<Mode> = new Set(['incident', 'increment']);

/** Where a series starts, as far as that tells it from others: a stock has no start, an incident is its entry's. */
function startOf({ figure: { mode, scope }, entry }: Said): string {
  if (mode === 'stock') return '';
  if (mode === 'incident') return `${entry}@`;
  return mode === 'increment' ? `${entry}@${dayOf(scope.from)}` : dayOf(scope.from);
}

/** Originator, measure, group, start, area and mode in one string. */
export const seriesKey = (said: Said): string => {
  const { measure, group, scope, mode } = said.figure;
  return [said.originator, measure, groupKey(group), startOf(said), scope.area ?? '', mode].join('|');
};

/** A figure of a single event or of a window, not a running count. */
export const isSingle = ({ figure }: Said): boolean => SINGLE.has(figure.mode);

/** These figures by series, in the order of their first values. Figures of one series must all be among them. */
export function seriesAmong(values: Iterable<Said>): readonly Series[] {
  const buckets = new Map<string, Said[]>();
  for (const value of values) {
    const key = seriesKey(value);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(value);
    else buckets.set(key, [value]);
  }
  return [...buckets].map(([key, bucket]) => seriesOf(key, bucket));
}

/** What an entry says of itself, not as a running count, by series; see `incidentsOf`. */
export const singlesOf = once((state: EntryState): readonly Series[] =>
  state.retracted ? [] : seriesAmong(saidBy(state).filter(isSingle)),
);

/** Every live figure of a picture under its series: running counts, and single events and windows. */
const bucketsOf = once((picture: Picture) => {
  const tolls = new Map<string, Bucket>();
  const incidents = new Map<string, Bucket>();
  for (const said of figuresOf(picture)) {
    const key = seriesKey(said);
    const buckets = isSingle(said) ? incidents : tolls;
    const bucket = buckets.get(key);
    if (bucket) bucket.values.push(said);
    else buckets.set(key, { key, values: [said] });
  }
  return { tolls: [...tolls.values()], incidents: [...incidents.values()] };
});

function* seriesIn(buckets: readonly Bucket[], wanted: (said: Said) => boolean): Generator<Series> {
  for (const bucket of buckets) {
    const values = bucket.values.filter(wanted);
    if (values.length === 0) continue;
    if (values.length === bucket.values.length) yield (bucket.whole ??= seriesOf(bucket.key, values));
    else yield seriesOf(bucket.key, values);
  }
}

const allTolls = once((picture) => [...seriesIn(bucketsOf(picture).tolls, () => true)]);

/**
 * Running tolls: cumulative and stock figures by series (R3: they are never addends). Another start or area is
 * another series, also of the same originator (R4). Relays of one originator fall into one series (R1).
 */
export const tollsOf = (picture: Picture, wanted?: (said: Said) => boolean): readonly Series[] =>
  wanted ? [...seriesIn(bucketsOf(picture).tolls, wanted)] : allTolls(picture);

/** Figures of single events and of windows, by entry and series: a later count of the same thing supersedes the earlier one. */
export const incidentsOf = (
  picture: Picture,
  wanted?: (said: Said) => boolean,
): ReadonlyMap<string, readonly Series[]> =>
  wanted ? byEntry(seriesIn(bucketsOf(picture).incidents, wanted)) : allIncidents(picture);

const allIncidents = once((picture) => byEntry(seriesIn(bucketsOf(picture).incidents, () => true)));

function byEntry(all: Iterable<Series>): ReadonlyMap<string, readonly Series[]> {
  const entries = new Map<string, Series[]>();
  for (const series of all) {
    const known = entries.get(series.live.entry);
    if (known) known.push(series);
    else entries.set(series.live.entry, [series]);
  }
  return entries;
}
