import { REST, Routes } from 'discord.js';
import { z } from 'zod';
import { commands } from '../commands/index.ts';
import { deployCommands } from './discord/deploy.ts';
import { UserError } from './errors.ts';
import { createLog } from './log.ts';
import { configured, runMain } from './start.ts';

/** `npm run deploy`: registers the commands where they differ, without starting the bot. */
await runMain(async () => {
  const { token, apiUrl, logLevel } = configured();
  if (token === undefined) throw new UserError('DISCORD_TOKEN is not set.', 'Put it into .env; see README.md.');
  const rest = new REST({ retries: 1, timeout: 10_000, ...(apiUrl !== undefined && { api: apiUrl }) }).setToken(token);
  const application = z.object({ id: z.string() }).safeParse(
    await rest.get(Routes.currentApplication()).catch((thrown: { status?: number; message?: string }) => {
      throw thrown.status === 401
        ? new UserError('Discord refused the token (401).', 'Check DISCORD_TOKEN: copy it again from the Bot page.')
        : new UserError(
            `Discord could not be asked: ${thrown.message ?? 'no answer'}.`,
            'Check the network and DISCORD_API_URL.',
          );
    }),
  );
  if (!application.success) throw new UserError('What answered is not Discord.', 'Check DISCORD_API_URL.');
  await deployCommands({ rest, applicationId: application.data.id, commands, log: createLog(logLevel ?? 'info') });
});
