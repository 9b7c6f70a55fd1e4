import { entryOf } from '../model/record.ts';
import type { SituationDraft } from './history.ts';
import { type Memory, sayings } from './memory.ts';
import type { Wanted, WantedEntry } from './wanted.ts';

/**
 * Ids of entries and reports that the file uses for one thing and somebody in chat for another. An id that came from
 * chat is the file's own where the file holds what was said in chat (an export that was committed).
 */
export function collisionsOf(wanted: Wanted, memory: Memory): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const [id, entry] of wanted.entries) {
    if (isAnother(id, entry, memory)) {
      taken.add(id);
      continue;
    }
    for (const [name, { report }] of entry.reports) {
      const theirs = memory.others.reports.get(name);
      const ours = memory.entries.get(id)?.reports.has(name) ?? false;
      if (theirs !== undefined && theirs !== report.originator && !ours) taken.add(name);
    }
  }
  return taken;
}

function isAnother(id: string, { wordings, reports }: WantedEntry, { entries, others }: Memory): boolean {
  if (!others.entries.has(id) || entries.get(id)?.text !== undefined) return false;
  if (wordings.some(({ core }) => others.said.has(sayings.entry(core)))) return false;
  return ![...reports].some(([name, { report }]) => others.reports.get(name) === report.originator);
}

/** The history without what is about these ids. */
export function without(history: readonly SituationDraft[], ids: ReadonlySet<string>): readonly SituationDraft[] {
  if (ids.size === 0) return history;
  return history.flatMap((draft): SituationDraft[] => {
    if (idsOf(draft).some((id) => ids.has(id))) return [];
    if (draft.kind !== 'entry.added') return [draft];
    const reports = draft.body.reports.filter(({ id }) => !ids.has(id));
    return [{ ...draft, body: { ...draft.body, reports } }];
  });
}

/** The entries, or the report and its entry, that a record is about. */
function idsOf({ kind, body }: SituationDraft): readonly string[] {
  if (kind === 'entry.added' || kind === 'entry.amended') return [body.entry.id];
  if (kind === 'entry.retracted' || kind === 'entry.restored') return [body.id];
  if (kind === 'report.added' || kind === 'report.amended') return [body.report.id, entryOf(body.report.id)];
  if (kind === 'report.withdrawn' || kind === 'report.restored') return [body.id, entryOf(body.id)];
  if (kind === 'link.added' || kind === 'link.removed') return [body.link.from, body.link.to];
  return [];
}

/** Whether a record tells of an entry, report or link that somebody in chat has told already. */
export function isTold({ kind, body }: SituationDraft, { others }: Memory): boolean {
  if (kind === 'situation.opened') return others.opened;
  if (kind === 'entry.added') return others.entries.has(body.entry.id);
  if (kind === 'report.added') return others.reports.has(body.report.id);
  return kind === 'link.added' && others.said.has(sayings.link(body.link));
}
