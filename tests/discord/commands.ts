import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { type Asker, type Command, commandsFor } from '../../src/asking/command.ts';
import type { Document } from '../../src/briefing/document.ts';
import { UserError } from '../../src/errors.ts';
import { document, line, own, said } from './documents.ts';

/** What the commands of these tests need: a document for `/brief`, and a record of who asked what. */
export interface Deps {
  readonly brief: () => Document;
  readonly asked: { readonly path: string; readonly args: object; readonly asker: Asker }[];
}

export const longDocument = (text = 'Fighting was reported in the western districts.'): Document =>
  document(
    [
      {
        id: 'events',
        heading: 'Key events',
        lines: Array.from({ length: 60 }, (_, at) => line([own(`Line ${at + 1}. `), said(text)])),
      },
    ],
    {
      basis: { situation: 'aleppo-2024', seq: 40 },
      follows: [
        { label: 'What changed', command: 'changes', args: { situation: 'aleppo-2024' } },
        { label: 'Only me', command: 'mine', args: {} },
      ],
    },
  );

const { command, group } = commandsFor<Deps>();

const situation = {
  type: Type.String,
  name: 'situation',
  description: 'Which situation',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;
const onlyMe = { type: Type.Boolean, name: 'private', description: 'Show the answer only to me' } as const;

const short = (text: string) => document([{ id: 'a', lines: [line([own(text)])] }]);

export const commands: readonly Command<Deps>[] = [
  command(
    { name: 'brief', description: 'The situation in one screen', options: [situation, onlyMe] },
    {
      run: (args, { brief, asked }, asker) => {
        asked.push({ path: 'brief', args, asker });
        return brief();
      },
      complete: {
        situation: (typed) => {
          if (typed === 'crash') throw new Error('no choices today');
          return Array.from({ length: 40 }, (_, at) => ({
            name: `${typed} ${'long '.repeat(30)}${at}`,
            value: `s-${at}`,
          }));
        },
      },
    },
  ),
  command(
    { name: 'changes', description: 'What changed', options: [situation] },
    {
      run: (args, { asked }, asker) => {
        asked.push({ path: 'changes', args, asker });
        return short('Nothing changed.');
      },
    },
  ),
  command({ name: 'mine', description: 'Only for the asker' }, { ephemeral: true, run: () => short('Yours.') }),
  command(
    { name: 'refuse', description: 'Refuses' },
    {
      run: () => {
        throw new UserError('There is no situation “@everyone”.', 'Ask /brief instead.');
      },
    },
  ),
  command(
    { name: 'crash', description: 'Crashes' },
    {
      run: () => {
        throw new Error('the secret reason');
      },
    },
  ),
  command(
    {
      name: 'slow',
      description: 'Takes its time',
      options: [
        { type: Type.Integer, name: 'ms', description: 'How long', required: true, min_value: 0, max_value: 5000 },
        onlyMe,
      ],
    },
    {
      run: async ({ ms }) => {
        await delay(ms);
        if (ms === 301) throw new UserError('Too slow.');
        return longDocument();
      },
    },
  ),
  group(
    {
      name: 'entry',
      description: 'One entry',
      options: [
        {
          type: Type.Subcommand,
          name: 'show',
          description: 'Shows it',
          options: [
            { type: Type.String, name: 'id', description: 'Which', required: true, min_length: 2, max_length: 8 },
            { type: Type.String, name: 'view', description: 'How', choices: [{ name: 'All of it', value: 'all' }] },
          ],
        },
      ],
    },
    { show: { run: ({ id }) => short(`Entry ${id}`) } },
  ),
];
