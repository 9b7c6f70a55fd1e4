import { loadCurated } from './load.ts';
import { problemLine } from './problem.ts';
import { summary } from './summary.ts';

/** Says one line per problem of the curated files in `dir`, then a summary. Returns whether all of it can be served. */
export async function validate(dir: string, say: (line: string) => void): Promise<boolean> {
  const curated = await loadCurated(dir);
  for (const problem of curated.problems) say(problemLine(problem));
  say(summary(curated));
  return curated.problems.every(({ severity }) => severity !== 'error');
}
