import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

const DIRECTION = /[\u2067\u2069]/g;

/** Reads markup as strictly as XML demands; throws at the first fault. */
export function read(svg: string): readonly Element[] {
  const parser = new SaxesParser({ xmlns: false });
  const all: Element[] = [];
  const open: Element[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, text: '' };
    all.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(svg).close();
  return all;
}

/** The printed lines, without the marks that isolate their direction. */
export const printed = (svg: string): readonly string[] =>
  read(svg)
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text.replace(DIRECTION, ''));

export const paths = (svg: string): readonly string[] =>
  read(svg).flatMap(({ name, attributes }) => (name === 'path' ? [attributes['d'] ?? ''] : []));
