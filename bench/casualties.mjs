// The question of /casualties over 100,000 entries, against the same question to SQLite (sql.js, in memory, indexed).
import assert from 'node:assert/strict';
import initSqlJs from 'sql.js';
import { composeCasualties } from '../dist/src/briefing/casualties.js';
import { askedTolls } from '../dist/src/briefing/casualties-lines.js';
import { suspectedDuplicates } from '../dist/src/picture/figures/duplicates.js';
import { sumsOf } from '../dist/src/picture/figures/sums.js';
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
const RECORDS = 30;
/** What an answer may cost at most, of what SQL takes for the same. */
const LIMIT = 0.2;
/** Places that are asked about before anything is measured. */
const ASKED = 8;

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

/** Which of these entries may be one event (R19), under the lowest number of each such group. */
function doubtsAmong(picture, states) {
  const up = new Map();
  const first = (n) => (up.has(n) ? first(up.get(n)) : n);
  for (const pair of suspectedDuplicates(picture, states)) {
    const [a, b] = pair.map((id) => first(numberOf(id))).sort((x, y) => x - y);
    if (a !== b) up.set(b, a);
  }
  return first;
}

const numberOf = (id) => Number(id.slice(1));
const counts = ({ entry }) => entry.kind === 'event';

/**
 * The same figures in a table, with the indexes that the questions want. What is worked out here from what is recorded is
 * given to SQL ready made: whether several back an entry, and which entries may be one event.
 */
async function database(picture) {
  const { Database } = await initSqlJs();
  const db = new Database();
  db.run(`create table figure (entry integer, doubt integer, report text, originator text, place text, day text,
    backed integer, measure text, mode text, low integer, high integer, asof text, published text, start text)`);
  const insert = db.prepare('insert into figure values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)');
  const put = (states, now) => {
    const doubt = doubtsAmong(now, states.filter(counts));
    db.run('begin');
    for (const { entry, reports } of states)
      for (const { report } of reports)
        for (const f of report.figures)
          insert.run([
            numberOf(entry.id),
            doubt(numberOf(entry.id)),
            report.id,
            report.originator,
            entry.place,
            entry.occurred.from,
            reports.length > 1 ? 1 : 0,
            f.measure,
            f.mode,
            f.low,
            f.high,
            f.asOf,
            report.published,
            f.scope.from,
          ]);
    db.run('commit');
  };
  put([...picture.entries.values()], picture);
  const ids = new Map();
  for (const { entry } of picture.entries.values())
    ids.set(entry.place, (ids.get(entry.place) ?? new Set()).add(entry.id));
  // For each question an index that has all that it asks, in the order in which it wants it.
  db.run(`create index by_event on figure (measure, entry, backed, doubt, low, high) where mode = 'incident'`);
  db.run(`create index by_place on figure (measure, place, entry, backed, doubt, low, high) where mode = 'incident'`);
  db.run(`create index by_series on figure (measure, originator, start, place, asof desc, published desc)
    where mode = 'cumulative'`);
  db.run(`create index by_area on figure (measure, place, originator, start, asof desc, published desc)
    where mode = 'cumulative'`);
  db.run('analyze');
  const asked = (where) => {
    const tolls = db.prepare(`select originator, place, start, low, high from (
      select *, row_number() over (partition by originator, start, place order by asof desc, published desc) as newest
      from figure where measure = $measure and mode = 'cumulative' ${where}) where newest = 1`);
    // An event once with the lowest and the highest of its numbers; of those that may be one the lowest bound once.
    const sums = db.prepare(`select
      sum(backed), sum(case when line then low end), sum(backed_high),
      sum(events - backed), sum(case when not line then low end), sum(high - backed_high)
      from (
        select max(backed) as line, count(*) as events, sum(backed) as backed, min(low) as low, sum(high) as high,
          sum(case when backed then high else 0 end) as backed_high
        from (
          select entry, doubt, backed, min(low) as low, case when count(high) = count(*) then max(high) end as high
          from figure where measure = $measure and mode = 'incident' ${where} group by entry, backed, doubt)
        group by doubt)`);
    return (values) => ({ tolls: all(tolls, values), sums: all(sums, values)[0] });
  };
  const everywhere = asked('');
  const there = asked('and place = $place');
  return {
    /** What a record changed: an entry, and what it may be the same as, at its place. */
    follow: (now, id) => {
      const { place: of } = now.entries.get(id).entry;
      const here = ids.get(of).add(id);
      db.run('delete from figure where place = ?', [of]);
      put(
        [...here].map((one) => now.entries.get(one)),
        now,
      );
    },
    ask: (measure, where) =>
      where === undefined ? everywhere({ $measure: measure }) : there({ $measure: measure, $place: where }),
  };
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

/** One record more, about what is asked for: in turn a new event, another voice for a known one, a new value of a toll. */
function another({ seq, at: now }, turn) {
  const next = (kind, body) => ({ seq: seq + 1, at: now, author: 'bench', kind, body });
  const figure = { measure: 'killed', qualifier: 'exact', group: {}, mode: 'incident' };
  const told = (id, originator, published, of) => ({
    id,
    originator,
    published,
    language: 'en',
    stance: 'reports',
    credibility: 2,
    figures: [{ ...figure, ...of, high: of.low }],
  });
  const n = 4 * (1000 + turn);
  const scope = { from: day(n), to: day(n), area: place(n) };
  if (turn % 3 === 0) {
    const id = `E${ENTRIES + turn + 1}`;
    const occurred = { from: day(n), precision: 'day' };
    const core = { headline: `Event ${id}`, occurred, place: place(n), parties: [], severity: 'routine', tags: [] };
    const report = told(`${id}.1`, source(n), day(n), { low: 7, scope, asOf: day(n) });
    return { id, record: next('entry.added', { entry: { id, kind: 'event', ...core }, reports: [report] }) };
  }
  if (turn % 3 === 1) {
    const report = told(`E${n}.9`, source(n + 50), day(n + 1), { low: 11, scope, asOf: day(n) });
    return { id: `E${n}`, record: next('report.added', { report }) };
  }
  const toll = 4 * (1 + turn);
  const asOf = day(TELLINGS + turn);
  const value = { low: 200 + turn, mode: 'cumulative', scope: { from: day(0), to: asOf, area: place(toll) }, asOf };
  return { id: `E${toll}`, record: next('report.added', { report: told(`E${toll}.99`, source(toll), asOf, value) }) };
}

/** That both answer the same, before anything is measured. */
function compare(known, query, measure, where) {
  const theirs = query.ask(measure, where);
  const ours = sumsOf(known.picture, known.registry, measure, where === undefined ? {} : { place: where });
  const line = ({ incidents, range }) => [incidents || null, range.low, range.high];
  const empty = (n) => n || null;
  assert.deepEqual([...line(ours.backed), ...line(ours.unbacked)], theirs.sums.map(empty));
  const tolls = askedTolls(known, { measure, ...(where !== undefined && { place: where }) }).map(({ lead }) =>
    [lead.originator, lead.area, lead.start, lead.live.figure.low, lead.live.figure.high].join(),
  );
  assert.deepEqual(tolls.sort(), theirs.tolls.map((row) => row.join()).sort());
}

/** @returns {Promise<import('./measure.mjs').Row[]>} */
export async function run() {
  let known = { picture: fold(records()), registry: registry() };
  const query = await database(known.picture);
  const ask = (measure, where) =>
    composeCasualties(known, { measure, view: 'tolls', ...(where !== undefined && { place: where }) });
  const turn = (n) => MEASURES[n % MEASURES.length];
  for (const measure of MEASURES) {
    ask(measure);
    compare(known, query, measure);
  }
  // The places that are asked about are others.
  for (let n = PLACES - ASKED; n < PLACES; n++) {
    ask(turn(n), place(n));
    compare(known, query, turn(n), place(n));
  }
  const row = async (name, rounds, ours, theirs) => {
    let [mine, other] = [0, 0];
    const taken = await inTurns(
      rounds,
      () => ours(++mine),
      () => timed(() => theirs(++other)),
    );
    const peer = 'SQLite in memory, indexed';
    return timesRow({ name, ours: taken.ours, peer, theirs: taken.theirs, limit: LIMIT });
  };
  const size = `/casualties over ${ENTRIES.toLocaleString('en')} entries`;
  const rows = [
    // Between two records many people ask the same; the picture keeps what was worked out for the first.
    await row(
      `${size}, asked again`,
      ROUNDS,
      (n) => timed(() => ask(turn(n))),
      (n) => query.ask(turn(n)),
    ),
    // Each round asks about a place that was not asked about before.
    await row(
      `${size}, one place`,
      PLACES - ASKED - 1,
      (n) => timed(() => ask(turn(n), place(n))),
      (n) => query.ask(turn(n), place(n)),
    ),
    await row(
      `${size}, first after a record`,
      RECORDS,
      (n) => {
        const { id, record } = another(known.picture, n);
        known = { ...known, picture: fold([record], known.picture) };
        const taken = timed(() => ask('killed'));
        // What SQL is given ready made is worked out when nobody is measured.
        query.follow(known.picture, id);
        return taken;
      },
      () => query.ask('killed'),
    ),
  ];
  compare(known, query, 'killed');
  return rows;
}
