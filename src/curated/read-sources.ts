import { z } from 'zod';
import { party, source } from '../model/source.ts';
import { checkSource, type Item, registryNames, sameIds } from './check-registry.ts';
import { readWith } from './explain.ts';
import { type Path, valueAt } from './json-text.ts';
import type { Finding } from './problem.ts';
import { sourcesFile } from './schema.ts';

const outline = sourcesFile.extend({ parties: z.array(z.unknown()), sources: z.array(z.unknown()) });

/** Understands sources.json: each party and source that is valid, and what is wrong with the others. */
export function readSources(json: unknown) {
  const { value: file, findings } = readWith(outline, json, []);
  if (!file) return { value: undefined, findings };
  const parties = readList('party', party, file.parties, ['parties']);
  const partyNames = { known: new Set(parties.good.map(({ id }) => id)), broken: new Set(parties.broken) };
  const listed = readList('source', source, file.sources, ['sources'], (item) => checkSource(item, partyNames));
  return {
    value: {
      parties: parties.good,
      sources: listed.good,
      names: registryNames(parties.good, listed.good, {
        parties: parties.broken,
        sources: listed.broken,
      }),
    },
    findings: [...parties.findings, ...listed.findings],
  };
}

/** Items of one list; an item with an error of any kind is broken. */
function readList<T extends { readonly id: string }>(
  what: string,
  schema: z.ZodType<T>,
  list: readonly unknown[],
  at: Path,
  check: (item: Item<T>) => readonly Finding[] = () => [],
) {
  const findings: Finding[] = [];
  const items = list.map((json, index): Item<T | undefined> => {
    const read = readWith(schema, json, [...at, index]);
    findings.push(...read.findings);
    return { at: [...at, index], value: read.value };
  });
  const written = list.map((json, index) => ({ at: [...at, index], id: idOf(json) }));
  findings.push(
    ...sameIds(
      written.filter(({ id }) => id !== ''),
      what,
    ),
  );
  for (const { at: path, value } of items) if (value) findings.push(...check({ at: path, value }));
  const bad = new Set(findings.filter(({ severity }) => severity === 'error').map(({ path }) => path[1]));
  return {
    good: items.flatMap(({ value }, index) => (value === undefined || bad.has(index) ? [] : [value])),
    /** Ids where they can be read; an item without one still counts. */
    broken: written.filter((_, index) => bad.has(index)).map(({ id }) => id),
    findings,
  };
}

/** The id that is written, whatever else is wrong with the item; empty when there is none. */
export function idOf(json: unknown): string {
  const id = valueAt(json, ['id']);
  return typeof id === 'string' ? id : '';
}
