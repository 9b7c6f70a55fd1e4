import { type Change, type EntryCore, type EntryLink, entryCore, type Report } from '../model/entry.ts';
import { CURATED, type SituationRecord } from '../model/record.ts';
import type { CuratedLink, CuratedSituation } from './read-situation.ts';
import type { CuratedEntry, CuratedReport } from './schema.ts';
import { laterOf, msOf, stampOf } from './times.ts';

/** A record on its way to the ledger. `at` is an ISO instant with milliseconds. */
export type Draft<R> = R & { readonly at: string; readonly author: string };
export type SituationDraft = Draft<SituationRecord>;

export function coreOf(entry: CuratedEntry): EntryCore {
  const { reports: _, history: __, retracted: ___, ...core } = entry;
  return core;
}
export function reportOf(curated: CuratedReport): Report {
  const { recorded: _, withdrawn: __, ...report } = curated;
  return report;
}
export function linkOf(curated: CuratedLink): EntryLink {
  const { recorded: _, ...link } = curated;
  return link;
}
const changeOf = ({ reason, note }: Change): Change => ({ reason, ...(note !== undefined && { note }) });

/** `E10` after `E9`. */
export const byEntryNumber = (a: string, b: string): number => Number(a.slice(1)) - Number(b.slice(1));

/**
 * A curated situation as the records that a desk would have written while it learned of things: in the order of
 * `recorded`, then of entry ids, then as the file lists them. The same file gives the same records.
 */
export function situationHistory({ situation, entries, links }: CuratedSituation): SituationDraft[] {
  const sorted = entries.toSorted((a, b) => byEntryNumber(a.id, b.id));
  const known = new Map(sorted.map((entry) => [entry.id, knownSince(entry)]));
  const opened = openedAt({ situation, entries });
  const drafts: SituationDraft[] = [
    draft(opened, { kind: 'situation.opened', body: { situation } }),
    ...sorted.flatMap((entry) => entryHistory(entry)),
    ...links.map((link): SituationDraft => {
      const at = laterOf(
        known.get(link.from) ?? opened,
        known.get(link.to) ?? opened,
        stampOf(msOf(link.recorded ?? opened)),
      );
      return draft(at, { kind: 'link.added', body: { link: linkOf(link) } });
    }),
  ];
  // The sort is stable: what has the same time stays as it was put together above, links last.
  return drafts.toSorted(byTime);
}

const byTime = (a: { readonly at: string }, b: { readonly at: string }): number =>
  a.at < b.at ? -1 : Number(a.at > b.at);

const recordedAt = ({ recorded }: { readonly recorded: string }): string => stampOf(msOf(recorded));

/** When an entry was first recorded: with the earliest of its reports. */
const knownSince = (entry: CuratedEntry): string => entry.reports.map(recordedAt).reduce((a, b) => (a < b ? a : b));

const draft = (at: string, record: SituationRecord): SituationDraft => ({ at, author: CURATED, ...record });

function entryHistory(entry: CuratedEntry): SituationDraft[] {
  const since = knownSince(entry);
  const [first, ...steps] = wordings(entry, since);
  const atFirst = entry.reports.filter((report) => recordedAt(report) === since);
  const later = entry.reports.filter((report) => recordedAt(report) !== since);
  const drafts = [
    draft(since, { kind: 'entry.added', body: { entry: first.core, reports: atFirst.map(reportOf) } }),
    ...later.map((report) => draft(recordedAt(report), { kind: 'report.added', body: { report: reportOf(report) } })),
    ...steps.map(({ at, core, change }) => draft(at, { kind: 'entry.amended', body: { entry: core, ...change } })),
    ...entry.reports.flatMap(({ id, withdrawn }) =>
      withdrawn
        ? [draft(recordedAt(withdrawn), { kind: 'report.withdrawn', body: { id, ...changeOf(withdrawn) } })]
        : [],
    ),
  ];
  if (entry.retracted)
    drafts.push(
      draft(laterOf(recordedAt(entry.retracted), since), {
        kind: 'entry.retracted',
        body: { id: entry.id, ...changeOf(entry.retracted) },
      }),
    );
  return drafts.toSorted(byTime);
}

interface Wording {
  readonly core: EntryCore;
}
interface Step extends Wording {
  readonly at: string;
  readonly change: Change;
}

/**
 * How an entry read, oldest first: what is written in the file is the newest, each `was` takes one step back. Not beyond
 * `since`: with the first report left out, an entry may begin later than its changes did.
 */
function wordings(entry: CuratedEntry, since: string): [Wording, ...Step[]] {
  const newestFirst = (entry.history ?? []).toSorted((a, b) => msOf(b.recorded) - msOf(a.recorded));
  let core = coreOf(entry);
  const steps: Step[] = [];
  for (const step of newestFirst) {
    if (recordedAt(step) <= since) break;
    steps.unshift({ at: recordedAt(step), core, change: changeOf(step) });
    core = entryCore.parse({ ...core, ...step.was });
  }
  return [{ core }, ...steps];
}

/** When a situation came to be known: with its first report, or on the day it starts while there is none. */
function openedAt({ situation, entries }: Pick<CuratedSituation, 'situation' | 'entries'>): string {
  return entries.map(knownSince).toSorted()[0] ?? stampOf(msOf(situation.start));
}

/** When the first thing of any situation was recorded; undefined while there is none. */
export const firstRecorded = (situations: readonly CuratedSituation[]): string | undefined =>
  situations.map(openedAt).toSorted()[0];
