import type { Ledger, LedgerRecord } from './ledger/ledger.ts';
import type { Recorded, RegistryRecord, SituationRecord } from './model/record.ts';
import { REGISTRY_STREAM, SITUATION_STREAMS, situationStream } from './model/record.ts';
import { lookBack } from './picture/look-back.ts';
import type { Picture, Until } from './picture/picture.ts';
import { fold, until } from './picture/picture.ts';
import type { Registry } from './picture/registry.ts';
import { EMPTY_REGISTRY, foldRegistry } from './picture/registry.ts';
import type { Takings } from './picture/withheld.ts';
import { privateIn, takingsIn, withheld } from './picture/withheld.ts';

/** The ledger's streams kept folded: what is known now, and what was known at any earlier moment, through the same fold. */
export interface Archive {
  /** Slugs of the situations that have been opened. */
  slugs(): readonly string[];
  /**
   * The picture of a situation; undefined where it is not there (yet). What was taken back for privacy is in none, of
   * whatever moment.
   */
  picture(slug: string, stop?: Until): Promise<Picture | undefined>;
  /** Names and grades of sources as they are now; old reports are cited by them too. */
  registry(): Registry;
  /** The same as they were after a record of the stream of sources: what was shown once can be composed again. */
  registryAt(seq: number): Promise<Registry>;
  close(): void;
}

/** How many looks back are kept: paging asks for the same one again and again. */
const KEPT = 16;

/**
 * Reads everything once, then follows the ledger. Records are written by our own decisions and guarded by the
 * ledger's checksums, so they are taken at their type here: this is the edge between stored bytes and the picture.
 */
export async function openArchive(ledger: Ledger): Promise<Archive> {
  const pictures = new Map<string, Picture>();
  const back = new Map<string, Picture>();
  const registries = new Map<number, Registry>();
  let registry = EMPTY_REGISTRY;
  /** Entries of which something was ever taken back for privacy, and what is taken out of every picture because of it. */
  const secret = new Map<string, { readonly ids: Set<string>; readonly takings: Takings }>();
  const tellables = new WeakMap<Picture, { readonly takings: Takings; readonly picture: Picture }>();

  function keepBack(slug: string, records: Iterable<Recorded<SituationRecord>>, now: Picture): void {
    const ids = new Set([...(secret.get(slug)?.ids ?? []), ...privateIn(records)]);
    if (ids.size > 0) secret.set(slug, { ids, takings: takingsIn(now, ids) });
  }
  /** What may be told of it. */
  function tellable(slug: string, picture: Picture | undefined): Picture | undefined {
    const takings = secret.get(slug)?.takings;
    if (!picture || !takings) return picture;
    const known = tellables.get(picture);
    if (known?.takings === takings) return known.picture;
    const made = withheld(picture, takings);
    tellables.set(picture, { takings, picture: made });
    return made;
  }

  const take = (stream: string, records: readonly LedgerRecord[]): void => {
    if (stream === REGISTRY_STREAM) {
      registry = foldRegistry(newer(records, registry.seq) as Iterable<Recorded<RegistryRecord>>, registry);
    } else if (stream.startsWith(SITUATION_STREAMS)) {
      const slug = stream.slice(SITUATION_STREAMS.length);
      const known = pictures.get(slug);
      const news = newer(records, known?.seq ?? 0) as readonly Recorded<SituationRecord>[];
      const next = fold(news, known);
      if (!next) return;
      pictures.set(slug, next);
      keepBack(slug, news, next);
    }
  };

  // What is appended while the streams are read waits, or a stream would begin in its middle.
  const waiting: Parameters<typeof take>[] = [];
  let follow: typeof take = (...told) => waiting.push(told);
  const leave = ledger.follow((stream, records) => follow(stream, records));
  for (const stream of await ledger.streams())
    if (stream === REGISTRY_STREAM || stream.startsWith(SITUATION_STREAMS)) take(stream, await ledger.read(stream));
  follow = take;
  for (const told of waiting) take(...told);

  return {
    slugs: () => [...pictures.keys()].sort(),
    registry: () => registry,
    registryAt: async (seq) => {
      if (seq >= registry.seq) return registry;
      const kept =
        registries.get(seq) ??
        foldRegistry(until((await ledger.read(REGISTRY_STREAM)) as readonly Recorded<RegistryRecord>[], { seq }));
      registries.delete(seq);
      registries.set(seq, kept);
      if (registries.size > KEPT) registries.delete(registries.keys().next().value as number);
      return kept;
    },
    picture: async (slug, stop) => {
      const now = pictures.get(slug);
      if (!now || !stop || ('seq' in stop ? stop.seq >= now.seq : stop.at >= now.at)) return tellable(slug, now);
      const stream = situationStream(slug);
      const all = async () => until((await ledger.read(stream)) as readonly Recorded<SituationRecord>[], stop);
      const [named] = 'seq' in stop ? await ledger.read(stream, stop.seq - 1) : [];
      const last = named && 'seq' in stop && named.seq === stop.seq ? named : (await all()).at(-1);
      if (!last) return undefined;
      const key = `${slug}@${last.seq}`;
      const kept = back.get(key) ?? lookBack(pictures.get(slug) ?? now, last) ?? fold(await all());
      back.delete(key);
      if (kept) back.set(key, kept);
      if (back.size > KEPT) back.delete(back.keys().next().value as string);
      return tellable(slug, kept);
    },
    close: leave,
  };
}

/** A follower may hear of records that were read already. */
const newer = (records: readonly LedgerRecord[], seq: number): readonly LedgerRecord[] =>
  (records[0]?.seq ?? seq + 1) > seq ? records : records.filter((r) => r.seq > seq);
