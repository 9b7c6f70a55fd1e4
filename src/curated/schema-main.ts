import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configured, runMain } from '../start.ts';
import { jsonSchemas } from './json-schema.ts';

/** `npm run schema [dir]`: writes the JSON Schemas of the curated files into `<dir>/schema`. */
await runMain(async () => {
  const dir = join(process.argv[2] ?? configured().dataDir, 'schema');
  await mkdir(dir, { recursive: true });
  for (const [name, text] of jsonSchemas()) {
    await writeFile(join(dir, name), text);
    process.stdout.write(`${join(dir, name)}\n`);
  }
});
