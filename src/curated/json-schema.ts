import { z } from 'zod';
import { situationFile, sourcesFile } from './schema.ts';

const FILES = {
  'sources.schema.json': { schema: sourcesFile, title: 'Sitrep: who says things (data/sources.json)' },
  'situation.schema.json': { schema: situationFile, title: 'Sitrep: one situation (data/situations/<slug>.json)' },
};

/**
 * File name → text of the JSON Schemas in `data/schema`, with which an editor completes and checks while one writes.
 * They see shapes only; what `npm run validate` checks beyond them is in check.ts.
 */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(FILES).map(([name, { schema, title }]) => {
      const { $schema, ...shape } = z.toJSONSchema(schema, { io: 'input', reused: 'ref' });
      return [name, `${JSON.stringify({ $schema, title, ...shape }, null, 2)}\n`];
    }),
  );
}
