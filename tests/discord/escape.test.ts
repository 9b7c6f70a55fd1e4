import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunks, clean, cut, escapeText, plainLabel } from '../../src/discord/escape.ts';
import { link, linkUrl } from '../../src/discord/links.ts';
import { parseMarkdown } from '../../src/playground/page/markdown/parse.ts';
import { hostileText } from './documents.ts';

/** What a reader sees of escaped text, by taking the escapes away again. */
const visible = (escaped: string) => escaped.replace(/\\([^a-z0-9\s])/giu, '$1');
const withoutIsolates = (text: string) => text.replace(/[\u2066-\u2069\u200b]/g, '');

describe('text of the store in a message', () => {
  it.each([
    ['a mention', '<@123456789012345678>', '\\<\\@123456789012345678\\>'],
    ['everyone', '@everyone', '\\@\u200beveryone'],
    ['a command mention', '</brief:1>', '\\<\\/brief:1\\>'],
    ['a timestamp', '<t:0:R>', '\\<t:0:R\\>'],
    ['a masked link', '[a](https://b.example)', '\\[a\\](https:\\/\\/b.example)'],
    ['an invite', 'discord.gg/abc', 'discord.gg\\/abc'],
    ['a heading', '# a', '\\# a'],
    ['subtext', '-# a', '\\-\\# a'],
    ['a list item', '- a', '\\- a'],
    ['a numbered item', '1. a', '1\\. a'],
    ['a quote', '> a', '\\> a'],
    ['a code block', '```a```', '\\`\\`\\`a\\`\\`\\`'],
    ['a spoiler', '||a||', '\\|\\|a\\|\\|'],
    ['a backslash at the end', 'a\\', 'a\\\\'],
    ['lines', 'a\r\nb\u2028c\n\n- d', 'a b c - d'],
    ['an override of direction', 'a\u202eb\u202c', 'ab'],
    ['a hidden character', 'pay\u200bload\u00ad', 'payload'],
  ])('shows %s as it is written', (_, text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it('has no meaning for Discord, whatever it says and wherever two texts meet', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, two) => {
        for (const text of [escapeText(one), `${escapeText(one)}${escapeText(two)}`, `x ${escapeText(one)} y`]) {
          const blocks = parseMarkdown(text);
          expect(blocks.length).toBeLessThanOrEqual(1);
          for (const block of blocks) {
            expect(block.type).toBe('paragraph');
            if (block.type === 'paragraph') for (const child of block.children) expect(child.type).toBe('text');
          }
        }
        const escaped = escapeText(one);
        expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[*_~`|<>[\]#/@](?<!\\.)/);
        expect(escaped).not.toMatch(/[\n\r\u202a-\u202e]|@everyone|@here|<@|:\/\//i);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads the same as before, Arabic included', () => {
    const words = fc.constantFrom(
      'حلب',
      'مقتل',
      '255',
      'شخصا',
      'كُتِبَ',
      'می\u200cخواهم',
      'Aleppo',
      'said:',
      '3.5',
      '(at least)',
      'Ḥamāh',
      "don't",
      'snake_case',
      '50%',
      '#1',
      'और',
      '阿勒颇',
      '👩‍👧',
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 12 }), (parts) => {
        const text = parts.join(' ');
        expect(withoutIsolates(visible(escapeText(text)))).toBe(text);
      }),
    );
  });

  it('keeps text that runs right to left from turning its surroundings', () => {
    expect(escapeText('حلب')).toBe('\u2068حلب\u2069');
    expect(clean('a\u2067b')).toBe('a\u2067b\u2069');
    expect(clean('a\u2069\u2069b')).toBe('ab');
  });

  it('does not let marks pile up, nor stick to what stands before', () => {
    expect(clean(`a${'\u0301'.repeat(50)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
    expect(clean('\u0301a')).toBe('a');
    expect(clean('كُتِبَ')).toBe('كُتِبَ');
  });

  it('keeps joiners where a script or an emoji needs them, and nowhere else', () => {
    expect(clean('می\u200cخواهم')).toBe('می\u200cخواهم');
    expect(clean('👩\u200d👧')).toBe('👩\u200d👧');
    expect(clean('\u200c a\u200d \u200d')).toBe(' a ');
  });
});

describe('links', () => {
  it.each([
    ['https://example.org/a(b)', 'https://example.org/a%28b%29'],
    ['https://example.org/a b<c>', 'https://example.org/a%20b%3Cc%3E'],
    ['https://example.org/?q=a|b', 'https://example.org/?q=a%7Cb'],
    ['https://example.org/حلب', 'https://example.org/%D8%AD%D9%84%D8%A8'],
  ])('link %s as an address that closes nothing', (url, expected) => {
    expect(linkUrl(url)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'discord://-/channels',
    'https://user:pass@example.org',
    'not an address',
    `https://example.org/${'x'.repeat(1000)}`,
  ])('are not made of %s', (url) => {
    expect(link('SOHR', url)).toBe('SOHR');
  });

  it('fit into a button only up to 512 characters', () => {
    expect(linkUrl(`https://example.org/${'x'.repeat(500)}`, 512)).toBeUndefined();
    expect(linkUrl('https://example.org/x', 512)).toBe('https://example.org/x');
  });

  it('have a label that is plain words, without emoji', () => {
    expect(link('SOHR 🇸🇾 [x](y) 👍🏽', 'https://example.org')).toBe('[SOHR \\[x\\](y)](https://example.org/)');
    expect(link('🔥', 'https://example.org')).toBe('[source](https://example.org/)');
  });

  it('stay one link, whatever label and address hold', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.oneof(hostileText, fc.webUrl({ withQueryParameters: true, withFragments: true })),
        (label, path) => {
          const made = link(label, `https://example.org/${path}`);
          if (!made.startsWith('[')) return;
          const [block] = parseMarkdown(made);
          expect(block?.type).toBe('paragraph');
          if (block?.type !== 'paragraph') return;
          expect(block.children).toHaveLength(1);
          expect(block.children[0]).toMatchObject({ type: 'link', masked: true });
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('text that has to be shortened or parted', () => {
  it('is cut between visible characters', () => {
    expect(cut('Aleppo offensive', 8)).toBe('Aleppo…');
    expect(cut('👩‍👧👩‍👧', 8)).toBe('👩‍👧…');
    expect(plainLabel('\u202e  ', 80)).toBe('…');
  });

  it('is parted between words, never inside a number', () => {
    expect(chunks('killed 1 200 people', 10)).toEqual(['killed', ' 1 200', ' people']);
    expect(chunks('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('loses nothing by being parted', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 30 }), (text, most) => {
        expect(chunks(text, most).join('')).toBe(text);
      }),
    );
  });
});
