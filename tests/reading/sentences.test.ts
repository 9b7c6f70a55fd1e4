import { describe, expect, test } from 'vitest';
import { HELD_OUT } from './held-out.ts';
import { SENTENCES } from './sentences.ts';
import type { Score } from './score.ts';
import { score, shown } from './score.ts';
import { CONTEXT } from './setting.ts';

describe.each([
  ['held out', HELD_OUT],
  ['worked on', SENTENCES],
] as const)('%s', (name, table) => {
  const s: Score = score(table, CONTEXT);
  test('floor', () => {
    console.log(`${name}: ${shown(s)}\n${s.wrong.length} of ${table.length} not as wanted\n${s.wrong.join('\n')}`);
    expect(s.precision.figure).toBeGreaterThan(0.95);
  });
});
