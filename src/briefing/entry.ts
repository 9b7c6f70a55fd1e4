import type { Report } from '../model/entry.ts';
import { CURATED } from '../model/record.ts';
import type { EntryState, ReportState, Version } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
import { placeOf } from '../picture/select.ts';
import { standing } from '../picture/status.ts';
import { momentWords, shortDay, spanWords } from './dates.ts';
import type { Document, Line, Piece, Section } from './document.ts';
import { STATUS_WORDS } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import { because, reportGist } from './reasons.ts';
import type { Known } from './tell.ts';
import { chosenReports, citeAll, figurePiece, said, strong, text } from './tell.ts';

const STANCE_WORDS = {
  reports: 'reports',
  claims: 'claims',
  concedes: 'concedes',
  denies: 'denies',
  estimates: 'estimates',
  verifies: 'has verified',
  withdraws: 'withdraws',
} as const;

const CREDIBILITY = [
  '',
  'confirmed',
  'probably true',
  'possibly true',
  'doubtful',
  'improbable',
  'cannot be judged',
] as const;

function figures(known: Known, { report }: ReportState): readonly Line[] {
  const { situation } = known.picture;
  return report.figures.map((figure, index) => {
    const { from, to, area } = figure.scope;
    const [start, end] = [shortDay(from, situation), shortDay(to, situation)];
    const over =
      figure.mode === 'cumulative' ? `, since ${start}` : start === end ? `, ${end}` : `, ${start} to ${end}`;
    const where = placeOf(situation, area);
    const of = figure.part === undefined ? [] : [text(figure.part.as === 'subset' ? 'of them ' : 'part: ')];
    return {
      entry: report.id.slice(0, report.id.indexOf('.')),
      pieces: [
        ...of,
        figurePiece(known, figure, { report: report.id, index }),
        ...(where ? [text(' in '), said(where.name)] : []),
        text(`${over}; as of ${shortDay(figure.asOf, situation)}`),
      ],
      citations: citeAll(known, [report]),
    };
  });
}

function reportLine(known: Known, state: ReportState): Line {
  const { report, added, withdrawn } = state;
  const { zone } = known.picture.situation;
  const under = figures(known, state);
  return {
    entry: report.id.slice(0, report.id.indexOf('.')),
    pieces: [
      text(`${report.id} `),
      strong(shortName(known.registry, report.originator)),
      text(` ${STANCE_WORDS[report.stance]}`),
      ...(report.hedge ? [text(' ('), said(report.hedge), text(')')] : []),
      ...(report.says ? [text(': '), said(report.says)] : []),
      ...(report.quote ? [text(' “'), said(report.quote), text('”')] : []),
      text(
        `${/[.!?…]$/.test(report.quote ?? report.says ?? '') ? '' : '.'} Credibility ${report.credibility} (${CREDIBILITY[report.credibility]}); recorded ${momentWords(added.at, zone)}.`,
      ),
      ...(withdrawn ? [strong(' Withdrawn'), ...because(withdrawn)] : []),
    ],
    citations: citeAll(known, [report]),
    ...(under.length > 0 && { under }),
  };
}

function linkLines(known: Known, state: EntryState): readonly Line[] {
  const { id } = state.entry;
  const words = {
    contradicts: ['contradicts', 'is contradicted by'],
    same_as: ['is the same as', 'is the same as'],
    part_of: ['is part of', 'includes'],
    corrects: ['corrects', 'is corrected by'],
  } as const;
  return (known.picture.linksOf.get(id) ?? []).flatMap(({ link }) => {
    const away = link.from === id;
    const other = known.picture.entries.get(away ? link.to : link.from);
    if (!other) return [];
    const doubt = link.state && link.state !== 'confirmed' ? ` (${link.state})` : '';
    return [
      {
        entry: other.entry.id,
        pieces: [
          text(`${words[link.type][away ? 0 : 1]}${doubt} ${other.entry.id}: `),
          said(other.entry.headline),
          ...(other.retracted ? [text(' (retracted)')] : []),
          ...(link.note ? [text(' — '), said(link.note)] : []),
        ],
        citations: citeAll(known, chosenReports(known, other, 1)),
      },
    ];
  });
}

/** One entry with all its reports, figures and links; withdrawn reports stay legible and say why. */
export function composeEntry(known: Known, state: EntryState, asked: Asked): Document {
  const { picture, registry } = known;
  const { zone } = picture.situation;
  const { entry } = state;
  const { status, voices, overridden } = standing(picture, registry, state);
  const where = placeOf(picture.situation, entry.place);
  const parties = entry.parties.map((p) => `${registry.parties.get(p.party)?.name ?? p.party} (${p.role})`);
  // Tags such as a017 say where the curators found it; readers do not look for them.
  const tags = entry.tags.filter((t) => !/^[a-z]\d+$/.test(t));
  const facts = [
    `When: ${spanWords(entry.occurred, zone)}`,
    where &&
      `Where: ${where.name}${where.admin1 && where.admin1 !== where.name ? `, ${where.admin1}` : ''} (${where.precision.replace('_', ' ')})`,
    parties.length > 0 ? `Parties: ${parties.join(', ')}` : undefined,
    `Kind: ${entry.kind}; severity: ${entry.severity}`,
    `Status: ${STATUS_WORDS[status]}, ${voices} independent ${voices === 1 ? 'voice' : 'voices'}${overridden === undefined ? '' : `; set by the desk: ${overridden}`}`,
    tags.length > 0 ? `Tags: ${tags.join(', ')}` : undefined,
  ].filter((f) => f !== undefined);
  const cited = citeAll(known, chosenReports(known, state));
  const head: Line = {
    entry: entry.id,
    pieces: [strong(entry.headline), ...(state.retracted ? [text(' Retracted'), ...because(state.retracted)] : [])],
    citations: cited,
    status,
  };
  const detail: readonly Line[] = entry.detail
    ? [{ entry: entry.id, pieces: [said(entry.detail)], citations: cited }]
    : [];
  const links = linkLines(known, state);
  const sections: Section[] = [
    { id: 'entry', lines: [head, ...detail], rows: facts.map((f) => [said(f)]) },
    {
      id: 'reports',
      heading: `${state.reports.length} ${state.reports.length === 1 ? 'report' : 'reports'}`,
      lines: state.reports.map((r) => reportLine(known, r)),
    },
    ...(links.length > 0 ? [{ id: 'links', heading: 'Linked entries', lines: links }] : []),
  ];
  return frame(known, asked, {
    kind: 'entry',
    about: entry.id,
    sections,
    empty: '',
    follows: [{ label: 'History', command: 'entry history', args: { entry: entry.id } }],
  });
}

/** Which fields of a thing read differently, as "field: old → new". */
function differences(before: object, after: object): readonly Piece[] {
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (f) => JSON.stringify(was[f]) !== JSON.stringify(is[f]),
  );
  return fields.flatMap((field, i) => [
    text(`${i > 0 ? '; ' : ''}${field}: `),
    said(plain(was[field])),
    text(' → '),
    said(plain(is[field])),
  ]);
}
const plain = (value: unknown): string =>
  value === undefined ? '(nothing)' : typeof value === 'string' ? `“${value}”` : JSON.stringify(value);

function versionLine(known: Known, state: EntryState, version: Version): Line {
  const { what } = version;
  const { zone } = known.picture.situation;
  const told = (report: Report): readonly Piece[] => reportGist(known, report);
  const about = 'report' in what ? what.report : what.kind === 'report.amended' ? what.after : undefined;
  const cited = about
    ? citeAll(known, [about])
    : citeAll(
        known,
        what.kind === 'entry.added' && what.reports[0] ? [what.reports[0]] : chosenReports(known, state, 1),
      );
  const pieces = ((): readonly Piece[] => {
    switch (what.kind) {
      case 'entry.added':
        return [text('added: '), said(what.entry.headline)];
      case 'entry.amended':
        return [text('amended: '), ...differences(what.before, what.after)];
      case 'entry.retracted':
        return [strong('retracted')];
      case 'entry.restored':
        return [strong('restored')];
      case 'report.added':
        return [
          text(`${what.report.id} added, ${shortName(known.registry, what.report.originator)}`),
          ...told(what.report),
        ];
      case 'report.withdrawn':
        return [strong(`${what.report.id} withdrawn`), ...told(what.report)];
      case 'report.restored':
        return [strong(`${what.report.id} restored`), ...told(what.report)];
      case 'report.amended':
        return [text(`${what.after.id} amended: `), ...differences(what.before, what.after)];
    }
  })();
  return {
    entry: state.entry.id,
    pieces: [
      text(`${momentWords(version.at, zone)}, by `),
      said(version.author === CURATED ? 'the curated files' : version.author),
      text(': '),
      ...pieces,
      ...because(version),
    ],
    citations: cited,
  };
}

/** Old → new: everything that was recorded about an entry, in order, by whom and why. */
export function composeHistory(known: Known, state: EntryState, asked: Asked): Document {
  return frame(known, asked, {
    kind: 'history',
    about: `history of ${state.entry.id}`,
    sections: [
      {
        id: 'history',
        heading: `${state.versions.length} records`,
        lines: state.versions.map((v) => versionLine(known, state, v)),
      },
    ],
    empty: '',
    follows: [{ label: 'Entry', command: 'entry show', args: { entry: state.entry.id } }],
  });
}
