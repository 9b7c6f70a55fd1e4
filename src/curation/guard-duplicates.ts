import type { Known } from '../briefing/tell.ts';
import type { EntryCore, Report } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import { neighbours } from '../picture/figures/near.ts';
import { grown } from '../picture/grown.ts';
import { Layered } from '../picture/layered.ts';
import { once } from '../picture/once.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
import { days } from '../picture/select.ts';
import { bound } from '../picture/series.ts';
import { entriesIn } from '../picture/touches.ts';
import type { Finding, Touched } from './finding.ts';
import { pageOf } from './link.ts';
import { wordsOf } from './text.ts';

/**
 * Where an entry like a new one would be: entries by the page that they cite, and by their first day and place. Ids stay
 * in a list that they have left; whoever reads it looks at what the entry is now.
 */
interface Traces {
  readonly pages: Layered<readonly string[]>;
  readonly days: Layered<readonly string[]>;
}

const dayKey = (day: string, place: string | undefined): string => `${day}|${place ?? ''}`;

function noted({ pages, days: byDay }: Traces, picture: Picture, states: Iterable<EntryState>): Traces {
  const [urls, dates] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const note = (into: Map<string, string[]>, known: Layered<readonly string[]>, key: string, id: string): void => {
    const list = into.get(key) ?? [...(known.get(key) ?? [])];
    into.set(key, list);
    if (list.at(-1) !== id && !list.includes(id)) list.push(id);
  };
  for (const state of states) {
    const { id, place } = state.entry;
    for (const { report } of state.reports) if (report.url !== undefined) note(urls, pages, pageOf(report.url), id);
    note(dates, byDay, dayKey(days(state.entry, picture.situation.zone).from, place), id);
  }
  return { pages: pages.with(urls), days: byDay.with(dates) };
}

const traces = grown<Traces>(
  (picture) => noted({ pages: new Layered(), days: new Layered() }, picture, picture.entries.values()),
  (before, picture, touches) =>
    noted(
      before,
      picture,
      [...entriesIn(touches)].flatMap((id) => picture.entries.get(id) ?? []),
    ),
);

/** Works out what looking for duplicates needs, so that the first who saves does not wait for it. */
export const warm = (picture: Picture): void => void traces(picture);

const living = (picture: Picture, ids: readonly string[]): readonly EntryState[] =>
  ids.flatMap((id) => {
    const state = picture.entries.get(id);
    return state && !state.retracted && liveReports(state).length > 0 ? [state] : [];
  });

/** The same page, or the same event, told already. */
export function duplicateGuards(touched: Touched, known: Known): readonly Finding[] {
  const { entry, before } = touched;
  const isNew = entry !== undefined && before === undefined;
  return [...samePages(touched, known), ...(isNew ? sameEvents(entry, touched.reports, known) : [])];
}

const few = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;

function samePages({ id, before, reports, was }: Touched, known: Known): readonly Finding[] {
  const { picture, registry } = known;
  return reports.flatMap((report): readonly Finding[] => {
    if (report.url === undefined || was.some((r) => r.url === report.url)) return [];
    const page = pageOf(report.url);
    const cited = living(picture, traces(picture).pages.get(page) ?? []).filter((s) =>
      liveReports(s).some((r) => r.url !== undefined && pageOf(r.url) === page),
    );
    if (before) {
      // One page may quote two: the same one again is the same telling.
      const again = liveReports(before).find(
        (r) =>
          r.id !== report.id && r.originator === report.originator && r.url !== undefined && pageOf(r.url) === page,
      );
      const who = shortName(registry, report.originator);
      return again ? [{ guard: 'same-link', saw: `${again.id} is ${who} by this very link already.` }] : [];
    }
    const [first] = cited.filter((s) => s.entry.id !== id);
    if (!first) return [];
    const names = cited.map((s) => `${s.entry.id} “${s.entry.headline}”`);
    return [{ guard: 'same-link', saw: `This link stands already under ${few(names)}.`, offer: first.entry.id }];
  });
}

const headlineWords = once<ReadonlySet<string>, EntryCore>((entry) => wordsOf(entry.headline));

/** How much of the smaller set of words is in the other. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let both = 0;
  for (const word of small) if (large.has(word)) both += 1;
  return both / Math.max(1, small.size + (large.size - small.size) / 2);
}

const DAY = 86_400_000;
const shifted = (day: string, by: number): string => new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);
/** Of an event that lasts longer, only its first days are looked at. */
const MOST_DAYS = 5;
const ALIKE = 0.6;
const A_LITTLE_ALIKE = 0.25;

function sameEvents(entry: EntryCore, reports: readonly Report[], { picture }: Known): readonly Finding[] {
  const { situation } = picture;
  const { from, to } = days(entry, situation.zone);
  const length = Math.min(MOST_DAYS - 1, Math.round((Date.parse(to) - Date.parse(from)) / DAY));
  const places =
    entry.place === undefined ? undefined : new Set(neighbours(situation).get(entry.place) ?? [entry.place]);
  const byDay = traces(picture).days;
  const all = [undefined, ...(places ?? situation.places.map((p) => p.id))];
  const found: { readonly state: EntryState; readonly score: number }[] = [];
  for (let d = -1; d <= length + 1; d++)
    for (const place of all)
      for (const state of living(picture, byDay.get(dayKey(shifted(from, d), place)) ?? [])) {
        const score = sameness(entry, reports, state, d >= 0 && d <= length);
        if (score >= ALIKE) found.push({ state, score });
      }
  const [best, ...others] = found.sort((a, b) => b.score - a.score).map(({ state }) => state.entry);
  if (!best) return [];
  const also = others.length > 0 ? `; also ${few(others.map((e) => e.id))}` : '';
  return [
    {
      guard: 'same-event',
      saw: `${best.id} “${best.headline}” may be the same${also}: the days meet, and the words or the numbers are alike.`,
      offer: best.id,
    },
  ];
}

const numbersOf = (reports: readonly Report[]): ReadonlySet<string> =>
  new Set(reports.flatMap((r) => r.figures.map(numberKey)));
const numberKey = (f: Figure): string => `${f.measure} ${bound(f) ?? f.word ?? ''}`;

/** From 0 to 1, how much an entry looks like one that is there. */
function sameness(entry: EntryCore, reports: readonly Report[], state: EntryState, sameDay: boolean): number {
  const words = likeness(headlineWords(entry), headlineWords(state.entry));
  if (words < A_LITTLE_ALIKE) return 0;
  const mine = numbersOf(reports);
  const same = mine.size > 0 && [...numbersOf(liveReports(state))].some((key) => mine.has(key));
  const actors = entry.parties.filter((p) => p.role === 'actor').map((p) => p.party);
  const other = state.entry.parties.filter((p) => p.role === 'actor').map((p) => p.party);
  // R19: day, type, place and an actor fit.
  const kindred =
    entry.place !== undefined &&
    entry.category !== undefined &&
    entry.category === state.entry.category &&
    actors.some((party) => other.includes(party));
  // Counts of two days have nearly the same words: the number tells them apart.
  const isToll = entry.kind === 'toll' && state.entry.kind === 'toll';
  if (isToll && mine.size > 0 && !same) return 0;
  return words + (sameDay ? 0.05 : -0.1) + (same ? 0.3 : 0) + (kindred ? 0.2 : 0);
}
