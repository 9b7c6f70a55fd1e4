import { UserError } from '../errors.ts';
import type { Situation } from '../model/situation.ts';
import type { DraftState, Role, RoleMap } from './record.ts';
import { ROLES } from './record.ts';

/** Who asks, as Discord said it with the interaction: nothing of it is remembered from an earlier one. */
export interface Person {
  readonly user: string;
  readonly guild: string | null;
  readonly roles?: readonly string[];
  readonly manages?: boolean;
  readonly installed?: boolean;
}

/** What somebody is at a desk. A stranger may be anybody else: a member of another server, or one in a direct message. */
export type Standing = 'stranger' | Role;
const RANKS: readonly Standing[] = ['stranger', ...ROLES];
const rank = (of: Standing): number => RANKS.indexOf(of);

/** Guilds whose desks keep a situation: the one in which it was opened, or those that own the curated files. */
export const deskOf = ({ desk }: Pick<Situation, 'desk'>, deskGuilds: ReadonlySet<string>): ReadonlySet<string> =>
  desk === undefined ? deskGuilds : new Set([desk]);

/**
 * What a person is at the desk of these guilds, from where he asks: in a direct message, in another server, and where the
 * bot is no member (a person may bring it along anywhere) he is a stranger. `roles` are those of the guild he asks in.
 */
export function standing(person: Person, desk: ReadonlySet<string>, roles: RoleMap): Standing {
  const { guild, manages, installed, roles: held = [] } = person;
  if (guild === null || installed !== true || !desk.has(guild)) return 'stranger';
  if (manages === true) return 'admin';
  // Every member has the role whose id is the guild's, and Discord does not list it.
  const has = (role: Role): boolean =>
    roles[role].some((id) => held.includes(id) || (role === 'reader' && id === guild));
  const highest = ROLES.findLast((role) => role !== 'reader' && has(role));
  return highest ?? (roles.reader.length === 0 || has('reader') ? 'reader' : 'stranger');
}

/**
 * Whether somebody may read a situation here: one that is public everywhere; else in a guild whose desk keeps it or to which it
 * was given, those whom that guild lets read. What may not be read is not there: no answer may tell the difference.
 */
export const mayRead = (
  situation: Pick<Situation, 'desk' | 'sharedWith' | 'visibility'>,
  person: Person,
  deskGuilds: ReadonlySet<string>,
  roles: RoleMap,
): boolean =>
  situation.visibility === 'public' ||
  standing(
    // Where nothing is said of it (the console), the bot is where it is asked.
    { ...person, installed: person.installed !== false },
    new Set([...deskOf(situation, deskGuilds), ...(situation.sharedWith ?? [])]),
    roles,
  ) !== 'stranger';

/** What can be done besides asking, the least that one must be for it, and how a refusal calls it. */
export const ACTIONS = {
  'entry.add': ['editor', 'add entries'],
  'entry.report': ['editor', 'add reports'],
  'entry.amend': ['editor', 'amend entries'],
  'entry.retract': ['editor', 'retract entries'],
  'entry.restore': ['editor', 'restore entries'],
  'entry.link': ['editor', 'link entries'],
  'source.add': ['editor', 'add sources'],
  'source.amend': ['editor', 'amend sources'],
  'draft.edit': ['editor', 'edit drafts'],
  'draft.submit': ['editor', 'save changes'],
  'draft.discard': ['editor', 'discard drafts'],
  'draft.list': ['editor', 'see what waits for review'],
  'draft.approve': ['reviewer', 'approve changes'],
  'draft.reject': ['reviewer', 'send changes back'],
  'draft.override': ['admin', 'let a change pass without a second person'],
  'situation.open': ['admin', 'open situations'],
  'situation.amend': ['admin', 'amend situations'],
  'situation.close': ['admin', 'close situations'],
  'situation.share': ['admin', 'say who may read a situation'],
  'desk.settings': ['admin', 'change the settings of the desk'],
  'desk.roles': ['admin', 'change the roles of the desk'],
  'desk.log': ['editor', 'read the log of the desk'],
  'desk.doctor': ['admin', 'see the state of the desk'],
  'desk.undo': ['reviewer', 'take changes back'],
  /** Whoever may read it may say that it is wrong. */
  'dispute.file': ['stranger', 'report errors'],
  'dispute.list': ['editor', 'see what readers reported'],
  'dispute.close': ['editor', 'close reports of readers'],
  'digest.see': ['reader', 'see the digests of this server'],
  'digest.create': ['admin', 'create digests'],
  'digest.edit': ['admin', 'edit digests'],
  'digest.delete': ['admin', 'delete digests'],
  'digest.send': ['editor', 'send digests'],
  'data.import': ['editor', 'import data'],
} as const satisfies Readonly<Record<string, readonly [Standing, string]>>;
export type Action = keyof typeof ACTIONS;

/** What an action is about, as far as it bears on who may do it. */
export interface About {
  /** Who wrote the draft. */
  readonly author?: string;
  readonly draft?: DraftState;
  /** The situation does not take changes any more. */
  readonly closed?: boolean;
}

const NAMES: Readonly<Record<Standing, string>> = {
  stranger: 'everybody',
  reader: 'readers',
  editor: 'editors, reviewers and admins',
  reviewer: 'reviewers and admins',
  admin: 'admins',
};

/** What no other server's desk can be asked for. */
const OF_THIS_SERVER: ReadonlySet<Action> = new Set([
  'desk.settings',
  'desk.roles',
  'desk.log',
  'desk.doctor',
  'draft.list',
  'dispute.list',
  'situation.open',
  'digest.see',
  'digest.create',
  'digest.edit',
  'digest.delete',
  'digest.send',
]);

function unable(action: Action, person: Person): UserError {
  const [least, words] = ACTIONS[action];
  if (person.guild === null)
    return new UserError(`Nobody can ${words} in a direct message.`, 'Use the command in the server of the desk.');
  if (person.installed !== true)
    return new UserError(
      `Nobody can ${words} here: Sitrep has not been added to this server.`,
      'Somebody with “Manage Server” can add it.',
    );
  if (OF_THIS_SERVER.has(action))
    return new UserError(
      `Only ${NAMES[least]} of this server’s desk can ${words}.`,
      'An admin (or somebody with “Manage Server”) says who they are, with /desk roles.',
    );
  return new UserError(
    `Only ${NAMES[least]} of the desk that keeps this can ${words}.`,
    'In the server of that desk an admin (or somebody with “Manage Server”) says who they are, with /desk roles.',
  );
}

/** Drafts that are their author's alone, and those that somebody else must decide on. */
const OWN: ReadonlySet<Action> = new Set(['draft.edit', 'draft.submit', 'draft.discard']);
const OTHERS: ReadonlySet<Action> = new Set(['draft.approve', 'draft.reject']);

/** Why somebody may not do this, with who can; undefined where he may. */
export function refusalOf(action: Action, person: Person, is: Standing, about: About = {}): UserError | undefined {
  if (rank(is) < rank(ACTIONS[action][0])) return unable(action, person);
  const { author, draft } = about;
  if (author !== undefined && OWN.has(action) && author !== person.user)
    return new UserError('This draft is somebody else’s.', 'Only its author can change it or send it.');
  if (author !== undefined && OTHERS.has(action) && author === person.user)
    return new UserError(
      'You wrote this change: somebody else has to look at it.',
      'Another reviewer can approve it; an admin can let it pass as breaking news, with a reason.',
    );
  if (OTHERS.has(action) && draft !== undefined && draft !== 'submitted')
    return new UserError('This draft does not wait for review any more.', '/review list shows those that wait.');
  if (action === 'draft.override' && draft !== undefined && draft !== 'submitted' && draft !== 'saved')
    return new UserError('This draft has been decided on.', '/review list shows those that wait.');
  // What is told of it is still put right.
  if (about.closed === true && (action === 'entry.add' || action === 'entry.report'))
    return new UserError(
      'This situation is closed: nothing is added to it.',
      'An admin can open it again with /situation amend.',
    );
  return undefined;
}

/** Passes, or throws the refusal. */
export function demand(action: Action, person: Person, is: Standing, about?: About): void {
  const refusal = refusalOf(action, person, is, about);
  if (refusal) throw refusal;
}
