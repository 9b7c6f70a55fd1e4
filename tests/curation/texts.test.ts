import { describe, expect, test } from 'vitest';
import { oddHost, pageOf, readLink } from '../../src/curation/link.ts';
import { slugOf, tidy, wordsOf } from '../../src/curation/text.ts';
import { UserError } from '../../src/errors.ts';

describe('text that may be stored', () => {
  test.each([
    ['', ''],
    ['  \t\n \u00a0\u3000 ', ''],
    ['\u200b\u2060\ufeff', ''],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['a\u0000b\u0007c\u001bd', 'abcd'],
    ['bill \u202egnp.exe\u202c', 'bill gnp.exe'],
    ['\u2066iso\u2069late\u200e\u200f', 'isolate'],
    ['e\u0301'.normalize('NFD'), 'é'],
    [`Z${'\u0301\u0302\u0303\u0304\u0305\u0306'.repeat(50)}!`, undefined],
    ['\u0301 starts with a mark', 'starts with a mark'],
    ['نیم\u200cفاصله', 'نیم\u200cفاصله'],
    ['loose \u200d joiner', 'loose joiner'],
    ['lone \ud800 half', 'lone \ufffd half'],
    ['\u{e0041}\u{e0042}tags', 'tags'],
    ['\u2800\u3164blank letters\u115f', 'blank letters'],
  ])('%j', (written, expected) => {
    const kept = tidy(written);
    if (expected !== undefined) expect(kept).toBe(expected);
    expect(kept).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{M}{6}/u);
    expect(tidy(kept)).toBe(kept);
  });

  test('a flood of 4,000 marks leaves a few, in no time', () => {
    expect(tidy(`a${'\u0300'.repeat(4000)}`).length).toBeLessThan(8);
  });

  test('names become ids; without a Latin letter there is none', () => {
    expect(slugOf('Syrian Civil Defence (“White Helmets”)')).toBe('syrian-civil-defence-white-helmets');
    expect(slugOf('Éditions d’Alep')).toBe('editions-d-alep');
    expect(slugOf('الجزيرة')).toBe('');
    expect(slugOf('x'.repeat(300)).length).toBe(50);
  });

  test('headlines are compared by their words, not by their small ones', () => {
    expect([...wordsOf('At least 255 people killed in the province')]).toEqual(['255', 'killed', 'province']);
  });
});

describe('links that may be stored', () => {
  test.each([
    ['https://example.org/a?b=1#c', 'https://example.org/a?b=1#c'],
    ['  <https://example.org/x>  ', 'https://example.org/x'],
    ['example.org/news', 'https://example.org/news'],
    ['HTTP://EXAMPLE.org', 'http://example.org/'],
    ['https://пример.рф/1', 'https://xn--e1afmkfd.xn--p1ai/1'],
  ])('%s', (written, expected) => expect(readLink(written)).toBe(expected));

  test.each([
    ['', 'no web address'],
    ['   ', 'no web address'],
    ['javascript:alert(1)', 'not with javascript:'],
    ['JaVaScRiPt:alert(1)', 'not with javascript:'],
    ['java\nscript:alert(1)', 'no web address'],
    ['data:text/html,<b>', 'not with data:'],
    ['file:///etc/passwd', 'not with file:'],
    ['vbscript:x', 'not with vbscript:'],
    ['https://user:secret@example.org/', 'user name or password'],
    ['https://example.org@evil.example/', 'user name or password'],
    ['https://@example.org/', 'user name or password'],
    ['https://localhost/x', 'not the name of a public site'],
    ['https://', 'no web address'],
    ['https://exa\u202empl.org/', 'no web address'],
    ['https:\\\\example.org\\x', 'no web address'],
    ['https://pаypal.com/', 'xn--pypal-4ve.com'],
    ['https://ɡοοgle.com/', 'mixes alphabets'],
    [`https://example.org/${'a'.repeat(4000)}`, 'at most'],
    ['https://exa mple.org/', 'no web address'],
    ['not an address', 'no web address'],
  ])('refused: %j', (written, words) => {
    expect(() => readLink(written)).toThrow(UserError);
    expect(() => readLink(written)).toThrow(words);
  });

  test('what the refusal tells of the address holds no secret', () => {
    expect(() => readLink('https://user:secret@example.org/')).toThrow(/^(?!.*secret).*$/);
  });

  test('a name in other letters, and a bare number, are shown to a person', () => {
    expect(oddHost(readLink('https://пример.рф/1'))).toContain('xn--e1afmkfd.xn--p1ai');
    expect(oddHost('https://127.0.0.1/')).toContain('127.0.0.1');
    expect(oddHost('https://[::1]/')).toContain('[::1]');
    expect(oddHost('https://example.org/')).toBeUndefined();
  });

  test.each([
    ['https://www.example.org/a/', 'http://example.org/a'],
    ['https://example.org/a?utm_source=x&id=3#top', 'https://m.example.org/a?id=3'],
    ['https://example.org/a?b=2&a=1', 'https://example.org/a?a=1&b=2'],
  ])('one page: %s and %s', (a, b) => expect(pageOf(a)).toBe(pageOf(b)));
  test.each([
    ['https://example.org/a?id=1', 'https://example.org/a?id=2'],
    ['https://example.org/A', 'https://example.org/a'],
    ['https://a.example.org/', 'https://b.example.org/'],
  ])('two pages: %s and %s', (a, b) => expect(pageOf(a)).not.toBe(pageOf(b)));
});
