import { dayOf } from '../model/time.ts';
import { checkFigures, OF_ANY_TIME, SENSIBLE, type SituationNames } from './check-figures.ts';
import { type Item, type RegistryNames, sameIds, unknownName } from './check-registry.ts';
import { error, type Finding, warning } from './problem.ts';
import type { EntryItem } from './read-entry.ts';
import type { CuratedEntry, CuratedReport } from './schema.ts';
import { DAY, earliest, msOf } from './times.ts';

const MOST_QUOTED = 25;

/** One entry with its reports: names, clocks, history. */
export function checkEntry(item: EntryItem, names: SituationNames, registry: RegistryNames): Finding[] {
  const { at, value: entry, places } = item;
  const reports = entry.reports.map((value, index) => ({ at: [...at, 'reports', places[index] ?? index], value }));
  const known = [...entry.reports.map(({ recorded }) => recorded), ...item.lost];
  const firstRecorded = known.reduce((first, recorded) => (msOf(recorded) < msOf(first) ? recorded : first));
  return [
    ...checkEntryNames(item, names, registry),
    ...checkOccurred(item, names, firstRecorded),
    ...sameIds(
      reports.map((r) => ({ at: r.at, id: r.value.id })),
      'report',
    ),
    ...reports.flatMap((report) => [...checkReport(report, registry), ...checkFigures(report, names, entry.kind)]),
    ...checkOrder(reports),
    ...checkQuotes(reports),
    ...checkHistory(item, names, firstRecorded),
  ];
}

function checkEntryNames(
  { at, value: entry }: Item<CuratedEntry>,
  names: SituationNames,
  registry: RegistryNames,
): Finding[] {
  const findings: Finding[] = [];
  const place = entry.place && unknownName('place', entry.place, names.places, names.file);
  if (place) findings.push(error([...at, 'place'], place));
  entry.parties.forEach(({ party }, index) => {
    const unknown = unknownName('party', party, registry.parties, 'sources.json');
    if (unknown) findings.push(error([...at, 'parties', index, 'party'], unknown));
  });
  return findings;
}

function checkOccurred(
  { at, value: entry }: Item<CuratedEntry>,
  { situation }: SituationNames,
  firstRecorded: string,
): Finding[] {
  const { from, to } = entry.occurred;
  const where = [...at, 'occurred', 'from'];
  if (earliest(from) > msOf(firstRecorded) + DAY)
    return [
      error(
        where,
        `${from} is more than a day after it was first recorded (${firstRecorded}); one of the two dates is wrong`,
      ),
    ];
  if (OF_ANY_TIME.has(entry.kind)) return [];
  if (msOf(dayOf(to ?? from)) < msOf(situation.start) - SENSIBLE)
    return [warning(where, `${from} is long before the situation starts (${situation.start}); is the year right?`)];
  if (situation.end !== undefined && msOf(dayOf(from)) > msOf(situation.end) + SENSIBLE)
    return [warning(where, `${from} is long after the situation ended (${situation.end}); is the year right?`)];
  return [];
}

function checkReport({ at, value: report }: Item<CuratedReport>, registry: RegistryNames): Finding[] {
  const findings: Finding[] = [];
  for (const role of ['originator', 'publisher'] as const) {
    const id = report[role];
    const unknown = id === undefined ? undefined : unknownName('source', id, registry.sources, 'sources.json');
    if (unknown !== undefined) findings.push(error([...at, role], `${unknown}; report ${report.id} is left out`));
  }
  if (report.publisher === report.originator)
    findings.push(warning([...at, 'publisher'], 'is the originator itself; leave publisher out'));
  if (earliest(report.published) > msOf(report.recorded))
    findings.push(
      error(
        [...at, 'published'],
        `${report.published} is after it was recorded here (${report.recorded}); nobody knows it before it is published`,
      ),
    );
  if (report.withdrawn && msOf(report.withdrawn.recorded) < msOf(report.recorded))
    findings.push(
      error(
        [...at, 'withdrawn', 'recorded'],
        `${report.withdrawn.recorded} is before the report was recorded (${report.recorded})`,
      ),
    );
  const originator = registry.sourceOf(report.originator);
  if (report.stance === 'concedes' && originator?.party === null)
    findings.push(
      warning([...at, 'stance'], `only a party can concede, and ${originator.id} belongs to none; reports?`),
    );
  if (report.stance === 'verifies' && originator?.verifies === false)
    findings.push(
      warning(
        [...at, 'stance'],
        `${originator.id} is not registered as one who verifies; reports, or set "verifies" in sources.json`,
      ),
    );
  return findings;
}

function checkOrder(reports: readonly Item<CuratedReport>[]): Finding[] {
  return reports.flatMap(({ at, value }, index) => {
    const before = reports[index - 1]?.value;
    return before && msOf(before.recorded) > msOf(value.recorded)
      ? [
          warning(
            [...at, 'recorded'],
            `${value.recorded} is before that of ${before.id} above it; list reports in the order they were recorded`,
          ),
        ]
      : [];
  });
}

/** Short quotation is of a text, however many reports it is spread over. */
function checkQuotes(reports: readonly Item<CuratedReport>[]): Finding[] {
  const words = new Map<string, number>();
  return reports.flatMap(({ at, value: { url, quote } }) => {
    if (url === undefined || quote === undefined) return [];
    const before = words.get(url) ?? 0;
    const total = before + quote.trim().split(/\s+/).length;
    words.set(url, total);
    return before > 0 && total > MOST_QUOTED
      ? [warning([...at, 'quote'], `this entry quotes ${total} words of the same text; ${MOST_QUOTED} at most`)]
      : [];
  });
}

function checkHistory(
  { at, value: entry }: Item<CuratedEntry>,
  names: SituationNames,
  firstRecorded: string,
): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  entry.history?.forEach((step, index) => {
    const where = [...at, 'history', index];
    const ms = msOf(step.recorded);
    if (ms <= msOf(firstRecorded))
      findings.push(
        error(
          [...where, 'recorded'],
          `${step.recorded} is not after the entry was first recorded (${firstRecorded}); it cannot have changed before`,
        ),
      );
    if (seen.has(ms))
      findings.push(
        error(
          [...where, 'recorded'],
          `two changes are recorded at ${step.recorded}; make them one, or give each its time`,
        ),
      );
    seen.add(ms);
    if (Object.keys(step.was).length === 0)
      findings.push(error([...where, 'was'], 'names no field; write what read differently before this change'));
    const place = step.was.place && unknownName('place', step.was.place, names.places, names.file);
    if (place) findings.push(error([...where, 'was', 'place'], place));
  });
  if (entry.retracted && msOf(entry.retracted.recorded) < msOf(firstRecorded))
    findings.push(
      error(
        [...at, 'retracted', 'recorded'],
        `${entry.retracted.recorded} is before the entry was first recorded (${firstRecorded})`,
      ),
    );
  if (!entry.retracted && entry.reports.every(({ withdrawn }) => withdrawn !== undefined))
    findings.push(warning([...at, 'reports'], 'every report is withdrawn; retract the entry as well'));
  return findings;
}
