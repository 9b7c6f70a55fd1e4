import type { Language } from './language.ts';
import type { Quantity } from './quantities.ts';
import type { Token } from './tokens.ts';

/** That a quantity is a part of another of its sentence. `open`: a list behind a colon, which must add up to be believed. */
export interface Part {
  readonly whole: number;
  readonly open: boolean;
}

const isPerson = (q: Quantity | undefined): boolean =>
  q !== undefined && (q.noun === undefined || q.noun.kind === 'people');

/** Which quantities are parts of which: "12 people, including 3 children", "311: 183 fighters and 28 civilians". */
export function partsOf(
  tokens: readonly Token[],
  all: readonly Quantity[],
  language: Language,
): ReadonlyMap<number, Part> {
  const parts = new Map<number, Part>();
  const text = (i: number): string => tokens[i]?.text ?? '';
  const linked = (a: Quantity, b: Quantity): boolean =>
    b.all[0] > a.all[1] && tokens.slice(a.all[1], b.all[0]).every((t) => language.lists.has(t.word) || t.text === ';');
  /** Nearest quantity before that is no part itself. */
  const wholeBefore = (i: number): number | undefined => {
    for (let k = i - 1; k >= 0; k--) if (!parts.has(k)) return isPerson(all[k]) ? k : undefined;
    return undefined;
  };
  all.forEach((q, i) => {
    if (!isPerson(q) || q.numeral.kind === 'none') return;
    const previous = all[i - 1];
    const own = language.verbs.at(tokens, q.all[1])?.value.subject === true || q.noun?.measure !== undefined;
    const inherits = previous !== undefined && parts.get(i - 1);
    if (inherits && linked(previous, q) && !own && !tailHasVerb(tokens, q, language)) {
      parts.set(i, inherits);
      return;
    }
    // "incl."
    const from = text(q.all[0] - 1) === '.' ? q.all[0] - 1 : q.all[0];
    const include = language.include.before(tokens, from) ?? language.ofThem.before(tokens, from);
    const divided =
      previous !== undefined &&
      text(previous.all[0]).toLowerCase() === 'of' &&
      q.all[0] === previous.all[1] + 1 &&
      text(q.all[0] - 1) === ',';
    const lead = text(q.all[0] - 1);
    const whole = wholeBefore(i);
    if (whole === undefined) return;
    const bracket = lead === '(' && (q.noun !== undefined || Object.keys(q.group).length > 0);
    if (q.ofThem !== undefined || divided || (include && !(own && tokens[include.from]?.word === 'with')) || bracket)
      parts.set(i, { whole, open: false });
    else if (
      (lead === ':' || ((lead === '–' || lead === '—' || lead === '-') && tokens[q.all[0] - 1]?.spaced)) &&
      !own &&
      i > whole
    )
      parts.set(i, { whole, open: true });
  });
  // "28 children and 11 women among them", "three children were among the 12 dead"
  all.forEach((q, i) => {
    const after = language.includeAfter.at(tokens, q.all[1]);
    if (!after || !isPerson(q)) return;
    const next = all[i + 1];
    const forward = next !== undefined && next.all[0] - after.to <= 1 && next.all[0] >= after.to ? i + 1 : undefined;
    let first = i;
    for (let member = all[first - 1]; member && linked(member, all[first] ?? q); member = all[first - 1]) first--;
    const whole = forward ?? (first > 0 ? first - 1 : 0);
    for (let k = forward === undefined ? whole + 1 : first; k <= i; k++) parts.set(k, { whole, open: false });
  });
  return parts;
}

/** A verb of its own behind a quantity: "…, and 46 others were hurt". */
function tailHasVerb(tokens: readonly Token[], q: Quantity, language: Language): boolean {
  let at = q.all[1];
  while (language.auxiliaries.has(tokens[at]?.word ?? '')) at++;
  return at > q.all[1] && language.verbs.at(tokens, at) !== undefined;
}
