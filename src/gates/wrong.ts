import type { Document } from '../briefing/document.ts';
import { linesOf } from '../briefing/gates.ts';
import type { Report } from '../model/entry.ts';
import type { Recorded, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import type { EntryState, Picture } from '../picture/picture.ts';

const CORRECTING = new Set<unknown>(['source_corrected', 'our_error', 'relay_error']);

const told = ({ says, figures, originator, stance }: Report): string =>
  JSON.stringify([says, figures, originator, stance]);
const reportOf = (state: EntryState | undefined, id: string) => state?.reports.find((r) => r.report.id === id);
const amendedBy = (record: Recorded<SituationRecord>): boolean =>
  'reason' in record.body && CORRECTING.has(record.body.reason);

/**
 * The entries of a document that its readers have to be told about, found in the raw records and not by the code that
 * tells them: what it showed was retracted; a report that it cites was withdrawn or put right; the words of an entry
 * were wrong; another entry corrects it. What was taken back by the end is not in it.
 */
export function shownWrong(
  document: Document,
  then: Picture,
  now: Picture,
  records: readonly Recorded<SituationRecord>[],
): ReadonlySet<string> {
  const lines = linesOf(document);
  const shown = new Set(lines.map((l) => l.entry));
  const cited = new Set(lines.flatMap((l) => l.citations.map((c) => c.report)));
  const wrong = new Set<string>();
  const words = new Map<string, string>();
  for (const record of records) {
    const core = record.kind === 'entry.added' || record.kind === 'entry.amended' ? record.body.entry : undefined;
    const reworded = core !== undefined && words.get(core.id) !== core.headline;
    if (core) words.set(core.id, core.headline);
    if (record.seq <= then.seq || record.seq > now.seq) continue;
    switch (record.kind) {
      case 'entry.retracted': {
        const { id } = record.body;
        if (shown.has(id) && !then.entries.get(id)?.retracted && now.entries.get(id)?.retracted) wrong.add(id);
        break;
      }
      case 'entry.amended': {
        const { id } = record.body.entry;
        const [was, is] = [then.entries.get(id), now.entries.get(id)];
        if (shown.has(id) && reworded && amendedBy(record) && was && is && !is.retracted)
          if (was.entry.headline !== is.entry.headline) wrong.add(id);
        break;
      }
      case 'report.withdrawn': {
        const { id } = record.body;
        const [was, is] = [then, now].map((p) => reportOf(p.entries.get(entryOf(id)), id));
        if (cited.has(id) && was && !was.withdrawn && is?.withdrawn) wrong.add(entryOf(id));
        break;
      }
      case 'report.amended': {
        const { id } = record.body.report;
        const [was, is] = [then, now].map((p) => reportOf(p.entries.get(entryOf(id)), id));
        const moved = was && is && !was.withdrawn && !is.withdrawn && told(was.report) !== told(is.report);
        if (cited.has(id) && amendedBy(record) && moved) wrong.add(entryOf(id));
        break;
      }
      case 'link.added': {
        const { from, to, type } = record.body.link;
        const still = now.links.some((l) => l.link.from === from && l.link.to === to && l.link.type === type);
        const by = now.entries.get(from);
        if (shown.has(to) && type === 'corrects' && still && by && !by.retracted && now.entries.has(to)) wrong.add(to);
        break;
      }
      default:
    }
  }
  return wrong;
}
