// What changed, by what changed: the same fifty changes on a thousand entries and on a million. Pictures are made in
// memory through the fold, as the archive makes them. Run after `npm run build`.
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { composeChanges } from '../dist/src/briefing/changes.js';
import { lookBack } from '../dist/src/picture/look-back.js';
import { fold } from '../dist/src/picture/picture.js';
import { inTurns, timesRow } from './measure.mjs';

const SMALL = 1_000;
const LARGE = 1_000_000;
const ROUNDS = 80;
const WARM_UP = 15;
const LIMIT = 1.3;

const DAY = 86_400_000;
const START = Date.UTC(2023, 0, 2);
const dayAt = (day) => new Date(START + day * DAY).toISOString().slice(0, 10);

const situation = {
  slug: 'made-up',
  title: 'A made-up situation',
  zone: 'Asia/Damascus',
  start: dayAt(0),
  status: 'active',
  visibility: 'public',
  sample: false,
  sides: [],
  parties: [],
  places: [],
};
const SOURCES = 40;
const registry = {
  seq: SOURCES,
  parties: new Map(),
  sources: new Map(
    Array.from({ length: SOURCES }, (_, n) => [
      `source-${n}`,
      {
        id: `source-${n}`,
        name: `Source ${n}`,
        kind: 'monitor',
        party: null,
        reliability: 'B',
        verifies: false,
        languages: [],
      },
    ]),
  ),
};

const SEVERITIES = ['flash', 'major', 'major', 'routine', 'routine', 'background'];
/** A toll has a value a day, whatever else is stored: more entries are more tolls, not longer ones. */
const DAYS = 60;

function report(id, n, originator, figures) {
  return {
    id: `${id}.${n}`,
    originator: `source-${originator % SOURCES}`,
    published: dayAt(DAYS),
    language: 'en',
    stance: 'reports',
    credibility: 2,
    figures,
  };
}

function toll(series, low, day) {
  const scope = { from: dayAt(0), to: dayAt(day), area: `area-${series}` };
  const common = { measure: 'killed', qualifier: 'at_least', high: null, mode: 'cumulative', scope, asOf: dayAt(day) };
  return [
    { ...common, low, group: {} },
    { ...common, low: low >> 1, group: { status: 'civilian' } },
  ];
}

/** Every fourteenth entry is a value of a toll; every fifth has a count of its own. */
function entryAt(index) {
  const id = `E${index + 1}`;
  const isToll = index % 14 === 13;
  const value = Math.floor(index / 14);
  const day = isToll ? value % DAYS : index % DAYS;
  const figures = isToll
    ? toll(Math.floor(value / DAYS), 20 + day * 3, day)
    : index % 5 === 0
      ? [
          {
            measure: 'killed',
            qualifier: 'exact',
            low: 3,
            high: 3,
            group: {},
            scope: { from: dayAt(day), to: dayAt(day) },
            mode: 'incident',
            asOf: dayAt(day),
          },
        ]
      : [];
  const entry = {
    id,
    kind: isToll ? 'toll' : 'event',
    headline: isToll ? `The toll of area ${Math.floor(value / DAYS)}` : `Something happened, told as number ${index}`,
    occurred: { from: dayAt(day), precision: 'day' },
    parties: [],
    severity: SEVERITIES[index % SEVERITIES.length],
    tags: [],
  };
  const originator = isToll ? Math.floor(value / DAYS) : index;
  return { entry, reports: [report(id, 1, originator, figures)] };
}

/** A history that grows: its picture, and the next fifty changes. */
function history(size) {
  let seq = 0;
  const record = (kind, body) => {
    seq += 1;
    return { seq, at: new Date(START + DAYS * DAY + seq * 10).toISOString(), author: 'bench', kind, body };
  };
  function* all() {
    yield record('situation.opened', { situation });
    for (let index = 0; index < size; index += 1) yield record('entry.added', entryAt(index));
    for (let index = 3; index < size; index += 40)
      yield record('link.added', { link: { from: `E${index + 1}`, to: `E${index - 1}`, type: 'contradicts' } });
  }
  let picture = fold(all());
  let added = size;
  let round = 0;
  const step = () => {
    round += 1;
    // The same in a small store and in a large one: counted from its end.
    const old = (back) => `E${size - 1 - ((back * 17 + round * 5) % 900)}`;
    const tolls = Array.from({ length: 4 }, (_, n) => Math.floor(Math.floor(size / 14) / DAYS) - (n % 2));
    const changes = [
      ...Array.from({ length: 28 }, () => record('entry.added', entryAt(added++))),
      ...Array.from({ length: 8 }, (_, n) =>
        record('report.added', { report: report(old(n), 10 + round, n + round, []) }),
      ),
      ...Array.from({ length: 4 }, (_, n) => {
        const { entry } = picture.entries.get(old(n + 10));
        return record('entry.amended', {
          entry: { ...entry, headline: `${entry.headline.slice(0, 60)}, amended ${round}` },
          reason: n < 2 ? 'our_error' : 'new_information',
        });
      }),
      ...Array.from({ length: 2 }, (_, n) => record('entry.retracted', { id: old(n + 20), reason: 'our_error' })),
      ...Array.from({ length: 4 }, (_, n) => {
        const { entry } = entryAt(added++);
        const figures = toll(tolls[n], 400 + round, DAYS + round);
        return record('entry.added', {
          entry: { ...entry, kind: 'toll' },
          reports: [report(entry.id, 1, tolls[n], figures)],
        });
      }),
      ...Array.from({ length: 4 }, (_, n) =>
        record('link.added', { link: { from: old(n + 30), to: old(n + 40), type: 'contradicts' } }),
      ),
    ];
    const then = picture;
    picture = fold(changes, then);
    return { then, picture };
  };
  return step;
}

// The garbage that making a picture leaves is no part of telling what changed, and there is more of it in a large store:
// it is cleared away before the clock starts.
setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

const asked = { sinceWords: 'the last briefing' };
/** Composing between two pictures that are there; and, as after a restart, with the earlier one looked back at. */
const composing =
  (step, { back }) =>
  () => {
    const { then, picture } = step();
    gc({ type: 'minor' });
    const start = performance.now();
    const before = back ? lookBack(picture, { seq: then.seq, at: then.at }) : then;
    const document = composeChanges({ picture, registry }, before, asked);
    const took = performance.now() - start;
    if (document.sections.flatMap((s) => s.lines).length < 32) throw new Error('the changes were not told');
    return took;
  };

/** @returns {Promise<import('./measure.mjs').Row[]>} */
export async function run() {
  const steps = [history(LARGE), history(SMALL)];
  const rows = [];
  for (const [name, how] of [
    ['changes: 50 of 1,000,000 entries', { back: false }],
    ['changes: the same, with a look back', { back: true }],
  ]) {
    const [large, small] = steps.map((step) => composing(step, how));
    await inTurns(WARM_UP, large, small);
    gc();
    const { ours, theirs } = await inTurns(ROUNDS, large, small);
    rows.push(timesRow({ name, ours, peer: '50 of 1,000 entries', theirs, limit: LIMIT }));
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
