import { parse } from 'csv-parse/sync';
import type { Report } from '../../../src/model/entry.ts';
import type { Figure } from '../../../src/model/figure.ts';
import { figure as figureModel } from '../../../src/model/figure.ts';
import type { Draft } from '../../support/build.ts';
import { added, entry, figure, report } from '../../support/build.ts';

/** One event of a UCDP GED table, as far as figures go. */
export interface Row {
  readonly id: string;
  readonly country: string;
  readonly year: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly low: number;
  readonly best: number;
  readonly high: number;
  /** deaths_a, deaths_b, deaths_civilians, deaths_unknown */
  readonly parts: readonly [number, number, number, number];
}

const number = (text: string | undefined): number => {
  const read = Math.trunc(Number(text));
  if (text === undefined || text === '' || !Number.isFinite(read)) throw new Error(`not a number: ${text}`);
  return read;
};

/** Rows by the names of their columns; the row of HXL tags, whose year begins with #, is none. */
export function readRows(csv: string): readonly Row[] {
  const rows: Record<string, string | undefined>[] = parse(csv, {
    columns: true,
    bom: true,
    relax_column_count: false,
  });
  return rows
    .filter((r) => !r['year']?.startsWith('#'))
    .map((r) => ({
      id: r['id'] ?? '',
      country: r['country'] ?? '',
      year: r['year'] ?? '',
      type: r['type_of_violence'] ?? '',
      from: r['date_start']?.slice(0, 10) ?? '',
      to: r['date_end']?.slice(0, 10) ?? '',
      low: number(r['low']),
      best: number(r['best']),
      high: number(r['high']),
      parts: [number(r['deaths_a']), number(r['deaths_b']), number(r['deaths_civilians']), number(r['deaths_unknown'])],
    }));
}

/** Published as it is, and kept: about one row in a hundred has its best number outside of its bounds. */
export const isOutOfOrder = ({ low, best, high }: Row): boolean => !(low <= best && best <= high);

const PARTS: readonly Figure['group'][] = [
  { side: 'side-a', status: 'combatant' },
  { side: 'side-b', status: 'combatant' },
  { status: 'civilian' },
  { status: 'unknown' },
];

/** One coder's figures of one event: a number with its bounds, and its breakdown. */
export function figuresOf({ low, best, high, from, to, parts }: Row): readonly Figure[] {
  const base = { scope: { from, to }, asOf: to };
  const whole: Figure =
    low === best && best === high
      ? figure({ ...base, id: 'all', low, high })
      : figure({ ...base, id: 'all', qualifier: 'range', low, high, best });
  return [
    whole,
    ...PARTS.flatMap((group, i) => {
      const n = parts[i] ?? 0;
      return n === 0 ? [] : [figure({ ...base, low: n, high: n, group, part: { of: 'all', as: 'partition' } })];
    }),
  ];
}

/** Whether every figure of a row is one that could be entered. */
export const isEnterable = (row: Row): boolean => figuresOf(row).every((f) => figureModel.safeParse(f).success);

export const entryIdOf = ({ id }: Row): string => `E${id}`;

export const reportOf = (row: Row): Report =>
  report(`${entryIdOf(row)}.1`, {
    originator: 'ucdp',
    stance: 'estimates',
    published: row.to,
    figures: [...figuresOf(row)],
  });

export const addedRow = (row: Row): Draft =>
  added(
    entry(entryIdOf(row), {
      occurred: { from: row.from, to: row.to, precision: 'days' },
      category: `type-${row.type}`,
      tags: [`year-${row.year}`, `month-${row.from.slice(0, 7)}`, `type-${row.type}`],
    }),
    reportOf(row),
  );
