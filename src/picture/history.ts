import type { EntryState, Mark, ReportState, Version } from './picture.ts';

const markOf = (version: Version): Mark => {
  const { what: _, ...mark } = version;
  return mark;
};

/** An entry while its history is read. */
interface Draft {
  entry: EntryState['entry'];
  readonly reports: ReportState[];
  retracted: Mark | undefined;
}

function step(draft: Draft, version: Version): void {
  const { what } = version;
  const change = (id: string, next: (found: ReportState) => ReportState): void => {
    const at = draft.reports.findIndex((r) => r.report.id === id);
    const found = draft.reports[at];
    if (found) draft.reports[at] = next(found);
  };
  switch (what.kind) {
    case 'entry.added':
      return;
    case 'entry.amended':
      draft.entry = what.after;
      return;
    case 'entry.retracted':
      draft.retracted = markOf(version);
      return;
    case 'entry.restored':
      draft.retracted = undefined;
      return;
    case 'report.added':
      draft.reports.push({ report: what.report, added: markOf(version) });
      return;
    case 'report.amended':
      change(what.after.id, (r) => ({ ...r, report: what.after, amended: markOf(version) }));
      return;
    case 'report.withdrawn':
      change(what.report.id, (r) => ({ ...r, withdrawn: markOf(version) }));
      return;
    case 'report.restored':
      change(what.report.id, (found) => {
        const { withdrawn: _, ...rest } = found;
        return rest;
      });
  }
}

/**
 * What was known of an entry after the first `seq` records, from its own history: a look back at one entry that needs no
 * fold of the whole stream. Undefined where it was not there yet.
 */
export function entryAt(state: EntryState, seq: number): EntryState | undefined {
  if (state.changed.seq <= seq) return state;
  const later = state.versions.findIndex((v) => v.seq > seq);
  const versions = state.versions.slice(0, later);
  const [first] = versions;
  const last = versions.at(-1);
  if (first?.what.kind !== 'entry.added' || !last) return undefined;
  const { entry, reports } = first.what;
  const draft: Draft = {
    entry,
    reports: reports.map((report) => ({ report, added: state.added })),
    retracted: undefined,
  };
  for (const version of versions) step(draft, version);
  return {
    entry: draft.entry,
    reports: draft.reports,
    added: state.added,
    changed: markOf(last),
    ...(draft.retracted && { retracted: draft.retracted }),
    versions,
  };
}
