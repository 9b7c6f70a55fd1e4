import { configured, guardOutput } from '../start.ts';
import { runOnState } from './command-line.ts';
import { diskFiles } from './files.ts';
import { verifyState } from './maintenance.ts';

// `npm run verify -- [state folder]`: takes no lock and changes nothing, so it may run beside the bot.
guardOutput();
await runOnState(
  'verify',
  () => configured().stateDir,
  (stateDir) => verifyState(diskFiles, stateDir),
);
