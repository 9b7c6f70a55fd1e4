import type { Kind, Language, Verb } from './language.ts';
import type { Quantity, Range } from './quantities.ts';
import type { Token } from './tokens.ts';

/** The words from which a measure was read. */
export interface Cue {
  readonly measure: string;
  readonly at: Range;
  /** "were killed", "have fled": words between a subject and its verb. */
  readonly helpers: readonly string[];
  /** Whether an insertion was stepped over. */
  readonly crossed: boolean;
  /** Denied, or not happened yet: no figure. */
  readonly void: boolean;
  readonly toll?: boolean;
  readonly doubt?: string;
}

/** No insertion is longer, and no verb is looked for farther away. */
const FAR = 30;

const kindOf = (q: Quantity): Kind => q.noun?.kind ?? 'people';

const isMark = (token: Token | undefined, marks: string): boolean =>
  token?.kind === 'mark' && marks.includes(token.text);

/** ", foreigners among them,": a few words without a verb, if the sentence goes on with a helper verb. */
function shortInsertion(tokens: readonly Token[], from: number, language: Language): number | undefined {
  for (let i = from; i < Math.min(tokens.length, from + 8); i++) {
    if (tokens[i]?.text === ',') {
      const after = tokens[i + 1]?.word ?? '';
      return language.copulas.has(after) || language.perfects.has(after) ? i + 1 : undefined;
    }
    if (tokens[i]?.kind !== 'word' || language.verbs.at(tokens, i)) return undefined;
  }
  return undefined;
}

/** Where an insertion that begins at a token ends: behind its closing mark. */
function behindInsertion(tokens: readonly Token[], at: number, language: Language): number | undefined {
  const open = tokens[at];
  const close = open?.text === '(' ? ')' : open?.text === ',' ? ',' : '–—-,';
  const next = at + 1;
  const isAside =
    open?.text === '(' ||
    language.include.at(tokens, next) !== undefined ||
    language.shares.at(tokens, next) !== undefined ||
    language.allOfThem.at(tokens, next) !== undefined ||
    language.relatives.has(tokens[next]?.word ?? '') ||
    language.numeral(tokens, language.bounds.at(tokens, next)?.to ?? next) !== undefined;
  const short = open?.text === ',' ? shortInsertion(tokens, next, language) : undefined;
  if (!isAside) return short;
  for (let i = next; i < Math.min(tokens.length, next + FAR); i++) {
    if (!isMark(tokens[i], close)) continue;
    const after = tokens[i + 1]?.word ?? '';
    // Only an insertion if the sentence goes on with a verb behind it.
    if (open?.text === '(' || language.auxiliaries.has(after) || language.verbs.at(tokens, i + 1)) return i + 1;
  }
  return undefined;
}

/** killed + wounded, on either side of "and" or "or": casualties. */
function joined(measure: string, other: Verb | undefined): string {
  const pair = other?.measures.people;
  return (measure === 'killed' && pair === 'injured') || (measure === 'injured' && pair === 'killed')
    ? 'casualties'
    : measure;
}

/** The verb of which the quantity is the subject: "12 people were killed". */
export function verbBehind(tokens: readonly Token[], q: Quantity, language: Language): Cue | undefined {
  const helpers: string[] = [];
  let crossed = false;
  let at = q.all[1];
  for (let steps = 0; steps < FAR && at < tokens.length; steps++) {
    const verb = language.verbs.at(tokens, at);
    if (verb) {
      const measure = verb.value.subject ? verb.value.measures[kindOf(q)] : undefined;
      if (measure === undefined) {
        if (helpers.length === 0 && language.auxiliaries.has(tokens[at]?.word ?? '')) {
          helpers.push(tokens[at]?.word ?? '');
          at++;
          continue;
        }
        return undefined;
      }
      const or = language.alternatives.has(tokens[verb.to]?.word ?? '');
      const second = or ? language.verbs.at(tokens, verb.to + 1) : undefined;
      const alone =
        second && language.numeral(tokens, language.bounds.at(tokens, second.to)?.to ?? second.to)?.kind !== 'number';
      const negated = helpers.some((h) => language.negations.has(h));
      const might = helpers.some((h) => language.modals.has(h)) && !helpers.some((h) => language.perfects.has(h));
      return {
        measure: alone ? joined(measure, second.value) : measure,
        at: [at, alone ? second.to : verb.to],
        helpers,
        crossed,
        void: (negated && q.numeral.kind !== 'none') || might,
        ...(verb.value.doubt !== undefined && { doubt: verb.value.doubt }),
      };
    }
    const token = tokens[at];
    const word = token?.word ?? '';
    if (isMark(token, '"')) at++;
    else if (isMark(token, '(,–—')) {
      const next = behindInsertion(tokens, at, language);
      if (next === undefined) return undefined;
      crossed = true;
      at = next;
    } else if (
      language.auxiliaries.has(word) ||
      language.relatives.has(word) ||
      language.negations.has(word) ||
      language.modals.has(word)
    ) {
      helpers.push(word);
      at++;
    } else {
      // "12 people in the city have been killed": over a few words, if a verb with its helper stands behind them.
      const next =
        helpers.length === 0 && language.adjuncts.has(word) ? behindAdjunct(tokens, at, language) : undefined;
      if (next === undefined) return undefined;
      crossed = true;
      at = next;
    }
  }
  return undefined;
}

/** Where a helper verb stands behind "in the city", "on both sides". */
function behindAdjunct(tokens: readonly Token[], at: number, language: Language): number | undefined {
  for (let i = at + 1; i < Math.min(tokens.length, at + 7); i++) {
    const word = tokens[i]?.word ?? '';
    if (language.copulas.has(word) || language.perfects.has(word)) return i;
    if (
      tokens[i]?.kind !== 'word' ||
      language.verbs.at(tokens, i) ||
      language.lists.has(word) ||
      language.relatives.has(word)
    )
      return undefined;
  }
  return undefined;
}

/** The verb of which the quantity is the object: "killing 12 people". `spent`: verbs that have their subject in a number. */
export function verbBefore(
  tokens: readonly Token[],
  q: Quantity,
  spent: ReadonlySet<number>,
  language: Language,
): Cue | undefined {
  let at = q.all[0];
  for (let steps = 0; steps < 3; steps++) {
    const verb = language.verbs.before(tokens, at);
    if (verb) {
      const measure = verb.value.object ? verb.value.measures[kindOf(q)] : undefined;
      if (measure === undefined || spent.has(verb.from)) return undefined;
      const back = (n: number): string => tokens[verb.from - n]?.word ?? '';
      if (verb.value.subject && language.copulas.has(back(1))) return undefined;
      const near = [back(1), back(2), back(3)];
      const isPlanned =
        back(1) === language.infinitive && language.verbs.at(tokens, verb.from)?.value.subject === false;
      const negated = near.some((w) => language.negations.has(w)) && q.numeral.kind !== 'none';
      const might = [back(1), back(2)].some((w) => language.modals.has(w)) && !language.perfects.has(back(1));
      const other = language.alternatives.has(back(1)) ? language.verbs.before(tokens, verb.from - 1) : undefined;
      return {
        measure: joined(measure, other?.value),
        at: [other ? other.from : verb.from, verb.to],
        helpers: [],
        crossed: false,
        void: negated || might || isPlanned,
        ...(verb.value.doubt !== undefined && { doubt: verb.value.doubt }),
      };
    }
    const word = tokens[at - 1]?.word ?? '';
    if (!language.articles.has(word) && word !== ':') return undefined;
    at--;
  }
  return undefined;
}

/** A count that is announced: "the death toll rose to 19", "Wounded: 12". `measure` is empty for "the total". */
export function tollBefore(
  tokens: readonly Token[],
  q: Quantity,
  earlier: readonly Quantity[],
  language: Language,
): Cue | undefined {
  const link = tokens[q.all[0] - 1]?.word ?? '';
  const direct = language.tolls.before(tokens, q.all[0]);
  const rose = q.bound?.value === 'from' && language.rises.has(link);
  const linked =
    rose ||
    language.tollLinks.has(link) ||
    (q.bound !== undefined && language.tollLinks.has(tokens[q.bound.at[0]]?.word ?? ''));
  if (!linked && !(direct && direct.to - direct.from > 1)) return undefined;
  // "from 14 to 19": the number that it rose from lies between.
  const barrier = Math.max(0, ...earlier.filter((e) => e.bound?.value !== 'from').map((e) => e.all[1]));
  for (let to = q.all[0]; to > Math.max(barrier, q.all[0] - 18); to--) {
    const toll = language.tolls.before(tokens, to);
    if (!toll) continue;
    const single = toll.to - toll.from === 1 && toll.value.measure !== null && tokens[toll.from]?.word !== 'toll';
    if (single && q.all[0] - to > 2) continue;
    const joins = language.putLinks.has(link) && to === q.all[0] - 1;
    if (single && !joins && !language.stockWords.has(link)) continue;
    return {
      measure: toll.value.measure ?? '',
      at: [toll.from, toll.to],
      helpers: [],
      crossed: false,
      void: false,
      toll: !single || toll.value.measure === null,
    };
  }
  return undefined;
}
