import { partyIn } from '../asking/asking.ts';
import type { Filled } from '../asking/form.ts';
import type { Known } from '../briefing/tell.ts';
import { readLink } from '../curation/link.ts';
import { withSources } from '../curation/records.ts';
import { isWithheld } from '../curation/text.ts';
import { UserError } from '../errors.ts';
import type { EntryCore, Report } from '../model/entry.ts';
import { REASONS } from '../model/entry.ts';
import type { Source } from '../model/source.ts';
import {
  lineIn,
  momentIn,
  momentText,
  neededIn,
  placeOrNone,
  shortEnough,
  sourceIn,
  spanIn,
  spanText,
} from './fields.ts';
import type { Values } from './form-fields.ts';

/** Where a form is read: the moment, the desk, and what is known. */
export interface Setting {
  readonly known: Known;
  readonly desk: string;
  readonly now: Date;
}

export const oneIn = <T extends string>(filled: Filled, name: string, all: readonly T[]): T => {
  const [value] = filled[name] ?? [];
  const found = all.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UserError(`Choose one for “${name}”.`);
};

/** Text that may be left out, of at most so many characters. */
export const optional = (filled: Filled, name: string, what: string, most: number): string | undefined => {
  const text = lineIn(filled, name);
  return text === undefined ? undefined : shortEnough(text, what, most);
};

/** A link that was written; undefined where none was. */
export const linkIn = (filled: Filled): string | undefined => {
  const text = (filled['link'] ?? []).join('').trim();
  return text === '' ? undefined : readLink(text);
};

export interface Why {
  readonly reason: (typeof REASONS)[number];
  readonly note?: string;
}
export function whyIn(filled: Filled): Why {
  const note = optional(filled, 'note', 'The note', 300);
  return { reason: oneIn(filled, 'reason', REASONS), ...(note !== undefined && { note }) };
}

/** What the form of an entry says: the entry, and who says so where. */
export function eventIn(filled: Filled, { known, desk, now }: Setting) {
  const { situation } = known.picture;
  const headline = neededIn(filled, 'headline', 'The headline', 200);
  const occurred = spanIn(neededIn(filled, 'when', 'The time', 60), situation, now);
  const place = placeOrNone(lineIn(filled, 'where'), known);
  return { headline, occurred, place, ...tellerIn(filled, { known, desk }) };
}

export function tellerIn(filled: Filled, { known, desk }: Pick<Setting, 'known' | 'desk'>) {
  const { id: originator, source } = sourceIn(neededIn(filled, 'who', 'Who says so', 140), known, desk);
  return { originator, source, url: linkIn(filled) };
}

/** What the form of a report says, or of its details. */
export const publishedIn = (filled: Filled, { known, now }: Setting): string =>
  momentIn(neededIn(filled, 'published', 'The time of publication', 60), known.picture.situation, now);
export const saysIn = (filled: Filled): string | undefined => optional(filled, 'says', 'What the report says', 300);

export const detailIn = (filled: Filled): string | undefined => optional(filled, 'detail', 'The detail', 1000);

export const languageIn = (filled: Filled): string => {
  const code = neededIn(filled, 'language', 'The language', 20).toLowerCase();
  if (/^[a-z]{2,3}$/.test(code)) return code;
  throw new UserError(`“${code}” is no code of a language.`, 'Write two or three letters: en, ar, fr, tr.');
};

export const credibilityIn = (filled: Filled): number =>
  Number(oneIn(filled, 'credibility', ['1', '2', '3', '4', '5', '6']));
export const hedgeIn = (filled: Filled): string | undefined => optional(filled, 'hedge', 'The hedge', 120);
export const quoteIn = (filled: Filled): string | undefined => optional(filled, 'quote', 'The quote', 1000);
export const titleIn = (filled: Filled): string | undefined => optional(filled, 'title', 'The title', 300);

export function moreIn(filled: Filled, { known, desk }: Setting) {
  const carried = lineIn(filled, 'publisher');
  const publisher = carried === undefined ? undefined : sourceIn(carried, known, desk);
  return {
    publisher: publisher?.id,
    source: publisher?.source,
    hedge: hedgeIn(filled),
    quote: quoteIn(filled),
    title: titleIn(filled),
    credibility: credibilityIn(filled),
  };
}

/** The same thing without fields that are undefined. */
export const filledOnly = <T extends object>(fields: T): T =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only optional fields may be undefined
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const shown = (text: string | undefined): string | undefined =>
  text === undefined || isWithheld(text) ? undefined : text;

/** An entry as its form shows it. */
export const entryValues = (entry: Omit<EntryCore, 'id'> | EntryCore, known: Known): Values => ({
  headline: shown(entry.headline),
  when: spanText(entry.occurred, known.picture.situation.zone),
  where: known.picture.situation.places.find((p) => p.id === entry.place)?.name,
  severity: entry.severity,
  kind: entry.kind,
  detail: shown(entry.detail),
  parties: entry.parties.map((p) => `${known.registry.parties.get(p.party)?.name ?? p.party} (${p.role})`).join('\n'),
  category: shown(entry.category),
  tags: entry.tags.join(', '),
  sensitive: entry.sensitive === true ? 'yes' : 'no',
  status: entry.override?.status ?? 'computed',
  because: entry.override?.reason,
});

/** A report as its forms show it. */
export function reportValues(
  report: Omit<Report, 'id'>,
  { picture, registry }: Known,
  fresh: readonly Source[] = [],
): Values {
  const { sources } = withSources(registry, fresh);
  const isNew = (id: string): boolean => fresh.some((s) => s.id === id) && !registry.sources.has(id);
  const name = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : `${isNew(id) ? 'new: ' : ''}${sources.get(id)?.name ?? id}`;
  return {
    who: name(report.originator),
    link: report.url,
    published: momentText(report.published, picture.situation.zone),
    stance: report.stance,
    says: shown(report.says),
    publisher: name(report.publisher),
    hedge: report.hedge,
    quote: shown(report.quote),
    title: shown(report.title),
    language: report.language,
    credibility: String(report.credibility),
  };
}

export const sourceValues = (source: Source, { registry }: Pick<Known, 'registry'>): Values => ({
  name: source.name,
  about: source.about,
  kind: source.kind,
  party: source.party === null ? undefined : registry.parties.get(source.party)?.name,
  reliability: source.reliability,
});

/** Party id of what was written in a form; null where nothing was. */
export const partyOrNone = (filled: Filled, known: Known): string | null => {
  const written = lineIn(filled, 'party');
  return written === undefined ? null : partyIn(known, written);
};
