import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseSituation } from '../src/asking/asking.ts';
import { allow } from '../src/asking/desk.ts';
import { logFor, undoableFor } from '../src/asking/log.ts';
import { checksOf, composeDoctor } from '../src/desk/doctor.ts';
import { rolesForm, saveRoles, saveSettings, settingsForm } from './desk-forms.ts';
import { deskHere } from './desk-here.ts';
import { settle, settleForm } from './desk-settle.ts';
import { undo, undoFormFor } from './desk-undo.ts';
import { group, situation } from './shared.ts';

const { Subcommand, String: Text, User } = ApplicationCommandOptionType;

export const desk = group(
  {
    name: 'desk',
    description: 'The people who curate here: settings, roles, what they did, and whether all is well',
    options: [
      { type: Subcommand, name: 'settings', description: 'Time zone, language, review, mod-log, quiet days' },
      { type: Subcommand, name: 'roles', description: 'Who is reader, editor, reviewer and admin' },
      {
        type: Subcommand,
        name: 'log',
        description: 'Who did what, when and why, the newest first',
        options: [
          { type: User, name: 'person', description: 'Only what this member did' },
          {
            type: Text,
            name: 'kind',
            description: 'Only this kind of thing',
            choices: [
              { name: 'entries', value: 'entry' },
              { name: 'reports', value: 'report' },
              { name: 'links', value: 'link' },
              { name: 'sources and parties', value: 'source' },
              { name: 'situations', value: 'situation' },
              { name: 'drafts and reviews', value: 'draft' },
              { name: 'errors reported by readers', value: 'dispute' },
              { name: 'digests', value: 'digest' },
              { name: 'settings and roles', value: 'desk' },
            ],
          },
          { ...situation, required: false, description: 'Only this situation' },
          { type: Text, name: 'entry', description: 'Only this entry, like E17', max_length: 20 },
        ],
      },
      {
        type: Subcommand,
        name: 'undo',
        description: 'Take back what was recorded, by a record that says the opposite',
        options: [
          {
            type: Text,
            name: 'record',
            description: 'As the log names it: aleppo-2024#45, sources#7, desk#3',
            required: true,
            autocomplete: true,
            max_length: 80,
          },
        ],
      },
      {
        type: Subcommand,
        name: 'doctor',
        description: 'Rights, commands, store, clock, drafts: ✓ or ✗, and who can fix it',
      },
    ],
  },
  {
    settings: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('desk.settings', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        return settingsForm(await desks.settings(guild));
      },
      forms: { save: (filled, _args, reading, asker) => saveSettings(filled, reading, asker) },
    },
    roles: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('desk.roles', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        return rolesForm(await desks.roles(guild));
      },
      forms: { save: (filled, _args, reading, asker) => saveRoles(filled, reading, asker) },
    },
    log: {
      ephemeral: true,
      complete: { situation: chooseSituation },
      run: async (args, reading, asker) => {
        await allow('desk.log', undefined, reading, asker);
        return logFor(args, reading, asker);
      },
      acts: {
        undo: ({ record = '' }, reading, asker) => undoFormFor(record, reading, asker),
        // Its button stands in the mod-log, where nobody asked for the message.
        settle: { run: ({ report = '' }, reading, asker) => settleForm(report, reading, asker), anyone: true },
      },
      forms: { settled: (filled, { report = '' }, reading, asker) => settle(filled, report, reading, asker) },
    },
    undo: {
      ephemeral: true,
      complete: { record: (typed, _so, reading, asker) => undoableFor(typed, reading, asker) },
      run: ({ record }, reading, asker) => undoFormFor(record, reading, asker),
      forms: { why: (filled, { record = '' }, reading, asker) => undo(filled, record, reading, asker) },
    },
    doctor: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('desk.doctor', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        const more = await Promise.all((reading.checks ?? []).map((check) => check(guild)));
        const health = { problems: reading.problems?.() ?? [], now: reading.now() };
        return composeDoctor(checksOf(guild, await desks.state(guild), reading.facts, health, more.flat()));
      },
    },
  },
);
