import type { EntryState, Mark, ReportState, Version } from './picture.ts';

const markOf = (version: Version): Mark => {
  const { what: _, ...mark } = version;
  return mark;
};

function step(state: EntryState | undefined, version: Version): EntryState | undefined {
  const { what } = version;
  const mark = markOf(version);
  if (what.kind === 'entry.added') {
    const reports = what.reports.map((report): ReportState => ({ report, added: mark }));
    return { entry: what.entry, reports, added: mark, changed: mark, versions: [version] };
  }
  if (!state) return undefined;
  const next = { ...state, changed: mark, versions: [...state.versions, version] };
  const reportsWith = (id: string, change: (found: ReportState) => ReportState): readonly ReportState[] =>
    state.reports.map((r) => (r.report.id === id ? change(r) : r));
  switch (what.kind) {
    case 'entry.amended':
      return { ...next, entry: what.after };
    case 'entry.retracted':
      return { ...next, retracted: mark };
    case 'entry.restored': {
      const { retracted: _, ...rest } = next;
      return rest;
    }
    case 'report.added':
      return { ...next, reports: [...state.reports, { report: what.report, added: mark }] };
    case 'report.amended':
      return { ...next, reports: reportsWith(what.after.id, (r) => ({ ...r, report: what.after, amended: mark })) };
    case 'report.withdrawn':
      return { ...next, reports: reportsWith(what.report.id, (r) => ({ ...r, withdrawn: mark })) };
    case 'report.restored':
      return {
        ...next,
        reports: reportsWith(what.report.id, (found) => {
          const { withdrawn: _, ...rest } = found;
          return rest;
        }),
      };
  }
}

/**
 * What was known of an entry after the first `seq` records, from its own history: a look back at one entry that needs no
 * fold of the whole stream. Undefined where it was not there yet.
 */
export function entryAt(state: EntryState, seq: number): EntryState | undefined {
  if (state.changed.seq <= seq) return state;
  let then: EntryState | undefined;
  for (const version of state.versions) {
    if (version.seq > seq) break;
    then = step(then, version);
  }
  return then;
}
