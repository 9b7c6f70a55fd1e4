import type { Group } from '../../src/model/figure.ts';
import { quantity } from '../../src/picture/wording.ts';
import { read } from '../../src/reading/read.ts';
import type { Context, Proposal } from '../../src/reading/reading.ts';
import type { Sentence } from './sentence.ts';

export const FIELDS = ['figure', 'measure', 'qualifier', 'group', 'mode', 'originator', 'part'] as const;
export type Field = (typeof FIELDS)[number];

interface Row {
  readonly measure: string;
  readonly quantity: string;
  readonly group: string;
  readonly mode: string;
  readonly originator: string;
  readonly part: string;
}

const groupText = ({ status, side, age, sex, role }: Group): string =>
  [status, side && `@${side}`, age, sex, role && `"${role}"`].filter((w) => w !== undefined).join(' ') || '-';

const rowOf = ({ figure, originator }: Proposal): Row => ({
  measure: figure.measure,
  quantity: quantity(figure),
  group: groupText(figure.group),
  mode: figure.mode,
  originator: originator === undefined ? '-' : (originator.source ?? `?${originator.name.toLowerCase()}`),
  part: figure.part?.as ?? '-',
});

function expectedRow(line: string): Row {
  const [measure = '', amount = '', group = '', mode = '', originator = '', part = '-'] = line
    .split('|')
    .map((cell) => cell.trim());
  return { measure, quantity: amount, group, mode, originator, part };
}

const words = (row: Row): string =>
  [row.measure, row.quantity, row.group, row.mode, row.originator, ...(row.part === '-' ? [] : [row.part])].join(' | ');

/** Numbers alone: what a reader must not have missed or made up. */
const digits = (amount: string): string => amount.replace(/[^\d]+/g, ' ').trim() || amount;

export interface Score {
  readonly proposed: number;
  readonly expected: number;
  readonly precision: Readonly<Record<Field, number>>;
  readonly recall: Readonly<Record<Field, number>>;
  /** A line for each sentence that was not read as expected. */
  readonly wrong: readonly string[];
}

/**
 * A field is right in a pair of figures that hold the same numbers; `figure`: measure and quantity are. Precision is by what was
 * proposed, recall by what was expected, so that a figure that is missed counts against the recall of every field.
 */
export function score(table: readonly Sentence[], context: Context): Score {
  const right: Record<Field, number> = {
    figure: 0,
    measure: 0,
    qualifier: 0,
    group: 0,
    mode: 0,
    originator: 0,
    part: 0,
  };
  let [proposed, expected] = [0, 0];
  const wrong: string[] = [];
  for (const [text, ...lines] of table) {
    const wanted = lines.map(expectedRow);
    const found = read(text, context).figures.map(rowOf);
    proposed += found.length;
    expected += wanted.length;
    const left = [...found];
    for (const want of wanted) {
      const near = (r: Row): boolean => digits(r.quantity) === digits(want.quantity);
      const at = [
        left.findIndex((r) => words(r) === words(want)),
        left.findIndex((r) => near(r) && r.measure === want.measure),
        left.findIndex(near),
      ].find((i) => i >= 0);
      const [hit] = at === undefined ? [] : left.splice(at, 1);
      if (!hit) continue;
      if (hit.measure === want.measure && hit.quantity === want.quantity) right.figure++;
      if (hit.quantity === want.quantity) right.qualifier++;
      for (const field of ['measure', 'group', 'mode', 'originator', 'part'] as const)
        if (hit[field] === want[field]) right[field]++;
    }
    if (found.map(words).sort().join('\n') !== wanted.map(words).sort().join('\n'))
      wrong.push(
        [text, ...wanted.map((w) => `   wanted ${words(w)}`), ...found.map((f) => `   read   ${words(f)}`)].join('\n'),
      );
  }
  const share = (all: number) =>
    Object.fromEntries(FIELDS.map((f) => [f, all === 0 ? 1 : right[f] / all])) as Record<Field, number>;
  return { proposed, expected, precision: share(proposed), recall: share(expected), wrong };
}

/** "figure 0.98/0.97 · …": precision and recall of each field. */
export const shown = ({ precision, recall, proposed, expected }: Score): string =>
  `${proposed} read, ${expected} wanted; precision/recall: ${FIELDS.map((f) => `${f} ${precision[f].toFixed(3)}/${recall[f].toFixed(3)}`).join(' · ')}`;
