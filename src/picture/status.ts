import type { Report, Status } from '../model/entry.ts';
import type { EntryState, LinkState, Picture } from './picture.ts';
import { liveReports } from './picture.ts';
import type { Registry } from './registry.ts';
import { sourceOf, voiceOf } from './registry.ts';

export interface Standing {
  readonly status: Status;
  /** Independent voices that tell it (R1). */
  readonly voices: number;
  /** Set where a moderator decided instead of the rules. */
  readonly overridden?: string;
}

/** Says that it is so; a denial or a withdrawal does not. */
const supports = (report: Report): boolean => report.stance !== 'denies' && report.stance !== 'withdraws';

/** Graded improbable: kept and shown, but it decides nothing. */
const IMPROBABLE = 5;
const discounted = (state: EntryState): boolean => liveReports(state).every((r) => r.credibility === IMPROBABLE);

const gone = (state: EntryState): boolean => state.retracted !== undefined || liveReports(state).length === 0;

/** The entries that stand and correct this one, in the order of their ids. */
export function correctors(picture: Picture, id: string): readonly EntryState[] {
  return linked(picture, id, ({ link }) => (link.type === 'corrects' && link.to === id ? link.from : undefined));
}

/**
 * Entries with which this one stands in a live contradiction, in the order of their ids. What was retracted, corrected
 * or graded improbable no longer stands against anything.
 */
export function rivals(picture: Picture, id: string): readonly EntryState[] {
  return linked(picture, id, ({ link }) =>
    link.type === 'contradicts' ? (link.from === id ? link.to : link.from) : undefined,
  ).filter((other) => !discounted(other) && correctors(picture, other.entry.id).length === 0);
}

/** The entries that stand, each once, to which the links of an entry lead. */
function linked(picture: Picture, id: string, lead: (link: LinkState) => string | undefined): readonly EntryState[] {
  const ids = new Set((picture.linksOf.get(id) ?? []).map(lead));
  return [...ids]
    .map((other) => picture.entries.get(other ?? ''))
    .filter((state): state is EntryState => state !== undefined && !gone(state))
    .sort((a, b) => numberOf(a.entry.id) - numberOf(b.entry.id));
}

/** The denials that count against an entry: of those who tell it, somebody else says that it is not so. */
export function denials(state: EntryState): readonly Report[] {
  const live = liveReports(state);
  return live.some(supports) ? live.filter((r) => r.stance === 'denies' && r.credibility !== IMPROBABLE) : [];
}

interface Judged {
  readonly registry: Registry;
  readonly standings: Map<EntryState, Standing>;
}
/** A picture never changes, so neither does what follows from it. */
const judged = new WeakMap<Picture, Judged>();

/** How an entry stands in a picture. Worked out once for each picture and registry, since one briefing asks many times. */
export function standing(picture: Picture, registry: Registry, state: EntryState): Standing {
  let known = judged.get(picture);
  if (known?.registry !== registry) {
    known = { registry, standings: new Map() };
    judged.set(picture, known);
  }
  const found = known.standings.get(state) ?? judge(picture, registry, state);
  known.standings.set(state, found);
  return found;
}

/**
 * Status of an entry, computed anew from what is recorded. Retracted before all; a party that concedes, or a body
 * that verified, confirms; a live contradiction or a denial contests; two independent voices, one of them not a
 * party that acts in it or claims it, corroborate.
 */
function judge(picture: Picture, registry: Registry, state: EntryState): Standing {
  const live = liveReports(state);
  const supporters = live.filter(supports);
  // Where nobody says that it is so, the entry is the denial itself, and those who deny tell it.
  const support = supporters.length > 0 ? supporters : live;
  // Unnamed sources may be one and the same: together they are one voice at most, and never the second.
  const named = support.filter(
    (r) => sourceOf(registry, r.originator).kind !== 'unnamed' && r.credibility !== IMPROBABLE,
  );
  const voices = new Set(named.map((r) => voiceOf(registry, r.originator)));
  const counted = Math.max(voices.size, support.length > 0 ? 1 : 0);
  const of = (status: Status): Standing => ({ status, voices: counted });

  if (gone(state)) return of('retracted');
  if (state.entry.override) return { ...of(state.entry.override.status), overridden: state.entry.override.reason };
  const confirms = ({ stance, originator, credibility }: Report): boolean =>
    credibility !== IMPROBABLE &&
    (stance === 'concedes' || (stance === 'verifies' && sourceOf(registry, originator).verifies));
  if (live.some(confirms)) return of('confirmed');
  if (denials(state).length > 0 || rivals(picture, state.entry.id).length > 0) return of('contested');
  const gainers = new Set(
    state.entry.parties.filter((p) => p.role === 'actor' || p.role === 'claimant').map((p) => `party:${p.party}`),
  );
  if (voices.size >= 2 && [...voices].some((voice) => !gainers.has(voice))) return of('corroborated');
  return of('single_source');
}

/** `E17` → 17, for a stable order. */
export const numberOf = (id: string): number => Number(id.slice(1));
