import { z } from 'zod';
import type { Report } from '../../../src/model/entry.ts';
import type { Figure, Group } from '../../../src/model/figure.ts';
import { report, toll } from '../../support/build.ts';

/** One day of a published series; a field that is not there was not given. */
export const record = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export type Day = z.infer<typeof record>;

interface Field {
  readonly measure: string;
  readonly group?: Group;
  readonly mode?: 'increment';
}
const FIELDS: Readonly<Record<string, Field>> = {
  killed_cum: { measure: 'killed' },
  killed_children_cum: { measure: 'killed', group: { age: 'child' } },
  killed_women_cum: { measure: 'killed', group: { sex: 'female' } },
  injured_cum: { measure: 'injured' },
  massacres_cum: { measure: 'massacres' },
  med_killed_cum: { measure: 'killed', group: { role: 'medical workers' } },
  press_killed_cum: { measure: 'killed', group: { role: 'journalists' } },
  civdef_killed_cum: { measure: 'killed', group: { role: 'rescue workers' } },
  killed: { measure: 'killed', mode: 'increment' },
  injured: { measure: 'injured', mode: 'increment' },
};
/** Fields that say something of the record, and no number of people. */
export const NO_FIGURES: ReadonlySet<string> = new Set(['report_date', 'report_source', 'report_period']);

/** The start of the series; every cumulative number counts from here. */
export const START = '2023-10-07';
export const dateOf = (day: Day): string => String(day['report_date']);

function figureOf(name: string, value: number, date: string): Figure {
  const field = FIELDS[name.replace(/^ext_/, '')];
  if (!field) throw new Error(`a field that nobody knows: ${name}`);
  return toll(value, date, {
    id: name.replaceAll('_', '-'),
    measure: field.measure,
    group: field.group ?? {},
    ...(field.mode === 'increment'
      ? { mode: 'increment', scope: { from: date, to: date } }
      : { scope: { from: START, to: date } }),
  });
}

/** The two reports of a day: the ministry's own numbers, and those that the compilers of the series filled in. */
export function reportsOf(day: Day, index: number): readonly Report[] {
  const date = dateOf(day);
  const figures = (extended: boolean): Figure[] =>
    Object.entries(day).flatMap(([name, value]) =>
      !NO_FIGURES.has(name) && typeof value === 'number' && name.startsWith('ext_') === extended
        ? [figureOf(name, value, date)]
        : [],
    );
  return [
    report(`E1.${2 * index + 1}`, { originator: 'ministry', published: date, figures: figures(false) }),
    report(`E1.${2 * index + 2}`, {
      originator: 'compilers',
      publisher: 'compilers',
      stance: 'estimates',
      published: date,
      figures: figures(true),
    }),
  ];
}

/** Name of the published field that a figure holds. */
export const fieldOf = (figure: Figure): string => (figure.id ?? '').replaceAll('-', '_');
