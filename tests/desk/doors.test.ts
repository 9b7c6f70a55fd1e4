import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { openArchive } from '../../src/archive.ts';
import { readArgs } from '../../src/asking/args.ts';
import type { Asker, Choice } from '../../src/asking/command.ts';
import type { Filled } from '../../src/asking/form.ts';
import { isForm } from '../../src/asking/form.ts';
import type { Reading } from '../../src/asking/reading.ts';
import { plainText } from '../../src/briefing/plain.ts';
import { openDesks } from '../../src/desk/desks.ts';
import { openReaders } from '../../src/editions/readers.ts';
import { UserError } from '../../src/errors.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { situationStream } from '../../src/model/record.ts';
import { added, entry, opened, stream } from '../support/build.ts';
import { NOW } from '../support/sample.ts';

const HOME = '1100000000000000100';
const AWAY = '1100000000000000999';
const HIDDEN = 'hidden-2024';
const NOWHERE = 'nowhere-2024';
const ROLES = { reader: ['10'], editor: ['20'], reviewer: ['30'], admin: ['40'] };

const at = (guild: string | null, change: Partial<Asker> = {}): Asker => ({
  user: 'eve',
  guild,
  channel: 'here',
  installed: true,
  roles: [],
  manages: false,
  key: '1',
  ...change,
});
const PEOPLE = {
  reader: at(HOME, { roles: ['10'] }),
  editor: at(HOME, { roles: ['20'] }),
  reviewer: at(HOME, { roles: ['30'] }),
  admin: at(HOME, { roles: ['40'] }),
  stranger: at(HOME),
  'admin of another server': at(AWAY, { manages: true, roles: ['40'] }),
  'direct message': at(null, { installed: false, manages: true }),
  'user-installed': at(HOME, { installed: false, manages: true, roles: ['40'] }),
} as const;
type Who = keyof typeof PEOPLE;
const OUTSIDE: readonly Who[] = ['stranger', 'admin of another server', 'direct message', 'user-installed'];

let reading: Reading;
/** How often a picture was asked for. */
let asked = 0;
let appended = 0;

beforeAll(async () => {
  const ledger = memoryLedger();
  for (const drafts of [
    [opened(), added(entry('E1'))],
    [
      opened({ slug: HIDDEN, title: 'A matter of the desk', visibility: 'desk', desk: HOME }),
      added(entry('E1', { headline: 'What nobody may see' })),
      added(entry('E2')),
    ],
  ]) {
    const records = stream(...drafts);
    const [first] = records;
    if (first?.kind !== 'situation.opened') throw new Error('a situation is opened first');
    const name = situationStream(first.body.situation.slug);
    await ledger.append(
      name,
      0,
      records.map((record) => ({ ...record, body: { ...record.body, by: { desk: HOME } } })),
    );
  }
  const now = () => new Date(NOW);
  const desks = openDesks({ ledger, now });
  for (const guild of [HOME, AWAY]) await desks.setRoles({ guild, author: 'ann' }, ROLES);
  const archive = await openArchive(ledger);
  const readers = openReaders({ ledger, now });
  const edition = { situation: HIDDEN, kind: 'brief', asker: 'ann', channel: 'here', private: false } as const;
  for (const guild of [HOME, AWAY])
    await readers.shown(
      { guild, user: 'ann' },
      {
        ...edition,
        messages: ['m'],
        seq: 3,
        request: { path: 'brief', args: { situation: HIDDEN } },
        shows: { E1: 2 },
      },
      'shown',
    );
  ledger.follow(() => {
    appended += 1;
  });
  reading = {
    archive: {
      ...archive,
      picture: (...args) => {
        asked += 1;
        return archive.picture(...args);
      },
    },
    readers,
    desks,
    now,
    deskGuilds: new Set([AWAY]),
  };
});

const leaves = commands.flatMap((c) => c.leaves);
const leafOf = (path: string) => {
  const leaf = leaves.find((l) => l.path === path);
  if (!leaf) throw new Error(`no /${path}`);
  return leaf;
};
/** What somebody is answered, in one text; of a form its title. */
async function answered(work: () => unknown): Promise<string> {
  try {
    const made = (await work()) as object;
    if (isForm(made)) return `form ${made.title}`;
    if ('say' in made) return String(made.say);
    return plainText(('show' in made ? made.show : made) as Parameters<typeof plainText>[0]);
  } catch (thrown) {
    if (thrown instanceof UserError) return `refused: ${thrown.message} ${thrown.hint ?? ''}`;
    throw thrown;
  }
}
/** Refused or not, a list of choices is a list. */
async function offered(choose: () => readonly Choice[] | Promise<readonly Choice[]>): Promise<readonly Choice[]> {
  try {
    return await choose();
  } catch (thrown) {
    if (thrown instanceof UserError) return [];
    throw thrown;
  }
}
const run = (path: string, args: Readonly<Record<string, string>>, asker: Asker) =>
  answered(() => leafOf(path).run(readArgs(leafOf(path).options, args), reading, asker));
const submit = (path: string, form: string, filled: Filled, args: Readonly<Record<string, string>>, asker: Asker) =>
  answered(() => leafOf(path).forms?.[form]?.(filled, args, reading, asker));

describe('a private situation, for all who may not read it', () => {
  const takes = leaves.filter(({ options }) => options.some(({ name }) => name === 'situation'));
  const extra: Readonly<Record<string, string>> = { entry: 'E1', with: 'here', question: 'who?', which: 'E1' };
  const argsFor = (path: string, slug: string) =>
    Object.fromEntries(
      leafOf(path)
        .options.filter((o) => 'required' in o && o.required && o.name !== 'situation')
        .map(({ name }) => [name, extra[name] ?? 'x'])
        .concat([['situation', slug]]),
    );

  describe.each(OUTSIDE)('%s', (who) => {
    test.each(takes.map(({ path }) => path))(
      '/%s: word for word like one that is not there, after as much work',
      async (path) => {
        const person = PEOPLE[who];
        const ask = async (slug: string) => {
          asked = 0;
          const text = await run(path, argsFor(path, slug), person);
          return { text: text.replaceAll(slug, '*'), asked };
        };
        const hidden = await ask(HIDDEN);
        expect(hidden).toEqual(await ask(NOWHERE));
        expect(hidden.text).toMatch(/^refused/);
        expect(hidden.text).not.toMatch(/matter|nobody may see/i);
      },
    );

    test('its records cannot be named, its forms cannot be sent, its briefings cannot be shown again', async () => {
      const person = PEOPLE[who];
      const filled = {
        reason: ['our_error'],
        title: ['Mine'],
        status: ['closed'],
        start: ['2024-11-26'],
        end: ['2024-12-01'],
      };
      const same = async (ask: (slug: string) => Promise<string>) =>
        expect((await ask(HIDDEN)).replaceAll(HIDDEN, '*')).toBe((await ask(NOWHERE)).replaceAll(NOWHERE, '*'));
      const before = appended;
      await same((slug) => run('desk undo', { record: `${slug}#2` }, person));
      await same((slug) => submit('desk undo', 'why', filled, { record: `${slug}#2` }, person));
      await same((slug) => submit('situation amend', 'save', filled, { situation: slug }, person));
      await same((slug) => submit('situation close', 'save', filled, { situation: slug }, person));
      for (const path of ['edition show', 'edition export', 'entry why']) {
        const ask = async (edition: string) => {
          asked = 0;
          const text = await run(path, { edition, ...(path === 'entry why' && { entry: 'E1' }) }, person);
          return { text: text.replace(edition, '*'), asked };
        };
        expect(await ask('B1')).toEqual(await ask('B7'));
      }
      expect(appended).toBe(before);
    });

    test('it is in no choices and in no list', async () => {
      const person = PEOPLE[who];
      for (const { path, complete } of leaves)
        for (const [option, choose] of Object.entries(complete))
          for (const typed of ['', 'h', 'hidden', 'matter', 'B1', 'E1', 'nobody'])
            for (const so of [{}, { situation: HIDDEN }, { edition: 'B1' }]) {
              // What was typed may be offered as it was typed.
              const found = (await offered(() => choose(typed, so, reading, person))).filter(
                ({ value }) => value !== typed,
              );
              const choices = JSON.stringify(found);
              expect(choices, `${path} ${option}`).not.toMatch(/hidden-|matter|nobody may/i);
            }
      expect(await run('situation list', {}, person)).not.toMatch(/hidden|matter/i);
      expect(await run('catchup', {}, person)).not.toMatch(/hidden|matter/i);
    });
  });

  test.each(['reader', 'editor', 'reviewer', 'admin'] as const)('a %s of its desk reads it', async (who) => {
    expect(await run('brief', { situation: HIDDEN }, PEOPLE[who])).toContain('What nobody may see');
    expect(await run('edition show', { edition: 'B1' }, PEOPLE[who])).toContain('What nobody may see');
  });
});

describe('the doors of the desk', () => {
  const none: Filled = {};
  const settings: Filled = { zone: ['Asia/Beirut'], language: ['en'], review: ['all'], 'when-nothing': ['line'] };
  const opening: Filled = { title: ['Mine'], zone: ['Asia/Beirut'], start: ['2024-11-26'], visibility: ['public'] };
  const own = { situation: HIDDEN };
  const why = { reason: ['our_error'] };
  /** What is tried, and who gets through. */
  const TRIES: readonly (readonly [string, (who: Asker) => Promise<string>, readonly Who[]])[] = [
    ['/desk settings', (who) => run('desk settings', {}, who), ['admin']],
    ['/desk roles', (who) => run('desk roles', {}, who), ['admin']],
    ['/desk doctor', (who) => run('desk doctor', {}, who), ['admin']],
    ['/desk log', (who) => run('desk log', {}, who), ['editor', 'reviewer', 'admin']],
    ['/desk undo', (who) => run('desk undo', { record: `${HIDDEN}#3` }, who), ['reviewer', 'admin']],
    ['/situation open', (who) => run('situation open', {}, who), ['admin']],
    ['/situation amend', (who) => run('situation amend', own, who), ['admin']],
    ['/situation close', (who) => run('situation close', own, who), ['admin']],
    ['/situation share', (who) => run('situation share', { ...own, with: 'here' }, who), ['admin']],
    ['the settings form', (who) => submit('desk settings', 'save', settings, {}, who), ['admin']],
    ['the roles form', (who) => submit('desk roles', 'save', { ...none, ...ROLES }, {}, who), ['admin']],
    ['the form of a new situation', (who) => submit('situation open', 'new', opening, {}, who), ['admin']],
    [
      'the form that amends one',
      (who) => submit('situation amend', 'save', { title: ['A matter of the desk'], start: ['2024-11-26'] }, own, who),
      ['admin'],
    ],
    [
      'the form that takes back',
      (who) => submit('desk undo', 'why', why, { record: `${HIDDEN}#3` }, who),
      ['reviewer'],
    ],
  ];
  /** In another server its own admin opens the doors of that server's desk, and of no other. */
  const ITS_OWN = /^\/desk|\/situation open|settings form|roles form|new situation/;

  describe.each(TRIES)('%s', (name, attempt, allowed) => {
    test.each(Object.keys(PEOPLE) as Who[])('%s', async (who) => {
      const before = appended;
      const text = await attempt({ ...PEOPLE[who], key: `${name} ${who}` });
      const through = !text.startsWith('refused');
      const elsewhere = who === 'admin of another server' && ITS_OWN.test(name) && name !== '/desk undo';
      // Taken back once, it cannot be taken back again.
      const again = name === 'the form that takes back' && who === 'admin';
      expect(through, text).toBe(allowed.includes(who) || elsewhere);
      if (again) expect(text).toContain('taken back already');
      if (!through) expect(appended).toBe(before);
    });
  });
});
