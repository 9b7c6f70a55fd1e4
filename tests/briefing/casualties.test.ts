import { describe, expect, test } from 'vitest';
import type { CasualtiesRequest } from '../../src/briefing/casualties.ts';
import { composeCasualties } from '../../src/briefing/casualties.ts';
import { plainText } from '../../src/briefing/plain.ts';
import type { Draft } from '../support/build.ts';
import { added, entry, pictureOf, registry, report, toll } from '../support/build.ts';
import { breaches, section, wordsOf } from '../support/documents.ts';

const casualties = (asked: Partial<CasualtiesRequest>, ...drafts: Draft[]) => {
  const known = { picture: pictureOf(...drafts), registry };
  const document = composeCasualties(known, { measure: 'killed', ...asked });
  expect(breaches(document, known)).toEqual([]);
  return document;
};
const E1 = entry('E1', { kind: 'toll' });
const south = { side: 'south' };

describe('tolls of a party to the conflict (R6)', () => {
  test('its own losses, the enemy’s and those that others count stand apart', () => {
    const document = casualties(
      {},
      added(
        E1,
        report('E1.1', {
          originator: 'north-army',
          stance: 'claims',
          figures: [toll(400, '2024-11-28', { group: south })],
        }),
        report('E1.2', {
          originator: 'south-command',
          stance: 'concedes',
          figures: [toll(60, '2024-11-28', { group: south })],
        }),
        report('E1.3', { figures: [toll(144, '2024-11-28', { group: south })] }),
      ),
    );
    const [tolls, admissions, claims] = ['tolls', 'admissions', 'claims'].map((id) =>
      section(document, id).map(wordsOf),
    );
    expect(tolls).toEqual(['144 southern fighters killed since 27 Nov, as of 28 Nov — River Monitor, a watch group']);
    expect(admissions).toEqual(['60 southern fighters killed since 27 Nov, as of 28 Nov — Southern Command']);
    expect(claims).toEqual(['400 southern fighters killed since 27 Nov, as of 28 Nov — Northern Army']);
  });
});

describe('what is asked for', () => {
  const drafts = [
    added(
      E1,
      report('E1.1', {
        figures: [
          toll(5, '2024-11-28'),
          toll(9, '2024-11-30'),
          toll(2, '2024-11-30', { scope: { from: '2024-11-27', to: '2024-11-30', area: 'bridge' } }),
          toll(7, '2024-11-30', { measure: 'injured' }),
        ],
      }),
    ),
  ] as const;
  const tolls = (asked: Partial<CasualtiesRequest>) =>
    section(casualties(asked, ...drafts), 'tolls')
      .map(wordsOf)
      .join('\n');

  test('a measure', () => {
    expect(tolls({ measure: 'injured' })).toMatch(/^7 people injured/);
  });

  test('days, by as-of', () => {
    expect(tolls({ to: '2024-11-29' })).toMatch(/^5 people killed since 27 Nov, as of 28 Nov — /);
    expect(tolls({ from: '2024-12-01' })).toBe('');
  });

  test('a place, with what lies in it and without what is of everywhere', () => {
    expect(tolls({ place: 'valley' })).toMatch(/^2 people killed in Old Bridge/);
    expect(tolls({ place: 'coast' })).toBe('');
  });

  test('what nobody counted is not none', () => {
    const answer = plainText(casualties({ measure: 'missing' }, ...drafts));
    expect(answer).toContain('No figure is recorded for: missing. That is not the same as none.');
  });
});
