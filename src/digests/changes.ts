import { UserError } from '../errors.ts';
import { Duplicate } from '../ledger/errors.ts';
import type { Book, DigestState } from './book.ts';
import type { Books } from './books.ts';
import { type Digest, MOST_DIGESTS, digest as schema } from './digest.ts';
import type { DigestDraft, Seqs } from './records.ts';

/** Who changes a digest, and the interaction by which: the same twice is done once. */
export interface Orderer {
  readonly guild: string;
  readonly author: string;
  readonly key?: string | undefined;
}

/** All that is ordered; the rest of a digest is bookkeeping. */
export type Order = Omit<Digest, 'id' | 'guild' | 'paused' | 'createdBy' | 'createdAt' | 'revision'>;

/** The digest of this name, as it is now. Throws a UserError where there is none. */
export function stateOf(book: Book, id: string): DigestState {
  const state = book.digests.get(id.trim().toUpperCase());
  if (state) return state;
  throw new UserError(`There is no digest “${id.slice(0, 20)}” here.`, '/digest list shows those that there are.');
}

/** What a person ordered, checked as it is recorded. Throws a UserError. */
function checked(digest: Digest): Digest {
  const read = schema.safeParse(digest);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UserError(`A digest cannot be so: ${issue?.message ?? 'something in it is wrong'}.`);
}

const full = (): UserError =>
  new UserError(
    `This server has ${MOST_DIGESTS} digests, and can have no more.`,
    '/digest list shows them; delete one that nobody needs, or let one tell of several situations.',
  );

async function change(
  books: Books,
  { guild, author, key }: Orderer,
  decide: (book: Book) => DigestDraft | undefined,
): Promise<void> {
  try {
    await books.change(guild, (book) => {
      const draft = decide(book);
      return draft && [{ ...draft, author, ...(key !== undefined && { key: `digest:${key}` }) }];
    });
  } catch (thrown) {
    // A button that was pressed twice.
    if (!(thrown instanceof Duplicate)) throw thrown;
    throw new UserError('This was done already.', '/digest list shows how it stands.');
  }
}

/** Whether a server can have one more. Throws a UserError where it cannot. */
export function roomFor(book: Book): void {
  if (book.digests.size >= MOST_DIGESTS) throw full();
}

/** Records a new digest; resolves with how it stands. `since`: of situations that are not told from their beginning. */
export async function createDigest(
  books: Books,
  by: Orderer,
  order: Order,
  since: Seqs,
  now: Date,
): Promise<DigestState> {
  const made: Digest = {
    ...order,
    id: 'D1',
    guild: by.guild,
    paused: false,
    createdBy: by.author,
    createdAt: now.toISOString(),
    revision: 1,
  };
  let id = '';
  await change(books, by, (book) => {
    roomFor(book);
    id = book.next;
    return { kind: 'digest.created', body: { digest: checked({ ...made, id }), since } };
  });
  return stateOf(books.of(by.guild), id);
}

/**
 * Records an edit, made from the digest as it is at that moment. `revision`: as it was when the person saw it. Resolves
 * with how it stands; rejects with a UserError where somebody else was first, or nothing is changed.
 */
export async function editDigest(
  books: Books,
  by: Orderer,
  { id, revision }: Pick<Digest, 'id' | 'revision'>,
  order: Order,
  since: Seqs,
): Promise<DigestState> {
  await change(books, by, (book) => {
    const { digest } = stateOf(book, id);
    if (digest.revision !== revision)
      throw new UserError(`Somebody changed ${id} while you did.`, `/digest show digest: ${id} shows how it is now.`);
    const { guild, paused, createdBy, createdAt } = digest;
    const next = checked({ ...order, id, guild, paused, createdBy, createdAt, revision });
    if (JSON.stringify(next) === JSON.stringify(schema.parse(digest)))
      throw new UserError(`Nothing of ${id} would change.`, 'Give the options that are to be changed.');
    return { kind: 'digest.edited', body: { digest: { ...next, revision: revision + 1 }, since } };
  });
  return stateOf(books.of(by.guild), id);
}

/** Pauses or resumes. Resolves with how it stands; rejects with a UserError where it is so already. */
export async function pauseDigest(books: Books, by: Orderer, id: string, paused: boolean): Promise<DigestState> {
  await change(books, by, (book) => {
    const { digest } = stateOf(book, id);
    if (digest.paused === paused)
      throw new UserError(`${digest.id} is ${paused ? 'paused already' : 'not paused'}.`, 'Nothing was changed.');
    return { kind: paused ? 'digest.paused' : 'digest.resumed', body: { id: digest.id } };
  });
  return stateOf(books.of(by.guild), id);
}

export async function deleteDigest(books: Books, by: Orderer, id: string): Promise<void> {
  await change(books, by, (book) => ({ kind: 'digest.deleted', body: { id: stateOf(book, id).digest.id } }));
}
