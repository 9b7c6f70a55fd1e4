import { z } from 'zod';
import { figure } from './figure.ts';
import { slug } from './source.ts';
import { moment, span } from './time.ts';

export const entryId = z.string().regex(/^E[1-9]\d{0,6}$/, 'an entry id is E and a number, for example E17');
export const reportId = z
  .string()
  .regex(/^E[1-9]\d{0,6}\.[1-9]\d{0,4}$/, 'a report id is the entry id, a dot and a number, for example E17.2');

export const ENTRY_KINDS = [
  'event',
  'toll',
  'statement',
  'control',
  'humanitarian',
  'context',
  'assessment',
  'gap',
] as const;
export const SEVERITIES = ['flash', 'major', 'routine', 'background'] as const;
/** What an entry says of a party that it names. */
export const PARTY_ROLES = ['actor', 'target', 'claimant', 'affected', 'mentioned'] as const;
export const STANCES = ['reports', 'claims', 'concedes', 'denies', 'estimates', 'verifies', 'withdraws'] as const;
export const STATUSES = ['confirmed', 'corroborated', 'single_source', 'contested', 'retracted'] as const;
export type Status = (typeof STATUSES)[number];
export const REASONS = [
  'new_information',
  'source_corrected',
  'our_error',
  'duplicate',
  'relay_error',
  'scope',
  'privacy',
] as const;
export type Reason = (typeof REASONS)[number];

const words = (most: number) =>
  z.string().refine((text) => text.split(/\s+/).length <= most, `at most ${most} words may be quoted`);

/** A web address that is safe to link: http(s), no credentials. */
export const link = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .max(2000)
  .refine((text) => !/^https?:\/\/[^/]*@/.test(text), 'must not hold a user name or password');

/** One attributed telling of an entry. */
export const report = z.strictObject({
  id: reportId,
  /** Source id of who says so. */
  originator: slug,
  /** Source id of who carried it, where that is somebody else. */
  publisher: slug.optional(),
  url: link.optional(),
  title: z.string().min(1).max(300).optional(),
  published: moment,
  language: z.string().regex(/^[a-z]{2,3}$/, 'use a language code such as en or ar'),
  stance: z.enum(STANCES),
  /** The hedge as the source gave it: "at least", "unverified", "thought to be Russian". */
  hedge: z.string().min(1).max(120).optional(),
  /** Admiralty credibility of this telling, 1 confirmed … 5 improbable, 6 cannot be judged. */
  credibility: z.int().min(1).max(6),
  /** What this report says, in one neutral sentence of ours; needed where it differs from the headline. */
  says: z.string().min(1).max(300).optional(),
  quote: words(25).optional(),
  figures: z.array(figure).default([]),
});
export type Report = z.infer<typeof report>;

/** An entry without its reports: what our desk says that the reports are about. */
export const entryCore = z.strictObject({
  id: entryId,
  kind: z.enum(ENTRY_KINDS),
  headline: z.string().min(1).max(200),
  detail: z.string().min(1).max(1000).optional(),
  occurred: span,
  /** Place id of the situation's gazetteer. */
  place: slug.optional(),
  parties: z.array(z.strictObject({ party: slug, role: z.enum(PARTY_ROLES) })).default([]),
  category: z.string().min(1).max(40).optional(),
  severity: z.enum(SEVERITIES),
  sensitive: z.boolean().optional(),
  tags: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'tags are lower-case words joined by hyphens'))
    .default([]),
  /** A moderator's status in place of the computed one; readers see the reason. */
  override: z.strictObject({ status: z.enum(STATUSES), reason: z.string().min(1).max(200) }).optional(),
});
export type EntryCore = z.infer<typeof entryCore>;

export const LINK_TYPES = ['contradicts', 'same_as', 'part_of', 'corrects'] as const;

/** `from` contradicts, is the same as, is part of, or corrects `to`. Both are entries of one situation. */
export const entryLink = z.strictObject({
  from: entryId,
  to: entryId,
  type: z.enum(LINK_TYPES),
  /** For same_as. */
  state: z.enum(['suggested', 'confirmed', 'rejected']).optional(),
  note: z.string().min(1).max(200).optional(),
});
export type EntryLink = z.infer<typeof entryLink>;

/** Why something changed, for the record and for readers. */
export const change = z.strictObject({ reason: z.enum(REASONS), note: z.string().min(1).max(300).optional() });
export type Change = z.infer<typeof change>;
