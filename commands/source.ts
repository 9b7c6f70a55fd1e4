import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { composeSource } from '../src/drafting/source.ts';
import { given, startSource } from '../src/drafting/start.ts';
import { chooseSource } from './entry-change.ts';
import { group } from './shared.ts';

const { Subcommand, String: Text, Boolean: Yes } = ApplicationCommandOptionType;

const which = {
  type: Text,
  name: 'source',
  description: 'A source by its name',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

const more = [
  { type: Text, name: 'short', description: 'How it is called after the first mention', max_length: 40 },
  { type: Text, name: 'site', description: 'Its web site', max_length: 2000 },
  { type: Text, name: 'languages', description: 'Codes of its languages: en, ar', max_length: 60 },
  { type: Yes, name: 'verifies', description: 'It checks before it speaks: its word can confirm' },
] as const;

/** Who says things: each desk may add its own, and use those of the curated files. */
export const source = group(
  {
    name: 'source',
    description: 'One source: what it is; for editors: add or amend',
    options: [
      {
        type: Subcommand,
        name: 'show',
        description: 'What a source is, whose it is, and how it is graded',
        options: [which],
      },
      { type: Subcommand, name: 'add', description: 'Add a source; you see it before it is saved', options: more },
      {
        type: Subcommand,
        name: 'amend',
        description: 'Amend a source; you see old → new before it is saved',
        options: [which, ...more],
      },
    ],
  },
  {
    show: {
      complete: { source: chooseSource },
      run: (args, reading, asker) => composeSource(args.source, reading, asker),
    },
    add: { ephemeral: true, run: (args, reading, asker) => startSource(given(args), reading, asker) },
    amend: {
      ephemeral: true,
      complete: { source: chooseSource },
      run: (args, reading, asker) => startSource(given(args), reading, asker),
    },
  },
);
