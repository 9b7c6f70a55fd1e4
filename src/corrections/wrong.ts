import type { Correction } from '../briefing/corrections.ts';
import { corrections, isCorrecting } from '../briefing/corrections.ts';
import type { Line } from '../briefing/document.ts';
import { because } from '../briefing/reasons.ts';
import type { Known } from '../briefing/tell.ts';
import { chosenReports, citeAll, namer, said, strong, text } from '../briefing/tell.ts';
import type { Edition } from '../editions/edition.ts';
import { entryAt } from '../picture/history.ts';
import type { EntryState, Mark } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import { denials } from '../picture/status.ts';

/** An edition with the time at which it was shown. */
export interface Shown {
  readonly edition: Edition;
  readonly at: string;
}

export interface Finding {
  /** The newest record that had a part in it. */
  readonly seq: number;
  readonly found: readonly [Wrong, ...Wrong[]];
  readonly before: EntryState;
}

/** A correction, or that what was shown as retracted or withdrawn stands after all. */
export interface Wrong {
  readonly word: 'Corrected' | 'Retracted' | 'Restored';
  readonly mark: Mark;
  readonly strike: boolean;
  readonly line: (known: Known) => Line;
}

/** Kinds of documents that show every report of their entries, also what became of them. */
const SHOWS_ALL: ReadonlySet<Edition['kind']> = new Set(['entry', 'history', 'changes', 'sources']);
/** Kinds of entries that are their figures. */
const COUNTS = new Set(['toll', 'humanitarian']);

/** Whether a line about the entry cited this report or printed one of its figures. */
function told(now: Known, edition: Edition, before: EntryState, report: string): boolean {
  if (SHOWS_ALL.has(edition.kind)) return true;
  const cited = [...chosenReports(now, before), ...denials(before)].map((r) => r.id);
  return cited.includes(report) || before.reports.some((r) => r.report.id === report && r.report.figures.length > 0);
}

/** Whether the whole line falls, or only one of those who told it. */
function falls({ kind, report }: Correction, state: EntryState): boolean {
  if (kind === 'uncorrected') return false;
  if (kind !== 'withdrawn') return true;
  return liveReports(state).length === 0 || COUNTS.has(state.entry.kind) || (report?.figures.length ?? 0) > 0;
}

const WORDS: Partial<Readonly<Record<Correction['kind'], Wrong['word']>>> = {
  retracted: 'Retracted',
  uncorrected: 'Restored',
};

const asWrong = (correction: Correction, state: EntryState): Wrong => ({
  word: WORDS[correction.kind] ?? 'Corrected',
  mark: correction.mark,
  strike: falls(correction, state),
  line: (known) => correction.make(namer(known)),
});

/** What was shown as taken back and stands after all: the correction was the error. */
function restored(edition: Edition, before: EntryState, state: EntryState): readonly Wrong[] {
  const newest = (kind: 'entry.restored' | 'report.restored', report?: string): Mark | undefined =>
    state.versions.findLast(
      ({ seq, what }) =>
        seq > edition.seq && what.kind === kind && (what.kind !== 'report.restored' || what.report.id === report),
    );
  const whole = before.retracted && !state.retracted ? newest('entry.restored') : undefined;
  if (whole)
    return [
      {
        word: 'Restored',
        mark: whole,
        strike: true,
        line: (known) => ({
          entry: state.entry.id,
          citations: citeAll(known, chosenReports(known, state, 1)),
          pieces: [strong('Restored.'), text(' It stands after all: '), said(state.entry.headline), ...because(whole)],
        }),
      },
    ];
  if (!SHOWS_ALL.has(edition.kind)) return [];
  return before.reports.flatMap(({ report, withdrawn }): readonly Wrong[] => {
    const still = state.reports.find((r) => r.report.id === report.id && !r.withdrawn);
    const mark = withdrawn && still && newest('report.restored', report.id);
    if (!still || !mark) return [];
    const line = (known: Known): Line => ({
      entry: state.entry.id,
      citations: citeAll(known, [still.report]),
      pieces: [strong('Restored.'), text(` The report ${report.id} stands after all`), ...because(mark)],
    });
    return [{ word: 'Restored', mark, strike: false, line }];
  });
}

/** The newest record after the edition that could have made a line wrong, or right again. */
export function newestCause(now: Known, { seq: shown }: Edition, state: EntryState): number {
  const causes = state.versions
    .filter(({ seq, what, ...m }) => seq > shown && (/retracted|restored|withdrawn/.test(what.kind) || isCorrecting(m)))
    .map((v) => v.seq);
  const links = (now.picture.linksOf.get(state.entry.id) ?? [])
    .filter((l) => l.link.type === 'corrects' && l.link.to === state.entry.id && l.added.seq > shown)
    .map((l) => l.added.seq);
  const found = corrections(now, shown, state, state) ?? [];
  return Math.max(0, ...causes, ...links, ...found.map((c) => c.mark.seq));
}

/** What this edition showed of an entry that is known to be wrong now; undefined where it stands. */
export function wrongIn(now: Known, { edition, at }: Shown, entry: string): Finding | undefined {
  const state = now.picture.entries.get(entry);
  const before = state && entryAt(state, edition.seq);
  if (!before) return undefined;
  const found = [
    ...(corrections(now, edition.seq, before, state) ?? [])
      .filter((c) =>
        c.kind !== 'withdrawn' && c.kind !== 'put_right' ? true : told(now, edition, before, c.report?.id ?? ''),
      )
      .map((c) => asWrong(c, state)),
    ...restored(edition, before, state),
  ].filter(
    // A look back showed what was known at its moment, and said what had been corrected by the time it was asked.
    ({ mark }) => edition.request.args['as-of'] === undefined || mark.at > at,
  );
  const [first, ...rest] = found;
  return first && { seq: newestCause(now, edition, state), found: [first, ...rest], before };
}
