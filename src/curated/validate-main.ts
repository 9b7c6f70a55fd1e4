import { loadCurated } from './load.ts';
import { problemLine } from './problem.ts';
import { summary } from './summary.ts';

/** `npm run validate [dir]`: one line per problem, then a summary; exit code 1 when something is left out. */
const curated = await loadCurated(process.argv[2] ?? process.env['DATA_DIR'] ?? './data');
for (const problem of curated.problems) process.stdout.write(`${problemLine(problem)}\n`);
process.stdout.write(`${summary(curated)}\n`);
process.exitCode = curated.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
