import { z } from 'zod';
import { slug } from './source.ts';
import { day } from './time.ts';

export const PLACE_PRECISIONS = ['exact', 'near', 'adm2', 'adm1', 'region', 'country', 'sea_air'] as const;

/** A place of the situation's gazetteer. `within` names the place that contains it, if that is listed too. */
export const place = z.strictObject({
  id: slug,
  name: z.string().min(1).max(80),
  aliases: z.array(z.string().min(1).max(80)).default([]),
  admin1: z.string().min(1).max(80).optional(),
  country: z.string().min(1).max(80).optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  precision: z.enum(PLACE_PRECISIONS),
  within: slug.optional(),
});
export type Place = z.infer<typeof place>;

/** One side of the conflict, for groups of the dead and for "who gains by it". */
export const side = z.strictObject({
  id: slug,
  name: z.string().min(1).max(80),
  /** Follows a number: "102 **opposition fighters**". */
  fighters: z.string().min(1).max(80),
});

const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z_]+\/[A-Za-z_+\-/]+$/.test(name) && !name.startsWith('Etc/GMT');
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Asia/Damascus');

const guild = z.string().regex(/^\d{17,20}$/, 'must be a server id (17 to 20 digits)');

export const situation = z.strictObject({
  slug,
  title: z.string().min(1).max(100),
  summary: z.string().min(1).max(400).optional(),
  zone,
  start: day,
  end: day.optional(),
  status: z.enum(['active', 'closed']),
  visibility: z.enum(['public', 'desk']).default('public'),
  /** Guild whose desk owns it; absent: the guilds that own the curated files. Set when it is opened in chat. */
  desk: guild.optional(),
  /** Guilds that may read it besides, while it is not public. */
  sharedWith: z.array(guild).optional(),
  /** A sample says so in every briefing. */
  sample: z.boolean().default(false),
  country: z.string().min(1).max(80).optional(),
  sides: z.array(side).default([]),
  /** Which parties (of sources.json) take part, and on which side. */
  parties: z.array(z.strictObject({ party: slug, side: slug.optional() })).default([]),
  places: z.array(place).default([]),
});
export type Situation = z.infer<typeof situation>;
