import type { Report } from '../model/entry.ts';
import type { EntryState } from '../picture/picture.ts';
import { shortName } from '../picture/registry.ts';
import type { Window } from './change.ts';
import type { Line } from './document.ts';
import { because, noteOf, reasonOf, reportGist } from './reasons.ts';
import type { Namer } from './tell.ts';
import { chosenReports, citeAll, said, strong, text } from './tell.ts';

/** Reasons that mean that somebody had it wrong. */
const CORRECTING = new Set(['source_corrected', 'our_error', 'relay_error']);

const content = ({ says, figures, originator, stance }: Report): string =>
  JSON.stringify([says, figures, originator, stance]);

/** A report that says something else now because somebody had it wrong; none where it was changed and changed back. */
function putRight(before: EntryState, state: EntryState, since: number) {
  for (const version of state.versions) {
    const { seq, what, reason } = version;
    if (seq <= since || what.kind !== 'report.amended' || !reason || !CORRECTING.has(reason)) continue;
    const [was, is] = [before, state].map(
      (s) => s.reports.find((r) => r.report.id === what.after.id && !r.withdrawn)?.report,
    );
    if (was && is && content(was) !== content(is)) return { before: was, after: is, mark: version };
  }
  return undefined;
}

/** The line of a correction: what this reader was shown was retracted, withdrawn, put right, reworded or corrected by another entry. */
export function correction(
  { then, now }: Window,
  before: EntryState,
  state: EntryState,
): ((name: Namer) => Line) | undefined {
  const cited = (reports: Parameters<typeof citeAll>[1]): Pick<Line, 'citations' | 'entry'> => ({
    entry: state.entry.id,
    citations: citeAll(now, reports),
  });
  if (state.retracted && !before.retracted)
    return () => ({
      ...cited(chosenReports(now, state, 1)),
      pieces: [strong('Retracted.'), text(' '), said(state.entry.headline), ...because(state.retracted)],
      status: 'retracted',
    });
  const known = new Set(before.reports.filter((r) => !r.withdrawn).map((r) => r.report.id));
  const gone = state.reports.find((r) => r.withdrawn && known.has(r.report.id));
  if (gone)
    return () => ({
      ...cited([gone.report]),
      pieces: [
        strong('Correction.'),
        text(' A report by '),
        said(shortName(now.registry, gone.report.originator)),
        text(' no longer stands'),
        ...reasonOf(gone.withdrawn),
        text('. It said'),
        ...reportGist(now, gone.report),
        ...noteOf(gone.withdrawn),
      ],
    });
  const fixed = putRight(before, state, then?.seq ?? 0);
  if (fixed)
    return () => ({
      ...cited([fixed.after]),
      pieces: [
        strong('Correction.'),
        text(' A report by '),
        said(shortName(now.registry, fixed.after.originator)),
        text(' was put right'),
        ...reasonOf(fixed.mark),
        text('. It said'),
        ...reportGist(now, fixed.before),
        text(' → it says'),
        ...reportGist(now, fixed.after),
        ...noteOf(fixed.mark),
      ],
    });
  const version = state.versions.findLast((v) => v.seq > (then?.seq ?? 0) && v.what.kind === 'entry.amended');
  if (version?.reason && CORRECTING.has(version.reason) && before.entry.headline !== state.entry.headline)
    return () => ({
      ...cited(chosenReports(now, state, 1)),
      pieces: [
        strong('Correction.'),
        text(' It read “'),
        said(before.entry.headline),
        text('”. It now reads “'),
        said(state.entry.headline),
        text('”'),
        ...because(version),
      ],
    });
  const corrector = (now.picture.linksOf.get(state.entry.id) ?? []).find(
    (l) => l.link.type === 'corrects' && l.link.to === state.entry.id && l.added.seq > (then?.seq ?? 0),
  );
  const by = corrector && now.picture.entries.get(corrector.link.from);
  if (by && !by.retracted)
    return (name) => ({
      ...cited(chosenReports(now, by, 1)),
      pieces: [
        strong('Correction.'),
        text(` ${state.entry.id} “`),
        said(state.entry.headline),
        text(`” is corrected by ${by.entry.id}: `),
        said(by.entry.headline),
        text(' — '),
        said(name(chosenReports(now, by, 1)[0].originator)),
      ],
    });
  return undefined;
}
