import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookOf } from '../../src/graphics/marks.ts';
import { FAINT, INK, PAPER, words } from '../../src/graphics/svg.ts';
import { altText, fitted, isPrintable, printable, widthOf, wrapped } from '../../src/graphics/text.ts';

const { resolve } = createRequire(import.meta.url);
const fontFiles = [
  '@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf',
  '@expo-google-fonts/open-sans/600SemiBold/OpenSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf',
].map((file) => resolve(file));

/** The width at which a line is really printed. */
const measured = (line: string, bold: boolean): number => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="100" font-family="Open Sans">${words(line, { x: 20, y: 60, size: 24, bold })}</svg>`;
  return (
    new Resvg(svg, { font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Open Sans' } }).getBBox()?.width ??
    0
  );
};

describe('widths', () => {
  it.each([
    'Syrian Observatory for Human Rights',
    'at least 417 civilians, as of 2 Dec',
    'Управление по координации гуманитарных вопросов',
    'МИНИСТЕРСТВО ОБОРОНЫ',
    'المرصد السوري لحقوق الإنسان',
    'وزارة الصحة الفلسطينية في غزة',
    'İçişleri Bakanlığı, Şanlıurfa',
  ])('of "%s" are guessed wide enough, and not by more than a third', (line) => {
    for (const bold of [false, true]) {
      const guess = widthOf(line, 24, bold);
      const real = measured(line, bold);
      expect(guess).toBeGreaterThan(real * 0.97);
      expect(guess).toBeLessThan(real * 1.34);
    }
  });
});

describe('lines', () => {
  it('never grow wider than their room, whatever they say', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.integer({ min: 60, max: 900 }),
        fc.integer({ min: 1, max: 3 }),
        (raw, room, most) => {
          const text = printable(raw);
          const lines = wrapped(text, 24, room, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(widthOf(line, 24)).toBeLessThanOrEqual(room);
          expect(widthOf(fitted(text, 24, room), 24)).toBeLessThanOrEqual(room);
        },
      ),
    );
  });

  it('break between words and lose none while there is room', () => {
    expect(wrapped('one two three four', 24, 110, 4).join(' ')).toBe('one two three four');
    expect(wrapped('one two three four', 24, 110, 2).at(-1)).toMatch(/…$/);
  });
});

describe('what is printable', () => {
  it('keeps letters, joiners and accents, and drops what steers or decorates', () => {
    expect(printable('a\u202eb\u2066c\u0007 \n d 🔥')).toBe('abc d');
    expect(printable('می\u200cخواهم')).toBe('می\u200cخواهم');
  });

  it('spells out signs that the fonts lack, so that no qualifier is lost', () => {
    expect(printable('≥255, ≤40, ≈7')).toBe('>=255, <=40, ~7');
  });

  it('shows letters without a glyph as one ellipsis', () => {
    expect(printable('國防部 (MND)')).toBe('… (MND)');
    expect(isPrintable('國防部')).toBe(false);
    expect(isPrintable('मंत्रालय')).toBe(false);
    expect(isPrintable('Минобороны, حلب')).toBe(true);
  });
});

describe('alt text', () => {
  it('is cut at a word and never in the middle of a letter', () => {
    const cut = altText(['word '.repeat(300)]);
    expect(cut.length).toBeLessThanOrEqual(1024);
    expect(cut).toMatch(/word…$/);
    expect(altText(['😀'.repeat(600)])).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

describe('colours', () => {
  const luminance = (hex: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
      const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  it('of all print stand out from the card by 4.5 to 1', () => {
    for (const colour of [INK, FAINT, ...Array.from({ length: 7 }, (_, i) => lookOf(i).colour)])
      expect((luminance(PAPER) + 0.05) / (luminance(colour) + 0.05), colour).toBeGreaterThanOrEqual(4.5);
  });
});
