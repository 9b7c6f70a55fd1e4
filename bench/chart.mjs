// A chart from plain data to PNG bytes, warm, against a blank picture of the same size through the same renderer: what do
// layout, print and lines cost over the card they stand on? Run after `npm run build`.
import { pathToFileURL } from 'node:url';
import { renderPng } from '../dist/src/graphics/png.js';
import { situationMap } from '../dist/src/graphics/situation-map.js';
import { tollChart } from '../dist/src/graphics/toll-chart.js';

/** @typedef {{ name: string, value: number, unit: string, peer: string, peerValue: number, ratio: number, limit: number, ok: boolean }} Row */

const TURNS = 15;
const MOST_MS = 150;

const series = (count) =>
  Array.from({ length: count }, (_, i) => ({
    originator: `originator-${i}`,
    label: ['Observatory', 'Управление', 'المرصد', 'Civil Defence'][i % 4] + ` ${i}`,
    values: Array.from({ length: 6 }, (__, k) => {
      const n = 40 + i * 31 + k * 17;
      return {
        asOf: `2026-03-${10 + k}`,
        low: n,
        high: null,
        qualifier: 'at_least',
        printed: `at least ${n}`,
        from: '2026-03-08',
      };
    }),
  }));

const chart = {
  title: 'Northern valley: people killed, as reported',
  subtitle: 'As known on 16 March 2026',
  measure: 'People killed',
  note: 'These counts overlap and are not added.',
  series: series(12),
};

const map = {
  title: 'Northern valley: where',
  subtitle: '8 to 16 March 2026',
  unplaced: 3,
  places: Array.from({ length: 20 }, (_, i) => ({
    name: `Place ${i}`,
    lat: 35 + (i % 5) * 0.4,
    lon: 36 + Math.floor(i / 5) * 0.9,
    precision: i % 6 === 0 ? 'near' : 'exact',
    severity: i % 3 === 0 ? 'major' : 'routine',
    entries: i + 1,
  })),
};

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const round = (value) => Number(value.toPrecision(3));

const timed = async (work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Ours and the blank card in turns, so that both meet the same machine. */
const compare = async (name, draw) => {
  const { svg } = await draw();
  const size = /height="(\d+)"/.exec(svg)?.[1];
  const blank = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="${size}"><rect width="1000" height="${size}" fill="#fbfaf6"/></svg>`;
  await renderPng(svg);
  const [ours, bare] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    bare.push(await timed(() => renderPng(blank)));
    ours.push(await timed(async () => renderPng((await draw()).svg)));
  }
  const [value, peerValue] = [median(ours), median(bare)];
  return {
    name,
    value: round(value),
    unit: 'ms',
    peer: 'a blank picture of the same size',
    peerValue: round(peerValue),
    ratio: round(value / peerValue),
    limit: MOST_MS,
    ok: value <= MOST_MS,
  };
};

/** @returns {Promise<Row[]>} */
export async function run() {
  return [
    await compare('chart: 12 originators to PNG, warm', async () => tollChart(chart)),
    await compare('chart: 1 originator to PNG, warm', async () => tollChart({ ...chart, series: series(1) })),
    await compare('map: 20 places to PNG, warm', () => situationMap(map)),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
