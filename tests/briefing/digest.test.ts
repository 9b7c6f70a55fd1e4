import { describe, expect, test } from 'vitest';
import type { DigestRequest } from '../../src/briefing/digest.ts';
import { composeDigest, rehearsalWords, rehearseFilter } from '../../src/briefing/digest.ts';
import { composeDigestAlarm } from '../../src/briefing/digest-alarms.ts';
import type { DigestPart } from '../../src/briefing/digest-content.ts';
import { added, type Draft, entry, pictureOf, registry, retracted } from '../support/build.ts';
import { breaches, linesOf } from '../support/documents.ts';

const part = (then: readonly Draft[] | undefined, news: readonly Draft[]): DigestPart => ({
  now: { picture: pictureOf(...(then ?? []), ...news), registry },
  then: then && pictureOf(...then),
});
const asked = (change: Partial<DigestRequest> = {}): DigestRequest & { readonly length: 'standard' } => ({
  zone: 'UTC',
  filters: {},
  from: '2024-11-27T08:00:00Z',
  to: '2024-11-28T08:00:00Z',
  length: 'standard',
  again: { path: 'digest show', args: { post: 'D1@2024-11-28T08:00' } },
  ...change,
});
const old = added(entry('E1', { headline: 'The ford is open' }));
const grave = added(entry('E2', { headline: 'The bridge falls', severity: 'flash', place: 'coast' }));
const small = added(
  entry('E3', { headline: 'A road is mended', place: 'ford', parties: [{ party: 'north', role: 'actor' }] }),
);

describe('a digest', () => {
  test('begins with its gravest line, with whose word it is, and holds to the gates', () => {
    const told = part([old], [small, grave]);
    const made = composeDigest([told], asked());
    expect(made.title).toMatch(/The bridge falls/);
    expect(made.title).toMatch(/Monitor/);
    expect(breaches(made, told.now)).toEqual([]);
    expect(made.subtitle[0]).toBe('River valley: 2 changes, since 27 Nov 2024, 08:00 (UTC).');
  });

  test('a correction comes before everything else', () => {
    const made = composeDigest([part([old], [grave, retracted('E1')])], asked());
    expect(made.sections.map(({ id }) => id)).toEqual(['river-2024-corrections', 'river-2024-changes']);
    expect(made.title).toMatch(/^Retracted/);
  });

  test.each([
    [{ severity: 'major' } as const, ['E2']],
    [{ place: 'valley' }, ['E3']],
    [{ party: 'north' }, ['E3']],
    [{ severity: 'flash', party: 'north' } as const, []],
  ])('the filter %j lets through %j', (filters, entries) => {
    const made = composeDigest([part([old], [small, grave])], asked({ filters }));
    expect(linesOf(made).map((line) => line.entry)).toEqual(entries);
    if (entries.length === 0) expect(made.title).toMatch(/^No recorded change since/);
  });

  test('what was told under a filter and is corrected now does not fall through it', () => {
    const made = composeDigest([part([grave], [retracted('E2')])], asked({ filters: { severity: 'flash' } }));
    expect(made.title).toMatch(/^Retracted/);
  });

  test('short, standard and full differ in how much they tell, and say what is left', () => {
    const many = Array.from({ length: 14 }, (_, n) => added(entry(`E${n + 2}`)));
    const lines = (length: 'short' | 'standard' | 'full') => {
      const made = composeDigest([part([old], many)], { ...asked(), length });
      return [linesOf(made).length, made.sections[0]?.notes?.[0]];
    };
    expect(lines('short')).toEqual([3, '+11 more: /changes situation: river-2024 since: #2']);
    expect(lines('standard')).toEqual([10, '+4 more: /changes situation: river-2024 since: #2']);
    expect(lines('full')).toEqual([14, undefined]);
  });

  test('late, a test, and what it carries are said at the top', () => {
    const made = composeDigest(
      [part([old], [grave])],
      asked({
        test: true,
        late: { missed: 1, why: 'while the bot was off' },
        carried: { at: '2024-11-27T12:00:00Z', why: 'the bot lacks a right in the channel' },
      }),
    );
    expect(made.title).toMatch(/^TEST: /);
    expect(made.subtitle.slice(0, 3)).toEqual([
      'TEST: this is how the digest would look now. Nothing is counted from this message.',
      'Late: covers 27 Nov 2024, 08:00 to 28 Nov 2024, 08:00; 1 digest was missed while the bot was off.',
      'Also tells what the digest of 27 Nov 2024, 12:00 could not: it was not sent (the bot lacks a right in the channel).',
    ]);
  });

  test('a filter is tried on what changed', () => {
    const tried = rehearseFilter([part([old], [small, grave])], { place: 'valley' });
    expect(tried).toEqual({
      all: 2,
      passed: 1,
      gravest: { situation: 'river-2024', entry: 'E2', headline: 'The bridge falls' },
    });
    expect(rehearsalWords(tried, 'last week')).toBe(
      'With this filter last week: 1 of 2; the gravest one left out is “The bridge falls” (E2).',
    );
  });

  test('no alarm is worded like a digest without news', () => {
    const digest = { id: 'D1', name: 'Morning', channel: '200', zone: 'UTC' };
    const at = '2024-11-28T08:00:00Z';
    const calm = composeDigest([part([old], [])], asked()).title;
    const titles = [
      composeDigestAlarm({ about: 'suspended', digest, why: 'no right', fix: 'give it' }),
      composeDigestAlarm({ about: 'failed', digest, at, why: 'no answer' }),
      composeDigestAlarm({ about: 'uncertain', digest, at, why: 'no answer' }),
      composeDigestAlarm({ about: 'clock', state: 'paused', off: 90_000 }),
      composeDigestAlarm({ about: 'silence', ms: 600_000 }),
    ].map(({ title }) => title);
    expect(calm).toMatch(/^No recorded change/);
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).not.toMatch(/change/i);
  });
});
