import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, GUILD_ID } from '../../src/playground/cast.ts';
import { added, amended, entry, retracted } from '../support/build.ts';
import { validateBodies } from '../support/openapi.ts';
import { type Bench, startBench } from '../support/stand-in.ts';
import { type House, handsAt, openHouse, until } from './house.ts';

const E1 = entry('E1', { headline: 'The bridge is hit', severity: 'major' });
const E2 = entry('E2', { headline: 'The ford is open' });

describe('digests on a Discord of its own', () => {
  let bench: Bench;
  let house: House;

  beforeEach(async () => {
    const clock = handsAt();
    bench = await startBench({ now: () => new Date(clock.now) });
    house = await openHouse(bench, { clock });
    await house.tell(added(E1));
  });
  afterEach(async () => {
    await house.close();
    await bench.close();
    const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
    expect((await validateBodies(sent)) ?? []).toEqual([]);
  });

  test('the first one is a brief, whose first line is the key fact; the next tells what changed since', async () => {
    await house.create();
    await house.at('2027-01-12T06:30:02Z');
    const [first = ''] = house.texts();
    expect(first.split('\n')[0]).toMatch(/^## The bridge is hit — /);
    expect(first).toContain('River valley: told here for the first time');
    await house.tell(added(E2), amended({ ...E1, headline: 'The old bridge is hit' }));
    await house.at('2027-01-13T06:30:02Z');
    const [, second = ''] = house.texts();
    expect(second).toContain('2 changes');
    expect(second).toContain('The ford is open');
    expect((await house.records('digest.sent')).length).toBe(2);
  });

  test('where nothing changed it says so in one line', async () => {
    await house.create();
    await house.at('2027-01-12T06:30:02Z');
    await house.at('2027-01-13T06:30:02Z');
    expect(house.texts()[1]).toMatch(/^## No recorded change since 12 Jan 2027, 07:30: River valley\n/);
    expect(house.alarms).toEqual([]);
  });

  test('or nothing, or says so once a week', async () => {
    await house.create({ whenNothing: 'skip', channel: CHANNEL_IDS.fieldNotes });
    await house.create({ whenNothing: 'weekly' });
    for (let day = 12; day <= 26; day += 1) await house.at(`2027-01-${day}T06:30:02Z`);
    expect(house.texts(CHANNEL_IDS.fieldNotes)).toHaveLength(1);
    expect(house.texts()).toHaveLength(3);
    expect([...house.state('D1').history.values()].map(({ outcome }) => outcome).slice(1)).toEqual(
      Array.from({ length: 14 }, () => 'skipped'),
    );
  });

  test('after three days off there is one late digest that covers everything, and says so', async () => {
    await house.create();
    await house.at('2027-01-12T06:30:02Z');
    await house.tell(added(E2));
    await house.at('2027-01-15T09:30:00Z');
    expect(house.texts()).toHaveLength(2);
    expect(house.texts()[1]).toContain(
      'Late: covers 12 Jan 2027, 07:30 to 15 Jan 2027, 10:30; 2 digests were missed while the bot was off.',
    );
    expect([...house.state().history.values()].map(({ outcome }) => outcome)).toEqual([
      'sent',
      'missed',
      'missed',
      'late',
    ]);
    await house.at('2027-01-16T06:30:02Z');
    expect(house.texts()).toHaveLength(3);
  });

  test('what is shown is recorded with the post, and /changes counts from it; filters do not move that line', async () => {
    await house.create();
    await house.create({ channel: CHANNEL_IDS.fieldNotes, filters: { severity: 'major' } });
    await house.at('2027-01-12T06:30:02Z');
    const records = await house.records();
    const sent = records.findIndex(({ kind }) => kind === 'digest.sent');
    expect(records[sent + 1]).toMatchObject({
      kind: 'edition.shown',
      at: records[sent]?.at,
      body: { kind: 'brief', channel: CHANNEL_IDS.newsroom, shows: { E1: 2 }, messages: [house.messages()[0]?.['id']] },
    });
    expect(house.texts()[0]).toContain('Briefing B1.');
    const shown = (await house.records('edition.shown')).map(({ body }) => body as { kind: string; number: number });
    expect(shown.map(({ kind }) => kind).sort()).toEqual(['brief', 'digest']);
    expect(new Set(shown.map(({ number }) => number)).size).toBe(2);
  });

  test('a correction leads the next digest', async () => {
    await house.create();
    await house.at('2027-01-12T06:30:02Z');
    await house.tell(added(E2), retracted('E1', 'our_error', 'Another bridge.'));
    await house.at('2027-01-13T06:30:02Z');
    expect(house.texts()[1]).toMatch(/^## Retracted/);
    expect(house.texts()[1]).toContain('1 correction, 1 change');
  });

  test('several situations are told in one message, the gravest first; one that may not be told here is left out', async () => {
    await house.tellOf('coast-2024', added(entry('E1', { headline: 'The coast is calm' })));
    await house.tellOf('secret-2024', added(entry('E9', { headline: 'Not for you' })));
    const { archive } = house;
    await house.create({ situations: ['coast-2024', 'river-2024', 'nowhere'] });
    expect(archive.slugs()).toContain('secret-2024');
    await house.at('2027-01-12T06:30:02Z');
    const [text = ''] = house.texts();
    expect(text.split('\n')[0]).toContain('The bridge is hit');
    expect(text).toContain('Valley coast-2024');
    // An E1 each: marks of corrections would not know which is meant.
    const shown = (await house.records('edition.shown')).map(({ body }) => (body as { shows: object }).shows);
    expect(shown).toEqual([{}, {}]);
  });

  test('the button under it marks the post, and its pages are told again as they were', async () => {
    await house.create();
    await house.at('2027-01-12T06:30:02Z');
    const [raw] = house.messages();
    expect(JSON.stringify(raw)).toContain('post=D1@2027-01-12T07:30');
    await house.tell(added(E2));
    await house.restart();
    const told = await house.digesting().digests.told(GUILD_ID, 'D1@2027-01-12T07:30');
    expect(told).toMatchObject({ digest: 'D1', situations: ['river-2024'] });
    expect(JSON.stringify(told?.document)).not.toContain('The ford is open');
    expect(told?.document.title).toContain('The bridge is hit');
  });

  test('a board is one message that is kept up to date, and comes back where it was deleted', async () => {
    await house.create({ style: 'board' });
    await house.at('2027-01-12T06:30:02Z');
    await house.tell(added(E2));
    await house.at('2027-01-13T06:30:02Z');
    expect(house.messages()).toHaveLength(1);
    expect(house.texts()[0]).toContain('The ford is open');
    bench.standIn.world.messages.get(CHANNEL_IDS.newsroom)?.splice(0);
    await house.at('2027-01-14T06:30:02Z');
    await until('a new board', () => house.messages().length === 1);
    await house.at('2027-01-15T06:30:02Z');
    expect(house.messages()).toHaveLength(1);
  });

  test('a forum gets a post a day', async () => {
    await house.create({ channel: CHANNEL_IDS.longReads });
    await house.at('2027-01-12T06:30:02Z');
    const threads = [...bench.standIn.world.channels.values()].filter((c) => c.parentId === CHANNEL_IDS.longReads);
    expect(threads.map(({ name }) => name)).toEqual([
      expect.stringMatching(/The bridge is hit.* · 12 Jan 2027, 07:30$/),
    ]);
    const [shown] = await house.records('edition.shown');
    expect(shown?.body).toMatchObject({ channel: threads[0]?.id, messages: [threads[0]?.id] });
  });

  test('an announcement is published where that is wished', async () => {
    await house.create({ channel: CHANNEL_IDS.dailyDigest, publish: true });
    await house.at('2027-01-12T06:30:02Z');
    await until('published', async () => (await house.records('digest.published')).length === 1);
    expect(Number(house.messages(CHANNEL_IDS.dailyDigest)[0]?.['flags']) & 1).toBe(1);
  });

  test('a test is marked as one and moves nothing; what is sent at once counts', async () => {
    await house.create();
    const { digests } = house.digesting();
    expect(await digests.test(GUILD_ID, 'D1', '77', 'x')).toMatchObject({ how: 'sent', channel: CHANNEL_IDS.newsroom });
    expect(house.texts()[0]).toMatch(/^## TEST: /);
    expect(house.state().told).toEqual({});
    expect(await digests.sendNow(GUILD_ID, 'D1', '78', 'x')).toMatchObject({ how: 'sent' });
    expect(house.state().told).toEqual({ 'river-2024': 2 });
    expect(await digests.sendNow(GUILD_ID, 'D1', '79', 'x')).toMatchObject({ how: 'nothing' });
    expect(house.texts()).toHaveLength(2);
  });

  test('a preview is what would be posted, and its pages stay the same', async () => {
    await house.create();
    const { digests } = house.digesting();
    const preview = await digests.preview(GUILD_ID, 'D1');
    expect(preview.basis).toMatchObject({ path: 'digest preview', args: { digest: 'D1' } });
    await house.tell(added(E2));
    const again = await digests.preview(GUILD_ID, 'D1', preview.basis?.args?.['window']);
    expect(again.sections).toEqual(preview.sections);
    expect((await digests.preview(GUILD_ID, 'D1')).sections).not.toEqual(preview.sections);
  });

  test('a filter is tried on what was', async () => {
    await house.tell(added(E2));
    const tried = await house
      .digesting()
      .digests.rehearse({ situations: ['river-2024'], filters: { severity: 'major' } });
    expect(tried.words).toBe(
      'With this filter last week: 1 of 2; the gravest one left out is “The ford is open” (E2).',
    );
  });
});
