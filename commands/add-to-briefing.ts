import { startFromMessage } from '../src/drafting/message.ts';
import { message } from './shared.ts';

/** In the menu of a message: its text, link and time become a draft. */
export const addToBriefing = message(
  { name: 'Add to briefing' },
  { run: (target, reading, asker) => startFromMessage(target, reading, asker) },
);
