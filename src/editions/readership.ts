import type { Edition, ReaderRecord } from './edition.ts';

/** A reader's record with the place and time that the ledger gave it. */
export type ReaderEvent = ReaderRecord & { readonly seq: number; readonly at: string; readonly key?: string };

/** What the readers of one guild (or one person, in direct messages) were shown: the fold of their stream. */
export interface Readership {
  readonly seq: number;
  /** Time of the last record. */
  readonly at: string;
  /** The number that the next edition takes; a claimed number is never given again. */
  readonly next: number;
  /** Those that arrived, by number. */
  readonly editions: ReadonlyMap<number, Edition>;
  /** Key of a record → the edition that it is about. */
  readonly keys: ReadonlyMap<string, number>;
  /** `channel situation` → the edition from which the next changes are counted. Private ones have no part in it. */
  readonly ofChannel: ReadonlyMap<string, Edition>;
  /** `person situation` → the same, of all that this person asked for, in public or alone. */
  readonly ofPerson: ReadonlyMap<string, Edition>;
  /** `person situation` → the record up to which the person has read. */
  readonly markers: ReadonlyMap<string, number>;
}

export const about = (who: string, situation: string): string => `${who} ${situation}`;

/**
 * Whether an edition moves the line from which "what changed" is counted. A brief of the whole situation does, and
 * changes that begin no later than that line: a place alone, or a window that leaves a gap, would hide what lies
 * outside. A look back shows what was passed before and moves nothing.
 */
export function moves(edition: Edition, from: Edition | undefined): boolean {
  if (from !== undefined && edition.seq < from.seq) return false;
  if (edition.kind === 'brief') return edition.request.args['place'] === undefined;
  if (edition.kind === 'changes') return from === undefined || (edition.since ?? 0) <= from.seq;
  return false;
}

type Draft = {
  -readonly [K in keyof Readership]: Readership[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : Readership[K] extends ReadonlySet<infer A>
      ? Set<A>
      : Readership[K];
};

export const newReadership = (): Readership => ({
  seq: 0,
  at: '',
  next: 1,
  editions: new Map(),
  keys: new Map(),
  ofChannel: new Map(),
  ofPerson: new Map(),
  markers: new Map(),
});

function move(lines: Map<string, Edition>, key: string, edition: Edition): void {
  if (moves(edition, lines.get(key))) lines.set(key, edition);
}

function apply(draft: Draft, record: ReaderEvent): void {
  const { body, kind } = record;
  if ('number' in body) {
    draft.next = Math.max(draft.next, body.number + 1);
    if (record.key !== undefined) draft.keys.set(record.key, body.number);
  }
  if (kind === 'edition.shown') {
    if (draft.editions.has(body.number)) return;
    draft.editions.set(body.number, body);
    if (!body.private) move(draft.ofChannel, about(body.channel, body.situation), body);
    move(draft.ofPerson, about(body.asker, body.situation), body);
  } else if (kind === 'marker.set') {
    const key = about(body.user, body.situation);
    draft.markers.set(key, Math.max(draft.markers.get(key) ?? 0, body.seq));
  }
}

/**
 * Adds records to a readership, in place: a guild's may be long, and nobody compares its earlier states. Records that
 * it has already are passed over; kinds that it does not know are others' business.
 */
export function foldReaders(records: Iterable<ReaderEvent>, into: Readership = newReadership()): Readership {
  const draft = into as Draft;
  for (const record of records) {
    if (record.seq <= draft.seq) continue;
    draft.seq = record.seq;
    draft.at = record.at;
    apply(draft, record);
  }
  return into;
}
