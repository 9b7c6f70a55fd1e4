import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseParty, choosePlace, chooseSituation, findSituation, type Reading } from '../src/asking/asking.ts';
import type { Asker, Shown } from '../src/asking/command.ts';
import { standingAt } from '../src/asking/desk.ts';
import { confirming, deleting, delivered, saved, tagNames } from '../src/asking/digest/answers.ts';
import { chooseDigest, chooseMore, chooseTags, chooseZone } from '../src/asking/digest/choose.ts';
import { editForm, missingForm } from '../src/asking/digest/forms.ts';
import { digestFor, digestsHere, mayHere, namingFor } from '../src/asking/digest/here.ts';
import { readOrder } from '../src/asking/digest/order.ts';
import { type Written, withForm, writtenOf } from '../src/asking/digest/written.ts';
import type { Document } from '../src/briefing/document.ts';
import { createDigest, deleteDigest, editDigest, pauseDigest, roomFor, stateOf } from '../src/digests/changes.ts';
import { digestOfPost } from '../src/digests/post.ts';
import { composeAbout, composeList, composeNext, composeShow } from '../src/digests/shown.ts';
import { composeHistory } from '../src/digests/shown-history.ts';
import { UserError } from '../src/errors.ts';
import { clear, settings, which } from './digest-options.ts';
import { group } from './shared.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

type Args = Readonly<Record<string, string>>;

/** `sure`: what is odd about it was confirmed. `key`: of the interaction with which it was first written. */
interface Sent {
  readonly sure: boolean;
  readonly key: string | undefined;
}

async function create(written: Written, { sure, key }: Sent, reading: Reading, asker: Asker): Promise<Document> {
  const { digests, guild, book } = await mayHere('digest.create', reading, asker);
  roomFor(book);
  const { order, since, asks, notes } = await readOrder(written, undefined, reading, asker);
  if (asks.length > 0 && !sure) {
    const args = { ...written, ...(key !== undefined && { key }) };
    return confirming({ order, asks }, { label: 'Yes, create it', act: 'digest create yes', args }, +reading.now());
  }
  const by = { guild, author: asker.user, key };
  const state = await createDigest(digests.books, by, order, since, reading.now());
  return saved(state, 'Created.', notes, true, digests, reading, asker);
}

/** `revision`: as the digest was when the person saw it; absent: as it is now. */
async function edit(
  id: string | undefined,
  revision: string | undefined,
  written: Written,
  { sure, key }: Sent,
  reading: Reading,
  asker: Asker,
): Promise<Document> {
  const { digests, guild, state } = await digestFor('digest.edit', id, reading, asker);
  const { digest } = state;
  const seen = revision === undefined ? digest.revision : Number(revision);
  if (seen !== digest.revision)
    throw new UserError(
      `Somebody changed ${digest.id} while you did.`,
      'Look at it again, and repeat what is missing.',
    );
  const { order, since, asks, notes } = await readOrder(written, digest, reading, asker);
  if (asks.length > 0 && !sure) {
    const args = { ...written, digest: digest.id, revision: String(seen), ...(key !== undefined && { key }) };
    return confirming({ order, asks }, { label: 'Yes, change it', act: 'digest edit yes', args }, +reading.now());
  }
  const scheduled = JSON.stringify(order.schedule) !== JSON.stringify(digest.schedule);
  const by = { guild, author: asker.user, key };
  const next = await editDigest(digests.books, by, { id: digest.id, revision: seen }, order, since);
  return saved(next, 'Changed.', notes, scheduled, digests, reading, asker);
}

async function pause(id: string | undefined, paused: boolean, reading: Reading, asker: Asker): Promise<Document> {
  const { digests, guild, state } = await digestFor('digest.edit', id, reading, asker);
  const by = { guild, author: asker.user, key: asker.key };
  const next = await pauseDigest(digests.books, by, state.digest.id, paused);
  const done = paused
    ? 'Paused: nothing is posted until somebody resumes it.'
    : 'Resumed: what it would have told meanwhile comes with the next one.';
  return saved(next, done, [], false, digests, reading, asker);
}

async function remove(id: string | undefined, reading: Reading, asker: Asker): Promise<{ readonly say: string }> {
  const { digests, guild, state } = await digestFor('digest.delete', id, reading, asker);
  const { digest } = state;
  await deleteDigest(digests.books, { guild, author: asker.user, key: asker.key }, digest.id);
  return {
    say: `${digest.id} “${digest.name}” is deleted: nothing more is posted. /desk log keeps who ordered and who deleted it.`,
  };
}

/** A post as it was, for everyone who may read of its situations. */
async function postOf(post: string, reading: Reading, asker: Asker): Promise<Document> {
  const { digests, guild } = digestsHere(reading, asker);
  const gone = new UserError('That post is not known here.', '/digest history lists the posts of a digest.');
  const told = await digests.told(guild, post);
  if (!told) throw gone;
  // What may not be read is not there.
  // oxlint-disable-next-line no-await-in-loop -- ten at most, from memory
  for (const slug of told.situations)
    await findSituation(slug, reading, asker).catch(() => {
      throw gone;
    });
  return told.document;
}

async function list(reading: Reading, asker: Asker): Promise<Document> {
  const { book } = await mayHere('digest.see', reading, asker);
  return composeList(book, await namingFor(reading, asker), reading.now().getTime());
}

async function show(id: string | undefined, reading: Reading, asker: Asker): Promise<Document> {
  if (id === undefined) return list(reading, asker);
  const { state } = await digestFor('digest.see', id, reading, asker);
  return composeShow(state, {
    naming: await namingFor(reading, asker),
    now: reading.now().getTime(),
    tags: tagNames(state.digest, reading, asker),
    manages: (await standingAt(undefined, reading, asker)) === 'admin',
  });
}

/** For everybody who sees the message: it is told who ordered it, and how it is stopped. */
async function about({ post = '' }: Args, reading: Reading, asker: Asker): Promise<Shown> {
  const { book } = digestsHere(reading, asker);
  const id = digestOfPost(post);
  if (!book.digests.has(id))
    throw new UserError(
      'This digest was deleted: nothing more comes of it.',
      'Somebody of the desk sees in /desk log who ordered and who deleted it.',
    );
  const naming = await namingFor(reading, asker);
  return { show: composeAbout(stateOf(book, id), naming, reading.now().getTime()) };
}

async function send(id: string, test: boolean, reading: Reading, asker: Asker): Promise<Document> {
  const { digests, guild, state } = await digestFor('digest.send', id, reading, asker);
  const { key = '', user } = asker;
  const delivery = await (test ? digests.test : digests.sendNow)(guild, state.digest.id, key, user);
  return delivered(state, delivery, test);
}

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
