import type { EntryCore, Report } from '../model/entry.ts';
import { entryOf } from '../model/record.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import type { Proposal } from './proposal.ts';
import { isOfSituation } from './proposal.ts';

/** Desk rule: which changes wait for a second person. */
export type ReviewRule = 'off' | 'figures_and_major' | 'all';

const isMajor = (severity: EntryCore['severity'] | undefined): boolean => severity === 'flash' || severity === 'major';
const counts = (reports: readonly Pick<Report, 'figures'>[]): boolean => reports.some((r) => r.figures.length > 0);
const weighs = (state: EntryState | undefined): boolean =>
  state !== undefined && (isMajor(state.entry.severity) || counts(liveReports(state)));

/**
 * Whether a proposal waits for a reviewer. What is taken back for privacy never waits: every hour that it stands does the
 * harm.
 */
export function waits(proposal: Proposal, rule: ReviewRule, picture: Picture | undefined): boolean {
  const takesBack = proposal.kind === 'entry.retract' || proposal.kind === 'report.withdraw';
  if (takesBack && proposal.reason === 'privacy') return false;
  return rule !== 'off' && (rule === 'all' || isWeighty(proposal, picture));
}

/** Whether figures, or what is major, would read differently. */
function isWeighty(proposal: Proposal, picture: Picture | undefined): boolean {
  if (!isOfSituation(proposal)) {
    if (proposal.kind === 'source.add') return false;
    const { source, was } = proposal;
    // Grades and parties decide what is confirmed, and which figure is best.
    return source.reliability !== was.reliability || source.party !== was.party || source.verifies !== was.verifies;
  }
  const state = (id: string): EntryState | undefined => picture?.entries.get(entryOf(`${id}.`));
  switch (proposal.kind) {
    case 'entry.add':
      return isMajor(proposal.entry.severity) || counts(proposal.reports);
    case 'report.add':
      return isMajor(state(proposal.id)?.entry.severity) || counts([proposal.report]);
    case 'entry.amend':
      return isMajor(proposal.set.severity) || proposal.set.override !== undefined || weighs(state(proposal.id));
    case 'report.amend': {
      const told = state(proposal.id)?.reports.find((r) => r.report.id === proposal.id)?.report;
      return (
        proposal.set.figures !== undefined ||
        isMajor(state(proposal.id)?.entry.severity) ||
        (told !== undefined && counts([told]))
      );
    }
    case 'report.withdraw':
    case 'report.restore': {
      const of = state(proposal.id);
      return (
        isMajor(of?.entry.severity) ||
        counts(of?.reports.flatMap((r) => (r.report.id === proposal.id ? [r.report] : [])) ?? [])
      );
    }
    case 'entry.retract':
    case 'entry.restore':
      return weighs(state(proposal.id));
    case 'link.add':
    case 'link.remove':
      return weighs(state(proposal.link.from)) || weighs(state(proposal.link.to));
  }
}

/** Why a person may not decide about a draft; undefined where he may. His role at the desk is asked elsewhere. */
export const notReviewer = (author: string, reviewer: string): string | undefined =>
  author === reviewer ? 'Who proposed it cannot approve it: a second person looks at it.' : undefined;
