import type { Report, Status } from '../model/entry.ts';
import type { EntryState, Picture } from './picture.ts';
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

/** Told only by reports that were graded improbable: kept, but it makes nothing contested. */
const discounted = (state: EntryState): boolean => liveReports(state).every((r) => r.credibility === 5);

const gone = (state: EntryState): boolean => state.retracted !== undefined || liveReports(state).length === 0;

function contradicted(picture: Picture, id: string): boolean {
  return (picture.linksOf.get(id) ?? []).some(({ link }) => {
    if (link.type !== 'contradicts') return false;
    const other = picture.entries.get(link.from === id ? link.to : link.from);
    if (!other || gone(other) || discounted(other)) return false;
    // What has been corrected no longer stands against anything.
    return !(picture.linksOf.get(other.entry.id) ?? []).some(
      (l) => l.link.type === 'corrects' && l.link.to === other.entry.id,
    );
  });
}

/**
 * Status of an entry, computed anew from what is recorded. Retracted before all; a party that concedes, or a body
 * that verified, confirms; a live contradiction or a denial contests; two independent voices, one of them not a
 * party that acts in it or claims it, corroborate.
 */
export function standing(picture: Picture, registry: Registry, state: EntryState): Standing {
  const live = liveReports(state);
  const support = live.filter(supports);
  // Unnamed sources may be one and the same: together they are one voice at most, and never the second.
  const named = support.filter((r) => sourceOf(registry, r.originator).kind !== 'unnamed' && r.credibility !== 5);
  const voices = new Set(named.map((r) => voiceOf(registry, r.originator)));
  const counted = Math.max(voices.size, support.length > 0 ? 1 : 0);
  const of = (status: Status): Standing => ({ status, voices: counted });

  if (gone(state)) return of('retracted');
  if (state.entry.override) return { ...of(state.entry.override.status), overridden: state.entry.override.reason };
  if (
    live.some((r) => r.stance === 'concedes' || (r.stance === 'verifies' && sourceOf(registry, r.originator).verifies))
  )
    return of('confirmed');
  if (live.some((r) => r.stance === 'denies') && support.length > 0) return of('contested');
  if (contradicted(picture, state.entry.id)) return of('contested');
  const gainers = new Set(
    state.entry.parties.filter((p) => p.role === 'actor' || p.role === 'claimant').map((p) => `party:${p.party}`),
  );
  if (voices.size >= 2 && [...voices].some((voice) => !gainers.has(voice))) return of('corroborated');
  return of('single_source');
}

/** Entries with which this one stands in a live contradiction, in the order of their ids. */
export function rivals(picture: Picture, id: string): readonly EntryState[] {
  const ids = (picture.linksOf.get(id) ?? [])
    .filter((l) => l.link.type === 'contradicts')
    .map((l) => (l.link.from === id ? l.link.to : l.link.from));
  return [...new Set(ids)]
    .map((other) => picture.entries.get(other))
    .filter((state): state is EntryState => state !== undefined && !gone(state))
    .sort((a, b) => numberOf(a.entry.id) - numberOf(b.entry.id));
}

/** `E17` → 17, for a stable order. */
export const numberOf = (id: string): number => Number(id.slice(1));
