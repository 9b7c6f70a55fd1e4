import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Citation, Document } from '../../src/briefing/document.ts';
import { markdown } from '../../src/exchange/markdown.ts';
import { citation, document, hostileText, line, markedDocument, own, said } from '../discord/documents.ts';
import { ask } from '../support/sample.ts';

const one = (text: string, cite: Partial<Citation> = {}): Document =>
  document([{ id: 'a', heading: 'Events', lines: [line([said(text)], { citations: [citation(cite)] })] }]);
const itemOf = (doc: Document): string =>
  markdown(doc)
    .split('\n')
    .find((l) => l.startsWith('- ')) ?? '';

/** What a Markdown reader would print: backslash escapes undone. */
const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
/** Characters that are not escaped, each with what stands around it. */
const bare = (text: string): string => text.replace(/\\[!-/:-@[-`{-~]/g, '');

describe('a document as Markdown', () => {
  test('has a title, headings, lines, and its sources as footnotes', () => {
    const { url: _, ...agency } = citation({ report: 'E17.2', originator: 'AFP', publisher: 'Press report' });
    const both = line([own('Two people said so.')], {
      citations: [citation(), agency],
      status: 'corroborated',
      under: [line([own('One of them again.')], { citations: [citation()] })],
    });
    expect(markdown(document([{ id: 'a', heading: 'Key events', lines: [both], notes: ['No more.'] }]))).toBe(
      [
        '# Aleppo offensive',
        '',
        'As of 29 Nov 2024, 20:00 Damascus',
        '',
        '## Key events',
        '',
        '- Two people said so. (corroborated) · E17[^1][^2]',
        '  - One of them again. · E17[^1]',
        '',
        'No more.',
        '',
        '---',
        '',
        'Counted as each source counts.',
        '',
        '[^1]: SOHR via AFP, 2024-11-29, <https://example.org/toll> (E17.1)',
        '[^2]: AFP via Press report, 2024-11-29 (E17.2)',
        '',
      ].join('\n'),
    );
  });

  test.each([
    '# Heading',
    '[here](https://evil.example)',
    '![x](y)',
    '<script>alert(1)</script>',
    '<https://evil.example>',
    'https://evil.example',
    'www.evil.example',
    'a@evil.example',
    '`code`',
    '**bold** _it_ ~~gone~~',
    '| a | b |',
    '[^1] and $x$ &lt;',
    '1. item',
    '- item',
    '+ item',
    '=====',
    '\\',
  ])('shows %j as it is', (text) => {
    const item = itemOf(one(text));
    expect(unescaped(item)).toContain(`- ${text} · E17`);
    const words = item.replace(/\[\^1\]$/, '').slice(2);
    expect(bare(words)).not.toMatch(/[`*_[\]<>~|^$&#]|:\/\/|\bwww\.|\S@/);
    expect(words).not.toMatch(/^\s*(?:\d+[.)]|[-+=])/);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//evil.example'])(
    'makes no link of %j',
    (url) => {
      const note = markdown(one('x', { url }))
        .split('\n')
        .find((l) => l.startsWith('[^1]: '));
      expect(bare(note?.replace('[^1]', '') ?? '')).not.toMatch(/[<>]|:\/\//);
    },
  );

  test('an address cannot leave its brackets', () => {
    expect(markdown(one('x', { url: 'https://a.example/> <script>\n[y](z)' }))).toContain(
      '<https://a.example/%3E%20%3Cscript%3E%20[y](z)>',
    );
  });

  test('leaves nothing out, whatever the store holds, and lets nothing of it act', () => {
    fc.assert(
      fc.property(markedDocument, ({ document: doc, marks }) => {
        const text = markdown(doc);
        for (const mark of marks) expect(text).toContain(mark);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        const called = new Set([...text.matchAll(/(?<!\\)\[\^(\d+)\](?!:)/g)].map((m) => m[1]));
        const defined = [...text.matchAll(/^\[\^(\d+)\]: /gm)].map((m) => m[1]);
        expect(new Set(defined).size).toBe(defined.length);
        expect(called).toEqual(new Set(defined));
      }),
      { numRuns: 60 },
    );
  });

  test('hostile words stay on their line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(markdown(one(text)).split('\n')).toHaveLength(markdown(one('x')).split('\n').length);
      }),
    );
  });

  test('of the sample cites every report that the answer cites', async () => {
    const doc = await ask('brief situation:aleppo-2024 length:full');
    const text = markdown(doc);
    const reports = new Set(
      doc.sections
        .flatMap((s) => s.lines.flatMap((l) => [l, ...(l.under ?? [])]))
        .flatMap((l) => l.citations.map((c) => c.report)),
    );
    for (const report of reports) expect(text).toMatch(new RegExp(`^\\[\\^\\d+\\]: .*\\(${report}\\)$`, 'm'));
  });
});
