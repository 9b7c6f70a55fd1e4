import type { Report } from '../model/entry.ts';
import type { EntryState, Mark } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
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
  readonly kind: 'retracted' | 'withdrawn' | 'put_right' | 'reworded' | 'redated' | 'corrected_by';
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

/**
 * What was known of an entry at `since` and is known to be wrong now, the gravest first: it was retracted; a report was
 * withdrawn or put right; its words or its date were; another entry corrects it. What was taken back since is not in it.
 */
export function corrections(
  now: Known,
  since: number,
  before: EntryState,
  state: EntryState,
): readonly [Correction, ...Correction[]] | undefined {
  const retracted = retraction(now, before, state);
  if (retracted) return [retracted];
  const by = correctedBy(now, since, state);
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
