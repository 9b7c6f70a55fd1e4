import type { Curated } from './load.ts';

/** `data: 12 sources, 1 situation, 105 entries, 180 reports, 240 figures; 0 errors, 2 warnings`: what is served. */
export function summary({ registry, situations, problems }: Curated): string {
  const entries = situations.flatMap((situation) => situation.entries);
  const reports = entries.flatMap((entry) => entry.reports);
  const figures = reports.flatMap((report) => report.figures);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const served = [
    count(registry.sources.length, 'source'),
    count(situations.length, 'situation'),
    count(entries.length, 'entry', 'entries'),
    count(reports.length, 'report'),
    count(figures.length, 'figure'),
  ];
  return `data: ${served.join(', ')}; ${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}`;
}

/**
 * One line for the log: what is left out for an error, `data: 1 report of E12 and entry E7 of aleppo-2024 left out`;
 * undefined when all is served.
 */
export function leftOutLine({ situations, problems }: Curated): string | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return undefined;
  const served = new Set(situations.map(({ file }) => file));
  const files = new Set(errors.filter(({ file }) => !served.has(file)).map(({ file }) => file));
  const registry = errors.filter(({ file, entry }) => file === 'sources.json' && entry !== undefined);
  const out = [
    ...situations.flatMap(({ slug, leftOut }) => {
      const said = [...perEntry(leftOut.reports), ...few(leftOut.entries.map((id) => `entry ${id}`))];
      if (leftOut.links > 0) said.push(count(leftOut.links, 'link'));
      return said.length > 0 ? [`${said.join(', ')} of ${slug}`] : [];
    }),
    ...few(registry.map(({ entry }) => `${entry} of sources.json`)),
    ...few([...files].filter((file) => file !== 'sources.json' || registry.length === 0)),
  ];
  return `data: ${out.join('; ')} left out (${count(errors.length, 'error')}); run npm run validate`;
}

const MOST_NAMED = 5;
const few = (words: readonly string[]): string[] => {
  const distinct = [...new Set(words)];
  return distinct.length > MOST_NAMED
    ? [...distinct.slice(0, MOST_NAMED), `and ${distinct.length - MOST_NAMED} more`]
    : distinct;
};

function perEntry(reports: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of reports) {
    const entry = id.replace(/\.\d+$/, '');
    counts.set(entry, (counts.get(entry) ?? 0) + 1);
  }
  return few([...counts].map(([entry, n]) => `${count(n, 'report')} of ${entry}`));
}

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
