import type { ReadForm } from '../asking/command.ts';
import type { Reading } from '../asking/reading.ts';
import { amend, amendAbout, amendMore, amendStatus, why } from './read-amend.ts';
import { amendCarrier, amendReport, amendStance } from './read-amend-report.ts';
import { breaking, figures, overrule, reject } from './read-decisions.ts';
import { about, details, event, more, telling } from './read-new.ts';
import { source } from './read-source.ts';

/** What reads the forms of drafts. */
export const DRAFT_FORMS: Readonly<Record<string, ReadForm<Reading>>> = {
  event,
  telling,
  details,
  more,
  about,
  figures,
  amend,
  'amend-more': amendMore,
  'amend-status': amendStatus,
  'amend-about': amendAbout,
  'amend-report': amendReport,
  'amend-carrier': amendCarrier,
  'amend-stance': amendStance,
  why,
  overrule,
  reject,
  breaking,
  source,
};
