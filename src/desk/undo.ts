import { UserError } from '../errors.ts';
import type { LedgerRecord } from '../ledger/ledger.ts';
import type { Change } from '../model/entry.ts';
import type { Provenance, RegistryRecord, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';

type Known = SituationRecord | RegistryRecord;
type Stored = Known & LedgerRecord;

/** What a record changed: two with the same name stand one upon the other. */
function changedBy(record: Known): readonly string[] {
  switch (record.kind) {
    case 'situation.opened':
    case 'situation.amended':
      return ['situation'];
    case 'entry.added':
    case 'entry.amended':
      return [record.body.entry.id];
    case 'entry.retracted':
    case 'entry.restored':
      return [record.body.id];
    case 'report.added':
    case 'report.amended':
      return [record.body.report.id];
    case 'report.withdrawn':
    case 'report.restored':
      return [record.body.id];
    case 'link.added':
    case 'link.removed':
      return [`${record.body.link.from} ${record.body.link.type} ${record.body.link.to}`];
    case 'party.set':
      return [`party ${record.body.party.id}`];
    case 'source.set':
      return [`source ${record.body.source.id}`];
    case 'source.retired':
      return [`source ${record.body.id}`];
    default:
      return [];
  }
}

/** What would fall with an entry that was added: its reports, its links, and later words about itself. */
function standsOn(record: Known, base: Known): boolean {
  const names = changedBy(record);
  if (changedBy(base).some((name) => names.includes(name))) return true;
  if (base.kind !== 'entry.added') return false;
  const { id } = base.body.entry;
  if (record.kind === 'link.added' || record.kind === 'link.removed')
    return record.body.link.from === id || record.body.link.to === id;
  if (record.kind === 'report.added' || record.kind === 'report.amended') return entryOf(record.body.report.id) === id;
  return (record.kind === 'report.withdrawn' || record.kind === 'report.restored') && entryOf(record.body.id) === id;
}

const byOf = (record: Known): Provenance | undefined => record.body.by;

/** Records that were taken back; and with those that took them back, all of which nothing is left. */
function cancelled(records: readonly Stored[]): {
  readonly takenBack: ReadonlySet<number>;
  readonly gone: ReadonlySet<number>;
} {
  const gone = new Set<number>();
  const takenBack = new Set<number>();
  for (const record of records.toReversed()) {
    const undone = byOf(record)?.undoes;
    // What took something back and was itself taken back counts for nothing.
    if (undone === undefined || takenBack.has(record.seq)) continue;
    takenBack.add(undone);
    gone.add(record.seq);
    gone.add(undone);
  }
  return { takenBack, gone };
}

/** The last record before this one that set the same thing. */
const before = <K extends Stored['kind']>(
  records: readonly Stored[],
  base: Stored,
  ...kinds: readonly K[]
): Extract<Stored, { kind: K }> | undefined =>
  records.findLast(
    (r): r is Extract<Stored, { kind: K }> =>
      r.seq < base.seq && (kinds as readonly string[]).includes(r.kind) && changedBy(r)[0] === changedBy(base)[0],
  );

const cannot = (why: string, hint: string): never => {
  throw new UserError(why, hint);
};

function opposite(records: readonly Stored[], base: Stored, why: Change & { readonly by: Provenance }): Known {
  const nothing = (): never =>
    cannot(`Record #${base.seq} cannot be taken back: what was there before is not recorded.`, 'Amend it instead.');
  switch (base.kind) {
    case 'entry.added':
      return { kind: 'entry.retracted', body: { id: base.body.entry.id, ...why } };
    case 'entry.retracted':
      return { kind: 'entry.restored', body: { id: base.body.id, ...why } };
    case 'entry.restored':
      return { kind: 'entry.retracted', body: { id: base.body.id, ...why } };
    case 'entry.amended': {
      const entry = before(records, base, 'entry.added', 'entry.amended')?.body.entry ?? nothing();
      return { kind: 'entry.amended', body: { entry, ...why } };
    }
    case 'report.added':
      return { kind: 'report.withdrawn', body: { id: base.body.report.id, ...why } };
    case 'report.withdrawn':
      return { kind: 'report.restored', body: { id: base.body.id, ...why } };
    case 'report.restored':
      return { kind: 'report.withdrawn', body: { id: base.body.id, ...why } };
    case 'report.amended': {
      const { id } = base.body.report;
      // The first report of an entry came with it.
      const added = records.find((r) => r.kind === 'entry.added' && r.body.entry.id === entryOf(id));
      const first = added?.kind === 'entry.added' ? added.body.reports.find((r) => r.id === id) : undefined;
      const report = before(records, base, 'report.added', 'report.amended')?.body.report ?? first ?? nothing();
      return { kind: 'report.amended', body: { report, ...why } };
    }
    case 'link.added':
      return { kind: 'link.removed', body: { link: base.body.link, ...why } };
    case 'link.removed':
      return { kind: 'link.added', body: { link: base.body.link, by: why.by } };
    case 'situation.amended': {
      const situation = before(records, base, 'situation.opened', 'situation.amended')?.body.situation ?? nothing();
      return { kind: 'situation.amended', body: { situation, ...why } };
    }
    case 'source.set': {
      const last = before(records, base, 'source.set', 'source.retired');
      if (last?.kind === 'source.set') return { kind: 'source.set', body: { source: last.body.source, by: why.by } };
      return { kind: 'source.retired', body: { id: base.body.source.id, by: why.by } };
    }
    case 'source.retired': {
      const source = before(records, base, 'source.set')?.body.source ?? nothing();
      return { kind: 'source.set', body: { source, by: why.by } };
    }
    case 'party.set': {
      const party = before(records, base, 'party.set')?.body.party ?? nothing();
      return { kind: 'party.set', body: { party, by: why.by } };
    }
    default:
      return cannot('An opened situation cannot be taken back.', 'It can be closed with /situation close.');
  }
}

/**
 * The record that takes back another one of the same stream, which stays where it is. Refused where something newer stands upon
 * it, where it was taken back already, and where it took something back for privacy: that does not return.
 */
export function undoOf(
  stream: readonly LedgerRecord[],
  seq: number,
  why: Change & { readonly by: Pick<Provenance, 'desk'> },
): { readonly base: Known & LedgerRecord; readonly record: Known } {
  const records = stream as readonly Stored[];
  const base = records.find((r) => r.seq === seq);
  // Files are the word of their curators: the next sync would bring it back.
  if (!base || byOf(base)?.desk !== why.by.desk)
    return cannot(
      `There is no record #${seq} that people of this desk made there.`,
      '/desk log lists those that there are.',
    );
  if (base.kind.startsWith('entry.') || base.kind.startsWith('report.'))
    if ('reason' in base.body && base.body.reason === 'privacy')
      return cannot(
        `Record #${seq} took something back for privacy; that does not return.`,
        'What may be told can be added again in other words.',
      );
  const { takenBack, gone } = cancelled(records);
  if (takenBack.has(seq)) return cannot(`Record #${seq} was taken back already.`, '/desk log shows by which record.');
  const newer = records.find((r) => r.seq > seq && !gone.has(r.seq) && standsOn(r, base));
  if (newer)
    return cannot(
      `Record #${seq} cannot be taken back: #${newer.seq} was recorded upon it since.`,
      `Take #${newer.seq} back first, or amend what is there now.`,
    );
  const by: Provenance = { ...why.by, undoes: seq };
  return { base, record: opposite(records, base, { ...why, by }) };
}
