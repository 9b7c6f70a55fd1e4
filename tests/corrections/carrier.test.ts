import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS } from '../../src/playground/cast.ts';
import { Permission } from '../../src/playground/standin/permissions.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  amended,
  entry,
  link,
  linked,
  report,
  reportAmended,
  reported,
  reportRestored,
  restored,
  retracted,
  toll,
  unlinked,
  withdrawn,
} from '../support/build.ts';
import { validateBodies } from '../support/openapi.ts';
import { type Bench, startBench } from '../support/stand-in.ts';
import { type House, openHouse } from './bench.ts';

const E1 = entry('E1', { headline: 'The bridge is hit', severity: 'major' });
const E2 = entry('E2', { headline: 'The ford is open', severity: 'major' });

describe('corrections on a Discord of its own', () => {
  let bench: Bench;
  let house: House;
  const requests = (method: string) => bench.standIn.requests.filter((r) => r.method === method);
  const paths = (method: string) => requests(method).map((r) => r.path);
  const settled = () => house.carrier().settled();

  beforeAll(async () => {
    bench = await startBench();
  });
  beforeEach(async () => {
    house = await openHouse(bench);
    await house.tell(added(E1), added(E2));
    await settled();
    bench.standIn.clearRequests();
  });
  afterEach(async () => {
    const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
    expect((await validateBodies(sent)) ?? []).toEqual([]);
    for (const { body } of sent.filter((r) => r.method !== 'GET')) expect(JSON.stringify(body)).toContain('"parse":[]');
    bench.standIn.faults.clear();
    await house.close();
  });
  afterAll(() => bench.close());

  test('a retraction marks exactly the messages that showed it, in every channel; the old line stays legible', async () => {
    const [a, b] = [await house.show('newsroom'), await house.show('fieldNotes')];
    const before = a.text();
    await house.tell(added(entry('E3')));
    const c = await house.show('newsroom');
    await house.tell(retracted('E3', 'our_error', 'Another valley.'));
    await settled();
    expect(paths('PATCH')).toEqual([`/channels/${CHANNEL_IDS.newsroom}/messages/${c.message.id}`]);
    await house.tell(retracted('E1', 'our_error', 'It was the ford.'));
    await settled();
    for (const { text } of [a, b, c]) {
      expect(text()).toMatch(/^ *- ~~.*The bridge is hit.* · E1~~$/m);
      expect(text()).toMatch(
        /^ +- \*\*Retracted 27 Nov 2024:\*\* The bridge is hit: our error — It was the ford\. \(retracted\).* · E1$/m,
      );
      expect(text()).toMatch(/^- (?!~~).*The ford is open/m);
    }
    const struck = a
      .text()
      .split('\n')
      .filter((row) => !row.includes('**Retracted 27'))
      .join('\n')
      .replaceAll('~~', '');
    expect(struck).toBe(before);
    expect((await house.owed('correction.done')).map(({ id, how }) => [id.split('@')[0], how])).toEqual([
      ['B3/E3', 'edited'],
      ['B1/E1', 'edited'],
      ['B2/E1', 'edited'],
      ['B3/E1', 'edited'],
    ]);
    expect(house.carrier().failures()).toEqual([]);
  });

  test('a message without components is marked alike', async () => {
    const told = await house.show('newsroom', { form: 'plain' });
    await house.tell(retracted('E1'));
    await settled();
    expect(told.text()).toMatch(
      /~~.*The bridge is hit.*~~\n {2}- \*\*Retracted 27 Nov 2024:\*\* The bridge is hit: our error/,
    );
    expect(requests('PATCH')[0]?.body).not.toHaveProperty('components');
  });

  test('a picture stays with its message', async () => {
    const told = await house.show('newsroom');
    const channel = bench.standIn.world.channels.get(CHANNEL_IDS.newsroom);
    if (!channel) throw new Error('no channel');
    bench.standIn.messages.edit(told.message, {
      body: {
        components: [
          ...(told.message.raw['components'] as object[]),
          { type: 12, items: [{ media: { url: 'attachment://map.png' }, description: 'A map' }] },
        ],
      },
      uploads: [{ index: 0, name: 'map.png', contentType: 'image/png', data: Buffer.from('png') }],
      mentions: 'everything',
    });
    await house.tell(retracted('E1'));
    await settled();
    expect(told.text()).toContain('**Retracted');
    expect(told.message.files.map((f) => f.name)).toEqual(['map.png']);
    expect(JSON.stringify(requests('PATCH')[0]?.body)).toContain('attachment://map.png');
    expect(JSON.stringify(told.message.raw['components'])).toContain(told.message.files[0]?.id);
  });

  test('what was never shown is corrected without a word', async () => {
    await house.show('newsroom');
    await house.tell(added(entry('E9')), retracted('E9'));
    await settled();
    expect(bench.standIn.requests).toEqual([]);
    expect(await house.owed('correction.owed')).toEqual([]);
  });

  test('new information and later tolls are no corrections', async () => {
    const sums = (low: number) => report(`E4.${low}`, { figures: [toll(low, '2024-11-27')], published: '2024-11-27' });
    await house.tell(added(entry('E4', { kind: 'toll' }), sums(5)));
    await house.show('newsroom');
    await house.tell(
      amended({ ...E1, headline: 'The old bridge is hit' }, 'new_information'),
      reported(sums(7)),
      reported(report('E1.2', { originator: 'wire' })),
    );
    await settled();
    expect(bench.standIn.requests).toEqual([]);
  });

  test.each([
    [
      'reworded',
      () => [amended({ ...E1, headline: 'The ford is hit' }, 'our_error')],
      /It read “The bridge is hit”\. It now reads “The ford is hit”: our error/,
    ],
    [
      'redated',
      () => [amended({ ...E1, occurred: { from: '2024-11-26', precision: 'day' } }, 'source_corrected')],
      /The date of “The bridge is hit” was put right \(27 Nov 2024\) → \(26 Nov 2024\): the source corrected itself/,
    ],
    ['withdrawn', () => [withdrawn('E1.1')], /A report by Monitor no longer stands: relay error/],
    [
      'put right',
      () => [reportAmended(report('E1.1', { says: 'It was the ford.' }))],
      /A report by Monitor was put right: the source corrected itself/,
    ],
    [
      'corrected by another entry',
      () => [added(entry('E8', { headline: 'It was the ford' })), linked(link('E8', 'corrects', 'E1'))],
      /is corrected by E8: It was the ford/,
    ],
  ] as const)('%s: the line is struck and the corrected one stands under it', async (_, drafts, words) => {
    const told = await house.show('newsroom');
    await house.tell(...drafts());
    await settled();
    expect(told.text()).toMatch(/^- ~~.*The bridge is hit.* · E1~~$/m);
    const mark = told
      .text()
      .split('\n')
      .find((row) => row.includes('**Corrected 27 Nov 2024:**'));
    expect(mark).toMatch(words);
  });

  test('a report that no line cited is withdrawn in silence; one of two who told it strikes nothing', async () => {
    const three = ['wire', 'gazette', 'someone'].map((originator, i) =>
      report(`E1.${i + 2}`, { originator, credibility: 2 + i }),
    );
    await house.tell(...three.map(reported));
    const told = await house.show('newsroom');
    expect(told.text()).not.toContain('Unnamed officials');
    await house.tell(withdrawn('E1.4'));
    await settled();
    expect(requests('PATCH')).toEqual([]);
    await house.tell(withdrawn('E1.2'));
    await settled();
    expect(told.text()).not.toContain('~~');
    expect(told.text()).toContain('**Corrected 27 Nov 2024:** A report by The Wire no longer stands');
  });

  test('two corrections of one entry end in one mark with the final state', async () => {
    const told = await house.show('newsroom');
    await house.tell(amended({ ...E1, headline: 'The ford is hit' }, 'our_error'));
    await settled();
    await house.tell(amended({ ...E1, headline: 'The mill is hit' }, 'our_error'));
    await settled();
    expect(told.text().match(/\*\*Corrected/g)).toHaveLength(1);
    expect(told.text()).toContain('It read “The bridge is hit”. It now reads “The mill is hit”');
    expect(told.text().match(/~~/g)).toHaveLength(2);
  });

  test('two corrections while nobody carried are one edit', async () => {
    const told = await house.show('newsroom');
    await house.carrier().close();
    await house.tell(
      amended({ ...E1, headline: 'The ford is hit' }, 'our_error'),
      retracted('E2'),
      amended({ ...E1, headline: 'The mill is hit' }, 'our_error'),
    );
    await house.restart();
    await settled();
    expect(requests('PATCH')).toHaveLength(1);
    expect(told.text()).toContain('It now reads “The mill is hit”');
    expect(told.text()).toContain('**Retracted 27 Nov 2024:** The ford is open');
  });

  test('a correction that is taken back: the line stands again, and the message says so', async () => {
    const told = await house.show('newsroom');
    await house.tell(retracted('E1'));
    await settled();
    await house.tell(restored('E1'));
    await settled();
    expect(told.text()).not.toContain('~~');
    expect(told.text()).not.toContain('**Retracted');
    expect(told.text()).toContain(
      '**Stands again 27 Nov 2024:** what was marked here as wrong was taken back: our error',
    );
    await house.tell(retracted('E1'));
    await settled();
    expect(told.text()).toContain('**Retracted');
    expect(told.text()).not.toContain('Stands again');
  });

  test('a correcting link that is taken away takes its mark along', async () => {
    const told = await house.show('newsroom');
    await house.tell(added(entry('E8')), linked(link('E8', 'corrects', 'E1')));
    await settled();
    await house.tell(unlinked(link('E8', 'corrects', 'E1')));
    await settled();
    expect(told.text()).not.toContain('~~');
    expect(told.text()).toContain('**Stands again');
  });

  test('a correcting entry that is retracted takes its mark along', async () => {
    const told = await house.show('newsroom');
    await house.tell(added(entry('E8')), linked(link('E8', 'corrects', 'E1')));
    await settled();
    expect(told.text()).toContain('~~');
    await house.tell(retracted('E8'));
    await settled();
    expect(told.text()).not.toContain('~~');
    expect(told.text()).toContain('**Stands again');
  });

  test.each<[string, () => Draft]>([
    ['the link is taken away', () => unlinked(link('E8', 'corrects', 'E1'))],
    ['the correction is retracted', () => retracted('E8')],
    ['the correction loses its only report', () => withdrawn('E8.1')],
  ])('who was shown an entry as corrected is told when it is not: %s', async (_, draft) => {
    await house.tell(added(entry('E8')), linked(link('E8', 'corrects', 'E1')));
    const told = await house.show('newsroom', { kind: 'changes' });
    expect(told.text()).toMatch(/The bridge is hit.*; corrected by E8/);
    await house.tell(draft());
    await settled();
    expect(told.text()).toMatch(
      /^- (?!~~).*The bridge is hit.* · E1\n {2}- \*\*Restored 27 Nov 2024:\*\* E1 “The bridge is hit” is not corrected by E8 any more: that was taken back/m,
    );
    await house.tell(linked(link('E8', 'corrects', 'E1')), restored('E8'), reportRestored('E8.1'));
    await settled();
    expect(told.text()).not.toContain('**Restored');
  });

  test('a correction taken back before it was carried leaves no trace', async () => {
    const told = await house.show('newsroom');
    const before = told.text();
    await house.carrier().close();
    await house.tell(retracted('E1'), restored('E1'));
    await house.restart();
    await settled();
    expect([told.text(), requests('PATCH').length]).toEqual([before, 0]);
  });

  test('who was shown a retraction is told when it is taken back', async () => {
    await house.show('newsroom');
    await house.tell(retracted('E1'));
    await settled();
    const told = await house.show('fieldNotes', { kind: 'changes' });
    expect(told.edition.shows).not.toHaveProperty('E1');
    const shown = { ...told.edition, number: 9, shows: { ...told.edition.shows, E1: told.edition.seq } };
    await house.ledger.append(`guild/${'1'.repeat(19)}`, 0, [
      { at: '2025-01-01T00:00:00.000Z', author: 'x', kind: 'edition.shown', body: shown },
    ]);
    await house.tell(restored('E1'));
    await settled();
    expect(told.text()).toContain('**Restored 27 Nov 2024:** It stands after all: The bridge is hit');
  });

  test('an entry that is not on the page that is shown now is noted at its end', async () => {
    const told = await house.show('newsroom', {
      document: (d) => ({
        ...d,
        sections: d.sections.map((s) => ({ ...s, lines: s.lines.filter((l) => l.entry !== 'E1') })),
      }),
    });
    expect(told.edition.shows).not.toHaveProperty('E1');
    const edition = { ...told.edition, number: 7, shows: { ...told.edition.shows, E1: told.edition.seq } };
    await house.ledger.append('guild/1100000000000000999', 0, [
      { at: '2025-01-01T00:00:00.000Z', author: 'x', kind: 'edition.shown', body: edition },
    ]);
    await house.tell(retracted('E1'));
    await settled();
    expect(told.text()).toMatch(/^- \*\*Retracted 27 Nov 2024:\*\* The bridge is hit.* · E1$/m);
    expect(told.text()).not.toContain('~~');
  });

  test('what must not be told any more is taken away, not struck through', async () => {
    const told = await house.show('newsroom');
    await house.tell(retracted('E1', 'privacy'));
    await settled();
    expect(told.text()).not.toContain('The bridge is hit');
    expect(told.text()).toContain('~~removed · E1~~');
    expect(told.text()).toContain('**Retracted 27 Nov 2024:** What was told here is no longer shown: privacy');
  });

  test.each([
    [
      'words',
      () => [amended({ ...E1, headline: 'A place was hit' }, 'privacy')],
      /It now reads “A place was hit”: privacy/,
    ],
    ['a report', () => [withdrawn('E1.1', 'privacy')], /no longer stands: privacy\. What it said is no longer shown/],
  ])('%s that must not be told any more are taken away', async (_, drafts, words) => {
    const told = await house.show('newsroom');
    await house.tell(...drafts());
    await settled();
    expect(told.text()).not.toContain('The bridge is hit');
    expect(told.text()).toContain('~~removed · E1~~');
    expect(told.text()).toMatch(words);
  });

  test('the correction of a flash is also posted at once, as a reply, and once', async () => {
    await house.tell(added(entry('E5', { headline: 'The dam breaks', severity: 'flash' })));
    const told = await house.show('newsroom');
    await house.tell(retracted('E5'));
    await settled();
    const reply = requests('POST')[0]?.body as { content: string; message_reference: object };
    expect(reply.content).toContain('**Retracted 27 Nov 2024:** The dam breaks');
    expect(reply.message_reference).toMatchObject({ message_id: told.message.id });
    expect(told.text()).toContain('~~');
    await house.restart();
    await settled();
    expect(requests('POST')).toHaveLength(1);
  });

  describe('messages that cannot be mended', () => {
    test('deleted: listed, and the others are mended', async () => {
      const [gone, there] = [await house.show('newsroom'), await house.show('fieldNotes')];
      bench.standIn.messages.remove(gone.message);
      await house.tell(retracted('E1'));
      await settled();
      expect(there.text()).toContain('**Retracted');
      expect(house.carrier().failures()).toMatchObject([
        {
          edition: 1,
          entry: 'E1',
          channel: CHANNEL_IDS.newsroom,
          messages: [gone.message.id],
          why: 'the message was deleted',
        },
      ]);
      expect(house.reported).toMatchObject([
        {
          guild: GUILD_ID,
          channel: CHANNEL_IDS.newsroom,
          messages: [
            {
              id: gone.message.id,
              link: `https://discord.com/channels/${GUILD_ID}/${CHANNEL_IDS.newsroom}/${gone.message.id}`,
            },
          ],
          edition: 'B1',
          entries: ['E1'],
          why: 'the message was deleted',
          again: false,
          lines: [{ entry: 'E1' }],
        },
      ]);
      await house.restart();
      await settled();
      expect(await house.owed('correction.failed')).toHaveLength(1);
      expect(house.carrier().failures()).toHaveLength(1);
      expect(house.reported).toHaveLength(1);
    });

    test.each([
      [400, 30_046],
      [429, 30_046],
      [400, 20_022],
      [403, 50_005],
      [400, 50_035],
    ])('edit refused with %i/%i: a reply says it, once', async (status, code) => {
      const told = await house.show('newsroom');
      const before = told.text();
      bench.standIn.faults.next(
        { method: 'PATCH', times: 9 },
        { kind: 'status', status, code, body: { code, message: 'no', retry_after: 60 } },
      );
      await house.tell(retracted('E1'));
      await settled();
      expect(told.text()).toBe(before);
      expect(requests('POST').map((r) => r.body)).toMatchObject([
        {
          content: expect.stringContaining('**Retracted 27 Nov 2024:** The bridge is hit: our error') as string,
          message_reference: { message_id: told.message.id },
          enforce_nonce: true,
        },
      ]);
      expect(await house.owed('correction.done')).toMatchObject([{ how: 'told' }]);
      await house.tell(restored('E1'));
      await settled();
      expect(requests('POST').at(-1)?.body).toMatchObject({
        content: expect.stringContaining('Stands again') as string,
      });
    });

    test('no room left: a short mark in it, the whole in a reply', async () => {
      const filler = (size: number) => 'So much was told. '.repeat(size);
      const told = await house.show('newsroom', {
        document: (d) => ({ ...d, subtitle: [...d.subtitle, filler(195)] }),
      });
      expect(told.text().length).toBeGreaterThan(3_700);
      await house.tell(retracted('E1', 'our_error', 'It was the ford. '.repeat(12).trim()));
      await settled();
      expect(told.text()).toMatch(
        /~~.*The bridge is hit.*~~\n {2}- \*\*Retracted 27 Nov 2024\*\* \(see the reply\) · E1/,
      );
      expect(requests('POST')).toHaveLength(1);
      expect(await house.owed('correction.done')).toMatchObject([{ how: 'edited' }]);
    });

    test('permission revoked: listed; given back: mended', async () => {
      const told = await house.show('newsroom');
      const taken = bench.standIn.revoke(CHANNEL_IDS.newsroom, Permission.viewChannel);
      await house.tell(retracted('E1'));
      await settled();
      expect(house.carrier().failures()).toMatchObject([{ why: expect.stringContaining('View Channel') as string }]);
      house.carrier().retry();
      await settled();
      expect(house.carrier().failures()).toHaveLength(1);
      taken.restore();
      house.carrier().retry();
      await settled();
      expect(told.text()).toContain('**Retracted');
      expect(house.carrier().failures()).toEqual([]);
    });

    test('a channel that is gone: listed', async () => {
      const own = await startBench();
      const other = await openHouse(own);
      try {
        await other.tell(added(E1));
        await other.show('fieldNotes');
        own.standIn.deleteChannel(CHANNEL_IDS.fieldNotes);
        await other.tell(retracted('E1'));
        await other.carrier().settled();
        expect(other.carrier().failures()).toMatchObject([{ why: 'the channel is gone' }]);
      } finally {
        await other.close();
        await own.close();
      }
    });
  });

  describe('trouble on the way', () => {
    test('429 is waited out, 5xx and silence are repeated', async () => {
      const told = await house.show('newsroom');
      bench.standIn.faults.next({ method: 'PATCH' }, { kind: 'rateLimit', retryAfterMs: 50 });
      bench.standIn.faults.next({ method: 'PATCH' }, { kind: 'status', status: 503 });
      bench.standIn.faults.next({ method: 'GET' }, { kind: 'reset' });
      await house.tell(retracted('E1'));
      await bench.until('the mark', () => told.text().includes('**Retracted'), 10_000);
      await settled();
      expect(await house.owed('correction.done')).toHaveLength(1);
    });

    test('done but never answered: the repetition finds the mark and changes nothing', async () => {
      const told = await house.show('newsroom');
      bench.standIn.faults.next({ method: 'PATCH' }, { kind: 'lost', how: 'reset' });
      await house.tell(retracted('E1'));
      await bench.until('it is done', () => requests('GET').length >= 2, 10_000);
      await settled();
      expect(requests('PATCH')).toHaveLength(1);
      expect(told.text().match(/\*\*Retracted/g)).toHaveLength(1);
      expect(await house.owed('correction.done')).toHaveLength(1);
    });

    test('a restart in the middle: each message is mended, each once', async () => {
      const all = [];
      for (let i = 0; i < 6; i++) all.push(await house.show(i % 2 === 0 ? 'newsroom' : 'fieldNotes'));
      const cut = bench.standIn.faults.next(
        { method: 'PATCH', path: all[3]?.message.id ?? '' },
        { kind: 'lost', how: 'hang' },
      );
      await house.tell(retracted('E1'));
      await bench.until('the fourth hangs', () => cut.hits > 0, 10_000);
      await house.restart();
      await settled();
      for (const { text } of all) expect(text().match(/\*\*Retracted/g)).toHaveLength(1);
      const done = (await house.owed('correction.done')).map((d) => d.id);
      expect([done.length, new Set(done).size]).toEqual([6, 6]);
      expect(requests('PATCH')).toHaveLength(6);
    });
  });

  test('what only one person saw is owed to that person until told', async () => {
    await house.show('newsroom', { private: true });
    await house.tell(retracted('E1'));
    await settled();
    expect(bench.standIn.requests).toEqual([]);
    const picture = await house.archive.picture('river-2024');
    if (!picture) throw new Error('nothing is known');
    const known = { picture, registry: house.archive.registry() };
    const owed = await house.alone().owed(PERSONA_IDS.reader, known);
    expect(owed).toMatchObject([{ edition: 1, kind: 'brief', lines: [{ entry: 'E1' }] }]);
    expect(JSON.stringify(owed[0]?.lines)).toContain('Retracted 27 Nov 2024:');
    expect(await house.alone().owed(PERSONA_IDS.editor, known)).toEqual([]);
    const names = owed.map((o) => o.name);
    await house.alone().told(PERSONA_IDS.editor, names);
    expect(await house.alone().owed(PERSONA_IDS.reader, known)).toEqual(owed);
    await house.alone().told(PERSONA_IDS.reader, [...names, 'nobody/1/B1/E1@1', 'guild/1/B1/E1@1']);
    expect(await house.alone().owed(PERSONA_IDS.reader, known)).toEqual([]);
    expect(await house.alone().named(PERSONA_IDS.reader, names, known)).toEqual(owed);
    expect(await house.alone().named(PERSONA_IDS.editor, names, known)).toEqual([]);
    expect(await house.owed('correction.done')).toMatchObject([{ how: 'told' }]);
    await house.restart();
    await settled();
    expect(await house.alone().owed(PERSONA_IDS.reader, known)).toEqual([]);
  });

  test('what one person was not yet told is not taken back to that person either', async () => {
    await house.show('newsroom', { private: true });
    await house.tell(retracted('E1'));
    await settled();
    await house.tell(restored('E1'));
    await settled();
    const picture = await house.archive.picture('river-2024');
    if (!picture) throw new Error('nothing is known');
    const known = { picture, registry: house.archive.registry() };
    expect(await house.alone().owed(PERSONA_IDS.reader, known)).toEqual([]);
    expect(await house.owed('correction.done')).toHaveLength(2);
    await house.tell(retracted('E1'));
    await settled();
    const again = await house.archive.picture('river-2024');
    const owed = again && (await house.alone().owed(PERSONA_IDS.reader, { ...known, picture: again }));
    expect(owed).toHaveLength(1);
  });

  test('a look back that was asked after the correction is not corrected again', async () => {
    const seq = (await house.archive.picture('river-2024'))?.seq ?? 0;
    await house.tell(retracted('E1'));
    const told = await house.show('newsroom', { args: { 'as-of': '2024-11-27T08:10:00.000Z' } });
    await house.ledger.append('guild/1100000000000000998', 0, [
      {
        at: '2024-11-29T00:00:00.000Z',
        author: 'x',
        kind: 'edition.shown',
        body: { ...told.edition, seq, shows: { E1: seq } },
      },
    ]);
    await settled();
    expect(bench.standIn.requests).toEqual([]);
  });
});
