import type { Figure } from '../model/figure.ts';
import type { Situation } from '../model/situation.ts';
import { dayOf } from '../model/time.ts';
import { type Item, type Names, unknownName } from './check-registry.ts';
import type { Path } from './json-text.ts';
import { didYouMean } from './nearest.ts';
import { error, type Finding, warning } from './problem.ts';
import type { CuratedReport } from './schema.ts';
import { DAY, msOf, stampOf } from './times.ts';

/** How far something may lie beyond its situation before somebody should look. */
export const SENSIBLE = 60 * DAY;

export interface SituationNames {
  readonly file: string;
  readonly situation: Situation;
  readonly places: Names;
  readonly sides: Names;
}

/** Kinds of entries that may speak of other times than their situation's. */
export const OF_ANY_TIME: ReadonlySet<string> = new Set(['context', 'assessment', 'gap', 'statement']);

/** The figures of one report: their names, their times, and whether the parts fit their whole. */
export function checkFigures(
  { at, value: report }: Item<CuratedReport>,
  names: SituationNames,
  kind: string,
): Finding[] {
  const items = report.figures.map((value, index) => ({ at: [...at, 'figures', index], value }));
  return [
    ...sameFigureIds(items),
    ...items.flatMap((item) => [
      ...checkNames(item, names),
      ...checkTimes(item, report),
      ...(OF_ANY_TIME.has(kind) ? [] : checkReach(item, names.situation)),
    ]),
    ...checkParts(items),
  ];
}

function sameFigureIds(items: readonly Item<Figure>[]): Finding[] {
  const seen = new Set<string>();
  return items.flatMap(({ at, value: { id } }) => {
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    return [error([...at, 'id'], `another figure of this report is already called "${id}"`)];
  });
}

function checkNames({ at, value: figure }: Item<Figure>, { file, places, sides }: SituationNames): Finding[] {
  const findings: Finding[] = [];
  const side = figure.group.side && unknownName('side', figure.group.side, sides, file);
  if (side) findings.push(error([...at, 'group', 'side'], side));
  const area = figure.scope.area && unknownName('place', figure.scope.area, places, file);
  if (area) findings.push(error([...at, 'scope', 'area'], area));
  return findings;
}

function checkTimes({ at, value: figure }: Item<Figure>, report: CuratedReport): Finding[] {
  const findings: Finding[] = [];
  const last = stampOf(msOf(report.recorded) + DAY).slice(0, 10);
  if (dayOf(figure.asOf) > last)
    findings.push(
      error(
        [...at, 'asOf'],
        `${figure.asOf} is later than the report was recorded (${report.recorded}); a figure cannot be of the future`,
      ),
    );
  if (figure.mode !== 'stock' && dayOf(figure.scope.to) > last)
    findings.push(
      warning(
        [...at, 'scope', 'to'],
        `${figure.scope.to} is later than the report was recorded (${report.recorded}); the scope ends with what is counted`,
      ),
    );
  return findings;
}

/** Whether a figure reaches so far beyond its situation that the year is probably wrong. */
function checkReach({ at, value: figure }: Item<Figure>, situation: Situation): Finding[] {
  const findings: Finding[] = [];
  const start = msOf(situation.start) - SENSIBLE;
  if (msOf(figure.scope.from) < start)
    findings.push(
      warning(
        [...at, 'scope', 'from'],
        `${figure.scope.from} is long before the situation starts (${situation.start}); is the year right?`,
      ),
    );
  if (situation.end !== undefined && msOf(figure.scope.to) > msOf(situation.end) + SENSIBLE)
    findings.push(
      warning([...at, 'scope', 'to'], `${figure.scope.to} is long after the situation ended (${situation.end})`),
    );
  return findings;
}

function checkParts(items: readonly Item<Figure>[]): Finding[] {
  const byId = new Map(
    items.flatMap(({ at, value }) => (value.id === undefined ? [] : [[value.id, { at, value }] as const])),
  );
  const findings: Finding[] = [];
  for (const { at, value } of items) {
    if (!value.part) continue;
    const where = [...at, 'part', 'of'];
    const whole = byId.get(value.part.of)?.value;
    if (!whole) findings.push(error(where, noWhole(value.part.of, [...byId.keys()])));
    else if (circles(value, byId))
      findings.push(error(where, `"${value.part.of}" is in turn a part of this figure; take one of the two out`));
    else findings.push(...tooLarge(at, value, whole));
  }
  for (const whole of byId.values()) findings.push(...addsUp(whole, items));
  return findings;
}

const noWhole = (id: string, known: readonly string[]): string =>
  `no figure of this report is called "${id}"${didYouMean(id, known) || '; give the whole that "id"'}`;

function circles(start: Figure, byId: ReadonlyMap<string, Item<Figure>>): boolean {
  const seen = new Set<Figure>();
  for (let here: Figure | undefined = start; here && !seen.has(here); ) {
    seen.add(here);
    here = here.part && byId.get(here.part.of)?.value;
    if (here === start) return true;
  }
  return false;
}

/** "26 of them" of a whole that was at most 20. An open whole ("at least 20") only looks odd. */
function tooLarge(at: Path, part: Figure, whole: Figure): Finding[] {
  if (part.part?.as !== 'subset' || part.low === null) return [];
  const message = `this subset is ${part.low}, more than its whole "${part.part.of}"`;
  if (whole.high !== null && whole.qualifier !== 'about' && part.low > whole.high)
    return [error([...at, 'low'], `${message} (${whole.high})`)];
  if (whole.low !== null && part.low > whole.low && (whole.high === null || part.low > whole.high))
    return [warning([...at, 'low'], `${message} (${whole.qualifier} ${whole.low})`)];
  return [];
}

/** R10: a partition may leave a rest, but none below zero. It is flagged and kept as it was published. */
function addsUp({ at, value: whole }: Item<Figure>, items: readonly Item<Figure>[]): Finding[] {
  const parts = items.filter(({ value: { part } }) => part?.of === whole.id && part?.as === 'partition');
  const most = whole.qualifier === 'range' || whole.low === null ? whole.high : whole.low;
  if (parts.length === 0 || most === null) return [];
  const sum = parts.reduce((total, { value }) => total + (value.low ?? 0), 0);
  if (sum <= most) return [];
  return [
    warning(
      at,
      `inconsistent: its parts add up to ${sum}, more than ${most}; kept as published (check the parts, or mark them as "subset")`,
    ),
  ];
}
