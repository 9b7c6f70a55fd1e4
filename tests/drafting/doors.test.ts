import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { readArgs } from '../../src/asking/args.ts';
import type { Asker } from '../../src/asking/command.ts';
import { isForm } from '../../src/asking/form.ts';
import { UserError } from '../../src/errors.ts';
import { SAMPLE } from '../support/sample.ts';
import type { Desk } from './people.ts';
import { formOf, GUILD, OTHER, openDesk } from './people.ts';

const leaves = commands.flatMap((c) => c.leaves);
const leafOf = (path: string) => {
  const leaf = leaves.find((l) => l.path === path);
  if (!leaf) throw new Error(`there is no /${path}`);
  return leaf;
};
const DRAFTS = leafOf('review show');
/** What readers may press. */
const OPEN = new Set(['dispute']);
const ACTS = Object.keys(DRAFTS.acts ?? {}).filter((name) => !OPEN.has(name));
const FORMS = Object.keys(DRAFTS.forms ?? {}).filter((name) => !OPEN.has(name));

const on = { situation: SAMPLE, entry: 'E1' };
const TYPED: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['entry add', { situation: SAMPLE }],
  ['entry report', on],
  ['entry amend', on],
  ['entry amend', { ...on, part: 'about' }],
  ['entry amend', { ...on, part: 'stance', report: 'E1.1' }],
  ['entry retract', on],
  ['entry restore', on],
  ['entry link', { ...on, type: 'part_of', to: 'E2' }],
  ['source add', {}],
  ['source amend', { source: 'sohr' }],
  ['review list', {}],
  ['review show', { draft: 'D1' }],
  ['review approve', { draft: 'D2' }],
  ['review reject', { draft: 'D2' }],
];

/** All that any form could hold, so that each would be read if its sender were let in. */
const FILLED = {
  headline: ['Words of a stranger'],
  when: ['2024-11-30'],
  who: ['SOHR'],
  published: ['2024-11-30'],
  says: ['Words of a stranger'],
  stance: ['reports'],
  severity: ['flash'],
  kind: ['event'],
  status: ['computed'],
  credibility: ['1'],
  sensitive: ['yes'],
  language: ['en'],
  reason: ['our_error'],
  name: ['Words of a stranger'],
  reliability: ['A'],
  taken: ['0'],
  more: ['12 people killed'],
};

const PEOPLE = {
  'a member without a role': ['none', {}],
  'an admin of another server': ['admin', { guild: OTHER }],
  'a manager of another server': ['none', { guild: OTHER, manages: true }],
  'in a direct message, with forged rights': ['admin', { guild: null, manages: true }],
  'where the bot is only installed by its user': ['admin', { installed: false, manages: true }],
} as const;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(undefined, 'all');
  const ann = desk.person('ann');
  const draft = async (headline: string) => {
    const form = formOf(await ann.type('entry add', { situation: SAMPLE }));
    return ann.send(form, { headline, when: '2024-12-01', who: 'SOHR' });
  };
  await draft('Nobody sees this');
  await ann.press(await draft('A road is open again'), 'Send for review');
});

/** How much is recorded: of the situation, of sources, and at both desks. */
async function recorded(): Promise<readonly number[]> {
  const streams = [`situation/${SAMPLE}`, 'registry', `desk/${GUILD}`, `desk/${OTHER}`];
  return Promise.all(streams.map(async (stream) => (await desk.ledger.read(stream)).length));
}

type Tried = readonly [name: string, attempt: (who: Asker, draft: string) => unknown];
const byAct: readonly Tried[] = ACTS.map((name) => [
  `the button ${name}`,
  (who, draft) => {
    const act = DRAFTS.acts?.[name];
    const run = typeof act === 'object' ? act.run : act;
    return run?.({ draft, entry: 'E1' }, desk.reading, who);
  },
]);
const byForm: readonly Tried[] = FORMS.flatMap((name): readonly Tried[] => [
  [`the form ${name}`, (who, draft) => DRAFTS.forms?.[name]?.(FILLED, { draft, seq: '2' }, desk.reading, who)],
  [
    `the form ${name}, forged anew`,
    (who) =>
      DRAFTS.forms?.[name]?.(
        FILLED,
        { ...on, id: 'E1', report: 'E1.1', basis: '9999', kind: 'entry.retract', text: 'x' },
        desk.reading,
        who,
      ),
  ],
]);
const refusal = async (attempt: () => unknown): Promise<string> => {
  try {
    await attempt();
  } catch (thrown) {
    if (thrown instanceof UserError) return `${thrown.message} ${thrown.hint ?? ''}`;
    throw thrown;
  }
  return 'let through';
};

describe.each(Object.entries(PEOPLE))('%s', (user, [role, where]) => {
  const asker = (): Asker => ({ ...desk.person(user, role, where).asker, key: 'forged', alone: true });

  test.each([...byAct, ...byForm])('%s opens nothing', async (_, attempt) => {
    const before = await recorded();
    const said = await Promise.all(['D1', 'D2', 'D99'].map((id) => refusal(() => attempt(asker(), id))));
    expect(said).not.toContain('let through');
    expect(JSON.stringify(said)).not.toMatch(/Nobody sees this|A road is open/);
    // Of a draft that is there nothing else is said than of one that is not.
    expect(new Set(said.map((text) => text.replace(/D\d+/, 'D')))).toHaveProperty('size', 1);
    expect(await recorded()).toEqual(before);
  });

  test.each(TYPED)('/%s opens nothing', async (path, args) => {
    const leaf = leafOf(path);
    const before = await recorded();
    const said = await refusal(async () => {
      expect(JSON.stringify(await leaf.run(readArgs(leaf.options, args), desk.reading, asker()))).not.toMatch(
        /Nobody sees this|A road is open/,
      );
    });
    // Who manages another server has a desk of his own there, with its own list and its own sources.
    const atHome = user === 'a manager of another server' && ['review list', 'source add'].includes(path);
    expect(said === 'let through').toBe(atHome);
    for (const complete of Object.values(path.startsWith('review') ? leaf.complete : {})) {
      const choices = await Promise.resolve(complete('', {}, desk.reading, asker())).catch(() => []);
      expect(choices).toEqual([]);
    }
    expect(await recorded()).toEqual(before);
  });
});

describe('an editor who did not write it', () => {
  test.each([...byAct, ...byForm.filter(([name]) => !name.endsWith('anew'))])('%s', async (_, attempt) => {
    const before = await recorded();
    const asker: Asker = { ...desk.person('eve').asker, key: 'forged', alone: true };
    // A draft that was not sent is not there for him; of one that was he may open no more than its preview.
    expect(await refusal(() => attempt(asker, 'D1'))).toContain('There is no draft “D1”');
    expect(await refusal(() => attempt(asker, 'D2'))).not.toBe('let through');
    expect(await recorded()).toEqual(before);
  });
});

test('an editor gets the form of each command, so that the refusals above are about the person', async () => {
  const asker: Asker = { ...desk.person('eve').asker, key: 'right', alone: true };
  for (const [path, args] of TYPED.filter(([name]) => /^(?:entry (?:add|report|amend|retract)|source)/.test(name))) {
    const leaf = leafOf(path);
    const reply = await leaf.run(readArgs(leaf.options, args), desk.reading, asker);
    expect(isForm(reply), path).toBe(path !== 'entry link');
  }
});
