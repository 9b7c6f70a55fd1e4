import type { EntryState } from '../picture/picture.ts';
import { correctors, standing } from '../picture/status.ts';
import type { Known } from './tell.ts';

/** What an editor's severity weighs; no word of a headline ever changes it. */
export const SEVERITY_WEIGHT = { flash: 1, major: 0.66, routine: 0.33, background: 0 } as const;
const DAY = 86_400_000;
/** After so many days an event no longer counts as recent. */
const FRESH_DAYS = 4;

/** How much an entry matters to somebody who asks now: its severity, how fresh it is, how well it stands. 0 to 110. */
export function score({ picture, registry }: Known, state: EntryState): number {
  const { occurred, severity } = state.entry;
  const age = Math.max(0, (Date.parse(picture.at) - Date.parse(occurred.to ?? occurred.from)) / DAY);
  const { status } = standing(picture, registry, state);
  const backed = status === 'confirmed' || status === 'corroborated' ? 1 : 0;
  // What has been corrected is still told, and says so, but leads nothing.
  if (correctors(picture, state.entry.id).length > 0) return 0;
  return 60 * SEVERITY_WEIGHT[severity] + 40 * Math.max(0, 1 - age / FRESH_DAYS) + 10 * backed;
}
