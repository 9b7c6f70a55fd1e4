import type { Party, Source } from '../model/source.ts';
import { didYouMean } from '../nearest.ts';
import type { Path } from './json-text.ts';
import { error, type Finding, warning } from './problem.ts';

/** An item of a file and where it stands there. */
export interface Item<T> {
  readonly at: Path;
  readonly value: T;
}

/** Ids that are defined, and those whose definition has an error of its own and is left out. */
export interface Names {
  readonly known: ReadonlySet<string>;
  readonly broken: ReadonlySet<string>;
}

/** Undefined when the id is known; otherwise what is wrong, and what was probably meant. */
export function unknownName(what: string, id: string, { known, broken }: Names, where: string): string | undefined {
  if (known.has(id)) return undefined;
  if (broken.has(id)) return `the ${what} "${id}" is left out because of its own error in ${where}`;
  return `there is no ${what} "${id}" in ${where}${didYouMean(id, known)}`;
}

/** An error for each item whose id was used before, and for the first of them: which one is meant cannot be known. */
export function sameIds(items: readonly { readonly at: Path; readonly id: string }[], what: string): Finding[] {
  const counts = new Map<string, number>();
  for (const { id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  return items
    .filter(({ id }) => (counts.get(id) ?? 0) > 1)
    .map(({ at, id }) =>
      error([...at, 'id'], `the ${what} id "${id}" is used ${counts.get(id)} times; each needs its own`),
    );
}

const OF_A_PARTY: ReadonlySet<string> = new Set(['party_media', 'armed_group']);
const OF_NONE: ReadonlySet<string> = new Set(['monitor', 'news_agency', 'un', 'fact_checker', 'research']);

/** What one source says of itself that does not fit together. Duplicate ids are looked for elsewhere. */
export function checkSource({ at, value: source }: Item<Source>, parties: Names): Finding[] {
  if (source.party === null)
    return OF_A_PARTY.has(source.kind)
      ? [warning([...at, 'party'], `a source of kind ${source.kind} speaks for somebody: name its party`)]
      : [];
  const unknown = unknownName('party', source.party, parties, 'sources.json');
  if (unknown !== undefined) return [error([...at, 'party'], unknown)];
  if (OF_NONE.has(source.kind))
    return [
      warning(
        [...at, 'kind'],
        `belongs to the party "${source.party}", which does not go with kind ${source.kind}; state_media or party_media?`,
      ),
    ];
  if (source.verifies)
    return [
      warning(
        [...at, 'verifies'],
        `belongs to the party "${source.party}", so its word cannot verify that party's claims`,
      ),
    ];
  return [];
}

export interface RegistryNames {
  readonly parties: Names;
  readonly sources: Names;
  readonly sourceOf: (id: string) => Source | undefined;
}

/** What the checks of a situation need to know of sources.json. */
export function registryNames(
  parties: readonly Party[],
  sources: readonly Source[],
  broken: { readonly parties: Iterable<string>; readonly sources: Iterable<string> },
): RegistryNames {
  const byId = new Map(sources.map((source) => [source.id, source]));
  return {
    parties: { known: new Set(parties.map((party) => party.id)), broken: new Set(broken.parties) },
    sources: { known: new Set(byId.keys()), broken: new Set(broken.sources) },
    sourceOf: (id) => byId.get(id),
  };
}
