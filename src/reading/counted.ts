import type { Cue } from './cues.ts';
import { tollBefore, verbBefore, verbBehind } from './cues.ts';
import type { Language } from './language.ts';
import type { Part } from './parts.ts';
import type { Quantity } from './quantities.ts';
import type { Token } from './tokens.ts';

/** A quantity of which it is known what it counts. */
export interface Counted {
  readonly quantity: Quantity;
  readonly measure: string;
  readonly cue?: Cue;
  /** Index of the whole in the same list of quantities. */
  readonly whole?: number;
  readonly doubts: readonly string[];
}

interface Found {
  readonly measure: string;
  readonly cue?: Cue;
  readonly how: 'noun' | 'behind' | 'before' | 'toll' | 'list' | 'part';
  readonly doubts: readonly string[];
}

/** Whether only commas and "and" stand between two quantities, beside what is in brackets and the verb of the first. */
function listed(tokens: readonly Token[], a: Quantity, b: Quantity, cue: Cue | undefined, language: Language): boolean {
  if (b.all[0] <= a.all[1]) return false;
  let inside = false;
  for (let i = a.all[1]; i < b.all[0]; i++) {
    const text = tokens[i]?.text ?? '';
    if (text === '(') inside = true;
    const isVerb = cue !== undefined && cue.helpers.length === 0 && i >= cue.at[0] && i < cue.at[1];
    if (!inside && !isVerb && !language.lists.has(tokens[i]?.word ?? '')) return false;
    if (text === ')') inside = false;
  }
  return !inside;
}

/**
 * What each quantity of a sentence counts: by its noun, else by the verb behind it or before it, else by the list that it
 * stands in, else by the whole that it is a part of. A quantity for which nothing says it is left out.
 */
export function counted(
  tokens: readonly Token[],
  all: readonly Quantity[],
  parts: ReadonlyMap<number, Part>,
  earlier: string | undefined,
  language: Language,
): readonly (Counted | undefined)[] {
  const spent = new Set<number>();
  const found: (Found | undefined)[] = all.map(() => undefined);
  const behind = all.map((q) => verbBehind(tokens, q, language));

  /** A verb right behind a number may have the next number as its object: "two gunmen killed five people". */
  const isActive = (i: number): boolean => {
    const [cue, next] = [behind[i], all[i + 1]];
    if (!cue || !next || cue.helpers.length > 0 || next.all[0] !== cue.at[1]) return false;
    const nextBehind = behind[i + 1];
    return (
      next.noun?.measure === undefined &&
      (!nextBehind || nextBehind.helpers.length > 0) &&
      language.verbs.at(tokens, cue.at[0])?.value.object === true
    );
  };
  all.forEach((_, i) => {
    if (isActive(i)) behind[i] = undefined;
    else if (behind[i]) spent.add(behind[i]?.at[0] ?? -1);
  });

  const moved = new Map<number, number>();
  let last = earlier;
  all.forEach((q, i) => {
    const cue = behind[i];
    const before = verbBefore(tokens, q, spent, language);
    const noun = q.noun?.measure;
    const one = q.numeral.kind === 'one';
    const toll = tollBefore(tokens, q, all.slice(0, i), language);
    const rise = toll && toll.measure === '' ? (last === undefined ? undefined : { ...toll, measure: last }) : toll;
    const doubts = q.strange ? ['the group is a word that is not in our lists'] : [];
    const take = (measure: string, how: Found['how'], from?: Cue): void => {
      found[i] = {
        measure,
        how,
        ...(from && { cue: from }),
        doubts: [...doubts, ...(from?.doubt ? [from.doubt] : [])],
      };
    };
    if (q.strange && one) return;
    if (cue && !cue.crossed && (noun === undefined || (cue.helpers.length > 0 && noun !== 'killed')))
      take(cue.measure, 'behind', cue);
    else if (noun !== undefined && !(one && q.noun?.kind === 'event'))
      take(noun, 'noun', rise ?? (before && { ...before, measure: noun }));
    else if (before) take(before.measure, 'before', before);
    else if (rise && !q.strange && (q.noun === undefined || q.noun.kind === 'people')) take(rise.measure, 'toll', rise);
    else if (cue && !one) take(cue.measure, 'behind', cue);
    if (rise && found[i] && !found[i]?.cue?.toll && rise.toll)
      found[i] = { ...found[i], cue: { ...rise, measure: found[i]?.measure ?? '' } };
    if (found[i] && !parts.has(i)) last = found[i]?.measure;
  });

  all.forEach((q, i) => {
    const part = parts.get(i);
    const said = q.ofThem || undefined;
    if (said !== undefined && part && found[part.whole]?.measure !== said) {
      // "killed 12 and hurt 30; four of the dead": the part is of the nearest number with that measure, or of none here.
      const nearest = all.findLastIndex((_, k) => k < i && !parts.has(k) && found[k]?.measure === said);
      if (nearest >= 0) moved.set(i, nearest);
      found[i] = { measure: said, how: 'part', doubts: [] };
      return;
    }
    const whole = part && found[part.whole];
    if (part && whole && (found[i] === undefined || found[i]?.how === 'toll'))
      found[i] = { ...whole, how: 'part', doubts: q.strange ? ['the group is a word that is not in our lists'] : [] };
  });
  const spread = (i: number, from: number, how: readonly Found['how'][]): void => {
    const [q, other, hit] = [all[i], all[from], found[from]];
    if (!q || !other || !hit || found[i] || parts.has(i) || !how.includes(hit.how)) return;
    const [a, b] = i < from ? [q, other] : [other, q];
    const same = (q.noun?.kind ?? 'people') === (other.noun?.kind ?? 'people');
    const others = q.noun?.kind === undefined || (q.noun.kind === 'area' && hit.measure === 'settlements_captured');
    if (!listed(tokens, a, b, a === other ? hit.cue : undefined, language) || q.numeral.kind === 'none') return;
    const mine = hit.cue && language.verbs.at(tokens, hit.cue.at[0])?.value.measures[q.noun?.kind ?? 'people'];
    if (!same && !others && mine === undefined) return;
    if (q.strange && q.numeral.kind === 'one') return;
    const measure = same ? hit.measure : (mine ?? (q.noun?.kind === 'area' ? 'area_km2' : undefined));
    if (measure !== undefined)
      found[i] = { ...hit, measure, doubts: q.strange ? ['the group is a word that is not in our lists'] : [] };
  };
  for (let i = all.length - 2; i >= 0; i--) spread(i, i + 1, ['behind', 'noun']);
  for (let i = 1; i < all.length; i++) {
    let from = i - 1;
    while (from > 0 && parts.has(from)) from--;
    spread(i, from, ['before', 'list', 'toll', 'behind', 'noun']);
  }

  return all.map((quantity, i) => {
    const hit = found[i];
    if (!hit || hit.cue?.void === true) return undefined;
    const part = parts.get(i);
    const of = moved.get(i) ?? part?.whole;
    const whole =
      of !== undefined && found[of]?.measure === hit.measure && found[of]?.cue?.void !== true ? of : undefined;
    return {
      quantity,
      measure: hit.measure,
      ...(hit.cue && { cue: hit.cue }),
      ...(whole !== undefined && { whole }),
      doubts: hit.doubts,
    };
  });
}
