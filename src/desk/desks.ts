import { UserError } from '../errors.ts';
import { appendDecided, followStreams } from '../ledger/followed.ts';
import type { Ledger, LedgerRecord } from '../ledger/ledger.ts';
import type { ChatRecord } from './book.ts';
import { openChatBook } from './book.ts';
import type { DeskRecord, DeskSettings, Dispute, Draft, DraftState, RoleMap } from './record.ts';
import { deskSettings, deskStream, ROLES } from './record.ts';
import type { DeskEvent, DeskState } from './state.ts';
import { foldDesk, newDesk } from './state.ts';
import type { Decision } from './write.ts';
import { writeDecided } from './write.ts';

/** Who does something at which desk, and the id of the interaction by which it comes: the same twice is done once. */
export interface By {
  readonly guild: string;
  readonly author: string;
  readonly key?: string | undefined;
}

/**
 * The desks of all guilds. Who may do what is not asked here (see may.ts); but a draft moves only as drafts move: whoever
 * was second gets a UserError that says how it stands.
 */
export interface Desks {
  /** The whole fold, for those who show it. It changes in place. */
  state(guild: string): Promise<DeskState>;
  settings(guild: string): Promise<DeskSettings>;
  roles(guild: string): Promise<RoleMap>;
  setSettings(by: By, settings: DeskSettings, undoes?: number): Promise<void>;
  setRoles(by: By, roles: RoleMap, undoes?: number): Promise<void>;
  /**
   * A new draft, or with `id` another content of one that its author has not sent yet (or that was sent back). The same key gives the
   * same draft.
   */
  saveDraft<C>(
    by: By,
    draft: { readonly id?: string; readonly situation: string | null; readonly content: C },
  ): Promise<Draft<C>>;
  /** Lets it wait for a reviewer. */
  submit(by: By, id: string): Promise<Draft>;
  approve(by: By, id: string, why?: { readonly reason?: string; readonly breaking?: string }): Promise<Draft>;
  /** `stuck`: it was approved, and cannot be recorded as it is. */
  reject(by: By, id: string, reason: string, stuck?: boolean): Promise<Draft>;
  discard(by: By, id: string): Promise<Draft>;
  /** It is recorded: `records` are the seqs in the stream of its situation. From `saved` too, where no review is asked. */
  applied(by: By, id: string, records: readonly number[]): Promise<Draft>;
  draft(guild: string, id: string): Promise<Draft | undefined>;
  /** In the order in which they were first saved; without `states` all. */
  drafts(guild: string, ...states: readonly DraftState[]): Promise<readonly Draft[]>;
  fileDispute(by: By, dispute: Pick<Dispute, 'situation' | 'entry' | 'edition' | 'from' | 'words'>): Promise<Dispute>;
  closeDispute(by: By, id: string, how: 'corrected' | 'stands', reason: string): Promise<Dispute>;
  /** Open ones, or all. */
  disputes(guild: string, all?: boolean): Promise<readonly Dispute[]>;
  /** What the runner of the mod-log records. */
  mirrored(guild: string, stream: string, seq: number): Promise<void>;
  reminded(guild: string, drafts: readonly string[]): Promise<void>;
  /** What its people recorded in the streams of situations and of the sources. */
  chat(guild: string): Promise<readonly ChatRecord[]>;
  /** Records what a person decided in the stream of a situation or of the sources; see writeDecided. */
  write(
    stream: string,
    by: { readonly author: string; readonly key?: string | undefined },
    decide: () => Decision | Promise<Decision>,
  ): Promise<readonly number[]>;
  /** All records of a stream, for those who take one back. */
  records(stream: string): Promise<readonly LedgerRecord[]>;
  close(): void;
}

export interface DesksOptions {
  readonly ledger: Ledger;
  readonly now: () => Date;
}

/** A person may have so many reports of errors open at one desk. */
const MOST_DISPUTES = 5;
const LONGEST_WORDS = 1000;

const STATE_WORDS: Readonly<Record<DraftState, string>> = {
  saved: 'has not been sent by its author',
  submitted: 'waits for a reviewer',
  approved: 'was approved',
  applied: 'has been recorded',
  rejected: 'was sent back',
  discarded: 'was discarded',
};

const AUTHOR_OF_BOOKKEEPING = 'bot';

const BEFORE: Readonly<
  Record<'save' | 'submit' | 'approve' | 'reject' | 'reject-stuck' | 'discard' | 'apply', readonly DraftState[]>
> = {
  save: ['saved', 'rejected'],
  submit: ['saved'],
  // An admin may let pass what was never sent.
  approve: ['submitted', 'saved'],
  reject: ['submitted'],
  // What was approved, and could not be recorded then.
  'reject-stuck': ['approved'],
  discard: ['saved', 'submitted', 'rejected'],
  apply: ['saved', 'approved'],
};

/** A draft as it must be for this step. */
function draftFor(desk: DeskState, id: string, step: keyof typeof BEFORE): Draft {
  const draft = desk.drafts.get(id);
  if (!draft) throw noDraft(id);
  if (BEFORE[step].includes(draft.state)) return draft;
  throw new UserError(
    `Draft ${id} ${STATE_WORDS[draft.state]}.`,
    'Nothing was changed; /review list shows what waits.',
  );
}

export const noDraft = (id: string): UserError =>
  new UserError(`There is no draft “${id.slice(0, 20)}” at this desk.`, '/review list shows those that wait.');

const next = (prefix: string, taken: number): string => `${prefix}${taken + 1}`;

const events = (records: readonly LedgerRecord[]): readonly DeskEvent[] => records as readonly DeskEvent[];

export function openDesks({ ledger, now }: DesksOptions): Desks {
  const followed = followStreams<DeskState>(ledger, {
    fresh: newDesk,
    take: (records, into) => void foldDesk(events(records), into),
    seq: ({ seq }) => seq,
  });
  const chat = openChatBook(ledger);
  const stateOf = (guild: string): Promise<DeskState> => followed.of(deskStream(guild));

  const record = (
    { guild, author, key }: By,
    decide: (desk: DeskState) => DeskRecord | undefined,
  ): Promise<DeskState> => {
    return appendDecided({ ledger, followed, now }, deskStream(guild), (desk) => {
      if (key !== undefined && desk.keys.has(key)) return [];
      const made = decide(desk);
      return made === undefined ? [] : [{ ...made, author, ...(key !== undefined && { key }) }];
    });
  };

  /** Moves one draft on. Repeated with the same key it is what it is now. */
  const step = async (
    by: By,
    id: string,
    name: keyof typeof BEFORE,
    make: (draft: Draft) => DeskRecord,
  ): Promise<Draft> => {
    const desk = await record({ ...by, key: by.key && `${name}/${by.key}` }, (seen) => make(draftFor(seen, id, name)));
    return found(desk.drafts.get(id), id);
  };
  const found = (draft: Draft | undefined, id: string): Draft => {
    if (draft) return draft;
    throw noDraft(id);
  };

  return {
    state: stateOf,
    settings: async (guild) => (await stateOf(guild)).settings,
    roles: async (guild) => (await stateOf(guild)).roles,
    async setSettings(by, settings, undoes) {
      const body = { settings: deskSettings.parse(settings), ...(undoes !== undefined && { undoes }) };
      await record(by, () => ({ kind: 'settings.set', body }));
    },
    async setRoles(by, roles, undoes) {
      // A role that every member has (its id is the guild's) would hand the desk to everybody.
      const open = ROLES.find((role) => role !== 'reader' && roles[role].includes(by.guild));
      if (open)
        throw new UserError(
          `@everyone cannot be ${open}: every member of the server would be.`,
          'Choose a role that only those have who are meant.',
        );
      await record(by, () => ({ kind: 'roles.set', body: { roles, ...(undoes !== undefined && { undoes }) } }));
    },
    async saveDraft<C>(
      by: By,
      { id, situation, content }: { readonly id?: string; readonly situation: string | null; readonly content: C },
    ): Promise<Draft<C>> {
      const key = by.key && `save/${by.key}`;
      let name = id;
      const desk = await record({ ...by, key }, (seen) => {
        if (id === undefined) name = next('D', seen.drafts.size);
        else if (draftFor(seen, id, 'save').author !== by.author) throw noDraft(id);
        return { kind: 'draft.saved', body: { id: name ?? '', situation, content } };
      });
      const saved = (key === undefined ? undefined : desk.keys.get(key)) ?? name ?? '';
      // Of the content that was just given, or was given with the same key.
      return found(desk.drafts.get(saved), saved) as Draft<C>;
    },
    submit: (by, id) => step(by, id, 'submit', () => ({ kind: 'draft.submitted', body: { id } })),
    approve: (by, id, why = {}) =>
      step(by, id, 'approve', ({ state }) => {
        if (state === 'saved' && why.breaking === undefined)
          throw new UserError(`Draft ${id} has not been sent for review.`, 'Its author can send it.');
        return { kind: 'draft.approved', body: { id, ...why } };
      }),
    reject: (by, id, reason, stuck = false) =>
      step(by, id, stuck ? 'reject-stuck' : 'reject', () => ({ kind: 'draft.rejected', body: { id, reason } })),
    discard: (by, id) => step(by, id, 'discard', () => ({ kind: 'draft.discarded', body: { id } })),
    applied: (by, id, records) => step(by, id, 'apply', () => ({ kind: 'draft.applied', body: { id, records } })),
    draft: async (guild, id) => (await stateOf(guild)).drafts.get(id),
    async drafts(guild, ...states) {
      const all = [...(await stateOf(guild)).drafts.values()];
      return states.length === 0 ? all : all.filter(({ state }) => states.includes(state));
    },
    async fileDispute(by, { words, ...about }) {
      let id = '';
      const said = words.trim().slice(0, LONGEST_WORDS);
      if (said === '') throw new UserError('The report says nothing.', 'Say in a few words what is wrong.');
      const desk = await record({ ...by, key: by.key && `dispute/${by.key}` }, (seen) => {
        const open = [...seen.disputes.values()].filter((d) => d.author === by.author && !d.closed);
        if (open.length >= MOST_DISPUTES)
          throw new UserError(
            `${MOST_DISPUTES} of your reports wait for the desk already.`,
            'It can be told more when it has looked at those.',
          );
        id = next('R', seen.disputes.size);
        return { kind: 'dispute.filed', body: { id, words: said, ...about } };
      });
      const filed = desk.disputes.get(by.key === undefined ? id : (desk.keys.get(`dispute/${by.key}`) ?? id));
      if (!filed) throw new Error('the dispute that was just filed is not there');
      return filed;
    },
    async closeDispute(by, id, how, reason) {
      const desk = await record({ ...by, key: by.key && `close/${by.key}` }, (seen) => {
        const dispute = seen.disputes.get(id);
        if (!dispute) throw new UserError(`There is no report “${id.slice(0, 20)}” at this desk.`);
        if (dispute.closed) throw new UserError(`Report ${id} was closed already.`);
        return { kind: 'dispute.closed', body: { id, how, reason } };
      });
      return desk.disputes.get(id) as Dispute;
    },
    disputes: async (guild, all = false) =>
      [...(await stateOf(guild)).disputes.values()].filter(({ closed }) => all || closed === undefined),
    async mirrored(guild, stream, seq) {
      await record({ guild, author: AUTHOR_OF_BOOKKEEPING }, (desk) =>
        (desk.mirrored.get(stream) ?? 0) >= seq ? undefined : { kind: 'log.mirrored', body: { stream, seq } },
      );
    },
    async reminded(guild, drafts) {
      await record({ guild, author: AUTHOR_OF_BOOKKEEPING }, () => ({ kind: 'reminder.sent', body: { drafts } }));
    },
    chat: (guild) => chat.of(guild),
    write: (stream, by, decide) => writeDecided({ ledger, now }, stream, by, decide),
    records: (stream) => ledger.read(stream),
    close() {
      followed.close();
      chat.close();
    },
  };
}
