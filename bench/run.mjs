// npm run bench [name …]: every figure against a peer in the same run. Writes nothing; exits 1 where a limit is missed.
import { cpus } from 'node:os';

const BENCHES = ['ledger', 'start', 'round-trip', 'casualties', 'chart', 'changes', 'digests', 'posting', 'curation'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${BENCHES.join(', ')}.\n`);
  process.exit(2);
}

const limitOf = ({ unit, limit }) =>
  limit === Number.POSITIVE_INFINITY ? '' : `${unit.endsWith('/s') ? '≥' : '≤'} ${limit}`;
const cellsOf = (row) => [
  row.name,
  `${row.value.toLocaleString('en')} ${row.unit}`,
  `${row.peerValue.toLocaleString('en')} ${row.unit} (${row.peer})`,
  String(row.ratio),
  limitOf(row),
  row.limit === Number.POSITIVE_INFINITY ? '' : row.ok ? 'yes' : 'NO',
];

const cores = cpus();
process.stdout.write(`node ${process.version}, ${cores.length} × ${cores[0]?.model.trim() || process.arch}\n\n`);

const rows = [];
for (const name of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { run } = await import(`./${name}.mjs`);
  rows.push(...(await run()));
}

const lines = [['name', 'ours', 'peer', 'ratio', 'limit', 'ok'], ...rows.map(cellsOf)];
const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
for (const cells of lines)
  process.stdout.write(
    `${cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd()}\n`,
  );
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
