import { type APIApplicationCommandOption, ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readArgs } from '../../src/asking/args.ts';

const options: readonly APIApplicationCommandOption[] = [
  { type: Type.String, name: 'situation', description: 'x', required: true, min_length: 2, max_length: 5 },
  { type: Type.String, name: 'view', description: 'x', choices: [{ name: 'Tolls', value: 'tolls' }] },
  { type: Type.Integer, name: 'count', description: 'x', min_value: 1, max_value: 9 },
  { type: Type.Number, name: 'share', description: 'x' },
  { type: Type.Boolean, name: 'private', description: 'x' },
];

describe('arguments', () => {
  it('are what the options say', () => {
    expect(readArgs(options, { situation: 'حلب', view: 'tolls', count: 3, share: 0.5, private: true })).toEqual({
      situation: 'حلب',
      view: 'tolls',
      count: 3,
      share: 0.5,
      private: true,
    });
  });

  it('come back from the text of a button as they were', () => {
    expect(readArgs(options, { situation: '12', count: '3', share: '0.5', private: 'false' })).toEqual({
      situation: '12',
      count: 3,
      share: 0.5,
      private: false,
    });
  });

  it.each([
    [{}, /“situation” is missing/],
    [{ situation: 'a' }, /at least 2 characters/],
    [{ situation: 'abcdef' }, /at most 5 characters/],
    [{ situation: 5 }, /must be text/],
    [{ situation: 'abc', view: 'chart' }, /must be one of: Tolls/],
    [{ situation: 'abc', count: 0 }, /at least 1/],
    [{ situation: 'abc', count: 10 }, /at most 9/],
    [{ situation: 'abc', count: 1.5 }, /whole number/],
    [{ situation: 'abc', count: 'x' }, /must be a number/],
    [{ situation: 'abc', count: ' ' }, /must be a number/],
    [{ situation: 'abc', private: 'maybe' }, /true or false/],
    [{ situation: 'abc', gone: 'x' }, /no option “gone” any more/],
    [{ situation: 'abc', constructor: 'x' }, /no option “constructor”/],
  ])('%j are refused in words', (values, message) => {
    expect(() => readArgs(options, values)).toThrow(message);
  });
});
