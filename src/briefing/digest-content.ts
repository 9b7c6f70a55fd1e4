import type { EntryCore } from '../model/entry.ts';
import { SEVERITIES } from '../model/entry.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { liesIn } from '../picture/select.ts';
import type { Length } from './brief.ts';
import { composeBrief } from './brief.ts';
import { composeChanges } from './changes.ts';
import { spanWords } from './dates.ts';
import type { Line, Section } from './document.ts';
import type { Known } from './tell.ts';
import { entryLine, namer, text } from './tell.ts';

/** What a digest tells of: only what passes all that is given. */
export interface DigestFilters {
  /** The least severity. */
  readonly severity?: EntryCore['severity'] | undefined;
  /** Place id; what lies within it belongs to it. */
  readonly place?: string | undefined;
  readonly party?: string | undefined;
}

/** What a digest tells of one situation. `then` is what its channel was told up to; undefined: nothing yet. */
export interface DigestPart {
  readonly now: Known;
  readonly then: Picture | undefined;
}

/** The sections about one situation. */
export interface DigestContent {
  readonly part: DigestPart;
  /** What was told before and is wrong, and how it is now. */
  readonly corrections: readonly Line[];
  readonly changes: readonly Line[];
  /** So many further lines were left out for their length. */
  readonly more: number;
  /** Told for the first time: a brief, in its own sections. */
  readonly brief?: readonly Section[];
}

/** Lines of one situation that a digest shows. */
const MOST: Readonly<Record<Length, number>> = { short: 3, standard: 10, full: Number.POSITIVE_INFINITY };

export const isFiltered = ({ severity, place, party }: DigestFilters): boolean =>
  [severity, place, party].some((f) => f !== undefined);

/** Whether an entry passes all filters as it is in a picture. */
function passes(picture: Picture, state: EntryState | undefined, { severity, place, party }: DigestFilters): boolean {
  if (!state) return false;
  const { entry } = state;
  return (
    (severity === undefined || SEVERITIES.indexOf(entry.severity) <= SEVERITIES.indexOf(severity)) &&
    (place === undefined || liesIn(picture.situation, entry.place, place)) &&
    (party === undefined || entry.parties.some((p) => p.party === party))
  );
}

/** The same, now or as it was told: what was told and is corrected now must not fall through. */
const passesEither = ({ now, then }: DigestPart, id: string, filters: DigestFilters): boolean =>
  passes(now.picture, now.picture.entries.get(id), filters) ||
  (then !== undefined && passes(then, then.entries.get(id), filters));

/** Whether this entry, as it is now, is one that the filters let through. */
export const entryPasses = ({ picture }: Known, id: string, filters: DigestFilters): boolean =>
  passes(picture, picture.entries.get(id), filters);

function briefOf(part: DigestPart, filters: DigestFilters, length: Length): DigestContent {
  const { place } = filters;
  const { sections } = composeBrief(part.now, { length, ...(place !== undefined && { place }) });
  const kept = sections
    .filter((section) => section.id !== 'sources' || !isFiltered(filters))
    .map((section) => ({
      ...section,
      lines: section.lines.filter((line) => passesEither(part, line.entry, filters)),
    }))
    .filter(({ lines, rows = [] }) => lines.length > 0 || rows.length > 0);
  return { part, corrections: [], changes: [], more: 0, brief: kept.some((s) => s.lines.length > 0) ? kept : [] };
}

/** What a digest tells of one situation, of these filters and this length: for all channels that are told the same. */
export function digestContent(part: DigestPart, filters: DigestFilters, length: Length): DigestContent {
  const { now, then } = part;
  if (then === undefined) return briefOf(part, filters, length);
  const { sections } = composeChanges(now, then, { sinceWords: `record #${then.seq}` });
  const of = (...ids: readonly string[]): readonly Line[] =>
    sections
      .filter((s) => ids.includes(s.id))
      .flatMap((s) => s.lines)
      .filter((line) => passesEither(part, line.entry, filters));
  // Corrections come first in each of its sections, and none is ever left out.
  const corrections = of('corrections');
  const changes = of('changes', 'more');
  const shown = changes.slice(0, Math.max(MOST[length] - corrections.length, 1));
  return { part, corrections, changes: shown, more: changes.length - shown.length };
}

/** Lines that came of a window, whatever their length. */
export const linesIn = ({ corrections, changes, brief = [] }: DigestContent): readonly Line[] => [
  ...corrections,
  ...changes,
  ...brief.flatMap((s) => s.lines),
];

/** One entry by itself, as it is posted at once. Undefined where it does not stand (any more). */
export function flashContent(known: Known, entry: string): DigestContent | undefined {
  const { picture } = known;
  const state = picture.entries.get(entry);
  if (!state || state.retracted) return undefined;
  const when = text(`${spanWords(state.entry.occurred, picture.situation.zone)}: `);
  const line = entryLine(known, state, namer(known), [when]);
  return { part: { now: known, then: picture }, corrections: [], changes: [line], more: 0 };
}
