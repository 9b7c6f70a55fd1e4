import type { Known } from '../briefing/tell.ts';
import type { EntryCore, Report } from '../model/entry.ts';
import { entryCore, report as reportSchema } from '../model/entry.ts';
import type { Provenance, RegistryRecord, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { EntryState, Picture, ReportState } from '../picture/picture.ts';
import { linkKey } from '../picture/picture.ts';
import type { Registry } from '../picture/registry.ts';
import { nextEntryId, nextReportId } from './ids.ts';
import { linkTrouble } from './links.ts';
import { entryTrouble, reportTrouble, sourceTrouble } from './names.ts';
import type { Proposal, SituationProposal, SourceProposal } from './proposal.ts';
import { isOfSituation, newSources } from './proposal.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';
import { isWithheld } from './text.ts';

export type Decided =
  | { readonly records: readonly SituationRecord[]; readonly sources: readonly RegistryRecord[] }
  | { readonly refused: Refusal };

const linkStateOf = (picture: Picture, { link }: Extract<SituationProposal, { link: unknown }>) =>
  picture.linksOf.get(link.from)?.find((l) => linkKey(l.link) === linkKey(link));

/**
 * Seq of the last change of what a proposal touches, as the picture has it: what its `basis` is compared with. 0 where
 * nothing is touched.
 */
export function basisOf(picture: Picture, proposal: SituationProposal): number {
  const changed = (id: string): number => picture.entries.get(id)?.changed.seq ?? 0;
  if (proposal.kind === 'entry.add') return 0;
  if (proposal.kind === 'link.add' || proposal.kind === 'link.remove') {
    const { from, to } = proposal.link;
    return Math.max(changed(from), changed(to), linkStateOf(picture, proposal)?.added.seq ?? 0);
  }
  return changed(entryOf(`${proposal.id}.`));
}

/** The records that a proposal becomes, in what is known now; or why it cannot. */
export function decide(proposal: Proposal, known: Known, by?: Provenance): Decided {
  const made = isOfSituation(proposal) ? situationRecords(proposal, known, by?.desk) : sourceRecords(proposal, known);
  if ('refused' in made) return made;
  const fresh = isOfSituation(proposal) ? registered(newSources(proposal), known.registry) : [];
  const sources = [...fresh, ...made.sources];
  return {
    records: made.records.map((record) => signed(record, by)),
    sources: sources.map((record) => signed(record, by)),
  };
}

function signed<R extends { readonly body: object }>(record: R, by: Provenance | undefined): R {
  return by === undefined ? record : { ...record, body: { ...record.body, by } };
}

/** New ones only: a source that was registered meanwhile by the same draft is there. */
const registered = (sources: readonly Source[], registry: Registry): readonly RegistryRecord[] =>
  sources
    .filter(({ id }) => !registry.sources.has(id))
    .map((source): RegistryRecord => ({ kind: 'source.set', body: { source } }));

/** The registry with what a proposal registers. */
export function withSources(registry: Registry, sources: readonly Source[]): Registry {
  if (sources.length === 0) return registry;
  return { ...registry, sources: new Map([...registry.sources, ...sources.map((s) => [s.id, s] as const)]) };
}

function sourceRecords(proposal: SourceProposal, { registry }: Known): Decided {
  const { source } = proposal;
  const there = registry.sources.get(source.id);
  const trouble = sourceTrouble(source, registry);
  if (trouble) return refuse('invalid', trouble);
  if (proposal.kind === 'source.add') {
    if (there)
      return refuse(
        'same',
        `There is a source “${there.name}” (${there.id}) already.`,
        'Amend it, or choose another name.',
      );
  } else {
    if (!there) return refuse('missing', `There is no source ${source.id}.`);
    if (JSON.stringify(there) !== JSON.stringify(proposal.was))
      return refuse('changed', `Somebody changed ${there.name} since you opened it.`, 'Look at it again, and decide.');
    if (JSON.stringify(there) === JSON.stringify(source))
      return refuse('same', `Nothing of ${there.name} would change.`);
  }
  return { records: [], sources: [{ kind: 'source.set', body: { source } }] };
}

function situationRecords(proposal: SituationProposal, before: Known, desk: string | undefined): Decided {
  const { picture } = before;
  if (proposal.situation !== picture.situation.slug)
    return refuse('missing', `This is about ${proposal.situation}, not ${picture.situation.slug}.`);
  const foreign = newSources(proposal)
    .map((s) => sourceTrouble(s, before.registry))
    .find((t) => t !== undefined);
  if (foreign !== undefined) return refuse('invalid', foreign);
  const known = { ...before, registry: withSources(before.registry, newSources(proposal)) };
  const made = recordsFor(proposal, known, desk);
  if ('refused' in made) return made;
  if (proposal.kind !== 'entry.add' && basisOf(picture, proposal) !== proposal.basis)
    return refuse('changed', 'Somebody changed this since you opened it.', 'See what changed, and decide.');
  return { records: [made.record], sources: [] };
}

type Made = { readonly record: SituationRecord } | { readonly refused: Refusal };

function recordsFor(proposal: SituationProposal, known: Known, desk: string | undefined): Made {
  const { picture } = known;
  switch (proposal.kind) {
    case 'entry.add': {
      const id = nextEntryId(picture);
      const entry = { ...proposal.entry, id };
      const reports = proposal.reports.map((r, i) => ({ ...r, id: `${id}.${i + 1}` }));
      return checked({ entry, reports }, known, desk, { kind: 'entry.added', body: { entry, reports } });
    }
    case 'report.add': {
      const state = stateOf(picture, proposal.id);
      if ('refused' in state) return state;
      if (state.retracted) return refuse('missing', `${proposal.id} was retracted.`, 'Restore it first.');
      const report = { ...proposal.report, id: nextReportId(state) };
      return checked({ reports: [report] }, known, desk, { kind: 'report.added', body: { report } });
    }
    case 'entry.amend': {
      const state = stateOf(picture, proposal.id);
      if ('refused' in state) return state;
      const entry = patched(state.entry, proposal.set, proposal.clear);
      if (same(entry, state.entry)) return refuse('same', `Nothing of ${proposal.id} would change.`);
      return checked({ entry }, known, desk, { kind: 'entry.amended', body: { entry, ...whyOf(proposal) } });
    }
    case 'report.amend': {
      const told = reportOf(picture, proposal.id);
      if ('refused' in told) return told;
      const report = patched(told.report, proposal.set, proposal.clear);
      if (same(report, told.report)) return refuse('same', `Nothing of ${proposal.id} would change.`);
      const { originator, publisher } = told.report;
      // Another desk's source may be in what is there; only naming it anew is refused.
      const named = report.originator !== originator || report.publisher !== publisher;
      const record = { kind: 'report.amended', body: { report, ...whyOf(proposal) } } as const;
      return checked({ reports: [report] }, known, named ? desk : undefined, record);
    }
    case 'entry.retract':
    case 'entry.restore': {
      const state = stateOf(picture, proposal.id);
      if ('refused' in state) return state;
      const back = proposal.kind === 'entry.restore';
      if (back === (state.retracted === undefined))
        return refuse(
          'same',
          back ? `${proposal.id} stands; there is nothing to restore.` : `${proposal.id} was retracted already.`,
        );
      const kind = back ? 'entry.restored' : 'entry.retracted';
      return { record: { kind, body: { id: proposal.id, ...whyOf(proposal) } } };
    }
    case 'report.withdraw':
    case 'report.restore': {
      const told = reportOf(picture, proposal.id);
      if ('refused' in told) return told;
      const back = proposal.kind === 'report.restore';
      if (back === (told.withdrawn === undefined))
        return refuse(
          'same',
          back ? `${proposal.id} stands; there is nothing to restore.` : `${proposal.id} was withdrawn already.`,
        );
      const kind = back ? 'report.restored' : 'report.withdrawn';
      return { record: { kind, body: { id: proposal.id, ...whyOf(proposal) } } };
    }
    case 'link.add': {
      const trouble = linkTrouble(picture, proposal.link);
      if (trouble) return trouble;
      return { record: { kind: 'link.added', body: { link: proposal.link } } };
    }
    case 'link.remove': {
      const there = linkStateOf(picture, proposal);
      if (!there) return refuse('same', `${proposal.link.from} and ${proposal.link.to} are not linked so.`);
      return { record: { kind: 'link.removed', body: { link: there.link, ...whyOf(proposal) } } };
    }
  }
}

const whyOf = ({ reason, note }: Extract<SituationProposal, { reason: unknown }>) => ({
  reason,
  ...(note !== undefined && { note }),
});

function stateOf(picture: Picture, id: string): EntryState | { readonly refused: Refusal } {
  return picture.entries.get(id) ?? refuse('missing', `There is no entry ${id} in ${picture.situation.title}.`);
}

function reportOf(picture: Picture, id: string): ReportState | { readonly refused: Refusal } {
  const told = picture.entries.get(entryOf(id))?.reports.find((r) => r.report.id === id);
  return told ?? refuse('missing', `There is no report ${id} in ${picture.situation.title}.`);
}

/** A thing with what is to read differently, and without what is to be taken out. */
function patched<T extends object>(thing: T, set: object, clear: readonly string[]): T {
  const all = Object.entries({ ...thing, ...set }).filter(
    ([key, value]) => value !== undefined && !clear.includes(key),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fields that may be cleared are optional; `checked` reads it anew
  return Object.fromEntries(all) as T;
}

/** JSON with its keys in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
const same = (a: object, b: object): boolean => canonical(a) === canonical(b);

/** Reads what is to be stored through the model once more, and looks up every name in it. */
function checked(
  { entry, reports = [] }: { readonly entry?: EntryCore; readonly reports?: readonly Report[] },
  known: Known,
  desk: string | undefined,
  record: SituationRecord,
): Made {
  const wrong = [...(entry ? [entryCore.safeParse(entry)] : []), ...reports.map((r) => reportSchema.safeParse(r))].find(
    (read) => !read.success,
  );
  if (wrong?.error) {
    const [issue] = wrong.error.issues;
    return refuse('invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be stored'}`);
  }
  const texts = [entry?.headline, entry?.detail, ...reports.flatMap((r) => [r.says, r.quote, r.title])];
  if (texts.some((text) => text !== undefined && isWithheld(text)))
    return refuse('invalid', 'This holds words that were taken back for privacy.', 'Write the line anew without them.');
  const trouble =
    (entry && entryTrouble(entry, known)) ??
    reports.map((r) => reportTrouble(r, known, desk)).find((t) => t !== undefined);
  return trouble === undefined ? { record } : refuse('invalid', trouble);
}
