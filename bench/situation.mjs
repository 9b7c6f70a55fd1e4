// A made-up situation of any size, the same at every run: kinds, reports, figures, links and corrections about as often as
// in the sample, so that composing meets all that it meets there.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const SITUATION = 'made-up';

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const START = Date.UTC(2023, 0, 2);
const HOUR = 3_600_000;
const DAYS = 120;
const dayAt = (day) => new Date(START + day * 24 * HOUR).toISOString().slice(0, 10);
const count = (n, make) => Array.from({ length: n }, (_, index) => make(index));

const parties = count(6, (n) => ({ id: `party-${n}`, name: `Party number ${n}` }));
const KINDS = ['news_agency', 'newspaper', 'monitor', 'broadcaster', 'ngo', 'social_media', 'unnamed', 'un'];
const originators = count(60, (n) => ({
  id: `source-${n}`,
  name: `Source number ${n}`,
  short: `Source ${n}`,
  kind: n % 3 === 0 ? 'military' : KINDS[n % KINDS.length],
  party: n % 3 === 0 ? `party-${n % 6}` : null,
  reliability: 'ABCDEF'[n % 6],
  verifies: n % 20 === 10,
  languages: ['en'],
}));
const carriers = count(20, (n) => ({
  id: `carrier-${n}`,
  name: `Carrier number ${n}`,
  kind: 'newspaper',
  party: null,
  reliability: 'C',
}));
const sources = [...originators, ...carriers];
const places = [
  { id: 'country', name: 'The country', precision: 'country' },
  ...count(10, (n) => ({ id: `province-${n}`, name: `Province ${n}`, precision: 'adm1', within: 'country' })),
  ...count(40, (n) => ({ id: `town-${n}`, name: `Town ${n}`, precision: 'near', within: `province-${n % 10}` })),
];

const situation = {
  slug: SITUATION,
  title: 'A made-up situation',
  zone: 'Asia/Damascus',
  start: dayAt(0),
  status: 'active',
  sides: [
    { id: 'north', name: 'The north', fighters: 'northern fighters' },
    { id: 'south', name: 'The south', fighters: 'southern fighters' },
  ],
  parties: parties.map(({ id }, n) => ({ party: id, ...(n < 4 && { side: n % 2 === 0 ? 'north' : 'south' }) })),
  places,
};

/** As often as in the sample, of 100 entries. */
const ENTRY_KINDS = {
  statement: 33,
  event: 25,
  control: 15,
  humanitarian: 8,
  toll: 7,
  context: 5,
  assessment: 4,
  gap: 3,
};
const SEVERITIES = { flash: 3, major: 38, routine: 40, background: 19 };
const REPORTS = { 1: 79, 2: 14, 3: 4, 6: 3 };

function picked(weights, roll) {
  const all = Object.entries(weights);
  let left = roll * all.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of all) {
    left -= weight;
    if (left < 0) return key;
  }
  return all.at(-1)[0];
}

/** A source's toll of one place: it grows by the day and is told again and again. */
function tollOf(roll, day, area) {
  const dead = 20 + day * 3 + Math.floor(roll() * 9);
  const scope = { from: dayAt(0), to: dayAt(day), area };
  const common = { measure: roll() < 0.7 ? 'killed' : 'displaced', mode: 'cumulative', scope, asOf: dayAt(day) };
  return [
    { ...common, id: 'all', qualifier: 'at_least', low: dead, high: null },
    {
      ...common,
      qualifier: 'exact',
      low: dead >> 1,
      high: dead >> 1,
      group: { status: 'civilian' },
      part: { of: 'all', as: 'subset' },
    },
    {
      ...common,
      qualifier: 'exact',
      low: dead >> 2,
      high: dead >> 2,
      group: { status: 'combatant', side: 'north' },
      part: { of: 'all', as: 'subset' },
    },
  ];
}

function incident(roll, day, area) {
  const low = 1 + Math.floor(roll() * 30);
  const scope = { from: dayAt(day), to: dayAt(day), area };
  return [{ measure: 'killed', mode: 'incident', qualifier: 'at_least', low, high: null, scope, asOf: dayAt(day) }];
}

function entryAt(index, entries, roll) {
  const id = `E${index + 1}`;
  const day = Math.floor((index / entries) * DAYS);
  const recorded = (hours) => new Date(START + (day * 24 + 6 + hours) * HOUR).toISOString();
  const kind = picked(ENTRY_KINDS, roll());
  const area = roll() < 0.3 ? `province-${Math.floor(roll() * 10)}` : `town-${Math.floor(roll() * 40)}`;
  const headline = `${kind === 'toll' ? 'People killed' : 'Something happened'} in ${area}, told as number ${index}`;
  const reports = count(Number(picked(REPORTS, roll())), (n) => {
    const originator = `source-${Math.floor(roll() * (kind === 'toll' ? 12 : 60))}`;
    const figures =
      kind === 'toll' ? tollOf(roll, day, area) : kind === 'event' && roll() < 0.5 ? incident(roll, day, area) : [];
    return {
      id: `${id}.${n + 1}`,
      originator,
      ...(roll() < 0.4 && { publisher: `carrier-${Math.floor(roll() * 20)}` }),
      url: `https://news.example/${SITUATION}/${dayAt(day)}/a-story-with-a-name-of-usual-length-${index}-${n}`,
      published: roll() < 0.5 ? dayAt(day) : recorded(n),
      language: 'en',
      stance:
        n > 0 && roll() < 0.1
          ? 'denies'
          : originator.endsWith('5')
            ? 'estimates'
            : kind === 'control'
              ? 'claims'
              : 'reports',
      credibility: 1 + Math.floor(roll() * 6),
      says: `It says that something happened in ${area}, in the words of report ${n + 1} of number ${index}.`,
      figures,
      recorded: recorded(n),
    };
  });
  return {
    id,
    kind,
    headline,
    ...(roll() < 0.4 && { detail: `More about number ${index}. `.repeat(6) }),
    occurred: { from: dayAt(day), precision: 'day' },
    place: area,
    parties: [{ party: `party-${Math.floor(roll() * 6)}`, role: roll() < 0.5 ? 'actor' : 'affected' }],
    severity: picked(SEVERITIES, roll()),
    tags: [kind],
    reports,
    ...(roll() < 0.14 && {
      history: [
        { recorded: recorded(12), reason: 'new_information', was: { headline: `${headline}, as it was first told` } },
      ],
    }),
    ...(roll() < 0.01 && { retracted: { recorded: recorded(14), reason: 'duplicate' } }),
  };
}

function linksOf(entries, roll) {
  const types = ['contradicts', 'contradicts', 'part_of', 'corrects', 'same_as'];
  return count(Math.floor(entries.length / 4), (n) => {
    const from = entries[n * 4 + 3].id;
    const to = entries[n * 4 + Math.floor(roll() * 3)].id;
    const type = types[n % types.length];
    return { from, to, type, ...(type === 'same_as' && { state: 'confirmed' }) };
  });
}

/** The files of a data folder with one situation. */
export function madeUp(size) {
  const roll = dice(size);
  const entries = count(size, (index) => entryAt(index, size, roll));
  return { sources: { parties, sources }, situation: { situation, entries, links: linksOf(entries, roll) } };
}

export async function writeSituation(dataDir, size) {
  const files = madeUp(size);
  await mkdir(join(dataDir, 'situations'), { recursive: true });
  await writeFile(join(dataDir, 'sources.json'), JSON.stringify(files.sources));
  await writeFile(join(dataDir, 'situations', `${SITUATION}.json`), JSON.stringify(files.situation));
}
