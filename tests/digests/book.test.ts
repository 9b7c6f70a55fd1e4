import { describe, expect, test } from 'vitest';
import { openAgenda } from '../../src/digests/agenda.ts';
import { type DigestState, guildStream } from '../../src/digests/book.ts';
import { openBooks } from '../../src/digests/books.ts';
import { nextDue, owedOf, upcoming } from '../../src/digests/next.ts';
import { nonceOf, postName } from '../../src/digests/post.ts';
import { quietUntil } from '../../src/digests/quiet.ts';
import type { DigestDraft } from '../../src/digests/records.ts';
import { openReaders } from '../../src/editions/readers.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { at, claim, cron, daily, iso, order } from './orders.ts';

const HOUR = 3_600_000;
const CREATED = at('2027-01-10T12:00Z');
/** Monday to Thursday, 07:30 in Berlin. */
const [MON, TUE, WED] = [11, 12, 13].map((day) => ({
  wall: `2027-01-${day}T07:30`,
  at: at(`2027-01-${day}T06:30Z`),
})) as [{ wall: string; at: number }, { wall: string; at: number }, { wall: string; at: number }];

/** A desk with one digest, whose clock is moved by hand. */
async function desk(ledger: Ledger = memoryLedger()) {
  let clock = CREATED;
  const books = await openBooks({ ledger, now: () => clock });
  const write = (...drafts: DigestDraft[]) => books.change('100', () => drafts);
  const state = (id = 'D1'): DigestState => {
    const found = books.of('100').digests.get(id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  return { ledger, books, write, state, set: (to: number) => (clock = to) };
}
const created = (change = {}): DigestDraft => ({
  kind: 'digest.created',
  body: { digest: order(change), since: { 'river-2024': 10 } },
});
const sent = (slot: { wall: string; at: number }): DigestDraft => ({
  kind: 'digest.sent',
  body: { id: 'D1', post: postName.slot('D1', slot), channel: '200', message: '900', how: 'posted' },
});
const outcomes = (state: DigestState) => [...state.history.values()].map(({ name, outcome }) => `${name} ${outcome}`);

describe('the book of a guild', () => {
  test('begins after a digest was created, with what it tells from', async () => {
    const { write, state, books } = await desk();
    await write(created());
    expect(state().told).toEqual({ 'river-2024': 10 });
    expect(nextDue(state())).toBe(MON.at);
    expect(books.of('100').next).toBe('D2');
  });

  test('a claim settles the slot before anything is sent, and stays open until its outcome is known', async () => {
    const { write, state } = await desk();
    await write(created(), claim(MON));
    expect(state().mark).toEqual({ at: MON.at, wall: MON.wall });
    expect(nextDue(state())).toBe(TUE.at);
    expect(owedOf(state(), MON.at + HOUR).due).toBeUndefined();
    const [open] = state().open.values();
    expect(open?.intent).toMatchObject({ post: 'D1@2027-01-11T07:30', attempt: 1, payload: { content: 'as it was' } });
    expect(state().told).toEqual({ 'river-2024': 10 });
    await write(sent(MON));
    expect(state().open.size).toBe(0);
    expect(state().told).toEqual({ 'river-2024': 20 });
    expect(state().last).toMatchObject({ message: '900', channel: '200' });
    expect(outcomes(state())).toEqual(['D1@2027-01-11T07:30 sent']);
    expect(JSON.stringify([...state().history.values()])).not.toContain('as it was');
  });

  test('a claim that is taken over keeps its first time, and the same attempt is never claimed twice', async () => {
    const { write, state, set, books } = await desk();
    await write(created(), claim(MON));
    set(CREATED + HOUR);
    await write(claim(MON, { attempt: 2 }));
    expect([...state().open.values()]).toMatchObject([
      { first: iso(CREATED), at: iso(CREATED + HOUR), intent: { attempt: 2 } },
    ]);
    let asked = 0;
    const again = books.change('100', (book) => {
      asked += 1;
      const attempt = book.digests.get('D1')?.open.get('D1@2027-01-11T07:30')?.intent.attempt;
      return asked === 1 ? [claim(MON, { attempt: 2 })] : attempt === 2 ? undefined : [claim(MON, { attempt: 3 })];
    });
    expect(await again).toBe(false);
    expect(asked).toBe(2);
  });

  test('what was posted and then deleted counts as told, and is no message to edit', async () => {
    const { write, state } = await desk();
    await write(created(), claim(MON));
    const post = postName.slot('D1', MON);
    await write({ kind: 'digest.sent', body: { id: 'D1', post, channel: '200', how: 'gone' } });
    expect(state().told).toEqual({ 'river-2024': 20 });
    expect(state().last).toBeUndefined();
    expect(state().history.get(post)).toMatchObject({ outcome: 'sent', why: 'gone' });
  });

  test('what failed is not told, and the next post carries it', async () => {
    const { write, state } = await desk();
    await write(created(), claim(MON));
    await write({
      kind: 'digest.failed',
      body: { id: 'D1', post: 'D1@2027-01-11T07:30', why: 'no answer', code: '502' },
    });
    expect(state().told).toEqual({ 'river-2024': 10 });
    expect(state().history.get('D1@2027-01-11T07:30')).toMatchObject({
      outcome: 'failed',
      why: 'no answer',
      code: '502',
    });
    await write(claim(TUE, { window: { 'river-2024': { from: 10, to: 40 } } }), sent(TUE));
    expect(state().told).toEqual({ 'river-2024': 40 });
  });

  test('slots that are missed, skipped or due while suspended are recorded and not owed again', async () => {
    const { write, state } = await desk();
    await write(created(), { kind: 'slot.missed', body: { id: 'D1', slots: [MON], more: 3, why: 'off' } });
    await write({
      kind: 'slot.skipped',
      body: { id: 'D1', slots: [TUE], why: 'nothing_new', window: { 'river-2024': { from: 10, to: 30 } } },
    });
    await write(
      { kind: 'digest.suspended', body: { id: 'D1', why: 'no right to post', code: '50013', fix: 'Allow it.' } },
      { kind: 'slot.suspended', body: { id: 'D1', slots: [WED] } },
    );
    expect(outcomes(state()).map((o) => o.split(' ')[1])).toEqual(['missed', 'skipped', 'suspended']);
    expect(state().history.get('D1@2027-01-11T07:30')).toMatchObject({ more: 3, why: 'off' });
    expect(state().told).toEqual({ 'river-2024': 30 });
    expect(state().suspended).toMatchObject({ fix: 'Allow it.' });
    expect(owedOf(state(), WED.at + HOUR).due).toBeUndefined();
    await write({ kind: 'digest.healed', body: { id: 'D1', how: 'permission' } });
    expect(state().suspended).toBeUndefined();
  });

  test('while paused nothing is owed, and what was due meanwhile never is', async () => {
    const { write, state, set } = await desk();
    await write(created(), { kind: 'digest.paused', body: { id: 'D1' } });
    expect(nextDue(state())).toBeUndefined();
    expect(owedOf(state(), TUE.at).due).toBeUndefined();
    set(TUE.at + HOUR);
    await write({ kind: 'digest.resumed', body: { id: 'D1' } });
    expect(owedOf(state(), TUE.at + 2 * HOUR)).toMatchObject({ missed: [] });
    expect(nextDue(state())).toBe(WED.at);
  });

  test('an edit to a time that has passed today begins tomorrow; to one that is to come, today', async () => {
    const { write, state, set } = await desk();
    await write(created());
    set(MON.at - HOUR);
    const edit = (time: string): DigestDraft => ({
      kind: 'digest.edited',
      body: { digest: order({ schedule: daily('Europe/Berlin', time), revision: 2 }), since: {} },
    });
    await write(edit('05:00'));
    expect(nextDue(state())).toBe(at('2027-01-12T04:00Z'));
    expect(upcoming(state(), MON.at - HOUR, 2).map(({ wall }) => wall)).toEqual([
      '2027-01-12T05:00',
      '2027-01-13T05:00',
    ]);
    await write(edit('08:00'));
    expect(nextDue(state())).toBe(MON.at + HOUR / 2);
  });

  test('once a day is once on a local date, whatever is edited; a post that failed leaves the day free', async () => {
    const { write, state, set } = await desk();
    await write(created(), claim(MON), sent(MON));
    set(MON.at + HOUR);
    const evening: DigestDraft = {
      kind: 'digest.edited',
      body: { digest: order({ schedule: daily('Europe/Berlin', '18:00'), revision: 2 }), since: {} },
    };
    await write(evening);
    expect(nextDue(state())).toBe(at('2027-01-12T17:00Z'));
    expect(owedOf(state(), MON.at + 15 * HOUR).due).toBeUndefined();

    const other = await desk();
    await other.write(created(), claim(MON));
    await other.write({ kind: 'digest.failed', body: { id: 'D1', post: 'D1@2027-01-11T07:30', why: 'refused' } });
    other.set(MON.at + HOUR);
    await other.write(evening);
    expect(nextDue(other.state())).toBe(at('2027-01-11T17:00Z'));
  });

  test('an edit of the situations keeps what was told and takes the others from where it says', async () => {
    const { write, state } = await desk();
    await write(created(), claim(MON), sent(MON));
    await write({
      kind: 'digest.edited',
      body: {
        digest: order({ situations: ['river-2024', 'harbour'], revision: 2 }),
        since: { 'river-2024': 99, harbour: 5 },
      },
    });
    expect(state().told).toEqual({ 'river-2024': 20, harbour: 5 });
    expect(nextDue(state())).toBe(TUE.at);
  });

  test('tests and flashes move no marker of the digest', async () => {
    const { write, state } = await desk();
    await write(created());
    for (const [purpose, post] of [
      ['test', postName.test('D1', '77')],
      ['flash', postName.flash('D1', 'river-2024', 'E17', 15)],
    ] as const) {
      const { kind, body } = claim(MON, { purpose, post });
      const { slot: _, ...intent } = body;
      await write(
        { kind, body: intent },
        { kind: 'digest.sent', body: { id: 'D1', post, channel: '200', message: '901', how: 'posted' } },
      );
    }
    expect(state().told).toEqual({ 'river-2024': 10 });
    expect(state().last).toBeUndefined();
    expect(nextDue(state())).toBe(MON.at);
    expect(outcomes(state())).toEqual(['D1?77 sent', 'D1!river-2024/E17@15 sent']);
  });

  test('a name that was given is not given again, and the history has an end', async () => {
    const { write, state, books } = await desk();
    await write(created(), { kind: 'digest.deleted', body: { id: 'D1' } });
    expect([books.of('100').digests.size, books.of('100').next]).toEqual([0, 'D2']);
    await write(created({ id: 'D2', schedule: cron('UTC', '* * * * *') }));
    const slots = Array.from({ length: 900 }, (_, n) => iso(CREATED + n * 60_000).slice(0, 16));
    await write(
      ...slots.map(
        (wall): DigestDraft => ({
          kind: 'slot.missed',
          body: { id: 'D2', slots: [{ wall, at: at(`${wall}Z`) }], why: 'off' },
        }),
      ),
    );
    expect(state('D2').history.size).toBe(400);
    expect([...state('D2').history.keys()].at(-1)).toBe(`D2@${slots.at(-1)}`);
  });
});

describe('books', () => {
  test('are the same after a restart, beside what else is in the stream of a guild', async () => {
    const { ledger, books, write } = await desk();
    const readers = openReaders({ ledger, now: () => new Date(CREATED) });
    const edition = {
      situation: 'river-2024',
      kind: 'brief',
      asker: '300',
      channel: '200',
      private: false,
      messages: [],
      seq: 5,
      request: { path: 'brief', args: {} },
      shows: {},
    } as const;
    await write(created());
    await readers.shown({ guild: '100', user: '300' }, edition, 'i1');
    await write(claim(MON));
    await readers.shown({ guild: '100', user: '300' }, edition, 'i2');
    await write(sent(MON), claim(TUE));
    const again = await openBooks({ ledger, now: () => CREATED });
    expect(again.of('100')).toEqual(books.of('100'));
    expect(
      (await openReaders({ ledger, now: () => new Date(CREATED) }).editions({ guild: '100', user: '300' })).length,
    ).toBe(2);
  });

  test('a record that is appended while they are read is not lost', async () => {
    const ledger = memoryLedger();
    const first = await openBooks({ ledger, now: () => CREATED });
    await first.change('100', () => [created()]);
    let opened = false;
    const slow: Ledger = {
      ...ledger,
      async read(stream, from) {
        const records = await ledger.read(stream, from);
        if (!opened) {
          opened = true;
          await first.change('100', () => [claim(MON)]);
        }
        return records;
      },
    };
    const second = await openBooks({ ledger: slow, now: () => CREATED });
    expect(second.of('100').digests.get('D1')?.open.size).toBe(1);
  });

  test('of many who claim the same slot at once, in two processes, one does', async () => {
    const ledger = memoryLedger();
    const here = await openBooks({ ledger, now: () => CREATED });
    const there = await openBooks({ ledger, now: () => CREATED });
    await here.change('100', () => [created()]);
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 === 0 ? here : there).change('100', (book) => {
          const state = book.digests.get('D1');
          const due = state && owedOf(state, MON.at).due;
          return due ? [claim(due.slot)] : undefined;
        }),
      ),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect((await ledger.read(guildStream('100'))).filter(({ kind }) => kind === 'digest.intent')).toHaveLength(1);
  });

  test('a decision is asked for again where somebody else was first', async () => {
    const ledger = memoryLedger();
    const other = await openBooks({ ledger, now: () => CREATED });
    await other.change('100', () => [created()]);
    let met = false;
    const meeting: Ledger = {
      ...ledger,
      async append(stream, expected, drafts) {
        if (!met) {
          met = true;
          await other.change('100', () => [{ kind: 'digest.paused', body: { id: 'D1' } }]);
        }
        return ledger.append(stream, expected, drafts);
      },
    };
    const books = await openBooks({ ledger: meeting, now: () => CREATED });
    const seen: (boolean | undefined)[] = [];
    await books.change('100', (book) => {
      seen.push(book.digests.get('D1')?.digest.paused);
      return [claim(MON)];
    });
    expect(seen).toEqual([false, true]);
    expect(books.of('100').digests.get('D1')?.open.size).toBe(1);
  });

  test('what a decision throws reaches who asked, and the next one goes on', async () => {
    const { books, write } = await desk();
    await write(created());
    await expect(
      books.change('100', () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await write(claim(MON))).toBe(true);
  });
});

describe('the agenda', () => {
  test('hands out each digest that is due once, and again when something was recorded about it', async () => {
    const { books, write } = await desk();
    const agenda = openAgenda(books);
    await write(created());
    await write(created({ id: 'D2', schedule: daily('Europe/Berlin', '07:00') }));
    expect(agenda.take(MON.at - HOUR)).toEqual([]);
    expect(agenda.next()).toBe(MON.at - HOUR / 2);
    const due = agenda.take(MON.at);
    expect(due.map(({ guild, id, owed }) => [guild, id, owed.due?.slot.wall])).toEqual([
      ['100', 'D2', '2027-01-11T07:00'],
      ['100', 'D1', '2027-01-11T07:30'],
    ]);
    expect(agenda.take(MON.at)).toEqual([]);
    agenda.again('100', 'D2');
    expect(agenda.take(MON.at).map(({ id }) => id)).toEqual(['D2']);
    await write(claim(MON));
    expect(agenda.take(MON.at)).toEqual([]);
    expect(agenda.next()).toBe(TUE.at);
    await write({ kind: 'digest.paused', body: { id: 'D1' } });
    expect(agenda.next()).toBeUndefined();
    await write({ kind: 'digest.deleted', body: { id: 'D1' } }, { kind: 'digest.deleted', body: { id: 'D2' } });
    expect(agenda.size).toBe(0);
  });

  test('after a restart it holds what was missed meanwhile', async () => {
    const { ledger, write } = await desk();
    await write(created());
    const agenda = openAgenda(await openBooks({ ledger, now: () => WED.at }));
    const [due] = agenda.take(WED.at + HOUR);
    expect(due?.owed).toEqual({ due: { slot: WED, late: true }, same: [], missed: [MON, TUE], more: 0 });
  });
});

describe('names', () => {
  test('a nonce fits Discord and depends on the post and the channel alone', () => {
    const nonce = nonceOf('D7@2027-03-28T02:30', '200');
    expect(nonce).toMatch(/^[\w-]{24}$/);
    expect(nonceOf('D7@2027-03-28T02:30', '200')).toBe(nonce);
    expect(nonceOf('D7@2027-03-28T02:30', '201')).not.toBe(nonce);
    expect(nonceOf('D7@2027-03-29T02:30', '200')).not.toBe(nonce);
  });

  test('the marker of the longest name fits a button', () => {
    const flash = postName.flash('D999999', 'a'.repeat(60), 'E9999999', 999_999_999);
    expect(`digest:${flash}`.length).toBeLessThanOrEqual(100);
  });
});

test.each([
  ['22:00', '07:00', '2027-01-11T20:59Z', undefined],
  ['22:00', '07:00', '2027-01-11T21:00Z', '2027-01-12T06:00Z'],
  ['22:00', '07:00', '2027-01-12T05:59Z', '2027-01-12T06:00Z'],
  ['22:00', '07:00', '2027-01-12T06:00Z', undefined],
  ['12:00', '14:00', '2027-01-12T12:30Z', '2027-01-12T13:00Z'],
  ['12:00', '14:00', '2027-01-12T13:30Z', undefined],
  // The clock skips 02:30, and shows it twice.
  ['22:00', '02:30', '2027-03-28T00:59Z', '2027-03-28T01:30Z'],
  ['22:00', '02:30', '2027-10-31T00:29Z', '2027-10-31T00:30Z'],
])('quiet from %s to %s, at %s', (from, to, now, until) => {
  expect(quietUntil({ from, to }, 'Europe/Berlin', at(now))).toBe(until === undefined ? undefined : at(until));
});
