import type { Asker } from '../src/asking/command.ts';
import type { Filled } from '../src/asking/form.ts';
import type { Reading } from '../src/asking/reading.ts';
import type { Desks } from '../src/desk/desks.ts';
import { UserError } from '../src/errors.ts';

/** The desk of the server in which somebody asks; who may do this was checked before, so there is one. */
export function deskHere({ desks }: Reading, { guild }: Asker): { readonly desks: Desks; readonly guild: string } {
  if (desks === undefined || guild === null)
    throw new UserError('There is no desk here.', 'Use the command in the server of the desk.');
  return { desks, guild };
}

/** What was filled in where one thing could be. */
export const first = (filled: Filled, name: string): string | undefined => filled[name]?.[0];
