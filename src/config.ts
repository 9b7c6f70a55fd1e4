import { z } from 'zod';
import { UserError } from './errors.ts';
import { LOG_LEVELS } from './log.ts';

const snowflake = /^\d{17,20}$/;

const environment = z.object({
  DISCORD_TOKEN: z.string().trim().min(1).optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address such as https://discord.com/api' })
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  STATE_DIR: z.string().min(1).default('./state'),
  DESK_GUILD_IDS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((id) => id !== ''))
    .refine((ids) => ids.every((id) => snowflake.test(id)), 'must be server ids (17 to 20 digits) separated by commas'),
  PLAYGROUND_PORT: z.coerce
    .number('must be a port number from 0 to 65535')
    .int('must be a port number from 0 to 65535')
    .min(0, 'must be a port number from 0 to 65535')
    .max(65_535, 'must be a port number from 0 to 65535')
    .default(8787),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).optional(),
});

/** The names that are read; any other in `.env` is probably a slip of the pen. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape);

export interface Config {
  /** Absent: the playground starts. */
  readonly token: string | undefined;
  readonly apiUrl: string | undefined;
  readonly dataDir: string;
  readonly stateDir: string;
  readonly deskGuilds: ReadonlySet<string>;
  readonly playgroundPort: number;
  readonly logLevel: (typeof LOG_LEVELS)[number] | undefined;
}

/** Reads the environment, once. An empty variable counts as absent, as lines of .env files without a value do. Throws a UserError with one line per problem. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  // The value itself is not repeated: it may be a token in the wrong place.
  if (!parsed.success)
    throw new UserError(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  const e = parsed.data;
  return {
    token: e.DISCORD_TOKEN,
    apiUrl: e.DISCORD_API_URL,
    dataDir: e.DATA_DIR,
    stateDir: e.STATE_DIR,
    deskGuilds: new Set(e.DESK_GUILD_IDS),
    playgroundPort: e.PLAYGROUND_PORT,
    logLevel: e.LOG_LEVEL,
  };
}
