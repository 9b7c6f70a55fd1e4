import { configured, runMain } from '../start.ts';
import { validate } from './validate.ts';

/** `npm run validate [dir]`: exit code 1 when something of the curated files is left out. */
await runMain(async () => {
  const dir = process.argv[2] ?? configured().dataDir;
  const good = await validate(dir, (line) => process.stdout.write(`${line}\n`));
  process.exitCode = good ? 0 : 1;
});
