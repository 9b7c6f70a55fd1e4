import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseParty, choosePlace, chooseSituation } from '../src/asking/asking.ts';
import { deleting } from '../src/asking/digest/answers.ts';
import { chooseDigest, chooseMore, chooseTags, chooseZone } from '../src/asking/digest/choose.ts';
import { about, create, edit, list, pause, postOf, remove, send, show } from '../src/asking/digest/doing.ts';
import { editForm, missingForm } from '../src/asking/digest/forms.ts';
import { digestFor, mayHere } from '../src/asking/digest/here.ts';
import { withForm, writtenOf } from '../src/asking/digest/written.ts';
import { roomFor } from '../src/digests/changes.ts';
import { composeNext } from '../src/digests/shown.ts';
import { composeHistory } from '../src/digests/shown-history.ts';
import { clear, settings, which } from './digest-options.ts';
import { group } from './shared.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

const complete = {
  situation: chooseSituation,
  also: chooseMore,
  zone: chooseZone,
  place: choosePlace,
  party: chooseParty,
  tags: chooseTags,
} as const;

export const digest = group(
  {
    name: 'digest',
    description: 'Standing orders: tell this channel what changed, at these times',
    options: [
      {
        type: Subcommand,
        name: 'create',
        description: 'Order a digest; what is missing is asked for',
        options: [...settings],
      },
      { type: Subcommand, name: 'list', description: 'The digests of this server, and how they stand' },
      {
        type: Subcommand,
        name: 'show',
        description: 'All settings of a digest, up to where it told, and when it comes next',
        options: [
          { ...which, required: false },
          { type: Text, name: 'post', description: 'One post once more: D7@2027-03-28T07:30', max_length: 120 },
        ],
      },
      {
        type: Subcommand,
        name: 'edit',
        description: 'Change a digest: by options, or without any by a form',
        options: [which, ...settings, clear],
      },
      { type: Subcommand, name: 'pause', description: 'Post nothing for a while', options: [which] },
      { type: Subcommand, name: 'resume', description: 'Post again', options: [which] },
      { type: Subcommand, name: 'delete', description: 'End a digest', options: [which] },
      {
        type: Subcommand,
        name: 'preview',
        description: 'Exactly what would be posted now; only you see it',
        options: [
          which,
          { type: Text, name: 'window', description: 'The records of an earlier preview, as its pages name them' },
        ],
      },
      {
        type: Subcommand,
        name: 'next',
        description: 'The next five moments, and what the clocks do to them',
        options: [which],
      },
      { type: Subcommand, name: 'send-now', description: 'Post what is new at once', options: [which] },
      { type: Subcommand, name: 'history', description: 'What became of every post, and why', options: [which] },
      {
        type: Subcommand,
        name: 'test',
        description: 'Post a message marked TEST, and see what Discord says',
        options: [which],
      },
    ],
  },
  {
    create: {
      ephemeral: true,
      complete,
      run: async (args, reading, asker) => {
        const { book } = await mayHere('digest.create', reading, asker);
        roomFor(book);
        const written = writtenOf(args);
        const form = await missingForm(written, reading, asker);
        return form ?? create(written, { sure: false, key: asker.key }, reading, asker);
      },
      forms: {
        save: async (filled, args, reading, asker) => ({
          show: await create(withForm(writtenOf(args), filled), { sure: false, key: asker.key }, reading, asker),
        }),
      },
      acts: {
        yes: async (args, reading, asker) => ({
          show: await create(writtenOf(args), { sure: true, key: args['key'] }, reading, asker),
          inPlace: true,
        }),
      },
    },
    list: {
      ephemeral: true,
      run: (_args, reading, asker) => list(reading, asker),
    },
    show: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: ({ digest: id, post }, reading, asker) =>
        post === undefined ? show(id, reading, asker) : postOf(post, reading, asker),
      acts: { about: { run: about, anyone: true } },
    },
    edit: {
      ephemeral: true,
      complete: { ...complete, digest: chooseDigest },
      run: async ({ digest: id, ...args }, reading, asker) => {
        const { state } = await digestFor('digest.edit', id, reading, asker);
        const written = writtenOf(args);
        if (Object.keys(written).length === 0) return editForm(state.digest, reading, asker);
        return edit(id, undefined, written, { sure: false, key: asker.key }, reading, asker);
      },
      forms: {
        save: async (filled, { digest: id, revision }, reading, asker) => ({
          show: await edit(id, revision, withForm({}, filled), { sure: false, key: asker.key }, reading, asker),
          inPlace: true,
        }),
      },
      acts: {
        open: async ({ digest: id }, reading, asker) => {
          const { state } = await digestFor('digest.edit', id, reading, asker);
          return editForm(state.digest, reading, asker);
        },
        yes: async (args, reading, asker) => ({
          show: await edit(
            args['digest'],
            args['revision'],
            writtenOf(args),
            { sure: true, key: args['key'] },
            reading,
            asker,
          ),
          inPlace: true,
        }),
      },
    },
    pause: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: ({ digest: id }, reading, asker) => pause(id, true, reading, asker),
      acts: {
        now: async ({ digest: id }, reading, asker) => ({ show: await pause(id, true, reading, asker), inPlace: true }),
      },
    },
    resume: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: ({ digest: id }, reading, asker) => pause(id, false, reading, asker),
      acts: {
        now: async ({ digest: id }, reading, asker) => ({
          show: await pause(id, false, reading, asker),
          inPlace: true,
        }),
      },
    },
    delete: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: async ({ digest: id }, reading, asker) =>
        deleting((await digestFor('digest.delete', id, reading, asker)).state),
      acts: {
        ask: async ({ digest: id }, reading, asker) => ({
          show: deleting((await digestFor('digest.delete', id, reading, asker)).state),
        }),
        yes: ({ digest: id }, reading, asker) => remove(id, reading, asker),
      },
    },
    preview: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: async ({ digest: id, window }, reading, asker) => {
        const { digests, guild, state } = await digestFor('digest.see', id, reading, asker);
        return digests.preview(guild, state.digest.id, window);
      },
    },
    next: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: async ({ digest: id }, reading, asker) =>
        composeNext((await digestFor('digest.see', id, reading, asker)).state, reading.now().getTime()),
    },
    'send-now': {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: ({ digest: id }, reading, asker) => send(id, false, reading, asker),
    },
    history: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: async ({ digest: id }, reading, asker) =>
        composeHistory((await digestFor('digest.see', id, reading, asker)).state),
    },
    test: {
      ephemeral: true,
      complete: { digest: chooseDigest },
      run: ({ digest: id }, reading, asker) => send(id, true, reading, asker),
    },
  },
);
