import { movedKins } from '../picture/kin.ts';
import { laneOf } from '../picture/lanes.ts';
import type { EntryState } from '../picture/picture.ts';
import type { Said, Series } from '../picture/series.ts';
import { bound, isSingle, saidBy, sameNumber, seriesAmong } from '../picture/series.ts';
import { quantity } from '../picture/wording.ts';
import type { ChangeLine, Window } from './change.ts';
import { shortDay } from './dates.ts';
import type { Line, Piece } from './document.ts';
import { SEVERITY_WEIGHT } from './score.ts';
import type { Known, Namer } from './tell.ts';
import { citeAll, reportOf, said, saidFigure, text } from './tell.ts';
import { families, tollLine } from './tolls.ts';

const NOVELTY = 0.8;

/** Whether its report still gives this figure; one that was amended is known from the record of what was shown. */
function stored(now: Known, { report, index, figure }: Said): boolean {
  const still = reportOf(now, report).figures[index];
  return still !== undefined && sameNumber(still, figure);
}

/** "SOHR, toll: at least 242 → at least 255 people killed since 27 Nov, as of 29 Nov." A fall is called a revision. */
function movedLine(now: Known, was: Said, live: Said, what: readonly Piece[], name: Namer): Line {
  const holder = now.picture.entries.get(was.entry);
  // A figure that was taken back is not one that its source revised.
  const gone =
    holder?.retracted !== undefined || holder?.reports.some((r) => r.report.id === was.report && r.withdrawn);
  const [from, to] = [bound(was.figure), bound(live.figure)];
  const down = gone !== true && from !== null && to !== null && to < from;
  const { scope, mode, asOf } = live.figure;
  const { situation } = now.picture;
  const since = mode === 'cumulative' ? ` since ${shortDay(scope.from, situation)}` : '';
  return {
    entry: live.entry,
    pieces: [
      said(name(live.originator)),
      ...what,
      text(down ? ' revised down: ' : ': '),
      stored(now, was) ? saidFigure(now, was, 'quantity') : said(quantity(was.figure)),
      text(gone === true ? ' (withdrawn) → ' : ' → '),
      saidFigure(now, live),
      text(`${since}, as of ${shortDay(asOf, situation)}`),
    ],
    citations: citeAll(now, [reportOf(now, live.report), reportOf(now, was.report)]),
  };
}

const scoreOf = (state: EntryState): number => 40 * SEVERITY_WEIGHT[state.entry.severity] + 20 * NOVELTY;

/** The family's leading total, or its only figure: what a channel was told and is told again when it moves. */
function tollLines({ then, now }: Window, touched: ReadonlySet<string>): readonly ChangeLine[] {
  const kins = movedKins(then, now.picture, touched);
  const told = kins.flatMap(({ was, is }) => families(is).map((family) => ({ family, old: was })));
  return told.flatMap(({ family, old }): readonly ChangeLine[] => {
    const { lead } = family;
    const state = now.picture.entries.get(lead.live.entry);
    const was = old.find((s) => s.key === lead.key)?.live;
    if (!state || (was && sameNumber(was.figure, lead.live.figure))) return [];
    const what = laneOf(now.picture, now.registry, lead.live) === 'claim' ? ', claim' : ', toll';
    const make: ChangeLine['make'] = was
      ? (name) => movedLine(now, was, lead.live, [text(what)], name)
      : (name) => tollLine(now, family, name, 'parts');
    return [{ kind: 'figure', state, score: scoreOf(state), make }];
  });
}

const singleSeries = (state: EntryState | undefined): readonly Series[] =>
  !state || state.retracted ? [] : seriesAmong(saidBy(state).filter(isSingle));

/** Counts of single events that were known before and moved; those of a new event are told with it. */
function incidentLines({ then, now }: Window, touched: ReadonlySet<string>): readonly ChangeLine[] {
  if (!then) return [];
  const recorded = (id: string): number => now.picture.entries.get(id)?.added.seq ?? 0;
  const inOrder = [...touched].sort((a, b) => recorded(a) - recorded(b));
  return inOrder.flatMap((id): readonly ChangeLine[] => {
    const state = now.picture.entries.get(id);
    const before = new Map(singleSeries(then.entries.get(id)).map((s) => [s.key, s.live]));
    if (!state || before.size === 0) return [];
    return singleSeries(state).flatMap(({ key, live }): readonly ChangeLine[] => {
      const was = before.get(key);
      if (!was || live.figure.part || sameNumber(was.figure, live.figure)) return [];
      const what = [text(' on “'), said(state.entry.headline), text('”')];
      return [{ kind: 'figure', state, score: scoreOf(state), make: (name) => movedLine(now, was, live, what, name) }];
    });
  });
}

/** Every number that moved between the two pictures, from the last value shown to the live one. `touched`: the entries that changed. */
export const figureLines = (window: Window, touched: ReadonlySet<string>): readonly ChangeLine[] => [
  ...tollLines(window, touched),
  ...incidentLines(window, touched),
];
