import type { Figure, Group } from '../model/figure.ts';
import { figure as figureSchema } from '../model/figure.ts';
import { apart } from '../model/groups.ts';
import type { Told } from './attributions.ts';
import { speakerAt } from './attributions.ts';
import type { Amount } from './bounds.ts';
import { amountOf } from './bounds.ts';
import type { Counted } from './counted.ts';
import { counted } from './counted.ts';
import type { SideHit } from './groups.ts';
import { within } from './groups.ts';
import type { Language } from './language.ts';
import { modeOf } from './mode.ts';
import type { Calendar, Moment } from './moments.ts';
import type { Names } from './names.ts';
import { partsOf } from './parts.ts';
import type { Range } from './quantities.ts';
import { quantities } from './quantities.ts';
import type { Context, Proposal, Spans, Stance, Stretch } from './reading.ts';
import { sharesIn } from './shares.ts';
import type { Token } from './tokens.ts';
import { momentAt, scopeOf } from './when.ts';

/** What the sentences of one text share. */
export interface Setting {
  readonly context: Context;
  readonly language: Language;
  readonly calendar: Calendar;
  readonly sides: Names<SideHit>;
  /** Names of figures that are in use already. */
  readonly ids: Set<string>;
}

/** What is known of a sentence before its numbers are read. */
export interface Spoken {
  readonly tokens: readonly Token[];
  /** When things happened. */
  readonly moments: readonly Moment[];
  /** These, and when things were said: no number in them counts. */
  readonly taken: readonly Moment[];
  readonly told: readonly Told[];
  readonly fallback?: Moment | undefined;
  /** Last measure that was counted before this sentence. */
  readonly earlier?: string | undefined;
  /** Place id that a count over an area belongs to. */
  readonly area?: string | undefined;
}

const stretch = (tokens: readonly Token[], [from, to]: Range): Stretch => ({
  start: tokens[from]?.start ?? 0,
  end: tokens[Math.max(from, to - 1)]?.end ?? 0,
});

/** The hedge that stands nearest before a number or anywhere in its sentence. */
function hedgeIn(tokens: readonly Token[], language: Language): string | undefined {
  for (let i = 0; i < tokens.length; i++) {
    const hit = language.hedges.at(tokens, i);
    if (hit) return hit.value;
  }
  return undefined;
}

interface Draft {
  readonly counted: Counted;
  readonly amount: Amount;
  group: Group;
  doubts: string[];
  part?: { readonly whole: number; as: 'partition' | 'subset' };
}

/** A short number takes the group of the one before: "three civilians were killed and two injured". */
function lend(drafts: readonly (Draft | undefined)[], tokens: readonly Token[]): void {
  drafts.forEach((draft, i) => {
    if (
      !draft ||
      draft.part ||
      draft.counted.quantity.numeral.kind === 'none' ||
      Object.keys(draft.group).length > 0 ||
      draft.counted.quantity.ofThem !== undefined
    )
      return;
    const { noun, nounAt, more } = draft.counted.quantity;
    const plain =
      noun === undefined ||
      (noun.measure !== undefined && noun.kind === 'people' && nounAt !== undefined && nounAt[1] - nounAt[0] === 1);
    if (!plain || (more && noun !== undefined)) return;
    const before = drafts
      .slice(0, i)
      .filter(
        (d): d is Draft =>
          d !== undefined && d.part === undefined && (d.counted.quantity.noun?.kind ?? 'people') === 'people',
      );
    const last = before.at(-1);
    if (!last || (last.counted.measure === draft.counted.measure && draft.counted.cue?.toll !== true)) return;
    if (
      before.some((d) => JSON.stringify(d.group) !== JSON.stringify(last.group)) ||
      Object.keys(last.group).length === 0
    )
      return;
    const between = tokens.slice(last.counted.quantity.all[1], draft.counted.quantity.all[0]);
    if (between.some((t) => t.text === ';')) return;
    draft.group = last.group;
    draft.doubts.push('the group is that of the number before');
  });
}

/** Parts that add up and exclude each other are a partition; others are subsets (R10). */
function settle(
  drafts: readonly (Draft | undefined)[],
  parts: ReadonlyMap<number, { readonly whole: number; readonly open: boolean }>,
): void {
  const wholes = new Set(drafts.flatMap((d) => d?.counted.whole ?? []));
  for (const w of wholes) {
    const whole = drafts[w];
    const members = drafts.flatMap((d, i) => (d && d.counted.whole === w ? [{ d, i }] : []));
    if (!whole || members.length === 0) continue;
    const sum = members.reduce((n, { d }) => n + (d.amount.low ?? 0), 0);
    const total = whole.amount.low ?? whole.amount.high ?? Number.POSITIVE_INFINITY;
    const disjoint = members.every(({ d }, i) =>
      members.slice(i + 1).every((m) => apart(d.group, m.d.group) || apartByRole(d.group, m.d.group)),
    );
    const open = members.every(({ i }) => parts.get(i)?.open === true);
    const isPartition = members.length > 1 && disjoint && (sum === total || (open && sum <= total));
    for (const { d } of members) {
      d.group = within(d.group, whole.group);
      d.part = { whole: w, as: isPartition ? 'partition' : 'subset' };
      if (sum > total && isPartition) d.doubts.push('the parts are more than the whole');
      if ((d.amount.low ?? 0) > total) d.doubts.push('the part is more than the whole');
    }
  }
}

/** "102 HTS fighters, 19 allied fighters": the report itself tells them apart. */
const apartByRole = (a: Group, b: Group): boolean =>
  a.status === 'combatant' &&
  b.status === 'combatant' &&
  a.role !== b.role &&
  a.age === undefined &&
  b.age === undefined;

/** What is counted is news of the desk's words: the stance of a party to the conflict is a claim. */
function stanceOf(told: Told | undefined, { sources, situation }: Context): Stance {
  const source = sources.find((s) => s.id === told?.voice.source);
  const isParty = source?.party != null && situation.parties.some((p) => p.party === source.party);
  const stance = told?.stance ?? 'reports';
  return stance === 'reports' && isParty ? 'claims' : stance;
}

/** The figures of one sentence. */
export function propose(sentence: Spoken, setting: Setting): readonly Proposal[] {
  const { tokens, moments, told, fallback, area } = sentence;
  const { language, calendar, context, sides, ids } = setting;
  const taken = new Set(sentence.taken.flatMap((m) => Array.from({ length: m.end - m.at }, (_, i) => m.at + i)));
  const all = quantities(tokens, taken, sides, language);
  if (all.length === 0 || tokens.some((_, i) => language.untrue.at(tokens, i) !== undefined)) return [];
  const parts = partsOf(tokens, all, language);
  const list = counted(tokens, all, parts, sentence.earlier, language);
  const speaker = (at: number): Told | undefined => speakerAt(tokens, at, told, language);

  const drafts = list.map((c): Draft | undefined => {
    if (!c) return undefined;
    const who = speaker(c.quantity.number[0]);
    if (who?.stance === 'denies' && (who.verb ?? 0) < c.quantity.number[0]) return undefined;
    const amount = amountOf(c.quantity, tokens);
    if (!amount) return undefined;
    const source = context.sources.find((s) => s.id === who?.voice.source);
    const party = context.situation.parties.find((p) => p.party === source?.party)?.side;
    const own =
      c.quantity.own && c.quantity.group.status === 'combatant'
        ? (party ?? (who && sides.at(tokens, who.from)?.value.side))
        : undefined;
    const { role: _, ...rest } = c.quantity.group;
    const group = own === undefined ? c.quantity.group : { ...rest, side: own };
    const denied = who?.stance === 'denies' ? ['somebody is said to deny it'] : [];
    return { counted: c, amount, group, doubts: [...c.doubts, ...denied] };
  });
  settle(drafts, parts);
  lend(drafts, tokens);

  const shares = sharesIn(tokens, all, language);
  for (const share of shares) {
    const whole = drafts[share.whole];
    if (whole && share.word === null) whole.group = { ...whole.group, ...share.group };
  }

  const named = new Map<number, string>();
  const nameOf = (i: number): string => {
    const known = named.get(i);
    if (known !== undefined) return known;
    const base = (drafts[i]?.counted.measure ?? 'total').replaceAll('_', '-');
    let name = base;
    for (let n = 2; ids.has(name); n++) name = `${base}-${n}`;
    ids.add(name);
    named.set(i, name);
    return name;
  };
  drafts.forEach((d) => d?.part && nameOf(d.part.whole));
  for (const share of shares) if (share.word !== null && drafts[share.whole]) nameOf(share.whole);

  const hedge = hedgeIn(tokens, language);
  const made = (
    i: number,
    d: Draft,
  ): {
    readonly base: Omit<Figure, 'qualifier' | 'low' | 'high'>;
    readonly moment: Moment | undefined;
    readonly doubts: string[];
  } => {
    const root = d.part ? (drafts[d.part.whole] ?? d) : d;
    const moment = momentAt(moments, root.counted.quantity.all, root.counted.quantity.more);
    const mode = modeOf(root.counted, moment, tokens, language);
    const { scope, doubts } = scopeOf(moment, mode, fallback, calendar);
    const id = named.get(i);
    return {
      base: {
        ...(id !== undefined && { id }),
        measure: d.counted.measure,
        group: d.group,
        scope: { ...scope, ...(area !== undefined && mode !== 'incident' && { area }) },
        mode,
        asOf: scope.to,
        ...(d.part && { part: { of: nameOf(d.part.whole), as: d.part.as } }),
      },
      moment,
      doubts: [...d.doubts, ...doubts],
    };
  };
  const proposal = (candidate: unknown, at: Range, spans: Spans, doubts: readonly string[]): Proposal | undefined => {
    const parsed = figureSchema.safeParse(candidate);
    const who = speaker(at[0]);
    return parsed.success
      ? {
          figure: parsed.data,
          ...(who && { originator: who.voice }),
          ...(who?.publisher && { publisher: who.publisher }),
          stance: stanceOf(who, context),
          ...(hedge !== undefined && { hedge }),
          spans,
          doubts: [...new Set(doubts)],
        }
      : undefined;
  };

  return drafts.flatMap((d, i) => {
    if (!d) return [];
    const { base, moment, doubts } = made(i, d);
    const q = d.counted.quantity;
    const who = speaker(q.number[0]);
    const around: Omit<Spans, 'number'> = {
      ...(moment && { scope: stretch(tokens, [moment.at, moment.end]) }),
      ...(who && who.from >= 0 && { originator: stretch(tokens, [who.from, who.to]) }),
      ...(d.counted.cue
        ? { measure: stretch(tokens, d.counted.cue.at) }
        : q.nounAt && { measure: stretch(tokens, q.nounAt) }),
    };
    const first = proposal(
      { ...base, ...d.amount },
      q.number,
      {
        number: stretch(tokens, q.number),
        ...(q.bound && { qualifier: stretch(tokens, q.bound.at) }),
        ...(q.nounAt && { group: stretch(tokens, q.nounAt) }),
        ...around,
      },
      doubts,
    );
    const rest = shares
      .filter((s) => s.whole === i && s.word !== null)
      .map((s) => {
        const { id: _, ...plain } = base;
        const constraint = {
          ...plain,
          qualifier: 'constraint',
          low: null,
          high: null,
          word: s.word,
          group: within(s.group, d.group),
          part: { of: nameOf(i), as: 'subset' },
        };
        return proposal(
          constraint,
          q.number,
          { ...around, number: stretch(tokens, s.at), group: stretch(tokens, s.at) },
          doubts,
        );
      });
    return [first, ...rest].filter((p): p is Proposal => p !== undefined);
  });
}
