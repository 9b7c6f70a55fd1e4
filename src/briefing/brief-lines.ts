import { kinsOf } from '../picture/kin.ts';
import { laneOf } from '../picture/lanes.ts';
import type { EntryState } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import type { Filter } from '../picture/select.ts';
import { byTime, select } from '../picture/select.ts';
import { correctors, rivals, standing } from '../picture/status.ts';
import { spanWords } from './dates.ts';
import type { Line, Piece } from './document.ts';
import type { Candidate } from './fill.ts';
import { score } from './score.ts';
import type { Known, Namer } from './tell.ts';
import { chosenReports, cite, entryLine, said, text } from './tell.ts';
import type { Family } from './tolls.ts';
import { familiesOf, isBackground, mostTelling, tollLine } from './tolls.ts';

/** The sections of a brief in the order in which they are read. */
export const HEADINGS = {
  'bottom-line': 'Bottom line',
  events: 'Key events',
  figures: 'Figures',
  control: 'Who holds, who claims what',
  humanitarian: 'Humanitarian',
  disputed: 'Disputed and unknown',
} as const;
export type Part = keyof typeof HEADINGS;

/**
 * When a section's first line is taken, and how much later each further one: every section speaks before one of them
 * speaks at length.
 */
const TURNS: Readonly<Record<Part, { readonly first: number; readonly step: number }>> = {
  'bottom-line': { first: 0, step: 3.4 },
  figures: { first: 1, step: 10 },
  events: { first: 2, step: 10 },
  control: { first: 3, step: 10 },
  humanitarian: { first: 4, step: 10 },
  disputed: { first: 5, step: 10 },
};

const dated = (known: Known, state: EntryState): readonly Piece[] => [
  text(`${spanWords(state.entry.occurred, known.picture.situation.zone)}: `),
];

/** X says A. Y says B. In the order in which they were recorded: no "however", no verdict. */
function disputeLine(known: Known, state: EntryState, rival: EntryState, name: Namer): Line {
  const [one, two] = state.added.seq <= rival.added.seq ? [state, rival] : [rival, state];
  const [a] = chosenReports(known, one, 1);
  const [b] = chosenReports(known, two, 1);
  const side = (of: EntryState, by: string): readonly Piece[] => [
    said(of.entry.headline),
    text(' — '),
    said(name(by)),
    text(` (${of.entry.id})`),
  ];
  return {
    entry: one.entry.id,
    pieces: [...side(one, a.originator), text('. Against it: '), ...side(two, b.originator)],
    citations: [cite(known, a), cite(known, b)],
    status: 'contested',
  };
}

const HUMANITARIAN = new Set(['displaced', 'returned', 'crossed_border', 'affected']);

/** Third-party tolls of this situation; not of the war that it is part of, which is context. */
const tolls = (known: Known, { place }: Filter): readonly Family[] =>
  ['killed', 'injured', ...HUMANITARIAN]
    .flatMap((measure) => kinsOf(known.picture, measure, place).flatMap(familiesOf))
    .filter((f) => laneOf(known.picture, known.registry, f.lead.live) === 'count' && !isBackground(known, f))
    .sort(mostTelling);

/** Pairs of entries that contradict each other, each pair once, the gravest first. */
function disputes(known: Known, ranked: readonly EntryState[]): readonly (readonly [EntryState, EntryState])[] {
  const { picture, registry } = known;
  const paired = new Set<string>();
  return ranked
    .flatMap((state): readonly (readonly [EntryState, EntryState])[] => {
      if (state.entry.kind === 'toll' || standing(picture, registry, state).status !== 'contested') return [];
      const rival = rivals(picture, state.entry.id)[0];
      if (!rival || paired.has(state.entry.id) || paired.has(rival.entry.id)) return [];
      paired.add(state.entry.id).add(rival.entry.id);
      return [[state, rival]];
    })
    .sort(([a], [b]) => -byTime(a, b));
}

/** All lines that a brief could have, with their turns. An entry stands in one section (a dispute may name it again). */
export function candidates(known: Known, filter: Filter): readonly Candidate<Part>[] {
  const told = select(known.picture, filter).filter((s) => liveReports(s).some((r) => r.credibility < 5));
  const scores = new Map(told.map((s) => [s, score(known, s)]));
  const ranked = [...told].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || b.added.seq - a.added.seq);
  const out: Candidate<Part>[] = [];
  const counts = new Map<Part, number>();
  const add = (part: Part, make: Candidate<Part>['make'], order?: string): void => {
    const n = counts.get(part) ?? 0;
    counts.set(part, n + 1);
    out.push({ part, rank: TURNS[part].first + n * TURNS[part].step, make, ...(order !== undefined && { order }) });
  };
  const used = new Set<string>();
  const addEntries = (part: Part, states: readonly EntryState[]): void => {
    for (const state of states) {
      if (used.has(state.entry.id)) continue;
      used.add(state.entry.id);
      const order = part === 'events' || part === 'control' ? state.entry.occurred.from : undefined;
      add(part, (name) => entryLine(known, state, name, part === 'bottom-line' ? [] : dated(known, state)), order);
    }
  };
  const kinds = (...wanted: readonly string[]) => ranked.filter((s) => wanted.includes(s.entry.kind));
  const news = (s: EntryState): boolean => s.entry.severity !== 'background';
  const stands = (s: EntryState): boolean => correctors(known.picture, s.entry.id).length === 0;

  addEntries('bottom-line', kinds('event', 'control').filter(news).filter(stands).slice(0, 3));
  const counted = tolls(known, filter);
  for (const f of counted)
    if (f.lead.measure === 'killed' || f.lead.measure === 'injured')
      add('figures', (name) => tollLine(known, f, name, 'report'));
  for (const f of counted)
    if (HUMANITARIAN.has(f.lead.measure)) {
      add('humanitarian', (name) => tollLine(known, f, name, 'line'));
      // Its figure is what such an entry tells; an event is told as an event too.
      if (known.picture.entries.get(f.lead.live.entry)?.entry.kind === 'humanitarian') used.add(f.lead.live.entry);
    }
  for (const [one, two] of disputes(known, ranked)) add('disputed', (name) => disputeLine(known, one, two, name));
  addEntries('events', kinds('event').filter(news));
  addEntries('control', kinds('control', 'statement'));
  addEntries('humanitarian', kinds('humanitarian'));
  addEntries('disputed', kinds('gap', 'assessment', 'context'));
  return out;
}
