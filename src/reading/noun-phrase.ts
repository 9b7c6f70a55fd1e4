import type { Group } from '../model/figure.ts';
import type { SideHit } from './groups.ts';
import { groupOf } from './groups.ts';
import type { Bound, Language, Noun, Numeral } from './language.ts';
import type { Names } from './names.ts';
import type { Range } from './quantities.ts';
import type { Token } from './tokens.ts';

/** What stands behind a number. */
export interface Phrase {
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
export function nounPhrase(
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
    if (last === undefined || !last.word.endsWith('s') || last.word.length < 4) return undefined;
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
