import { momentWords, spanWords } from '../briefing/dates.ts';
import type { Known } from '../briefing/tell.ts';
import type { EntryCore, Report } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import type { Source } from '../model/source.ts';
import { shortName } from '../picture/registry.ts';
import { placeOf } from '../picture/select.ts';
import { phrase } from '../picture/wording.ts';

/** One thing that would read differently, in words. `old`, `is`: undefined where nothing was, or would be, there. */
export interface Difference {
  readonly field: string;
  readonly old: string | undefined;
  readonly is: string | undefined;
}

type Fields = ReadonlyMap<string, string>;

const fields = (all: Readonly<Record<string, string | undefined>>): Fields =>
  new Map(Object.entries(all).flatMap(([k, v]) => (v === undefined || v === '' ? [] : [[k, v] as const])));

/** "at least 255 people killed, since 27 Nov 2024, as of 29 Nov 2024 (Aleppo)". */
export function figureWords(figure: Figure, { picture: { situation } }: Known): string {
  const { mode, scope, asOf, part } = figure;
  const day = (moment: string): string => momentWords(moment, situation.zone);
  const [from, to] = [day(scope.from), day(scope.to)];
  const over =
    mode === 'cumulative'
      ? `, since ${from}`
      : mode === 'stock'
        ? ''
        : from === to
          ? `, ${from}`
          : `, ${from} to ${to}`;
  const where = placeOf(situation, scope.area);
  const of = part === undefined ? '' : part.as === 'subset' ? 'of them ' : 'part: ';
  return `${of}${phrase(figure, situation)}${over}, as of ${day(asOf)}${where ? ` (${where.name})` : ''}`;
}

/** What an entry says, field by field, in words and in the situation's zone. */
export function entryWords(entry: EntryCore, { picture: { situation }, registry }: Known): Fields {
  const parties = entry.parties.map((p) => `${registry.parties.get(p.party)?.name ?? p.party} (${p.role})`);
  return fields({
    Headline: entry.headline,
    Detail: entry.detail,
    When: `${spanWords(entry.occurred, situation.zone)} (${situation.zone})`,
    Where: placeOf(situation, entry.place)?.name ?? entry.place,
    Kind: entry.kind,
    Severity: entry.severity,
    Parties: parties.join(', '),
    Category: entry.category,
    Tags: entry.tags.join(', '),
    Sensitive: entry.sensitive === true ? 'yes' : undefined,
    'Status set by the desk': entry.override && `${entry.override.status.replace('_', ' ')}: ${entry.override.reason}`,
  });
}

/** What a report says, field by field. */
export function reportWords(report: Report, known: Known): Fields {
  const { zone } = known.picture.situation;
  return fields({
    'Who says so': shortName(known.registry, report.originator),
    'Carried by': report.publisher && shortName(known.registry, report.publisher),
    How: report.stance,
    Says: report.says,
    Quote: report.quote,
    Hedge: report.hedge,
    Title: report.title,
    Link: report.url,
    Published: `${momentWords(report.published, zone)}${report.published.length > 10 ? ` (${zone})` : ''}`,
    Language: report.language,
    Credibility: String(report.credibility),
    Figures: report.figures.map((f) => figureWords(f, known)).join('; '),
  });
}

/** What a source is said to be, field by field. */
export const sourceWords = (source: Source, { registry }: Pick<Known, 'registry'>): Fields =>
  fields({
    Name: source.name,
    Short: source.short,
    About: source.about,
    Kind: source.kind.replaceAll('_', ' '),
    Party: source.party === null ? 'none' : (registry.parties.get(source.party)?.name ?? source.party),
    Reliability: source.reliability,
    Verifies: source.verifies ? 'yes' : 'no',
    Languages: source.languages.join(', '),
    Site: source.url,
  });

/** Fields that read differently, in the order of the new wording. */
export function differences(old: Fields, is: Fields): readonly Difference[] {
  return [...new Set([...is.keys(), ...old.keys()])]
    .filter((field) => old.get(field) !== is.get(field))
    .map((field) => ({ field, old: old.get(field), is: is.get(field) }));
}
