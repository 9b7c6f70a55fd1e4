import { readersStream } from '../editions/edition.ts';
import type { Digest } from './digest.ts';
import type { Mark } from './owed.ts';
import type { DigestEvent, Failure, Intent, Purpose, Seqs, SlotRef, Window } from './records.ts';

/** What became of a slot, or of a post that belongs to none. */
export type Outcome = 'claimed' | 'sent' | 'late' | 'skipped' | 'missed' | 'failed' | 'uncertain' | 'suspended';

/** One line of a digest's history. */
export interface HistoryLine {
  /** The slot's name, or the post's. */
  readonly name: string;
  readonly purpose: Purpose;
  readonly slot?: SlotRef;
  readonly outcome: Outcome;
  /** When it was recorded last. */
  readonly at: string;
  readonly why?: string;
  readonly code?: string;
  readonly channel?: string;
  readonly message?: string;
  readonly published?: true;
  /** So many older slots were missed as well, unnamed. */
  readonly more?: number;
}

/** A post that was claimed and has no outcome yet. */
export interface OpenPost {
  readonly intent: Intent;
  /** Of the newest attempt, and of the first. */
  readonly at: string;
  readonly first: string;
  readonly author: string;
}

/** What is known of one digest. */
export interface DigestState {
  readonly digest: Digest;
  /** Up to where its slots are settled. */
  readonly mark: Mark;
  /** Situation → the record up to which it was told. What could not be sent does not count. */
  readonly told: Seqs;
  readonly suspended?: Failure & { readonly fix: string; readonly at: string };
  /** In the order in which they were begun, by name; the oldest are dropped. */
  readonly history: ReadonlyMap<string, HistoryLine>;
  /** By name of the post. */
  readonly open: ReadonlyMap<string, OpenPost>;
  /** The last message of a slot or of "send now" that arrived: a board edits it, and "once a week" counts from it. */
  readonly last?: { readonly at: string; readonly channel: string; readonly message: string; readonly post: string };
  /** The newest local date on which a slot was posted, or is being posted. */
  readonly postedOn: string;
}

/** The digests of one guild: the fold of its stream. Deleted ones are gone, and their names are not given again. */
export interface Book {
  readonly guild: string;
  readonly seq: number;
  /** Time of the last record. */
  readonly at: string;
  /** The name of the next digest that is created. */
  readonly next: string;
  /** The number that the next briefing shown in the guild takes. */
  readonly edition: number;
  readonly digests: ReadonlyMap<string, DigestState>;
}

type Writable<T> = {
  -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : T[K];
};
type Draft = Writable<DigestState>;
interface BookDraft extends Writable<Omit<Book, 'digests'>> {
  digests: Map<string, Draft>;
}

/** Lines that are kept of each digest; a line is needed for as long as its slot could come up again, which is about a day. */
const MOST_LINES = 400;

/** The stream of a guild: the one that also holds what was shown there, so that a post and its edition are appended as one. */
export const guildStream = (guild: string): string => readersStream(guild, '');

/** The guild of a stream; undefined for a stream that is none of a guild's. */
export const guildOf = (stream: string): string | undefined => /^guild\/(.+)$/.exec(stream)?.[1];

export const newBook = (guild: string): Book => ({
  guild,
  seq: 0,
  at: '',
  next: 'D1',
  edition: 1,
  digests: new Map(),
});

/** Only what has an outcome is dropped. */
function trim({ history }: Draft): void {
  if (history.size <= MOST_LINES) return;
  for (const [name, { outcome }] of history) {
    if (outcome === 'claimed') continue;
    history.delete(name);
    if (history.size <= MOST_LINES) return;
  }
}

function line(state: Draft, name: string, change: Omit<HistoryLine, 'name' | 'purpose'> & { purpose?: Purpose }): void {
  const { purpose = 'slot', ...rest } = state.history.get(name) ?? {};
  state.history.set(name, { ...rest, purpose, ...change, name });
  trim(state);
}

function settle(state: Draft, slots: readonly SlotRef[]): void {
  for (const { at, wall } of slots) {
    const { at: then, wall: before } = state.mark;
    const later = at > then || (at === then && wall >= (before ?? ''));
    if (later || (before !== undefined && wall > before)) state.mark = { at, wall };
  }
}

function tell(state: Draft, window: Window | undefined): void {
  if (!window) return;
  const told: Record<string, number> = { ...state.told };
  for (const [situation, { to }] of Object.entries(window)) told[situation] = Math.max(told[situation] ?? 0, to);
  state.told = told;
}

const POSTED: ReadonlySet<Outcome> = new Set(['claimed', 'sent', 'late', 'uncertain']);
const SETTLED = { 'slot.skipped': 'skipped', 'slot.missed': 'missed', 'slot.suspended': 'suspended' } as const;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function create(book: BookDraft, { at, body: { digest, since } }: DigestEvent & { kind: 'digest.created' }): void {
  const taken = Number(digest.id.slice(1));
  book.next = `D${Math.max(Number(book.next.slice(1)), taken + 1)}`;
  book.digests.set(digest.id, {
    digest,
    mark: { at: Date.parse(at) },
    told: since,
    history: new Map(),
    open: new Map(),
    postedOn: '',
  });
}

function edit(state: Draft, { at, body: { digest, since } }: DigestEvent & { kind: 'digest.edited' }): void {
  // A changed time applies to slots after the edit.
  if (!same(digest.schedule, state.digest.schedule)) state.mark = { at: Math.max(Date.parse(at), state.mark.at) };
  if (digest.channel !== state.digest.channel || digest.style !== state.digest.style) delete state.last;
  const told: Record<string, number> = {};
  for (const situation of digest.situations) {
    const seq = state.told[situation] ?? since[situation];
    if (seq !== undefined) told[situation] = seq;
  }
  Object.assign(state, { digest, told });
  // Who changes a digest wants it to be tried.
  delete state.suspended;
}

function claim(state: Draft, { at, author, body: intent }: DigestEvent & { kind: 'digest.intent' }): void {
  const known = state.open.get(intent.post);
  state.open.set(intent.post, { intent, at, author, first: known?.first ?? at });
  const { purpose, slot, channel } = intent;
  line(state, intent.post, { purpose, outcome: 'claimed', at, channel, ...(slot && { slot }) });
  if (!slot) return;
  settle(state, [slot]);
  const date = slot.wall.slice(0, 10);
  if (date > state.postedOn) state.postedOn = date;
}

function sent(state: Draft, { at, body }: DigestEvent & { kind: 'digest.sent' }): void {
  const intent = state.open.get(body.post)?.intent;
  if (!intent) return;
  state.open.delete(body.post);
  const { post, channel, message } = body;
  line(state, post, {
    outcome: intent.late ? 'late' : 'sent',
    at,
    channel,
    ...(message !== undefined && { message }),
    ...(body.how === 'found' || body.how === 'gone' ? { why: body.how } : {}),
  });
  if (intent.purpose === 'test' || intent.purpose === 'correction') return;
  if (intent.purpose !== 'flash') {
    tell(state, intent.window);
    if (message !== undefined) state.last = { at, channel, message, post };
  }
}

function failed(state: Draft, { at, body }: DigestEvent & { kind: 'digest.failed' }): void {
  const intent = state.open.get(body.post)?.intent;
  if (!intent) return;
  state.open.delete(body.post);
  const { why, code, uncertain } = body;
  line(state, body.post, { outcome: uncertain ? 'uncertain' : 'failed', at, why, ...(code !== undefined && { code }) });
  // What failed was not posted: the day is free again for a time that is chosen anew.
  if (intent.slot?.wall.startsWith(state.postedOn)) state.postedOn = newestDate(state);
}

function newestDate({ history }: Draft): string {
  let newest = '';
  for (const { slot, outcome } of history.values()) {
    const date = slot?.wall.slice(0, 10) ?? '';
    if (POSTED.has(outcome) && date > newest) newest = date;
  }
  return newest;
}

type SlotEvent = Extract<DigestEvent, { kind: keyof typeof SETTLED }>;

function pass(state: Draft, event: SlotEvent): void {
  const { kind, at, body } = event;
  for (const [i, { wall, at: due }] of body.slots.entries()) {
    const more = i === 0 && 'more' in body && body.more ? { more: body.more } : {};
    const why = 'why' in body ? { why: body.why } : {};
    line(state, `${body.id}@${wall}`, { outcome: SETTLED[kind], at, slot: { wall, at: due }, ...why, ...more });
  }
  settle(state, body.slots);
  if (event.kind === 'slot.skipped') tell(state, event.body.window);
}

function apply(book: BookDraft, event: DigestEvent): void {
  if (event.kind === 'digest.created') {
    create(book, event as DigestEvent & { kind: 'digest.created' });
    return;
  }
  const id = event.kind === 'digest.edited' ? event.body.digest.id : (event.body as { readonly id?: string }).id;
  const state = id === undefined ? undefined : book.digests.get(id);
  if (!state || id === undefined) return;
  switch (event.kind) {
    case 'digest.edited':
      edit(state, event as DigestEvent & { kind: 'digest.edited' });
      break;
    case 'digest.paused':
      state.digest = { ...state.digest, paused: true };
      break;
    case 'digest.resumed':
      state.digest = { ...state.digest, paused: false };
      state.mark = { at: Math.max(Date.parse(event.at), state.mark.at) };
      break;
    case 'digest.deleted':
      book.digests.delete(id);
      break;
    case 'digest.suspended': {
      const { id: _, ...rest } = event.body;
      state.suspended = { ...rest, at: event.at };
      break;
    }
    case 'digest.healed':
      delete state.suspended;
      break;
    case 'digest.intent':
      claim(state, event);
      break;
    case 'digest.sent':
      sent(state, event);
      break;
    case 'digest.published': {
      const known = state.history.get(event.body.post);
      if (known) state.history.set(known.name, { ...known, published: true });
      break;
    }
    case 'digest.failed':
      failed(state, event);
      break;
    case 'slot.skipped':
    case 'slot.missed':
    case 'slot.suspended':
      pass(state, event);
      break;
    default: // What else is in the stream of a guild is others' business.
  }
}

/** Adds records of a guild's stream to its book, in place. Records that it has already are passed over. */
export function foldDigests(records: Iterable<DigestEvent>, into: Book): Book {
  const draft = into as BookDraft;
  for (const record of records) {
    if (record.seq <= draft.seq) continue;
    draft.seq = record.seq;
    draft.at = record.at;
    const { number } = record.body as { readonly number?: unknown };
    if (typeof number === 'number') draft.edition = Math.max(draft.edition, number + 1);
    apply(draft, record);
  }
  return into;
}
