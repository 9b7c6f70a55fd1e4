import { runMain } from '../start.ts';
import { GATES, passes, REQUIRED, together } from './gate.ts';
import { generate } from './generated.ts';
import { replay } from './replay.ts';
import { curatedHistories } from './sample.ts';

/** Generated histories: seeds, and how many records each has. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const SIZE = 400;

const cell = (tried: number, held: number): string =>
  tried === 0
    ? 'never tried'
    : `${((100 * held) / tried).toFixed(held === tried ? 0 : 2)} % of ${tried.toLocaleString('en')}`;

await runMain(async () => {
  const histories = await curatedHistories(process.argv[2] ?? 'data', new Date().toISOString());
  const columns = [
    ...histories.map((history) => ({ name: history.name, tallies: replay(history) })),
    {
      name: `${SEEDS.length} generated`,
      tallies: together(SEEDS.map((seed) => replay({ name: `seed ${seed}`, ...generate(seed, SIZE) }))),
    },
  ];
  const rows = [
    ['gate', 'required', ...columns.map((c) => c.name), 'ok'],
    ...GATES.map((gate) => [
      gate,
      `${REQUIRED[gate] * 100} %`,
      ...columns.map(({ tallies }) => cell(tallies[gate].tried, tallies[gate].held)),
      columns.every(({ tallies }) => passes(gate, tallies[gate])) ? 'yes' : 'NO',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows)
    process.stdout.write(
      `${cells
        .map((c, i) => c.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  const broken = columns.flatMap(({ tallies }) =>
    GATES.flatMap((gate) => tallies[gate].broken.map((b) => `${gate}: ${b}`)),
  );
  for (const line of broken) process.stdout.write(`${line}\n`);
  if (!columns.every(({ tallies }) => GATES.every((gate) => passes(gate, tallies[gate])))) process.exitCode = 1;
});
