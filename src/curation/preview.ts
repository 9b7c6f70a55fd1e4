import type { Document, Line, Piece, Section } from '../briefing/document.ts';
import { composeEntry } from '../briefing/entry.ts';
import { because } from '../briefing/reasons.ts';
import type { Known } from '../briefing/tell.ts';
import { entryLine, namer, said, strong, text } from '../briefing/tell.ts';
import type { Provenance, RegistryRecord, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { fold } from '../picture/picture.ts';
import { Touches } from '../picture/touches.ts';
import type { Difference } from './diff.ts';
import { differences, entryWords, reportWords, sourceWords } from './diff.ts';
import type { Finding } from './finding.ts';
import type { Proposal } from './proposal.ts';
import { withSources } from './records.ts';

/** Records that are not there yet, and who would be their author when. */
export interface Coming {
  readonly records: readonly SituationRecord[];
  readonly sources: readonly RegistryRecord[];
  readonly author: string;
  /** ISO instant. */
  readonly at: string;
}

/** What would be known with these records, through the fold that every reader's picture comes from. */
export function afterwards({ picture, registry }: Known, { records, sources, author, at }: Coming): Known {
  const fresh = sources.flatMap((r): readonly Source[] => (r.kind === 'source.set' ? [r.body.source] : []));
  const stamped = records.map((record, i) => ({
    ...record,
    seq: picture.seq + 1 + i,
    at: at > picture.at ? at : picture.at,
    author,
  }));
  // What it touched is its own affair: pictures of the real history share one list, and must not meet a record that never was.
  const apart: Picture = { ...picture, touches: new Touches() };
  return { picture: fold(stamped, apart) ?? picture, registry: withSources(registry, fresh) };
}

/** The entries that a proposal's records are about, by id, each once. */
export function entriesTouched(records: readonly SituationRecord[]): readonly string[] {
  const ids = records.flatMap((record): readonly string[] => {
    switch (record.kind) {
      case 'entry.added':
      case 'entry.amended':
        return [record.body.entry.id];
      case 'report.added':
      case 'report.amended':
        return [entryOf(record.body.report.id)];
      case 'link.added':
      case 'link.removed':
        return [record.body.link.from, record.body.link.to];
      case 'situation.opened':
      case 'situation.amended':
        return [];
      default:
        return [entryOf(`${record.body.id}.`)];
    }
  });
  return [...new Set(ids)];
}

/** The lines of these entries exactly as a briefing would tell them. */
export const linesOf = (known: Known, ids: readonly string[]): readonly Line[] => {
  const name = namer(known);
  return ids.flatMap((id) => {
    const state = known.picture.entries.get(id);
    return state ? [entryLine(known, state, name)] : [];
  });
};

/** Reports of the entries, with their figures, as `/entry show` tells them. */
function reportLines(known: Known, records: readonly SituationRecord[]): readonly Line[] {
  const wanted = new Set(
    records.flatMap((r) =>
      r.kind === 'entry.added'
        ? r.body.reports.map(({ id }) => id)
        : r.kind === 'report.added' || r.kind === 'report.amended'
          ? [r.body.report.id]
          : [],
    ),
  );
  return entriesTouched(records).flatMap((id) => {
    const state = known.picture.entries.get(id);
    const lines = state ? composeEntry(known, state, {}).sections.find((s) => s.id === 'reports')?.lines : [];
    return (lines ?? []).filter((line) => line.citations.some((c) => wanted.has(c.report)));
  });
}

const DONE: Readonly<Record<Proposal['kind'], string>> = {
  'entry.add': 'a new entry',
  'report.add': 'another report of',
  'entry.amend': 'an amendment of',
  'report.amend': 'an amendment of',
  'entry.retract': 'a retraction of',
  'entry.restore': 'bringing back',
  'report.withdraw': 'withdrawing',
  'report.restore': 'bringing back',
  'link.add': 'a link from',
  'link.remove': 'taking away the link from',
  'source.add': 'a new source',
  'source.amend': 'an amendment of the source',
};

/** What a proposal is, in a few words: "an amendment of E17". */
export function gist(proposal: Proposal): string {
  const what = DONE[proposal.kind];
  if (proposal.kind === 'entry.add') return what;
  if ('link' in proposal)
    return `${what} ${proposal.link.from} to ${proposal.link.to} (${proposal.link.type.replace('_', ' ')})`;
  if ('source' in proposal) return `${what}: ${proposal.source.name}`;
  return `${what} ${proposal.id}`;
}

/** Old → new of what the records change. Empty where they add something new. */
export function differencesOf(before: Known, coming: Coming): readonly Difference[] {
  const after = afterwards(before, coming);
  const { entries } = before.picture;
  const changed = coming.records.flatMap((record): readonly Difference[] => {
    switch (record.kind) {
      case 'entry.amended': {
        const old = entries.get(record.body.entry.id)?.entry;
        return old ? differences(entryWords(old, before), entryWords(record.body.entry, after)) : [];
      }
      case 'report.amended': {
        const { report } = record.body;
        const old = entries.get(entryOf(report.id))?.reports.find((r) => r.report.id === report.id)?.report;
        return old ? differences(reportWords(old, before), reportWords(report, after)) : [];
      }
      default:
        return [];
    }
  });
  const registered = coming.sources.flatMap((record): readonly Difference[] => {
    if (record.kind !== 'source.set') return [];
    const old = before.registry.sources.get(record.body.source.id);
    return differences(old ? sourceWords(old, before) : new Map(), sourceWords(record.body.source, after));
  });
  return [...changed, ...registered];
}

const differenceRow = ({ field, old, is }: Difference): readonly Piece[] => [
  strong(field),
  text(': '),
  ...(old === undefined ? [] : [said(old), text(' → ')]),
  is === undefined ? text('(taken out)') : said(is),
];

/** What somebody else changed in an entry after a record, as rows. */
export function changesSince(known: Known, state: EntryState, seq: number): readonly (readonly Piece[])[] {
  return state.versions
    .filter((v) => v.seq > seq)
    .flatMap((version) => {
      const { what, author } = version;
      const all =
        what.kind === 'entry.amended'
          ? differences(entryWords(what.before, known), entryWords(what.after, known)).map(differenceRow)
          : what.kind === 'report.amended'
            ? differences(reportWords(what.before, known), reportWords(what.after, known)).map(differenceRow)
            : [
                [
                  text(`${what.kind.replace('.', ' ')}${'report' in what ? ` (${what.report.id})` : ''}`),
                  ...because(version),
                ],
              ];
      return [[text('By '), said(author), text(':')], ...all];
    });
}

/** A draft as its author and its reviewer see it. */
export interface Shown {
  /** `D12`. */
  readonly draft: string;
  readonly proposal: Proposal;
  readonly findings: readonly Finding[];
  readonly overruled: NonNullable<Provenance['overruled']>;
  /** What was changed by others since it was written, where that is so. */
  readonly meanwhile?: readonly (readonly Piece[])[];
  /** Why it cannot be saved as it is. */
  readonly refused?: string;
  /** What stands under the title: that nobody else sees it yet, who wrote it, who decided. */
  readonly state: readonly string[];
  /** Further sections: figures that were read, for example. */
  readonly more?: readonly Section[];
}

/** The preview of a draft: every line as readers will see it, what would read differently, and what the guards saw. */
export function composePreview(
  before: Known | { readonly registry: Known['registry'] },
  coming: Coming,
  shown: Shown,
): Document {
  const { draft, proposal, findings, overruled, meanwhile = [], refused, state, more = [] } = shown;
  const known = 'picture' in before ? before : undefined;
  const after = known && afterwards(known, coming);
  const title = known ? known.picture.situation.title : 'Sources';
  const answered = (f: Finding): string | undefined =>
    overruled.find((o) => o.guard === f.guard && o.saw === f.saw)?.reason;
  const diff = known ? differencesOf(known, coming) : sourceDifferences(before, coming);
  const fresh =
    proposal.kind === 'entry.add' ? coming.records.find((r) => r.kind === 'entry.added')?.body.entry : undefined;
  const told = coming.records.flatMap((r) =>
    r.kind === 'entry.added' ? r.body.reports : r.kind === 'report.added' ? [r.body.report] : [],
  );
  const facts = after
    ? [
        ...(fresh ? [...entryWords(fresh, after)].filter(([field]) => field !== 'Headline') : []),
        // Once, where all were published together.
        ...new Map(told.map((r) => ['Published', reportWords(r, after).get('Published') ?? ''] as const)),
      ]
    : [];
  const sections: readonly Section[] = [
    ...(refused === undefined
      ? []
      : [{ id: 'refused', heading: 'Cannot be saved', lines: [], rows: [[said(refused)]] }]),
    ...(after
      ? [{ id: 'line', heading: 'As readers will see it', lines: linesOf(after, entriesTouched(coming.records)) }]
      : []),
    ...(facts.length > 0
      ? [{ id: 'facts', lines: [], rows: facts.map(([field, is]) => [strong(field), text(': '), said(is)]) }]
      : []),
    ...(after && hasReports(coming.records)
      ? [{ id: 'reports', heading: 'Who says so', lines: reportLines(after, coming.records) }]
      : []),
    ...(diff.length > 0
      ? [
          {
            id: 'diff',
            heading: diff.every((d) => d.old === undefined) && !isAmending(coming) ? 'A new source' : 'Old → new',
            lines: [],
            rows: diff.map(differenceRow),
          },
        ]
      : []),
    ...('reason' in proposal ? [{ id: 'why', lines: [], rows: [[strong('Why'), ...because(proposal)]] }] : []),
    ...(meanwhile.length > 0
      ? [{ id: 'meanwhile', heading: 'Changed meanwhile by somebody else', lines: [], rows: meanwhile }]
      : []),
    ...(findings.length > 0
      ? [
          {
            id: 'guards',
            heading: 'Look at this first',
            lines: [],
            rows: findings.map((f) => {
              const reason = answered(f);
              return [said(f.saw), ...(reason === undefined ? [] : [strong(' Overruled: '), said(reason)])];
            }),
          },
        ]
      : []),
    ...more,
  ];
  return {
    kind: 'draft',
    title: `${title}: draft ${draft}, ${gist(proposal)}`,
    subtitle: state,
    sections: sections.length > 0 ? sections : [{ id: 'empty', lines: [], notes: ['Nothing to show.'] }],
    footer: [],
  };
}

/** Where nothing is amended, only a source can read differently. */
const isAmending = ({ records }: Coming): boolean =>
  records.some((r) => r.kind === 'entry.amended' || r.kind === 'report.amended');

const hasReports = (records: readonly SituationRecord[]): boolean =>
  records.some((r) => r.kind === 'entry.added' || r.kind === 'report.added' || r.kind === 'report.amended');

function sourceDifferences(
  { registry }: { readonly registry: Known['registry'] },
  { sources }: Coming,
): readonly Difference[] {
  return sources.flatMap((record): readonly Difference[] => {
    if (record.kind !== 'source.set') return [];
    const old = registry.sources.get(record.body.source.id);
    return differences(old ? sourceWords(old, { registry }) : new Map(), sourceWords(record.body.source, { registry }));
  });
}
