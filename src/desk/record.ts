import { z } from 'zod';

/** What a person may do at a desk, each including those before it. A stranger's guild does not own what he asks about. */
export const ROLES = ['reader', 'editor', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Which saved changes wait for a second pair of eyes. */
export const REVIEW_RULES = ['off', 'figures_and_major', 'all'] as const;

const snowflake = z.string().regex(/^\d{17,20}$/);

export const deskSettings = z.strictObject({
  /** IANA zone in which the desk reads and writes times where no situation names one. */
  zone: z.string(),
  language: z.enum(['en']),
  review: z.enum(REVIEW_RULES),
  /** Where every change is told; absent: nowhere. */
  modLog: snowflake.optional(),
  /** What a digest does when nothing changed, unless it says otherwise. */
  whenNothing: z.enum(['line', 'skip', 'weekly']),
});
export type DeskSettings = z.infer<typeof deskSettings>;

export const DEFAULT_SETTINGS: DeskSettings = {
  zone: 'Etc/UTC',
  language: 'en',
  review: 'figures_and_major',
  whenNothing: 'line',
};

/** Discord roles that make one reader, editor, reviewer or admin. No reader role: every member reads. */
export type RoleMap = Readonly<Record<Role, readonly string[]>>;

/** A guard that was overruled when something was saved: what it saw, and why the person went on. */
export interface Overruled {
  readonly guard: string;
  readonly saw: string;
  readonly reason: string;
}
