import { z } from 'zod';
import type { Situation } from '../model/situation.ts';
import { checkSituation } from './check.ts';
import type { RegistryNames } from './check-registry.ts';
import { readWith } from './explain.ts';
import { type Path, valueAt } from './json-text.ts';
import type { Finding } from './problem.ts';
import { idOf } from './read-sources.ts';
import { type CuratedEntry, curatedEntry, curatedLink, type SituationFile, situationFile } from './schema.ts';

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
  /**
   * Every entry id that is written in the file → the highest number of its reports, those with errors and those that
   * are recorded later than now included. Whoever makes up a new id in chat stays above, or the two would meet.
   */
  readonly taken: ReadonlyMap<string, number>;
}

const outline = situationFile.extend({ entries: z.array(z.unknown()), links: z.array(z.unknown()).default([]) });

/**
 * Understands a situation file. Entries and links with an error are left out; an error in the rest leaves out the file.
 * Without names (sources.json could not be read) only the shape of the file is looked at.
 */
export function readSituation(
  json: unknown,
  file: string,
  names: RegistryNames | undefined,
): { readonly value: CuratedSituation | undefined; readonly findings: readonly Finding[] } {
  const head = readWith(outline, json, []);
  const written = head.value ?? looseLists(json);
  const entries = readItems(curatedEntry, written.entries, ['entries']);
  const links = readItems(curatedLink, written.links, ['links']);
  const findings: Finding[] = [...head.findings, ...entries.findings, ...links.findings];
  if (!head.value || !names) return { value: undefined, findings };

  const { situation } = head.value;
  const ids = written.entries.flatMap((entry, index) => {
    const id = idOf(entry);
    return id === '' ? [] : [{ at: ['entries', index], id }];
  });
  findings.push(...checkSituation({ file, situation, entries: entries.items, links: links.items, ids }, names));

  const errors = findings.filter(({ severity }) => severity === 'error');
  const wholly = errors.filter(({ only }) => only !== 'report');
  if (wholly.some(({ path: [list] }) => list !== 'entries' && list !== 'links')) return { value: undefined, findings };
  const bad = (list: string) => new Set(wholly.filter(({ path }) => path[0] === list).map(({ path }) => path[1]));
  const [badEntries, badLinks] = [bad('entries'), bad('links')];
  const lostReports = new Set(
    errors.filter(({ only }) => only === 'report').map(({ path }) => path.slice(0, 4).join(' ')),
  );
  const good = entries.items.flatMap(({ at, value }) => {
    if (badEntries.has(at[1])) return [];
    const reports = value.reports.filter((_, index) => !lostReports.has([...at, 'reports', index].join(' ')));
    return [{ ...value, reports }];
  });
  const served = new Set(good.map(({ id }) => id));
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
