import type { Proposal, ReportFields, ReportPatch } from '../curation/proposal.ts';

/** The reports of a proposal, or what is to read differently in one; undefined where it has none. */
export function reportsOf(proposal: Proposal): readonly (ReportFields | ReportPatch)[] | undefined {
  if (proposal.kind === 'entry.add') return proposal.reports;
  if (proposal.kind === 'report.add') return [proposal.report];
  return proposal.kind === 'report.amend' ? [proposal.set] : undefined;
}

/** When the first of its reports was published; the epoch where none says so. */
export const publishedOf = (proposal: Proposal): string => reportsOf(proposal)?.[0]?.published ?? '1970-01-01';
