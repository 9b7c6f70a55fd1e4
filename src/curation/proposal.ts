import { z } from 'zod';
import { entryCore, entryId, entryLink, REASONS, report, reportId } from '../model/entry.ts';
import { slug, source } from '../model/source.ts';

/** An entry before it has its id. */
export const entryFields = entryCore.omit({ id: true });
export type EntryFields = z.infer<typeof entryFields>;
/** A report before it has its id. */
export const reportFields = report.omit({ id: true });
export type ReportFields = z.infer<typeof reportFields>;

/** Only what is to read differently. Without the defaults of the model, which would empty what is not named. */
const entryPatch = entryFields
  .extend({ parties: entryCore.shape.parties.unwrap(), tags: entryCore.shape.tags.unwrap() })
  .partial();
const reportPatch = reportFields.extend({ figures: report.shape.figures.unwrap() }).partial();
export type EntryPatch = z.infer<typeof entryPatch>;
export type ReportPatch = z.infer<typeof reportPatch>;

const ENTRY_OPTIONAL = ['detail', 'place', 'category', 'sensitive', 'override'] as const;
const REPORT_OPTIONAL = ['publisher', 'url', 'title', 'hedge', 'says', 'quote'] as const;

const on = { situation: slug };
/** Seq of the last change of what is touched, as the proposer saw it: somebody else's change in between is not overwritten unseen. */
const basis = { basis: z.int().min(0) };
const why = { reason: z.enum(REASONS), note: z.string().min(1).max(300).optional() };
/** Sources that are registered together with what they say. */
const sources = { sources: z.array(source).max(2).default([]) };
const id = { id: entryId };
const told = { id: reportId };

/** What a person of a desk wants recorded. Ids of new things are given when it is saved. */
export const proposal = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('entry.add'),
    ...on,
    entry: entryFields,
    reports: z.array(reportFields).min(1, 'an entry needs a report: who says so?').max(10),
    ...sources,
  }),
  z.strictObject({ kind: z.literal('report.add'), ...on, ...id, ...basis, report: reportFields, ...sources }),
  z.strictObject({
    kind: z.literal('entry.amend'),
    ...on,
    ...id,
    ...basis,
    ...why,
    set: entryPatch,
    clear: z.array(z.enum(ENTRY_OPTIONAL)).default([]),
  }),
  z.strictObject({
    kind: z.literal('report.amend'),
    ...on,
    ...told,
    ...basis,
    ...why,
    set: reportPatch,
    clear: z.array(z.enum(REPORT_OPTIONAL)).default([]),
    ...sources,
  }),
  z.strictObject({ kind: z.enum(['entry.retract', 'entry.restore']), ...on, ...id, ...basis, ...why }),
  z.strictObject({ kind: z.enum(['report.withdraw', 'report.restore']), ...on, ...told, ...basis, ...why }),
  z.strictObject({ kind: z.literal('link.add'), ...on, ...basis, link: entryLink }),
  z.strictObject({ kind: z.literal('link.remove'), ...on, ...basis, ...why, link: entryLink }),
  z.strictObject({ kind: z.literal('source.add'), source }),
  z.strictObject({
    kind: z.literal('source.amend'),
    source,
    /** As the proposer saw it. */
    was: source,
  }),
]);
export type Proposal = z.infer<typeof proposal>;
/** One that is about a situation. */
export type SituationProposal = Exclude<Proposal, { readonly kind: 'source.add' | 'source.amend' }>;
export type SourceProposal = Extract<Proposal, { readonly kind: 'source.add' | 'source.amend' }>;

export const isOfSituation = (p: Proposal): p is SituationProposal =>
  p.kind !== 'source.add' && p.kind !== 'source.amend';

/** The sources that it registers. */
export const newSources = (p: Proposal) => ('sources' in p ? p.sources : 'source' in p ? [p.source] : []);
