import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { Asker, Choice } from '../src/asking/command.ts';
import type { Reading } from '../src/asking/reading.ts';
import { fileDispute, readDispute } from '../src/drafting/dispute.ts';
import { DRAFT_ACTS, DRAFT_FORMS } from '../src/drafting/drafting.ts';
import { composeWaiting, draftsFor } from '../src/drafting/list.ts';
import { openDraft } from '../src/drafting/opened.ts';
import { draftDocument } from '../src/drafting/show.ts';
import { group } from './shared.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

const draft = {
  type: Text,
  name: 'draft',
  description: 'A draft such as D12',
  required: true,
  autocomplete: true,
  max_length: 20,
} as const;

const idOf = (written: string): string =>
  written
    .trim()
    .toUpperCase()
    .replace(/^(?=\d)/, 'D');

const chooseDraft = async (typed: string, _so: unknown, reading: Reading, asker: Asker): Promise<readonly Choice[]> => {
  const all = await draftsFor(reading, asker);
  const wanted = typed.trim().toUpperCase();
  return all
    .filter(({ id, gist }) => id.startsWith(wanted) || gist.toUpperCase().includes(wanted))
    .slice(0, 25)
    .map(({ id, gist }) => ({ name: `${id} ${gist}`.slice(0, 100), value: id }));
};

const show = async (id: string, reading: Reading, asker: Asker) =>
  draftDocument(await openDraft(idOf(id), reading, asker), asker.user);

/** What waits for a second pair of eyes, and one's own drafts. */
export const review = group(
  {
    name: 'review',
    description: 'For editors and reviewers: drafts, old → new, to approve or to send back',
    options: [
      { type: Subcommand, name: 'list', description: 'What waits for review, and your own drafts', options: [] },
      {
        type: Subcommand,
        name: 'show',
        description: 'One draft as readers would see it, with its buttons',
        options: [draft],
      },
      { type: Subcommand, name: 'approve', description: 'Look at a draft and approve it', options: [draft] },
      {
        type: Subcommand,
        name: 'reject',
        description: 'Look at a draft and send it back with a reason',
        options: [draft],
      },
    ],
  },
  {
    list: { ephemeral: true, run: (_args, reading, asker) => composeWaiting(reading, asker) },
    show: {
      ephemeral: true,
      complete: { draft: chooseDraft },
      run: (args, reading, asker) => show(args.draft, reading, asker),
      acts: { ...DRAFT_ACTS, dispute: { run: fileDispute, anyone: true } },
      forms: { ...DRAFT_FORMS, dispute: readDispute },
    },
    // Nothing is approved unseen: both show the draft, whose buttons decide.
    approve: {
      ephemeral: true,
      complete: { draft: chooseDraft },
      run: (args, reading, asker) => show(args.draft, reading, asker),
    },
    reject: {
      ephemeral: true,
      complete: { draft: chooseDraft },
      run: (args, reading, asker) => show(args.draft, reading, asker),
    },
  },
);
