import type { Svg } from './svg.ts';
import { EDGE, FAINT, WIDTH, words } from './svg.ts';
import { isRightToLeft, printable, wrapped } from './text.ts';

const ROOM = WIDTH - 2 * EDGE;

/** Where a line begins: text from right to left begins at the right edge. */
const begins = (line: string): { readonly x: number; readonly anchor: 'start' | 'end' } =>
  isRightToLeft(line) ? { x: WIDTH - EDGE, anchor: 'end' } : { x: EDGE, anchor: 'start' };

/** A block of lines and the height it takes. */
export interface Block {
  readonly parts: readonly Svg[];
  readonly height: number;
}

/** Title and subtitle at the top of the card. */
export function heading(title: string, subtitle: string): Block {
  const big = wrapped(printable(title), 34, ROOM, 2, true);
  const small = wrapped(printable(subtitle), 23, ROOM, 2);
  let y = 14;
  const parts = [
    ...big.map((line) => words(line, { ...begins(line), y: (y += 42), size: 34, bold: true })),
    ...small.map((line, i) => words(line, { ...begins(line), y: (y += i === 0 ? 36 : 30), size: 23, fill: FAINT })),
  ];
  return { parts, height: y + 12 };
}

/** Small print at the foot: what the signs mean, where the shapes come from, what must not be concluded. */
export function footing(top: number, notes: readonly string[]): Block {
  const size = 21;
  const lines = notes.flatMap((note) => wrapped(printable(note), size, ROOM, 3));
  return {
    parts: lines.map((line, i) => words(line, { ...begins(line), y: top + 28 + i * 29, size, fill: FAINT })),
    height: lines.length === 0 ? 20 : 28 + lines.length * 29,
  };
}
