import type { Report } from '../model/entry.ts';
import { entryAt } from '../picture/history.ts';
import type { EntryState, Mark, Picture } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
import { correctors } from '../picture/status.ts';
import { removedFrom } from '../picture/touches.ts';
import { spanWords } from './dates.ts';
import type { Line } from './document.ts';
import { because, noteOf, reasonOf, reportGist } from './reasons.ts';
import type { Known, Namer } from './tell.ts';
import { chosenReports, citeAll, said, strong, text } from './tell.ts';

/** Reasons that mean that somebody had it wrong, or that it must not be told. */
const CORRECTING: ReadonlySet<string | undefined> = new Set([
  'source_corrected',
  'our_error',
  'relay_error',
  'privacy',
]);
/** What must not be told is not told once more. */
const UNTOLD = 'no longer shown';

/** One thing that a reader was shown and that is known to be wrong since. */
export interface Correction {
  readonly kind: 'retracted' | 'withdrawn' | 'put_right' | 'reworded' | 'redated' | 'corrected_by' | 'uncorrected';
  /** The record that says so. */
  readonly mark: Mark;
  /** The report that was withdrawn or put right. */
  readonly report?: Report;
  readonly make: (name: Namer) => Line;
}

/** Whether this is a reason for which readers are told that they were shown something wrong. */
export const isCorrecting = ({ reason }: Pick<Mark, 'reason'>): boolean => CORRECTING.has(reason);

const content = ({ says, figures, originator, stance }: Report): string =>
  JSON.stringify([says, figures, originator, stance]);

const cited = (
  now: Known,
  state: EntryState,
  reports: Parameters<typeof citeAll>[1],
): Pick<Line, 'citations' | 'entry'> => ({
  entry: state.entry.id,
  citations: citeAll(now, reports),
});

function retraction(now: Known, before: EntryState, state: EntryState): Correction | undefined {
  const mark = state.retracted;
  if (!mark || before.retracted) return undefined;
  return {
    kind: 'retracted',
    mark,
    make: () => ({
      ...cited(now, state, chosenReports(now, state, 1)),
      pieces: [
        strong('Retracted.'),
        text(' '),
        mark.reason === 'privacy' ? text(`What was told here is ${UNTOLD}`) : said(state.entry.headline),
        ...because(mark),
      ],
      status: 'retracted',
    }),
  };
}

function withdrawals(now: Known, before: EntryState, state: EntryState): readonly Correction[] {
  const known = new Set(before.reports.filter((r) => !r.withdrawn).map((r) => r.report.id));
  return state.reports.flatMap(({ report, withdrawn: mark }): readonly Correction[] => {
    if (!mark || !known.has(report.id)) return [];
    const make = (): Line => ({
      ...cited(now, state, [report]),
      pieces: [
        strong('Correction.'),
        text(' A report by '),
        said(shortName(now.registry, report.originator)),
        text(' no longer stands'),
        ...reasonOf(mark),
        ...(mark.reason === 'privacy'
          ? [text(`. What it said is ${UNTOLD}`)]
          : [text('. It said'), ...reportGist(now, report)]),
        ...noteOf(mark),
      ],
    });
    return [{ kind: 'withdrawn', mark, report, make }];
  });
}

/** Reports that say something else now because somebody had it wrong; none that was changed and changed back. */
function putRight(now: Known, since: number, before: EntryState, state: EntryState): readonly Correction[] {
  return state.reports.flatMap(({ report: after, withdrawn }): readonly Correction[] => {
    const was = before.reports.find((r) => r.report.id === after.id && !r.withdrawn)?.report;
    if (!was || withdrawn || content(was) === content(after)) return [];
    const mark = state.versions.findLast(
      (v) => v.seq > since && v.what.kind === 'report.amended' && v.what.after.id === after.id && isCorrecting(v),
    );
    if (!mark) return [];
    const make = (): Line => ({
      ...cited(now, state, [after]),
      pieces: [
        strong('Correction.'),
        text(' A report by '),
        said(shortName(now.registry, after.originator)),
        text(' was put right'),
        ...reasonOf(mark),
        text('. It said'),
        ...reportGist(now, was),
        text(' → it says'),
        ...reportGist(now, after),
        ...noteOf(mark),
      ],
    });
    return [{ kind: 'put_right', mark, report: was, make }];
  });
}

/** What our own desk had wrong about it: its words, its date. */
function ownWords(now: Known, since: number, before: EntryState, state: EntryState): readonly Correction[] {
  const { zone } = now.picture.situation;
  const dates = [before, state].map((s) => spanWords(s.entry.occurred, zone));
  const found: Correction[] = [];
  const mark = (moved: (was: EntryState['entry'], is: EntryState['entry']) => boolean): Mark | undefined =>
    state.versions.findLast(
      ({ seq, what, ...m }) =>
        seq > since && what.kind === 'entry.amended' && isCorrecting(m) && moved(what.before, what.after),
    );
  const reworded = mark((a, b) => a.headline !== b.headline);
  if (reworded && before.entry.headline !== state.entry.headline)
    found.push({
      kind: 'reworded',
      mark: reworded,
      make: () => ({
        ...cited(now, state, chosenReports(now, state, 1)),
        pieces: [
          strong('Correction.'),
          text(' It read “'),
          said(before.entry.headline),
          text('”. It now reads “'),
          said(state.entry.headline),
          text('”'),
          ...because(reworded),
        ],
      }),
    });
  const redated = mark((a, b) => spanWords(a.occurred, zone) !== spanWords(b.occurred, zone));
  if (redated && dates[0] !== dates[1])
    found.push({
      kind: 'redated',
      mark: redated,
      make: () => ({
        ...cited(now, state, chosenReports(now, state, 1)),
        pieces: [
          strong('Correction.'),
          text(' The date of “'),
          said(state.entry.headline),
          text('” was put right'),
          text(` (${dates[0]})`),
          text(' →'),
          text(` (${dates[1]})`),
          ...because(redated),
        ],
      }),
    });
  return found;
}

function correctedBy(now: Known, since: number, state: EntryState): Correction | undefined {
  const corrector = (now.picture.linksOf.get(state.entry.id) ?? []).find(
    (l) =>
      l.link.type === 'corrects' &&
      l.link.to === state.entry.id &&
      l.added.seq > since &&
      now.picture.entries.get(l.link.from)?.retracted === undefined,
  );
  const by = corrector && now.picture.entries.get(corrector.link.from);
  if (!by) return undefined;
  return {
    kind: 'corrected_by',
    mark: corrector.added,
    make: (name) => ({
      ...cited(now, state, chosenReports(now, by, 1)),
      pieces: [
        strong('Correction.'),
        text(` ${state.entry.id} “`),
        said(state.entry.headline),
        text(`” is corrected by ${by.entry.id}: `),
        said(by.entry.headline),
        text(' — '),
        said(name(chosenReports(now, by, 1)[0].originator)),
      ],
    }),
  };
}

/** Why an entry that stood at `since` stands no more; undefined where it did not, or still does. */
function fall({ entries }: Picture, id: string, since: number): Mark | undefined {
  const state = entries.get(id);
  const before = state && entryAt(state, since);
  if (!before || before.retracted || liveReports(before).length === 0) return undefined;
  if (state.retracted) return state.retracted;
  return liveReports(state).length > 0 ? undefined : state.versions.findLast((v) => v.what.kind === 'report.withdrawn');
}

/** What corrected it at `since` does so no more, and nothing else does: that correction was the error. */
function uncorrected(now: Known, since: number, state: EntryState): Correction | undefined {
  const { picture } = now;
  const { id } = state.entry;
  const [by] = [
    ...(picture.linksOf.get(id) ?? []).flatMap(({ link: { type, from, to }, added }) => {
      const mark = type === 'corrects' && to === id && added.seq <= since ? fall(picture, from, since) : undefined;
      return mark ? [{ from, mark }] : [];
    }),
    ...removedFrom(picture.touches, { to: id, type: 'corrects' }, since).flatMap(({ link: { from }, mark, was }) => {
      const corrector = picture.entries.get(from);
      const then = corrector && entryAt(corrector, since);
      const stood = then !== undefined && !then.retracted && liveReports(then).length > 0;
      return was !== undefined && was.state.added.seq <= since && stood ? [{ from, mark }] : [];
    }),
  ];
  if (!by || correctors(picture, id).length > 0) return undefined;
  return {
    kind: 'uncorrected',
    mark: by.mark,
    make: () => ({
      ...cited(now, state, chosenReports(now, state, 1)),
      pieces: [
        strong('Correction.'),
        text(` ${id} “`),
        said(state.entry.headline),
        text(`” is not corrected by ${by.from} any more: that was taken back`),
        ...because(by.mark),
      ],
    }),
  };
}

/**
 * What was known of an entry at `since` and is known to be wrong now, the gravest first: it was retracted; a report was
 * withdrawn or put right; its words or its date were; another entry corrects it; or it was said to be corrected, and is
 * not. What was taken back since is not in it.
 */
export function corrections(
  now: Known,
  since: number,
  before: EntryState,
  state: EntryState,
): readonly [Correction, ...Correction[]] | undefined {
  const retracted = retraction(now, before, state);
  if (retracted) return [retracted];
  const by = correctedBy(now, since, state) ?? uncorrected(now, since, state);
  const [first, ...rest] = [
    ...withdrawals(now, before, state),
    ...putRight(now, since, before, state),
    ...ownWords(now, since, before, state),
    ...(by ? [by] : []),
  ];
  return first && [first, ...rest];
}

/** The line of all that is to be corrected of an entry: what is not the gravest stands under it. */
export const correctionLine =
  ([first, ...rest]: readonly [Correction, ...Correction[]]) =>
  (name: Namer): Line => {
    const line = first.make(name);
    return rest.length === 0 ? line : { ...line, under: rest.map((c) => c.make(name)) };
  };
