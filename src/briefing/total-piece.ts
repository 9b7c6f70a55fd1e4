import type { Measure } from '../model/measures.ts';
import type { Range } from '../picture/figures/range.ts';
import { sayTotal } from '../picture/figures/say.ts';
import type { Summed } from '../picture/figures/summed.ts';
import type { Said } from '../picture/series.ts';
import type { FigureRef, Piece } from './document.ts';

export const refOf = (value: Said): FigureRef => ({ report: value.report, index: value.index });

/** A computed number with what is in it. */
export const totalPiece = (range: Range, measure: Measure, of: readonly FigureRef[]): Piece => ({
  type: 'total',
  text: sayTotal(range, measure),
  of,
});

/** The same of a sum, whose figures are listed when somebody looks at them. */
export function sumPiece(sum: () => Summed, words: string): Piece {
  let figures: readonly FigureRef[] | undefined;
  return {
    type: 'total',
    text: words,
    get of() {
      figures ??= sum().figures;
      return figures;
    },
  };
}
