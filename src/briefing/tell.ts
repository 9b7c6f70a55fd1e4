import type { Report } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import type { Source } from '../model/source.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { liveReports } from '../picture/picture.ts';
import type { Registry } from '../picture/registry.ts';
import { shortName, sourceOf, voiceOf } from '../picture/registry.ts';
import type { Said } from '../picture/series.ts';
import { correctors, denials, rivals, standing } from '../picture/status.ts';
import { linkRoomOf } from '../picture/withheld.ts';
import { phrase, quantity } from '../picture/wording.ts';
import { localDay } from './dates.ts';
import type { Citation, Citations, FigureRef, Line, Piece } from './document.ts';

/** What every composition works from. */
export interface Known {
  readonly picture: Picture;
  readonly registry: Registry;
}

export const text = (words: string): Piece => ({ type: 'text', text: words });
export const said = (words: string): Piece => ({ type: 'said', text: words });
export const strong = (words: string): Piece => ({ type: 'strong', text: words });

/** With a full stop, where it has no end yet. */
export const ended = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`);

/** Words that may follow a full stop: "choose another channel" → "Choose another channel." */
export const sentence = (words: string): string => ended(`${words.slice(0, 1).toUpperCase()}${words.slice(1)}`);

export function cite({ picture, registry }: Known, report: Report): Citation {
  const { publisher } = report;
  const room = linkRoomOf(report);
  return {
    report: report.id,
    originator: shortName(registry, report.originator),
    ...(publisher !== undefined && publisher !== report.originator && { publisher: shortName(registry, publisher) }),
    published: localDay(report.published, picture.situation.zone),
    ...(report.url !== undefined && { url: report.url }),
    ...(room > 0 && { linkRoom: room }),
  };
}

/** Reports as citations; the type of the result is why an uncited line does not compile. */
export function citeAll(known: Known, reports: readonly [Report, ...Report[]]): Citations {
  const [first, ...rest] = reports;
  return [cite(known, first), ...rest.map((r) => cite(known, r))];
}

/** The figure as a piece that no renderer splits or rewords. */
export function figurePiece(
  known: Known,
  figure: Figure,
  of: FigureRef,
  form: 'phrase' | 'quantity' = 'phrase',
): Piece {
  return {
    type: 'figure',
    text: form === 'phrase' ? phrase(figure, known.picture.situation) : quantity(figure),
    of: [of],
  };
}

export const saidFigure = (known: Known, value: Said, form?: 'phrase' | 'quantity'): Piece =>
  figurePiece(known, value.figure, { report: value.report, index: value.index }, form);

/** The report of a stored figure; it is there because the figure came from it. */
export function reportOf(known: Known, id: string): Report {
  const state = known.picture.entries.get(id.slice(0, id.indexOf('.')));
  const found = state?.reports.find((r) => r.report.id === id);
  if (!found) throw new Error(`report ${id} is not in the picture`);
  return found.report;
}

const MOST_CITED = 2;
const STANCE_RANK: Readonly<Record<Report['stance'], number>> = {
  verifies: 0,
  concedes: 1,
  reports: 2,
  estimates: 3,
  claims: 4,
  denies: 5,
  withdraws: 6,
};

/**
 * The reports that a line about an entry cites: one for each voice, the one that carries most weight first
 * (verification, concession, then credibility; an improbable one last), newest of equals. Falls back to withdrawn reports, so that a
 * retraction too has its source.
 */
export function chosenReports(known: Known, state: EntryState, most = MOST_CITED): readonly [Report, ...Report[]] {
  const live = liveReports(state);
  const pool = live.length > 0 ? live : state.reports.map((r) => r.report);
  const ranked = pool
    .map((report, order) => ({ report, order }))
    .sort(
      (a, b) =>
        Number(a.report.credibility === 5) - Number(b.report.credibility === 5) ||
        STANCE_RANK[a.report.stance] - STANCE_RANK[b.report.stance] ||
        a.report.credibility - b.report.credibility ||
        b.order - a.order,
    );
  const voices = new Map<string, Report>();
  for (const { report } of ranked) {
    const voice = voiceOf(known.registry, report.originator);
    if (!voices.has(voice)) voices.set(voice, report);
  }
  const [first, ...rest] = [...voices.values()].slice(0, most);
  if (!first) throw new Error(`entry ${state.entry.id} has no report`);
  return [first, ...rest];
}

const KIND_WORDS: Readonly<Record<Source['kind'], string>> = {
  monitor: 'monitor',
  news_agency: 'news agency',
  newspaper: 'newspaper',
  broadcaster: 'broadcaster',
  state_media: 'state media',
  party_media: 'media of a party',
  government: 'authority',
  military: 'military',
  armed_group: 'armed group',
  un: 'UN body',
  ngo: 'NGO',
  rescue_service: 'rescue service',
  fact_checker: 'fact-checker',
  research: 'research institute',
  local_authority: 'local authority',
  social_media: 'social media',
  person: 'person',
  unnamed: 'unnamed source',
};

/** "state media, party to the conflict": what kind a source is and what stake it has. */
export function stake({ picture, registry }: Known, source: Source): string {
  const kind = KIND_WORDS[source.kind];
  if (source.party === null) return kind;
  // A state that is only concerned, or mediates, fights on no side.
  const takesPart = picture.situation.parties.some((p) => p.party === source.party && p.side !== undefined);
  const party = registry.parties.get(source.party);
  const whose = `of ${party?.short ?? party?.name ?? source.party}`;
  return takesPart ? `${kind} ${whose}, party to the conflict` : `${kind} ${whose}`;
}

/** Names sources in full with what they are at first mention, short after. One for each document. */
export type Namer = (source: string) => string;

export function namer({ registry }: Known): Namer {
  const met = new Set<string>();
  return (id) => {
    const source = sourceOf(registry, id);
    if (met.has(id)) return source.short ?? source.name;
    met.add(id);
    const called =
      source.short !== undefined && !source.name.includes(source.short)
        ? `${source.name} (${source.short})`
        : source.name;
    return source.about === undefined ? called : `${called}, ${source.about}`;
  };
}

/** Hedges of a number: they stand with the number, not with who says it. */
const QUALIFIER =
  /^(?:at least|more than|over|about|around|some|nearly|almost|approximately|up to|a number of|dozens(?: of)?)$/i;

const isParty = ({ picture, registry }: Known, id: string): boolean => {
  const { party } = sourceOf(registry, id);
  return party !== null && picture.situation.parties.some((p) => p.party === party);
};

function attribution(known: Known, state: EntryState, reports: readonly [Report, ...Report[]], name: Namer): string {
  const { status, voices, overridden } = standing(known.picture, known.registry, state);
  const [first, ...rest] = reports;
  const others = rest.map((r) => name(r.originator));
  const also = others.length > 0 ? `; also ${others.join('; ')}` : '';
  if (overridden !== undefined) return `${name(first.originator)}${also}; status set by the desk: ${overridden}`;
  switch (status) {
    case 'confirmed':
      return `${first.stance === 'concedes' ? 'conceded' : 'verified'} by ${name(first.originator)}${also}`;
    case 'corroborated':
      return `${name(first.originator)}${also} (${voices} independent sources)`;
    case 'contested': {
      const against = rivals(known.picture, state.entry.id).map((s) => s.entry.id);
      const denied = denials(state).map((r) => name(r.originator));
      const by = denied.length > 0 ? `; denied by ${[...new Set(denied)].join('; ')}` : '';
      return `${name(first.originator)}${also}${by}${against.length > 0 ? `; contradicted by ${against.slice(0, 4).join(', ')}` : ''}`;
    }
    case 'retracted':
      return name(first.originator);
    case 'single_source': {
      const alone = isParty(known, first.originator) ? '; not confirmed by the other sources recorded here' : '';
      const hedge = first.hedge === undefined || QUALIFIER.test(first.hedge) ? '' : ` (“${first.hedge}”)`;
      return `${name(first.originator)}${hedge}${also}${alone}`;
    }
  }
}

/** An entry in one line: what, who says so, and how it stands. */
export function entryLine(known: Known, state: EntryState, name: Namer, before: readonly Piece[] = []): Line {
  const chosen = chosenReports(known, state);
  const denied = denials(state);
  const [first, ...rest] = chosen.filter((r) => !denied.includes(r));
  const tellers: readonly [Report, ...Report[]] = first ? [first, ...rest] : chosen;
  const corrected = correctors(known.picture, state.entry.id).map((s) => s.entry.id);
  return {
    entry: state.entry.id,
    pieces: [
      ...before,
      said(state.entry.headline),
      text(' — '),
      said(attribution(known, state, tellers, name)),
      ...(corrected.length > 0 ? [text(`; corrected by ${corrected.join(', ')}`)] : []),
    ],
    // Who is said to deny it is cited too.
    citations: citeAll(known, [...tellers, ...denied.filter((r) => !tellers.includes(r))]),
    // That something is not known stands on nobody's word.
    ...(state.entry.kind !== 'gap' && { status: standing(known.picture, known.registry, state).status }),
  };
}
