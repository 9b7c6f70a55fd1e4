import type { ReportFields } from '../curation/proposal.ts';
import { ENTRY_KINDS, SEVERITIES, STANCES } from '../model/entry.ts';
import { localDay } from '../model/time.ts';
import { aboutIn } from './about.ts';
import { languageOf, momentIn } from './fields.ts';
import { readText } from './figures.ts';
import type { Setting } from './filled.ts';
import { detailIn, eventIn, filledOnly, moreIn, oneIn, publishedIn, saysIn, tellerIn } from './filled.ts';

import type { Args } from './read-setting.ts';
import { drafting, instant, only, pick, sourcesWith, withNew } from './read-setting.ts';

/** When a report was published, if nobody says: with the message that was taken over, else today. */
const publishedBy = ({ published }: Args, { known, now }: Setting): string => {
  const { situation } = known.picture;
  return published === undefined ? localDay(instant(now), situation.zone) : momentIn(published, situation, now);
};

/** How the text says that this source says so, and who carried it. */
function sayingOf(
  text: string | undefined,
  originator: string,
  { known, desk }: Setting,
  published: string,
): Pick<ReportFields, 'stance' | 'publisher'> {
  if (text === undefined) return { stance: 'reports' };
  const said = readText(text, known, desk, published).attributions.find((a) => a.originator.source === originator);
  const publisher = said?.publisher?.source;
  return {
    stance: said?.stance ?? 'reports',
    ...(publisher !== undefined && publisher !== originator && { publisher }),
  };
}

export const event = drafting(
  (filled, args, bare) => {
    const setting = withNew(bare, bare.opened?.proposal);
    const { originator, source, url, headline, occurred, place } = eventIn(filled, setting);
    if (bare.opened) {
      const proposal = only(bare.opened, 'entry.add');
      const [first, ...rest] = proposal.reports;
      const entry = filledOnly({ ...proposal.entry, headline, occurred, place });
      const reports = [
        filledOnly({ ...(first as ReportFields), originator, url }),
        ...rest.map((r) => filledOnly({ ...r, url })),
      ];
      const used = reports.flatMap((r) => [r.originator, r.publisher]);
      return { ...proposal, entry, reports, sources: sourcesWith(source, proposal.sources, used) };
    }
    const { text } = args;
    const published = publishedBy(args, setting);
    const where =
      place ??
      (args['menu'] === undefined || text === undefined
        ? undefined
        : readText(text, setting.known, setting.desk, published).place?.id);
    return {
      kind: 'entry.add',
      situation: setting.known.picture.situation.slug,
      entry: filledOnly({
        kind: pick(args['kind'], ENTRY_KINDS, 'event'),
        headline,
        occurred,
        place: where,
        parties: [],
        severity: pick(args['severity'], SEVERITIES, 'routine'),
        tags: [],
      }),
      reports: [
        filledOnly({
          originator,
          url,
          published,
          language: languageOf(text ?? headline),
          ...sayingOf(text, originator, setting, published),
          credibility: Number(pick(args['credibility'], ['1', '2', '3', '4', '5', '6'], '6')),
          figures: [],
        }),
      ],
      sources: source ? [source] : [],
    };
  },
  ({ text }) => text,
);

export const telling = drafting(
  (filled, args, bare) => {
    const setting = withNew(bare, bare.opened?.proposal);
    const { originator, source, url } = tellerIn(filled, setting);
    const fields = {
      originator,
      url,
      published: publishedIn(filled, setting),
      says: saysIn(filled),
      stance: oneIn(filled, 'stance', STANCES),
    };
    if (bare.opened) {
      const proposal = only(bare.opened, 'report.add');
      const report = filledOnly({ ...proposal.report, ...fields });
      return {
        ...proposal,
        report,
        sources: sourcesWith(source, proposal.sources, [originator, report.publisher]),
      };
    }
    return {
      kind: 'report.add',
      situation: setting.known.picture.situation.slug,
      id: args['entry'] ?? '',
      basis: Number(args['basis'] ?? 0),
      report: filledOnly({
        ...fields,
        language: languageOf(args['text'] ?? fields.says ?? ''),
        credibility: 6,
        figures: [],
      }),
      sources: source ? [source] : [],
    };
  },
  ({ text }) => text,
);

export const details = drafting((filled, _args, setting) => {
  const proposal = only(setting.opened, 'entry.add');
  const [first, ...rest] = proposal.reports;
  const published = publishedIn(filled, setting);
  const report = {
    ...(first as ReportFields),
    published,
    stance: oneIn(filled, 'stance', STANCES),
    says: saysIn(filled),
  };
  const entry = {
    ...proposal.entry,
    severity: oneIn(filled, 'severity', SEVERITIES),
    kind: oneIn(filled, 'kind', ENTRY_KINDS),
  };
  return { ...proposal, entry, reports: [filledOnly(report), ...rest.map((r) => ({ ...r, published }))] };
});

/** What a new entry is about: who takes part, how it is filed. */
export const about = drafting((filled, _args, setting) => {
  const proposal = only(setting.opened, 'entry.add');
  const { known } = setting;
  const entry = {
    ...proposal.entry,
    parties: aboutIn.parties(filled, known),
    category: aboutIn.category(filled),
    tags: aboutIn.tags(filled),
    sensitive: aboutIn.sensitive(filled),
    detail: detailIn(filled),
  };
  return { ...proposal, entry: filledOnly(entry) };
});

export const more = drafting((filled, _args, bare) => {
  const proposal = only(bare.opened, 'entry.add', 'report.add');
  if (proposal.kind === 'entry.add') {
    const [first, ...rest] = proposal.reports;
    const { source, ...fields } = moreIn(filled, withNew(bare, proposal));
    const report = filledOnly({ ...(first as ReportFields), ...fields });
    const used = [report, ...rest].flatMap((r) => [r.originator, r.publisher]);
    return { ...proposal, reports: [report, ...rest], sources: sourcesWith(source, proposal.sources, used) };
  }
  const { source, ...fields } = moreIn(filled, withNew(bare, proposal));
  const report = filledOnly({ ...proposal.report, ...fields });
  return {
    ...proposal,
    report,
    sources: sourcesWith(source, proposal.sources, [report.originator, report.publisher]),
  };
});
