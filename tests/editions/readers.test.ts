import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edition, Showing } from '../../src/editions/edition.ts';
import { editionNumber } from '../../src/editions/edition.ts';
import { openReaders } from '../../src/editions/readers.ts';
import type { ReaderEvent } from '../../src/editions/readership.ts';
import { about, foldReaders, moves } from '../../src/editions/readership.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { NOW } from '../support/sample.ts';

const now = () => new Date(NOW);
const HERE = { guild: '1', user: 'ann' };

const claim = (change: Partial<Showing> = {}): Showing => ({
  situation: 'river-2024',
  kind: 'brief',
  asker: 'ann',
  channel: 'news',
  private: false,
  ...change,
});
const edition = (change: Partial<Edition> = {}): Omit<Edition, 'number'> & { number?: number } => ({
  ...claim(),
  messages: ['m'],
  seq: 10,
  request: { path: 'brief', args: { situation: 'river-2024' } },
  shows: { E1: 3 },
  ...change,
});
const fresh = (ledger: Ledger = memoryLedger()) => ({ ledger, readers: openReaders({ ledger, now }) });

describe('numbers', () => {
  test('count up within a guild, each guild and each person by itself', async () => {
    const { readers } = fresh();
    expect(await readers.claim(HERE, claim(), 'a')).toBe(1);
    expect(await readers.claim(HERE, claim(), 'b')).toBe(2);
    expect(await readers.claim({ guild: '2', user: 'ann' }, claim(), 'c')).toBe(1);
    expect(await readers.claim({ guild: null, user: 'ann' }, claim(), 'd')).toBe(1);
  });

  test('differ for all who ask at once, also in two processes on one ledger', async () => {
    const { ledger, readers } = fresh();
    const others = openReaders({ ledger, now });
    const numbers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? readers : others).claim(HERE, claim(), `i${i}`)),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });

  test('stay the same for the same interaction: asked again at once, and once it was shown also after a restart', async () => {
    const { ledger, readers } = fresh();
    const twice = await Promise.all([readers.claim(HERE, claim(), 'a'), readers.claim(HERE, claim(), 'a')]);
    expect(twice).toEqual([1, 1]);
    expect(await readers.claim(HERE, claim(), 'b')).toBe(2);
    await readers.shown(HERE, edition({ number: 1 }), 'a');
    expect(await openReaders({ ledger, now }).claim(HERE, claim(), 'a')).toBe(1);
    await readers.shown(HERE, edition({ number: 1, messages: ['other'] }), 'a');
    expect((await readers.edition(HERE, 1))?.messages).toEqual(['m']);
  });

  test('of what was lost are not given again', async () => {
    const { readers } = fresh();
    await readers.lost(HERE, await readers.claim(HERE, claim(), 'a'), 'failed', 'a');
    expect(await readers.claim(HERE, claim(), 'b')).toBe(2);
    expect(await readers.edition(HERE, 1)).toBeUndefined();
  });

  test('come from a reserve once a stream is in use, which a restart gives up', async () => {
    const { ledger, readers } = fresh();
    await readers.shown(HERE, edition({ number: await readers.claim(HERE, claim(), 'a') }), 'a');
    await ledger.head('guild/1');
    let appends = 0;
    ledger.follow(() => (appends += 1));
    expect(await readers.claim(HERE, claim(), 'b')).toBe(2);
    expect(appends).toBe(0);
    expect(await openReaders({ ledger, now }).claim(HERE, claim(), 'c')).toBe(6);
  });

  test('a clock that was set back refuses nothing', async () => {
    const ledger = memoryLedger();
    await openReaders({ ledger, now: () => new Date('2030-01-01T00:00:00.000Z') }).claim(HERE, claim(), 'a');
    expect(await openReaders({ ledger, now }).claim(HERE, claim(), 'b')).toBe(2);
  });

  test('a ledger that takes nothing more says so, and nothing hangs', async () => {
    const { ledger, readers } = fresh();
    await readers.claim(HERE, claim(), 'a');
    await ledger.close();
    await expect(readers.claim(HERE, claim(), 'b')).rejects.toThrow('closed');
    await expect(readers.shown(HERE, edition({ number: 1 }), 'a')).rejects.toThrow('closed');
  });

  test.each(['B41', 'b41', ' #B41 '])('are read from %j', (written) => expect(editionNumber(written)).toBe(41));
  test.each(['41', 'B0', 'B', 'B-1', 'B1.5', 'E41', 'B9999999999', 'B41; drop', 'Б41'])('are not read from %j', (w) =>
    expect(editionNumber(w)).toBeUndefined(),
  );
});

describe('what was last shown', () => {
  test('is of a channel and of a person, not of another channel, and survives a restart', async () => {
    const { ledger, readers } = fresh();
    await readers.shown(HERE, edition({ channel: 'news', seq: 10 }), 'a');
    await readers.shown(HERE, edition({ channel: 'desk', seq: 12, asker: 'bob' }), 'b');
    for (const known of [readers, openReaders({ ledger, now })]) {
      expect((await known.last(HERE, 'river-2024', { channel: 'news' }))?.number).toBe(1);
      expect((await known.last(HERE, 'river-2024', { channel: 'desk' }))?.number).toBe(2);
      expect(await known.last(HERE, 'river-2024', { channel: 'hall' })).toBeUndefined();
      expect(await known.last(HERE, 'other', { channel: 'news' })).toBeUndefined();
      expect((await known.last(HERE, 'river-2024', { person: 'bob' }))?.number).toBe(2);
    }
  });

  test('alone does not move the channel', async () => {
    const { readers } = fresh();
    await readers.shown(HERE, edition({ private: true, messages: [] }), 'a');
    expect(await readers.last(HERE, 'river-2024', { channel: 'news' })).toBeUndefined();
    expect((await readers.last(HERE, 'river-2024', { person: 'ann' }))?.number).toBe(1);
  });

  test('waits for what is on its way there, and counts it only if it arrives', async () => {
    const { readers } = fresh();
    const [first, second] = [await readers.claim(HERE, claim(), 'a'), await readers.claim(HERE, claim(), 'b')];
    const last = readers.last(HERE, 'river-2024', { channel: 'news' });
    await readers.shown(HERE, edition({ number: first }), 'a');
    await readers.lost(HERE, second, 'failed', 'b');
    expect((await last)?.number).toBe(1);
  });

  test('does not wait for ever', async () => {
    const { readers } = fresh();
    await readers.claim(HERE, claim(), 'a');
    expect(await readers.last(HERE, 'river-2024', { channel: 'news' })).toBeUndefined();
  });

  const at = (seq: number, change: Partial<Edition> = {}): Edition => ({ ...edition(), number: 1, seq, ...change });
  test.each([
    ['a brief', at(10), undefined, true],
    ['a newer brief', at(12), at(10), true],
    ['a look back', at(8), at(10), false],
    ['a brief of one place', at(12, { request: { path: 'brief', args: { place: 'ford' } } }), at(10), false],
    ['changes from the line on', at(12, { kind: 'changes', since: 10 }), at(10), true],
    ['changes from before the line', at(12, { kind: 'changes', since: 2 }), at(10), true],
    ['changes that leave a gap', at(12, { kind: 'changes', since: 11 }), at(10), false],
    ['the first changes', at(12, { kind: 'changes', since: 12 }), undefined, true],
    ['casualties', at(12, { kind: 'casualties' }), at(10), false],
    ['a timeline', at(12, { kind: 'timeline' }), undefined, false],
    ['an entry', at(12, { kind: 'entry' }), undefined, false],
  ])('is moved by %s: %#', (_, shown, from, moved) => expect(moves(shown, from)).toBe(moved));
});

describe('a marker', () => {
  test('is the person’s wherever it was set, never moves back, and survives a restart', async () => {
    const { ledger, readers } = fresh();
    expect(await readers.marker('ann', 'river-2024')).toBeUndefined();
    await readers.setMarker('ann', 'river-2024', 7);
    await readers.setMarker('ann', 'river-2024', 5);
    expect(await readers.marker('ann', 'river-2024')).toBe(7);
    expect(await openReaders({ ledger, now }).marker('ann', 'river-2024')).toBe(7);
    expect(await readers.marker('bob', 'river-2024')).toBeUndefined();
  });
});

test('a stream that nobody asks for is not read', async () => {
  const ledger = memoryLedger();
  await openReaders({ ledger, now }).claim(HERE, claim(), 'a');
  const read: string[] = [];
  const readers = openReaders({
    ledger: { ...ledger, read: (stream, from) => (read.push(stream), ledger.read(stream, from)) },
    now,
  });
  await openReaders({ ledger, now }).claim({ guild: '2', user: 'x' }, claim(), 'a');
  expect(read).toEqual([]);
  await readers.edition(HERE, 1);
  expect(new Set(read)).toEqual(new Set(['guild/1']));
});

describe('the fold', () => {
  const person = fc.constantFrom('ann', 'bob');
  const step = fc.record({
    shown: fc.boolean(),
    kind: fc.constantFrom<Edition['kind']>('brief', 'changes', 'timeline'),
    asker: person,
    channel: fc.constantFrom('news', 'desk'),
    private: fc.boolean(),
    seq: fc.nat({ max: 20 }),
    since: fc.nat({ max: 20 }),
  });
  const history = fc.array(step, { maxLength: 30 }).map((steps) =>
    steps.flatMap((s, i): ReaderEvent[] => {
      const number = i + 1;
      const { shown, seq, since, ...who } = s;
      const stamp = (n: number) => ({ seq: n, at: NOW });
      return [
        { ...stamp(2 * i + 1), kind: 'edition.claimed', body: { number } },
        shown
          ? { ...stamp(2 * i + 2), kind: 'edition.shown', body: { ...edition({ ...who, seq, since }), number } }
          : { ...stamp(2 * i + 2), kind: 'edition.lost', body: { number, why: 'failed' } },
      ];
    }),
  );

  test('is the same in whatever portions the records come, also where some come twice', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 60 }), fc.nat({ max: 10 }), (records, cut, again) => {
        const whole = foldReaders(records);
        const parts = foldReaders(records.slice(Math.max(0, cut - again)), foldReaders(records.slice(0, cut)));
        expect(parts).toEqual(whole);
      }),
    );
  });

  test('a line is an edition that was shown there, no newer one that moves it was passed over, and it never goes back', () => {
    fc.assert(
      fc.property(history, (records) => {
        let before = -1;
        for (let n = 0; n <= records.length; n += 1) {
          const known = foldReaders(records.slice(0, n));
          const line = known.ofChannel.get(about('news', 'river-2024'));
          if (!line) continue;
          expect(line.private).toBe(false);
          expect(line.channel).toBe('news');
          expect(known.editions.get(line.number)).toBe(line);
          expect(line.seq).toBeGreaterThanOrEqual(before);
          before = line.seq;
          const briefs = [...known.editions.values()].filter(
            (e) => e.kind === 'brief' && e.channel === 'news' && !e.private,
          );
          for (const brief of briefs) expect(line.seq).toBeGreaterThanOrEqual(brief.seq);
        }
      }),
    );
  });

  test('what was lost is no edition, and its number is never the next', () => {
    fc.assert(
      fc.property(history, (records) => {
        const known = foldReaders(records);
        const lost = records.flatMap((r) => (r.kind === 'edition.lost' ? [r.body.number] : []));
        for (const number of lost) expect(known.editions.has(number)).toBe(false);
        expect(known.next).toBe(records.length / 2 + 1);
      }),
    );
  });
});
