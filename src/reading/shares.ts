import type { Group } from '../model/figure.ts';
import type { Language } from './language.ts';
import type { Quantity, Range } from './quantities.ts';
import type { Token } from './tokens.ts';

/** A part without a number: "mostly combatants" of a quantity. `word: null`: all of them. */
export interface Share {
  readonly whole: number;
  readonly word: string | null;
  readonly group: Group;
  readonly at: Range;
}

/** Who follows: "children", "were combatants". */
function groupAt(tokens: readonly Token[], from: number, language: Language) {
  const start = language.copulas.has(tokens[from]?.word ?? '') ? from + 1 : from;
  const noun = language.nouns.at(tokens, start);
  if (noun?.value.kind !== 'people' || noun.value.measure !== undefined) return undefined;
  const role = noun.value.role === true ? { role: tokens[start]?.text ?? '' } : {};
  return { group: { ...noun.value.group, ...role }, to: noun.to };
}

/** The shares of a sentence: "255 people, mostly combatants", "most of the 255 killed were combatants". */
export function sharesIn(tokens: readonly Token[], all: readonly Quantity[], language: Language): readonly Share[] {
  const out: Share[] = [];
  const nearest = (at: number): number =>
    all.findLastIndex((q) => q.all[1] <= at && (q.noun?.kind ?? 'people') === 'people');
  for (let i = 0; i < tokens.length; i++) {
    const share = language.shares.at(tokens, i);
    const every = share ? undefined : language.allOfThem.at(tokens, i);
    const hit = share ?? every;
    const who = hit && groupAt(tokens, hit.to, language);
    const whole = nearest(i);
    if (hit && who && whole >= 0 && (share || tokens[i - 1]?.text === ',' || tokens[i - 1]?.text === '('))
      out.push({ whole, word: share ? share.value : null, group: who.group, at: [i, who.to] });
    if (hit) i = hit.to - 1;
  }
  all.forEach((q, whole) => {
    const word = language.shareHeads.get(tokens[q.all[0] - 1]?.word ?? '');
    if (word === undefined || tokens[q.all[0]]?.word !== 'of') return;
    for (let at = q.all[1]; at < Math.min(tokens.length, q.all[1] + 4); at++) {
      const who = language.copulas.has(tokens[at]?.word ?? '') ? groupAt(tokens, at, language) : undefined;
      if (who) out.push({ whole, word, group: who.group, at: [q.all[0] - 1, who.to] });
    }
  });
  return out;
}
