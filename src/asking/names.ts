import type { Archive } from '../archive.ts';
import type { Names } from '../desk/log.ts';
import type { Picture } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';

/** Titles, headlines and names as they may be told now. */
export async function namesOf(archive: Archive, slugs: Iterable<string>): Promise<Names> {
  const pictures = new Map<string, Picture>();
  for (const slug of new Set(slugs)) {
    // oxlint-disable-next-line no-await-in-loop -- a handful, from memory
    const picture = await archive.picture(slug);
    if (picture) pictures.set(slug, picture);
  }
  const registry = archive.registry();
  return {
    title: (slug) => pictures.get(slug)?.situation.title,
    headline: (slug, entry) => pictures.get(slug)?.entries.get(entry)?.entry.headline,
    source: (id) => (registry.sources.has(id) ? shortName(registry, id) : registry.parties.get(id)?.name),
  };
}
