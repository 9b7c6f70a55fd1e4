import { checkEntry } from './check-entry.ts';
import type { SituationNames } from './check-figures.ts';
import { type Item, type RegistryNames, sameIds, unknownName } from './check-registry.ts';
import type { Path } from './json-text.ts';
import { error, type Finding } from './problem.ts';
import type { EntryItem } from './read-entry.ts';
import type { SituationFile } from './schema.ts';

type CuratedLink = SituationFile['links'][number];
type Head = SituationFile['situation'];

/** What is known of a situation file when its parts are checked against each other. */
export interface Parts {
  /** `situations/aleppo-2024.json` */
  readonly file: string;
  readonly situation: Head;
  readonly entries: readonly EntryItem[];
  readonly links: readonly Item<CuratedLink>[];
  /** Every entry id that is written in the file, those of entries with an error included. */
  readonly ids: readonly { readonly at: Path; readonly id: string }[];
}

/** Everything that the schema of a situation file cannot see. Errors of the head leave out the file. */
export function checkSituation(parts: Parts, registry: RegistryNames): Finding[] {
  const { situation, entries, file } = parts;
  const names = namesOf(situation, file);
  return [
    ...checkHead(situation, file, names, registry),
    ...sameIds(parts.ids, 'entry'),
    ...entries.flatMap((item) => checkEntry(item, names, registry)),
    ...checkLinks(parts.links, new Set(parts.ids.map(({ id }) => id))),
  ];
}

function namesOf(situation: Head, file: string): SituationNames {
  const broken = new Set<string>();
  return {
    file,
    situation,
    places: { known: new Set(situation.places.map(({ id }) => id)), broken },
    sides: { known: new Set(situation.sides.map(({ id }) => id)), broken },
  };
}

function checkHead(situation: Head, file: string, names: SituationNames, registry: RegistryNames): Finding[] {
  const findings: Finding[] = [];
  const at = ['situation'];
  const fileSlug = file.replace(/^.*\//, '').replace(/\.json$/, '');
  if (fileSlug !== situation.slug)
    findings.push(
      error(
        [...at, 'slug'],
        `the slug "${situation.slug}" and the file name do not agree; call the file ${situation.slug}.json`,
      ),
    );
  if (situation.end !== undefined && situation.end < situation.start)
    findings.push(error([...at, 'end'], `${situation.end} is before the start, ${situation.start}`));
  const refer = (
    path: Path,
    what: string,
    id: string | undefined,
    known: SituationNames['places'],
    where: string,
  ): void => {
    const unknown = id === undefined ? undefined : unknownName(what, id, known, where);
    if (unknown !== undefined) findings.push(error([...at, ...path], unknown));
  };
  const itemsOf = (list: 'places' | 'sides') =>
    situation[list].map(({ id }, index) => ({ at: [...at, list, index], id }));
  findings.push(...sameIds(itemsOf('places'), 'place'), ...sameIds(itemsOf('sides'), 'side'));
  situation.parties.forEach(({ party, side }, index) => {
    refer(['parties', index, 'party'], 'party', party, registry.parties, 'sources.json');
    refer(['parties', index, 'side'], 'side', side, names.sides, file);
  });
  situation.places.forEach((place, index) => {
    refer(['places', index, 'within'], 'place', place.within, names.places, file);
    if ((place.lat === undefined) !== (place.lon === undefined))
      findings.push(error([...at, 'places', index], `"${place.id}" has only one of lat and lon; write both or none`));
  });
  const within = new Map(situation.places.map(({ id, within: outer }) => [id, outer === undefined ? [] : [outer]]));
  situation.places.forEach(({ id }, index) => {
    if (reaches(id, id, within))
      findings.push(
        error([...at, 'places', index, 'within'], `"${id}" lies within itself by way of "${within.get(id)?.[0]}"`),
      );
  });
  return findings;
}

/** Whether one comes back to `goal` by following what each id points at. */
function reaches(start: string, goal: string, next: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [...(next.get(start) ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === goal) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(next.get(id) ?? []));
  }
  return false;
}

const BOTH_WAYS: ReadonlySet<string> = new Set(['contradicts', 'same_as']);

function checkLinks(links: readonly Item<CuratedLink>[], ids: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const outer = new Map<string, string[]>();
  for (const { value } of links)
    if (value.type === 'part_of') outer.set(value.from, [...(outer.get(value.from) ?? []), value.to]);
  for (const { at, value: link } of links) {
    for (const end of ['from', 'to'] as const)
      if (!ids.has(link[end])) findings.push(error([...at, end], `there is no entry ${link[end]} in this file`));
    if (link.from === link.to) {
      findings.push(error([...at, 'to'], `${link.from} is linked to itself; name the other entry`));
      continue;
    }
    const ends = BOTH_WAYS.has(link.type) ? [link.from, link.to].toSorted() : [link.from, link.to];
    const key = `${link.type} ${ends.join(' ')}`;
    if (seen.has(key))
      findings.push(error(at, `${link.from} and ${link.to} are already linked as ${link.type}; keep one of the two`));
    seen.add(key);
    if (link.state !== undefined && link.type !== 'same_as')
      findings.push(error([...at, 'state'], `only a same_as link has a state; take it out of this ${link.type} link`));
    if (link.type === 'part_of' && reaches(link.from, link.from, outer))
      findings.push(
        error(at, `${link.from} is part of itself by way of ${link.to}; take one of the part_of links out`),
      );
  }
  return findings;
}
