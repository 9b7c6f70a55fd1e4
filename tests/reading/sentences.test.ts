import { describe, expect, test } from 'vitest';
import { HELD_OUT } from './held-out.ts';
import { FIELDS, score, shown } from './score.ts';
import { SENTENCES } from './sentences.ts';
import { CONTEXT } from './setting.ts';

const TABLES = [
  ['written before the reader', HELD_OUT],
  ['worked on', SENTENCES],
] as const;

/** Slightly beneath what is measured: a change that makes up a second figure in a hundred sentences turns red. */
const PRECISION = 0.985;
const RECALL = 0.97;

test('there are sentences enough, and a third of them counts nothing', () => {
  const all = TABLES.flatMap(([, table]) => table);
  expect(all.length).toBeGreaterThanOrEqual(150);
  expect(all.filter(([, ...figures]) => figures.length === 0).length / all.length).toBeGreaterThan(0.3);
  expect(new Set(all.map(([text]) => text)).size).toBe(all.length);
});

describe.each(TABLES)('sentences %s', (name, table) => {
  const result = score(table, CONTEXT);
  const report = `${name}: ${shown(result)}\n${result.wrong.join('\n')}`;
  test('are read as a careful person would', () => {
    console.info(report);
    for (const field of FIELDS) {
      expect(result.precision[field], `precision of ${field}\n${report}`).toBeGreaterThanOrEqual(PRECISION);
      expect(result.recall[field], `recall of ${field}\n${report}`).toBeGreaterThanOrEqual(RECALL);
    }
  });
});

test('the score sees a figure that is missed, made up, or read otherwise', () => {
  const [text] = ['At least 3 people were killed, SOHR said.'];
  const of = (...lines: string[]) => score([[text, ...lines]], CONTEXT);
  const right = 'killed | at least 3 | - | incident | sohr';
  expect(of(right).wrong).toEqual([]);
  expect(of().precision.figure).toBe(0);
  expect(of(right, 'injured | 9 | - | incident | sohr').recall.figure).toBe(0.5);
  expect(of('killed | 3 | - | incident | sohr').precision).toMatchObject({ qualifier: 0, figure: 0, measure: 1 });
  expect(of('killed | at least 3 | civilian | increment | sana').precision).toMatchObject({
    figure: 1,
    group: 0,
    mode: 0,
    originator: 0,
  });
});
