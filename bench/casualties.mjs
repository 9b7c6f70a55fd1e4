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
  const tolls = db.prepare(`select * from (
    select *, row_number() over (partition by originator, start, place order by asof desc, published desc) as newest
    from figure where measure = $measure and mode = 'cumulative' and place = $place) where newest = 1`);
  const incidents = db.prepare(`select backed, count(*), sum(low), sum(high) from (
    select entry, backed, min(low) as low, case when count(high) = count(*) then max(high) end as high
    from figure where measure = $measure and mode = 'incident' and place = $place group by entry, backed) group by backed`);
  const all = (statement, asked) => {
    const rows = [];
    statement.bind(asked);
    while (statement.step()) rows.push(statement.get());
    statement.reset();
    return rows;
  };
  return (measure, where) => {
    const asked = { $measure: measure, $place: where };
    return [...all(tolls, asked), ...all(incidents, asked)];
  };
}

const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** @returns {Promise<import('./measure.mjs').Row[]>} */
export async function run() {
  const known = { picture: fold(records()), registry: registry() };
  const query = await database();
  const ask = (n) =>
    composeCasualties(known, { measure: MEASURES[n % MEASURES.length], view: 'tolls', place: place(n) });
  const sql = (n) => query(MEASURES[n % MEASURES.length], place(n));
  // The first question builds what later ones use, as `analyze` does for SQL.
  const first = timed(() => ask(0));
  sql(0);
  // Each round asks what was not asked before: no answer is remembered.
  let [mine, theirs] = [0, 0];
  const taken = await inTurns(
    ROUNDS,
    () => timed(() => ask(++mine)),
    () => timed(() => sql(++theirs)),
  );
  const row = timesRow({
    name: `/casualties over ${ENTRIES.toLocaleString('en')} entries (first question ${Math.round(first)} ms)`,
    ours: taken.ours,
    peer: 'SQLite, indexed, figures only',
    theirs: taken.theirs,
    limit: 0.2,
  });
  return [row];
}
