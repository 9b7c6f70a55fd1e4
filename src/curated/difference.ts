import type { Change } from '../model/entry.ts';
import type { SituationRecord } from '../model/record.ts';
import type { Situation } from '../model/situation.ts';
import { type EntryMemory, linkKey, type Memory, type Others, sayings } from './memory.ts';
import type { CuratedSituation } from './read-situation.ts';
import type { Wanted, WantedEntry, WantedReport, Wording } from './wanted.ts';

const CHANGED: Change = { reason: 'new_information' };
const REMOVED: Change = { reason: 'our_error', note: 'removed from the curated files' };
const BACK: Change = { reason: 'our_error', note: 'stands again in the curated files' };

/**
 * The records that take what we wrote so far to what the file wants. What others wrote is left alone: a chat edit
 * stays until the text of the file changes again. Empty when the file says nothing new.
 */
export function difference(file: CuratedSituation, wanted: Wanted, memory: Memory): SituationRecord[] {
  if (!wanted.situation) return [];
  const records: SituationRecord[] = [...situationChanges(wanted.situation, memory)];
  for (const [id, entry] of wanted.entries) {
    const known = memory.entries.get(id);
    if (known?.text === undefined && !memory.others.entries.has(id)) records.push(...newEntry(id, entry));
    else records.push(...entryChanges(id, entry, known, memory));
  }
  if (file.complete) {
    const written = new Map(file.entries.map(({ id, reports }) => [id, new Set(reports.map((report) => report.id))]));
    for (const [id, known] of memory.entries) records.push(...removals(id, known, written.get(id)));
  }
  return [...records, ...linkChanges(file, wanted, memory)];
}

function situationChanges(situation: Situation, { situation: known, others }: Memory): SituationRecord[] {
  const text = sayings.situation(situation);
  if (known === undefined && !others.opened) return [{ kind: 'situation.opened', body: { situation } }];
  if (known === text || (known === undefined && others.said.has(text))) return [];
  return [{ kind: 'situation.amended', body: { situation, ...CHANGED } }];
}

function newEntry(id: string, { wordings, reports, retracted }: WantedEntry): SituationRecord[] {
  const newest = wordings.at(-1);
  if (!newest) return [];
  const told = [...reports.values()];
  return [
    { kind: 'entry.added', body: { entry: newest.core, reports: told.map(({ report }) => report) } },
    ...told.flatMap(({ report, withdrawn }): SituationRecord[] =>
      withdrawn ? [{ kind: 'report.withdrawn', body: { id: report.id, ...withdrawn } }] : [],
    ),
    ...(retracted ? [{ kind: 'entry.retracted', body: { id, ...retracted } } as const] : []),
  ];
}

function entryChanges(
  id: string,
  wanted: WantedEntry,
  known: EntryMemory | undefined,
  { lastAt, others }: Memory,
): SituationRecord[] {
  const records: SituationRecord[] = [];
  if (known?.retracted && !wanted.retracted) records.push({ kind: 'entry.restored', body: { id, ...BACK } });
  records.push(...amendments(wanted.wordings, known?.text, lastAt, others));
  for (const [name, report] of wanted.reports)
    records.push(...reportChanges(name, report, known?.reports.get(name), others));
  if (wanted.retracted && !known?.retracted)
    records.push({ kind: 'entry.retracted', body: { id, ...wanted.retracted } });
  return records;
}

/** Each wording since the one we wrote last, with its own reason; or one step where the file's past was rewritten. */
function amendments(
  wordings: readonly Wording[],
  known: string | undefined,
  lastAt: string,
  { said }: Others,
): SituationRecord[] {
  const texts = wordings.map(({ core }) => sayings.entry(core));
  const newest = wordings.at(-1);
  if (!newest || texts.at(-1) === known) return [];
  if (known === undefined && said.has(texts.at(-1) ?? '')) return [];
  const last = known === undefined ? -1 : texts.lastIndexOf(known);
  if (last >= 0)
    return wordings
      .slice(last + 1)
      .map(({ core, change }) => ({ kind: 'entry.amended', body: { entry: core, ...(change ?? CHANGED) } }));
  // A reason that the file gives counts for this change only if it was not there when we last wrote.
  const why = newest.change && newest.at > lastAt ? newest.change : CHANGED;
  return [{ kind: 'entry.amended', body: { entry: newest.core, ...why } }];
}

function reportChanges(
  id: string,
  { report, withdrawn }: WantedReport,
  known: { readonly text: string; readonly withdrawn: boolean } | undefined,
  { said, reports }: Others,
): SituationRecord[] {
  const records: SituationRecord[] = [];
  const text = sayings.report(report);
  if (!known && !reports.has(id)) records.push({ kind: 'report.added', body: { report } });
  else if (known ? known.text !== text : !said.has(text))
    records.push({ kind: 'report.amended', body: { report, ...CHANGED } });
  if (withdrawn && !known?.withdrawn) records.push({ kind: 'report.withdrawn', body: { id, ...withdrawn } });
  if (!withdrawn && known?.withdrawn) records.push({ kind: 'report.restored', body: { id, ...BACK } });
  return records;
}

/** What we wrote and the file no longer has. `written`: the reports that the file has of the entry; undefined: no such entry. */
function removals(id: string, known: EntryMemory, written: ReadonlySet<string> | undefined): SituationRecord[] {
  if (!written && known.text !== undefined)
    return known.retracted ? [] : [{ kind: 'entry.retracted', body: { id, ...REMOVED } }];
  return [...known.reports]
    .filter(([name, { withdrawn }]) => !withdrawn && !written?.has(name))
    .map(([name]) => ({ kind: 'report.withdrawn', body: { id: name, ...REMOVED } }));
}

function linkChanges(file: CuratedSituation, wanted: Wanted, { links, others }: Memory): SituationRecord[] {
  const records: SituationRecord[] = [];
  const written = new Set(file.links.map(linkKey));
  for (const [key, { link }] of links)
    if (file.complete && !written.has(key)) records.push({ kind: 'link.removed', body: { link, ...REMOVED } });
  for (const [key, link] of wanted.links) {
    const known = links.get(key);
    const text = sayings.link(link);
    if (known?.text === text) continue;
    if (known) records.push({ kind: 'link.removed', body: { link: known.link, ...CHANGED } });
    if (known || !others.said.has(text)) records.push({ kind: 'link.added', body: { link } });
  }
  return records;
}
