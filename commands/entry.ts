import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import {
  chooseEdition,
  chooseEntry,
  chooseEntryOf,
  chooseSituation,
  editionIn,
  entryIn,
  look,
} from '../src/asking/asking.ts';
import { composeEntry, composeHistory } from '../src/briefing/entry.ts';
import { composeWhy } from '../src/briefing/why.ts';
import { disputable } from '../src/drafting/dispute.ts';
import { editionName } from '../src/editions/edition.ts';
import { CHANGE_BODIES, CHANGES, which } from './entry-change.ts';
import { asOf, group, onlyMe, situation } from './shared.ts';

const { Subcommand } = ApplicationCommandOptionType;
const complete = { situation: chooseSituation, entry: chooseEntry };

export const entry = group(
  {
    name: 'entry',
    description: 'One entry: all its reports, its history; for editors: add, amend, retract, link',
    options: [
      {
        type: Subcommand,
        name: 'show',
        description: 'An entry with all its reports, figures and links',
        options: [situation, which, asOf, onlyMe],
      },
      {
        type: Subcommand,
        name: 'history',
        description: 'What was recorded about an entry: old → new, by whom, why',
        options: [situation, which, asOf, onlyMe],
      },
      {
        type: Subcommand,
        name: 'why',
        description: 'Why an entry was or was not in a briefing: shown, superseded, filtered out, not yet recorded …',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'edition',
            description: 'The number at the top of the briefing, like B41',
            required: true,
            autocomplete: true,
            max_length: 40,
          },
          which,
          onlyMe,
        ],
      },
      ...CHANGES,
    ],
  },
  {
    ...CHANGE_BODIES,
    show: {
      complete,
      run: async (args, reading, asker) => {
        const { known, asked } = await look(args, reading, asker);
        const state = entryIn(known, args.entry);
        return disputable(composeEntry(known, state, asked), reading, state.entry.id);
      },
    },
    history: {
      complete,
      run: async (args, reading, asker) => {
        const { known, asked } = await look(args, reading, asker);
        return composeHistory(known, entryIn(known, args.entry), asked);
      },
    },
    why: {
      complete: { edition: chooseEdition, entry: chooseEntryOf },
      run: async (args, reading, asker) => {
        const edition = await editionIn(args.edition, reading, asker);
        const { number, kind, seq, since, shows, registry } = edition;
        const { known: now } = await look({ situation: edition.situation }, reading, asker);
        const pins = { pin: seq, ...(registry !== undefined && { registry }) };
        const { known: then } = await look({ situation: edition.situation }, reading, { ...asker, ...pins });
        const shown = {
          name: editionName(number),
          kind,
          seq,
          shows,
          args: edition.request.args,
          ...(since !== undefined && { since }),
        };
        return composeWhy(shown, then, now, entryIn(now, args.entry));
      },
    },
  },
);
