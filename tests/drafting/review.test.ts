import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { SAMPLE } from '../support/sample.ts';
import type { Desk } from './people.ts';
import { documentOf, formOf, GUILD, labels, openDesk, wordsOf } from './people.ts';

const state = async (desk: Desk, id: string) => (await desk.archive.picture(SAMPLE))?.entries.get(id);
const head = async (desk: Desk): Promise<number> => (await desk.archive.picture(SAMPLE))?.seq ?? 0;
/** An entry of the sample to which nothing has happened, without figures and not of weight. */
async function plain(desk: Desk): Promise<string> {
  const all = [...((await desk.archive.picture(SAMPLE))?.entries.values() ?? [])];
  const found = all.find(
    (s) =>
      s.entry.severity === 'routine' &&
      !s.retracted &&
      s.reports.length === 1 &&
      s.reports[0]?.report.figures.length === 0,
  );
  if (!found) throw new Error('no plain entry');
  return found.entry.id;
}

const REJECT = { label: 'Reject …', act: 'review show reject', args: { draft: 'D1' } };

async function amendment(desk: Desk, who: string, entry: string, headline: string, reason = 'our_error') {
  const person = desk.person(who);
  const form = formOf(await person.type('entry amend', { situation: SAMPLE, entry }));
  return { person, preview: await person.send(form, { headline, reason }) };
}

describe('a second pair of eyes', () => {
  test('a change waits, is seen old → new, and is recorded when somebody else approves it', async () => {
    const desk = await openDesk(undefined, 'all');
    const id = await plain(desk);
    const { person: ann, preview } = await amendment(desk, 'ann', id, 'In better words');
    expect(labels(preview)).toContain('Send for review');
    const before = await head(desk);
    await ann.press(preview, 'Send for review');
    expect(await head(desk)).toBe(before);
    await expect(ann.press(preview, 'Send for review')).rejects.toThrow('was saved already');
    const rev = desk.person('rev', 'reviewer');
    expect(wordsOf(await rev.type('review list'))).toContain('In better words');
    const shown = await rev.type('review show', { draft: 'D1' });
    expect(wordsOf(shown)).toMatch(/Old → new.*In better words/);
    expect(labels(shown)).toEqual(['Approve', 'Reject …']);
    // A reader learns nothing of it.
    await expect(desk.person('joe', 'none').type('review show', { draft: 'D1' })).rejects.toThrow('Only editors');
    await expect(desk.person('joe', 'none').type('review list')).rejects.toThrow('Only editors');
    await expect(desk.person('joe', 'none').type('review show', { draft: 'D77' })).rejects.toThrow('Only editors');
    // An editor sees it and decides nothing; its author does not approve it, whatever his role.
    expect(labels(await desk.person('eve').type('review show', { draft: 'D1' }))).toEqual([]);
    for (const who of [desk.person('eve'), desk.person('ann', 'reviewer'), desk.person('ann', 'admin')])
      await expect(who.press(shown, 'Approve')).rejects.toThrow(UserError);
    await rev.press(shown, 'Approve');
    expect((await state(desk, id))?.entry.headline).toBe('In better words');
    expect((await desk.ledger.read(`situation/${SAMPLE}`)).at(-1)).toMatchObject({
      author: 'ann',
      body: { reason: 'our_error', by: { draft: 'D1', approvedBy: 'rev' } },
    });
    await expect(rev.press(shown, 'Approve')).rejects.toThrow('does not wait');
    expect(await head(desk)).toBe(before + 1);
  });

  test('what is sent back tells why; edited it waits anew', async () => {
    const desk = await openDesk(undefined, 'all');
    const { person: ann, preview } = await amendment(desk, 'ann', await plain(desk), 'In worse words');
    await ann.press(preview, 'Send for review');
    const rev = desk.person('rev', 'reviewer');
    const shown = await rev.type('review show', { draft: 'D1' });
    await rev.send(formOf(await rev.press(shown, 'Reject …')), { reason: 'Say who' });
    const back = await ann.type('review show', { draft: 'D1' });
    expect(wordsOf(back)).toContain('Say who');
    expect(wordsOf(await ann.type('review list'))).toMatch(/Sent back.*Say who/);
    expect(wordsOf(await rev.type('review show', { draft: 'D1' }))).not.toContain('Only you see this');
    const again = await ann.send(formOf(await ann.press(back, 'Edit')), { headline: 'In good words' });
    await ann.press(again, 'Send for review');
    await rev.press(await rev.type('review show', { draft: 'D1' }), 'Approve');
    expect((await desk.ledger.read(`situation/${SAMPLE}`)).at(-1)?.body).toMatchObject({
      entry: { headline: 'In good words' },
    });
  });

  test('what was approved and cannot be recorded any more is sent back', async () => {
    const desk = await openDesk(undefined, 'all');
    const id = await plain(desk);
    const { person: ann, preview } = await amendment(desk, 'ann', id, 'In better words');
    await ann.press(preview, 'Send for review');
    const rev = desk.person('rev', 'reviewer');
    // Approved, and then somebody else's change came first.
    await desk.reading.desks?.approve({ guild: GUILD, author: 'rev' }, 'D1');
    const fresh = await rev.type('review show', { draft: 'D1' });
    expect(labels(fresh)).toEqual(['Finish recording']);
    await expect(rev.press({ ...documentOf(fresh), acts: [REJECT] }, 'Reject …')).rejects.toThrow('does not wait');
    const picture = await desk.archive.picture(SAMPLE);
    const entry = picture?.entries.get(id)?.entry;
    if (!picture || !entry) throw new Error('no entry');
    await desk.reading.desks?.write(`situation/${SAMPLE}`, { author: 'bob' }, () => ({
      seq: picture.seq,
      at: picture.at,
      records: [
        { kind: 'entry.amended', body: { entry: { ...entry, headline: 'Bob was first' }, reason: 'our_error' } },
      ],
    }));
    const stuck = await rev.type('review show', { draft: 'D1' });
    expect(labels(stuck)).toEqual(['Finish recording', 'Reject …']);
    await expect(ann.press(stuck, 'Reject …')).rejects.toThrow(UserError);
    await rev.send(formOf(await rev.press(stuck, 'Reject …')), { reason: 'Look at what Bob wrote' });
    expect((await state(desk, id))?.entry.headline).toBe('Bob was first');
    expect(labels(await ann.type('review show', { draft: 'D1' }))).toContain('Keep mine on top of it');
  });

  test('an admin lets his own pass as breaking, and the record says so', async () => {
    const desk = await openDesk(undefined, 'all');
    const adm = desk.person('adm', 'admin');
    const id = await plain(desk);
    const form = formOf(await adm.type('entry amend', { situation: SAMPLE, entry: id }));
    const preview = await adm.send(form, { headline: 'It cannot wait', reason: 'new_information' });
    await adm.send(formOf(await adm.press(preview, 'Publish now …')), { reason: 'Lives depend on it' });
    expect((await desk.ledger.read(`situation/${SAMPLE}`)).at(-1)?.body).toMatchObject({
      by: { breaking: 'Lives depend on it' },
    });
    expect((await state(desk, id))?.entry.headline).toBe('It cannot wait');
  });

  test('what is taken back for privacy does not wait', async () => {
    const desk = await openDesk(undefined, 'all');
    const ann = desk.person('ann');
    const id = await plain(desk);
    const form = formOf(await ann.type('entry retract', { situation: SAMPLE, entry: id }));
    const preview = await ann.send(form, { reason: 'privacy' });
    expect(labels(preview)).toContain('Save');
    await ann.press(preview, 'Save');
    expect((await state(desk, id))?.retracted?.reason).toBe('privacy');
  });

  test('only what weighs waits under the middle rule', async () => {
    const desk = await openDesk(undefined, 'figures_and_major');
    const { preview } = await amendment(desk, 'ann', await plain(desk), 'In other words');
    expect(labels(preview)).toContain('Save');
    const ann = desk.person('ann');
    const form = formOf(await ann.type('entry add', { situation: SAMPLE, severity: 'flash', published: '2024-12-01' }));
    const flash = await ann.send(form, {
      headline: 'A flash of its own kind',
      when: '2024-12-01',
      where: '',
      who: 'SOHR',
      link: '',
    });
    expect(labels(flash)).toContain('Send for review');
  });
});

describe('two at once', () => {
  test('the second sees what the first changed, and decides; what he did not touch stays as the first left it', async () => {
    const desk = await openDesk();
    const id = await plain(desk);
    const bob = desk.person('bob');
    const form = formOf(await bob.type('entry amend', { situation: SAMPLE, entry: id, part: 'filing' }));
    const first = await amendment(desk, 'ann', id, 'What Ann wrote');
    await first.person.press(first.preview, 'Save');
    const late = await bob.send(form, { severity: 'background', reason: 'scope' });
    expect(wordsOf(late)).toContain('Changed meanwhile by somebody else');
    expect(wordsOf(late)).toContain('What Ann wrote');
    expect(labels(late)).not.toContain('Save');
    const merged = await bob.press(late, 'Keep mine on top of it');
    await bob.press(merged, 'Save');
    expect((await state(desk, id))?.entry).toMatchObject({ headline: 'What Ann wrote', severity: 'background' });
  });

  test('both press Save at the same moment: one is recorded, the other looks again', async () => {
    const desk = await openDesk();
    const id = await plain(desk);
    const [a, b] = [await amendment(desk, 'ann', id, 'Ann’s words'), await amendment(desk, 'bob', id, 'Bob’s words')];
    const before = await head(desk);
    const done = await Promise.all([a.person.press(a.preview, 'Save'), b.person.press(b.preview, 'Save')]);
    expect(await head(desk)).toBe(before + 1);
    expect(done.filter((d) => labels(d).includes('Keep mine on top of it'))).toHaveLength(1);
  });

  test('two new entries at the same moment get two ids', async () => {
    const desk = await openDesk();
    const drafts = await Promise.all(
      [
        ['ann', 'Flour reaches bakery'],
        ['bob', 'Bridge opened again'],
        ['cem', 'School closes doors'],
        ['dot', 'Talks begin abroad'],
      ].map(async ([name = '', headline = '']) => {
        const person = desk.person(name);
        const form = formOf(await person.type('entry add', { situation: SAMPLE, published: '2024-12-01' }));
        return {
          person,
          preview: await person.send(form, {
            headline,
            when: '2024-12-01',
            where: '',
            who: 'SOHR',
            link: '',
          }),
        };
      }),
    );
    const done = await Promise.all(drafts.map(({ person, preview }) => person.press(preview, 'Save')));
    expect(new Set(done.map((d) => documentOf(d).title)).size).toBe(4);
    for (const n of [1, 2, 3, 4]) expect(await state(desk, `E100${n}`)).toBeDefined();
  });

  test('an edit is not seen as a change of what nobody touched', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const all = [...((await desk.archive.picture(SAMPLE))?.entries.keys() ?? [])];
    for (const entry of all) {
      const form = formOf(await ann.type('entry amend', { situation: SAMPLE, entry }));
      await expect(ann.send(form, { reason: 'our_error' })).rejects.toThrow('Nothing of');
    }
  });
});

describe('everything comes back', () => {
  test('reports, links and entries: taken back and restored', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const id = await plain(desk);
    const told = formOf(await ann.type('entry report', { situation: SAMPLE, entry: id }));
    const preview = await ann.send(told, {
      who: 'OCHA',
      link: 'https://example.org/2',
      published: '2024-12-02',
      says: 'The same, from the office',
    });
    const save = async (p: typeof preview) =>
      labels(p)[0]?.startsWith('Save anyway')
        ? ann.send(formOf(await ann.press(p, 'Save anyway …')), { reason: 'A test' })
        : ann.press(p, 'Save');
    await save(preview);
    const report = (await state(desk, id))?.reports.at(-1)?.report.id ?? '';
    expect(report).toBe(`${id}.101`);
    const gone = formOf(await ann.type('entry retract', { situation: SAMPLE, entry: id, report }));
    await save(await ann.send(gone, { reason: 'relay_error', note: 'They never said so' }));
    expect((await state(desk, id))?.reports.at(-1)?.withdrawn).toMatchObject({
      reason: 'relay_error',
      note: 'They never said so',
    });
    const back = formOf(await ann.type('entry restore', { situation: SAMPLE, entry: id, report }));
    await save(await ann.send(back, { reason: 'our_error' }));
    expect((await state(desk, id))?.reports.at(-1)?.withdrawn).toBeUndefined();
    await expect(
      ann.type('entry link', { situation: SAMPLE, entry: id, to: id, type: 'part_of' }).then((d) => wordsOf(d)),
    ).resolves.toContain('cannot be linked to itself');
    const other = id === 'E1' ? 'E2' : 'E1';
    await ann.press(
      await ann.type('entry link', { situation: SAMPLE, entry: id, to: other, type: 'contradicts' }),
      'Save',
    );
    expect((await desk.archive.picture(SAMPLE))?.linksOf.get(id)?.some((l) => l.link.type === 'contradicts')).toBe(
      true,
    );
    await ann.press(
      await ann.type('entry link', {
        situation: SAMPLE,
        entry: id,
        to: other,
        type: 'contradicts',
        remove: 'our_error',
      }),
      'Save',
    );
    expect(
      (await desk.archive.picture(SAMPLE))?.linksOf.get(id)?.some((l) => l.link.type === 'contradicts') ?? false,
    ).toBe(false);
  });

  test('a source is added, amended and seen by its desk', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const form = formOf(await ann.type('source add', { short: 'Bakers', languages: 'ar, en' }));
    await ann.press(
      await ann.send(form, {
        name: 'Bakers of the East',
        about: 'a union',
        kind: 'local_authority',
        party: '',
        reliability: 'C',
      }),
      'Save',
    );
    expect(desk.archive.registry().sources.get('bakers-of-the-east')).toMatchObject({
      short: 'Bakers',
      languages: ['ar', 'en'],
      reliability: 'C',
      desk: GUILD,
    });
    const amend = formOf(await ann.type('source amend', { source: 'bakers-of-the-east' }));
    const preview = await ann.send(amend, { reliability: 'B' });
    expect(wordsOf(preview)).toMatch(/Reliability.*C.*B/);
    await ann.press(preview, 'Save');
    expect(desk.archive.registry().sources.get('bakers-of-the-east')).toMatchObject({
      reliability: 'B',
      short: 'Bakers',
    });
    const elsewhere = desk.person('zoe', 'admin', { guild: '100000000000000002', manages: true });
    await expect(elsewhere.type('source amend', { source: 'bakers-of-the-east' })).rejects.toThrow(
      'There is no source',
    );
    await expect(elsewhere.type('source amend', { source: 'sohr' })).rejects.toThrow(UserError);
  });
});

describe('what a draft must not tell', () => {
  test('a situation that is taken from a desk takes its drafts along, without a word of it', async () => {
    const desk = await openDesk(undefined, 'all');
    const { person: ann, preview } = await amendment(desk, 'ann', await plain(desk), 'In better words');
    await ann.press(preview, 'Send for review');
    const picture = await desk.archive.picture(SAMPLE);
    if (!picture) throw new Error('no sample');
    const moved = { ...picture.situation, visibility: 'desk' as const, desk: '100000000000000007' };
    await desk.reading.desks?.write(`situation/${SAMPLE}`, { author: 'x' }, () => ({
      seq: picture.seq,
      at: picture.at,
      records: [{ kind: 'situation.amended', body: { situation: moved, reason: 'privacy' } }],
    }));
    for (const who of [ann, desk.person('rev', 'reviewer'), desk.person('adm', 'admin')]) {
      const thrown = await who.type('review show', { draft: 'D1' }).catch((t: unknown) => t);
      expect(String(thrown)).toContain('There is no draft “D1”');
      expect(String(thrown)).not.toContain(SAMPLE);
      expect(wordsOf(await who.type('review list'))).not.toContain(SAMPLE);
      expect(await who.choices('review show', 'draft', '')).toEqual([]);
      for (const label of ['Send for review', 'Edit', 'Cancel']) {
        const refused = await who.press(preview, label).catch((t: unknown) => t);
        expect(String(refused)).toContain('There is no draft');
      }
    }
  });

  test('a desk’s own sources are offered to its editors alone', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const form = formOf(await ann.type('source add'));
    await ann.press(await ann.send(form, { name: 'A quiet voice', kind: 'person', reliability: 'C' }), 'Save');
    expect(await ann.choices('source show', 'source', 'quiet')).toEqual(['a-quiet-voice']);
    for (const who of [
      desk.person('joe', 'none'),
      desk.person('zoe', 'admin', { guild: '100000000000000002' }),
      desk.person('ann', 'admin', { guild: null }),
    ]) {
      expect(await who.choices('source show', 'source', 'quiet')).toEqual([]);
      await expect(who.type('source show', { source: 'a-quiet-voice' })).rejects.toThrow('No source');
    }
  });
});

describe('a reader reports an error', () => {
  test('the line is chosen, the words arrive at the desk with the entry', async () => {
    const desk = await openDesk();
    const reader = desk.person('reader', 'none', { guild: null });
    const form = formOf(await reader.press(await reader.type('brief', { situation: SAMPLE }), 'Report an error'));
    const [list] = form.fields;
    const entry = list?.kind === 'one' ? (list.options[0]?.value ?? '') : '';
    await reader.send(form, { entry, words: 'It was a Tuesday' }, 'same');
    await reader.send(form, { entry, words: 'It was a Tuesday' }, 'same');
    expect(await desk.reading.desks?.disputes(GUILD)).toMatchObject([
      { id: 'R1', entry, words: 'It was a Tuesday', author: 'reader' },
    ]);
  });

  test('an error in one entry needs no list; one that is not in the list is named by its number', async () => {
    const desk = await openDesk();
    const reader = desk.person('reader', 'none');
    const one = formOf(
      await reader.press(await reader.type('entry show', { situation: SAMPLE, entry: 'E12' }), 'Report an error'),
    );
    expect(one.fields.map((f) => f.name)).toEqual(['words']);
    await reader.send(one, { words: 'Not all were combatants' });
    const form = formOf(await reader.press(await reader.type('timeline', { situation: SAMPLE }), 'Report an error'));
    await expect(reader.send(form, { words: 'Which?' })).rejects.toThrow('No line was named');
    await expect(reader.send(form, { other: 'E99999', words: 'None' })).rejects.toThrow('There is no entry “E99999”');
    await reader.send(form, { other: 'e1', words: 'By its number' });
    expect(await desk.reading.desks?.disputes(GUILD)).toMatchObject([{ entry: 'E12' }, { entry: 'E1' }]);
  });
});

describe('each part of an entry and of its reports can be amended', () => {
  test('parties, category, tags and whether it is sensitive', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const id = await plain(desk);
    const form = formOf(await ann.type('entry amend', { situation: SAMPLE, entry: id, part: 'about' }));
    const wrong = { parties: 'Russia (boss)', reason: 'our_error' };
    await expect(ann.send(form, wrong)).rejects.toThrow('“boss” is no role');
    await expect(ann.send(form, { ...wrong, parties: 'Atlantis' })).rejects.toThrow('No party “Atlantis”');
    await expect(ann.send(form, { tags: 'ok, ünter', reason: 'our_error' })).rejects.toThrow('cannot be a tag');
    const preview = await ann.send(form, {
      parties: 'Russia (actor)\nsyrian government',
      category: 'air strike',
      tags: '#Aid Convoy, health',
      sensitive: 'yes',
      reason: 'new_information',
    });
    expect(wordsOf(preview)).toMatch(/Old → new.*Parties.*Russia \(actor\), Syrian government \(mentioned\)/);
    const again = formOf(await ann.press(preview, 'Edit'));
    expect(again.title).toBe('Amend: what it is about');
    await ann.press(await ann.send(again, {}), 'Save');
    expect((await state(desk, id))?.entry).toMatchObject({
      parties: [
        { party: 'russia', role: 'actor' },
        { party: 'syrian-government', role: 'mentioned' },
      ],
      category: 'air strike',
      tags: ['aid-convoy', 'health'],
      sensitive: true,
    });
  });

  test('of a report its carrier, quote, hedge and credibility; its stance, title and language', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const id = await plain(desk);
    const carrier = formOf(await ann.type('entry amend', { situation: SAMPLE, entry: id, part: 'carrier' }));
    const preview = await ann.send(carrier, {
      publisher: 'new: Bakers Weekly',
      quote: 'As we were told',
      credibility: '2',
      reason: 'our_error',
    });
    const edit = formOf(await ann.press(preview, 'Edit'));
    expect(edit.title).toBe('Amend a report: who carried it');
    await ann.press(await ann.send(edit, { hedge: 'unverified' }), /^Save/).then(async (reply) => {
      if ('fields' in reply) await ann.send(reply, { reason: 'It is known here' });
    });
    const stance = formOf(await ann.type('entry amend', { situation: SAMPLE, entry: id, part: 'stance' }));
    await expect(ann.send(stance, { language: 'Arabic!', reason: 'our_error' })).rejects.toThrow(
      'no code of a language',
    );
    const second = await ann.send(stance, { stance: 'denies', title: 'A title', language: 'ar', reason: 'our_error' });
    await ann.press(second, /^Save/).then(async (reply) => {
      if ('fields' in reply) await ann.send(reply, { reason: 'It is known here' });
    });
    expect((await state(desk, id))?.reports[0]?.report).toMatchObject({
      publisher: 'bakers-weekly',
      quote: 'As we were told',
      hedge: 'unverified',
      credibility: 2,
      stance: 'denies',
      title: 'A title',
      language: 'ar',
    });
  });

  test('a part of a report asks which, where there are several', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const on = { situation: SAMPLE, entry: 'E12' };
    await expect(ann.type('entry amend', { ...on, part: 'carrier' })).rejects.toThrow('which one is meant');
    await expect(ann.type('entry amend', { ...on, part: 'status', report: 'E12.10' })).rejects.toThrow('of the entry');
    expect(formOf(await ann.type('entry amend', { ...on, part: 'stance', report: 'E12.10' })).args['report']).toBe(
      'E12.10',
    );
  });

  test('a new entry gets its parties and its carrier before it is saved', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const form = formOf(await ann.type('entry add', { situation: SAMPLE }));
    const preview = await ann.send(form, { headline: 'A road is open again', when: '2024-12-01', who: 'SOHR' });
    const about = await ann.send(formOf(await ann.press(preview, 'Parties, tags')), {
      parties: 'Russia',
      tags: 'roads',
    });
    const more = formOf(await ann.press(about, 'Carrier, quote'));
    const told = await ann.send(more, { publisher: 'new: Bakers Weekly', hedge: 'reportedly', credibility: '3' });
    expect(wordsOf(told)).toMatch(/Russia \(mentioned\).*roads/);
    expect(wordsOf(told)).toContain('Bakers Weekly');
  });
});
