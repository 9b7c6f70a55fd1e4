import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { commandsFor } from '../src/asking/command.ts';
import type { Reading } from '../src/asking/reading.ts';

/** Commands that read: from arguments and the archive to a document. */
export const { command, group, message } = commandsFor<Reading>();

// Options that several commands share, word for word.

export const situation = {
  type: ApplicationCommandOptionType.String,
  name: 'situation',
  description: 'Which situation',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

export const place = {
  type: ApplicationCommandOptionType.String,
  name: 'place',
  description: 'Only this place and what lies within it',
  autocomplete: true,
  max_length: 100,
} as const;

export const asOf = {
  type: ApplicationCommandOptionType.String,
  name: 'as-of',
  description: 'What was known then: 2024-11-29, "29 nov 18:00", yesterday, 24h',
  max_length: 40,
} as const;

export const from = {
  type: ApplicationCommandOptionType.String,
  name: 'from',
  description: 'First day: 2024-11-29, "29 nov", yesterday, friday',
  max_length: 40,
} as const;

export const to = {
  type: ApplicationCommandOptionType.String,
  name: 'to',
  description: 'Last day: 2024-11-30, "30 nov", today',
  max_length: 40,
} as const;

/** Read by the dispatcher, which shows the answer to the asker alone. */
export const onlyMe = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'private',
  description: 'Show the answer only to me',
} as const;
