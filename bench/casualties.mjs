// The question of /casualties over 100,000 entries, against the same question to SQLite (sql.js, in memory, indexed).
import initSqlJs from 'sql.js';
import { composeCasualties } from '../dist/src/briefing/casualties.js';
import { fold } from '../dist/src/picture/picture.js';
import { foldRegistry } from '../dist/src/picture/registry.js';
import { inTurns, timesRow } from './measure.mjs';

const ENTRIES = 100_000;
const TOLLS = 200;
const TELLINGS = 40;
const PLACES = 200;
const SOURCES = 100;
const MEASURES = ['killed', 'injured', 'displaced', 'strikes'];
const ROUNDS = 40;

const day = (n) => new Date(Date.UTC(2024, 0, 1 + (n % 360))).toISOString().slice(0, 10);
const at = (seq) => new Date(Date.UTC(2024, 0, 1) + seq * 1000).toISOString();
const place = (n) => `place-${n % PLACES}`;
const source = (n) => `source-${n % SOURCES}`;

function* records() {
  let seq = 0;
  const next = (kind, body) => ({ seq: ++seq, at: at(seq), author: 'bench', kind, body });
  const situation = {
    slug: 'bench',
    title: 'Bench',
    zone: 'Etc/UTC',
    start: '2024-01-01',
    status: 'active',
    visibility: 'public',
    sample: false,
    sides: [],
    parties: [],
    places: Array.from({ length: PLACES }, (_, n) => ({
      id: `place-${n}`,
      name: `Place ${n}`,
      aliases: [],
      precision: 'near',
    })),
  };
  yield next('situation.opened', { situation });
  for (let n = 1; n <= ENTRIES; n++) {
    const toll = n <= TOLLS;
    const measure = MEASURES[n % MEASURES.length];
    const tellings = toll ? TELLINGS : 1 + (n % 3 === 0 ? 1 : 0);
    const reports = Array.from({ length: tellings }, (_, r) => {
      const number = toll ? 100 + r : n % 20;
      return {
        id: `E${n}.${r + 1}`,
        originator: source(n + (toll ? 0 : r)),
        published: day(n + r),
        language: 'en',
        stance: 'reports',
        credibility: 2,
        figures: [
          {
            measure,
            qualifier: r % 4 === 3 ? 'at_least' : 'exact',
            low: number,
            high: r % 4 === 3 ? null : number,
            group: {},
            scope: toll ? { from: day(0), to: day(r), area: place(n) } : { from: day(n), to: day(n), area: place(n) },
            mode: toll ? 'cumulative' : 'incident',
            asOf: toll ? day(r) : day(n),
          },
        ],
      };
    });
    const entry = {
      id: `E${n}`,
      kind: toll ? 'toll' : 'event',
      headline: `Entry ${n}`,
      occurred: { from: day(n), precision: 'day' },
      place: place(n),
      parties: [],
      severity: 'routine',
      tags: [],
    };
    yield next('entry.added', { entry, reports });
  }
}

function registry() {
  const sources = Array.from({ length: SOURCES }, (_, n) => ({
    seq: n + 1,
    at: at(0),
    author: 'bench',
    kind: 'source.set',
    body: {
      source: {
        id: `source-${n}`,
        name: `Source ${n}`,
        kind: 'monitor',
        party: null,
        reliability: 'B',
        verifies: false,
        languages: [],
      },
    },
  }));
  return foldRegistry(sources);
}

/** The same figures in a table, with the indexes that the question wants; the status of an entry is given to SQL ready made. */
async function database() {
  const { Database } = await initSqlJs();
  const db = new Database();
  db.run(`create table figure (entry integer, report text, originator text, place text, day text, backed integer,
    measure text, mode text, low integer, high integer, asof text, published text, start text)`);
  db.run('begin');
  const insert = db.prepare('insert into figure values (?,?,?,?,?,?,?,?,?,?,?,?,?)');
  for (const { kind, body } of records()) {
    if (kind !== 'entry.added') continue;
    const n = Number(body.entry.id.slice(1));
    for (const report of body.reports)
      for (const f of report.figures)
        insert.run([
          n,
          report.id,
          report.originator,
          body.entry.place,
          body.entry.occurred.from,
          body.reports.length > 1 ? 1 : 0,
          f.measure,
          f.mode,
          f.low,
          f.high,
          f.asOf,
          report.published,
          f.scope.from,
        ]);
  }
  insert.free();
  db.run('commit');
  db.run('create index by_question on figure (measure, mode, place)');
  db.run('create index by_series on figure (originator, measure, place, start, asof)');
  db.run('analyze');
  const asked = (where) => {
    const tolls = db.prepare(`select * from (
      select *, row_number() over (partition by originator, start, place order by asof desc, published desc) as newest
      from figure where measure = $measure and mode = 'cumulative' ${where}) where newest = 1`);
    const incidents = db.prepare(`select backed, count(*), sum(low), sum(high) from (
      select entry, backed, min(low) as low, case when count(high) = count(*) then max(high) end as high
      from figure where measure = $measure and mode = 'incident' ${where} group by entry, backed) group by backed`);
    return (values) => [tolls, incidents].map((statement) => all(statement, values));
  };
  const everywhere = asked('');
  const there = asked('and place = $place');
  return (measure, where) =>
    where === undefined ? everywhere({ $measure: measure }) : there({ $measure: measure, $place: where });
}

function all(statement, values) {
  const rows = [];
  statement.bind(values);
  while (statement.step()) rows.push(statement.get());
  statement.reset();
  return rows;
}

const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** A record that changes nothing of the figures: after it everything that follows from the picture is worked out anew. */
const remark = (seq) => ({
  seq,
  at: at(seq),
  author: 'bench',
  kind: 'entry.added',
  body: {
    entry: {
      id: `E${seq + ENTRIES}`,
      kind: 'statement',
      headline: 'A remark',
      occurred: { from: day(0), precision: 'day' },
      parties: [],
      severity: 'routine',
      tags: [],
    },
    reports: [],
  },
});

/** @returns {Promise<import('./measure.mjs').Row[]>} */
export async function run() {
  let known = { picture: fold(records()), registry: registry() };
  const query = await database();
  const ask = (measure, where) =>
    composeCasualties(known, { measure, view: 'tolls', ...(where !== undefined && { place: where }) });
  const turn = (n) => MEASURES[n % MEASURES.length];
  for (const measure of MEASURES) ask(measure);
  const row = async (name, rounds, ours, theirs, limit) => {
    let [mine, other] = [0, 0];
    const taken = await inTurns(
      rounds,
      () => ours(++mine),
      () => timed(() => theirs(++other)),
    );
    const peer = 'SQLite in memory, indexed';
    return timesRow({ name, ours: taken.ours, peer, theirs: taken.theirs, limit });
  };
  const size = `/casualties over ${ENTRIES.toLocaleString('en')} entries`;
  const everywhere = (n) => query(turn(n));
  return [
    // Between two records many people ask the same; the picture keeps what was worked out for the first.
    await row(size, ROUNDS, (n) => timed(() => ask(turn(n))), everywhere, 0.2),
    // Each round asks about a place that was not asked about before.
    await row(
      `${size}, one place`,
      ROUNDS,
      (n) => timed(() => ask(turn(n), place(n))),
      (n) => query(turn(n), place(n)),
      Number.POSITIVE_INFINITY,
    ),
    await row(
      `${size}, first after a record`,
      5,
      () => {
        known = { ...known, picture: fold([remark(known.picture.seq + 1)], known.picture) };
        return timed(() => ask('killed'));
      },
      everywhere,
      Number.POSITIVE_INFINITY,
    ),
  ];
}
