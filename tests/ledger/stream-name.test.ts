import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streamFileName, streamOfFile } from '../../src/ledger/stream-name.ts';

test('a stream’s file can be recognised by people', () => {
  expect(streamFileName('sources')).toBe('sources.jsonl');
  expect(streamFileName('situation/aleppo-2024')).toBe('situation%2faleppo-2024.jsonl');
  expect(streamFileName('guild/123')).toBe('guild%2f123.jsonl');
});

test('capitals, dots and other scripts are spelled so that no file system confuses them', () => {
  expect(streamFileName('A')).toBe('%41.jsonl');
  expect(streamFileName('..')).toBe('%2e%2e.jsonl');
  expect(streamFileName('ü')).toBe('%c3%bc.jsonl');
});

test('every name comes back from its file', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }), (name) => {
      expect(streamOfFile(streamFileName(name))).toBe(name);
    }),
  );
});

test.each([
  'sources.jsonl.torn-1',
  'notes.txt',
  'A.jsonl',
  '%2F.jsonl',
  '%61.jsonl',
  '.jsonl',
  '%ff.jsonl',
  'a b.jsonl',
])('%s is no stream', (file) => expect(streamOfFile(file)).toBeUndefined());
