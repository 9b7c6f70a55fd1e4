import { afterEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS } from '../../src/playground/cast.ts';
import type { Fault } from '../../src/playground/standin/faults.ts';
import { Permission } from '../../src/playground/standin/permissions.ts';
import { added, entry } from '../support/build.ts';
import { type Bench, type BenchOptions, startBench } from '../support/stand-in.ts';
import { type House, type HouseOptions, handsAt, openHouse, rowsOf, titlesOf, until } from './house.ts';

const POSTS = { method: 'POST', path: '/messages' } as const;
const [FIRST, SECOND] = ['2027-01-12T06:30:02Z', '2027-01-13T06:30:02Z'] as const;

describe('what Discord may answer', () => {
  let bench: Bench;
  let house: House;

  async function open(options: HouseOptions = {}, about: BenchOptions = {}): Promise<void> {
    const clock = handsAt();
    bench = await startBench({ now: () => new Date(clock.now), ...about });
    house = await openHouse(bench, { timeoutMs: 150, clock, ...options });
    await house.tell(added(entry('E1', { headline: 'The bridge is hit' })));
    await house.create();
  }
  const fail = (fault: Fault, times = 1) => bench.standIn.faults.next({ ...POSTS, times }, fault);
  const posts = () =>
    bench.standIn.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  const outcomes = () => [...house.state().history.values()].map(({ outcome }) => outcome);
  const settled = () => until('it is settled', () => house.state().open.size === 0);

  afterEach(async () => {
    await house.close();
    await bench.close();
  });

  const lost: readonly (readonly [string, Fault])[] = [
    ['a 500 after the message was made', { kind: 'lost', how: 'status' }],
    ['no answer after the message was made', { kind: 'lost', how: 'hang' }],
    ['a cut connection after the message was made', { kind: 'lost', how: 'reset' }],
    ['a 502', { kind: 'status', status: 502 }],
    ['a cut connection', { kind: 'reset' }],
    ['no answer', { kind: 'hang' }],
  ];
  describe.each([180_000, 0])('where a nonce is known for %i ms', (nonceWindowMs) => {
    test.each(lost)('%s: one message, and nobody is bothered', async (_, fault) => {
      await open({}, { nonceWindowMs });
      fail(fault, 2);
      await house.at(FIRST);
      await settled();
      expect(house.texts()).toHaveLength(1);
      expect(outcomes()).toEqual(['sent']);
      expect(house.alarms).toEqual([]);
    });
  });

  test('429: it waits as long as it is told', async () => {
    await open();
    fail({ kind: 'rateLimit', retryAfterMs: 60 });
    const began = performance.now();
    await house.at(FIRST);
    await settled();
    expect(performance.now() - began).toBeGreaterThan(59);
    expect(house.texts()).toHaveLength(1);
    expect(house.alarms).toEqual([]);
  });

  test('401: everything stops', async () => {
    await open();
    bench.standIn.refuseToken(true);
    await house.at(FIRST);
    await until('it stopped', () => house.stops.length > 0);
    expect(posts()).toHaveLength(1);
    bench.standIn.refuseToken(false);
    await house.restart();
    await settled();
    expect(house.texts()).toHaveLength(1);
  });

  test('a right is missing: suspended once, told with the fix, and healed when it returns; nothing is lost', async () => {
    await open();
    const taken = bench.standIn.revoke(CHANNEL_IDS.newsroom, Permission.sendMessages);
    await house.at(FIRST);
    await settled();
    expect(titlesOf(house)).toEqual(['Digest not posted: it waits for somebody']);
    expect(rowsOf(house.alarms[0]!)).toContain('“Send Messages”');
    expect(rowsOf(house.alarms[0]!)).toContain('Why: the bot lacks a right in the channel (answer 50013).');
    await house.at(SECOND);
    expect(outcomes()).toEqual(['failed', 'suspended']);
    expect(posts()).toHaveLength(1);
    house.digesting().retry();
    expect(house.state().suspended).toBeDefined();
    taken.restore();
    house.digesting().retry();
    await until('it is healed', () => house.state().suspended === undefined);
    await house.at('2027-01-14T06:30:02Z');
    await settled();
    expect(titlesOf(house)).toEqual(['Digest not posted: it waits for somebody', 'Digest can be posted again']);
    expect(house.texts()[0]).toContain('The bridge is hit');
    expect(house.texts()[0]).toContain('Also tells what the digest of 12 Jan 2027, 07:30 could not');
  });

  test('where the desk has no mod-log, whoever made the digest is told', async () => {
    await open({ noDesk: true });
    fail({ kind: 'status', status: 403, code: 50_013 });
    await house.at(FIRST);
    await until('a letter', () => house.letters.length === 1);
    expect(house.letters[0]).toMatchObject({
      user: PERSONA_IDS.admin,
      document: { title: expect.stringContaining('not posted') },
    });
  });

  test('the channel is deleted: suspended, told; another channel heals it', async () => {
    await open();
    bench.standIn.deleteChannel(CHANNEL_IDS.newsroom);
    await house.at(FIRST);
    await settled();
    expect(house.state().suspended).toMatchObject({ code: '10003' });
    expect(rowsOf(house.alarms[0]!)).toContain('/digest edit');
    const { digest } = house.state();
    await house.digesting().digests.books.change(GUILD_ID, () => [
      {
        kind: 'digest.edited',
        body: { digest: { ...digest, channel: CHANNEL_IDS.fieldNotes, revision: 2 }, since: {} },
      },
    ]);
    await house.at(SECOND);
    expect(house.texts(CHANNEL_IDS.fieldNotes)).toHaveLength(1);
  });

  test.each([
    ['an archived thread that stays so', 400, 50_083],
    ['a locked thread', 400, 160_005],
    ['no messages of this kind', 400, 50_024],
    ['a tag is required', 400, 40_067],
    ['the server is gone', 404, 10_004],
  ])('%s: suspended, with what helps', async (_, status, code) => {
    await open();
    fail({ kind: 'status', status, code });
    await house.at(FIRST);
    await settled();
    expect(house.state().suspended).toMatchObject({ code: String(code) });
    expect(titlesOf(house)).toEqual(['Digest not posted: it waits for somebody']);
    expect(rowsOf(house.alarms[0]!)).toMatch(/What helps: .+/);
  });

  test.each([
    ['AutoMod', 200_000],
    ['harmful links', 240_000],
    ['an invalid form', 50_035],
  ])('%s: the barest form once, and the moderators know', async (_, code) => {
    await open();
    fail({ kind: 'status', status: 400, code });
    await house.at(FIRST);
    await settled();
    expect(house.texts()).toEqual([expect.stringContaining('There is news in this digest')]);
    expect(house.texts()[0]).not.toContain('bridge');
    expect(JSON.stringify(house.messages())).toContain('post=D1@2027-01-12T07:30');
    expect(titlesOf(house)).toEqual(['Digest posted without its text']);
  });

  test('not even that: given up, told, and carried by the next', async () => {
    await open();
    fail({ kind: 'status', status: 400, code: 50_035 }, 2);
    await house.at(FIRST);
    await settled();
    expect(posts()).toHaveLength(2);
    expect(titlesOf(house)).toEqual(['Digest posted without its text', 'Digest not posted']);
    await house.at(SECOND);
    expect(house.texts()[0]).toContain('The bridge is hit');
  });

  test('posted, and deleted before the answer was known: not posted again', async () => {
    await open();
    fail({ kind: 'lost', how: 'status' });
    bench.standIn.faults.next({ method: 'GET', path: '/messages', times: 1 }, { kind: 'status', status: 502 });
    const gone = bench.standIn.on((event) => {
      if (event.type === 'message.create') bench.standIn.world.messages.get(CHANNEL_IDS.newsroom)?.splice(0);
    });
    await house.at(FIRST);
    await settled();
    gone();
    expect(house.texts()).toEqual([]);
    expect([...house.state().history.values()][0]).toMatchObject({ outcome: 'sent', why: 'gone' });
  });

  test('an outage until the next is due: the first is given up, the next tells all of it', async () => {
    await open();
    const outage = fail({ kind: 'status', status: 503 }, 10_000);
    await house.at(FIRST);
    await until('it was tried several times', () => outage.hits > 3);
    expect(house.alarms).toEqual([]);
    const next = house.at(SECOND);
    await until('given up', () => titlesOf(house).includes('Digest not posted'));
    outage.cancel();
    await next;
    await settled();
    expect(outcomes()).toEqual(['failed', 'sent']);
    expect(house.texts()).toHaveLength(1);
    expect(house.texts()[0]).toContain('Also tells what the digest of 12 Jan 2027, 07:30 could not: it was not sent');
  });

  test('where the channel cannot be looked through: the nonce for two minutes, then it is uncertain, and not doubled', async () => {
    await open({ readsHistory: () => false, second: 2 });
    const outage = fail({ kind: 'lost', how: 'status' }, 10_000);
    await house.at(FIRST);
    await until('given up', () => house.state().open.size === 0);
    outage.cancel();
    expect(house.texts()).toHaveLength(1);
    expect(titlesOf(house)).toEqual(['Digest perhaps not posted']);
    expect(outcomes()).toEqual(['uncertain']);
  });

  test('nothing new and not posted never look the same', async () => {
    await open();
    await house.at(FIRST);
    await house.at(SECOND);
    const outage = fail({ kind: 'status', status: 400, code: 50_013 });
    await house.at('2027-01-14T06:30:02Z');
    outage.cancel();
    expect(house.texts()[1]).toMatch(/^## No recorded change since/);
    expect(house.alarms.map(({ document }) => document.title).join()).not.toMatch(/change/i);
  });

  test('what a dead process claimed is looked for, and posted only where it is not there', async () => {
    await open();
    const hang = fail({ kind: 'lost', how: 'hang' });
    const posting = house.at(FIRST);
    await until('it was sent', () => hang.hits === 1);
    await house.restart();
    await posting;
    await settled();
    expect(house.texts()).toHaveLength(1);
    expect([...house.state().history.values()][0]).toMatchObject({ outcome: 'sent' });
  });
});
