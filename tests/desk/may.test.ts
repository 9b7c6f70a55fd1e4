import { describe, expect, test } from 'vitest';
import type { Action, Person, Standing } from '../../src/desk/may.ts';
import { ACTIONS, deskOf, mayRead, refusalOf, standing } from '../../src/desk/may.ts';
import { NO_ROLES, type RoleMap } from '../../src/desk/record.ts';

const HOME = '1100000000000000100';
const AWAY = '1100000000000000999';
const ROLES: RoleMap = { reader: ['10'], editor: ['20'], reviewer: ['30'], admin: ['40'] };
const at = (guild: string | null, change: Partial<Person> = {}): Person => ({
  user: 'ann',
  guild,
  installed: true,
  roles: [],
  ...change,
});

/** Everybody who may come, and what he is at the desk of HOME. */
const PEOPLE = {
  reader: [at(HOME, { roles: ['10'] }), 'reader'],
  editor: [at(HOME, { roles: ['20'] }), 'editor'],
  reviewer: [at(HOME, { roles: ['30'] }), 'reviewer'],
  admin: [at(HOME, { roles: ['40'] }), 'admin'],
  'one with Manage Server': [at(HOME, { manages: true }), 'admin'],
  'editor who is a reviewer, too': [at(HOME, { roles: ['20', '30'] }), 'reviewer'],
  'stranger: a member without a role': [at(HOME), 'stranger'],
  'stranger: a member with a role that means nothing': [at(HOME, { roles: ['99'] }), 'stranger'],
  'member of another server with the same role ids': [at(AWAY, { roles: ['40'] }), 'stranger'],
  'manager of another server': [at(AWAY, { manages: true }), 'stranger'],
  'direct message': [at(null), 'stranger'],
  'direct message with forged rights': [at(null, { manages: true, roles: ['40'] }), 'stranger'],
  'user-installed at home': [at(HOME, { installed: false, manages: true, roles: ['40'] }), 'stranger'],
  'user-installed away': [at(AWAY, { installed: false, manages: true }), 'stranger'],
  'nothing said of the installation': [{ user: 'ann', guild: HOME, roles: ['40'] }, 'stranger'],
} as const satisfies Readonly<Record<string, readonly [Person, Standing]>>;

/** Written down once more, by hand: who may do what. */
const ALLOWED: Readonly<Record<Action, string>> = {
  'entry.add': 'EVA',
  'entry.report': 'EVA',
  'entry.amend': 'EVA',
  'entry.retract': 'EVA',
  'entry.restore': 'EVA',
  'entry.link': 'EVA',
  'source.add': 'EVA',
  'source.amend': 'EVA',
  'draft.edit': 'EVA',
  'draft.submit': 'EVA',
  'draft.discard': 'EVA',
  'draft.list': 'EVA',
  'draft.approve': 'VA',
  'draft.reject': 'VA',
  'draft.override': 'A',
  'situation.open': 'A',
  'situation.amend': 'A',
  'situation.close': 'A',
  'situation.share': 'A',
  'desk.settings': 'A',
  'desk.roles': 'A',
  'desk.log': 'EVA',
  'desk.doctor': 'A',
  'desk.undo': 'VA',
  'dispute.file': 'SREVA',
  'dispute.list': 'EVA',
  'dispute.close': 'EVA',
  'digest.see': 'REVA',
  'digest.create': 'A',
  'digest.edit': 'A',
  'digest.delete': 'A',
  'digest.send': 'EVA',
  'data.import': 'EVA',
};
const LETTERS: Readonly<Record<Standing, string>> = {
  stranger: 'S',
  reader: 'R',
  editor: 'E',
  reviewer: 'V',
  admin: 'A',
};

describe('the whole matrix', () => {
  const desk = new Set([HOME]);
  for (const [who, [person, is]] of Object.entries(PEOPLE))
    describe(who, () => {
      test(`is ${is}`, () => expect(standing(person, desk, ROLES)).toBe(is));
      test.each(Object.keys(ACTIONS) as Action[])('%s', (action) => {
        const refusal = refusalOf(action, person, standing(person, desk, ROLES));
        expect(refusal === undefined).toBe(ALLOWED[action].includes(LETTERS[is]));
        // Every refusal says who can fix it.
        if (refusal) expect(refusal.hint).toMatch(/admin|Manage Server|server of the desk/);
      });
    });

  test('is of every action that there is', () => expect(Object.keys(ACTIONS)).toEqual(Object.keys(ALLOWED)));
});

describe('drafts', () => {
  const reviewer = at(HOME, { roles: ['30'] });
  const refused = (action: Action, about: object) => refusalOf(action, reviewer, 'reviewer', about) !== undefined;

  test.each(['draft.approve', 'draft.reject'] as const)('%s: never by the author, only while it waits', (action) => {
    expect(refused(action, { author: 'bob', draft: 'submitted' })).toBe(false);
    expect(refused(action, { author: 'ann', draft: 'submitted' })).toBe(true);
    for (const draft of ['saved', 'approved', 'applied', 'rejected', 'discarded'])
      expect(refused(action, { author: 'bob', draft })).toBe(true);
  });
  test('an admin is no exception: he may let it pass, and that is recorded as such', () => {
    const admin = at(HOME, { manages: true });
    const own = { author: 'ann', draft: 'submitted' } as const;
    expect(refusalOf('draft.approve', admin, 'admin', own)?.message).toContain('You wrote this change');
    expect(refusalOf('draft.override', admin, 'admin', own)).toBeUndefined();
    expect(refusalOf('draft.override', admin, 'admin', { ...own, draft: 'applied' })).toBeDefined();
  });
  test.each(['draft.edit', 'draft.submit', 'draft.discard'] as const)('%s: by nobody but the author', (action) => {
    expect(refused(action, { author: 'ann' })).toBe(false);
    expect(refused(action, { author: 'bob' })).toBe(true);
  });
  test('nothing is added to a closed situation, and what is told of it is still put right', () => {
    for (const action of ['entry.amend', 'entry.retract', 'entry.restore', 'entry.link'] as const)
      expect(refused(action, { closed: true })).toBe(false);
    expect(refused('entry.add', { closed: true })).toBe(true);
    expect(refused('entry.report', { closed: true })).toBe(true);
    expect(refused('draft.submit', { closed: true })).toBe(false);
  });
});

describe('a private situation', () => {
  const own = { visibility: 'desk', desk: HOME } as const;
  const reads = (person: Person, situation: Parameters<typeof mayRead>[0] = own, roles = ROLES) =>
    mayRead(situation, person, new Set([AWAY]), roles);

  test('is read by those whom its desk lets read, and by nobody else', () => {
    for (const [person, is] of Object.values(PEOPLE).slice(0, -1)) expect(reads(person)).toBe(is !== 'stranger');
  });
  test('by every member where no reader role is set, or where it is that of everyone', () => {
    expect(reads(at(HOME), own, NO_ROLES)).toBe(true);
    expect(reads(at(HOME), own, { ...ROLES, reader: [HOME] })).toBe(true);
    expect(reads(at(AWAY), own, NO_ROLES)).toBe(false);
  });
  test('in a guild to which it was given, by those whom that guild lets read; they change nothing', () => {
    const shared = { ...own, sharedWith: [AWAY] };
    expect(reads(at(AWAY), shared, NO_ROLES)).toBe(true);
    expect(reads(at(AWAY), shared, ROLES)).toBe(false);
    expect(reads(at(AWAY, { installed: false }), shared, NO_ROLES)).toBe(false);
    expect(standing(at(AWAY, { manages: true }), deskOf(shared, new Set()), NO_ROLES)).toBe('stranger');
  });
  test('of the curated files belongs to the guilds that own them', () => {
    expect(reads(at(AWAY), { visibility: 'desk' }, NO_ROLES)).toBe(true);
    expect(reads(at(HOME), { visibility: 'desk' }, NO_ROLES)).toBe(false);
  });
  test('a public one is read everywhere', () => {
    for (const [person] of Object.values(PEOPLE)) expect(reads(person, { visibility: 'public' })).toBe(true);
  });
});
