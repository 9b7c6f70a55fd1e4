import type { Numeral } from '../language.ts';
import { each, phrases } from '../phrases.ts';
import type { Token } from '../tokens.ts';

const SMALL = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, i) => [word, i + 1]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, (i + 2) * 10]),
);
const SCALES = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
]);

/** Amounts without a number, as they are printed. */
const AMOUNTS = phrases<string>(
  [
    'dozens',
    'scores',
    'hundreds',
    'thousands',
    'millions',
    'tens of thousands',
    'hundreds of thousands',
    'several dozen',
    'several hundred',
    'several thousand',
    'several',
    'a handful',
    'a number',
    'a few',
    'a few dozen',
    'a few hundred',
    'a couple',
    'many',
  ].map((word) => [word, word] as const),
);

const NOTHING = phrases(
  each(
    true as const,
    'no reports of, no report of, no immediate reports of, no immediate report of, no known, no immediate',
  ),
);
const NOBODY = phrases(each(true as const, 'no one, nobody, no-one, none'));

/** 25 of "twenty-five", 3 of "three"; nothing of "four-day". */
function small(word: string): number | undefined {
  const known = SMALL.get(word) ?? TENS.get(word);
  if (known !== undefined) return known;
  const dash = word.indexOf('-');
  const [tens, units] = [TENS.get(word.slice(0, dash)), SMALL.get(word.slice(dash + 1))];
  return dash > 0 && tens !== undefined && units !== undefined && units < 10 ? tens + units : undefined;
}

/** "one hundred and twenty thousand", "two dozen", "a hundred", "half a million" */
function spelled(tokens: readonly Token[], from: number): Numeral | undefined {
  const word = (i: number): string => tokens[i]?.word ?? '';
  if (word(from) === 'half' && word(from + 1) === 'a') {
    const scale = SCALES.get(word(from + 2));
    if (scale !== undefined) return { kind: 'number', value: scale / 2, to: from + 3, scale };
  }
  const article = word(from) === 'a' && SCALES.has(word(from + 1));
  let [total, current, to, scale] = [0, article ? 1 : 0, article ? from + 1 : from, 1];
  for (; ; to++) {
    const unit = small(word(to));
    const times = SCALES.get(word(to));
    if (unit !== undefined && (current % 100 === 0 || (current % 10 === 0 && current % 100 >= 20 && unit < 10)))
      current += unit;
    else if (times !== undefined && current > 0) {
      scale = times;
      if (times <= 100) current *= times;
      else [total, current] = [total + current * times, 0];
    } else if (word(to) === 'and' && (current >= 100 || (current === 0 && total > 0)) && small(word(to + 1))) continue;
    else break;
  }
  return to > from && total + current > 0 ? { kind: 'number', value: total + current, to, scale } : undefined;
}

/** The number that starts at a token. "a" is one, if a noun follows that is counted. */
export function numeral(tokens: readonly Token[], from: number): Numeral | undefined {
  const token = tokens[from];
  if (token === undefined) return undefined;
  if (token.kind === 'number') {
    const scale = SCALES.get(tokens[from + 1]?.word ?? '') ?? 1;
    return { kind: 'number', value: (token.value ?? 0) * scale, to: from + (scale === 1 ? 1 : 2), scale };
  }
  if (token.kind !== 'word') return undefined;
  const written = spelled(tokens, from);
  if (written) return written;
  const amount = AMOUNTS.at(tokens, from);
  if (amount) return { kind: 'words', word: amount.value, to: amount.to };
  const nobody = NOBODY.at(tokens, from);
  if (nobody) return { kind: 'none', to: nobody.to, alone: true };
  const nothing = NOTHING.at(tokens, from);
  if (nothing) return { kind: 'none', to: nothing.to };
  if (token.word === 'no' || token.word === 'zero') return { kind: 'none', to: from + 1 };
  if (token.word === 'a' || token.word === 'an') return { kind: 'one', value: 1, to: from + 1 };
  return undefined;
}
