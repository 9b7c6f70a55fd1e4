import { measureOf } from '../model/measures.ts';
import { dayOf, localDay } from '../model/time.ts';
import { partitionsOf } from '../picture/figures/partition.ts';
import { sayTotal } from '../picture/figures/say.ts';
import { once, oncePerWord } from '../picture/once.ts';
import type { Picture } from '../picture/picture.ts';
import type { Registry } from '../picture/registry.ts';
import { placeOf } from '../picture/select.ts';
import type { Said, Series } from '../picture/series.ts';
import { older, sameNumber } from '../picture/series.ts';
import { groupKey } from '../picture/wording.ts';
import { shortDay } from './dates.ts';
import type { Line, Piece } from './document.ts';
import type { Known, Namer } from './tell.ts';
import { citeAll, reportOf, said, saidFigure, text } from './tell.ts';

const EVERYBODY = groupKey({});
const newest = (a: Series, b: Series): number => older(b.live, a.live) || a.live.index - b.live.index;
const order = (value: Said): number => Date.parse(value.figure.asOf);

/** The series of one originator with one start and area, the one that stands for them first. */
export interface Family {
  readonly lead: Series;
  readonly others: readonly Series[];
}

/** One family for each originator, measure, start and area: its total leads; without a total, its newest figure. */
export function families(series: readonly Series[]): readonly Family[] {
  const groups = new Map<string, Series[]>();
  for (const s of series) {
    const key = [s.originator, s.measure, s.live.figure.mode === 'stock' ? 'stock' : s.start, s.area ?? ''].join('|');
    const known = groups.get(key);
    if (known) known.push(s);
    else groups.set(key, [s]);
  }
  return [...groups.values()].flatMap((members) => {
    const sorted = members.sort(newest);
    const lead =
      sorted.find((s) => groupKey(s.live.figure.group) === EVERYBODY && isNumber(s)) ??
      sorted.find((s) => !s.live.figure.part && isNumber(s)) ??
      sorted.find(isNumber);
    // "Most of them combatants" says something about a number; alone it leads nothing.
    if (!lead) return [];
    const leads = [lead, ...sorted.filter((s) => s !== lead && standsAlone(s, lead))];
    return leads.map((one) => ({ lead: one, others: sorted.filter((s) => !leads.includes(s) && belongsTo(s, one)) }));
  });
}

/** The families of a kin; it never changes. */
export const familiesOf = once(families);

/**
 * A count of a group that is no part of the leading one: newer than it, or given beside it where there is no total.
 * Older groups are with their entry: under a newer total they would be read as its parts (R10).
 */
function standsAlone(series: Series, lead: Series): boolean {
  if (!isNumber(series) || series.live.figure.part) return false;
  if (series.live.report === lead.live.report) return groupKey(lead.live.figure.group) !== EVERYBODY;
  return order(series.live) > order(lead.live);
}

/** What the report of a count says of its parts; also what another report that tells the very same number says of them. */
function belongsTo({ live }: Series, { live: whole, values }: Series): boolean {
  const told =
    live.report === whole.report || values.some((v) => v.report === live.report && sameNumber(v.figure, whole.figure));
  if (!told) return false;
  return (
    !live.figure.part ||
    whole.figure.id === undefined ||
    live.report !== whole.report ||
    live.figure.part.of === whole.figure.id
  );
}

const isNumber = ({ live }: Series): boolean =>
  live.figure.qualifier !== 'constraint' && live.figure.qualifier !== 'unknown';

/** Who has kept count longest comes first, totals of everybody before those of a group; then the newest as-of. */
export function mostTelling(a: Family, b: Family): number {
  const everybody = (f: Family): number => (groupKey(f.lead.live.figure.group) === EVERYBODY ? 0 : 1);
  return (
    b.lead.values.length - a.lead.values.length ||
    everybody(a) - everybody(b) ||
    newest(a.lead, b.lead) ||
    (a.lead.key < b.lead.key ? -1 : 1)
  );
}

/** A figure of the wider crisis or of before this situation: context, not one of its tolls. */
export function isBackground({ picture }: Known, { lead }: Family): boolean {
  return (
    picture.entries.get(lead.live.entry)?.entry.kind === 'context' ||
    dayOf(lead.live.figure.asOf) < picture.situation.start
  );
}

const day = (known: Known, moment: string): string => shortDay(moment, known.picture.situation);

/** Since when and until when: " since 27 Nov, as of 29 Nov"; a stock is only as of a day. */
function reach(known: Known, { live }: Series): readonly Piece[] {
  const { scope, mode, asOf } = live.figure;
  const area = placeOf(known.picture.situation, scope.area);
  const since = mode === 'stock' ? '' : ` since ${day(known, scope.from)}`;
  return [...(area ? [text(' in '), said(area.name)] : []), text(`${since}, as of ${day(known, asOf)}`)];
}

/** R11: a toll that moved is "up from" or "revised down from"; never so many deaths more. */
function moved(known: Known, { move, before }: Series): readonly Piece[] {
  if (!before || (move !== 'up' && move !== 'down')) return [];
  return [
    text(move === 'up' ? '; up from ' : '; revised down from '),
    saidFigure(known, before, 'quantity'),
    text(` (${day(known, before.figure.asOf)})`),
  ];
}

const citation = (known: Known, value: Said) => citeAll(known, [reportOf(known, value.report)]);

function partLine(known: Known, lead: Series, part: Series): Line {
  const together = part.live.report === lead.live.report;
  const { figure } = part.live;
  // "About half of them children" says it itself.
  const of = figure.part !== undefined && figure.qualifier !== 'constraint' && !/\bof them\b/.test(figure.word ?? '');
  const area =
    figure.scope.area === lead.live.figure.scope.area ? undefined : placeOf(known.picture.situation, figure.scope.area);
  const when = together ? [] : [text(` (as of ${day(known, part.live.figure.asOf)})`)];
  return {
    entry: part.live.entry,
    pieces: [
      ...(of ? [text('of them ')] : []),
      saidFigure(known, part.live),
      ...(area ? [text(' in '), said(area.name)] : []),
      ...when,
    ],
    citations: citation(known, part.live),
  };
}

/** Earlier values that a toll line lists; the others are with its entry. */
const MOST_EARLIER = 5;

/** "Earlier: at least 255 (29 Nov), at least 242 (29 Nov)": every other value of the series, newest first, a repeated one once. */
function earlierLine(known: Known, series: Series): readonly Line[] {
  const distinct: Said[] = [];
  for (const value of [...series.values].reverse())
    if (!sameNumber(series.live.figure, value.figure) && !distinct.some((d) => sameNumber(d.figure, value.figure)))
      distinct.push(value);
  const [first, ...rest] = distinct.slice(0, MOST_EARLIER);
  if (!first) return [];
  const pieces = [first, ...rest].flatMap((value, i) => [
    text(i === 0 ? 'Earlier: ' : ', '),
    saidFigure(known, value, 'quantity'),
    text(` (${day(known, value.figure.asOf)})`),
  ]);
  const left = distinct.length - 1 - rest.length;
  return [
    {
      entry: first.entry,
      pieces: [...pieces, ...(left > 0 ? [text(`, and ${left} older in ${first.entry}`)] : [])],
      citations: citeAll(known, [reportOf(known, first.report), ...rest.map((v) => reportOf(known, v.report))]),
    },
  ];
}

/** R10: what a published breakdown leaves unaccounted, or that it gives more than its whole; kept as published either way. */
function breakdownLine(known: Known, { live }: Series): readonly Line[] {
  const report = reportOf(known, live.report);
  const check = partitionsOf(report).find((p) => p.whole === live.index);
  if (!check || (!check.inconsistent && (check.rest ?? 0) <= 0)) return [];
  const refs = [check.whole, ...check.parts].map((index) => ({ report: report.id, index }));
  const measure = measureOf(live.figure.measure);
  const pieces: readonly Piece[] = check.inconsistent
    ? [
        text('Inconsistent, kept as published: the parts give '),
        { type: 'total', text: sayTotal(check.sum, measure), of: refs },
      ]
    : [{ type: 'total', text: `${check.rest}${check.open ? ' or more' : ''}`, of: refs }, text(' not broken down')];
  return [{ entry: live.entry, pieces, citations: citation(known, live) }];
}

/** The day at which the age of a toll is told: after its end nobody counts on, and a toll is as old as it was on the last day. */
const todayOf = once(({ situation, at }: Picture) => {
  const today = localDay(at, situation.zone);
  return { day: situation.end !== undefined && situation.end < today ? situation.end : today };
});

/** How old a toll is at the newest record of the situation, where that is worth saying. In days. */
const staleness = ({ picture }: Known, { live }: Series): number =>
  Math.round(
    (Date.parse(todayOf(picture).day) - Date.parse(localDay(live.figure.asOf, picture.situation.zone))) / 86_400_000,
  );
const STALE_DAYS = 2;

/** How much stands under a toll: nothing, what its own report breaks it down to, every group, or earlier values too. */
export type Detail = 'line' | 'report' | 'parts' | 'all';

/** What stands in the line of a family in every document: that hangs on its entries and its sources alone. */
const toldOf = oncePerWord((family: Family, _: Registry, detail: Detail, known: Known) => {
  const { lead, others } = family;
  const under: readonly Line[] = [
    ...(detail === 'line' ? [] : others)
      .filter((part) => detail !== 'report' || part.live.report === lead.live.report)
      .map((part) => partLine(known, lead, part)),
    ...(detail === 'all' ? [...breakdownLine(known, lead), ...earlierLine(known, lead)] : []),
  ];
  return {
    number: [saidFigure(known, lead.live), ...reach(known, lead)],
    move: moved(known, lead),
    originator: reportOf(known, lead.live.report).originator,
    citations: citation(known, lead.live),
    ...(under.length > 0 && { under }),
  };
});

/** One line for a family: the live total, who says so, how it moved; its parts and earlier values under it. */
export function tollLine(known: Known, family: Family, name: Namer, detail: Detail): Line {
  const { lead } = family;
  const { number, move, originator, citations, under } = toldOf(family, known.registry, detail, known);
  const age = detail === 'all' ? staleness(known, lead) : 0;
  return {
    entry: lead.live.entry,
    pieces: [
      ...number,
      ...(age >= STALE_DAYS ? [text(` (${age} days old)`)] : []),
      ...move,
      text(' — '),
      said(name(originator)),
    ],
    citations,
    ...(under && { under }),
  };
}
