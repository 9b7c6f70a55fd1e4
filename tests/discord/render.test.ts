import { describe, expect, it } from 'vitest';
import { pack } from '../../src/discord/pack.ts';
import { type RenderOptions, render } from '../../src/discord/render.ts';
import { citation, document, figure, line, own, said } from './documents.ts';

const shown = (made: Parameters<typeof render>[0], options?: RenderOptions) =>
  pack(render(made, options))
    .flatMap(({ displays }) => displays.map(({ text }) => text))
    .join('\n');

describe('a document as a Discord message', () => {
  it('reads as title, small print, headed lists with sources, small print', () => {
    const made = document([
      {
        id: 'figures',
        heading: 'Figures',
        lines: [
          line([own("SOHR's toll: "), figure('at least 255'), own(' killed.')], {
            status: 'single_source',
            under: [
              line([own('of them '), figure('26'), own(' children')], {
                citations: [citation({ report: 'E17.2', url: undefined as never })],
              }),
            ],
          }),
        ],
        notes: ['These overlap and are not added.'],
      },
    ]);
    expect(shown(made)).toBe(
      [
        '## Aleppo offensive',
        '-# As of 29 Nov 2024, 20:00 Damascus',
        '### Figures',
        "- SOHR's toll: at least 255 killed. (single source) · [SOHR via AFP, 29 Nov](https://example.org/toll) · E17",
        '  - of them 26 children · SOHR via AFP, 29 Nov · E17',
        '-# These overlap and are not added.',
        '-# Counted as each source counts.',
      ].join('\n'),
    );
  });

  it('cites once what stands under a line and comes from the same report', () => {
    const under = [line([own('of them '), figure('26'), own(' children')])];
    const sections = [{ id: 'a', lines: [line([figure('at least 255')], { under })] }];
    expect(shown(document(sections))).toContain(' · E17\n  - of them 26 children\n');
  });

  it('names the year in citations unless the top of the message does', () => {
    const sections = [{ id: 'a', lines: [line([own('a')], { citations: [citation()] })] }];
    expect(shown(document(sections, { subtitle: ['Today'] }))).toContain('[SOHR via AFP, 29 Nov 2024]');
    expect(shown(document(sections))).toContain('[SOHR via AFP, 29 Nov]');
    const two = [
      { id: 'a', lines: [line([own('a')], { citations: [citation(), citation({ published: '2023-01-05' })] })] },
    ];
    expect(shown(document(two))).toContain('29 Nov 2024](https://example.org/toll); [SOHR via AFP, 5 Jan 2023]');
  });

  it('says the status in words', () => {
    const statuses = ['confirmed', 'corroborated', 'single_source', 'contested', 'retracted'] as const;
    const text = shown(document([{ id: 'a', lines: statuses.map((status) => line([own('a')], { status })) }]));
    for (const words of ['(confirmed)', '(corroborated)', '(single source)', '(contested)', '(retracted)'])
      expect(text).toContain(`- a ${words} · [`);
  });

  it("shows moments in each reader's zone and leaves days as they are", () => {
    const pieces = [
      { type: 'time', at: '2024-11-29T18:00:00Z', text: '20:00' },
      own(' and '),
      { type: 'time', at: '2024-11-30', text: '30 Nov' },
    ] as const;
    expect(shown(document([{ id: 'a', lines: [line(pieces)] }]))).toContain('- <t:1732903200:f> and 30 Nov');
  });

  it('is literal text wherever the store speaks', () => {
    const evil = '@everyone **x** [a](https://b.c)\n# y';
    const made = document(
      [
        {
          id: 'a',
          heading: evil,
          lines: [line([said(evil)], { citations: [citation({ originator: evil })] })],
          notes: [evil],
        },
      ],
      { title: evil, subtitle: [evil], footer: [evil] },
    );
    const text = shown(made);
    expect(text).not.toMatch(/@everyone|\*\*x|\[a\]\(|^# y/m);
    expect(text.match(/\\@\u200beveryone/g)).toHaveLength(7);
  });

  it('does not begin an item as a list, whatever its first piece is', () => {
    const text = shown(
      document([{ id: 'a', lines: [line([figure('255'), own('. Then more')]), line([said('- x')])] }]),
    );
    expect(text).toContain('- 255. Then more');
    expect(text).toContain('- \\- x');
  });

  it('joins what is emphasised side by side', () => {
    const strong = (text: string) => ({ type: 'strong', text }) as const;
    expect(shown(document([{ id: 'a', lines: [line([strong('Correction'), strong('. '), own('X')])] }]))).toContain(
      '- **Correction. **X',
    );
  });

  it('makes commands pressable in our own words, and only there', () => {
    const mention = (path: string) => (['brief', 'entry show'].includes(path) ? `</${path}:1>` : undefined);
    const pieces = [
      { type: 'command', path: 'brief', line: 'brief situation: aleppo-2024' },
      own(' or '),
      { type: 'command', path: 'gone', line: 'gone' },
    ] as const;
    const made = document(
      [
        {
          id: 'a',
          lines: [line([said('/brief')])],
          rows: [pieces],
          notes: ['Ask /entry show or /brief, not /gone or and/or.'],
        },
      ],
      { footer: [] },
    );
    const text = shown(made, { mention });
    expect(text).toContain('- \\/brief ·');
    expect(text).toContain('- </brief:1> situation: aleppo-2024 or \\/gone');
    expect(text).toContain('-# Ask </entry show:1> or </brief:1>, not \\/gone or and\\/or.');
    expect(shown(made)).toContain('- \\/brief situation: aleppo-2024');
  });

  it('leaves out sections that hold nothing', () => {
    expect(shown(document([{ id: 'a', heading: 'Nothing here', lines: [] }]))).not.toContain('Nothing here');
  });
});
