import type { Group } from '../model/figure.ts';
import type { SideHit } from './groups.ts';
import { groupOf } from './groups.ts';
import type { Bound, Language, Noun, Numeral } from './language.ts';
import type { Names } from './names.ts';
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

interface Phrase {
  readonly to: number;
  readonly noun?: Noun;
  readonly nounAt?: Range;
  readonly group: Group;
  readonly ofThem?: string;
  readonly own: boolean;
  readonly strange: boolean;
  readonly more: boolean;
  readonly bound?: { readonly value: Bound; readonly at: Range };
}

const MOST = 6;
const OWN = new Set(['its', 'their', 'his', 'her', 'our']);

/** "from HTS", "on the government side": the side behind a number, and the token after it. */
function behindSide(tokens: readonly Token[], at: number, sides: Names<SideHit>, language: Language) {
  const lead = language.onSide.at(tokens, at);
  const hit = lead && sides.at(tokens, lead.to);
  if (!hit) return undefined;
  return { ...hit, to: tokens[hit.to]?.word === language.sideNoun ? hit.to + 1 : hit.to };
}

/** What stands behind a number: its noun with what describes it. `undefined`: the number counts something else. */
function nounPhrase(
  tokens: readonly Token[],
  after: number,
  kind: Numeral['kind'],
  sides: Names<SideHit>,
  language: Language,
): Phrase | undefined {
  let at = after;
  const word = (i: number): string => tokens[i]?.word ?? '';
  const later = language.boundsAfter.at(tokens, at);
  if (later) at = later.to;
  const bound = later && { value: later.value, at: [later.from, later.to] as const };
  let more = false;
  const extra = language.more.at(tokens, at);
  if (extra) {
    more = true;
    at = extra.to;
  }
  const them = language.ofThem.at(tokens, at);
  let own = false;
  if (them) {
    at = them.to;
    if (language.copulas.has(word(at))) at++;
  } else if (word(at) === 'of') {
    const next = word(at + 1);
    if (language.articles.has(next) || kind === 'words') {
      own = OWN.has(next);
      at += language.articles.has(next) ? 2 : 1;
      if (language.numeral(tokens, at)?.kind === 'number') return undefined;
    } else return undefined;
  }
  // "of the 12 dead, 4 were children"
  if (
    !them &&
    language.copulas.has(word(at)) &&
    (language.nouns.at(tokens, at + 1)?.value.group ?? language.kinds.at(tokens, at + 1))
  ) {
    const told = language.nouns.at(tokens, at + 1);
    if (told && told.value.measure === undefined) {
      at++;
    }
  }
  const first = at;
  const part = them && { ofThem: them.value };
  let kinds: Group = {};
  const hits: SideHit[] = [];
  let head: { noun: Noun; at: Range } | undefined;
  let measured: Noun | undefined;
  let end = at;
  while (at < tokens.length && at < first + MOST) {
    // "45 Syrian and Russian raids"
    const [last, next] = [tokens[at - 1]?.text ?? '', tokens[at + 1]];
    if (
      at > first &&
      word(at) === language.rangeAnd &&
      next?.kind === 'word' &&
      /^\p{Lu}/u.test(last) &&
      /^\p{Lu}/u.test(next.text) &&
      head === undefined
    ) {
      at++;
      continue;
    }
    const token = tokens[at];
    const isAge = token?.kind === 'code' && language.ages.test(token.word);
    if (token === undefined || (token.kind !== 'word' && !isAge && !language.nouns.at(tokens, at))) break;
    const noun = language.nouns.at(tokens, at);
    if (noun?.value.kind === 'unit' && head === undefined) {
      if (at <= first + 2) return undefined;
      break;
    }
    const side = sides.at(tokens, at);
    const kindHit = language.kinds.at(tokens, at);
    const isLast = (to: number): boolean => !language.nouns.at(tokens, to) || language.stops.has(word(to));
    if (side && !(noun && isLast(noun.to)) && head === undefined) {
      hits.push(side.value);
      at = side.to;
    } else if (kindHit && !isLast(kindHit.to) && head === undefined) {
      kinds = { ...kinds, ...kindHit.value };
      at = kindHit.to;
    } else if (noun && noun.value.kind !== 'unit') {
      if (side) hits.push(side.value);
      const { measure, ...plain } = noun.value;
      if (measure !== undefined && noun.value.kind === 'people') {
        if (head === undefined && measured === undefined) measured = noun.value;
        else if (measured === undefined) measured = noun.value;
        else break;
      } else if (head === undefined) head = { noun: noun.value, at: [noun.from, noun.to] };
      else {
        kinds = { ...kinds, ...head.noun.group };
        head = { noun: { ...head.noun, ...plain, ...(measure && { measure }) }, at: [head.at[0], noun.to] };
      }
      at = noun.to;
      end = at;
      continue;
    } else if (
      language.verbs.at(tokens, at) ||
      language.stops.has(word(at)) ||
      language.auxiliaries.has(word(at)) ||
      language.numeral(tokens, at)?.kind === 'number'
    )
      break;
    else if (head !== undefined || measured !== undefined) break;
    else at++;
    if (head === undefined && measured === undefined) end = at;
  }
  const known = head !== undefined || measured !== undefined;
  if (!known) {
    const strange = tokens.slice(first, end);
    const last = strange.at(-1);
    const fromSide = behindSide(tokens, end, sides, language);
    if (strange.length === 0) {
      const group: Group =
        fromSide?.value.side !== undefined && !own
          ? {
              status: 'combatant',
              side: fromSide.value.side,
              ...(fromSide.value.party && {
                role: `${tokens
                  .slice(fromSide.from, fromSide.to)
                  .map((t) => t.text)
                  .join(' ')} fighters`,
              }),
            }
          : kinds;
      return { to: fromSide ? fromSide.to : end, group, ...part, own, strange: false, more, ...(bound && { bound }) };
    }
    const onlySides = hits.length > 0 && sides.at(tokens, first)?.to === end;
    if (onlySides) {
      const hit = hits[0];
      const role = tokens
        .slice(first, end)
        .map((t) => t.text)
        .join(' ');
      const group: Group = {
        status: 'combatant',
        ...(hit?.side !== undefined && { side: hit.side }),
        ...(hit?.party && { role: `${role} fighters` }),
      };
      return { to: end, group, ...part, own, strange: false, more, ...(bound && { bound }) };
    }
    if (last === undefined || !/s$/.test(last.word) || last.word.length < 4) return undefined;
    return {
      to: end,
      group: { ...kinds, role: last.text.slice(0, 60) },
      ...part,
      own,
      strange: true,
      more,
      nounAt: [first, end],
      ...(bound && { bound }),
    };
  }
  let whole: Noun = head?.noun ?? { kind: 'people', group: measured?.group ?? {} };
  if (measured?.measure !== undefined) whole = { ...whole, measure: measured.measure };
  const post = behindSide(tokens, end, sides, language);
  if (post?.value.side !== undefined && whole.group?.status === 'combatant') {
    hits.push(post.value);
    end = post.to;
  }
  const headAt: Range = head?.at ?? [end - 1, end];
  const group = groupOf({
    noun: whole,
    head: head ? tokens.slice(...head.at) : [],
    before: tokens.slice(first, headAt[0]),
    kinds,
    sides: hits,
  });
  return {
    to: end,
    noun: whole,
    nounAt: [first, end],
    group,
    ...part,
    own,
    strange: false,
    more,
    ...(bound && { bound }),
  };
}

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
