import type { ReadForm } from '../asking/command.ts';
import type { Reading } from '../asking/reading.ts';
import { demand } from '../desk/may.ts';
import { UserError } from '../errors.ts';
import { kept, ownDraft } from './acts.ts';
import { checkedContent } from './content.ts';
import { neededIn } from './fields.ts';
import { figuresTyped } from './figures.ts';
import { withFigures } from './offered.ts';
import { isStuck, openDraft } from './opened.ts';
import { publishedOf } from './reports.ts';
import { approveDraft, breakDraft, recordedBefore, saveDraft } from './save.ts';
import { showDraft } from './show.ts';

export const figures: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const opened = await ownDraft(args['draft'] ?? '', reading, asker);
  if (String(opened.draft.seq) !== args['seq'])
    throw new UserError('The draft was changed since this form was opened.', 'Press Figures again.');
  const line = (filled['more'] ?? []).join('\n');
  const typed = figuresTyped(line, opened.known, opened.guild, publishedOf(opened.proposal));
  const proposal = withFigures(opened, filled['taken'] ?? [], typed);
  return kept(checkedContent({ ...opened.content, proposal }), opened.draft.id, reading, asker);
};

export const overrule: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const id = args['draft'] ?? '';
  const { content, open } = await ownDraft(id, reading, asker);
  const reason = neededIn(filled, 'reason', 'The reason', 300);
  // Only what was shown: something that a guard sees since then asks anew.
  const shown = open.filter(({ guard, saw }) => (args['seen'] ?? '').includes(JSON.stringify({ guard, saw })));
  const overruled = [...content.overruled, ...shown.map(({ guard, saw }) => ({ guard, saw, reason }))];
  await kept({ ...content, overruled }, id, reading, asker);
  return saveDraft(id, reading, asker);
};

export const reject: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const id = args['draft'] ?? '';
  const opened = await openDraft(id, reading, asker);
  const { draft, is, desks, by } = opened;
  const stuck = isStuck(opened);
  demand('draft.reject', asker, is, { author: draft.author, draft: stuck ? 'submitted' : draft.state });
  // Readers may see it already: only that it was recorded is not noted yet.
  if (stuck && (await recordedBefore(opened))) return approveDraft(id, reading, asker);
  await desks.reject(by, id, neededIn(filled, 'reason', 'The reason', 300), stuck);
  return showDraft(await openDraft(id, reading, asker), asker.user, true);
};

export const breaking: ReadForm<Reading> = (filled, args, reading, asker) =>
  breakDraft(args['draft'] ?? '', neededIn(filled, 'reason', 'The reason', 300), reading, asker);
