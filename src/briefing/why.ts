import { measureOf } from '../model/measures.ts';
import { entryAt } from '../picture/history.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import type { Filter } from '../picture/select.ts';
import { matches, placeOf } from '../picture/select.ts';
import { incidentsOf, silence, tollsOf } from '../picture/series.ts';
import { correctors } from '../picture/status.ts';
import { momentWords } from './dates.ts';
import type { Document, Piece } from './document.ts';
import { frame } from './frame.ts';
import { because } from './reasons.ts';
import type { Known } from './tell.ts';
import { entryLine, namer, strong, text } from './tell.ts';

/** A briefing as far as it says why an entry is in it or not. */
export interface Shown {
  /** "B41". */
  readonly name: string;
  readonly kind: Document['kind'];
  readonly seq: number;
  readonly since?: number;
  readonly args: Readonly<Record<string, string>>;
  readonly shows: Readonly<Record<string, number>>;
}

export type Verdict =
  | 'shown'
  | 'superseded'
  | 'retracted'
  | 'filtered'
  | 'not yet recorded'
  | 'unchanged'
  | 'below the fold';

interface Reason {
  readonly verdict: Verdict;
  readonly pieces: readonly Piece[];
}

const reason = (verdict: Verdict, ...pieces: readonly (string | Piece)[]): Reason => ({
  verdict,
  pieces: pieces.map((p) => (typeof p === 'string' ? text(p) : p)),
});

const FILTERS = ['place', 'from', 'to', 'party', 'kind'] as const satisfies readonly (keyof Filter)[];

/** Filters of the question that the entry does not pass, in words. */
function filtered({ picture, registry }: Known, state: EntryState, { args, kind }: Shown): readonly string[] {
  const { situation } = picture;
  const words = (name: (typeof FILTERS)[number], value: string): string =>
    name === 'place'
      ? (placeOf(situation, value)?.name ?? value)
      : name === 'party'
        ? (registry.parties.get(value)?.name ?? value)
        : value;
  const out = FILTERS.flatMap((name) => {
    const value = args[name];
    return value === undefined || matches(situation, state, { [name]: value })
      ? []
      : [`${name} (${words(name, value)})`];
  });
  const { measure = 'killed', entry } = args;
  if (kind === 'casualties' && !state.reports.some((r) => r.report.figures.some((f) => f.measure === measure)))
    out.push(`measure (${measureOf(measure).label.toLowerCase()}): it holds no such figure`);
  if (kind === 'entry' && entry !== undefined) out.push(`entry (${entry})`);
  if (kind === 'map' && state.entry.place === undefined) out.push('map: it has no place');
  return out;
}

/** What stood in the entry's place: an entry that corrects it, or a newer figure of the same series. */
function replacedBy(picture: Picture, { entry: { id } }: EntryState): readonly string[] {
  const newer = [...tollsOf(picture), ...[...incidentsOf(picture).values()].flat()].flatMap(({ live, values }) =>
    live.entry !== id && values.some((v) => v.entry === id) ? [live.entry] : [],
  );
  return [...new Set([...correctors(picture, id).map((s) => s.entry.id), ...newer])];
}

/** Why an entry was or was not in a briefing; the first reason that holds. `then` is what the briefing was made from. */
export function whyIn(shown: Shown, then: Known, now: Known, state: EntryState): Reason {
  const { name, seq, shows, since } = shown;
  const { zone } = now.picture.situation;
  const at = (moment: string): string => momentWords(moment, zone);
  const version = shows[state.entry.id];
  if (version !== undefined) {
    if (state.retracted && state.retracted.seq > seq)
      return reason(
        'retracted',
        `It was shown, and was retracted on ${at(state.retracted.at)}`,
        ...because(state.retracted),
      );
    if (state.changed.seq > seq)
      return reason(
        'superseded',
        `It was shown as record #${version} left it. It changed since, last on ${at(state.changed.at)}; /entry history tells how.`,
      );
    return reason('shown', 'It stands in it, or its figures do in one of its numbers, and has not changed since.');
  }
  const before = entryAt(state, seq);
  if (!before)
    return reason(
      'not yet recorded',
      `It was recorded on ${at(state.added.at)}; the last record in ${name} is of ${at(then.picture.at)}.`,
    );
  if (before.retracted || liveReports(before).length === 0)
    return reason('retracted', `It had been taken back before ${name}`, ...because(before.retracted));
  const filters = filtered(then, before, shown);
  if (filters.length > 0) return reason('filtered', `${name} was asked for with: ${filters.join('; ')}.`);
  if ((shown.kind === 'changes' || shown.kind === 'catchup') && since !== undefined)
    return before.changed.seq <= since
      ? reason('unchanged', `Nothing of it was recorded between record #${since} and record #${seq}.`)
      : reason('unchanged', 'What was recorded of it in the window changed nothing that a reader would see.');
  const [by] = replacedBy(then.picture, before);
  if (by !== undefined) return reason('superseded', `${by} stood in its place: newer, or a correction of it.`);
  const silent = before.reports.map(silence);
  if (silent.every((s) => s !== undefined)) return reason('filtered', `It speaks in no summary: ${silent[0]}.`);
  return reason(
    'below the fold',
    shown.kind === 'brief'
      ? `A ${shown.args['length'] ?? 'standard'} brief had no room left for it; the full one has.`
      : 'Graver or newer entries took the room; /timeline lists every entry.',
  );
}

const HEADS: Readonly<Record<Verdict, string>> = {
  shown: 'Shown.',
  superseded: 'Superseded.',
  retracted: 'Retracted.',
  filtered: 'Filtered out.',
  'not yet recorded': 'Not yet recorded.',
  unchanged: 'Unchanged.',
  'below the fold': 'Below the fold.',
};

/** Why an entry was or was not in a briefing, with the entry as it stands now. */
export function composeWhy(shown: Shown, then: Known, now: Known, state: EntryState): Document {
  const { verdict, pieces } = whyIn(shown, then, now, state);
  const { id } = state.entry;
  return frame(
    now,
    {},
    {
      kind: 'why',
      about: `${id} in briefing ${shown.name}`,
      sections: [
        { id: 'why', lines: [], rows: [[strong(HEADS[verdict]), text(' '), ...pieces]] },
        { id: 'entry', heading: 'As it stands now', lines: [entryLine(now, state, namer(now))] },
      ],
      empty: '',
      follows: [
        { label: 'Entry', command: 'entry show', args: { entry: id } },
        { label: 'History', command: 'entry history', args: { entry: id } },
      ],
    },
  );
}
