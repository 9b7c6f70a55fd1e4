import { momentWords } from './dates.ts';
import type { Document } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import type { Known } from './tell.ts';

const DAY = 86_400_000;

/** The first question for changes in a channel: it sets the line from which they are counted, and floods nobody. */
export function composeFirstChanges(now: Known, asked: Asked): Document {
  const { at, seq, situation } = now.picture;
  const dayBefore = new Date(Date.parse(at) - DAY).toISOString();
  return frame(now, asked, {
    kind: 'changes',
    about: 'what changed',
    since: seq,
    sections: [
      {
        id: 'first',
        lines: [],
        notes: [
          'No briefing on this situation was shown here before, so there is nothing yet to compare with.',
          `From now on /changes tells what is new since this moment: what was recorded after ${momentWords(at, situation.zone)} (${situation.zone}).`,
        ],
      },
    ],
    empty: '',
    follows: [
      { label: 'Last 24 hours recorded', command: 'changes', args: { since: dayBefore } },
      { label: 'Brief', command: 'brief', args: {} },
    ],
  });
}
