import type { Item } from './check-registry.ts';
import { readWith } from './explain.ts';
import { type Path, valueAt } from './json-text.ts';
import { error, type Finding } from './problem.ts';
import { type CuratedEntry, curatedEntry } from './schema.ts';

/** An entry without those of its reports that have an error. */
export interface EntryItem extends Item<CuratedEntry> {
  /** Which of the reports in the file each report of `value` is. */
  readonly places: readonly number[];
  /** When the reports that were left out were recorded, as far as they say so. */
  readonly lost: readonly string[];
}

/** Whether a finding is about one report of an entry, so that the others may be served. */
export const isOfReport = ({ path }: Finding): boolean =>
  path[0] === 'entries' && path[2] === 'reports' && typeof path[3] === 'number';

export const noneLeft = (at: Path): Finding =>
  error([...at, 'reports'], 'no report is left without an error; the entry is left out');

/** Reads an entry. An error within a report leaves out that report; any other error, or no report left, the entry. */
export function readEntry(json: unknown, at: Path): { item: EntryItem | undefined; findings: readonly Finding[] } {
  const written = valueAt(json, ['reports']);
  const reports: readonly unknown[] = Array.isArray(written) ? written : [];
  const findings: Finding[] = [];
  let places = reports.map((_, index) => index);
  for (;;) {
    const whole = places.length === reports.length;
    const left = whole ? json : { ...(json as object), reports: places.map((place) => reports[place]) };
    const read = readWith(curatedEntry, left, at);
    const found = read.findings.map((finding) => inFile(finding, places));
    findings.push(...found);
    if (read.value !== undefined) {
      const lost = reports.flatMap((report, index) => {
        const recorded = places.includes(index) ? undefined : valueAt(report, ['recorded']);
        return typeof recorded === 'string' && !Number.isNaN(Date.parse(recorded)) ? [recorded] : [];
      });
      return { item: { at, value: read.value, places, lost }, findings };
    }
    if (!found.every(isOfReport)) return { item: undefined, findings };
    // What is wrong with the rest may show only now: a schema does not look at the whole while a part is wrong.
    const bad = new Set(found.map(({ path }) => path[3]));
    places = places.filter((place) => !bad.has(place));
    if (places.length === 0) return { item: undefined, findings: [...findings, noneLeft(at)] };
  }
}

/** A finding as of the file, where more reports stand. */
function inFile(finding: Finding, places: readonly number[]): Finding {
  if (!isOfReport(finding)) return finding;
  const [list, index, reports, place, ...within] = finding.path;
  return { ...finding, path: [list, index, reports, places[Number(place)] ?? place, ...within] as Path };
}
