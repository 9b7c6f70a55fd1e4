import { loadCurated } from '../curated/load.ts';
import { syncCurated } from '../curated/sync.ts';
import { memoryLedger } from '../ledger/memory-ledger.ts';
import type { Recorded, RegistryRecord, SituationRecord } from '../model/record.ts';
import { REGISTRY_STREAM, SITUATION_STREAMS } from '../model/record.ts';
import { foldRegistry } from '../picture/registry.ts';
import type { History } from './replay.ts';

/** The situations of the curated files as they would have been recorded, had they been read at `now`. */
export async function curatedHistories(dataDir: string, now: string): Promise<readonly History[]> {
  const ledger = memoryLedger();
  await syncCurated({ ledger, curated: await loadCurated(dataDir), now });
  const registry = foldRegistry((await ledger.read(REGISTRY_STREAM)) as unknown as readonly Recorded<RegistryRecord>[]);
  const streams = (await ledger.streams()).filter((s) => s.startsWith(SITUATION_STREAMS));
  return Promise.all(
    streams.map(async (stream) => ({
      name: stream.slice(SITUATION_STREAMS.length),
      registry,
      records: (await ledger.read(stream)) as unknown as readonly Recorded<SituationRecord>[],
    })),
  );
}
