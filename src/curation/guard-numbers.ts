import { momentWords } from '../briefing/dates.ts';
import type { Known } from '../briefing/tell.ts';
import type { Report } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import { dayOf } from '../model/time.ts';
import { partitionsOf } from '../picture/figures/partition.ts';
import { rangeOf } from '../picture/figures/range.ts';
import { seriesFor } from '../picture/kin.ts';
import { shortName } from '../picture/registry.ts';
import type { Said, Series } from '../picture/series.ts';
import { bound, saidIn, seriesKey, seriesOf, silence } from '../picture/series.ts';
import { grouped, phrase } from '../picture/wording.ts';
import type { Finding, Touched } from './finding.ts';

const FACTOR = 1.5;
const STEP = 50;

/** R17, R10: what is odd about the numbers of new or changed reports. */
export function numberGuards({ id, reports, was }: Touched, known: Known): readonly Finding[] {
  return reports.flatMap((report) => {
    const before = was.find((r) => r.id === report.id);
    // What was odd before and stays as it was has been looked at.
    const old = new Set((before?.figures ?? []).map((f) => JSON.stringify(f)));
    const isNew = (f: Figure): boolean => !old.has(JSON.stringify(f));
    return [
      ...tollMoves(id, report, known, isNew),
      ...(report.figures.some(isNew) ? [...partsOdd(report, known), ...sameNumbers(report, known)] : []),
    ];
  });
}

/** R17: a running count that falls, or rises by half or more and by fifty or more, against what it stands at now. */
function tollMoves(id: string, report: Report, known: Known, isNew: (f: Figure) => boolean): readonly Finding[] {
  const { picture } = known;
  const mark = { seq: picture.seq + 1, at: picture.at, author: '' };
  const told = { report, added: mark };
  if (silence(told) !== undefined) return [];
  const keys = new Map<string, { readonly series: Series; readonly fresh: Said[] }>();
  for (const said of saidIn(told, id)) {
    const series = seriesFor(picture, said);
    if (!series) continue;
    const key = seriesKey(said);
    const mine = keys.get(key);
    if (mine) mine.fresh.push(said);
    else keys.set(key, { series, fresh: [said] });
  }
  return [...keys].flatMap(([key, { series, fresh }]): readonly Finding[] => {
    const next = seriesOf(key, [...series.values.filter((v) => v.report !== report.id), ...fresh]);
    const day = dayOf(series.live.figure.asOf);
    // Of one day, either may come to stand: which of them was published first is not always known to the minute.
    const mine = fresh.includes(next.live)
      ? next.live
      : next.values.findLast((v) => fresh.includes(v) && isNew(v.figure) && dayOf(v.figure.asOf) >= day);
    const [from, to] = [bound(series.live.figure), mine ? bound(mine.figure) : null];
    if (!mine || from === null || to === null) return [];
    const falls = to < from;
    if (!falls && !(to >= from * FACTOR && to - from >= STEP)) return [];
    const words = (f: Figure): string => phrase(f, picture.situation);
    const who = shortName(known.registry, series.originator);
    const saw = `${who} gave ${words(series.live.figure)} (${series.live.report}, as of ${momentWords(day, picture.situation.zone)}); this says ${words(mine.figure)}.`;
    return [
      falls
        ? { guard: 'toll-falls', saw: `The toll falls: ${saw}` }
        : { guard: 'toll-jumps', saw: `The toll jumps: ${saw}` },
    ];
  });
}

/** R10: a breakdown that does not make its whole, and "of them" that are more than they are of. */
function partsOdd(report: Report, { picture: { situation } }: Known): readonly Finding[] {
  const words = (i: number): string => phrase(report.figures[i] as Figure, situation);
  const uneven = partitionsOf(report).flatMap(({ whole, parts, sum, rest, open, inconsistent }): readonly Finding[] => {
    const added = grouped(sum.low ?? sum.high ?? 0);
    if (inconsistent)
      return [{ guard: 'parts', saw: `The parts of “${words(whole)}” add up to ${added}: more than their whole.` }];
    if (rest === null || rest <= 0 || open || parts.length < 2) return [];
    return [
      {
        guard: 'parts',
        saw: `The parts of “${words(whole)}” add up to ${added}: ${grouped(rest)} are in none of them.`,
      },
    ];
  });
  const subsets = report.figures.flatMap((part, i): readonly Finding[] => {
    const whole = part.part?.as === 'subset' ? report.figures.findIndex((f) => f.id === part.part?.of) : -1;
    const [most, mine] = [report.figures[whole]?.low ?? null, rangeOf(part)?.low ?? null];
    return most !== null && mine !== null && mine > most
      ? [{ guard: 'subset', saw: `“${words(i)}” are more than “${words(whole)}”, of whom they are said to be.` }]
      : [];
  });
  return [...uneven, ...subsets];
}

/** R17: two measures with one number are easily mixed up. */
function sameNumbers(report: Report, { picture: { situation } }: Known): readonly Finding[] {
  return report.figures.flatMap((figure, i): readonly Finding[] => {
    const is = bound(figure);
    const other = report.figures
      .slice(0, i)
      .find((f) => f.measure !== figure.measure && is !== null && is !== 0 && bound(f) === is);
    return other
      ? [
          {
            guard: 'same-number',
            saw: `“${phrase(other, situation)}” and “${phrase(figure, situation)}” are the same number of two things.`,
          },
        ]
      : [];
  });
}
