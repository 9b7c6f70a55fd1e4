import type { Change, EntryCore, EntryLink, Report } from '../model/entry.ts';
import { entryOf } from '../model/record.ts';
import type { Situation } from '../model/situation.ts';
import type { SituationDraft } from './history.ts';
import { linkKey } from './memory.ts';

export interface Wording {
  readonly core: EntryCore;
  readonly at: string;
  readonly change?: Change;
}
export interface WantedReport {
  readonly report: Report;
  readonly withdrawn?: Change;
}
export interface WantedEntry {
  /** Oldest first; the last is what holds. */
  readonly wordings: readonly Wording[];
  readonly reports: ReadonlyMap<string, WantedReport>;
  readonly retracted?: Change;
}

/** What the curated file wants to be known by now. */
export interface Wanted {
  readonly situation: Situation | undefined;
  readonly entries: ReadonlyMap<string, WantedEntry>;
  readonly links: ReadonlyMap<string, EntryLink>;
}

/** What is known after these records of a file's history. */
export function wantedBy(history: readonly SituationDraft[]): Wanted {
  let situation: Situation | undefined;
  const entries = new Map<string, WantedEntry>();
  const links = new Map<string, EntryLink>();
  const change = (id: string, next: (entry: WantedEntry) => Partial<WantedEntry>): void => {
    const entry = entries.get(id) ?? { wordings: [], reports: new Map() };
    entries.set(id, { ...entry, ...next(entry) });
  };
  const report = (id: string, next: (known: WantedReport | undefined) => WantedReport | undefined): void =>
    change(entryOf(id), ({ reports }) => {
      const told = next(reports.get(id));
      return told ? { reports: new Map(reports).set(id, told) } : {};
    });
  for (const { at, kind, body } of history) {
    if (kind === 'situation.opened') situation = body.situation;
    else if (kind === 'entry.added') {
      change(body.entry.id, () => ({ wordings: [{ core: body.entry, at }] }));
      for (const one of body.reports) report(one.id, () => ({ report: one }));
    } else if (kind === 'entry.amended') {
      const { entry: core, ...why } = body;
      change(core.id, ({ wordings }) => ({ wordings: [...wordings, { core, at, change: why }] }));
    } else if (kind === 'entry.retracted') {
      const { id, ...why } = body;
      change(id, () => ({ retracted: why }));
    } else if (kind === 'report.added') report(body.report.id, () => ({ report: body.report }));
    else if (kind === 'report.withdrawn') {
      const { id, ...withdrawn } = body;
      report(id, (known) => known && { ...known, withdrawn });
    } else if (kind === 'link.added') links.set(linkKey(body.link), body.link);
  }
  return { situation, entries, links };
}
