import { z } from 'zod';

export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'use lower-case letters, digits and hyphens, at most 60, for example "sana"');

/** A party to a conflict, or a state that takes part in it. All its media count as one voice. */
export const party = z.strictObject({
  id: slug,
  name: z.string().min(1).max(120),
  short: z.string().min(1).max(40).optional(),
});
export type Party = z.infer<typeof party>;

export const SOURCE_KINDS = [
  'monitor',
  'news_agency',
  'newspaper',
  'broadcaster',
  'state_media',
  'party_media',
  'government',
  'military',
  'armed_group',
  'un',
  'ngo',
  'rescue_service',
  'fact_checker',
  'research',
  'local_authority',
  'social_media',
  'person',
  'unnamed',
] as const;

/** One who says things (an originator) or carries them (a publisher). `reliability` is the Admiralty letter, F: cannot be judged. */
export const source = z.strictObject({
  id: slug,
  name: z.string().min(1).max(120),
  /** How it is called after the first mention. */
  short: z.string().min(1).max(40).optional(),
  /** Follows the name at first mention: "a UK-based monitor". */
  about: z.string().min(1).max(160).optional(),
  kind: z.enum(SOURCE_KINDS),
  /** Id of the party that it belongs to or speaks for; null: none. */
  party: slug.nullable(),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']),
  /** A body that checks before it speaks (OHCHR, a fact-checker): its word can confirm. */
  verifies: z.boolean().default(false),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, 'use a language code such as en or ar'))
    .default([]),
  url: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  /** Guild whose desk added it in chat, and which alone may use or change it; absent: everybody may use it. */
  desk: z
    .string()
    .regex(/^\d{17,20}$/, 'must be a server id (17 to 20 digits)')
    .optional(),
});
export type Source = z.infer<typeof source>;
