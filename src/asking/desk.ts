import type { About, Action, Standing } from '../desk/may.ts';
import { demand, deskOf, standing } from '../desk/may.ts';
import type { RoleMap } from '../desk/record.ts';
import { NO_ROLES } from '../desk/record.ts';
import type { Situation } from '../model/situation.ts';
import type { Asker } from './command.ts';
import type { Reading } from './reading.ts';

/** Roles of the desk of the guild in which somebody asks. */
export const rolesHere = async ({ desks }: Reading, { guild }: Asker): Promise<RoleMap> =>
  guild === null ? NO_ROLES : ((await desks?.roles(guild)) ?? NO_ROLES);

/** What the asker is at the desk that keeps this situation; without one, at the desk of the server in which he asks. */
export async function standingAt(
  situation: Pick<Situation, 'desk'> | undefined,
  reading: Reading,
  asker: Asker,
): Promise<Standing> {
  const roles = await rolesHere(reading, asker);
  const desk =
    situation === undefined
      ? new Set(asker.guild === null ? [] : [asker.guild])
      : deskOf(situation, reading.deskGuilds);
  return standing(asker, desk, roles);
}

/**
 * Passes where the asker may do this now, else throws what says who may. Only for a situation that he may read: of others he
 * must not learn that they are there (`look` and `findSituation` see to it).
 */
export async function allow(
  action: Action,
  situation: Pick<Situation, 'desk' | 'status'> | undefined,
  reading: Reading,
  asker: Asker,
  about?: About,
): Promise<void> {
  demand(action, asker, await standingAt(situation, reading, asker), {
    ...(situation?.status === 'closed' && { closed: true }),
    ...about,
  });
}
