// The ledger against the bare disk, side by side in one run: what does durability with checksums cost over the least that
// could be done? Run after `npm run build`.
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ledgerDir, openFileLedger } from '../dist/src/ledger/file-ledger.js';
import { streamFileName } from '../dist/src/ledger/stream-name.js';

/** @typedef {{ name: string, value: number, unit: string, peer: string, peerValue: number, ratio: number, limit: number, ok: boolean }} Row */

const STREAM = 'situation/bench';
const RECORDS = 100_000;
const APPENDS = 2_000;
const WARM_UP = 200; // appends not counted
const WRITERS = 200;
const WANTED_PER_SECOND = 20_000;

const draft = (n) => ({
  at: '2026-11-23T09:00:00.000Z',
  author: 'user:123456789012345678',
  kind: 'entry.added',
  key: `interaction:${n}`,
  body: {
    id: `E${n}`,
    headline: n % 4 === 0 ? `Köprü kapalı: kuzey yolu, ${n}` : `Bridge closed on the northern road, ${n}`,
    occurred: { from: '2026-11-22', to: '2026-11-23', precision: 'day' },
    place: { name: 'Northern bridge', lat: 36.2, lon: 37.1, precision: 'near' },
    severity: 'major',
    reports: [{ id: `E${n}.1`, originator: 'city-desk', published: '2026-11-22', language: 'en', stance: 'reports' }],
  },
});

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const timed = async (work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const rowOf = (name, value, unit, peer, peerValue, ratio, limit, ok) => ({
  name,
  value: round(value),
  unit,
  peer,
  peerValue: round(peerValue),
  ratio: round(ratio),
  limit,
  ok,
});
const round = (value) => Number(value.toPrecision(3));

/** Loading: opening the ledger against reading the same lines and parsing them, unchecked. Taken in turns. */
const loading = async (dir) => {
  const ledger = await openFileLedger({ dir });
  for (let head = 0; head < RECORDS; ) {
    head = await ledger.append(
      STREAM,
      head,
      Array.from({ length: 1_000 }, (_, i) => draft(head + i)),
    );
  }
  await ledger.close();
  const file = join(ledgerDir(dir), streamFileName(STREAM));
  const ours = [];
  const bare = [];
  for (let turn = 0; turn < 7; turn += 1) {
    bare.push(
      await timed(async () => {
        const records = [];
        for (const line of (await readFile(file, 'utf8')).split('\n'))
          if (line !== '') records.push(JSON.parse(line.slice(9)));
        if (records.length !== RECORDS) throw new Error('lines are missing');
      }),
    );
    ours.push(
      await timed(async () => {
        const opened = await openFileLedger({ dir });
        if ((await opened.read(STREAM)).length !== RECORDS) throw new Error('records are missing');
        await opened.close();
      }),
    );
  }
  const [value, peer] = [median(ours), median(bare)];
  const ratio = value / peer;
  return rowOf(
    'ledger: load 100,000 records',
    value,
    'ms',
    'readFile, split, JSON.parse',
    peer,
    ratio,
    1.5,
    ratio <= 1.5,
  );
};

/** One append at a time against a write and an fdatasync of the same bytes. Taken in turns, so both meet the same disk. */
const appending = async (dir) => {
  const ledger = await openFileLedger({ dir });
  await ledger.append(STREAM, 0, [draft(0)]);
  const lines = (await readFile(join(ledgerDir(dir), streamFileName(STREAM)))).length;
  const bare = await open(join(dir, 'bare'), 'wx');
  const bytes = Buffer.alloc(lines, 'x');
  const ours = [];
  const theirs = [];
  const append = async (n) => {
    const next = draft(n);
    return await timed(() => ledger.append(STREAM, n, [next]));
  };
  const write = (n) =>
    timed(async () => {
      await bare.write(bytes, 0, bytes.length, (n - 1) * bytes.length);
      await bare.datasync();
    });
  for (let n = 1; n <= APPENDS; n += 1) {
    // Now one first, now the other: whoever comes second finds the processor awake.
    if (n % 2 === 0) theirs.push(await write(n));
    ours.push(await append(n));
    if (n % 2 === 1) theirs.push(await write(n));
  }
  await bare.close();
  await ledger.close();
  const [value, peer] = [median(ours.slice(WARM_UP)), median(theirs.slice(WARM_UP))];
  const ratio = value / peer;
  return rowOf('ledger: durable append, p50', value, 'ms', 'bare write + fdatasync', peer, ratio, 1.3, ratio <= 1.3);
};

/** 200 writers, each waiting for its own record to be durable before the next; they share a counter for the head. */
const sharing = async (dir) => {
  const ledger = await openFileLedger({ dir });
  const total = 40_000;
  let head = 0;
  const writer = async () => {
    while (head < total) {
      const expected = head;
      head += 1;
      await ledger.append(STREAM, expected, [draft(expected)]);
    }
  };
  const took = await timed(() => Promise.all(Array.from({ length: WRITERS }, writer)));
  if ((await ledger.head(STREAM)) !== total) throw new Error('records are missing');
  await ledger.close();
  const value = total / (took / 1_000);
  const ratio = value / WANTED_PER_SECOND;
  return rowOf(
    'ledger: 200 writers, one stream',
    value,
    'records/s',
    'wanted',
    WANTED_PER_SECOND,
    ratio,
    1,
    ratio >= 1,
  );
};

/** @returns {Promise<Row[]>} */
export async function run() {
  const rows = [];
  for (const measure of [loading, appending, sharing]) {
    const dir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'));
    try {
      rows.push(await measure(dir));
    } finally {
      await rm(dir, { recursive: true });
    }
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
