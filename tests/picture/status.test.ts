import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/entry.ts';
import { correctors, denials, rivals, standing } from '../../src/picture/status.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  entry,
  link,
  linked,
  pictureOf,
  registry,
  report,
  reported,
  restored,
  retracted,
  stateOf,
  unlinked,
  withdrawn,
} from '../support/build.ts';

const statusOf = (...drafts: Draft[]) => {
  const picture = pictureOf(...drafts);
  return standing(picture, registry, stateOf(picture, 'E1'));
};

/** E1 in which the North acts, told by these. */
const toldBy = (...tellers: Partial<Report>[]) =>
  statusOf(
    added(
      entry('E1', { parties: [{ party: 'north', role: 'actor' }] }),
      ...tellers.map((change, i) => report(`E1.${i + 1}`, change)),
    ),
  );

describe('how an entry stands by who tells it', () => {
  test.each<[string, Partial<Report>[], string, number]>([
    ['one monitor', [{ originator: 'monitor' }], 'single_source', 1],
    ['two independent originators', [{ originator: 'monitor' }, { originator: 'wire' }], 'corroborated', 2],
    [
      'one originator carried by three papers',
      [{ publisher: 'wire' }, { publisher: 'gazette' }, { publisher: 'un' }],
      'single_source',
      1,
    ],
    [
      'two media of the party that acts',
      [{ originator: 'north-army' }, { originator: 'north-agency' }],
      'single_source',
      1,
    ],
    [
      'the party that acts, and a monitor',
      [{ originator: 'north-agency' }, { originator: 'monitor' }],
      'corroborated',
      2,
    ],
    ['the two warring parties', [{ originator: 'north-army' }, { originator: 'south-command' }], 'corroborated', 2],
    ['a monitor and unnamed officials', [{ originator: 'monitor' }, { originator: 'someone' }], 'single_source', 1],
    ['two unnamed sources', [{ originator: 'someone' }, { originator: 'others' }], 'single_source', 1],
    [
      'a monitor and an improbable report',
      [{ originator: 'monitor' }, { originator: 'wire', credibility: 5 }],
      'single_source',
      1,
    ],
    ['a source that is not registered', [{ originator: 'stranger' }, { originator: 'monitor' }], 'single_source', 1],
    ['the party that concedes it', [{ originator: 'north-army', stance: 'concedes' }], 'confirmed', 1],
    ['a body that verifies', [{ originator: 'checker', stance: 'verifies' }], 'confirmed', 1],
    ['a paper that says it verified', [{ originator: 'gazette', stance: 'verifies' }], 'single_source', 1],
    [
      'an improbable concession',
      [{ originator: 'north-army', stance: 'concedes', credibility: 5 }],
      'single_source',
      1,
    ],
    ['a denial', [{ originator: 'monitor' }, { originator: 'north-army', stance: 'denies' }], 'contested', 1],
    [
      'a denial by somebody, against two that say so',
      [{ originator: 'monitor' }, { originator: 'wire' }, { originator: 'north-army', stance: 'denies' }],
      'contested',
      2,
    ],
    [
      'an improbable denial',
      [{ originator: 'monitor' }, { originator: 'north-army', stance: 'denies', credibility: 5 }],
      'single_source',
      1,
    ],
    ['only those who deny something', [{ originator: 'north-army', stance: 'denies' }], 'single_source', 1],
    [
      'a denial that the other side of it conceded',
      [
        { originator: 'north-army', stance: 'concedes' },
        { originator: 'north-agency', stance: 'denies' },
      ],
      'confirmed',
      1,
    ],
  ])('%s', (_, tellers, status, voices) => {
    expect(toldBy(...tellers)).toEqual({ status, voices });
  });

  test('a party that is not a part of it counts like anybody', () => {
    const core = entry('E1', { parties: [{ party: 'north', role: 'affected' }] });
    expect(
      statusOf(
        added(core, report('E1.1', { originator: 'north-army' }), report('E1.2', { originator: 'south-command' })),
      ).status,
    ).toBe('corroborated');
  });
});

const rival = (change: Partial<Report> = {}): Draft =>
  added(entry('E2'), report('E2.1', { originator: 'wire', ...change }));
const against = linked(link('E2', 'contradicts', 'E1'));

describe('contradictions', () => {
  test('a live one contests both', () => {
    const picture = pictureOf(added(entry('E1')), rival(), against);
    for (const id of ['E1', 'E2']) {
      expect(standing(picture, registry, stateOf(picture, id)).status).toBe('contested');
      expect(rivals(picture, id).map((s) => s.entry.id)).toEqual([id === 'E1' ? 'E2' : 'E1']);
    }
  });

  test.each<[string, Draft[]]>([
    ['was retracted', [rival(), against, retracted('E2')]],
    ['has no report left', [rival(), against, withdrawn('E2.1')]],
    ['is improbable', [rival({ credibility: 5 }), against]],
    ['was corrected', [rival(), against, added(entry('E3')), linked(link('E3', 'corrects', 'E2'))]],
    ['is no longer linked', [rival(), against, unlinked(link('E2', 'contradicts', 'E1'))]],
    ['was never recorded', [against]],
  ])('what %s contests nothing', (_, drafts) => {
    const picture = pictureOf(added(entry('E1')), ...drafts);
    expect(standing(picture, registry, stateOf(picture, 'E1')).status).toBe('single_source');
    expect(rivals(picture, 'E1')).toEqual([]);
  });

  test('it stands again when its correction is retracted, or it is restored itself', () => {
    const corrected = [added(entry('E1')), rival(), against, added(entry('E3')), linked(link('E3', 'corrects', 'E2'))];
    expect(statusOf(...corrected, retracted('E3')).status).toBe('contested');
    expect(statusOf(added(entry('E1')), rival(), against, retracted('E2'), restored('E2')).status).toBe('contested');
    const picture = pictureOf(...corrected);
    expect(correctors(picture, 'E2').map((s) => s.entry.id)).toEqual(['E3']);
    expect(correctors(picture, 'E3')).toEqual([]);
  });

  test('a correction does not confirm what it replaces the other for', () => {
    const picture = pictureOf(added(entry('E1')), added(entry('E2')), linked(link('E1', 'corrects', 'E2')));
    expect(standing(picture, registry, stateOf(picture, 'E1')).status).toBe('single_source');
  });

  test('an entry that was confirmed is not contested by what contradicts it', () => {
    const conceded = report('E1.1', { originator: 'north-army', stance: 'concedes' });
    expect(statusOf(added(entry('E1'), conceded), rival(), against).status).toBe('confirmed');
  });
});

describe('retracted and decided by the desk', () => {
  test('a retracted entry is retracted, whatever the desk had set', () => {
    const core = entry('E1', { override: { status: 'confirmed', reason: 'Seen by our reporter' } });
    expect(statusOf(added(core), retracted('E1')).status).toBe('retracted');
  });

  test('an entry all of whose reports were withdrawn is retracted', () => {
    expect(statusOf(added(entry('E1')), withdrawn('E1.1')).status).toBe('retracted');
    expect(statusOf(added(entry('E1')), reported(report('E1.2', { originator: 'wire' })), withdrawn('E1.1'))).toEqual({
      status: 'single_source',
      voices: 1,
    });
  });

  test('the status that the desk set comes with its reason, over the rules', () => {
    const core = entry('E1', { override: { status: 'confirmed', reason: 'Seen by our reporter' } });
    expect(statusOf(added(core), rival(), against)).toEqual({
      status: 'confirmed',
      voices: 1,
      overridden: 'Seen by our reporter',
    });
  });
});

test('denials count only against those who say that it is so', () => {
  const picture = pictureOf(
    added(entry('E1'), report('E1.1'), report('E1.2', { originator: 'north-army', stance: 'denies' })),
    added(entry('E2'), report('E2.1', { originator: 'north-army', stance: 'denies' })),
  );
  expect(denials(stateOf(picture, 'E1')).map((r) => r.id)).toEqual(['E1.2']);
  expect(denials(stateOf(picture, 'E2'))).toEqual([]);
});
