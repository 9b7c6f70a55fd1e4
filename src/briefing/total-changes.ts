import type { Measure } from '../model/measures.ts';
import { MEASURES, measureOf } from '../model/measures.ts';
import type { Bound, Cause, LineName, Step } from '../picture/figures/causes.ts';
import { CAUSES, stepsBetween } from '../picture/figures/causes.ts';
import type { Range } from '../picture/figures/range.ts';
import { movedSince } from '../picture/figures/regions.ts';
import type { Tallies } from '../picture/figures/running.ts';
import { count, NO_TALLIES, runningSums } from '../picture/figures/running.ts';
import { sayBounds } from '../picture/figures/say.ts';
import { sumsOf } from '../picture/figures/sums.ts';
import type { Tally } from '../picture/figures/tally.ts';
import { rangeOfTally } from '../picture/figures/tally.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { numberOf } from '../picture/status.ts';
import { grouped } from '../picture/wording.ts';
import type { ChangeLine, Window } from './change.ts';
import type { FigureRef, Line, Piece } from './document.ts';
import { SEVERITY_WEIGHT } from './score.ts';
import type { Known } from './tell.ts';
import { chosenReports, citeAll, reportOf, said, strong, text } from './tell.ts';
import { sumPiece } from './total-piece.ts';

const NOVELTY = 0.8;
const MOST_CITED = 2;

const WORDS: Readonly<Record<Cause, string>> = {
  new: 'newly recorded',
  up: 'revised up',
  down: 'revised down',
  gone: 'withdrawn or retracted',
  counted: 'now counted',
  left: 'no longer counted',
  same: 'no longer counted twice',
  apart: 'counted apart',
  backed: 'now corroborated or confirmed',
  unbacked: 'no longer corroborated',
  doubt: 'may be counted with others already',
  sure: 'no longer in doubt',
  whole: 'in what summaries leave',
  anew: 'counted anew',
};

/** One line of the sum of a measure as it was and as it is, with all that moved it. */
interface MovedSum {
  readonly measure: string;
  readonly line: LineName;
  readonly was: Tally;
  readonly is: Tally;
  readonly steps: readonly Step[];
}

/** Measures in the order in which they are told: those with words of their own first. */
function inOrder(measures: Iterable<string>): readonly string[] {
  const place = (id: string): number => MEASURES.findIndex((m) => m.id === id) >>> 0;
  return [...measures].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

const wordsOf = (tally: Tally): string => sayBounds(rangeOfTally(tally));

/** The sums that a reader would read as others than before. */
function movedSums(then: Picture, { picture, registry }: Known): readonly MovedSum[] {
  const { was, is } = movedSince(then, picture);
  const measures = inOrder(new Set([...was, ...is].flatMap((region) => region.measures)));
  if (measures.length === 0) return [];
  const sums = runningSums(picture, registry);
  const before = new Map<string, Tallies>(sums);
  count(before, picture, registry, is, -1);
  count(before, then, registry, was, 1);
  return measures.flatMap((measure): readonly MovedSum[] => {
    const [old, live] = [before, sums].map((all) => all.get(measure) ?? NO_TALLIES);
    const moved = (['backed', 'unbacked'] as const).filter(
      (line) => wordsOf((old ?? NO_TALLIES)[line]) !== wordsOf((live ?? NO_TALLIES)[line]),
    );
    if (!old || !live || moved.length === 0) return [];
    const steps = stepsBetween(registry, measure, { picture: then, regions: was }, { picture, regions: is });
    return moved.map((line) => ({
      measure,
      line,
      was: old[line],
      is: live[line],
      steps: steps.filter((step) => step.line === line),
    }));
  });
}

/** "+12", "−3". */
const signed = (n: number): string => `${n < 0 ? '−' : '+'}${grouped(Math.abs(n))}`;

/** The figures among these that their reports still give, as numbers of incidents. */
const storedOf = (now: Known, measure: string, refs: readonly FigureRef[]): readonly FigureRef[] =>
  refs.filter(({ report, index }) => {
    const figure = reportOf(now, report).figures[index];
    return figure?.measure === measure && figure.mode === 'incident';
  });

/** A number that these steps make. What was counted and is not stored any more is known from the record of it alone. */
function stepPiece(now: Known, measure: string, words: string, steps: readonly Step[]): Piece {
  const of = storedOf(
    now,
    measure,
    steps.flatMap((s) => s.figures),
  );
  return of.length > 0 ? { type: 'total', text: words, of } : said(words);
}

/** "+12: 9 newly recorded, 3 revised up": the causes add up to the difference. Signs where not all point the same way. */
function splitPieces(now: Known, { measure }: MovedSum, steps: readonly Step[], about: boolean): readonly Piece[] {
  const by = (of: readonly Step[]): number => of.reduce((sum, step) => sum + step.by, 0);
  const parts = CAUSES.flatMap((cause) => {
    const of = steps.filter((s) => s.cause === cause);
    return by(of) === 0 ? [] : [{ cause, of, by: by(of) }];
  });
  const isMixed = new Set(parts.map((part) => Math.sign(part.by))).size > 1;
  return [
    stepPiece(now, measure, `${about ? 'about ' : ''}${signed(by(steps))}`, steps),
    ...parts.flatMap((part, i): readonly Piece[] => [
      text(i === 0 ? ': ' : ', '),
      stepPiece(now, measure, isMixed ? signed(part.by) : grouped(Math.abs(part.by)), part.of),
      text(` ${WORDS[part.cause]}`),
    ]),
  ];
}

/** The bounds of a sum; of nothing that was counted the bounds are no mystery, and it is said apart. */
const boundsOf = (tally: Tally): Range =>
  tally.incidents === 0 ? { low: 0, high: 0, best: 0, about: false } : rangeOfTally(tally);

const isTurned = ({ low, high }: Range): boolean => low !== null && high !== null && low > high;
const isExact = ({ low, high }: Range): boolean => low !== null && low === high;

/** What moved each bound, as far as that can be said in numbers. */
function whyPieces(now: Known, moved: MovedSum): readonly Piece[] {
  const [was, is] = [moved.was, moved.is].map(boundsOf);
  if (!was || !is || isTurned(was) || isTurned(is)) return [];
  const about = was.about || is.about;
  const stepsOf = (bound: Bound): readonly Step[] => moved.steps.filter((s) => s.bound === bound);
  if (isExact(was) && isExact(is)) return was.low === is.low ? [] : splitPieces(now, moved, stepsOf('low'), about);
  const phrases = (['low', 'high'] as const).flatMap((bound): readonly (readonly Piece[])[] => {
    const [before, after] = [was[bound], is[bound]];
    if (before === after) return [];
    const name = bound === 'low' ? 'lower bound' : 'upper bound';
    if (after === null) return moved.was.incidents === 0 ? [] : [[text(`${name} no longer known`)]];
    if (before === null) return [[text(`${name} now known`)]];
    return [[text(`${name} `), ...splitPieces(now, moved, stepsOf(bound), about)]];
  });
  return phrases.flatMap((pieces, i) => [...(i > 0 ? [text('; ')] : []), ...pieces]);
}

/** Of the entries that moved it, the gravest: what is told of a sum is as grave as that. */
function leadOf({ steps }: MovedSum, touched: ReadonlySet<string>): EntryState | undefined {
  const states = new Set(steps.flatMap((s) => s.entries));
  const told = [...states].filter((s) => touched.has(s.entry.id));
  return [...(told.length > 0 ? told : states)].sort(
    (a, b) =>
      SEVERITY_WEIGHT[b.entry.severity] - SEVERITY_WEIGHT[a.entry.severity] ||
      numberOf(a.entry.id) - numberOf(b.entry.id),
  )[0];
}

function sumLine(now: Known, moved: MovedSum, state: EntryState, isFirst: boolean): Line {
  const { line, is, steps } = moved;
  const measure: Measure = measureOf(moved.measure);
  const figures = steps.flatMap((s) => s.figures);
  const own = figures.filter((f) => f.report.startsWith(`${state.entry.id}.`));
  const [first, ...rest] = [...new Set([...own, ...figures].map((f) => f.report))].slice(0, MOST_CITED);
  const why = whyPieces(now, moved);
  const { picture, registry } = now;
  const apart =
    line === 'backed' ? '' : isFirst ? ', single source or contested' : 'Single source or contested, not in that sum';
  return {
    entry: state.entry.id,
    pieces: [
      strong(isFirst ? `${measure.label}, recorded incidents${apart}` : apart),
      text(': '),
      ...(is.incidents === 0
        ? [text('none is counted any more')]
        : [sumPiece(() => sumsOf(picture, registry, moved.measure)[line], wordsOf(is))]),
      ...(why.length > 0 ? [text(' ('), ...why, text(')')] : []),
    ],
    citations: citeAll(
      now,
      first === undefined
        ? chosenReports(now, state, 1)
        : [reportOf(now, first), ...rest.map((id) => reportOf(now, id))],
    ),
  };
}

/**
 * How the sums of recorded incidents moved, and why: "Killed, recorded incidents: 124 (+12: 9 newly recorded, 3 revised
 * up)". One line for each measure; single-source and contested ones stand under it. `touched`: the entries of which
 * something else may be told. Where nothing was known before there is nothing to compare with.
 */
export function totalLines({ then, now }: Window, touched: ReadonlySet<string>): readonly ChangeLine[] {
  if (!then) return [];
  const byMeasure = new Map<string, MovedSum[]>();
  for (const moved of movedSums(then, now))
    byMeasure.set(moved.measure, [...(byMeasure.get(moved.measure) ?? []), moved]);
  return [...byMeasure.values()].flatMap(([moved, apart], place): readonly ChangeLine[] => {
    const state = moved && leadOf(moved, touched);
    if (!moved || !state) return [];
    const below = apart && leadOf(apart, touched);
    const make = (): Line => ({
      ...sumLine(now, moved, state, true),
      ...(apart && below && { under: [sumLine(now, apart, below, false)] }),
    });
    // Of several sums that one entry moved, in the order of their measures.
    const score = 40 * SEVERITY_WEIGHT[state.entry.severity] + 20 * NOVELTY - place / 1000;
    return [{ kind: 'total', state, score, make }];
  });
}
