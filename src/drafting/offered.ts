import type { FormChoice } from '../asking/form.ts';
import type { Proposal, ReportFields } from '../curation/proposal.ts';
import { newSources } from '../curation/proposal.ts';
import { withSources } from '../curation/records.ts';
import { UserError } from '../errors.ts';
import type { Figure } from '../model/figure.ts';
import { entryOf } from '../model/record.ts';
import { shortName } from '../picture/registry.ts';
import type { Candidate } from './figures.ts';
import { candidateWords, figuresIn, joined } from './figures.ts';
import type { Opened } from './opened.ts';
import { publishedOf } from './reports.ts';

/** A list in a form has so many lines at most. */
const MOST = 25;

/** A figure that may be recorded: one that is, of the report at `report`, or one that was read. */
interface Offered extends Candidate {
  /** Place of its report in the proposal; undefined where it is only read. */
  readonly report?: number;
}

/** The reports of a proposal as they will be, each with who says so and its figures. */
function told(
  proposal: Proposal,
  { known }: Pick<Opened, 'known'>,
): readonly Pick<ReportFields, 'originator' | 'figures'>[] {
  if (proposal.kind === 'entry.add') return proposal.reports;
  if (proposal.kind === 'report.add') return [proposal.report];
  if (proposal.kind !== 'report.amend') return [];
  const now = known.picture.entries.get(entryOf(proposal.id))?.reports.find((r) => r.report.id === proposal.id)?.report;
  const originator = proposal.set.originator ?? now?.originator;
  return originator === undefined ? [] : [{ originator, figures: proposal.set.figures ?? now?.figures ?? [] }];
}

const numberOf = ({ measure, qualifier, low, high, word, group, mode }: Figure): string =>
  JSON.stringify([measure, qualifier, low, high, word, group, mode]);

/** What the form of figures offers: those that are recorded, then those that were read and are not. */
function offered(opened: Opened): readonly Offered[] {
  const { content, proposal, known, guild } = opened;
  const reports = told(proposal, opened);
  const recorded = reports.flatMap(({ figures, originator }, report) =>
    figures.map(
      (figure): Offered => ({ figure, report, originator: { id: originator, name: originator }, doubts: [] }),
    ),
  );
  const taken = new Set(recorded.map(({ figure }) => numberOf(figure)));
  const main = reports[0]?.originator;
  const read = content.pasted === undefined ? [] : figuresIn(content.pasted, known, guild, publishedOf(proposal));
  const fresh = read.filter(
    ({ figure, originator }) =>
      !taken.has(numberOf(figure)) &&
      // A report has one originator; only a new entry can hold another's as a report of its own.
      (proposal.kind === 'entry.add' || originator?.id === undefined || originator.id === main),
  );
  return [...recorded, ...fresh].slice(0, MOST);
}

/** The choices of that form. What was read without a doubt is chosen; nothing is taken before the form is sent. */
export function figureChoices(opened: Opened): readonly FormChoice[] {
  const { known, proposal } = opened;
  const main = told(proposal, opened)[0]?.originator;
  const registry = withSources(known.registry, newSources(proposal));
  return offered(opened).map((one, index) => {
    const { figure, report, originator, doubts } = one;
    const other = originator !== undefined && originator.id !== main;
    const who = other ? ` — ${originator.id === undefined ? originator.name : shortName(registry, originator.id)}` : '';
    const words = candidateWords({ figure, doubts }, { ...known, registry });
    const description = [...(other && originator.id === undefined ? ['said by somebody else'] : []), ...doubts].join(
      '; ',
    );
    return {
      label: `${words}${who}`,
      value: String(index),
      ...(description !== '' && { description }),
      ...((report !== undefined || (doubts.length === 0 && (!other || originator.id !== undefined))) && {
        chosen: true,
      }),
    };
  });
}

/**
 * The proposal with the figures that were chosen and those that were written besides. What another known source says
 * becomes a report of its own in a new entry.
 */
export function withFigures(opened: Opened, chosen: readonly string[], typed: readonly Figure[]): Proposal {
  const { proposal } = opened;
  const all = offered(opened);
  const kept = chosen.flatMap((value) => all[Number(value)] ?? []);
  const reports = told(proposal, opened);
  const main = reports[0];
  if (!main) throw new UserError('This draft holds no report, and so no figures.');
  const mine = (originator: string, index: number): Figure[] => [
    ...joined([
      kept.filter((k) => k.report === index).map((k) => k.figure),
      kept
        .filter(
          (k) =>
            k.report === undefined &&
            (index === 0
              ? k.originator?.id === undefined || k.originator.id === originator
              : k.originator?.id === originator),
        )
        .map((k) => k.figure),
      ...(index === 0 ? [typed] : []),
    ]),
  ];
  if (proposal.kind === 'report.add')
    return { ...proposal, report: { ...proposal.report, figures: mine(main.originator, 0) } };
  if (proposal.kind === 'report.amend')
    return { ...proposal, set: { ...proposal.set, figures: mine(main.originator, 0) } };
  if (proposal.kind !== 'entry.add') return proposal;
  const [first] = proposal.reports;
  if (!first) return proposal;
  const known = proposal.reports.map(
    (report, index): ReportFields => ({ ...report, figures: mine(report.originator, index) }),
  );
  const others = new Set(kept.flatMap((k) => (k.originator?.id === undefined ? [] : [k.originator.id])));
  for (const { originator } of proposal.reports) others.delete(originator);
  const { says: _says, quote: _quote, hedge: _hedge, ...shared } = first;
  const fresh = [...others].map(
    (originator): ReportFields => ({ ...shared, originator, figures: mine(originator, -1) }),
  );
  // A report that was made for its figures goes with them.
  const standing = known.filter((r, i) => i === 0 || r.figures.length > 0 || r.says !== undefined);
  return { ...proposal, reports: [...standing, ...fresh].slice(0, 10) };
}
