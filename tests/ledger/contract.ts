import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { BadDraft, Conflict, Duplicate, ReadOnly } from '../../src/ledger/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { draft } from './drafts.ts';

/** What every ledger does, whatever it is made of. `make` gives a fresh, empty one. */
export const ledgerContract = (name: string, make: () => Promise<Ledger>): void => {
  describe(`${name} as a ledger`, () => {
    const open: Ledger[] = [];
    const fresh = async (): Promise<Ledger> => {
      const ledger = await make();
      open.push(ledger);
      return ledger;
    };
    afterEach(async () => {
      for (const ledger of open.splice(0)) await ledger.close();
    });

    test('an unknown stream is empty, stands at 0 and is not listed', async () => {
      const ledger = await fresh();
      expect(await ledger.head('sources')).toBe(0);
      expect(await ledger.read('sources')).toEqual([]);
      expect(await ledger.streams()).toEqual([]);
    });

    test('records get consecutive numbers and come back as they were said', async () => {
      const ledger = await fresh();
      expect(
        await ledger.append('sources', 0, [draft('a', { key: 'k1' }), draft({ b: [1, null, 'Köprü 🌉 حلب\n'] })]),
      ).toBe(2);
      expect(await ledger.append('sources', 2, [draft('c')])).toBe(3);
      expect(await ledger.read('sources')).toEqual([
        { seq: 1, ...draft('a', { key: 'k1' }) },
        { seq: 2, ...draft({ b: [1, null, 'Köprü 🌉 حلب\n'] }) },
        { seq: 3, ...draft('c') },
      ]);
      expect(await ledger.head('sources')).toBe(3);
    });

    test('reading from a number gives what came after it', async () => {
      const ledger = await fresh();
      await ledger.append('s', 0, [draft(1), draft(2), draft(3)]);
      expect((await ledger.read('s', 1)).map(({ seq }) => seq)).toEqual([2, 3]);
      expect(await ledger.read('s', 3)).toEqual([]);
      expect(await ledger.read('s', 99)).toEqual([]);
    });

    test('streams are apart from each other and listed by name', async () => {
      const ledger = await fresh();
      await ledger.append('situation/aleppo-2024', 0, [draft('x')]);
      await ledger.append('guild/123', 0, [draft('y')]);
      expect(await ledger.streams()).toEqual(['guild/123', 'situation/aleppo-2024']);
      expect((await ledger.read('guild/123')).map(({ body }) => body)).toEqual(['y']);
    });

    test.each([0, 2, -1, 0.5])('expecting head %s when it is 1 is a conflict and records nothing', async (expected) => {
      const ledger = await fresh();
      await ledger.append('s', 0, [draft('first')]);
      const late = ledger.append('s', expected, [draft('late')]);
      await expect(late).rejects.toMatchObject({ name: 'Conflict', stream: 's', expected, head: 1 });
      await expect(late).rejects.toBeInstanceOf(Conflict);
      expect(await ledger.head('s')).toBe(1);
    });

    test('of two appends at one head the first wins, and when the other hears of it the first can be read', async () => {
      const ledger = await fresh();
      const first = ledger.append('s', 0, [draft('first')]);
      await expect(ledger.append('s', 0, [draft('second')])).rejects.toBeInstanceOf(Conflict);
      expect((await ledger.read('s')).map(({ body }) => body)).toEqual(['first']);
      await first;
    });

    test('appends may follow each other without waiting, each at the head the one before will leave', async () => {
      const ledger = await fresh();
      const heads = await Promise.all([
        ledger.append('s', 0, [draft(1), draft(2)]),
        ledger.append('s', 2, [draft(3)]),
        ledger.append('s', 3, [draft(4)]),
      ]);
      expect(heads).toEqual([2, 3, 4]);
      expect((await ledger.read('s')).map(({ body }) => body)).toEqual([1, 2, 3, 4]);
    });

    test('a key that was recorded is a duplicate that names its record, whatever head is expected', async () => {
      const ledger = await fresh();
      await ledger.append('s', 0, [draft('a', { key: 'i1' }), draft('b', { key: 'i2' })]);
      for (const expected of [0, 2, 7]) {
        const again = ledger.append('s', expected, [draft('new'), draft('b', { key: 'i2' })]);
        await expect(again).rejects.toBeInstanceOf(Duplicate);
        await expect(again).rejects.toMatchObject({ key: 'i2', seq: 2 });
      }
      expect(await ledger.head('s')).toBe(2);
      expect(await ledger.append('other', 0, [draft('b', { key: 'i2' })])).toBe(1);
    });

    test('a key that is being recorded is a duplicate once it is recorded', async () => {
      const ledger = await fresh();
      const first = ledger.append('s', 0, [draft('a', { key: 'i1' })]);
      await expect(ledger.append('s', 0, [draft('a', { key: 'i1' })])).rejects.toMatchObject({
        name: 'Duplicate',
        seq: 1,
      });
      expect(await ledger.head('s')).toBe(1);
      expect(await first).toBe(1);
    });

    test('a record cannot be dated before the last one', async () => {
      const ledger = await fresh();
      await ledger.append('s', 0, [draft('a', { at: '2026-11-23T09:00:00.001Z' })]);
      await expect(ledger.append('s', 1, [draft('b')])).rejects.toThrow(
        'stream s: a record dated 2026-11-23T09:00:00.000Z cannot follow one dated 2026-11-23T09:00:00.001Z',
      );
      expect(await ledger.append('s', 1, [draft('b', { at: '2026-11-23T09:00:00.001Z' })])).toBe(2);
    });

    test.each([
      ['a time without milliseconds', draft('x', { at: '2026-11-23T09:00:00Z' })],
      ['a time that does not exist', draft('x', { at: '2026-13-23T09:00:00.000Z' })],
      ['no author', draft('x', { author: '' })],
      ['no kind', draft('x', { kind: '' })],
      ['an empty key', draft('x', { key: '' })],
      ['no body', { ...draft(), body: undefined }],
      ['a body JSON cannot hold', draft(1n)],
      ['a time before its neighbour', draft('x', { at: '2026-11-23T08:59:59.999Z' })],
      ['the key of its neighbour', draft('x', { key: 'same' })],
    ])('an append with %s is refused as a whole', async (_, bad) => {
      const ledger = await fresh();
      await expect(ledger.append('s', 0, [draft('good', { key: 'same' }), bad])).rejects.toBeInstanceOf(BadDraft);
      expect(await ledger.streams()).toEqual([]);
    });

    test('what the caller does to the body afterwards changes nothing', async () => {
      const ledger = await fresh();
      const body = { list: [1], gone: undefined };
      const appended = ledger.append('s', 0, [draft(body)]);
      body.list.push(2);
      await appended;
      expect(JSON.stringify((await ledger.read('s'))[0]?.body)).toBe('{"list":[1]}');
    });

    test('an append of nothing answers with the head', async () => {
      const ledger = await fresh();
      expect(await ledger.append('s', 0, [])).toBe(0);
      await expect(ledger.append('s', 1, [])).rejects.toBeInstanceOf(Conflict);
      expect(await ledger.streams()).toEqual([]);
    });

    test('followers are told once, in order, before the append resolves; ended ones are not', async () => {
      const ledger = await fresh();
      const heard: unknown[] = [];
      const end = ledger.follow((stream, records) => heard.push([stream, records.map(({ seq }) => seq)]));
      ledger.follow(() => {
        throw new Error('a broken follower');
      });
      await ledger.append('s', 0, [draft(1), draft(2)]);
      expect(heard).toEqual([['s', [1, 2]]]);
      await Promise.all([ledger.append('s', 2, [draft(3)]), ledger.append('t', 0, [draft(4)])]);
      expect(heard.slice(1)).toEqual(
        expect.arrayContaining([
          ['s', [3]],
          ['t', [1]],
        ]),
      );
      end();
      await ledger.append('s', 3, [draft(5)]);
      expect(heard).toHaveLength(3);
    });

    test('a stream needs a name a file can have', async () => {
      const ledger = await fresh();
      for (const bad of ['', 'x'.repeat(300), '\ud800']) {
        await expect(ledger.append(bad, 0, [draft()])).rejects.toBeInstanceOf(RangeError);
      }
    });

    test('after closing, reading goes on and appending is refused', async () => {
      const ledger = await fresh();
      const last = ledger.append('s', 0, [draft('a')]);
      await ledger.close();
      expect(await last).toBe(1);
      await expect(ledger.append('s', 1, [draft('b')])).rejects.toBeInstanceOf(ReadOnly);
      expect(await ledger.head('s')).toBe(1);
    });

    test('many writers who read, decide and retry leave no hole, no double, and everyone’s order', async () => {
      const writer = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 });
      const plan = fc.array(fc.record({ stream: fc.constantFrom('a', 'b'), sizes: writer }), {
        minLength: 1,
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(plan, async (writers) => {
          const ledger = await make();
          const told = new Map<string, number[]>();
          ledger.follow((stream, records) => {
            told.set(stream, [...(told.get(stream) ?? []), ...records.map(({ seq }) => seq)]);
          });
          try {
            await Promise.all(writers.map(({ stream, sizes }, author) => write(ledger, stream, `w${author}`, sizes)));
            for (const stream of await ledger.streams()) {
              const records = await ledger.read(stream);
              const mine = writers
                .map((one, author) => ({ ...one, author: `w${author}` }))
                .filter((one) => one.stream === stream);
              const total = mine.flatMap(({ sizes }) => sizes).reduce((sum, size) => sum + size, 0);
              expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
              expect(told.get(stream)).toEqual(records.map(({ seq }) => seq));
              for (const { author, sizes } of mine) {
                const own = records.filter((record) => record.author === author);
                expect(own.map(({ body }) => body)).toEqual(bodies(sizes));
                for (const [index, { seq }] of own.entries()) {
                  if (sameAppend(own, index)) expect(own[index - 1]?.seq).toBe(seq - 1);
                }
              }
            }
          } finally {
            await ledger.close();
          }
        }),
        { numRuns: 25 },
      );
    });
  });
};

const bodies = (sizes: readonly number[]): string[] =>
  sizes.flatMap((size, append) => Array.from({ length: size }, (_, part) => `${append}.${part}`));

/** Whether a writer's record belongs to the same append as its record before. */
const sameAppend = (own: readonly { body: unknown }[], index: number): boolean =>
  index > 0 && String(own[index]?.body).split('.')[0] === String(own[index - 1]?.body).split('.')[0];

const write = async (ledger: Ledger, stream: string, author: string, sizes: readonly number[]): Promise<void> => {
  for (const [append, size] of sizes.entries()) {
    const drafts = Array.from({ length: size }, (_, part) => draft(`${append}.${part}`, { author }));
    for (;;) {
      try {
        await ledger.append(stream, await ledger.head(stream), drafts);
        break;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }
};
