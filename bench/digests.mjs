// What is due among 100,000 digests, tick by tick over a day with a change of clocks, against a look at all of them; and
// the next moments of many digests, against node-cron's own.
import { pathToFileURL } from 'node:url';
import { createTask } from 'node-cron';
import { dueIndex } from '../dist/src/digests/due.js';
import { nextSlots } from '../dist/src/digests/slots.js';
import { inTurns, median, timesRow } from './measure.mjs';

const DIGESTS = 100_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const TICK = 15 * SECOND;
const START = Date.parse('2027-03-27T12:00:00Z');
const HOURS = 24;
/** Of any tick, in ms. */
const MOST_A_TICK = 5;
const DAYS_MEASURED = 5;
const ROUNDS = 5;
const PER_ROUND = 200;

const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/') && !zone.startsWith('Etc/'));
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const two = (n) => String(n).padStart(2, '0');

/** Most are due on the hour or the half hour, as people choose them: some ticks have hundreds. */
const timeOf = (n) =>
  n % 4 === 0 ? `${two(n % 24)}:${two((n * 7) % 60)}` : `${two((n * 5) % 24)}:${n % 3 === 0 ? '30' : '00'}`;
const schedules = Array.from({ length: DIGESTS }, (_, n) => ({
  by: 'times',
  zone: ZONES[n % ZONES.length],
  times: [timeOf(n)],
  days: n % 3 === 0 ? DAYS.slice(0, 5) : DAYS,
}));
const next = (schedule, after) => nextSlots(schedule, after, 1)[0]?.at;

/** A day of ticks: finding what is due, and giving each its next moment. Times of the finding, in ms. */
function ourDay(first) {
  const index = dueIndex();
  first.forEach((at, n) => index.set(String(n), at));
  const finding = [];
  let due = 0;
  for (let now = START; now < START + HOURS * 60 * MINUTE; now += TICK) {
    const began = performance.now();
    const keys = index.take(now);
    finding.push(performance.now() - began);
    due += keys.length;
    for (const key of keys) index.set(key, next(schedules[Number(key)], now));
  }
  return { finding, due };
}

/** The same by a look at the next moment of every digest. */
function theirTicks(first, ticks) {
  const finding = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    const now = START - MINUTE + tick;
    const began = performance.now();
    const due = [];
    for (const [n, at] of first.entries()) if (at <= now) due.push(n);
    finding.push(performance.now() - began);
    if (due.length > 0) throw new Error('nothing was due yet');
  }
  return finding;
}

/** @returns {Promise<import('./measure.mjs').Row[]>} */
export async function run() {
  const first = schedules.map((schedule) => next(schedule, START));
  ourDay(first);
  const measured = Array.from({ length: DAYS_MEASURED }, () => ourDay(first));
  if (measured.some(({ due }) => due < DIGESTS * 0.6)) throw new Error(`only ${measured[0].due} were due in a day`);
  // The same tick of each day: what the machine did besides counts only where it always does.
  const finding = measured[0].finding.map((_, tick) => median(measured.map((day) => day.finding[tick])));
  const found = timesRow({
    name: 'digests: what is due among 100,000, a tick',
    ours: finding,
    peer: 'a look at each',
    theirs: theirTicks(first, 50),
    limit: 1,
  });
  const worst = timesRow({
    name: `digests: the slowest of ${finding.length.toLocaleString('en')} ticks`,
    ours: [Math.max(...finding)],
    peer: 'the time allowed',
    theirs: [MOST_A_TICK],
    limit: 1,
  });

  // Digests as they come into being: one after the other, each with a zone of its own.
  let at = 0;
  const batch = () => Array.from({ length: PER_ROUND }, () => schedules[at++ % DIGESTS]);
  const ours = () => {
    const these = batch();
    const began = performance.now();
    for (const schedule of these) if (next(schedule, START) === undefined) throw new Error('it is never due');
    return performance.now() - began;
  };
  const theirs = () => {
    const these = batch();
    const began = performance.now();
    for (const { zone, times, days } of these) {
      const [hour, minute] = times[0].split(':').map(Number);
      const task = createTask(`${minute} ${hour} * * ${days.length === 5 ? '1-5' : '*'}`, () => {}, { timezone: zone });
      task.getNextRuns(1);
    }
    return performance.now() - began;
  };
  await inTurns(2, ours, theirs);
  const taken = await inTurns(ROUNDS, ours, theirs);
  const made = timesRow({
    name: `digests: the next moment of ${PER_ROUND} digests`,
    ours: taken.ours,
    peer: 'node-cron',
    theirs: taken.theirs,
    limit: 1,
  });
  return [found, worst, made];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.table(await run());
}
