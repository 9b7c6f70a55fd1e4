import type { DeskRecord, DeskSettings, Dispute, Draft, DraftState, RoleMap } from './record.ts';
import { DEFAULT_SETTINGS, NO_ROLES } from './record.ts';

/** A record of a desk with the place, time and author that the ledger gave it. */
export type DeskEvent = DeskRecord & {
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  readonly key?: string;
};

/** The fold of a desk's stream. */
export interface DeskState {
  readonly seq: number;
  readonly at: string;
  readonly settings: DeskSettings;
  readonly roles: RoleMap;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly disputes: ReadonlyMap<string, Dispute>;
  /** Key of a record → the name of the draft or dispute that it is about. */
  readonly keys: ReadonlyMap<string, string>;
  /** Since when changes are told in the mod-log; undefined while they are told nowhere. */
  readonly mirroredSince: string | undefined;
  /** Stream → the record up to which they have been told. */
  readonly mirrored: ReadonlyMap<string, number>;
  /** What the log can tell of, in order; not the bookkeeping of the log itself. */
  readonly events: readonly DeskEvent[];
  /** When it was last said that drafts wait. */
  readonly reminded: string | undefined;
}

type Mutable = {
  -readonly [K in keyof DeskState]: DeskState[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : DeskState[K] extends readonly (infer E)[]
      ? E[]
      : DeskState[K];
};

export const newDesk = (): DeskState => ({
  seq: 0,
  at: '',
  settings: DEFAULT_SETTINGS,
  roles: NO_ROLES,
  drafts: new Map(),
  disputes: new Map(),
  keys: new Map(),
  mirroredSince: undefined,
  mirrored: new Map(),
  events: [],
  reminded: undefined,
});

type Of<K extends DeskRecord['kind']> = Extract<DeskEvent, { kind: K }>;

function saved(desk: Mutable, { body, author, at, seq }: Of<'draft.saved'>): void {
  const before = desk.drafts.get(body.id);
  desk.drafts.set(body.id, {
    ...(before ?? { author, at }),
    ...body,
    state: 'saved',
    changed: at,
    seq,
  });
}

const STATES = {
  'draft.submitted': 'submitted',
  'draft.approved': 'approved',
  'draft.rejected': 'rejected',
  'draft.discarded': 'discarded',
  'draft.applied': 'applied',
} as const satisfies Readonly<Record<string, DraftState>>;

function moved(desk: Mutable, event: Of<keyof typeof STATES>): void {
  const { kind, body, author, at, seq } = event;
  const before = desk.drafts.get(body.id);
  if (!before) return;
  const { waits: _, ...rest } = before;
  desk.drafts.set(body.id, {
    ...rest,
    state: STATES[kind],
    changed: at,
    seq,
    ...(kind === 'draft.submitted' && { waits: 'reviewer' as const }),
    ...((kind === 'draft.approved' || kind === 'draft.rejected') && {
      decided: { by: author, at, ...(event.body.reason !== undefined && { reason: event.body.reason }) },
    }),
    ...(kind === 'draft.approved' && event.body.breaking !== undefined && { breaking: event.body.breaking }),
    ...(kind === 'draft.applied' && { records: event.body.records }),
  });
}

function apply(desk: Mutable, event: DeskEvent): void {
  const { kind, at, author, seq } = event;
  if (event.key !== undefined && 'id' in event.body) desk.keys.set(event.key, event.body.id);
  switch (kind) {
    case 'settings.set': {
      const { settings } = event.body;
      // In another channel it begins anew: what was told before stands in the old one.
      if (settings.modLog !== desk.settings.modLog) desk.mirroredSince = settings.modLog === undefined ? undefined : at;
      desk.settings = settings;
      return;
    }
    case 'roles.set':
      desk.roles = event.body.roles;
      return;
    case 'draft.saved':
      saved(desk, event);
      return;
    case 'dispute.filed':
      desk.disputes.set(event.body.id, { ...event.body, author, at, seq });
      return;
    case 'dispute.closed': {
      const { id, ...how } = event.body;
      const before = desk.disputes.get(id);
      if (before) desk.disputes.set(id, { ...before, closed: { by: author, at, ...how } });
      return;
    }
    case 'reminder.sent':
      desk.reminded = at;
      return;
    case 'log.mirrored':
      desk.mirrored.set(event.body.stream, Math.max(desk.mirrored.get(event.body.stream) ?? 0, event.body.seq));
      return;
    default:
      // A kind of a later version is passed over.
      if (Object.hasOwn(STATES, kind)) moved(desk, event);
  }
}

const BOOKKEEPING: ReadonlySet<DeskEvent['kind']> = new Set(['log.mirrored', 'reminder.sent']);

/** Adds records to a desk in place; those that it has are passed over. */
export function foldDesk(records: Iterable<DeskEvent>, into: DeskState = newDesk()): DeskState {
  const desk = into as Mutable;
  for (const record of records) {
    if (record.seq <= desk.seq) continue;
    desk.seq = record.seq;
    desk.at = record.at;
    if (!BOOKKEEPING.has(record.kind)) desk.events.push(record);
    apply(desk, record);
  }
  return into;
}
