import { clockFor, placeIn } from '../asking/asking.ts';
import type { Filled } from '../asking/form.ts';
import { foldText, suggest } from '../asking/search.ts';
import { readWhen } from '../asking/when.ts';
import type { Known } from '../briefing/tell.ts';
import { slugOf, tidy } from '../curation/text.ts';
import { UserError } from '../errors.ts';
import type { EntryCore } from '../model/entry.ts';
import type { Situation } from '../model/situation.ts';
import type { Source } from '../model/source.ts';
import { localDay } from '../model/time.ts';
import { wallOf } from '../model/zone.ts';
import { nearest } from '../nearest.ts';

/** What was written in a field of a form, as one tidy line; undefined where nothing was. */
export function lineIn(filled: Filled, name: string): string | undefined {
  const text = tidy((filled[name] ?? []).join(' '));
  return text === '' ? undefined : text;
}

/** The same where something must be there. `what` begins a sentence: "The headline". */
export function neededIn(filled: Filled, name: string, what: string, most: number): string {
  const text = lineIn(filled, name);
  if (text === undefined) throw new UserError(`${what} is empty.`, 'Write it, and send the form again.');
  return shortEnough(text, what, most);
}

export function shortEnough(text: string, what: string, most: number): string {
  if (text.length <= most) return text;
  throw new UserError(
    `${what} has ${text.length} characters; it may have ${most} at most.`,
    'Shorten it, and send the form again.',
  );
}

const isDay = ({ start, end }: { readonly start: Date; readonly end: Date }): boolean =>
  end.getTime() > start.getTime();
const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** A day or an instant, as it was written. */
export function momentIn(written: string, situation: Situation, now: Date): string {
  const when = readWhen(written, clockFor(situation, now));
  return isDay(when) ? localDay(instant(when.start), situation.zone) : instant(when.start);
}

/** When something happened: a day, a time, or the first and the last day with "to" between them. */
export function spanIn(written: string, situation: Situation, now: Date): EntryCore['occurred'] {
  const [first = '', last, more] = written.split(/\s+(?:to|until|–|—)\s+|\s*\.\.\s*/i);
  const clock = clockFor(situation, now);
  const start = readWhen(first, clock);
  if (last === undefined)
    return isDay(start)
      ? { from: localDay(instant(start.start), situation.zone), precision: 'day' }
      : { from: instant(start.start), precision: 'exact_time' };
  const end = readWhen(last, clock);
  if (more !== undefined || end.end < start.start)
    throw new UserError(
      `“${written.slice(0, 60)}” ends before it starts.`,
      'Write the earlier day first: 27 nov to 29 nov.',
    );
  const [from, to] = [localDay(instant(start.start), situation.zone), localDay(instant(end.start), situation.zone)];
  return from === to ? { from, precision: 'day' } : { from, to, precision: 'days' };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A moment as a person may write it, in the zone: what a form shows to be corrected. */
export function momentText(moment: string, zone: string): string {
  if (moment.length === 10) return moment;
  const wall = new Date(wallOf(zone, Date.parse(moment)));
  return `${wall.toISOString().slice(0, 10)} ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
}

export const spanText = ({ from, to }: EntryCore['occurred'], zone: string): string =>
  to === undefined ? momentText(from, zone) : `${localDay(from, zone)} to ${localDay(to, zone)}`;

/** Sources that a desk may use: those of everybody, and its own. */
export const sourcesFor = ({ registry }: Pick<Known, 'registry'>, desk: string): readonly Source[] =>
  [...registry.sources.values()].filter((s) => s.desk === undefined || s.desk === desk);

export const sourceNames = ({ id, name, short }: Source): readonly string[] => [short ?? name, name, id];

/** A source by id or name; with `source` a new one, which is registered with what it says. */
export function sourceIn(
  written: string,
  known: Pick<Known, 'registry'>,
  desk: string,
): { readonly id: string; readonly source?: Source } {
  const sources = sourcesFor(known, desk);
  const [, isNew, rest = ''] = /^(new\s*:\s*)?(.*)$/i.exec(tidy(written)) ?? [];
  const name = shortEnough(rest.trim(), 'The name of the source', 120);
  const wanted = foldText(name);
  const found = sources.find((s) => sourceNames(s).some((n) => foldText(n) === wanted));
  if (found) return { id: found.id };
  if (isNew === undefined) {
    const near = [
      ...suggest(sources, name, sourceNames, 3).map((s) => s.name),
      ...[nearest(name, sources.flatMap(sourceNames))].filter((n) => n !== undefined),
    ];
    throw new UserError(
      `No source “${name.slice(0, 60)}” is registered.`,
      `${near.length > 0 ? `Did you mean ${[...new Set(near)].slice(0, 3).join(', ')}? ` : ''}To add it write “new: ${name.slice(0, 60)}”.`,
    );
  }
  if (name === '') throw new UserError('The new source has no name.', 'Write “new: ” and its name.');
  const id = freeId(name, known);
  return {
    id,
    source: { id, name, kind: 'unnamed', party: null, reliability: 'F', verifies: false, languages: [], desk },
  };
}

/** An id for a name, that no other source has. */
export function freeId(name: string, { registry }: Pick<Known, 'registry'>): string {
  const base = slugOf(name) || 'source';
  let id = base;
  for (let n = 2; registry.sources.has(id); n += 1) id = `${base}-${n}`;
  return id;
}

export const placeOrNone = (written: string | undefined, known: Known): string | undefined =>
  written === undefined ? undefined : placeIn(known, written);

/** The language that a text seems to be in, by its letters. */
export const languageOf = (text: string): string =>
  /\p{Script=Arabic}/u.test(text)
    ? 'ar'
    : /\p{Script=Hebrew}/u.test(text)
      ? 'he'
      : /\p{Script=Cyrillic}/u.test(text)
        ? 'ru'
        : 'en';
