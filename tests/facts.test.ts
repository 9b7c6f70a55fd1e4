import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plainText } from '../src/briefing/plain.ts';
import { ask, sampleAt } from './support/sample.ts';

/** A fact of the report with which the project began, where it is asked for, and what one line of the answer must hold. */
interface Fact {
  readonly id: string;
  readonly gist: string;
  readonly command: string;
  readonly line: readonly string[];
}

const AT = 'situation:aleppo-2024 as-of:2024-11-29';
const day = (command: string): string => `${command} ${AT}`;
const whole = day('brief').replace(AT, `${AT} length:full`);
const show = (entry: string): string => `entry show ${AT} entry:${entry}`;

const FACTS: readonly Fact[] = [
  {
    id: 'S01',
    gist: 'Rebel forces entered parts of Aleppo.',
    command: day('brief'),
    line: ['Rebel forces enter parts of Aleppo', 'SOHR'],
  },
  {
    id: 'S02',
    gist: 'The attack is the biggest against the government for years.',
    command: day('timeline'),
    line: ['described as the biggest against the government for years', 'SOHR'],
  },
  {
    id: 'S03',
    gist: 'Rebels detonated two car bombs before moving into several districts.',
    command: show('E3'),
    line: ['SOHR', 'detonated two car bombs before moving into several districts'],
  },
  {
    id: 'S04',
    gist: 'Little else is known about the two car bombs.',
    command: whole,
    line: ['Little is known about the two car bombs in Aleppo', 'Press report'],
  },
  {
    id: 'S05',
    gist: 'HTS and its allies say that they took a number of towns and villages.',
    command: whole,
    line: ['HTS and its allies say they have taken towns and villages in Aleppo and Idlib provinces', 'HTS'],
  },
  {
    id: 'S06',
    gist: 'The offensive began on Wednesday 27 November.',
    command: day('timeline'),
    line: ['The offensive in north-west Syria begins', 'Press report'],
  },
  {
    id: 'S07',
    gist: 'Heavy fighting between rebels and pro-government troops followed.',
    command: day('timeline'),
    line: ['Heavy fighting between rebels and pro-government troops', 'Press report'],
  },
  {
    id: 'S08',
    gist: 'Government forces say that they won back key positions in the countryside.',
    command: show('E8'),
    line: ['SANA', 'claims', 'won back key positions in the countryside'],
  },
  {
    id: 'S09',
    gist: 'More than 50 towns and villages taken since the offensive began.',
    command: `casualties ${AT} measure:settlements_captured`,
    line: ['more than 50', 'since 27 Nov', 'SOHR'],
  },
  {
    id: 'S10',
    gist: 'Syrian and Russian aircraft made 23 air strikes on the city and around it on Friday.',
    command: show('E10'),
    line: ['23 air strikes'],
  },
  {
    id: 'S11',
    gist: 'At least 255 people were killed, most of them combatants.',
    command: day('casualties'),
    line: ['at least 255 people killed', 'since 27 Nov', 'as of 29 Nov', 'SOHR'],
  },
  { id: 'S11', gist: 'Most of the 255 were combatants.', command: show('E12'), line: ['most of them combatants'] },
  {
    id: 'S12',
    gist: 'The deadliest fighting between rebels and pro-government forces for years.',
    command: day('timeline'),
    line: ['described as the deadliest between rebels and pro-government forces for years', 'Press report'],
  },
  {
    id: 'S13',
    gist: 'The fighting in Aleppo ranks as the most significant since the war began in 2011.',
    command: day('timeline'),
    line: ['ranked as the most significant since the war began in 2011', 'Press report'],
  },
  {
    id: 'S14',
    gist: 'A ceasefire brokered by Türkiye and Russia had brought violence down by 2020.',
    command: day('timeline'),
    line: ['ceasefire brokered by Türkiye and Russia had brought violence down by 2020', 'Press report'],
  },
  {
    id: 'S15',
    gist: 'It stopped a large government offensive meant to retake Idlib.',
    command: day('timeline'),
    line: ['ceasefire of 2020 stopped a government offensive meant to retake Idlib', 'Press report'],
  },
  {
    id: 'S16',
    gist: 'Clashes, air strikes and shelling still happened in the years after.',
    command: day('timeline'),
    line: ['Clashes, air strikes and shelling went on in Idlib now and then', 'Press report'],
  },
  {
    id: 'S17',
    gist: 'Idlib is the last large opposition stronghold; over four million live there, many displaced.',
    command: day('timeline'),
    line: ['Idlib is the last large opposition stronghold', 'displaced people in dire conditions', 'Press report'],
  },
  {
    id: 'S17',
    gist: 'More than four million people live there.',
    command: `casualties ${AT} measure:population`,
    line: ['more than 4,000,000', 'Idlib', 'Press report'],
  },
  {
    id: 'S18',
    gist: 'Further displacement and humanitarian crises are feared.',
    command: whole,
    line: ['Further displacement and humanitarian crises are feared', 'Press report (“feared”)'],
  },
  {
    id: 'S19',
    gist: 'Fluid: both sides are said to be preparing for more fighting.',
    command: whole,
    line: ['described as fluid, with both sides said to prepare for more fighting', 'Press report (“are said to”)'],
  },
];

const IDS = Array.from({ length: 19 }, (_, i) => `S${String(i + 1).padStart(2, '0')}`);
const lineWith = (answer: string, words: readonly string[]): string | undefined =>
  answer.split('\n').find((line) => words.every((w) => line.includes(w)));

describe('each founding fact is found by a command, with who says so', () => {
  const rows: string[] = [];
  test.each(FACTS)('$id $gist', async ({ id, command, line }) => {
    const answer = plainText(await ask(command));
    const found = lineWith(answer, line);
    rows.push(`${id}  /${command}\n     ${found?.trim() ?? 'NOT FOUND'}`);
    expect({ command, found: found !== undefined, wanted: line }).toEqual({ command, found: true, wanted: line });
  });

  test('the list is complete', () => {
    expect([...new Set(FACTS.map((f) => f.id))]).toEqual(IDS);
    if (process.env['SHOW_FACTS']) process.stdout.write(`${rows.join('\n')}\n`);
  });
});

test('each fact has an entry that carries its tag, recorded by the end of 29 November', async () => {
  const { picture } = await sampleAt('2024-11-29T21:59:59.999Z');
  const tags = [...picture.entries.values()].flatMap((s) => s.entry.tags);
  expect(IDS.filter((id) => !tags.includes(id.toLowerCase()))).toEqual([]);
});

const LIST = new URL('../../shared/facts/founding-report.jsonl', import.meta.url);
test.runIf(existsSync(LIST))('the ids are those of the list of facts', () => {
  const ids = readFileSync(LIST, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id)
    .filter((id) => id.startsWith('S'));
  expect(ids).toEqual(IDS);
});
