import { describe, expect, test } from 'vitest';
import type { Archive } from '../../src/archive.ts';
import { openArchive } from '../../src/archive.ts';
import { entryIn } from '../../src/asking/asking.ts';
import type { Reading } from '../../src/asking/reading.ts';
import { plainText } from '../../src/briefing/plain.ts';
import { UserError } from '../../src/errors.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { situationStream } from '../../src/model/record.ts';
import type { Draft } from '../support/build.ts';
import { added, entry, opened, pictureOf, registry, stream } from '../support/build.ts';
import { linesOf } from '../support/documents.ts';
import { ask, choicesFor, NOW, READER, readingOf, SAMPLE, sample, sampleAt } from '../support/sample.ts';

async function archiveOf(...situations: readonly (readonly Draft[])[]): Promise<Archive> {
  const ledger = memoryLedger();
  for (const drafts of situations) {
    const records = stream(...drafts);
    const [first] = records;
    if (first?.kind !== 'situation.opened') throw new Error('a situation is opened first');
    await ledger.append(
      situationStream(first.body.situation.slug),
      0,
      records.map(({ at, author, kind, body }) => ({ at, author, kind, body })),
    );
  }
  return openArchive(ledger);
}

const refusal = async (work: Promise<unknown>): Promise<UserError> => {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('this was answered');
};
const told = ({ message, hint }: UserError): string => `${message} ${hint ?? ''}`;

const HIDDEN = 'hidden-2024';
const withHidden = async (): Promise<Reading> =>
  readingOf(
    await archiveOf(
      [opened(), added(entry('E1'))],
      [
        opened({ slug: HIDDEN, title: 'A matter of the desk', visibility: 'desk' }),
        added(entry('E1', { headline: 'What nobody may see' })),
      ],
    ),
  );

const LINES = [
  'brief situation:?',
  'changes situation:?',
  'casualties situation:?',
  'timeline situation:?',
  'sources situation:?',
  'entry show situation:? entry:E1',
  'entry history situation:? entry:E1',
] as const;

describe('a situation that may not be read', () => {
  test.each(LINES)('%s: is answered word for word like one that is not there', async (line) => {
    const reading = await withHidden();
    const asked = async (slug: string) => told(await refusal(ask(line.replace('?', slug), { reading })));
    const answer = await asked(HIDDEN);
    expect(answer.replace(HIDDEN, '*')).toBe((await asked('nowhere-2024')).replace('nowhere-2024', '*'));
    expect(answer.replace(`“${HIDDEN}”`, '')).not.toContain('hidden');
    expect(await asked('A matter of the desk')).toContain('There is no situation “A matter of the desk”');
  });

  test('is in no list and in no choices, of situations, places, parties or entries', async () => {
    const reading = await withHidden();
    expect(plainText(await ask('situation list', { reading }))).not.toMatch(/hidden|matter/i);
    for (const typed of ['', 'hidden', 'matter', HIDDEN])
      expect((await choicesFor('brief', 'situation', typed, {}, { reading })).map((c) => c.value)).not.toContain(
        HIDDEN,
      );
    const so = { situation: HIDDEN };
    expect(await choicesFor('brief', 'place', '', so, { reading })).toEqual([]);
    expect(await choicesFor('timeline', 'party', '', so, { reading })).toEqual([]);
    expect(await choicesFor('entry show', 'entry', '', so, { reading })).toEqual([]);
  });

  test('is read from a guild of its desk, and not in a direct message', async () => {
    const reading = await withHidden();
    const line = `brief situation:${HIDDEN}`;
    const document = await ask(line, { reading, asker: { ...READER, guild: 'desk' } });
    expect(plainText(document)).toContain('What nobody may see');
    await refusal(ask(line, { reading, asker: { ...READER, guild: null } }));
  });

  test('where nothing may be read, that is what is said', async () => {
    const reading = readingOf(await archiveOf([opened({ visibility: 'desk' }), added(entry('E1'))]));
    expect(told(await refusal(ask('brief situation:river-2024', { reading })))).toContain('None is recorded yet.');
  });
});

describe('which situation', () => {
  test.each(['aleppo-2024', 'ALEPPO-2024', 'North-west Syria offensive, November–December 2024'])(
    '%s',
    async (written) => {
      expect((await ask(`brief situation:${written}`)).basis?.situation).toBe(SAMPLE);
    },
  );

  test.each(['aleppo', '../aleppo-2024', '__proto__', '🕐', 'a'.repeat(100)])(
    '%s is none, and the hint names one',
    async (written) => {
      expect(told(await refusal(ask(`brief situation:${written}`)))).toContain(SAMPLE);
    },
  );
});

describe('as-of', () => {
  test('in the future is refused', async () => {
    expect(told(await refusal(ask(`brief situation:${SAMPLE} as-of:2026-06-02`)))).toContain('lies in the future');
    expect(told(await refusal(ask(`brief situation:${SAMPLE} as-of:2026-06-01 12:01`)))).toContain(
      'lies in the future',
    );
  });

  test('today is now', async () => {
    expect((await ask(`brief situation:${SAMPLE} as-of:today`)).subtitle.join()).toContain('1 Jun 2026, 12:00');
  });

  test('before the first record says that nothing was recorded', async () => {
    const error = await refusal(ask(`brief situation:${SAMPLE} as-of:2024-10-01`));
    expect(told(error)).toMatch(
      /^Nothing was recorded about North-west Syria .* before 1 Oct 2024, 23:59 \(Asia\/Damascus\)/,
    );
  });

  test('a day takes in its evening, a time is that minute', async () => {
    const seqs = await Promise.all(
      ['2024-11-29', '2024-11-29 23:59', '2024-11-29 18:00', '29 nov'].map(
        async (asOf) => (await ask(`brief situation:${SAMPLE} as-of:${asOf}`)).basis?.seq,
      ),
    );
    expect(seqs[0]).toBe(seqs[1]);
    expect(seqs[2]).toBeLessThan(seqs[0] ?? 0);
    expect(seqs[3]).toBe(seqs[0]);
  });

  test('what follows an answer looks back to the same moment', async () => {
    const { follows = [] } = await ask(`brief situation:${SAMPLE} as-of:2024-11-29`);
    for (const { command, args } of follows) {
      const line = `${command} ${Object.entries(args)
        .map(([name, value]) => `${name}:${value}`)
        .join(' ')}`;
      const { head: _, ...basis } = (await ask(`brief situation:${SAMPLE} as-of:2024-11-29`)).basis ?? {};
      expect((await ask(line)).basis).toMatchObject(basis);
    }
    expect(follows.length).toBeGreaterThan(0);
  });

  test('a page that is turned later shows the records of the first one', async () => {
    const first = await ask(`brief situation:${SAMPLE} as-of:2024-11-29`);
    const pinned = await ask(`brief situation:${SAMPLE}`, { asker: { ...READER, pin: first.basis?.seq ?? 0 } });
    expect(JSON.stringify(pinned.sections)).toBe(JSON.stringify(first.sections));
  });
});

describe('since', () => {
  const changes = (rest: string) => ask(`changes situation:${SAMPLE} ${rest}`);

  test('a record, by number', async () => {
    const { picture } = await sampleAt();
    const line = (seq: number) => changes(`since:#${seq}`);
    expect(linesOf(await line(picture.seq))).toEqual([]);
    expect(linesOf(await line(picture.seq - 3)).length).toBeGreaterThan(0);
    expect((await changes('since:record 100')).title).toContain('since record #100');
    expect(told(await refusal(line(picture.seq + 1)))).toContain(
      `There is no record #${picture.seq + 1} yet; the newest is #${picture.seq}`,
    );
    expect(JSON.stringify((await line(0)).sections)).not.toContain('learned');
  });

  test('on a look back counts from there', async () => {
    const day = await changes('since:24h as-of:2024-11-29 18:00');
    expect(day.title).toContain('since 28 Nov 2024, 18:00');
    expect((await changes('since:yesterday as-of:2024-11-29')).title).toContain('since 28 Nov 2024, 00:00');
    expect((await changes('since:28 nov as-of:2024-11-29')).title).toContain('since 28 Nov 2024, 00:00');
  });

  test('after the moment asked about is refused', async () => {
    expect(told(await refusal(changes('since:2024-11-30 as-of:2024-11-29')))).toContain(
      'lies after the moment asked about',
    );
    expect(told(await refusal(changes('since:2026-06-02')))).toContain('lies after the moment asked about');
    const seq = (await changes('as-of:2024-11-29')).basis?.seq ?? 0;
    expect(told(await refusal(changes(`since:#${seq + 1} as-of:2024-11-29`)))).toContain('There is no record');
  });

  test('before everything: everything is new', async () => {
    expect(linesOf(await changes('since:2020-01-01')).length).toBeGreaterThan(200);
  });

  test('what was recorded at its very start belongs to the window', async () => {
    const at = '2024-11-27T12:00:00.000Z';
    const reading = readingOf(await archiveOf([opened(), added(entry('E1')), { ...added(entry('E2')), at }]));
    const since = (moment: string) => ask(`changes situation:river-2024 since:${moment}`, { reading });
    expect(linesOf(await since(at)).map((l) => l.entry)).toEqual(['E2']);
    expect(linesOf(await since('2024-11-27T12:00:00.001Z'))).toEqual([]);
  });

  test('without it, a day before the newest record', async () => {
    expect((await changes('as-of:2024-11-29')).title).toContain('since 28 Nov 2024, 23:12');
  });
});

describe('from and to', () => {
  test('reversed are refused with both days', async () => {
    const line = `timeline situation:${SAMPLE} from:2024-12-01 to:29 nov`;
    expect(told(await refusal(ask(line)))).toContain('it starts on 2024-12-01 and ends on 2024-11-29');
  });

  test('are inclusive days', async () => {
    const { sections } = await ask(`timeline situation:${SAMPLE} from:2024-11-29 to:2024-11-29 kind:control`);
    expect(sections.map((s) => s.id)).toContain('day-2024-11-29');
    expect(
      await ask(`timeline situation:${SAMPLE} from:2024-11-30 to:2024-11-29 23:59`).catch((e: unknown) => e),
    ).toBeInstanceOf(UserError);
  });
});

describe('an entry', () => {
  const known = { picture: pictureOf(opened({ title: 'River' }), added(entry('E17'))), registry };

  test.each(['E17', 'e17', '17', ' E17 ', 'E17.1', 'river-2024/E17', 'RIVER-2024/e17', 'river-2024/17'])(
    '%s',
    (written) => {
      expect(entryIn(known, written).entry.id).toBe('E17');
    },
  );

  test.each([
    'E18',
    'E017',
    'aleppo-2024/E17',
    'E',
    '',
    '-17',
    'E17x',
    '1.7e1',
    'E17 OR 1',
    '__proto__',
    'E'.repeat(6000),
  ])('%s is none', (written) => {
    expect(() => entryIn(known, written)).toThrow(UserError);
  });
});

describe('choices while somebody types', () => {
  test('places by any of their names, entries by number and by words', async () => {
    const so = { situation: SAMPLE };
    expect((await choicesFor('brief', 'place', 'حلب', so))[0]?.name).toMatch(/Aleppo/);
    expect((await choicesFor('entry show', 'entry', 'car bombs', so)).map((c) => c.value)).toEqual(
      expect.arrayContaining(['E3', 'E4']),
    );
    expect((await choicesFor('entry show', 'entry', 'e12', so)).map((c) => c.value)).toContain('E12');
  });

  test('are at most 25, of at most 100 characters, and can be asked', async () => {
    const so = { situation: SAMPLE };
    for (const [path, option] of [
      ['brief', 'situation'],
      ['brief', 'place'],
      ['timeline', 'party'],
      ['entry show', 'entry'],
    ] as const)
      for (const typed of ['', 'a', 'syr']) {
        const choices = await choicesFor(path, option, typed, so);
        expect(choices.length).toBeLessThanOrEqual(25);
        for (const { name, value } of choices) expect(Math.max(name.length, value.length)).toBeLessThanOrEqual(100);
      }
    for (const { value } of await choicesFor('brief', 'place', '', so))
      await ask(`brief situation:${SAMPLE} place:${value}`);
    for (const { value } of await choicesFor('timeline', 'party', '', so))
      await ask(`timeline situation:${SAMPLE} party:${value}`);
  });

  test('without a situation there are those of the only one there is', async () => {
    expect((await choicesFor('brief', 'place', 'alep', {})).length).toBeGreaterThan(0);
    const reading = readingOf(await archiveOf([opened()], [opened({ slug: 'other-2024' })]));
    expect(await choicesFor('brief', 'place', '', {}, { reading })).toEqual([]);
  });
});

describe('the archive', () => {
  test('follows what is appended, and keeps what was known then', async () => {
    const ledger = memoryLedger();
    const archive = await openArchive(ledger);
    const records = stream(opened(), added(entry('E1')), added(entry('E2')));
    const drafts = records.map(({ at, author, kind, body }) => ({ at, author, kind, body }));
    const name = situationStream('river-2024');
    expect(archive.slugs()).toEqual([]);
    await ledger.append(name, 0, drafts.slice(0, 2));
    const then = await archive.picture('river-2024');
    await ledger.append(name, 2, drafts.slice(2));
    expect((await archive.picture('river-2024'))?.entries.size).toBe(2);
    expect(await archive.picture('river-2024', { seq: 2 })).toEqual(then);
    expect(await archive.picture('river-2024', { at: records[1]?.at ?? '' })).toEqual(then);
    expect(await archive.picture('river-2024', { seq: 0 })).toBeUndefined();
    expect(await archive.picture('nowhere')).toBeUndefined();
    archive.close();
    await ledger.append(name, 3, [{ ...(drafts[1] as (typeof drafts)[number]), at: '2024-12-01T00:00:00.000Z' }]);
    expect((await archive.picture('river-2024'))?.seq).toBe(3);
  });

  test('misses nothing that is appended while it reads for the first time', async () => {
    const ledger = memoryLedger();
    const drafts = stream(opened(), added(entry('E1')), added(entry('E2'))).map(({ at, author, kind, body }) => ({
      at,
      author,
      kind,
      body,
    }));
    const name = situationStream('river-2024');
    await ledger.append(name, 0, drafts.slice(0, 1));
    const slow = {
      ...ledger,
      read: async (of: string, from?: number) => {
        const read = await ledger.read(of, from);
        const head = await ledger.head(of);
        if (head < drafts.length) await ledger.append(of, head, drafts.slice(head, head + 1));
        return read;
      },
      streams: async () => {
        await ledger.append(name, 1, drafts.slice(1, 2));
        return ledger.streams();
      },
    };
    const archive = await openArchive(slow);
    expect((await archive.picture('river-2024'))?.entries.size).toBe(2);
  });
});

test('the clock of a question is the one that is given: nothing depends on when the tests run', async () => {
  const { archive } = await sample();
  const reading = readingOf(archive, { now: () => new Date(NOW) });
  const [one, two] = await Promise.all([
    ask(`brief situation:${SAMPLE}`, { reading }),
    ask(`brief situation:${SAMPLE}`),
  ]);
  expect(one).toEqual(two);
});

describe('what is not known is refused with examples that fit a chat and a terminal', () => {
  test.each([
    ['brief situation:nowhere', 'For example aleppo-2024.'],
    ['brief situation:aleppo-2024 place:zzzz', 'For example Syria, north-west Syria, northern Syria.'],
    ['timeline situation:aleppo-2024 party:zz', 'For example Hayat Tahrir al-Sham and its allies,'],
  ])('%s', async (line, hint) => {
    const said = told(await refusal(ask(line)));
    expect(said).toContain(hint);
    expect(said).not.toMatch(/list|while you type/);
  });
});
