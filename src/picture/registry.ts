import type { Recorded, RegistryRecord } from '../model/record.ts';
import type { Party, Source } from '../model/source.ts';

/** Who says things: the fold of the stream `sources`. Pure. */
export interface Registry {
  readonly seq: number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly parties: ReadonlyMap<string, Party>;
}

export const EMPTY_REGISTRY: Registry = { seq: 0, sources: new Map(), parties: new Map() };

/** Adds records to a registry; the one given stays as it was. A retired source keeps its name: old reports cite it. */
export function foldRegistry(records: Iterable<Recorded<RegistryRecord>>, from: Registry = EMPTY_REGISTRY): Registry {
  const sources = new Map(from.sources);
  const parties = new Map(from.parties);
  let seq = from.seq;
  for (const record of records) {
    seq = record.seq;
    if (record.kind === 'party.set') parties.set(record.body.party.id, record.body.party);
    else if (record.kind === 'source.set') sources.set(record.body.source.id, record.body.source);
  }
  return { seq, sources, parties };
}

/** The source of an id. One that is not registered (its registration was lost) still has a name: its id. */
export function sourceOf(registry: Registry, id: string): Source {
  return (
    registry.sources.get(id) ?? {
      id,
      name: id,
      kind: 'unnamed',
      party: null,
      reliability: 'F',
      verifies: false,
      languages: [],
    }
  );
}

export const shortName = (registry: Registry, id: string): string => {
  const source = sourceOf(registry, id);
  return source.short ?? source.name;
};

/** R1: one voice per party or, without a party, per originator. */
export const voiceOf = (registry: Registry, id: string): string => {
  const { party } = sourceOf(registry, id);
  return party === null ? `source:${id}` : `party:${party}`;
};
