import type { Known } from '../briefing/tell.ts';
import type { Report } from '../model/entry.ts';
import type { SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import { shortName, sourceOf } from '../picture/registry.ts';
import type { Finding, Touched } from './finding.ts';
import { oddHost } from './link.ts';

/** Who says it, and where it can be read. */
export const sourceGuards = ({ reports, was }: Touched, known: Known): readonly Finding[] =>
  reports.flatMap((report) =>
    ofReport(
      report,
      was.find((r) => r.id === report.id),
      known,
    ),
  );

function ofReport(report: Report, old: Report | undefined, { registry }: Known): readonly Finding[] {
  const found: Finding[] = [];
  const { originator, url, stance } = report;
  const source = sourceOf(registry, originator);
  const name = shortName(registry, originator);
  if (originator !== old?.originator) {
    if (source.reliability === 'E') found.push({ guard: 'source', saw: `${name} is graded E: unreliable.` });
    if (source.reliability === 'F')
      found.push({ guard: 'source', saw: `${name} is graded F: how reliable it is cannot be judged.` });
  }
  const odd = url === undefined || url === old?.url ? undefined : oddHost(url);
  if (odd !== undefined) found.push({ guard: 'odd-link', saw: `About the link: ${odd}.` });
  if (stance !== old?.stance || originator !== old.originator) {
    if (stance === 'concedes' && source.party === null)
      found.push({ guard: 'stance', saw: `Only a party can concede, and ${name} belongs to none.` });
    if (stance === 'verifies' && !source.verifies)
      found.push({ guard: 'stance', saw: `${name} is not registered as one who verifies before it speaks.` });
  }
  return found;
}

/** What was taken back for privacy would be told again. */
export function restoreGuards(records: readonly SituationRecord[], { picture }: Known): readonly Finding[] {
  return records.flatMap((record): readonly Finding[] => {
    if (record.kind !== 'entry.restored' && record.kind !== 'report.restored') return [];
    const { id } = record.body;
    const state = picture.entries.get(entryOf(`${id}.`));
    const mark =
      record.kind === 'entry.restored' ? state?.retracted : state?.reports.find((r) => r.report.id === id)?.withdrawn;
    return mark?.reason === 'privacy'
      ? [{ guard: 'privacy', saw: `${id} was taken back for privacy: everybody would read it again.` }]
      : [];
  });
}
