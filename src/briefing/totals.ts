import type { Measure } from '../model/measures.ts';
import type { Exclusion } from '../picture/figures/incident.ts';
import { sayTotal } from '../picture/figures/say.ts';
import type { Summed } from '../picture/figures/summed.ts';
import type { Sums } from '../picture/figures/sums.ts';
import type { Addend, Total, Totals } from '../picture/figures/total.ts';
import { shortName } from '../picture/registry.ts';
import { shortDay, spanWords } from './dates.ts';
import type { Citation, Citations, FigureRef, Line, Piece, Section } from './document.ts';
import type { Known, Namer } from './tell.ts';
import { chosenReports, cite, reportOf, said, saidFigure, strong, text } from './tell.ts';
import { refOf, sumPiece, totalPiece } from './total-piece.ts';

/** Reports that a sum cites; all of them stand behind "Explain this number". */
const MOST_CITED = 2;
/** Figures that a line of exclusions names. */
const MOST_NAMED = 2;

/** The reports of these figures, each once, as citations. */
function citedBy(known: Known, figures: readonly FigureRef[]): readonly Citation[] {
  const reports = new Set<string>();
  for (const { report } of figures) {
    reports.add(report);
    if (reports.size === MOST_CITED) break;
  }
  return [...reports].map((id) => cite(known, reportOf(known, id)));
}

const incidents = (n: number): string => `${n} ${n === 1 ? 'incident' : 'incidents'}`;

function sumLine(known: Known, words: string, sum: Summed, measure: Measure): Line | undefined {
  const { entry, counted: figures, incidents: counted, withoutNumber, range, provisional } = sum;
  const [first, ...rest] = citedBy(known, sum.first);
  if (!first || entry === undefined) return undefined;
  const more = figures > MOST_CITED ? `; ${figures} figures, listed with “Explain this number”` : '';
  return {
    entry,
    pieces: [
      text(`${words}: ${incidents(counted)}, `),
      sumPiece(() => sum, sayTotal(range, measure)),
      ...(withoutNumber > 0 ? [text(`; ${incidents(withoutNumber)} with no number`)] : []),
      ...(provisional ? [strong(' Provisional'), text(': two of them may be one')] : []),
      text(more),
    ],
    citations: [first, ...rest],
  };
}

/** R7: what the incidents recorded here add up to, in two lines that are never added to each other. */
export function sumSection(known: Known, sums: Sums, measure: Measure): Section {
  const lines = [
    sumLine(known, 'Corroborated or confirmed', sums.backed, measure),
    sumLine(known, 'Single source or contested, not in that sum', sums.unbacked, measure),
  ].filter((l) => l !== undefined);
  return {
    id: 'sum',
    heading: 'Sum of the incidents recorded here',
    lines,
    notes:
      lines.length > 0
        ? [
            'Each incident is counted once, running tolls never: these sums overlap with the tolls and are not added to them.',
          ]
        : [],
  };
}

function addendLine(known: Known, addend: Addend, measure: Measure, name: Namer): Line {
  const { zone } = known.picture.situation;
  const [first, ...same] = addend.entries;
  const [cited, ...others] = citedBy(known, addend.said);
  const reports = chosenReports(known, first, 1);
  const citations: Citations = cited ? [cited, ...others] : [cite(known, reports[0])];
  const names = [...new Set(addend.said.map((s) => name(s.originator)))].join('; ');
  return {
    entry: first.entry.id,
    pieces: [
      totalPiece(addend.range, measure, addend.said.map(refOf)),
      text(
        addend.residualOf === undefined
          ? ': '
          : ', worked out here: what a summary leaves after the incidents in it (R8): ',
      ),
      text(`${spanWords(first.entry.occurred, zone)}, `),
      said(first.entry.headline),
      ...(same.length > 0 ? [text(` (the same as ${same.map((s) => s.entry.id).join(', ')}, R19)`)] : []),
      ...(addend.residualOf === undefined ? [text(' — '), said(names)] : [text(' — the summary is by '), said(names)]),
    ],
    citations,
  };
}

/** Exclusions by one rule for one reason of one entry, in one line: a toll of ninety tellings is left out ninety times for one reason. */
function exclusionLines(known: Known, excluded: readonly Exclusion[]): readonly Line[] {
  const groups = new Map<string, [Exclusion, ...Exclusion[]]>();
  for (const exclusion of excluded) {
    const key = `${exclusion.rule}|${exclusion.why}|${exclusion.entry}`;
    const group = groups.get(key);
    if (group) group.push(exclusion);
    else groups.set(key, [exclusion]);
  }
  return [...groups.values()].flatMap((group) => {
    const [{ rule, why, entry }] = group;
    const state = known.picture.entries.get(entry);
    if (!state) return [];
    const figures = group.flatMap((e) => e.said ?? []);
    const named = figures.slice(-MOST_NAMED).reverse();
    const [cited, ...others] = citedBy(known, named);
    const left = figures.length - named.length;
    const pieces: readonly Piece[] =
      named.length === 0
        ? [said(state.entry.headline)]
        : named.flatMap((value, i) => [
            ...(i > 0 ? [text(', ')] : []),
            saidFigure(known, value),
            text(
              ` (${shortName(known.registry, value.originator)}, as of ${shortDay(value.figure.asOf, known.picture.situation)})`,
            ),
          ]);
    return [
      {
        entry,
        pieces: [strong(rule), text(`, ${why}: `), ...pieces, text(left > 0 ? ` and ${left} more in ${entry}` : '')],
        citations: cited ? [cited, ...others] : [cite(known, chosenReports(known, state, 1)[0])],
      },
    ];
  });
}

/** R20: every addend and every exclusion with its rule. */
export function explanation(known: Known, totals: Totals, measure: Measure, name: Namer): readonly Section[] {
  const counted = (id: string, heading: string, total: Total): Section => ({
    id,
    heading,
    lines: total.addends.map((a) => addendLine(known, a, measure, name)),
    notes:
      total.withoutNumber.length > 0 ? [`No number: ${total.withoutNumber.map((s) => s.entry.id).join(', ')}.`] : [],
  });
  return [
    counted('counted', 'Counted: corroborated or confirmed', totals.backed),
    counted('counted-apart', 'Counted apart: single source or contested', totals.unbacked),
    {
      id: 'excluded',
      heading: 'Not counted, and why',
      lines: exclusionLines(known, totals.excluded),
    },
  ].filter((s) => s.lines.length > 0 || (s.notes?.length ?? 0) > 0);
}
