import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { SAMPLE } from '../support/sample.ts';
import type { Desk, Person } from './people.ts';
import { documentOf, formOf, labels, openDesk, wordsOf } from './people.ts';

const TOLL =
  'The Syrian Observatory for Human Rights said on Friday 29 November 2024 that at least 255 people, mostly combatants, had been killed since Wednesday.';

const NEW = {
  headline: 'A convoy of flour reached the eastern bakery',
  when: '2024-11-30 18:00',
  where: 'Aleppo',
  who: 'SOHR',
  link: 'https://example.org/bakery?utm_source=x',
};

async function drafted(
  person: Person,
  args: Readonly<Record<string, string>> = {},
  values: Readonly<Record<string, string>> = {},
) {
  const form = formOf(await person.type('entry add', { situation: SAMPLE, published: '2024-11-30', ...args }));
  return person.send(form, { ...NEW, ...values });
}

const added = async (desk: Desk) => {
  const picture = await desk.archive.picture(SAMPLE);
  return [...(picture?.entries.values() ?? [])].filter((s) => s.added.author !== 'data');
};

describe('adding an entry', () => {
  test('form, preview, save: one record, with how it came about', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const preview = await drafted(ann);
    expect(await added(desk)).toHaveLength(0);
    expect(wordsOf(preview)).toContain('30 Nov 2024, 18:00 (Asia/Damascus)');
    expect(labels(preview)).toEqual([
      'Save',
      'Edit',
      'Figures',
      'Details',
      'Parties, tags',
      'Carrier, quote',
      'Cancel',
    ]);
    const done = await ann.press(preview, 'Save');
    const [state] = await added(desk);
    expect(state?.entry).toMatchObject({
      id: 'E1001',
      headline: NEW.headline,
      place: 'aleppo-city',
      occurred: { from: '2024-11-30T15:00:00Z', precision: 'exact_time' },
    });
    expect(state?.reports[0]?.report).toMatchObject({ id: 'E1001.1', originator: 'sohr', published: '2024-11-30' });
    expect(state?.added.author).toBe('ann');
    expect(documentOf(done).title).toContain('recorded as E1001');
    // What is told now is what the preview told.
    const line = documentOf(preview).sections.find((s) => s.id === 'line')?.lines;
    expect(documentOf(done).sections.find((s) => s.id === 'line')?.lines).toEqual(line);
    const last = (await desk.ledger.read(`situation/${SAMPLE}`)).at(-1);
    expect(last).toMatchObject({
      key: 'draft/100000000000000001/D1',
      body: { by: { desk: '100000000000000001', draft: 'D1' } },
    });
  });

  test('the founding sentence: its figure is proposed, taken over, saved', async () => {
    const desk = await openDesk('2024-12-02T09:00:00.000Z');
    const ann = desk.person('ann');
    const form = formOf(
      await ann.type('entry add', { situation: SAMPLE, kind: 'toll', text: TOLL, published: '2024-11-29 20:00' }),
    );
    const shown = Object.fromEntries(form.fields.map((f) => [f.name, f.kind === 'text' ? f.value : undefined]));
    expect(shown['headline']).toContain('at least 255 people');
    expect(shown['who']).toMatch(/Observatory/);
    const preview = await ann.send(form, {
      headline: 'At least 255 people killed since 27 November, monitor says',
      where: '',
    });
    expect(wordsOf(preview)).toContain('Read in the text, not taken over');
    const figures = formOf(await ann.press(preview, 'Figures'));
    const [list] = figures.fields;
    expect(list?.kind === 'some' && list.options.map((o) => o.label)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^at least 255 people killed, since 27 Nov 2024/)]),
    );
    const taken = await ann.send(figures);
    expect(wordsOf(taken)).toContain('at least 255 people killed');
    // The sample tells that number of that day already: it is offered to be added there.
    expect(labels(taken)[0]).toMatch(/^Save anyway|^Save$/);
    const saved = labels(taken).includes('Save')
      ? await ann.press(taken, 'Save')
      : await ann.send(formOf(await ann.press(taken, 'Save anyway …')), { reason: 'For the test' });
    expect(documentOf(saved).title).toContain('recorded');
    const [state] = await added(desk);
    expect(state?.reports[0]?.report.figures).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ measure: 'killed', qualifier: 'at_least', low: 255, high: null, mode: 'cumulative' }),
      ]),
    );
  });

  test('the same modal twice, the same button twice: once', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const form = formOf(await ann.type('entry add', { situation: SAMPLE, published: '2024-11-30' }));
    const [a, b] = [await ann.send(form, NEW, 'one'), await ann.send(form, NEW, 'one')];
    expect(documentOf(a).title).toBe(documentOf(b).title);
    const both = await Promise.allSettled([ann.press(a, 'Save', 'two'), ann.press(a, 'Save', 'two')]);
    expect(both.some((r) => r.status === 'fulfilled')).toBe(true);
    await ann.press(a, 'Save', 'three').catch((thrown: unknown) => expect(thrown).toBeInstanceOf(UserError));
    expect(await added(desk)).toHaveLength(1);
  });

  test('a restart between preview and save loses nothing', async () => {
    const desk = await openDesk();
    const preview = await drafted(desk.person('ann'));
    const after = await desk.restarted();
    const ann = after.person('ann');
    expect(documentOf(await ann.type('review show', { draft: 'D1' })).title).toBe(documentOf(preview).title);
    await ann.press(preview, 'Save');
    expect(await added(after)).toHaveLength(1);
  });

  test('a crash between the record and the draft that knows of it: saving once more records nothing twice', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const preview = await drafted(ann);
    const { desks } = desk.reading;
    if (!desks) throw new Error('no desks');
    const broken = { ...desks, applied: () => Promise.reject(new Error('crashed')) };
    Object.assign(desk.reading, { desks: broken });
    await ann.press(preview, 'Save');
    Object.assign(desk.reading, { desks });
    expect((await desks.draft('100000000000000001', 'D1'))?.state).toBe('saved');
    const again = await ann.press(preview, 'Save');
    expect(documentOf(again).title).toContain('recorded as E1001');
    expect(await added(desk)).toHaveLength(1);
    expect((await desks.draft('100000000000000001', 'D1'))?.state).toBe('applied');
  });

  test('a role removed between opening and sending', async () => {
    const desk = await openDesk();
    const form = formOf(await desk.person('ann').type('entry add', { situation: SAMPLE, published: '2024-11-30' }));
    await expect(desk.person('ann', 'none').send(form, NEW)).rejects.toThrow('Only editors');
    const preview = await desk.person('ann').send(form, NEW);
    await expect(desk.person('ann', 'none').press(preview, 'Save')).rejects.toThrow(UserError);
    expect(await added(desk)).toHaveLength(0);
  });

  test('drafts are their author’s: nobody else sees or presses them before they are sent', async () => {
    const desk = await openDesk();
    const preview = await drafted(desk.person('ann'));
    for (const who of [desk.person('bob'), desk.person('rev', 'reviewer'), desk.person('adm', 'admin')]) {
      await expect(who.type('review show', { draft: 'D1' })).rejects.toThrow('There is no draft');
      for (const label of labels(preview)) await expect(who.press(preview, label)).rejects.toThrow('There is no draft');
    }
    for (const where of [{ guild: null }, { guild: '100000000000000009' }, { installed: false }])
      await expect(desk.person('ann', 'admin', where).press(preview, 'Save')).rejects.toThrow(UserError);
    expect(await added(desk)).toHaveLength(0);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['an empty headline', { headline: '' }, /headline is empty/],
    ['spaces alone', { headline: ' \u3000\t ' }, /headline is empty/],
    ['invisible signs alone', { headline: '\u200b\u2060\u202e' }, /headline is empty/],
    ['4,000 characters', { headline: 'word '.repeat(800) }, /has 3999 characters; it may have 200/],
    ['no source', { who: '' }, /Who says so is empty/],
    ['an unknown source', { who: 'Aleppo Todayy' }, /No source/],
    ['an impossible date', { when: '2024-02-30' }, /no such day/],
    ['an impossible time', { when: '2024-11-29 25:00' }, /no such time/],
    ['no date', { when: 'soonish' }, /not a date/],
    ['a range that is reversed', { when: '29 nov 2024 to 27 nov 2024' }, /ends before it starts/],
    ['an unknown place', { where: 'Atlantis' }, /No place/],
    ['javascript:', { link: 'javascript:alert(1)' }, /not with javascript/],
    ['data:', { link: 'data:text/html,x' }, /not with data/],
    ['credentials', { link: 'https://a:b@example.org' }, /user name or password/],
    ['a look-alike', { link: 'https://pаypal.com' }, /mixes alphabets/],
  ])('refused, with nothing recorded: %s', async (_name, values, words) => {
    const desk = await openDesk();
    await expect(drafted(desk.person('ann'), {}, values)).rejects.toThrow(words);
    expect(await desk.reading.desks?.drafts('100000000000000001')).toEqual([]);
  });

  test('marks that flood and signs that turn the text are gone from what is shown and saved', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const preview = await drafted(ann, {}, { headline: `Flour\u202e ${'e' + '\u0301'.repeat(60)} arrived` });
    await ann.press(preview, 'Save');
    const [state] = await added(desk);
    expect(state?.entry.headline).not.toMatch(/\u202e|\u0301{5}/);
    expect(state?.entry.headline.length).toBeLessThan(30);
  });

  test('a new source is registered with its entry, asks for a reason, and is its desk’s alone', async () => {
    const desk = await openDesk();
    const ann = desk.person('ann');
    const preview = await drafted(ann, {}, { who: 'new: Bakers of the East' });
    expect(wordsOf(preview)).toContain('graded F');
    expect(labels(preview)[0]).toBe('Save anyway …');
    await ann.send(formOf(await ann.press(preview, 'Save anyway …')), { reason: 'We spoke with them' });
    const [state] = await added(desk);
    expect(state?.reports[0]?.report.originator).toBe('bakers-of-the-east');
    expect(desk.archive.registry().sources.get('bakers-of-the-east')).toMatchObject({
      desk: '100000000000000001',
      reliability: 'F',
    });
    const last = (await desk.ledger.read(`situation/${SAMPLE}`)).at(-1);
    expect(last?.body).toMatchObject({ by: { overruled: [{ guard: 'source', reason: 'We spoke with them' }] } });
    expect(await ann.choices('entry add', 'source', 'bakers')).toEqual(['bakers-of-the-east']);
    expect(
      await desk.person('zoe', 'admin', { guild: '100000000000000002' }).choices('entry add', 'source', 'bakers'),
    ).toEqual([]);
  });
});

describe('a message taken over', () => {
  test('its text, link and time are in the form', async () => {
    const desk = await openDesk('2024-12-02T09:00:00.000Z');
    const ann = desk.person('ann');
    const form = formOf(
      await ann.menu({ content: `${TOLL} https://example.org/toll`, at: '2024-11-29T18:05:00.000Z' }),
    );
    const shown = Object.fromEntries(form.fields.map((f) => [f.name, f.kind === 'text' ? f.value : undefined]));
    expect(shown).toMatchObject({ link: 'https://example.org/toll' });
    const preview = await ann.send(form, { headline: 'Toll of Friday' });
    expect(wordsOf(preview)).toContain('29 Nov 2024, 21:05');
  });

  test('a message without a text is its link', async () => {
    const desk = await openDesk();
    const form = formOf(await desk.person('ann').menu({}));
    expect(form.fields.find((f) => f.name === 'link')).toMatchObject({ value: 'https://discord.com/channels/1/2/3' });
    await expect(desk.person('x', 'none').menu({})).rejects.toThrow('no situation here');
  });
});
