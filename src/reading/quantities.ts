import type { Group } from '../model/figure.ts';
import type { SideHit } from './groups.ts';
import type { Bound, Language, Noun, Numeral } from './language.ts';
import type { Names } from './names.ts';
import { nounPhrase } from './noun-phrase.ts';
import type { Token } from './tokens.ts';

/** Tokens from the first to before the last. */
export type Range = readonly [from: number, to: number];

/** A number of a sentence with what stands around it: its bound before, its noun behind. It is no figure yet. */
export interface Quantity {
  /** From its qualifier to its noun. */
  readonly all: Range;
  readonly number: Range;
  readonly bound?: { readonly value: Bound; readonly at: Range };
  /** Value, or two of a range. */
  readonly numeral: Numeral;
  readonly high?: number;
  readonly noun?: Noun;
  readonly nounAt?: Range;
  readonly group: Group;
  /** A measure that stands between number and noun: "12 wounded civilians". */
  readonly more: boolean;
  readonly total: boolean;
  /** "three of them": empty; "three of the dead": their measure. */
  readonly ofThem?: string;
  /** "three of its fighters": the side is that of whoever speaks. */
  readonly own: boolean;
  /** The noun is in no list: only a verb can say what is counted. */
  readonly strange: boolean;
}

/** Words that are looked at before a number. */
const MOST = 6;

interface Lead {
  readonly from: number;
  readonly bound?: { readonly value: Bound; readonly at: Range };
  readonly more: boolean;
  readonly total: boolean;
}

/** What stands before a number: bounds, "another", "a total of". */
function leadOf(tokens: readonly Token[], number: number, language: Language): Lead {
  let from = number;
  let bound: Lead['bound'];
  let [more, total] = [false, false];
  for (let steps = 0; steps < MOST; steps++) {
    const hit = bound === undefined ? language.bounds.before(tokens, from) : undefined;
    if (hit) {
      bound = { value: hit.value, at: [hit.from, hit.to] };
      from = hit.from;
      continue;
    }
    const extra = language.more.before(tokens, from);
    if (extra) more = true;
    const filler = extra ? undefined : language.fillers.before(tokens, from);
    if (filler?.value === 'total') total = true;
    const next = extra?.from ?? filler?.from;
    if (next === undefined) break;
    from = next;
  }
  return { from, ...(bound && { bound }), more, total };
}

const MONEY = new Set(['$', '€', '£', '¥', '₺', '#', '№', '[', '@', '§']);

/** Whether a number names a thing, is money, a year, a share, the number of a point. */
function namesSomething(tokens: readonly Token[], at: number, numeral: Numeral, language: Language): boolean {
  const [before, after] = [tokens[at - 1], tokens[numeral.to]];
  if (before && MONEY.has(before.text)) return true;
  if (
    before?.kind === 'mark' &&
    /^[-–./:*]$/.test(before.text) &&
    tokens[at]?.spaced === false &&
    at > 1 &&
    !before.spaced
  )
    return before.text !== '-' && before.text !== '–' && before.text !== ':' ? true : tokens[at - 2]?.kind !== 'word';
  if (at === 0 && after && (after.text === '.' || after.text === ')') && !after.spaced) return true;
  if (numeral.kind !== 'number') return false;
  const value = numeral.value ?? 0;
  if (!Number.isInteger(value) || value > 1_000_000_000) return true;
  if (after?.kind === 'mark' && /^[%‰°]$/.test(after.text) && !after.spaced) return true;
  const digits = tokens[at]?.kind === 'number';
  const noun = language.nouns.at(tokens, numeral.to);
  if (digits && /^(?:19|20)\d\d$/.test(tokens[at]?.text ?? '') && !(noun && noun.value.kind === 'people')) return true;
  if (before && before.kind === 'word' && language.numbered.has(before.word))
    return !(noun && noun.value.kind === 'people') || /^\p{Lu}/u.test(before.text);
  return false;
}

/** The numbers of a sentence that may count something, in order. `taken` holds tokens that belong to dates. */
export function quantities(
  tokens: readonly Token[],
  taken: ReadonlySet<number>,
  sides: Names<SideHit>,
  language: Language,
): readonly Quantity[] {
  const out: Quantity[] = [];
  let at = 0;
  while (at < tokens.length) {
    const numeral = taken.has(at) ? undefined : language.numeral(tokens, at);
    if (!numeral || namesSomething(tokens, at, numeral, language)) {
      at = Math.max(at + 1, numeral?.kind === 'number' ? numeral.to : 0);
      continue;
    }
    const lead = leadOf(tokens, at, language);
    let [to, high, low] = [numeral.to, undefined as number | undefined, numeral.value];
    const joint = tokens[to];
    const second =
      joint && numeral.kind === 'number' && !taken.has(to + 1) ? language.numeral(tokens, to + 1) : undefined;
    const dash = joint !== undefined && /^[-–—]$/.test(joint.text);
    const joined =
      joint !== undefined &&
      (dash
        ? !joint.spaced && tokens[to + 1]?.spaced === false
        : language.rangeMarks.has(joint.word) ||
          (joint.word === language.rangeAnd && lead.bound?.value === 'between') ||
          (joint.word === language.rangeOr && second?.value === (low ?? 0) + 1));
    if (joined && second?.kind === 'number' && low !== undefined && second.value !== undefined) {
      if ((numeral.scale ?? 1) === 1 && (second.scale ?? 1) >= 1000 && low < 1000) low *= second.scale ?? 1;
      to = second.to;
      high = second.value;
    }
    const phrase = nounPhrase(tokens, to, numeral.kind, sides, language);
    const given = lead.bound;
    const rose = tokens.slice(Math.max(0, lead.from - MOST), lead.from).some((t) => language.rises.has(t.word));
    // "rose from 14 to 19" and "rose to 19 from 14": what it was before is no news.
    const past = given?.value === 'from' && rose && high === undefined;
    const idle = (given?.value === 'from' && !rose) || given?.value === 'between';
    // "a" counts only what is named; "two residents said" are speakers.
    const vague = numeral.kind === 'one' && !phrase?.noun;
    const behind = phrase ? (tokens[phrase.to]?.word ?? '') : '';
    const speaks =
      phrase !== undefined &&
      language.speech.at(tokens, phrase.to) !== undefined &&
      !language.auxiliaries.has(behind) &&
      phrase.noun !== undefined;
    if (phrase && !past && !vague && !speaks) {
      const bound = idle ? phrase.bound : (given ?? phrase.bound);
      out.push({
        all: [lead.from, phrase.to],
        number: [at, to],
        ...(bound && { bound }),
        numeral: { ...numeral, ...(low !== undefined && { value: low }) },
        ...(high !== undefined && { high }),
        ...(phrase.noun && { noun: phrase.noun }),
        ...(phrase.nounAt && { nounAt: phrase.nounAt }),
        group: phrase.group,
        more: lead.more || phrase.more,
        total: lead.total,
        ...(phrase.ofThem !== undefined && { ofThem: phrase.ofThem }),
        own: phrase.own,
        strange: phrase.strange,
      });
    }
    // A bare number may end where a verb begins; that verb is looked for later.
    at = Math.max(to, phrase && phrase.noun ? phrase.to : to);
  }
  return out;
}
