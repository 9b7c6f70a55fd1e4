import type { Reading } from '../asking/asking.ts';
import type { ReadForm } from '../asking/command.ts';
import { amend, amendMore, amendReport, amendStatus, why } from './read-amend.ts';
import { breaking, figures, overrule, reject } from './read-decisions.ts';
import { details, event, more, telling } from './read-new.ts';
import { source } from './read-source.ts';

/** What reads the forms of drafts. */
export const DRAFT_FORMS: Readonly<Record<string, ReadForm<Reading>>> = {
  event,
  telling,
  details,
  more,
  figures,
  amend,
  'amend-more': amendMore,
  'amend-status': amendStatus,
  'amend-report': amendReport,
  why,
  overrule,
  reject,
  breaking,
  source,
};
