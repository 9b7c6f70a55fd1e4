import type { Svg } from './svg.ts';
import { el, PAPER } from './svg.ts';

/** How one originator looks: colour, dash and shape all differ, so that the picture survives a grey printer. */
export interface Look {
  readonly colour: string;
  readonly dash: string | undefined;
  readonly shape: readonly (readonly [number, number])[] | 'circle';
}

// Different in lightness, not only in hue; none of them red against green.
const COLOURS = ['#0b4f8a', '#c2500a', '#0f7a6c', '#7a2e9a', '#8a6a00', '#3b4148', '#c0246b'] as const;
const DASHES = [undefined, '15 6', '8 5', '18 5 6 5'] as const;
const turn = (sides: number, start: number): readonly (readonly [number, number])[] =>
  Array.from({ length: sides }, (_, i) => {
    const angle = ((start + (360 / sides) * i) * Math.PI) / 180;
    return [Math.cos(angle), Math.sin(angle)] as const;
  });
const ARM = 0.42;
const CROSS = [
  [-ARM, -1],
  [ARM, -1],
  [ARM, -ARM],
  [1, -ARM],
  [1, ARM],
  [ARM, ARM],
  [ARM, 1],
  [-ARM, 1],
  [-ARM, ARM],
  [-1, ARM],
  [-1, -ARM],
  [-ARM, -ARM],
] as const;
const SHAPES = [
  'circle',
  turn(4, 45),
  turn(4, 0),
  turn(6, 0),
  CROSS,
  [
    [-1.15, -0.6],
    [1.15, -0.6],
    [1.15, 0.6],
    [-1.15, 0.6],
  ],
] as const;

export const lookOf = (index: number): Look => ({
  colour: COLOURS[index % COLOURS.length] ?? COLOURS[0],
  dash: DASHES[index % DASHES.length],
  shape: SHAPES[index % SHAPES.length] ?? 'circle',
});

/** The originator's mark; hollow says "about". */
export function mark(look: Look, x: number, y: number, size: number, hollow: boolean): Svg {
  const paint = {
    fill: hollow ? PAPER : look.colour,
    stroke: hollow ? look.colour : PAPER,
    'stroke-width': hollow ? 3.5 : 2,
  };
  if (look.shape === 'circle') return el('circle', { cx: x, cy: y, r: size, ...paint });
  const grown = size * 1.15;
  return el('path', {
    d: `M${look.shape.map(([dx, dy]) => `${(x + dx * grown).toFixed(1)} ${(y + dy * grown).toFixed(1)}`).join('L')}Z`,
    ...paint,
  });
}

/** An open end: a shaft with an arrow head that points to where no bound was given. */
export function openEnd(x: number, y: number, by: number, colour: string): Svg {
  const tip = y + by;
  const head = Math.sign(by) * 10;
  return el('path', {
    d: `M${x.toFixed(1)} ${y.toFixed(1)}V${tip.toFixed(1)}M${(x - 7).toFixed(1)} ${(tip - head).toFixed(1)}L${x.toFixed(1)} ${tip.toFixed(1)}L${(x + 7).toFixed(1)} ${(tip - head).toFixed(1)}`,
    fill: 'none',
    stroke: colour,
    'stroke-width': 3,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}
