import { z } from 'zod';
import { change, entryCore, entryLink, report } from '../model/entry.ts';
import { situation } from '../model/situation.ts';
import { party, source } from '../model/source.ts';
import { instant } from '../model/time.ts';

/** `recorded`: the moment at which the desk learned of it. On first load history is written in this order. */
const recorded = { recorded: instant };
const schema = { $schema: z.string().optional() };

export const curatedReport = z.strictObject({
  ...report.shape,
  ...recorded,
  /** Its source took it back, or it proved to be a relay error. */
  withdrawn: z.strictObject({ ...recorded, ...change.shape }).optional(),
});

/** What the entry said before `recorded`; only the fields that read differently then. */
export const earlier = z.strictObject({
  ...recorded,
  ...change.shape,
  was: entryCore.omit({ id: true, parties: true, tags: true }).partial(),
});

export const curatedEntry = z
  .strictObject({
    ...entryCore.shape,
    reports: z.array(curatedReport).min(1, 'an entry needs at least one report: who says so?'),
    history: z.array(earlier).optional(),
    retracted: z.strictObject({ ...recorded, ...change.shape }).optional(),
  })
  .superRefine((entry, ctx) => {
    entry.reports.forEach((r, i) => {
      if (!r.id.startsWith(`${entry.id}.`))
        ctx.addIssue({
          code: 'custom',
          path: ['reports', i, 'id'],
          message: `a report of ${entry.id} is named ${entry.id}.1, ${entry.id}.2, …`,
        });
    });
  });
export type CuratedEntry = z.infer<typeof curatedEntry>;
export type CuratedReport = z.infer<typeof curatedReport>;

/** A link counts from `recorded`; without it, from the moment at which both entries are known. */
export const curatedLink = z.strictObject({ ...entryLink.shape, recorded: instant.optional() });

// Which desk owns something is said in chat only: the files belong to the guilds of DESK_GUILD_IDS.
const ofAnyDesk = { desk: true } as const;

/** `data/sources.json` */
export const sourcesFile = z.strictObject({
  ...schema,
  parties: z.array(party),
  sources: z.array(source.omit(ofAnyDesk)),
});
export type SourcesFile = z.infer<typeof sourcesFile>;

/** `data/situations/<slug>.json` */
export const situationFile = z.strictObject({
  ...schema,
  situation: situation.omit({ ...ofAnyDesk, sharedWith: true }),
  entries: z.array(curatedEntry),
  links: z.array(curatedLink).default([]),
});
export type SituationFile = z.infer<typeof situationFile>;
