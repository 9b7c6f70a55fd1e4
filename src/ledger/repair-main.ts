import { configured, guardOutput } from '../start.ts';
import { runOnState } from './command-line.ts';
import { diskFiles } from './files.ts';
import { repairState } from './maintenance.ts';
import { lockState } from './state-lock.ts';

// `npm run repair -- [state folder]`: only while the bot is stopped; the lock sees to that.
guardOutput();
await runOnState(
  'repair',
  () => configured().stateDir,
  async (stateDir) => {
    const unlock = await lockState(stateDir);
    try {
      return await repairState(diskFiles, stateDir, new Date());
    } finally {
      await unlock();
    }
  },
);
