import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInline, safeHref } from '../../../src/playground/page/markdown/inline.ts';
import { parseMarkdown } from '../../../src/playground/page/markdown/parse.ts';
import type { Block, Inline } from '../../../src/playground/page/markdown/tree.ts';

const text = (value: string): Inline => ({ type: 'text', text: value });
const wrap = (type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', ...children: Inline[]): Inline => ({
  type,
  children,
});
const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children });

/** Every link and every piece of text in a tree, in order. */
function walk(nodes: readonly Inline[], see: (node: Inline) => void): void {
  for (const node of nodes) {
    see(node);
    if ('children' in node) walk(node.children, see);
  }
}
const links = (source: string): string[] => {
  const found: string[] = [];
  walk(parseInline(source), (node) => node.type === 'link' && found.push(node.href));
  return found;
};

describe('formatting within a line', () => {
  test.each<[string, Inline[]]>([
    ['**a**', [wrap('bold', text('a'))]],
    ['*a*', [wrap('italic', text('a'))]],
    ['_a_', [wrap('italic', text('a'))]],
    ['__a__', [wrap('underline', text('a'))]],
    ['~~a~~', [wrap('strike', text('a'))]],
    ['||a||', [wrap('spoiler', text('a'))]],
    ['***a***', [wrap('bold', wrap('italic', text('a')))]],
    ['**a *b* c**', [wrap('bold', text('a '), wrap('italic', text('b')), text(' c'))]],
    ['__**a**__', [wrap('underline', wrap('bold', text('a')))]],
    ['`**a**`', [{ type: 'code', text: '**a**' }]],
    ['``a`b``', [{ type: 'code', text: 'a`b' }]],
    ['**a `**` b**', [wrap('bold', text('a '), { type: 'code', text: '**' }, text(' b'))]],
  ])('%s', (source, nodes) => {
    expect(parseInline(source)).toEqual(nodes);
  });

  test.each(['snake_case_name', '2 * 3 * 4', '**open', '~a~', '|a|', 'a * b*', '`open', '****', '*', '__'])(
    '%s stays as it is',
    (source) => {
      expect(parseInline(source)).toEqual([text(source)]);
    },
  );

  test('a backslash takes the meaning of what follows, and stays before letters', () => {
    expect(parseInline(String.raw`\*a\* \<@1> C:\temp`)).toEqual([text(String.raw`*a* <@1> C:\temp`)]);
  });
});

describe('links', () => {
  test('a masked link keeps its label, with formatting', () => {
    expect(parseInline('[**SANA**](https://example.org/a)')).toEqual([
      { type: 'link', href: 'https://example.org/a', masked: true, children: [wrap('bold', text('SANA'))] },
    ]);
  });

  test.each([
    ['[a](https://example.org/x_(y))', 'https://example.org/x_(y)'],
    ['[a](<https://example.org/>)', 'https://example.org/'],
    ['[a](https://example.org/ "title")', 'https://example.org/'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['(see https://example.org/a).', 'https://example.org/a'],
    ['https://example.org/x_(y), next', 'https://example.org/x_(y)'],
  ])('%s leads to %s', (source, href) => {
    expect(links(source)).toEqual([href]);
  });

  test.each([
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](//example.org)',
    '[a](/relative)',
    '[ ](https://example.org)'.replace('https', 'httpx'),
    'javascript:alert(1)',
    'ftp://example.org',
    '<javascript:alert(1)>',
    'https://',
  ])('%s is no link', (source) => {
    expect(links(source)).toEqual([]);
  });

  test('a label that shows an address is not masked: the addresses stand for themselves', () => {
    expect(links('[https://bank.example](https://evil.example)')).toEqual([
      'https://bank.example/',
      'https://evil.example/',
    ]);
    expect(links('[ ](https://evil.example)')).toEqual(['https://evil.example/']);
  });

  test('only http and https are ever opened', () => {
    expect(safeHref('HTTPS://Example.org')).toBe('https://example.org/');
    for (const bad of ['javascript:alert(1)', ' https://example.org', 'https:example.org', 'file:///etc', '']) {
      expect(safeHref(bad)).toBeUndefined();
    }
  });
});

describe('things between angle brackets', () => {
  test('mentions, commands, moments', () => {
    expect(parseInline('<@1> <@!2> <@&3> <#4> </entry show:5> <t:1732892700:R> <t:0> <:flag:6>')).toEqual([
      { type: 'mention', kind: 'user', id: '1', raw: '<@1>' },
      text(' '),
      { type: 'mention', kind: 'user', id: '2', raw: '<@!2>' },
      text(' '),
      { type: 'mention', kind: 'role', id: '3', raw: '<@&3>' },
      text(' '),
      { type: 'mention', kind: 'channel', id: '4', raw: '<#4>' },
      text(' '),
      { type: 'command', name: 'entry show', id: '5' },
      text(' '),
      { type: 'timestamp', seconds: 1732892700, style: 'R', raw: '<t:1732892700:R>' },
      text(' '),
      { type: 'timestamp', seconds: 0, style: 'f', raw: '<t:0>' },
      text(' :flag:'),
    ]);
  });

  test('none of them inside code, and no markup', () => {
    expect(parseInline('`<@1>`')).toEqual([{ type: 'code', text: '<@1>' }]);
    expect(parseInline('<b>x</b> <t:x> <@name>')).toEqual([text('<b>x</b> <t:x> <@name>')]);
  });
});

describe('blocks', () => {
  test('headings, subtext and paragraphs', () => {
    expect(parseMarkdown('# A\n## B\n### C\n#### D\n#E\n-# small\none\ntwo')).toEqual([
      { type: 'heading', level: 1, children: [text('A')] },
      { type: 'heading', level: 2, children: [text('B')] },
      { type: 'heading', level: 3, children: [text('C')] },
      paragraph(text('#### D\n#E')),
      { type: 'subtext', children: [text('small')] },
      paragraph(text('one\ntwo')),
    ]);
  });

  test('escaped signs at the start of a line do nothing', () => {
    expect(parseMarkdown(String.raw`\# a` + '\n' + String.raw`\- b` + '\n' + String.raw`\> c`)).toEqual([
      paragraph(text('# a\n- b\n> c')),
    ]);
  });

  test('quotes hold blocks, and >>> quotes the rest', () => {
    expect(parseMarkdown('> # A\n> b\nc')).toEqual([
      { type: 'quote', children: [{ type: 'heading', level: 1, children: [text('A')] }, paragraph(text('b'))] },
      paragraph(text('c')),
    ]);
    expect(parseMarkdown('a\n>>> b\nc')).toEqual([
      paragraph(text('a')),
      { type: 'quote', children: [paragraph(text('b\nc'))] },
    ]);
    expect(parseMarkdown('>a')).toEqual([paragraph(text('>a'))]);
  });

  test('lists nest by their indent and keep their first number', () => {
    expect(parseMarkdown('- a\n  - b\n- c\n3. d\n4. e')).toEqual([
      {
        type: 'list',
        items: [
          { children: [text('a')], nested: [{ type: 'list', items: [{ children: [text('b')], nested: [] }] }] },
          { children: [text('c')], nested: [] },
        ],
      },
      {
        type: 'list',
        start: 3,
        items: [
          { children: [text('d')], nested: [] },
          { children: [text('e')], nested: [] },
        ],
      },
    ]);
  });

  test('fenced code keeps its text, whatever stands in it', () => {
    expect(parseMarkdown('a ```ts\n# **x**\n> y\n``` b')).toEqual([
      paragraph(text('a ')),
      { type: 'code-block', language: 'ts', text: '# **x**\n> y' },
      paragraph(text(' b')),
    ]);
    expect(parseMarkdown('```one line```')).toEqual([{ type: 'code-block', text: 'one line' }]);
    expect(parseMarkdown('```open')).toEqual([paragraph(text('```open'))]);
  });
});

describe('whatever is written', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '**',
        '_',
        '__',
        '~~',
        '||',
        '`',
        '```',
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '\\',
        '\n',
        '# ',
        '-# ',
      ),
      fc.constantFrom(
        '- ',
        '1. ',
        '> ',
        'https://example.org',
        'javascript:',
        '<@1>',
        '<t:9>',
        '@everyone',
        '\u202E',
        ' ',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 60 },
  );

  test('parsing ends, and every link is http or https', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const source = parts.join('');
        parseMarkdown(source);
        return links(source).every((href) => /^https?:\/\//.test(href));
      }),
    );
  });

  test('text without signs comes out unchanged', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L} .,]{1,80}$/u), (source) => {
        const [only] = parseMarkdown(source);
        if (source.trim() === '') return only === undefined;
        return JSON.stringify(only) === JSON.stringify(paragraph(text(source)));
      }),
    );
  });

  test('hostile nesting is cheap', () => {
    const started = performance.now();
    for (const sign of ['*', '_', '**', '[', '||', '`', '<', '> ', '~~', '[a](', '*a **b '])
      parseMarkdown(sign.repeat(2000));
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
