import type { Known } from '../briefing/tell.ts';
import type { RegistryRecord, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { Finding, Touched } from './finding.ts';
import { duplicateGuards } from './guard-duplicates.ts';
import { numberGuards } from './guard-numbers.ts';
import { placeGuards } from './guard-places.ts';
import { restoreGuards, sourceGuards } from './guard-sources.ts';
import { timeGuards } from './guard-times.ts';
import { withSources } from './records.ts';

export type { Finding, GuardName } from './finding.ts';

/** What the records of a proposal say anew: an entry with all its new or changed reports. */
function touchedBy(records: readonly SituationRecord[], { picture }: Known): readonly Touched[] {
  return records.flatMap((record): readonly Touched[] => {
    switch (record.kind) {
      case 'entry.added':
        return [{ ...record.body, id: record.body.entry.id, before: undefined, was: [] }];
      case 'entry.amended': {
        const { entry } = record.body;
        return [{ id: entry.id, entry, before: picture.entries.get(entry.id), reports: [], was: [] }];
      }
      case 'report.added':
      case 'report.amended': {
        const { report } = record.body;
        const before = picture.entries.get(entryOf(report.id));
        const was = before?.reports.flatMap((r) => (r.report.id === report.id ? [r.report] : [])) ?? [];
        return [{ id: entryOf(report.id), entry: before?.entry, before, reports: [report], was }];
      }
      default:
        return [];
    }
  });
}

/**
 * What a person should look at before these records are saved, each in words; empty where nothing is odd. `now` is an ISO
 * instant. Whatever is found may be overruled with a reason; what cannot be was refused by `decide`.
 */
export function guardsOf(
  { records, sources }: { readonly records: readonly SituationRecord[]; readonly sources: readonly RegistryRecord[] },
  before: Known,
  now: string,
): readonly Finding[] {
  const fresh = sources.flatMap((r): readonly Source[] => (r.kind === 'source.set' ? [r.body.source] : []));
  const known = { ...before, registry: withSources(before.registry, fresh) };
  const found = touchedBy(records, known).flatMap((touched) => [
    ...duplicateGuards(touched, known),
    ...numberGuards(touched, known),
    ...timeGuards(touched, known, now),
    ...sourceGuards(touched, known),
    ...placeGuards(touched, known),
  ]);
  return [...found, ...restoreGuards(records, known)];
}

/** Findings to which nobody has given a reason yet. Another thing that a guard saw asks anew. */
export const unanswered = (
  findings: readonly Finding[],
  overruled: readonly { readonly guard: string; readonly saw: string }[],
): readonly Finding[] => findings.filter((f) => !overruled.some((o) => o.guard === f.guard && o.saw === f.saw));
