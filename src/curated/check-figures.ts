import type { Figure } from '../model/figure.ts';
import type { Situation } from '../model/situation.ts';
import { dayOf } from '../model/time.ts';
import { checkParts } from './check-parts.ts';
import { type Item, type Names, unknownName } from './check-registry.ts';
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
