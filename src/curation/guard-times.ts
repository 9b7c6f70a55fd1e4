import { daysWords, momentWords } from '../briefing/dates.ts';
import type { Known } from '../briefing/tell.ts';
import { dayOf, localDay } from '../model/time.ts';
import type { Finding, Touched } from './finding.ts';

/** Kinds of entries that may speak of other times than their situation's. */
const OF_ANY_TIME: ReadonlySet<string> = new Set(['context', 'assessment', 'gap', 'statement']);
const MINUTE = 60_000;
const DAY = 86_400_000;
/** Clocks of two machines differ by less. */
const SLACK = 5 * MINUTE;
const AFTERMATH = 60 * DAY;

/** Times that lie ahead, outside of the situation, or in an order in which nobody can know them. */
export function timeGuards(
  { entry, before, reports, was }: Touched,
  { picture }: Known,
  now: string,
): readonly Finding[] {
  const { zone, start, end, title } = picture.situation;
  const today = localDay(now, zone);
  const ahead = (moment: string): boolean =>
    moment.length === 10 ? moment > today : Date.parse(moment) > Date.parse(now) + SLACK;
  const words = (moment: string): string => momentWords(moment, zone);
  const found: Finding[] = [];
  const moved = entry && JSON.stringify(entry.occurred) !== JSON.stringify(before?.entry.occurred);
  if (entry && moved) {
    const { from, to = from } = entry.occurred;
    if (ahead(from)) found.push({ guard: 'future', saw: `It is said to happen on ${words(from)}, which lies ahead.` });
    const [first, last] = [localDay(from, zone), localDay(to, zone)];
    if (!OF_ANY_TIME.has(entry.kind) && last < start)
      found.push({
        guard: 'before-situation',
        saw: `${daysWords(first, last)} is before ${title} begins (${words(start)}).`,
      });
    if (!OF_ANY_TIME.has(entry.kind) && end !== undefined && Date.parse(first) > Date.parse(end) + AFTERMATH)
      found.push({
        guard: 'after-situation',
        saw: `${daysWords(first, last)} is long after ${title} ended (${words(end)}).`,
      });
  }
  for (const report of reports) {
    const old = was.find((r) => r.id === report.id);
    if (report.published !== old?.published) {
      if (ahead(report.published))
        found.push({
          guard: 'future',
          saw: `The report is said to be published on ${words(report.published)}, which lies ahead.`,
        });
      if (
        entry &&
        !ahead(entry.occurred.from) &&
        localDay(report.published, zone) < localDay(entry.occurred.from, zone) &&
        !OF_ANY_TIME.has(entry.kind)
      )
        found.push({
          guard: 'before-event',
          saw: `The report was published (${words(report.published)}) before what it tells of (${words(entry.occurred.from)}).`,
        });
    }
    for (const figure of report.figures) {
      const last = figure.mode === 'stock' ? figure.asOf : [figure.asOf, figure.scope.to].sort().at(-1);
      if (
        last !== undefined &&
        dayOf(last) > today &&
        !old?.figures.some((f) => f.asOf === figure.asOf && f.scope.to === figure.scope.to)
      )
        found.push({ guard: 'future', saw: `A figure is as of ${words(last)}, which lies ahead.` });
    }
  }
  return found;
}
