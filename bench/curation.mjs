// How long a moderator waits for an entry to be saved, among 100,000 entries, against a bare append of the same record in
// the same ledger. All that the button does: the draft, who may, ids, guards, one durable append, what is told. Run after
// `npm run build`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openArchive } from '../dist/src/archive.js';
import { openDesks } from '../dist/src/desk/desks.js';
import { DRAFT_ACTS, DRAFT_FORMS } from '../dist/src/drafting/drafting.js';
import { startEntry } from '../dist/src/drafting/start.js';
import { openFileLedger } from '../dist/src/ledger/file-ledger.js';
import { madeUp, SITUATION } from './situation.mjs';

const ENTRIES = 100_000;
const ROUNDS = 300;
const WARM_UP = 20;
const BATCH = 5_000;
/** Of the 99th of a hundred, in ms, and how often a bare append fits into the usual save. */
const MOST_MS = 50;
const LIMIT = 5;

const GUILD = '100000000000000001';
const asker = (key) => ({
  user: 'moderator',
  guild: GUILD,
  channel: 'here',
  installed: true,
  manages: true,
  roles: [],
  key,
});

const quiet = { warn() {}, error() {} };

async function filled(ledger) {
  const { sources, situation } = madeUp(ENTRIES);
  const at = '2024-01-01T00:00:00.000Z';
  const of = (kind, body) => ({ at, author: 'data', kind, body });
  await ledger.append('sources', 0, [
    ...sources.parties.map((party) => of('party.set', { party })),
    ...sources.sources.map((source) => of('source.set', { source: { verifies: false, languages: [], ...source } })),
  ]);
  const places = situation.situation.places.map((place) => ({ aliases: [], ...place }));
  const opened = { visibility: 'public', sample: false, parties: [], sides: [], ...situation.situation, places };
  const records = [
    of('situation.opened', { situation: opened }),
    ...situation.entries.map(({ reports, history: _h, retracted: _r, ...entry }) =>
      of('entry.added', {
        entry,
        reports: reports.map(({ recorded: _recorded, ...report }) => ({ figures: [], ...report })),
      }),
    ),
    ...situation.links.map((link) => of('link.added', { link })),
  ];
  const stream = `situation/${SITUATION}`;
  for (let from = 0; from < records.length; from += BATCH)
    await ledger.append(stream, from, records.slice(from, from + BATCH));
}

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1];
const round = (value) => Number(value.toPrecision(3));

export async function run() {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'));
  const ledger = await openFileLedger({ dir, log: quiet });
  try {
    await filled(ledger);
    const archive = await openArchive(ledger);
    const now = () => new Date();
    const desks = openDesks({ ledger, now });
    await desks.setSettings({ guild: GUILD, author: 'moderator' }, { ...(await desks.settings(GUILD)), review: 'off' });
    const reading = { archive, desks, now, deskGuilds: new Set([GUILD]) };

    const draft = async (n) => {
      const form = await startEntry({ situation: SITUATION, published: '2023-03-01' }, reading, asker(`open-${n}`));
      const values = {
        // No word of another one, or the guard sees the same event.
        headline: [`Flour${n} reached${n} bakery${n} before${n} noon${n}`],
        when: ['2023-03-01 18:00'],
        where: [`Town ${n % 40}`],
        who: ['Source number 1'],
        link: [`https://bench.example/story-${n}`],
      };
      return DRAFT_FORMS.event(values, form.args, reading, asker(`form-${n}`));
    };
    /** Until what is recorded off the answer's way is there. */
    const settled = async (id) => {
      while ((await desks.draft(GUILD, id))?.state !== 'applied') await new Promise((done) => setImmediate(done));
    };

    const [saves, appends] = [[], []];
    let bare = 0;
    for (let n = 0; n < ROUNDS + WARM_UP; n += 1) {
      const shown = await draft(n);
      const save = shown.show.acts.find((act) => act.act.endsWith(' save'));
      if (!save) throw new Error(`the draft cannot be saved: ${JSON.stringify(shown.show.sections)}`);
      const start = performance.now();
      const done = await DRAFT_ACTS.save(save.args, reading, asker(`save-${n}`));
      const took = performance.now() - start;
      if (!done.show.title.includes('recorded as')) throw new Error(done.show.title);
      await settled(save.args.draft);
      const [record] = await ledger.read(`situation/${SITUATION}`, (await ledger.head(`situation/${SITUATION}`)) - 1);
      const { seq: _, ...same } = record;
      const from = performance.now();
      bare = await ledger.append('bare', bare, [same]);
      const alone = performance.now() - from;
      if (n < WARM_UP) continue;
      saves.push(took);
      appends.push(alone);
    }
    desks.close();
    archive.close();
    const row = (name, value, peerValue, limit, ok) => ({
      name,
      value: round(value),
      unit: 'ms',
      peer: 'bare append',
      peerValue: round(peerValue),
      ratio: round(value / peerValue),
      limit,
      ok,
    });
    const [middle, last] = [0.5, 0.99].map((part) => [percentile(saves, part), percentile(appends, part)]);
    const entries = ENTRIES.toLocaleString('en');
    return [
      row(`save an entry of ${entries}`, ...middle, LIMIT, middle[0] / middle[1] <= LIMIT),
      // Judged by the time itself: a person waits for it. The ratio of two slowest is told.
      row(`save, 99th of 100 (≤ ${MOST_MS} ms)`, ...last, Number.POSITIVE_INFINITY, last[0] <= MOST_MS),
    ];
  } finally {
    await ledger.close();
    await rm(dir, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
