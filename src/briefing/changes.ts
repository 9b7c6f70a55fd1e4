import type { Status } from '../model/entry.ts';
import type { EntryState, Picture, ReportState } from '../picture/picture.ts';
import { shortName, voiceOf } from '../picture/registry.ts';
import { numberOf, rivals, standing } from '../picture/status.ts';
import type { ChangeKind, ChangeLine, Window } from './change.ts';
import { correctionLine, corrections } from './corrections.ts';
import { localDay, momentWords, shortDay, spanWords } from './dates.ts';
import type { Document, Line, Piece, Section } from './document.ts';
import { figureLines } from './figure-changes.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import { SEVERITY_WEIGHT } from './score.ts';
import type { Known, Namer } from './tell.ts';
import { chosenReports, citeAll, entryLine, namer, said, strong, text } from './tell.ts';
import { totalLines } from './total-changes.ts';
import { touched } from './touched.ts';

export interface ChangesRequest extends Asked {
  /** How the start of the window was asked for: "24 hours", "29 Nov 2024, 08:00", "record 120". */
  readonly sinceWords: string;
  /** The briefing from which it is counted: "B41". */
  readonly sinceEdition?: string;
  /** Entries whose correction the reader is told in another place of the same answer. */
  readonly corrected?: ReadonlySet<string>;
}

/** Lines that are shown before "+n more". */
const FIRST = 10;

const RANK: Readonly<Record<Status, number>> = {
  retracted: 0,
  contested: 1,
  single_source: 2,
  corroborated: 3,
  confirmed: 4,
};
const NOVELTY: Readonly<Record<Exclude<ChangeKind, 'figure' | 'total'>, number>> = {
  correction: 1,
  status: 0.6,
  control: 1,
  new: 1,
  report: 0.3,
  amended: 0.3,
  late: 0.7,
};

const STATUS_CHANGE: Readonly<Record<Status, string>> = {
  confirmed: 'Now confirmed',
  corroborated: 'Now corroborated',
  single_source: 'Now single source',
  contested: 'Now contested',
  retracted: 'Retracted',
};

/** "; E2 and E7 no longer contradict it": what stood against an entry, and does so no more. */
function fallen({ then, now }: Window, { entry: { id } }: EntryState): string {
  const still = new Set(rivals(now.picture, id).map((s) => s.entry.id));
  const gone = then ? rivals(then, id).flatMap((s) => (still.has(s.entry.id) ? [] : [s.entry.id])) : [];
  return gone.length === 0
    ? ''
    : `; ${gone.slice(0, 4).join(', ')} no longer ${gone.length === 1 ? 'contradicts' : 'contradict'} it`;
}

function statusLine(window: Window, state: EntryState, fresh: readonly ReportState[], to: Status, name: Namer): Line {
  const { now } = window;
  const line = entryLine(now, state, name);
  // Who denies it is named with the entry, after "denied by".
  const backers = fresh.filter(({ report }) => report.stance !== 'denies' && report.stance !== 'withdraws');
  const also =
    backers.length > 0
      ? `, also reported by ${[...new Set(backers.map((r) => shortName(now.registry, r.report.originator)))].join(', ')}`
      : '';
  const against = to === 'contested' ? rivals(now.picture, state.entry.id).slice(0, 1) : [];
  return {
    ...line,
    pieces: [
      strong(`${STATUS_CHANGE[to]}${also}`),
      text(`${against[0] ? ` by ${against[0].entry.id}` : fallen(window, state)}: `),
      ...line.pieces,
    ],
  };
}

/** What happened to one entry that was known before: at most one line, the gravest. */
function changeOf(window: Window, before: EntryState, state: EntryState, was: Status): ChangeLine | undefined {
  const { now, then } = window;
  const is = standing(now.picture, now.registry, state).status;
  const corrected = corrections(now, then?.seq ?? 0, before, state);
  const gain = Math.max(0, RANK[is] - RANK[was]) / 4;
  const line = (kind: keyof typeof NOVELTY, make: ChangeLine['make'], corroboration = 0): ChangeLine => ({
    kind,
    state,
    make,
    score: 40 * SEVERITY_WEIGHT[state.entry.severity] + 25 * gain + 20 * NOVELTY[kind] + 15 * corroboration,
  });
  if (corrected) return line('correction', correctionLine(corrected));
  if (state.retracted) return undefined;
  const voices = new Set(
    before.reports.filter((r) => !r.withdrawn).map((r) => voiceOf(now.registry, r.report.originator)),
  );
  const fresh = state.reports.filter(
    (r) => r.added.seq > (then?.seq ?? 0) && !r.withdrawn && !voices.has(voiceOf(now.registry, r.report.originator)),
  );
  if (is !== was) return line('status', (name) => statusLine(window, state, fresh, is, name), fresh.length > 0 ? 1 : 0);
  if (state.entry.kind === 'toll') return undefined;
  if (fresh.length > 0)
    return line(
      'report',
      (name) => {
        const told = entryLine(now, state, name);
        const [first, ...rest] = fresh.map((r) => r.report);
        if (!first) return told;
        return {
          ...told,
          pieces: [
            strong(
              `Also ${first.stance === 'denies' ? 'denied' : 'reported'} by ${[...new Set(fresh.map((r) => shortName(now.registry, r.report.originator)))].join(', ')}`,
            ),
            text(': '),
            said(state.entry.headline),
          ],
          citations: citeAll(now, [first, ...rest]),
        };
      },
      1,
    );
  if (before.entry.headline !== state.entry.headline)
    return line('amended', () => ({
      entry: state.entry.id,
      pieces: [text('Amended: “'), said(before.entry.headline), text('” → “'), said(state.entry.headline), text('”')],
      citations: citeAll(now, chosenReports(now, state, 1)),
      status: is,
    }));
  return undefined;
}

function newLine({ then, now }: Window, state: EntryState): ChangeLine | undefined {
  if (state.retracted) return undefined;
  const { zone } = now.picture.situation;
  const happened = localDay(state.entry.occurred.to ?? state.entry.occurred.from, zone);
  const late = then !== undefined && happened < localDay(then.at, zone);
  const kind = late ? 'late' : state.entry.kind === 'control' ? 'control' : 'new';
  const when = spanWords(state.entry.occurred, zone);
  const before: readonly Piece[] = [
    text(late ? `${when}, learned ${shortDay(state.added.at, now.picture.situation)}: ` : `${when}: `),
  ];
  const { status } = standing(now.picture, now.registry, state);
  return {
    kind,
    state,
    score: 40 * SEVERITY_WEIGHT[state.entry.severity] + 25 * (Math.max(0, RANK[status] - 1) / 4) + 20 * NOVELTY[kind],
    make: (name) => entryLine(now, state, name, before),
  };
}

/** Kinds of entries that are their figures: what is new about them is the number. */
const COUNTS = new Set(['toll', 'humanitarian']);
/** What of an entry leads its line; the rest stands under it. */
const LEADS: readonly ChangeKind[] = ['correction', 'status', 'control', 'new', 'late', 'figure', 'report', 'amended'];

/** One line for each entry: a reader meets it once, and no number that moved is lost. */
function byEntry(lines: readonly ChangeLine[]): ChangeLine[] {
  const groups = new Map<string, ChangeLine[]>();
  for (const line of lines) groups.set(line.state.entry.id, [...(groups.get(line.state.entry.id) ?? []), line]);
  return [...groups.values()].flatMap((group) => {
    const counted = group.some((l) => l.kind === 'figure' && COUNTS.has(l.state.entry.kind));
    const [lead, ...rest] = group
      .filter((l) => !counted || !['new', 'late', 'report', 'amended'].includes(l.kind))
      .sort((a, b) => LEADS.indexOf(a.kind) - LEADS.indexOf(b.kind));
    if (!lead || rest.length === 0) return lead ? [lead] : [];
    const make = (name: Namer): Line => {
      const line = lead.make(name);
      return { ...line, under: [...(line.under ?? []), ...rest.map((l) => l.make(name))] };
    };
    return [{ ...lead, score: Math.max(...group.map((l) => l.score)), make }];
  });
}

function changesIn(window: Window, corrected?: ReadonlySet<string>): readonly ChangeLine[] {
  const { then, now } = window;
  const lines: ChangeLine[] = [];
  const { changed, all } = touched(window);
  for (const id of all) {
    const state = now.picture.entries.get(id);
    if (!state) continue;
    const before = then?.entries.get(id);
    // Added and taken back inside the window: the reader never saw it, and need not.
    const line =
      then && before
        ? changeOf(window, before, state, standing(then, now.registry, before).status)
        : newLine(window, state);
    if (line && !(line.kind === 'correction' && corrected?.has(id))) lines.push(line);
  }
  lines.push(...figureLines(window, changed));
  const first = (l: ChangeLine): number => (l.kind === 'correction' ? 0 : 1);
  // Gravity is the editor's, and no gain in status or sources puts a lesser matter before a greater one.
  const gravity = (l: ChangeLine): number => SEVERITY_WEIGHT[l.state.entry.severity];
  return [...byEntry(lines), ...totalLines(window, all)].sort(
    (a, b) =>
      first(a) - first(b) ||
      gravity(b) - gravity(a) ||
      b.score - a.score ||
      (a.state.entry.occurred.from < b.state.entry.occurred.from
        ? 1
        : a.state.entry.occurred.from > b.state.entry.occurred.from
          ? -1
          : 0) ||
      numberOf(a.state.entry.id) - numberOf(b.state.entry.id),
  );
}

/**
 * What changed between two pictures of one situation: corrections first, then by weight; ten lines, then the rest.
 * Windows are by record, not by wall time; intermediate values are skipped. `then` is undefined where nothing was
 * known yet: everything is new.
 */
export function composeChanges(now: Known, then: Picture | undefined, asked: ChangesRequest): Document {
  const name = namer(now);
  const lines = changesIn({ then, now }, asked.corrected);
  const made = lines.map((l) => l.make(name));
  const sections: Section[] = [];
  const head = made.slice(0, FIRST);
  const first = lines.slice(0, FIRST).filter((l) => l.kind === 'correction').length;
  if (first > 0) sections.push({ id: 'corrections', heading: 'Corrections', lines: head.slice(0, first) });
  if (head.length > first) sections.push({ id: 'changes', heading: 'What changed', lines: head.slice(first) });
  if (made.length > FIRST)
    sections.push({ id: 'more', heading: `+${made.length - FIRST} more`, lines: made.slice(FIRST) });
  const { zone } = now.picture.situation;
  return frame(now, asked, {
    kind: 'changes',
    about: `what changed since ${asked.sinceWords}`,
    since: then?.seq ?? 0,
    ...(asked.sinceEdition !== undefined && { subtitle: [`Counted from briefing ${asked.sinceEdition}.`] }),
    sections,
    empty: then
      ? `No recorded change since ${asked.sinceWords}. The newest record is of ${momentWords(now.picture.at, zone)} (${zone}).`
      : 'Nothing is recorded yet.',
    follows: [{ label: 'Brief', command: 'brief', args: {} }],
  });
}
