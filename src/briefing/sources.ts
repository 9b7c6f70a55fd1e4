import type { Report } from '../model/entry.ts';
import { sourceOf } from '../picture/registry.ts';
import { shortDay } from './dates.ts';
import type { Document, Line, Section } from './document.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import type { Known } from './tell.ts';
import { citeAll, said, stake, strong, text } from './tell.ts';

const RELIABILITY = {
  A: 'completely reliable',
  B: 'usually reliable',
  C: 'fairly reliable',
  D: 'not usually reliable',
  E: 'unreliable',
  F: 'reliability cannot be judged',
} as const;

/** Who is quoted, how often, of what kind and stake, newest and oldest; the most quoted first. */
export function composeSources(known: Known, asked: Asked): Document {
  const { picture, registry } = known;
  const quoted = new Map<string, Report[]>();
  for (const state of picture.entries.values()) {
    if (state.retracted) continue;
    for (const { report, withdrawn } of state.reports)
      if (!withdrawn) quoted.set(report.originator, [...(quoted.get(report.originator) ?? []), report]);
  }
  const lines = [...quoted]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([id, reports]): Line => {
      const source = sourceOf(registry, id);
      const sorted = [...reports].sort((a, b) => (a.published < b.published ? -1 : 1));
      const [oldest, newest] = [sorted[0] as Report, sorted.at(-1) as Report];
      const day = (r: Report): string => shortDay(r.published, picture.situation);
      const span = day(oldest) === day(newest) ? day(newest) : `${day(oldest)} to ${day(newest)}`;
      return {
        entry: newest.id.slice(0, newest.id.indexOf('.')),
        pieces: [
          strong(source.name),
          said(source.short !== undefined && source.short !== source.name ? ` (${source.short})` : ''),
          text(
            `: ${stake(known, source)}; Admiralty grade ${source.reliability} (${RELIABILITY[source.reliability]}); `,
          ),
          text(`${reports.length} ${reports.length === 1 ? 'report' : 'reports'}, ${span}; newest:`),
        ],
        citations: citeAll(known, [newest]),
      };
    });
  const parties = lines.length;
  const section: Section = { id: 'sources', heading: `${parties} originators`, lines };
  return frame(known, asked, {
    kind: 'sources',
    about: 'sources',
    sections: lines.length > 0 ? [section] : [],
    empty: 'No source is recorded for this situation yet.',
    notes: [
      'An originator is who says so; who only carried it is named after “via”. All media of one party count as one voice.',
    ],
    follows: [{ label: 'Brief', command: 'brief', args: {} }],
  });
}
