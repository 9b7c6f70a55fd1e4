import { expect, test } from 'vitest';
import type { Figure } from '../../src/model/figure.ts';
import { laneOf } from '../../src/picture/lanes.ts';
import type { Said } from '../../src/picture/series.ts';
import { tollsOf } from '../../src/picture/series.ts';
import { added, entry, pictureOf, registry, report, toll } from '../support/build.ts';

const laneFor = (originator: string, group: Figure['group']) => {
  const picture = pictureOf(
    added(entry('E1'), report('E1.1', { originator, figures: [toll(5, '2024-11-29', { group })] })),
  );
  return laneOf(picture, registry, tollsOf(picture)[0]?.live as Said);
};

test.each<[string, Figure['group'], string]>([
  ['monitor', { side: 'south' }, 'count'],
  ['monitor', {}, 'count'],
  ['north-army', { side: 'south' }, 'claim'],
  ['north-agency', { side: 'south', status: 'combatant' }, 'claim'],
  ['north-army', { side: 'north' }, 'admission'],
  ['south-command', { side: 'north' }, 'claim'],
  ['south-command', { side: 'south' }, 'admission'],
  ['north-army', { status: 'civilian' }, 'count'],
  ['stranger', { side: 'north' }, 'count'],
])('what %s says of the losses of %j stands in the lane "%s" (R6)', (originator, group, lane) => {
  expect(laneFor(originator, group)).toBe(lane);
});
