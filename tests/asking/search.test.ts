import { describe, expect, test } from 'vitest';
import { foldText, suggest } from '../../src/asking/search.ts';

describe('text is folded so that people find what they can type', () => {
  test.each([
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['Türkiye', 'turkiye'],
    ['Erdoğan', 'erdogan'],
    ['Ḥamāh', 'hamah'],
    ['Straße', 'STRASSE'],
    ['Ångström', 'angstrom'],
    ['حَلَب', 'حلب'],
    ['حـلـب', 'حلب'],
    ['إدلب', 'ادلب'],
    ['أريحا', 'اريحا'],
    ['حماة', 'حماه'],
    ['مصطفى', 'مصطفي'],
    ['کردستان', 'كردستان'],
    ['ﷲ', 'الله'],
    ['ｆｕｌｌ', 'full'],
  ])('%s is found by %s', (written, typed) => {
    expect(foldText(written)).toBe(foldText(typed));
  });

  test('different names stay different', () => {
    const names = ['حلب', 'حمص', 'Homs', 'Hama', 'Aleppo', 'Idlib', ''];
    expect(new Set(names.map(foldText)).size).toBe(names.length);
  });
});

describe('suggestions', () => {
  const places = ['Aleppo city', 'Western Aleppo', 'Idlib', 'Kafr Aleppin', 'Bab al-Hawa'];
  const found = (typed: string, most = 25) => suggest(places, typed, (p) => [p], most);

  test('what starts so comes before what has such a word, and that before what holds it anywhere', () => {
    expect(found('alep')).toEqual(['Aleppo city', 'Western Aleppo', 'Kafr Aleppin']);
    expect(found('a')).toEqual(['Aleppo city', 'Western Aleppo', 'Kafr Aleppin', 'Bab al-Hawa']);
    expect(found('lib')).toEqual(['Idlib']);
  });

  test('every word must be found', () => {
    expect(found('western al')).toEqual(['Western Aleppo']);
    expect(found('western id')).toEqual([]);
  });

  test('nothing typed is everything, up to the limit', () => {
    expect(found('', 2)).toEqual(['Aleppo city', 'Western Aleppo']);
    expect(found('  ')).toEqual(places);
  });

  test.each(['\\', '(', '[a', '.*', '*', '🕐', 'a'.repeat(6000), ' '.repeat(6000)])(
    '%s is text, not a pattern',
    (typed) => {
      expect(() => found(typed)).not.toThrow();
    },
  );
});
