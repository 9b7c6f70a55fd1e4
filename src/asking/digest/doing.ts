import type { Document } from '../../briefing/document.ts';
import { createDigest, deleteDigest, editDigest, pauseDigest, roomFor, stateOf } from '../../digests/changes.ts';
import { digestOfPost } from '../../digests/post.ts';
import { composeAbout, composeList, composeShow } from '../../digests/shown.ts';
import { UserError } from '../../errors.ts';
import { findSituation } from '../asking.ts';
import type { Asker, Shown } from '../command.ts';
import { standingAt } from '../desk.ts';
import type { Reading } from '../reading.ts';
import { confirming, delivered, saved, tagNames } from './answers.ts';
import { digestFor, digestsHere, mayHere, namingFor } from './here.ts';
import { readOrder } from './order.ts';
import type { Written } from './written.ts';

type Args = Readonly<Record<string, string>>;

/** `sure`: what is odd about it was confirmed. `key`: of the interaction with which it was first written. */
interface Sent {
  readonly sure: boolean;
  readonly key: string | undefined;
}

/** A digest as it was ordered; or the question whether what is odd about it is meant. */
export async function create(written: Written, { sure, key }: Sent, reading: Reading, asker: Asker): Promise<Document> {
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
export async function edit(
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

/** Pauses or resumes. */
export async function pause(
  id: string | undefined,
  paused: boolean,
  reading: Reading,
  asker: Asker,
): Promise<Document> {
  const { digests, guild, state } = await digestFor('digest.edit', id, reading, asker);
  const by = { guild, author: asker.user, key: asker.key };
  const next = await pauseDigest(digests.books, by, state.digest.id, paused);
  const done = paused
    ? 'Paused: nothing is posted until somebody resumes it.'
    : 'Resumed: what it would have told meanwhile comes with the next one.';
  return saved(next, done, [], false, digests, reading, asker);
}

/** Ends a digest: who deletes it was asked before. */
export async function remove(
  id: string | undefined,
  reading: Reading,
  asker: Asker,
): Promise<{ readonly say: string }> {
  const { digests, guild, state } = await digestFor('digest.delete', id, reading, asker);
  const { digest } = state;
  await deleteDigest(digests.books, { guild, author: asker.user, key: asker.key }, digest.id);
  return {
    say: `${digest.id} “${digest.name}” is deleted: nothing more is posted. /desk log keeps who ordered and who deleted it.`,
  };
}

/** A post as it was, for everyone who may read of its situations. */
export async function postOf(post: string, reading: Reading, asker: Asker): Promise<Document> {
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

/** The digests of the server in which somebody asks. */
export async function list(reading: Reading, asker: Asker): Promise<Document> {
  const { book } = await mayHere('digest.see', reading, asker);
  return composeList(book, await namingFor(reading, asker), reading.now().getTime());
}

/** One digest with all its settings; all of them where none is named. */
export async function show(id: string | undefined, reading: Reading, asker: Asker): Promise<Document> {
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
export async function about({ post = '' }: Args, reading: Reading, asker: Asker): Promise<Shown> {
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

/** Posts what is new, or a test, and tells what Discord said. */
export async function send(id: string, test: boolean, reading: Reading, asker: Asker): Promise<Document> {
  const { digests, guild, state } = await digestFor('digest.send', id, reading, asker);
  const { key = '', user } = asker;
  const delivery = await (test ? digests.test : digests.sendNow)(guild, state.digest.id, key, user);
  return delivered(state, delivery, test);
}
