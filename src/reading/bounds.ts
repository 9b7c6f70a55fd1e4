import type { Figure } from '../model/figure.ts';
import type { Quantity } from './quantities.ts';
import type { Token } from './tokens.ts';

/** The part of a figure that says how many. */
export type Amount = Pick<Figure, 'qualifier' | 'low' | 'high'> & { readonly stated?: number; readonly word?: string };

/** How many a quantity says, as the model holds it (docs/figures.md); undefined where its words contradict each other. */
export function amountOf(q: Quantity, tokens: readonly Token[]): Amount | undefined {
  const { numeral, bound, high } = q;
  if (numeral.kind === 'none') return { qualifier: 'none_reported', low: 0, high: null };
  if (numeral.kind === 'words') return { qualifier: 'word', low: null, high: null, word: numeral.word ?? '' };
  const n = numeral.value;
  if (n === undefined) return undefined;
  if (high !== undefined && bound?.value !== 'from') {
    if (high <= n) return undefined;
    return { qualifier: 'range', low: n, high };
  }
  const value = high ?? n;
  switch (bound?.value) {
    case 'at_least':
      return { qualifier: 'at_least', low: value, high: null };
    case 'more_than':
      return { qualifier: 'more_than', low: value + 1, high: null, stated: value };
    case 'at_most':
      return { qualifier: 'at_most', low: null, high: value };
    case 'less':
      return value < 1 ? undefined : { qualifier: 'at_most', low: null, high: value - 1, stated: value };
    case 'about': {
      const word = tokens
        .slice(...bound.at)
        .map((t) => t.word)
        .join(' ');
      return { qualifier: 'about', low: value, high: value, ...(/^\p{L}/u.test(word) && word !== 'about' && { word }) };
    }
    default:
      return { qualifier: 'exact', low: value, high: value };
  }
}
