import type { Change, EntryCore, EntryLink, Report } from '../model/entry.ts';
import type { Recorded, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import type { Situation } from '../model/situation.ts';
import { Layered } from './layered.ts';
import type { Touch } from './touches.ts';
import { Touches } from './touches.ts';

/** When, by whom and why something changed. */
export interface Mark extends Partial<Change> {
  readonly seq: number;
  readonly at: string;
  readonly author: string;
}

export interface ReportState {
  readonly report: Report;
  /** When it was recorded here. */
  readonly added: Mark;
  readonly amended?: Mark;
  readonly withdrawn?: Mark;
}

/** One step of an entry's history, with what it was before where something was replaced. */
export type Version = Mark & {
  readonly what:
    | { readonly kind: 'entry.added'; readonly entry: EntryCore; readonly reports: readonly Report[] }
    | { readonly kind: 'entry.amended'; readonly before: EntryCore; readonly after: EntryCore }
    | { readonly kind: 'entry.retracted' | 'entry.restored' }
    | { readonly kind: 'report.added' | 'report.withdrawn' | 'report.restored'; readonly report: Report }
    | { readonly kind: 'report.amended'; readonly before: Report; readonly after: Report };
};

export interface EntryState {
  readonly entry: EntryCore;
  /** In the order in which they were recorded; withdrawn ones included. */
  readonly reports: readonly ReportState[];
  readonly added: Mark;
  readonly changed: Mark;
  readonly retracted?: Mark;
  readonly versions: readonly Version[];
}

export interface LinkState {
  readonly link: EntryLink;
  readonly added: Mark;
}

/** What is known of a situation after the first `seq` records of its stream. */
export interface Picture {
  readonly situation: Situation;
  readonly seq: number;
  /** Time of the last record. */
  readonly at: string;
  readonly entries: ReadonlyMap<string, EntryState>;
  readonly links: readonly LinkState[];
  /** Entry id → its links, either end. */
  readonly linksOf: ReadonlyMap<string, readonly LinkState[]>;
  /** What each record touched. */
  readonly touches: Touches;
}

/** What makes two links the same link. */
export const linkKey = ({ from, to, type }: EntryLink): string => `${from} ${type} ${to}`;

const mark = (record: Recorded<SituationRecord>): Mark => {
  const { reason, note } = record.body as Partial<Change>;
  return {
    seq: record.seq,
    at: record.at,
    author: record.author,
    ...(reason !== undefined && { reason }),
    ...(note !== undefined && { note }),
  };
};

/** Where a batch of records is worked in; it becomes a Picture when the batch is done. */
interface Draft {
  situation: Situation | undefined;
  seq: number;
  at: string;
  readonly from: Picture | undefined;
  /** What the batch changed; the rest is as it was. */
  readonly entries: Map<string, EntryState>;
  readonly linksOf: Map<string, readonly LinkState[]>;
  /** A copy, once a link of the batch changes it. */
  links: LinkState[] | undefined;
  readonly touches: Touch[];
}

const entryIn = ({ entries, from }: Draft, id: string): EntryState | undefined =>
  entries.get(id) ?? from?.entries.get(id);

function setEntry(draft: Draft, state: EntryState): void {
  draft.entries.set(state.entry.id, state);
  draft.touches.push({ seq: draft.seq, what: state.entry.id });
}

const linksAt = ({ linksOf, from }: Draft, end: string): readonly LinkState[] =>
  linksOf.get(end) ?? from?.linksOf.get(end) ?? [];

/** Puts a link in its place, or takes it away. A link that is there keeps its place. */
function setLink(draft: Draft, link: EntryLink, state: LinkState | undefined, m: Mark): void {
  const key = linkKey(link);
  const was = linksAt(draft, link.from).find((l) => linkKey(l.link) === key);
  if (!was && !state) return;
  const moved = (list: readonly LinkState[]): readonly LinkState[] => {
    if (!was) return state ? [...list, state] : list;
    return state ? list.map((l) => (l === was ? state : l)) : list.filter((l) => l !== was);
  };
  draft.links ??= [...(draft.from?.links ?? [])];
  const at = was ? draft.links.indexOf(was) : draft.links.length;
  draft.links.splice(at, was ? 1 : 0, ...(state ? [state] : []));
  const ends = [...new Set([link.from, link.to])].map((end) => [end, linksAt(draft, end)] as const);
  for (const [end, links] of ends) draft.linksOf.set(end, moved(links));
  const what = { link, mark: m, stays: state !== undefined, ends, ...(was && { was: { at, state: was } }) };
  draft.touches.push({ seq: draft.seq, what });
}

function changeEntry(
  draft: Draft,
  id: string,
  m: Mark,
  change: (state: EntryState) => Partial<EntryState>,
  what: Version['what'],
) {
  const state = entryIn(draft, id);
  // A record about an entry that is not there cannot come from our own decisions; it changes nothing that is known.
  if (!state) return;
  setEntry(draft, { ...state, ...change(state), changed: m, versions: [...state.versions, { ...m, what }] });
}

function changeReport(draft: Draft, id: string, m: Mark, kind: 'report.withdrawn' | 'report.restored'): void {
  const found = entryIn(draft, entryOf(id))?.reports.find((r) => r.report.id === id);
  if (!found) return;
  const { withdrawn: _, ...rest } = found;
  const next: ReportState = kind === 'report.withdrawn' ? { ...rest, withdrawn: m } : rest;
  changeEntry(draft, entryOf(id), m, (state) => ({ reports: state.reports.map((r) => (r === found ? next : r)) }), {
    kind,
    report: found.report,
  });
}

function apply(draft: Draft, record: Recorded<SituationRecord>): void {
  const m = mark(record);
  draft.seq = record.seq;
  draft.at = record.at;
  switch (record.kind) {
    case 'situation.opened':
    case 'situation.amended':
      draft.touches.push({ seq: draft.seq, what: { situation: draft.situation } });
      draft.situation = record.body.situation;
      return;
    case 'entry.added': {
      const { entry, reports } = record.body;
      // Nothing is overwritten: an id that is taken keeps what is known under it.
      if (entryIn(draft, entry.id)) return;
      setEntry(draft, {
        entry,
        reports: reports.map((report) => ({ report, added: m })),
        added: m,
        changed: m,
        versions: [{ ...m, what: { kind: 'entry.added', entry, reports } }],
      });
      return;
    }
    case 'entry.amended': {
      const after = record.body.entry;
      const before = entryIn(draft, after.id)?.entry;
      if (before) changeEntry(draft, after.id, m, () => ({ entry: after }), { kind: 'entry.amended', before, after });
      return;
    }
    case 'entry.retracted':
      changeEntry(draft, record.body.id, m, () => ({ retracted: m }), { kind: record.kind });
      return;
    case 'entry.restored': {
      const state = entryIn(draft, record.body.id);
      if (!state) return;
      const { retracted: _, ...rest } = state;
      setEntry(draft, { ...rest, changed: m, versions: [...rest.versions, { ...m, what: { kind: record.kind } }] });
      return;
    }
    case 'report.added': {
      const { report } = record.body;
      if (entryIn(draft, entryOf(report.id))?.reports.some((r) => r.report.id === report.id)) return;
      changeEntry(draft, entryOf(report.id), m, (state) => ({ reports: [...state.reports, { report, added: m }] }), {
        kind: 'report.added',
        report,
      });
      return;
    }
    case 'report.amended': {
      const { report } = record.body;
      const found = entryIn(draft, entryOf(report.id))?.reports.find((r) => r.report.id === report.id);
      if (!found) return;
      changeEntry(
        draft,
        entryOf(report.id),
        m,
        (state) => ({ reports: state.reports.map((r) => (r === found ? { ...r, report, amended: m } : r)) }),
        { kind: 'report.amended', before: found.report, after: report },
      );
      return;
    }
    case 'report.withdrawn':
    case 'report.restored':
      changeReport(draft, record.body.id, m, record.kind);
      return;
    case 'link.added':
      setLink(draft, record.body.link, { link: record.body.link, added: m }, m);
      return;
    case 'link.removed':
      setLink(draft, record.body.link, undefined, m);
      return;
  }
}

/**
 * The picture after these records, on top of an earlier one. The earlier picture stays as it was, so that
 * "now" and "then" can be compared. Undefined while the situation has not been opened.
 * Records are taken in the order given; the ledger hands them out by seq.
 */
export function fold(records: Iterable<Recorded<SituationRecord>>, from?: Picture): Picture | undefined {
  const draft: Draft = {
    situation: from?.situation,
    seq: from?.seq ?? 0,
    at: from?.at ?? '',
    from,
    entries: new Map(),
    linksOf: new Map(),
    links: undefined,
    touches: [],
  };
  for (const record of records) apply(draft, record);
  const { situation, seq, at } = draft;
  return (
    situation && {
      situation,
      seq,
      at,
      entries: layered(from?.entries).with(draft.entries),
      links: draft.links ?? from?.links ?? [],
      linksOf: layered(from?.linksOf).with(draft.linksOf),
      touches: (from?.touches ?? new Touches()).with(draft.touches),
    }
  );
}

const layered = <V>(known: ReadonlyMap<string, V> | undefined): Layered<V> =>
  known instanceof Layered ? known : new Layered(known);

/** Where a look back stops: after a record, or at a moment (inclusive). */
export type Until = { readonly seq: number } | { readonly at: string };

/** The prefix of a stream that a look back sees. Time never runs backwards in a stream, so both cut a prefix. */
export function until<R extends { readonly seq: number; readonly at: string }>(
  records: readonly R[],
  stop: Until,
): readonly R[] {
  const past = (r: R): boolean => ('seq' in stop ? r.seq > stop.seq : r.at > stop.at);
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (past(records[middle] as R)) high = middle;
    else low = middle + 1;
  }
  return records.slice(0, low);
}

export const liveReports = (state: EntryState): readonly Report[] =>
  state.reports.filter((r) => r.withdrawn === undefined).map((r) => r.report);
