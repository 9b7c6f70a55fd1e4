import { hasRightToLeft, isRightToLeft, printable } from './text.ts';

declare const made: unique symbol;
/** Markup that was made here; a string of the store cannot pass for it. */
export type Svg = string & { readonly [made]: true };

export const INK = '#1d1d1b';
export const FAINT = '#5b5a55';
export const HAIR = '#d9d6cd';
export const PAPER = '#fbfaf6';
/** Design units across; at a phone's 400 pixels the smallest print is still eight pixels high. */
export const WIDTH = 1000;
export const EDGE = 28;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** A number as it is written into a picture: the same digits on every machine. */
export const digits = (n: number): string => String(Math.round(n * 100) / 100);

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; attribute values are escaped, numbers rounded. */
export function el(tag: string, attributes: Attributes, children: readonly Svg[] = []): Svg {
  const written = Object.entries(attributes)
    .flatMap(([name, value]) =>
      value === undefined ? [] : ` ${name}="${typeof value === 'number' ? digits(value) : escaped(value)}"`,
    )
    .join('');
  return (children.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${children.join('')}</${tag}>`) as Svg;
}

export interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly bold?: boolean;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** A rim in the colour of the ground, for text over lines. */
  readonly rim?: string;
  readonly spaced?: number;
}

const isolated = (line: string): string => escaped(isRightToLeft(line) ? `\u2067${line}\u2069` : line);

/** One line of text of the store or of ours. Each part keeps its own direction; the parts follow one another from left to right. */
export function words(
  text: string | readonly string[],
  { x, y, size, bold, fill = INK, anchor, rim, spaced }: TextStyle,
): Svg {
  const lines = (typeof text === 'string' ? [text] : text).map(printable);
  return el(
    'text',
    {
      x,
      y,
      'font-size': size,
      'font-weight': bold ? 600 : undefined,
      fill,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'font-family': lines.some(hasRightToLeft) ? 'Noto Sans Arabic, Open Sans, Noto Sans' : undefined,
      'letter-spacing': spaced,
      ...(rim ? { stroke: rim, 'stroke-width': 6, 'stroke-linejoin': 'round', 'paint-order': 'stroke' } : {}),
    },
    [lines.map(isolated).join(' ') as Svg],
  );
}

/** The whole picture on its own opaque card, so that it reads the same on a dark page and on a light one. */
export function picture(height: number, parts: readonly Svg[]): string {
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: WIDTH,
      height: Math.round(height),
      viewBox: `0 0 ${WIDTH} ${Math.round(height)}`,
      'font-family': 'Open Sans, Noto Sans, Noto Sans Arabic',
    },
    [el('rect', { width: WIDTH, height: Math.round(height), fill: PAPER }), ...parts],
  );
}
