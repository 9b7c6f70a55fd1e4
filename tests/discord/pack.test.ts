import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/discord/limits.ts';
import { buttonRows, richMessage } from '../../src/discord/message.ts';
import { type Page, PLAIN, pack, RICH } from '../../src/discord/pack.ts';
import { plainMessage } from '../../src/discord/plain.ts';
import { render } from '../../src/discord/render.ts';
import { citation, document, figure, line, markedDocument, own, said } from './documents.ts';

const ids = {
  turn: (to: string, page: number) => `${to}${page}`,
  act: (at: number) => `a${at}`,
  follow: (at: number) => `f${at}`,
};
const textOf = (page: Page) => page.displays.map(({ text }) => text).join('\n');

function countComponents(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + countComponents(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + ('components' in value ? countComponents(value.components) : 0);
}

const follows = ['a', 'b', 'c', 'd', 'e', 'f'].map((label) => ({ label, command: 'changes', args: {} }));

describe('pages', () => {
  it('hold every line, figure, note and citation once, in order, within the limits', () => {
    fc.assert(
      fc.property(markedDocument, ({ document: made, marks }) => {
        const asking = { ...made, follows };
        const chapters = render(asking);
        for (const budget of [RICH, PLAIN]) {
          const pages = pack(chapters, budget);
          const all = pages.map(textOf).join('\n');
          expect(all.match(/[LFCN]qz\d+q/g) ?? []).toEqual(marks);
          for (const [at, page] of pages.entries()) {
            const texts = page.displays.map(({ text }) => text);
            for (const text of texts) expect(text.trim()).not.toBe('');
            const rows = buttonRows(asking, at, pages.length, ids);
            if (budget === PLAIN) {
              expect(plainMessage(page, rows).content?.length).toBeLessThanOrEqual(limits.content);
              continue;
            }
            const joined = texts.join('');
            const wide = joined.match(/[\u0800-\uffff]/g)?.length ?? 0;
            expect(joined.length).toBeLessThanOrEqual(wide * 2 > joined.length ? 3_000 : 3_800);
            expect(Buffer.byteLength(joined) + 12 * texts.length).toBeLessThanOrEqual(9_000);
            expect(countComponents(richMessage(asking, page, rows).components)).toBeLessThanOrEqual(40);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('give a line that is parted from the one above it its citations back', () => {
    const long = (mark: string) => line([own(`${mark} ${'word '.repeat(150)}`)]);
    const under = Array.from({ length: 8 }, (_, i) => long(`u${i}`));
    const [chapter] = [render(document([{ id: 'a', lines: [{ ...long('top'), under }] }]))];
    const pages = pack(chapter);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages)
      for (const text of textOf(page)
        .split('\n')
        .filter((l) => l.trimStart().startsWith('- ')))
        expect(text).toMatch(/ · \[SOHR.*\) · E17$/);
  });

  it('part no line that fits on a page', () => {
    fc.assert(
      fc.property(markedDocument, ({ document: made }) => {
        const chapters = render(made);
        const lines = new Set(pack(chapters).flatMap((page) => textOf(page).split('\n')));
        for (const { groups } of chapters)
          for (const { first, body, tail } of groups.flat()) {
            const whole = `${first}${body.join('')}${tail.join('')}`;
            if (whole.length < 2_000 && Buffer.byteLength(whole) < 6_000) expect(lines).toContain(whole);
          }
      }),
      { numRuns: 50 },
    );
  });

  it('repeat title and heading where a section goes on', () => {
    const lines = Array.from({ length: 40 }, (_, at) => line([own(`Line ${at}. ${'x'.repeat(100)}`)]));
    const pages = pack(render(document([{ id: 'a', heading: 'Key events', lines }])));
    expect(pages.length).toBeGreaterThan(1);
    expect(textOf(pages[0])).toMatch(/^## Aleppo offensive\n-# As of/);
    expect(textOf(pages[1] as Page)).toMatch(
      /^## Aleppo offensive \(continued\)\n### Key events \(continued\)\n- Line/,
    );
  });

  it('never end with a heading', () => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, at) => line([own(`Line ${at}. ${'x'.repeat(180)}`)]));
    for (let count = 1; count < 30; count += 1) {
      const made = document([
        { id: 'a', heading: 'One', lines: lines(count) },
        { id: 'b', heading: 'Two', lines: lines(3) },
      ]);
      for (const page of pack(render(made))) expect(textOf(page).split('\n').at(-1)).not.toMatch(/^#/);
    }
  });

  it('keep a line and what belongs under it together', () => {
    const group = () => line([own(`Top ${'x'.repeat(700)}`)], { under: [line([own(`Under ${'x'.repeat(700)}`)])] });
    for (const page of pack(render(document([{ id: 'a', lines: [group(), group(), group(), group()] }])))) {
      expect(textOf(page).match(/- Top/g)?.length).toBe(textOf(page).match(/- Under/g)?.length);
    }
  });

  it('part a line larger than a page between its pieces, with its citations at the end', () => {
    const citations = [citation(), citation({ originator: 'OCHA' })] as const;
    const pieces = [said('words '.repeat(900)), figure('at least 255'), own(' killed')];
    const pages = pack(render(document([{ id: 'a', lines: [line(pieces, { citations, status: 'contested' })] }])));
    expect(pages).toHaveLength(2);
    expect(textOf(pages[0])).toMatch(/ …$/);
    expect(textOf(pages[1] as Page)).toMatch(
      /\n- … words .*at least 255 killed \(contested\) · \[SOHR[^\]]*\]\([^)]*\); \[OCHA[^\]]*\]\([^)]*\) · E17\n/,
    );
  });

  it.each([
    ['Arabic', 'أفادت مصادر محلية بوقوع قتلى '],
    ['Chinese', '据当地消息来源报道有人员伤亡'],
    ['emoji', '🔥🕊️'],
  ])('stay within the bytes that Discord takes, in %s', (_, words) => {
    const lines = Array.from({ length: 60 }, () => line([said(words.repeat(8))]));
    const pages = pack(render(document([{ id: 'a', heading: 'الأحداث', lines }])));
    for (const page of pages) {
      const bytes = page.displays.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 12, 0);
      expect(bytes).toBeLessThanOrEqual(9_000);
    }
    expect(
      pages
        .map(textOf)
        .join('\n')
        .match(/ · E17/g),
    ).toHaveLength(60);
  });

  it('stay within the bytes where nearly every character takes three', () => {
    const rows = [[own('据当地消息来源报道有人员'.repeat(10))]];
    const sections = Array.from({ length: 60 }, (_, at) => ({ id: `s${at}`, lines: [], rows }));
    const pages = pack(render(document(sections, { title: 'T', subtitle: [], footer: [] })));
    expect(pages[0].displays).toHaveLength(24);
    for (const page of pages) {
      const bytes = page.displays.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 12, 0);
      expect(bytes).toBeLessThanOrEqual(9_000);
    }
  });

  it('show a document that holds nothing', () => {
    expect(pack(render(document([], { subtitle: [], footer: [] }))).map(textOf)).toEqual(['## Aleppo offensive']);
  });
});
