import { laneOf } from '../picture/lanes.ts';
import type { EntryState } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import { sourceOf } from '../picture/registry.ts';
import type { Filter } from '../picture/select.ts';
import { liesIn, select } from '../picture/select.ts';
import type { Series } from '../picture/series.ts';
import { tollsOf } from '../picture/series.ts';
import { rivals, standing } from '../picture/status.ts';
import { spanWords } from './dates.ts';
import type { Document, Line, Piece, Section } from './document.ts';
import type { Candidate } from './fill.ts';
import { fill } from './fill.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import { score } from './score.ts';
import type { Known, Namer } from './tell.ts';
import { entryLine, namer, said, stake, text } from './tell.ts';
import { families, tollLine } from './tolls.ts';

export type Length = 'short' | 'standard' | 'full';
export interface BriefRequest extends Asked {
  readonly length: Length;
  readonly place?: string;
}

/** How many lines a section may have, and how much text all of them together. A standard brief fits one message. */
const SHAPES: Readonly<Record<Length, { readonly most: number; readonly budget: number }>> = {
  short: { most: 3, budget: 1_400 },
  standard: { most: 4, budget: 3_000 },
  full: { most: Number.POSITIVE_INFINITY, budget: Number.POSITIVE_INFINITY },
};

const HEADINGS = {
  'bottom-line': 'Bottom line',
  events: 'Key events',
  figures: 'Figures',
  control: 'Who holds, who claims what',
  humanitarian: 'Humanitarian',
  disputed: 'Disputed and unknown',
} as const;
type Part = keyof typeof HEADINGS;

const dated = (known: Known, state: EntryState): readonly Piece[] => [
  text(`${spanWords(state.entry.occurred, known.picture.situation.zone)}: `),
];

/** X says A. Y says B. In the order in which they were recorded: no "however", no verdict. */
function disputeLine(known: Known, state: EntryState, rival: EntryState, name: Namer): Line {
  const pair = [state, rival].sort((a, b) => a.added.seq - b.added.seq) as [EntryState, EntryState];
  const [one, two] = pair.map((s) => entryLine(known, s, name)) as [Line, Line];
  return {
    entry: one.entry,
    pieces: [
      ...one.pieces.slice(0, 1),
      text(' — '),
      said(name(pair[0].reports[0]?.report.originator ?? '')),
      text('. Against it: '),
      ...two.pieces.slice(0, 1),
      text(' — '),
      said(name(pair[1].reports[0]?.report.originator ?? '')),
    ],
    citations: [one.citations[0], two.citations[0]],
    status: 'contested',
  };
}

const isHumanitarian = (s: Series): boolean =>
  ['displaced', 'returned', 'crossed_border', 'affected'].includes(s.measure);

/** The lines that a brief could have, best first in each section. An entry stands in one section. */
function candidates(known: Known, filter: Filter): readonly Candidate<Part>[] {
  const { picture, registry } = known;
  const told = select(picture, filter).filter((s) => liveReports(s).some((r) => r.credibility < 5));
  const ranked = [...told].sort((a, b) => score(known, b) - score(known, a) || b.added.seq - a.added.seq);
  const out: Candidate<Part>[] = [];
  const used = new Set<string>();
  const take = (part: Part, states: readonly EntryState[], weight: number): void => {
    for (const [i, state] of states.filter((s) => !used.has(s.entry.id)).entries()) {
      used.add(state.entry.id);
      out.push({
        part,
        rank: weight + i,
        make: (name) => entryLine(known, state, name, part === 'bottom-line' ? [] : dated(known, state)),
      });
    }
  };
  const kinds = (...wanted: readonly string[]) => ranked.filter((s) => wanted.includes(s.entry.kind));

  take(
    'bottom-line',
    kinds('event', 'control')
      .filter((s) => s.entry.severity !== 'background')
      .slice(0, 3),
    0,
  );
  const series = tollsOf(
    picture,
    (v) => filter.place === undefined || liesIn(picture.situation, v.figure.scope.area, filter.place),
  );
  const tolls = families(series).filter((f) => laneOf(picture, registry, f.lead.live) === 'count');
  const newestFirst = [...tolls].sort((a, b) => (a.lead.live.figure.asOf < b.lead.live.figure.asOf ? 1 : -1));
  newestFirst
    .filter((f) => f.lead.measure === 'killed' || f.lead.measure === 'injured')
    .forEach((f, i) =>
      out.push({ part: 'figures', rank: 1 + i * 2, make: (name) => tollLine(known, f, name, 'parts') }),
    );
  newestFirst
    .filter((f) => isHumanitarian(f.lead))
    .forEach((f, i) =>
      out.push({ part: 'humanitarian', rank: 3 + i * 4, make: (name) => tollLine(known, f, name, 'line') }),
    );

  const contested = ranked.filter(
    (s) => standing(picture, registry, s).status === 'contested' && s.entry.kind !== 'toll',
  );
  const paired = new Set<string>();
  for (const [i, state] of contested.entries()) {
    const ids = [
      state.entry.id,
      ...rivals(picture, state.entry.id)
        .slice(0, 1)
        .map((r) => r.entry.id),
    ];
    if (ids.some((id) => paired.has(id))) continue;
    const [rival] = rivals(picture, state.entry.id);
    for (const id of ids) paired.add(id);
    if (rival) out.push({ part: 'disputed', rank: 4 + i * 3, make: (name) => disputeLine(known, state, rival, name) });
  }
  take(
    'events',
    kinds('event').filter((s) => s.entry.severity !== 'background'),
    2,
  );
  take('control', kinds('control', 'statement'), 4);
  take('humanitarian', kinds('humanitarian'), 5);
  take('disputed', kinds('gap'), 7);
  take('disputed', kinds('assessment', 'context'), 12);
  return out;
}

/** Which measures a reader would look for and does not find here. */
function missing(known: Known): readonly string[] {
  const measured = new Set(tollsOf(known.picture).map((s) => s.measure));
  const none = ['killed', 'injured', 'displaced'].filter((m) => !measured.has(m));
  return none.length > 0 ? [`No running figure is recorded for: ${none.join(', ')}.`] : [];
}

/** Who is quoted in these lines, with kind and stake. */
function sourcesSection(known: Known, sections: readonly Section[]): Section {
  const reports = new Set(
    sections
      .flatMap((s) => s.lines.flatMap((l) => [l, ...(l.under ?? [])]))
      .flatMap((l) => l.citations.map((c) => c.report)),
  );
  const originators = new Set<string>();
  for (const state of known.picture.entries.values())
    for (const { report } of state.reports) if (reports.has(report.id)) originators.add(report.originator);
  const named = [...originators]
    .map((id) => sourceOf(known.registry, id))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((s) => `${s.short ?? s.name} (${stake(known, s)})`);
  return { id: 'sources', heading: 'Sources', lines: [], rows: named.length > 0 ? [[said(named.join('; '))]] : [] };
}

/** The situation in one screen, in the order of docs/briefings.md. */
export function composeBrief(known: Known, asked: BriefRequest): Document {
  const filter: Filter = asked.place === undefined ? {} : { place: asked.place };
  const all = candidates(known, filter);
  const parts: readonly Part[] =
    asked.length === 'short' ? ['bottom-line', 'figures'] : (Object.keys(HEADINGS) as Part[]);
  const wanted = all.filter((c) => parts.includes(c.part));
  const shape = SHAPES[asked.length];
  const chosen = fill(wanted, shape, namer(known));
  const name = namer(known);
  const sections = parts
    .map(
      (id): Section => ({
        id,
        heading: HEADINGS[id],
        lines: (chosen.get(id) ?? []).map((c) => c.make(name)),
        ...(id === 'disputed' && filter.place === undefined && { notes: missing(known) }),
      }),
    )
    .filter((s) => s.lines.length > 0 || (s.notes?.length ?? 0) > 0);
  if (sections.some((s) => s.id === 'figures' && s.lines.length > 1)) {
    const figures = sections.findIndex((s) => s.id === 'figures');
    sections[figures] = {
      ...(sections[figures] as Section),
      notes: ['Different originators, starts and areas: these overlap and are not added.'],
    };
  }
  const shown = [...chosen.values()].reduce((n, l) => n + l.length, 0);
  const left = all.length - shown;
  return frame(known, asked, {
    kind: 'brief',
    sections: [...sections, ...(sections.length > 0 ? [sourcesSection(known, sections)] : [])],
    empty: 'Nothing is recorded for this question.',
    notes: left > 0 && asked.length !== 'full' ? [`${left} more lines in the full brief.`] : [],
    follows: [
      { label: 'Casualties', command: 'casualties', args: {} },
      { label: 'Timeline', command: 'timeline', args: {} },
      { label: 'Sources', command: 'sources', args: {} },
    ],
  });
}
