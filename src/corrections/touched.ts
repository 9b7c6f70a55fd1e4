import type { LedgerRecord } from '../ledger/ledger.ts';
import type { Recorded, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import type { Picture } from '../picture/picture.ts';

/** The entries of which something else may be told after these records of a situation. */
export function touchedBy(records: readonly LedgerRecord[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const record of records as unknown as readonly Recorded<SituationRecord>[]) {
    switch (record.kind) {
      case 'entry.added':
      case 'entry.amended':
        ids.add(record.body.entry.id);
        break;
      case 'entry.retracted':
      case 'entry.restored':
        ids.add(record.body.id);
        break;
      case 'report.added':
      case 'report.amended':
        ids.add(entryOf(record.body.report.id));
        break;
      case 'report.withdrawn':
      case 'report.restored':
        ids.add(entryOf(record.body.id));
        break;
      case 'link.added':
      case 'link.removed':
        ids.add(record.body.link.from).add(record.body.link.to);
        break;
      default:
    }
  }
  return ids;
}

/** These entries, and those that they correct: what is said of these hangs on whether those stand. */
export function withCorrected(ids: ReadonlySet<string>, { linksOf }: Picture): ReadonlySet<string> {
  const all = new Set(ids);
  for (const id of ids)
    for (const { link } of linksOf.get(id) ?? []) if (link.type === 'corrects' && link.from === id) all.add(link.to);
  return all;
}
