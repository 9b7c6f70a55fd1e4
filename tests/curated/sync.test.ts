import { describe, expect, it } from 'vitest';
import { syncCurated } from '../../src/curated/sync.ts';
import { Conflict } from '../../src/ledger/errors.ts';
import type { Ledger, RecordDraft } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { entryCore } from '../../src/model/entry.ts';
import { fold } from '../../src/picture/picture.ts';
import { at, edited, entry, type Files, load, report, type SituationText, situation, sources } from './fixture.ts';
import { STREAM, situationRecords } from './records.ts';

const NOW = '2024-12-01T00:00:00.000Z';
const LATER = '2024-12-02T00:00:00.000Z';
const LATEST = '2024-12-03T00:00:00.000Z';

const sync = async (ledger: Ledger, files: Files, now: string, replay = false) =>
  syncCurated({ ledger, curated: await load(files), now, replay });

/** Loads the file, syncs, edits it, syncs again: what the second sync wrote. */
async function afterEdit(first: SituationText, second: SituationText, files: Files = {}) {
  const ledger = memoryLedger();
  await sync(ledger, { ...files, situation: first }, NOW);
  const head = await ledger.head(STREAM);
  const done = await sync(ledger, { ...files, situation: second }, LATER);
  expect(done.failed).toEqual([]);
  const written = (await ledger.read(STREAM, head)).map(({ at: moment, kind, body }) => ({ at: moment, kind, body }));
  return { ledger, done: at(done.situations, 0), written, kinds: written.map(({ kind }) => kind) };
}

const chat = async (ledger: Ledger, drafts: readonly Omit<RecordDraft, 'at' | 'author'>[], moment = NOW) =>
  ledger.append(
    STREAM,
    await ledger.head(STREAM),
    drafts.map((draft) => ({ at: moment, author: 'discord:7', ...draft })),
  );

const coreText = (id: string) => {
  const { reports: _, ...core } = entry(id);
  return core;
};
const amended = (headline: string) => ({
  kind: 'entry.amended',
  body: { entry: entryCore.parse({ ...coreText('E1'), headline }), reason: 'our_error' },
});

describe('the first sync', () => {
  it('writes the history of a situation at the times at which it was recorded', async () => {
    const ledger = memoryLedger();
    const done = await sync(ledger, {}, NOW);
    expect(done).toEqual({
      registry: 5,
      situations: [
        {
          slug: 'river-2024',
          added: 3,
          amended: 0,
          retracted: 0,
          untouched: 0,
          waiting: 0,
          records: 4,
          collisions: [],
        },
      ],
      withoutFile: [],
      failed: [],
    });
    const records = await ledger.read(STREAM);
    expect(records.map(({ at: moment, author, kind }) => [moment, author, kind])).toEqual([
      ['2024-11-27T10:00:00.000Z', 'data', 'situation.opened'],
      ['2024-11-27T10:00:00.000Z', 'data', 'entry.added'],
      ['2024-11-27T10:00:00.000Z', 'data', 'entry.added'],
      ['2024-11-27T10:00:00.000Z', 'data', 'entry.added'],
    ]);
    expect((await ledger.read('sources'))[0]?.at).toBe('2024-11-27T10:00:00.000Z');
  });

  it('keeps what is recorded after now for later', async () => {
    const ledger = memoryLedger();
    const file = edited(({ entries }) =>
      at(entries, 1).reports.push(report('E2.2', { recorded: '2024-12-01T12:00:00Z' })),
    );
    file.entries.push(entry('E4', { reports: [report('E4.1', { recorded: '2024-12-01T13:00:00Z' })] }));
    expect((await sync(ledger, { situation: file }, NOW)).situations[0]).toMatchObject({ added: 3, waiting: 1 });
    expect((await sync(ledger, { situation: file }, NOW)).situations[0]).toMatchObject({ records: 0, untouched: 3 });
    const done = await sync(ledger, { situation: file }, LATER);
    expect(done.situations[0]).toMatchObject({ added: 1, amended: 1, untouched: 2, waiting: 0 });
    // The desk has learned of it only now: the past is not rewritten.
    expect((await ledger.read(STREAM, 4)).map(({ at: moment }) => moment)).toEqual([LATER, LATER]);
  });

  it('writes nothing the second time', async () => {
    const ledger = memoryLedger();
    await sync(ledger, {}, NOW);
    const done = await sync(ledger, {}, LATER);
    expect(done.registry).toBe(0);
    expect(done.situations[0]).toMatchObject({ added: 0, amended: 0, retracted: 0, untouched: 3, records: 0 });
  });

  it.each([false, true])('unlearns nothing when the clock is set back (replay: %s)', async (replay) => {
    const ledger = memoryLedger();
    const file = edited(({ entries }) => {
      const withdrawn = { recorded: '2024-12-01T12:00:00Z', reason: 'relay_error' as const };
      at(entries, 1).reports.push(report('E2.2', { withdrawn }));
      at(entries, 2).retracted = { recorded: '2024-12-01T12:00:00Z', reason: 'duplicate' };
    });
    await sync(ledger, { situation: file }, LATER, replay);
    const done = await sync(ledger, { situation: file }, NOW, replay);
    expect(done).toMatchObject({ registry: 0, situations: [{ records: 0, untouched: 3 }], failed: [] });
  });

  it('keeps a situation out of the ledger until its first entry is due', async () => {
    const ledger = memoryLedger();
    await sync(ledger, {}, '2024-11-27T09:00:00Z');
    expect(await ledger.streams()).toEqual(['sources']);
  });
});

describe('what a later sync makes of an edit', () => {
  it('a new entry, with all its reports at once', async () => {
    const file = edited(({ entries }) =>
      entries.push(
        entry('E4', {
          reports: [
            report('E4.1'),
            report('E4.2', {
              recorded: '2024-11-28T00:00:00Z',
              withdrawn: { recorded: '2024-11-29T00:00:00Z', reason: 'relay_error' },
            }),
          ],
        }),
      ),
    );
    const { written, done } = await afterEdit(situation(), file);
    expect(written.map(({ kind, at: moment }) => [kind, moment])).toEqual([
      ['entry.added', LATER],
      ['report.withdrawn', LATER],
    ]);
    expect(done).toMatchObject({ added: 1, untouched: 3 });
  });

  it('a changed headline, a changed and a new report, a changed situation', async () => {
    const file = edited(({ situation: head, entries }) => {
      head.title = 'River offensive of 2024';
      at(entries, 0).headline = 'Another headline';
      at(at(entries, 1).reports, 0).credibility = 3;
      at(entries, 2).reports.push(report('E3.2'));
    });
    const { written, done } = await afterEdit(situation(), file);
    expect(written).toMatchObject([
      {
        kind: 'situation.amended',
        body: { reason: 'new_information', situation: { title: 'River offensive of 2024' } },
      },
      { kind: 'entry.amended', body: { reason: 'new_information', entry: { id: 'E1', headline: 'Another headline' } } },
      { kind: 'report.amended', body: { reason: 'new_information', report: { id: 'E2.1', credibility: 3 } } },
      { kind: 'report.added', body: { report: { id: 'E3.2' } } },
    ]);
    expect(done).toMatchObject({ added: 0, amended: 3, untouched: 0 });
  });

  it('a change with the reason that the history of the file gives, step by step', async () => {
    const file = edited(({ entries }) => {
      Object.assign(at(entries, 0), {
        headline: 'Third',
        history: [
          { recorded: '2024-12-01T10:00:00Z', reason: 'source_corrected', was: { headline: 'What happened at E1' } },
          { recorded: '2024-12-01T11:00:00Z', reason: 'our_error', note: 'a slip', was: { headline: 'Second' } },
        ],
      });
    });
    const { written } = await afterEdit(situation(), file);
    expect(written).toMatchObject([
      { kind: 'entry.amended', body: { reason: 'source_corrected', entry: { headline: 'Second' } } },
      { kind: 'entry.amended', body: { reason: 'our_error', note: 'a slip', entry: { headline: 'Third' } } },
    ]);
  });

  it('an old reason is not given for a new change', async () => {
    const history = [{ recorded: '2024-11-29T10:00:00Z', reason: 'our_error' as const, was: { headline: 'Before' } }];
    const first = edited(({ entries }) => Object.assign(at(entries, 0), { history }));
    const second = edited(({ entries }) => Object.assign(at(entries, 0), { history, detail: 'More is known.' }));
    const { written } = await afterEdit(first, second);
    expect(written).toMatchObject([{ kind: 'entry.amended', body: { reason: 'new_information' } }]);
  });

  it('an entry and a report that vanished, and came back', async () => {
    const first = edited(({ entries }) => at(entries, 0).reports.push(report('E1.2')));
    const second = edited(({ entries }) => entries.splice(2, 1));
    const { ledger, written, done } = await afterEdit(first, second);
    const gone = { reason: 'our_error', note: 'removed from the curated files' };
    expect(written).toEqual([
      { at: LATER, kind: 'report.withdrawn', body: { id: 'E1.2', ...gone } },
      { at: LATER, kind: 'entry.retracted', body: { id: 'E3', ...gone } },
    ]);
    expect(done).toMatchObject({ amended: 1, retracted: 1, untouched: 1 });
    const before = await ledger.head(STREAM);
    await sync(ledger, { situation: first }, LATEST);
    expect((await ledger.read(STREAM, before)).map(({ kind }) => kind)).toEqual(['report.restored', 'entry.restored']);
    expect((await sync(ledger, { situation: first }, LATEST)).situations[0]?.records).toBe(0);
  });

  it('a retraction and a withdrawal that the file declares, and takes back', async () => {
    const first = edited(({ entries }) => at(entries, 0).reports.push(report('E1.2')));
    const second = structuredClone(first);
    at(at(second.entries, 0).reports, 1).withdrawn = { recorded: '2024-12-01T05:00:00Z', reason: 'relay_error' };
    at(second.entries, 1).retracted = { recorded: '2024-12-01T05:00:00Z', reason: 'duplicate', note: 'see E1' };
    const { ledger, written } = await afterEdit(first, second);
    expect(written.map(({ body }) => body)).toEqual([
      { id: 'E1.2', reason: 'relay_error' },
      { id: 'E2', reason: 'duplicate', note: 'see E1' },
    ]);
    const back = await sync(ledger, { situation: first }, LATEST);
    expect(back.situations[0]).toMatchObject({ amended: 2, retracted: 0, records: 2 });
  });

  it('links that came, changed and went', async () => {
    const first = edited(({ links }) =>
      links.push(
        { from: 'E1', to: 'E2', type: 'same_as', state: 'suggested' },
        { from: 'E2', to: 'E3', type: 'corrects' },
      ),
    );
    const second = edited(({ links }) =>
      links.push(
        { from: 'E1', to: 'E2', type: 'same_as', state: 'confirmed' },
        { from: 'E1', to: 'E3', type: 'part_of' },
      ),
    );
    const { written } = await afterEdit(first, second);
    expect(written).toMatchObject([
      { kind: 'link.removed', body: { link: { from: 'E2', to: 'E3' }, reason: 'our_error' } },
      { kind: 'link.removed', body: { link: { from: 'E1', to: 'E2', state: 'suggested' } } },
      { kind: 'link.added', body: { link: { from: 'E1', to: 'E2', state: 'confirmed' } } },
      { kind: 'link.added', body: { link: { from: 'E1', to: 'E3' } } },
    ]);
  });

  it('sources that came, changed and went', async () => {
    const ledger = memoryLedger();
    await sync(ledger, {}, NOW);
    const list = sources();
    list.sources.splice(1, 1);
    Object.assign(at(list.sources, 0), { reliability: 'C' });
    list.parties.push({ id: 'west', name: 'The West' });
    await sync(ledger, { sources: list }, LATER);
    expect((await ledger.read('sources', 5)).map(({ at: moment, kind, body }) => [moment, kind, body])).toMatchObject([
      [LATER, 'party.set', { party: { id: 'west' } }],
      [LATER, 'source.set', { source: { id: 'monitor', reliability: 'C' } }],
      [LATER, 'source.retired', { id: 'north-agency' }],
    ]);
    expect((await sync(ledger, { sources: list }, LATEST)).registry).toBe(0);
    await sync(ledger, {}, LATEST);
    expect((await ledger.read('sources', 8)).map(({ kind }) => kind)).toEqual(['source.set', 'source.set']);
  });
});

describe('a mistake in the files takes nothing back', () => {
  it.each<[string, (file: SituationText) => void]>([
    ['an entry with a bad value', ({ entries }) => Object.assign(at(entries, 1), { severity: 'majr' })],
    ['an entry whose id was mistyped', ({ entries }) => Object.assign(at(entries, 1), { id: 'e2' })],
    ['an entry that took the id of another', ({ entries }) => Object.assign(at(entries, 1), entry('E1'))],
    ['a report by a mistyped source', ({ entries }) => (at(at(entries, 1).reports, 1).originator = 'montior')],
    ['a report whose id was mistyped', ({ entries }) => (at(at(entries, 1).reports, 1).id = 'E22')],
    ['a link to a mistyped entry', ({ links }) => (at(links, 0).to = 'E33')],
  ])('%s', async (_, spoil) => {
    const first = edited(({ entries, links }) => {
      at(entries, 1).reports.push(report('E2.2'));
      links.push({ from: 'E2', to: 'E3', type: 'contradicts' });
    });
    const second = structuredClone(first);
    spoil(second);
    const { ledger, written } = await afterEdit(first, second);
    expect(written).toEqual([]);
    expect((await sync(ledger, { situation: first }, LATEST)).situations[0]?.records).toBe(0);
  });

  it('a file that cannot be read leaves its situation and the sources alone', async () => {
    const ledger = memoryLedger();
    await sync(ledger, {}, NOW);
    for (const raw of [
      { 'situations/river-2024.json': '{' },
      { 'sources.json': '{' },
      { 'sources.json': '{"parties":[],"sources":[]}' },
    ]) {
      const done = await sync(ledger, { raw }, LATER);
      expect(await ledger.head(STREAM)).toBe(4);
      expect(done.failed).toEqual([]);
    }
    expect((await sync(ledger, { raw: { 'situations/river-2024.json': '{' } }, LATER)).withoutFile).toEqual([
      'river-2024',
    ]);
    expect((await ledger.read('sources')).filter(({ kind }) => kind === 'source.retired')).toEqual([]);
  });
});

describe('what people did in chat', () => {
  it('a chat edit stays until the text of the file changes again', async () => {
    const ledger = memoryLedger();
    const plain = edited(({ entries }) => delete at(entries, 0).place);
    await sync(ledger, { situation: plain }, NOW);
    await chat(ledger, [amended('As edited in chat')]);
    expect((await sync(ledger, { situation: plain }, LATER)).situations[0]?.records).toBe(0);
    const headline = async () => fold(situationRecords(await ledger.read(STREAM)))?.entries.get('E1')?.entry.headline;
    expect(await headline()).toBe('As edited in chat');

    const changed = structuredClone(plain);
    at(changed.entries, 0).headline = 'As edited in the file';
    await sync(ledger, { situation: changed }, LATER);
    expect(await headline()).toBe('As edited in the file');
  });

  it.each([false, true])('what chat told and an export brought back is left alone (replay: %s)', async (replay) => {
    const ledger = memoryLedger();
    await sync(ledger, {}, NOW, replay);
    const { recorded: _, ...told } = report('E4.1', { originator: 'wire' });
    const { recorded: __, ...second } = report('E1.2', { originator: 'wire' });
    await chat(ledger, [
      { kind: 'entry.added', body: { entry: entryCore.parse(coreText('E4')), reports: [told] } },
      { kind: 'report.added', body: { report: second } },
      { kind: 'link.added', body: { link: { from: 'E4', to: 'E1', type: 'same_as', state: 'suggested' } } },
    ]);
    const recorded = '2024-12-01T12:00:00Z';
    const exported = edited(({ entries, links }) => {
      entries.push(entry('E4', { reports: [report('E4.1', { originator: 'wire', recorded })] }));
      at(entries, 0).reports.push(report('E1.2', { originator: 'wire', recorded }));
      links.push({ from: 'E4', to: 'E1', type: 'same_as', state: 'suggested' });
    });
    expect((await sync(ledger, { situation: exported }, LATER, replay)).situations[0]).toMatchObject({
      records: 0,
      collisions: [],
    });

    at(exported.entries, 3).headline = 'Corrected on review';
    at(at(exported.entries, 0).reports, 1).credibility = 5;
    const done = await sync(ledger, { situation: exported }, LATER, replay);
    expect((await ledger.read(STREAM, 7)).map(({ kind }) => kind)).toEqual(['report.amended', 'entry.amended']);
    expect(done.situations[0]).toMatchObject({ amended: 2, collisions: [] });
    expect((await sync(ledger, { situation: exported }, LATER, replay)).situations[0]?.records).toBe(0);
  });

  it.each([false, true])(
    'ids that chat took for something else are named and not overwritten (replay: %s)',
    async (replay) => {
      const ledger = memoryLedger();
      await sync(ledger, {}, NOW, replay);
      const { recorded: _, ...told } = report('E4.1', { originator: 'wire' });
      const { recorded: __, ...second } = report('E1.2', { originator: 'wire' });
      await chat(ledger, [
        { kind: 'entry.added', body: { entry: entryCore.parse(coreText('E4')), reports: [told] } },
        { kind: 'report.added', body: { report: second } },
      ]);
      const recorded = '2024-12-01T12:00:00Z';
      const file = edited(({ entries, links }) => {
        entries.push(entry('E4', { headline: 'Another thing', reports: [report('E4.1', { recorded })] }));
        entries.push(entry('E5', { reports: [report('E5.1', { recorded })] }));
        at(entries, 0).reports.push(report('E1.2', { recorded }));
        links.push({ from: 'E5', to: 'E4', type: 'corrects' });
      });
      const done = await sync(ledger, { situation: file }, LATER, replay);
      expect(done.situations[0]).toMatchObject({ added: 1, records: 1, collisions: ['E1.2', 'E4'] });
      expect((await ledger.read(STREAM, 6)).map(({ at: moment }) => moment)).toEqual([
        replay ? '2024-12-01T12:00:00.000Z' : LATER,
      ]);
    },
  );
});

describe('a ledger that others write to', () => {
  it('reads and decides again when somebody was first', async () => {
    const ledger = memoryLedger();
    let intruders = 3;
    const busy: Ledger = {
      ...ledger,
      async append(stream, expected, drafts) {
        if (stream === STREAM && intruders-- > 0)
          await chat(
            ledger,
            [{ kind: 'entry.retracted', body: { id: 'E99', reason: 'our_error' } }],
            '2024-11-01T00:00:00.000Z',
          );
        return ledger.append(stream, expected, drafts);
      },
    };
    const done = await sync(busy, {}, NOW);
    expect(done.failed).toEqual([]);
    expect(done.situations[0]?.added).toBe(3);
    expect((await ledger.read(STREAM)).filter(({ kind }) => kind === 'entry.added')).toHaveLength(3);
  });

  it('gives up after some attempts, says so, and syncs the other streams', async () => {
    const ledger = memoryLedger();
    const busy: Ledger = {
      ...ledger,
      append: async (stream, expected, drafts) => {
        if (stream === STREAM) throw new Conflict(stream, expected, expected + 1);
        return ledger.append(stream, expected, drafts);
      },
    };
    const done = await sync(busy, {}, NOW);
    expect(done).toMatchObject({ registry: 5, situations: [], failed: [{ stream: STREAM }] });
    expect(done.failed[0]?.cause).toBeInstanceOf(Conflict);
  });
});
