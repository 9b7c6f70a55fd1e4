import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carryCorrections } from '../../src/carrying.ts';
import { openShelf } from '../../src/corrections/shelf.ts';
import { createMender } from '../../src/discord/mend/mender.ts';
import { createLog } from '../../src/log.ts';
import { CHANNEL_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { added, amended, entry, retracted } from '../support/build.ts';
import { validateBodies } from '../support/openapi.ts';
import { type Bench, startBench } from '../support/stand-in.ts';
import { type House, handsAt, openHouse, until } from './house.ts';

const flash = (n: number, change = {}) =>
  entry(`E${n}`, { headline: `The city falls ${n}`, severity: 'flash', ...change });

describe('flashes', () => {
  let bench: Bench;
  let house: House;

  beforeEach(async () => {
    const clock = handsAt();
    bench = await startBench({ now: () => new Date(clock.now) });
    house = await openHouse(bench, { clock });
  });
  afterEach(async () => {
    await house.close();
    await bench.close();
    const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
    expect((await validateBodies(sent)) ?? []).toEqual([]);
  });
  const came = (n: number) => until(`${n} messages`, () => house.texts().length === n);
  const quietly = async () => {
    await house.digesting().beat();
    await new Promise((resolve) => setTimeout(resolve, 60));
  };

  test('an entry saved as flash is posted at once where that is wished, and mentions the role', async () => {
    await house.create({ flash: true, mention: ROLE_IDS.onCall });
    await house.create({ channel: CHANNEL_IDS.fieldNotes, mention: ROLE_IDS.onCall });
    await house.tell(added(entry('E1')), added(flash(2)));
    await came(1);
    expect(house.texts()[0]).toMatch(/^## 27 Nov 2024: The city falls 2/);
    expect(house.texts()[0]).toContain(`<@&${ROLE_IDS.onCall}>`);
    expect(house.messages()[0]).toMatchObject({ mention_roles: [ROLE_IDS.onCall] });
    expect(house.texts(CHANNEL_IDS.fieldNotes)).toEqual([]);
    await until('it is recorded', async () => (await house.records('edition.shown')).length === 1);
    const [shown] = await house.records('edition.shown');
    expect(shown?.body).toMatchObject({ kind: 'digest', shows: { E2: 3 } });
    // The digest tells it as well, and pings nobody.
    await house.at('2027-01-12T06:30:02Z');
    expect(house.texts()).toHaveLength(2);
    expect(house.texts()[1]).not.toContain('<@&');
  });

  test('an entry that becomes one counts, once, also over a restart', async () => {
    await house.create({ flash: true });
    await house.tell(added(entry('E1', { headline: 'The city falls' })));
    await quietly();
    expect(house.texts()).toEqual([]);
    await house.tell(amended(flash(1)));
    await came(1);
    await house.tell(amended(flash(1, { headline: 'The whole city falls' })));
    await house.restart();
    await quietly();
    expect(house.texts()).toHaveLength(1);
  });

  test('one that was saved just before the bot went down is posted when it is back; an old one is left to the digest', async () => {
    await house.create({ flash: true });
    await house.digesting().close();
    await house.tell(added(flash(1)));
    house.clock.now += 30 * 60_000;
    await house.restart();
    await came(1);
    await house.digesting().close();
    await house.tell(added(flash(2)));
    house.clock.now += 90 * 60_000;
    await house.restart();
    await quietly();
    expect(house.texts()).toHaveLength(1);
  });

  test('filters hold for flashes', async () => {
    await house.create({ flash: true, filters: { place: 'coast' } });
    await house.tell(added(flash(1, { place: 'ford' })), added(flash(2, { place: 'coast' })));
    await came(1);
    expect(house.texts()[0]).toContain('falls 2');
  });

  test('quiet hours hold them, over a restart too, and release them all at their end', async () => {
    // 23:00 to 07:00 in Berlin.
    await house.create({ flash: true, quiet: { from: '23:00', to: '06:00' } });
    house.clock.now = Date.parse('2027-01-11T23:30:00Z');
    await house.tell(added(flash(1)), added(flash(2)));
    await quietly();
    expect(house.texts()).toEqual([]);
    house.clock.now = Date.parse('2027-01-12T02:00:00Z');
    await house.restart();
    await quietly();
    expect(house.texts()).toEqual([]);
    await house.at('2027-01-12T05:00:05Z');
    await came(2);
    expect(house.texts().map((text) => /falls (\d)/.exec(text)?.[1])).toEqual(['1', '2']);
  });

  test('ten a day, then one line; the next day they come again', async () => {
    await house.create({ flash: true });
    for (let n = 1; n <= 14; n += 1) {
      await house.tell(added(flash(n)));
      await quietly();
    }
    expect(house.texts()).toHaveLength(11);
    expect(house.texts()[10]).toMatch(/^## More flashes today\n.*changes situation: river-2024/);
    await house.at('2027-01-12T06:30:02Z');
    expect(house.texts()).toHaveLength(12);
    await house.at('2027-01-12T08:00:00Z');
    await house.tell(added(flash(20)));
    await came(13);
    expect(house.texts()[12]).toContain('falls 20');
  });

  test('a thread that was archived is opened for it', async () => {
    const { standIn } = bench;
    const thread = {
      id: '1100000000000000777',
      type: 11,
      guildId: standIn.world.channels.get(CHANNEL_IDS.newsroom)?.guildId ?? '',
      parentId: CHANNEL_IDS.newsroom,
      name: 'A thread',
      position: 0,
      overwrites: [],
      thread: {
        ownerId: standIn.world.bot.id,
        archived: true,
        locked: false,
        autoArchiveMinutes: 60,
        createdAt: new Date(house.clock.now),
        tags: [],
      },
    };
    standIn.world.channels.set(thread.id, thread);
    await house.create({ channel: thread.id, flash: true });
    await house.tell(added(flash(1)));
    await until('the flash', () => house.texts(thread.id).length === 1);
    expect(thread.thread.archived).toBe(false);
  });

  test('one that is taken back is corrected at once: marked, and told by exactly one reply', async () => {
    const { token, apiBase: api } = bench.standIn;
    const log = createLog('silent');
    const { ledger, archive, clock } = house;
    const shelf = openShelf(ledger);
    await shelf.ready();
    const mender = createMender({ token, api, log, paceMs: 1 });
    const now = () => new Date(clock.now);
    const carrier = carryCorrections({ ledger, shelf, archive, mender, log, now, report: async () => {} });
    await house.create({ flash: true });
    await house.tell(added(flash(1)));
    await until('it is recorded', async () => (await house.records('edition.shown')).length === 1);
    await house.tell(retracted('E1', 'our_error', 'It holds.'));
    await came(2);
    await carrier.settled();
    await quietly();
    expect(house.texts()[0]).toMatch(/^- ~~.*The city falls 1.*~~$/m);
    const [first, reply] = house.messages();
    expect(reply).toMatchObject({ message_reference: { message_id: first?.['id'] } });
    expect(house.texts()).toHaveLength(2);
    await carrier.close();
    shelf.close();
  });
});
