import { z } from 'zod';
import { SEVERITIES } from '../model/entry.ts';
import { slug } from '../model/source.ts';
import { instant } from '../model/time.ts';
import { localTime, schedule } from './schedule.ts';

export const LENGTHS = ['short', 'standard', 'full'] as const;
/** What a digest does where nothing changed: says so in one line; nothing; nothing, but says so once a week. */
export const WHEN_NOTHING = ['line', 'skip', 'weekly'] as const;
/** A new message each time, or one message that is kept up to date. */
export const STYLES = ['post', 'board'] as const;
/** One guild has no more. */
export const MOST_DIGESTS = 200;

/** Discord's ids: numbers that are too long for numbers. */
export const snowflake = z.string().regex(/^\d{1,20}$/, 'must be an id of Discord: digits only');
export const digestId = z.string().regex(/^D[1-9]\d{0,5}$/, 'a digest is named D and a number, for example D7');

/** What a digest tells of: only what passes all that is given. */
export const filters = z.strictObject({
  /** The least severity. */
  severity: z.enum(SEVERITIES).optional(),
  /** Place id of a gazetteer; what lies within it belongs to it. */
  place: slug.optional(),
  party: slug.optional(),
});
export type Filters = z.infer<typeof filters>;

/** Local hours, in the zone of the schedule, in which no flash is posted; over midnight where `from` is later than `to`. */
export const quietHours = z
  .strictObject({ from: localTime, to: localTime })
  .refine(({ from, to }) => from !== to, 'quiet hours must not begin and end at the same time');
export type QuietHours = z.infer<typeof quietHours>;

/** A standing order: tell this channel of these situations at these times. */
export const digest = z.strictObject({
  id: digestId,
  name: z.string().trim().min(1, 'a digest needs a name').max(60, 'a name has at most 60 characters'),
  guild: snowflake,
  channel: snowflake,
  situations: z
    .array(slug)
    .min(1, 'name at least one situation')
    .max(10, 'a digest tells of at most ten situations')
    .refine((slugs) => new Set(slugs).size === slugs.length, 'a situation is named twice'),
  schedule,
  length: z.enum(LENGTHS),
  filters,
  whenNothing: z.enum(WHEN_NOTHING),
  /** Role that is mentioned at a flash, and at nothing else. */
  mention: snowflake.optional(),
  /** What is saved as flash is posted at once. */
  flash: z.boolean(),
  quiet: quietHours.optional(),
  style: z.enum(STYLES),
  /** In an announcement channel: published to the channels that follow it. */
  publish: z.boolean(),
  /** In a forum channel: tags of each day's post. */
  tags: z.array(snowflake).max(5).optional(),
  paused: z.boolean(),
  createdBy: snowflake,
  createdAt: instant,
  /** 1 when created; each edit adds one. */
  revision: z.int().min(1),
});
export type Digest = z.infer<typeof digest>;
