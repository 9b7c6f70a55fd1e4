import { z } from 'zod';
import type { Situation } from '../model/situation.ts';
import { checkSituation } from './check.ts';
import type { RegistryNames } from './check-registry.ts';
import { readWith } from './explain.ts';
import { type Path, valueAt } from './json-text.ts';
import { type Finding, fieldOf } from './problem.ts';
import { type EntryItem, isOfReport, noneLeft, readEntry } from './read-entry.ts';
import { idOf } from './read-sources.ts';
import { type CuratedEntry, curatedLink, type SituationFile, situationFile } from './schema.ts';

export type CuratedLink = SituationFile['links'][number];

/** What a situation file says, as far as it is valid. */
export interface CuratedSituation {
  readonly slug: string;
  /** `situations/aleppo-2024.json` */
  readonly file: string;
  readonly situation: Situation;
  readonly entries: readonly CuratedEntry[];
  readonly links: readonly CuratedLink[];
  /**
   * The file has no error, so nothing of it was left out: what is missing in it was removed on purpose.
   * Otherwise nothing may be taken for removed; it could be the victim of a typo.
   */
  readonly complete: boolean;
  /** Ids of what was left out for an error; a report of an entry that is left out is not listed. */
  readonly leftOut: {
    readonly entries: readonly string[];
    readonly reports: readonly string[];
    readonly links: number;
  };
  /**
   * Every entry id that is written in the file → the highest number of its reports, those with errors and those that
   * are recorded later than now included. Whoever makes up a new id in chat stays above, or the two would meet.
   */
  readonly taken: ReadonlyMap<string, number>;
}

const outline = situationFile.extend({ entries: z.array(z.unknown()), links: z.array(z.unknown()).default([]) });

/**
 * Understands a situation file. Reports, entries and links with an error are left out; an error in the rest leaves out the
 * file.
 * Without names (sources.json could not be read) only the shape of the file is looked at.
 */
export function readSituation(
  json: unknown,
  file: string,
  names: RegistryNames | undefined,
): { readonly value: CuratedSituation | undefined; readonly findings: readonly Finding[] } {
  const head = readWith(outline, json, []);
  const written = head.value ?? looseLists(json);
  const entries = readEntries(written.entries);
  const links = readItems(curatedLink, written.links, ['links']);
  const findings: Finding[] = [...head.findings, ...entries.findings, ...links.findings];
  if (!head.value || !names) return { value: undefined, findings };

  const { situation } = head.value;
  const ids = written.entries.flatMap((entry, index) => {
    const id = idOf(entry);
    return id === '' ? [] : [{ at: ['entries', index], id }];
  });
  findings.push(...checkSituation({ file, situation, entries: entries.items, links: links.items, ids }, names));

  const lost = new Set(
    errorsOf(findings)
      .filter(isOfReport)
      .map(({ path }) => path.slice(0, 4).join(' ')),
  );
  const left = entries.items.map(({ at, value, places }) => {
    const reports = value.reports.filter((_, index) => !lost.has([...at, 'reports', places[index]].join(' ')));
    if (reports.length === 0) findings.push(noneLeft(at));
    return { at, value: { ...value, reports } };
  });
  const errors = errorsOf(findings);
  const wholly = errors.filter((finding) => !isOfReport(finding));
  if (wholly.some(({ path: [list] }) => list !== 'entries' && list !== 'links')) return { value: undefined, findings };
  const bad = (list: string) => new Set(wholly.filter(({ path }) => path[0] === list).map(({ path }) => path[1]));
  const [badEntries, badLinks] = [bad('entries'), bad('links')];
  const good = left.flatMap(({ at, value }) => (badEntries.has(at[1]) ? [] : [value]));
  const served = new Set(good.map(({ id }) => id));
  const named = (path: Path): string => idOf(valueAt(json, path)) || fieldOf(path);
  return {
    value: {
      slug: situation.slug,
      file,
      situation,
      entries: good,
      links: links.items
        .filter(({ at, value: { from, to } }) => !badLinks.has(at[1]) && served.has(from) && served.has(to))
        .map(({ value }) => value),
      complete: errors.length === 0,
      leftOut: {
        entries: [...badEntries].map((index) => named(['entries', Number(index)])),
        reports: [...new Map(errors.filter(isOfReport).map(({ path }) => [path.slice(0, 4).join(' '), path])).values()]
          .filter(({ 1: index }) => !badEntries.has(index))
          .map((path) => named(path.slice(0, 4))),
        links: badLinks.size,
      },
      taken: takenIds(written.entries),
    },
    findings,
  };
}

function readItems<S extends z.ZodType>(schema: S, list: readonly unknown[], at: Path) {
  const findings: Finding[] = [];
  const items = list.flatMap((json, index) => {
    const read = readWith(schema, json, [...at, index]);
    findings.push(...read.findings);
    return read.value === undefined ? [] : [{ at: [...at, index], value: read.value }];
  });
  return { items, findings };
}

const errorsOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === 'error');

function readEntries(list: readonly unknown[]): { readonly items: readonly EntryItem[]; readonly findings: Finding[] } {
  const read = list.map((json, index) => readEntry(json, ['entries', index]));
  return {
    items: read.flatMap(({ item }) => item ?? []),
    findings: read.flatMap(({ findings }) => findings),
  };
}

function takenIds(entries: readonly unknown[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const entry of entries) {
    const reports = valueAt(entry, ['reports']);
    const numbers = (Array.isArray(reports) ? reports : []).map((report) =>
      Number(/\.(\d+)$/.exec(idOf(report))?.[1] ?? 0),
    );
    taken.set(idOf(entry), Math.max(0, ...numbers));
  }
  taken.delete('');
  return taken;
}

/** The lists of a file whose outline is wrong: their problems are told in the same run. */
function looseLists(json: unknown): { entries: readonly unknown[]; links: readonly unknown[] } {
  const list = (key: string): readonly unknown[] => {
    const value = valueAt(json, [key]);
    return Array.isArray(value) ? value : [];
  };
  return { entries: list('entries'), links: list('links') };
}
