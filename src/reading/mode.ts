import type { Mode } from '../model/figure.ts';
import type { Counted } from './counted.ts';
import type { Language } from './language.ts';
import type { Moment } from './moments.ts';
import type { Token } from './tokens.ts';

/** Measures of a state: how many there are now. */
const STATES = new Set(['missing', 'population', 'facilities_suspended', 'organisations_suspended']);
/** Measures of people on the move or held, of which a text may say how many there are now. */
const LASTING = new Set(['displaced', 'detained', 'captured', 'abducted', 'affected']);
/** Measures that "have fled", "have returned" counts from a start on. */
const MOVES = new Set(['displaced', 'returned', 'crossed_border']);

/** Whether a number stands for one event, adds to others, counts from a start on, or says how many there are. */
export function modeOf(
  { quantity, measure, cue }: Counted,
  moment: Moment | undefined,
  tokens: readonly Token[],
  language: Language,
): Mode {
  const helpers = cue?.helpers ?? [];
  const has = (set: ReadonlySet<string>): boolean => helpers.some((h) => set.has(h));
  if (quantity.numeral.kind === 'none') return 'incident';
  if (quantity.more) return 'increment';
  const counting = moment?.kind === 'since' || moment?.kind === 'span';
  if (STATES.has(measure) && !(counting && measure !== 'missing')) return 'stock';
  if (LASTING.has(measure) && !counting && has(language.presents) && !has(language.perfects)) return 'stock';
  const totalled = tokens.some((_, i) => language.cumulative.at(tokens, i) !== undefined);
  if (counting || cue?.toll === true || quantity.total || totalled) return 'cumulative';
  if (moment?.kind === 'window') return 'increment';
  if (MOVES.has(measure) && has(language.perfects)) return 'cumulative';
  return 'incident';
}
