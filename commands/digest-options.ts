import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { TARGETS } from '../src/asking/digest/target.ts';
import { place, situation } from './shared.ts';

const { Boolean: YesNo, Channel, Role, String: Text } = ApplicationCommandOptionType;

/** Which digest. */
export const which = {
  type: Text,
  name: 'digest',
  description: 'Which digest: D7, or a part of its name',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

/** All that can be said of a digest: by `create`, and by `edit` to change it. */
export const settings = [
  { type: Channel, name: 'channel', description: 'Where it is posted', channel_types: [...TARGETS] },
  { ...situation, required: false, description: 'What it tells of' },
  {
    type: Text,
    name: 'also',
    description: 'More situations, with commas between them',
    autocomplete: true,
    max_length: 400,
  },
  { type: Text, name: 'times', description: 'When: 07:30, or 07:30, 19:00', max_length: 300 },
  { type: Text, name: 'days', description: 'weekdays, mon-fri, sat and sun (default: every day)', max_length: 300 },
  {
    type: Text,
    name: 'zone',
    description: 'On whose clock: Europe/Berlin (default: the desk’s, or the situation’s)',
    autocomplete: true,
    max_length: 100,
  },
  {
    type: Text,
    name: 'expression',
    description: 'In place of times and days, five fields: 30 7 * * 1-5',
    max_length: 200,
  },
  {
    type: Text,
    name: 'length',
    description: 'How much it tells (default: standard)',
    choices: [
      { name: 'short: the gravest three', value: 'short' },
      { name: 'standard: up to ten lines', value: 'standard' },
      { name: 'full: everything that changed', value: 'full' },
    ],
  },
  {
    type: Text,
    name: 'severity',
    description: 'Only what is at least this grave',
    choices: [
      { name: 'flash only', value: 'flash' },
      { name: 'flash and major', value: 'major' },
      { name: 'all but background', value: 'routine' },
      { name: 'everything', value: 'background' },
    ],
  },
  place,
  {
    type: Text,
    name: 'party',
    description: 'Only what this party takes part in',
    autocomplete: true,
    max_length: 100,
  },
  {
    type: Text,
    name: 'when-nothing',
    description: 'What it does when nothing changed (default: as the desk has it)',
    choices: [
      { name: 'say so in one line', value: 'line' },
      { name: 'post nothing', value: 'skip' },
      { name: 'post nothing, but say so once a week', value: 'weekly' },
    ],
  },
  { type: YesNo, name: 'flash', description: 'Post what is saved as flash at once' },
  { type: Role, name: 'mention', description: 'Role to mention at a flash, and at nothing else' },
  { type: Text, name: 'quiet', description: 'Hours without a flash, held until they end: 22:00-06:00', max_length: 60 },
  {
    type: Text,
    name: 'style',
    description: 'A new message each time, or one that is kept up to date (default: post)',
    choices: [
      { name: 'post: a new message each time', value: 'post' },
      { name: 'board: one message, kept up to date', value: 'board' },
    ],
  },
  { type: YesNo, name: 'publish', description: 'In an announcement channel: publish it to those that follow' },
  {
    type: Text,
    name: 'tags',
    description: 'In a forum: tags of each post, with commas between them',
    autocomplete: true,
    max_length: 200,
  },
  { type: Text, name: 'name', description: 'What it is called', max_length: 60 },
  {
    type: Text,
    name: 'first',
    description: 'What the first one tells (default: the situation in brief)',
    choices: [
      { name: 'the situation in brief, then what changes', value: 'brief' },
      { name: 'only what changes from now on', value: 'changes' },
    ],
  },
] as const;

/** What an edit can take away. */
export const clear = {
  type: Text,
  name: 'clear',
  description: 'Take something away',
  choices: [
    { name: 'all filters', value: 'filters' },
    { name: 'the role that is mentioned', value: 'mention' },
    { name: 'the quiet hours', value: 'quiet' },
    { name: 'the tags', value: 'tags' },
  ],
} as const;
