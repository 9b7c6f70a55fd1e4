import fc from 'fast-check';
import type { Citation, Document, Line, Piece, Section } from '../../src/briefing/document.ts';

/** Documents for the tests of this room. Every line and citation carries a mark that can be found again. */

export const citation = (fields: Partial<Citation> = {}): Citation => ({
  report: 'E17.1',
  originator: 'SOHR',
  publisher: 'AFP',
  published: '2024-11-29',
  url: 'https://example.org/toll',
  ...fields,
});

export const said = (text: string): Piece => ({ type: 'said', text });
export const own = (text: string): Piece => ({ type: 'text', text });
export const figure = (text: string): Piece => ({ type: 'figure', text, of: [{ report: 'E17.1', index: 0 }] });

export const line = (pieces: readonly Piece[], fields: Partial<Line> = {}): Line => ({
  entry: 'E17',
  pieces,
  citations: [citation()],
  ...fields,
});

export const document = (sections: readonly Section[], fields: Partial<Document> = {}): Document => ({
  kind: 'brief',
  title: 'Aleppo offensive',
  subtitle: ['As of 29 Nov 2024, 20:00 Damascus'],
  sections,
  footer: ['Counted as each source counts.'],
  ...fields,
});

const HOSTILE = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@&123456789012345678>',
  '<#123456789012345678>',
  '</brief:123456789012345678>',
  '<t:0:R>',
  '<:smile:123456789012345678>',
  '<id:guide>',
  '[here](https://evil.example)',
  '](https://evil.example)',
  'https://evil.example/x',
  'https:',
  '//evil.example',
  'discord.gg/abc',
  'www.evil.example',
  '# Heading',
  '-# small',
  '- item',
  '+ item',
  '1. item',
  '2) item',
  '> quote',
  '>>> quote',
  '```\ncode\n```',
  '`code`',
  '**bold**',
  '__under__',
  '~~gone~~',
  '||spoiler||',
  '\\',
  '\\\\',
  '\n',
  '\r\n- x',
  '\u2028# y',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u200b',
  '\u200d',
  'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301',
  '\ud800',
  'مقتل 255 شخصا في حلب',
  'حلب',
  '叙利亚阿勒颇发生冲突',
  '👩‍👩‍👧',
  ' ',
  'people were killed',
  '1 200',
];

/** Text as the worst of files would hold it. */
export const hostileText = fc
  .array(
    fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 12 })),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''));

const LETTERS = ['a', 'ب', '阿', '\u{1f30d}', '*'];

const longText = fc
  .tuple(fc.constantFrom(...LETTERS), fc.integer({ min: 0, max: 1200 }), fc.integer({ min: 1, max: 900 }))
  .map(([letter, length, word]) =>
    Array.from({ length }, (_, at) => (at % (word + 1) === word ? ' ' : letter)).join(''),
  );

/** A document and the marks that its pages have to show, in order, each once. */
export interface Marked {
  readonly document: Document;
  readonly marks: readonly string[];
}

const lineShape = fc.record({
  texts: fc.array(fc.oneof(hostileText, longText), { maxLength: 3 }),
  citations: fc.array(
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: 0, max: 1400 }).map((n) => 'x'.repeat(n)),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  status: fc.constantFrom('single_source', 'contested', undefined),
  under: fc.nat({ max: 2 }),
});
type LineShape = typeof lineShape extends fc.Arbitrary<infer T> ? T : never;

export const markedDocument: fc.Arbitrary<Marked> = fc
  .record({
    title: hostileText,
    subtitle: fc.array(fc.oneof(hostileText, longText), { maxLength: 2 }),
    sections: fc.array(
      fc.record({
        heading: fc.option(hostileText, { nil: undefined }),
        lines: fc.array(lineShape, { maxLength: 4 }),
        notes: fc.array(hostileText, { maxLength: 2 }),
      }),
      { maxLength: 28 },
    ),
    footer: fc.array(hostileText, { maxLength: 2 }),
  })
  .map(({ title, subtitle, sections, footer }) => {
    const marks: string[] = [];
    const mark = (kind: string) => {
      const made = `${kind}qz${marks.length}q`;
      marks.push(made);
      return made;
    };
    const makeLine = ({ texts, citations, status, under }: LineShape, depth = 0): Line => {
      const pieces: Piece[] = [own(`${mark('L')} `), ...texts.map(said), figure(` at least ${mark('F')} `)];
      const [first = '', ...rest] = citations;
      const cite = (path: string): Citation =>
        citation({
          report: `E17.${marks.length}`,
          originator: mark('C'),
          url: `https://example.org/${path}`,
          published: '2023-01-02',
        });
      const made = { entry: 'E1', pieces, citations: [cite(first), ...rest.map(cite)] as const };
      const nested = Array.from({ length: depth === 0 ? under : 0 }, () =>
        makeLine({ texts: texts.slice(0, 1), citations: ['u'], status: undefined, under: 0 }, 1),
      );
      return { ...made, ...(status === undefined ? {} : { status }), ...(nested.length > 0 ? { under: nested } : {}) };
    };
    const made = sections.map(
      ({ heading, lines, notes }, at): Section => ({
        id: `s${at}`,
        ...(heading === undefined ? {} : { heading }),
        lines: lines.map((shape) => makeLine(shape)),
        notes: notes.map((note) => `${mark('N')} ${note}`),
      }),
    );
    return {
      document: document(made, { title, subtitle, footer: footer.map((text) => `${mark('N')} ${text}`) }),
      marks,
    };
  });
