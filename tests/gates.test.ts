import { describe, expect, test } from 'vitest';
import { composeChanges } from '../src/briefing/changes.ts';
import { GATES, passes } from '../src/gates/gate.ts';
import { generate } from '../src/gates/generated.ts';
import { type History, halfDays, replay } from '../src/gates/replay.ts';
import { curatedHistories } from '../src/gates/sample.ts';
import type { Recorded, SituationRecord } from '../src/model/record.ts';
import { fold } from '../src/picture/picture.ts';
import { DATA, NOW, SAMPLE } from './support/sample.ts';

function expectAll(history: History): void {
  const tallies = replay(history);
  for (const gate of GATES) {
    expect({ gate, broken: tallies[gate].broken }).toEqual({ gate, broken: [] });
    expect({ gate, passes: passes(gate, tallies[gate]) }).toEqual({ gate, passes: true });
  }
}

describe('the gates hold', () => {
  test('for the sample, replayed twice a day', async () => {
    const history = (await curatedHistories(DATA, NOW)).find(({ name }) => name === SAMPLE);
    if (!history) throw new Error('there is no sample');
    expect(halfDays(history.records).length).toBeGreaterThan(20);
    expectAll(history);
  }, 60_000);

  test.each([11, 12, 13])(
    'for generated history %i',
    (seed) => {
      expectAll({ name: `seed ${seed}`, ...generate(seed, 220) });
    },
    60_000,
  );
});

describe('generated histories', () => {
  test('are the same at every run, and hold every kind of record', () => {
    const { records } = generate(5, 400);
    expect(generate(5, 400).records).toEqual(records);
    expect(new Set(records.map((r) => r.kind))).toEqual(
      new Set([
        'situation.opened',
        'entry.added',
        'entry.amended',
        'entry.retracted',
        'entry.restored',
        'report.added',
        'report.amended',
        'report.withdrawn',
        'report.restored',
        'link.added',
        'link.removed',
      ]),
    );
  });
});

test('no word of a headline changes what is told first', () => {
  const { records, registry } = generate(21, 300);
  const reworded = (words: (id: string) => string) =>
    records.map((r): Recorded<SituationRecord> => {
      // What is told of an amendment depends on whether it changed the words at all: these stay as they are.
      if (r.kind !== 'entry.added' && r.kind !== 'entry.amended') return r;
      const { entry } = r.body;
      const headline = `${words(entry.id)}${entry.headline}`.slice(0, 200);
      return { ...r, body: { ...r.body, entry: { ...entry, headline } } } as Recorded<SituationRecord>;
    });
  const order = (all: readonly Recorded<SituationRecord>[]) => {
    const then = fold(all.slice(0, 150));
    const picture = fold(all.slice(150), then);
    if (!picture) throw new Error('nothing is known');
    return composeChanges({ picture, registry }, then, { sinceWords: 'then' }).sections.map((s) => [
      s.id,
      s.lines.map((l) => l.entry),
    ]);
  };
  const plain = order(reworded(() => ''));
  expect(plain.flatMap(([, ids]) => ids).length).toBeGreaterThan(20);
  expect(
    order(reworded((id) => (Number(id.slice(1)) % 2 === 0 ? 'Kills 40 at wedding: ' : 'Minor drill, quiz: '))),
  ).toEqual(plain);
});
