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

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
