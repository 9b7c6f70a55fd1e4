import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { type Asker, type Command, commandsFor, type Target } from '../../src/asking/command.ts';
import type { Filled, Form } from '../../src/asking/form.ts';
import type { Document } from '../../src/briefing/document.ts';
import { UserError } from '../../src/errors.ts';
import { document, line, own } from './documents.ts';

/** What was read of forms, and who did what. */
export interface Desk {
  readonly read: { readonly filled: Filled; readonly args: object; readonly asker: Asker }[];
  readonly done: { readonly what: string; readonly args: object; readonly asker: Asker }[];
  readonly targets: Target[];
  /** How long acts take, in ms. */
  wait: number;
  /** What the reader of the form refuses with. */
  refuse?: Error | undefined;
}

const { command, group, message } = commandsFor<Desk>();

const told = (text: string, more: Partial<Document> = {}): Document =>
  document([{ id: 'a', lines: [line([own(text)])] }], { kind: 'draft', title: 'A draft', ...more });

export const noteForm = (more: Partial<Form> = {}): Form => ({
  form: 'note add note',
  args: { situation: 'aleppo-2024' },
  title: 'A new note',
  notes: ['Nothing is saved until you have seen it, see /note.'],
  fields: [
    { name: 'headline', label: 'Headline', kind: 'text', required: true, min: 3, max: 80, placeholder: 'In one line' },
    { name: 'text', label: 'What happened', kind: 'text', long: true, description: 'As it was told' },
    {
      name: 'sure',
      label: 'How sure is it?',
      kind: 'one',
      required: true,
      all: true,
      options: [
        { label: 'Sure', value: 'sure', description: 'Seen by us' },
        { label: 'Not sure', value: 'unsure', chosen: true },
      ],
    },
    {
      name: 'topics',
      label: 'Topics',
      kind: 'some',
      options: ['air', 'ground', 'aid'].map((value) => ({ label: value, value })),
    },
  ],
  ...more,
});

const deskForm = (chosen: readonly string[] = []): Form => ({
  form: 'note desk rights',
  args: {},
  title: 'Who may',
  fields: [
    { name: 'editors', label: 'Editors', kind: 'roles', required: true, chosen, max: 2 },
    { name: 'log', label: 'Log', kind: 'channel', types: [0] },
    {
      name: 'kinds',
      label: 'Kinds',
      kind: 'some',
      all: true,
      options: ['a', 'b'].map((value) => ({ label: value, value })),
    },
    {
      name: 'zone',
      label: 'Zone',
      kind: 'one',
      required: true,
      options: ['Asia/Damascus', 'Europe/Paris'].map((value) => ({ label: value, value })),
    },
  ],
});

const preview = ({ headline = [], text = [] }: Filled, args: Readonly<Record<string, string>>) =>
  told(`${headline.join()} – ${text.join()}`, {
    acts: [
      { label: 'Save', act: 'note add save', args, style: 'success' },
      { label: 'Edit', act: 'note add edit', args: { ...args, headline: headline.join() } },
      { label: 'Cancel', act: 'note add cancel', args, style: 'danger' },
    ],
  });

const pause = async ({ wait }: Desk) => {
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
};

export const commands: readonly Command<Desk>[] = [
  group(
    {
      name: 'note',
      description: 'Notes',
      options: [
        {
          type: Type.Subcommand,
          name: 'add',
          description: 'Adds one',
          options: [{ type: Type.String, name: 'headline', description: 'Prefilled' }],
        },
        { type: Type.Subcommand, name: 'desk', description: 'Who may' },
        { type: Type.Subcommand, name: 'show', description: 'Shows them' },
      ],
    },
    {
      add: {
        ephemeral: true,
        run: async ({ headline }, desk) => {
          await pause(desk);
          const form = noteForm();
          const fields = form.fields.map((one) =>
            one.kind === 'text' && one.name === 'headline' && headline !== undefined
              ? { ...one, value: headline }
              : one,
          );
          return { ...form, fields };
        },
        acts: {
          save: async (args, desk, asker) => {
            await pause(desk);
            desk.done.push({ what: 'save', args, asker });
            return { show: told('Saved.'), inPlace: true };
          },
          edit: async ({ headline = '', ...args }, desk) => {
            await pause(desk);
            return noteForm({ args, fields: [{ name: 'headline', label: 'Headline', kind: 'text', value: headline }] });
          },
          cancel: () => ({ say: 'Nothing was saved.' }),
        },
        forms: {
          note: async (filled, args, desk, asker) => {
            await pause(desk);
            if (desk.refuse) throw desk.refuse;
            desk.read.push({ filled, args, asker });
            return { show: preview(filled, args), inPlace: true };
          },
        },
      },
      desk: {
        ephemeral: true,
        run: () => deskForm(['1100000000000000201']),
        forms: {
          rights: (filled, args, desk, asker) => {
            desk.read.push({ filled, args, asker });
            return { say: 'Kept.' };
          },
        },
      },
      show: {
        run: () =>
          told('A note.', {
            kind: 'brief',
            basis: { situation: 'aleppo-2024', seq: 40 },
            acts: [
              { label: 'Report an error', act: 'note show report', args: {} },
              { label: 'Mine', act: 'note show mine', args: {} },
              { label: 'Approve', act: 'note show approve', args: {}, style: 'primary' },
              ...[4, 5, 6].map((at) => ({ label: `More ${at}`, act: 'note show mine', args: { at: String(at) } })),
            ],
            follows: [{ label: 'Add one', command: 'note add', args: {} }],
          }),
        acts: {
          report: { anyone: true, run: () => noteForm({ form: 'note show error', args: {} }) },
          mine: (args, desk, asker) => {
            desk.done.push({ what: 'mine', args, asker });
            return { say: 'Done.' };
          },
          approve: {
            anyone: true,
            run: (args, desk, asker) => {
              desk.done.push({ what: 'approve', args, asker });
              return { show: told('Approved.'), inPlace: true };
            },
          },
        },
        forms: {
          error: (filled, args, desk, asker) => {
            desk.read.push({ filled, args, asker });
            return { say: 'Told.' };
          },
        },
      },
    },
  ),
  command(
    { name: 'broken', description: 'A form that Discord would not take' },
    { run: () => noteForm({ fields: [{ name: 'x', label: 'x'.repeat(46), kind: 'text' }] }) },
  ),
  message(
    { name: 'Add to notes' },
    {
      run: (target, desk) => {
        desk.targets.push(target);
        if (target.content === '') throw new UserError('This message has no text.');
        return {
          form: 'Add to notes note',
          args: { url: target.url },
          title: 'A note from a message',
          fields: [{ name: 'text', label: 'Text', kind: 'text', long: true, required: true, value: target.content }],
        };
      },
      forms: {
        note: (filled, args, desk, asker) => {
          desk.read.push({ filled, args, asker });
          return { show: preview({ headline: filled['text'] ?? [], text: [] }, {}) };
        },
      },
    },
  ),
];
