import { z } from 'zod';
import type { LedgerRecord } from '../ledger/ledger.ts';
import { CURATED, type RegistryRecord } from '../model/record.ts';
import { party, source } from '../model/source.ts';
import type { Curated } from './load.ts';
import { textOf } from './memory.ts';

const bodies = {
  'party.set': z.object({ party: z.looseObject({ id: z.string() }) }),
  'source.set': z.object({ source: z.looseObject({ id: z.string() }) }),
  'source.retired': z.object({ id: z.string() }),
};

/**
 * The records that take the registry that we wrote to what sources.json says. `complete`: nothing was left out of any
 * file, so a source that is missing was removed on purpose. A party stays: old reports need to know whose voice it was.
 */
export function registryChanges(
  registry: Curated['registry'],
  records: readonly LedgerRecord[],
  complete: boolean,
): RegistryRecord[] {
  const { ours, said } = rememberRegistry(records);
  const isNew = (key: string, text: string): boolean => {
    const known = ours.get(key);
    return known === undefined ? !said.has(`${key} ${text}`) : known !== text;
  };
  const changes: RegistryRecord[] = [];
  for (const item of registry.parties)
    if (isNew(`party ${item.id}`, textOf(party, item))) changes.push({ kind: 'party.set', body: { party: item } });
  for (const item of registry.sources)
    if (isNew(`source ${item.id}`, textOf(source, item))) changes.push({ kind: 'source.set', body: { source: item } });
  if (!complete) return changes;
  const written = new Set(registry.sources.map(({ id }) => `source ${id}`));
  for (const [key, text] of ours)
    if (key.startsWith('source ') && text !== RETIRED && !written.has(key))
      changes.push({ kind: 'source.retired', body: { id: key.slice('source '.length) } });
  return changes;
}

const RETIRED = 'retired';

/** `source sana` → the text that we wrote of it last; and every `source sana text` that others wrote. */
function rememberRegistry(records: readonly LedgerRecord[]) {
  const ours = new Map<string, string>();
  const said = new Set<string>();
  for (const { author, kind, body } of records) {
    const told = tellOf(kind, body);
    if (!told) continue;
    if (author === CURATED) ours.set(told.key, told.text);
    else said.add(`${told.key} ${told.text}`);
  }
  return { ours, said };
}

function tellOf(kind: string, body: unknown): { readonly key: string; readonly text: string } | undefined {
  if (kind === 'party.set') {
    const item = bodies['party.set'].parse(body).party;
    return { key: `party ${item.id}`, text: textOf(party, item) };
  }
  if (kind === 'source.set') {
    const item = bodies['source.set'].parse(body).source;
    return { key: `source ${item.id}`, text: textOf(source, item) };
  }
  if (kind === 'source.retired') return { key: `source ${bodies['source.retired'].parse(body).id}`, text: RETIRED };
  return undefined;
}
