import type { Measure } from '../model/measures.ts';
import type { Range } from '../picture/figures/range.ts';
import { sayTotal } from '../picture/figures/say.ts';
import type { Said } from '../picture/series.ts';
import type { FigureRef, Piece } from './document.ts';

export const refOf = (value: Said): FigureRef => ({ report: value.report, index: value.index });

/** A computed number with what is in it. */
export const totalPiece = (range: Range, measure: Measure, of: readonly FigureRef[]): Piece => ({
  type: 'total',
  text: sayTotal(range, measure),
  of,
});
