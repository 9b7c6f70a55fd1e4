import { beforeEach, describe, expect, test } from 'vitest';
import { type Books, openBooks } from '../../src/digests/books.ts';
import { createDigest, deleteDigest, editDigest, type Order, pauseDigest } from '../../src/digests/changes.ts';
import { MOST_DIGESTS } from '../../src/digests/digest.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { order as digest } from './orders.ts';

const { id: _id, guild: _guild, paused: _paused, createdBy: _by, createdAt: _at, revision: _r, ...ORDER } = digest();
const order = (change: Partial<Order> = {}): Order => ({ ...ORDER, ...change });
const NOW = new Date('2027-01-10T12:00:00Z');
const by = (key?: string, author = '300') => ({ guild: '100', author, key });

let books: Books;
beforeEach(async () => {
  books = await openBooks({ ledger: memoryLedger(), now: () => NOW.getTime() });
});
const create = (key?: string) => createDigest(books, by(key), order(), {}, NOW);

describe('digests are ordered', () => {
  test('one after the other, however many at once, each with a name of its own', async () => {
    const made = await Promise.all([create(), create(), create()]);
    expect(made.map((state) => state.digest.id)).toEqual(['D1', 'D2', 'D3']);
    expect(made[0]?.digest).toMatchObject({ createdBy: '300', createdAt: '2027-01-10T12:00:00.000Z', revision: 1 });
  });

  test('once by one interaction', async () => {
    await create('7');
    await expect(create('7')).rejects.toThrow('This was done already.');
    expect(books.of('100').digests.size).toBe(1);
  });

  test('not more than a server can have, even by two at once', async () => {
    for (let n = 1; n < MOST_DIGESTS; n += 1) await create();
    const both = await Promise.allSettled([create(), create()]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(books.of('100').digests.size).toBe(MOST_DIGESTS);
  });

  test('not with what a digest cannot be', async () => {
    await expect(createDigest(books, by(), order({ situations: [] }), {}, NOW)).rejects.toThrow(
      'A digest cannot be so: name at least one situation',
    );
    expect(books.of('100').digests.size).toBe(0);
  });
});

describe('digests are changed', () => {
  test('by the first of two who saw the same', async () => {
    const { digest: seen } = await create();
    const both = await Promise.allSettled([
      editDigest(books, by('1'), seen, order({ name: 'First' }), {}),
      editDigest(books, by('2', '301'), seen, order({ name: 'Second' }), {}),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { message: 'Somebody changed D1 while you did.' } });
    expect(books.of('100').digests.get('D1')?.digest).toMatchObject({ name: 'First', revision: 2, createdBy: '300' });
  });

  test('not where nothing would change', async () => {
    const { digest: seen } = await create();
    await expect(editDigest(books, by(), seen, order(), {})).rejects.toThrow('Nothing of D1 would change.');
  });

  test('paused, resumed and deleted once; the name is not given again', async () => {
    await create();
    expect((await pauseDigest(books, by(), 'd1', true)).digest.paused).toBe(true);
    await expect(pauseDigest(books, by(), 'D1', true)).rejects.toThrow('D1 is paused already.');
    expect((await pauseDigest(books, by(), 'D1', false)).digest.paused).toBe(false);
    await expect(pauseDigest(books, by(), 'D1', false)).rejects.toThrow('D1 is not paused.');
    await deleteDigest(books, by(), 'D1');
    await expect(deleteDigest(books, by(), 'D1')).rejects.toThrow('There is no digest “D1” here.');
    expect((await create()).digest.id).toBe('D2');
  });
});
