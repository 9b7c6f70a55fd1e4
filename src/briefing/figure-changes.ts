import { laneOf } from '../picture/lanes.ts';
import type { Said, Series } from '../picture/series.ts';
import { bound, sameNumber, tollsOf } from '../picture/series.ts';
import { quantity } from '../picture/wording.ts';
import type { ChangeLine, Window } from './change.ts';
import { shortDay } from './dates.ts';
import { SEVERITY_WEIGHT } from './score.ts';
import type { Known } from './tell.ts';
import { citeAll, reportOf, said, saidFigure, text } from './tell.ts';
import { families, tollLine } from './tolls.ts';

const NOVELTY = 0.8;

/** Whether its report still gives this figure; one that was amended is known from the record of what was shown. */
function stored(now: Known, { report, index, figure }: Said): boolean {
  const still = reportOf(now, report).figures[index];
  return still !== undefined && sameNumber(still, figure);
}

/** The family's leading total, or its only figure: what a channel was told and is told again when it moves. */
export function figureLines({ then, now }: Window): readonly ChangeLine[] {
  const old = new Map<string, Series>(then ? tollsOf(then).map((s) => [s.key, s]) : []);
  return families(tollsOf(now.picture)).flatMap((family): readonly ChangeLine[] => {
    const { lead } = family;
    const state = now.picture.entries.get(lead.live.entry);
    const was = old.get(lead.key)?.live;
    if (!state || (was && sameNumber(was.figure, lead.live.figure))) return [];
    const score = 40 * SEVERITY_WEIGHT[state.entry.severity] + 20 * NOVELTY;
    if (!was) return [{ kind: 'figure', state, score, make: (name) => tollLine(now, family, name, 'parts') }];
    const reports = now.picture.entries.get(was.entry);
    const gone = reports?.retracted || reports?.reports.some((r) => r.report.id === was.report && r.withdrawn);
    return [
      {
        kind: 'figure',
        state,
        score,
        make: (name) => {
          const [from, to] = [bound(was.figure), bound(lead.live.figure)];
          // A figure that was taken back is not one that its source revised.
          const down = !gone && from !== null && to !== null && to < from;
          const since =
            lead.live.figure.mode === 'stock'
              ? ''
              : ` since ${shortDay(lead.live.figure.scope.from, now.picture.situation)}`;
          const claim = laneOf(now.picture, now.registry, lead.live) === 'claim' ? 'claim' : 'toll';
          return {
            entry: lead.live.entry,
            pieces: [
              said(name(lead.originator)),
              text(`, ${down ? `${claim} revised down` : claim}: `),
              stored(now, was) ? saidFigure(now, was, 'quantity') : said(quantity(was.figure)),
              text(gone ? ' (withdrawn) → ' : ' → '),
              saidFigure(now, lead.live),
              text(`${since}, as of ${shortDay(lead.live.figure.asOf, now.picture.situation)}`),
            ],
            citations: citeAll(now, [reportOf(now, lead.live.report), reportOf(now, was.report)]),
          };
        },
      },
    ];
  });
}
