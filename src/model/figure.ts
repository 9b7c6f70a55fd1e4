import { z } from 'zod';
import { dayOf, moment } from './time.ts';

export const QUALIFIERS = [
  'exact',
  'at_least',
  'more_than',
  'at_most',
  'about',
  'range',
  'word',
  'constraint',
  'unknown',
  'none_reported',
] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

/** incident: of one event. increment: new in a window. cumulative: since a start. stock: how many now. */
export const MODES = ['incident', 'increment', 'cumulative', 'stock'] as const;
export type Mode = (typeof MODES)[number];

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens, at most 40');
const count = z
  .int('must be a whole number; people are not divided')
  .min(0, 'must not be negative')
  .max(1_000_000_000, 'is larger than any figure we record');

const group = z.strictObject({
  /** civilian or combatant as the report says; absent: everybody, or not said. Never inferred from sex or age. */
  status: z.enum(['civilian', 'combatant', 'unknown']).optional(),
  /** Id of a side of the situation. */
  side: key.optional(),
  age: z.enum(['child', 'adult']).optional(),
  sex: z.enum(['female', 'male']).optional(),
  /** Finer than the side, in words that follow a number: "journalists", "HTS fighters", "families". */
  role: z.string().min(1).max(60).optional(),
});
export type Group = z.infer<typeof group>;

const scope = z
  .strictObject({
    from: moment,
    to: moment,
    /** Place id; absent: the whole situation. */
    area: key.optional(),
  })
  .refine((s) => dayOf(s.from) <= dayOf(s.to), { path: ['to'], error: 'the scope ends before it starts' });
export type Scope = z.infer<typeof scope>;

/** What each qualifier needs of `low`, `high`, `stated` and `word`; the text is shown when it is not met. */
const FORMS: Record<Qualifier, { ok: (f: Bounds) => boolean; rule: string }> = {
  exact: { ok: (f) => f.low !== null && f.low === f.high, rule: 'exact needs low and high to be the same number' },
  at_least: { ok: (f) => f.low !== null && f.high === null, rule: 'at_least needs low and no high (high: null)' },
  more_than: {
    ok: (f) => f.low !== null && f.high === null && f.stated !== undefined && f.low === f.stated + 1,
    rule: 'more_than needs stated (the number as said), low = stated + 1 and high: null',
  },
  at_most: {
    ok: (f) => f.low === null && f.high !== null,
    rule: 'at_most needs high and no low (low: null; the lower bound is unknown, not 0)',
  },
  about: {
    ok: (f) => f.low !== null && f.low === f.high,
    rule: 'about needs low and high to be the number that was said',
  },
  range: { ok: (f) => f.low !== null && f.high !== null && f.low < f.high, rule: 'range needs low < high' },
  word: {
    ok: (f) => f.low === null && f.high === null && f.word !== undefined,
    rule: 'word needs the word ("dozens") and low: null, high: null',
  },
  constraint: {
    ok: (f) => f.low === null && f.high === null && f.word !== undefined,
    rule: 'constraint needs its words ("most of them") and low: null, high: null',
  },
  unknown: {
    ok: (f) => f.low === null && f.high === null,
    rule: 'unknown has low: null and high: null; unknown is never 0',
  },
  none_reported: { ok: (f) => f.low === 0 && f.high === null, rule: 'none_reported has low: 0 and high: null' },
};
interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
  readonly stated?: number | undefined;
  readonly word?: string | undefined;
}

/**
 * A number as it was said (rules of docs/figures.md). Integers only; `null` means that no bound is known.
 * Its originator is that of the report that holds it.
 */
export const figure = z
  .strictObject({
    /** Name within the report, for `part.of`. */
    id: key.optional(),
    measure: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'use a measure such as killed, injured, displaced, strikes'),
    qualifier: z.enum(QUALIFIERS),
    low: count.nullable(),
    high: count.nullable(),
    /** The number as said, where it differs from the bound: "more than 50" has low 51, stated 50. */
    stated: count.optional(),
    /** With `range`, the number inside it that its author holds most likely. */
    best: count.optional(),
    /** "dozens", "most of them"; with `about`: "nearly", "some". */
    word: z.string().min(1).max(60).optional(),
    group: group.default({}),
    scope,
    mode: z.enum(MODES),
    /** When its author held it true. */
    asOf: moment,
    /** partition: the parts add up to the whole. subset: "of them"; never an addend. */
    part: z.strictObject({ of: key, as: z.enum(['partition', 'subset']) }).optional(),
  })
  .superRefine((f, ctx) => {
    const form = FORMS[f.qualifier];
    if (!form.ok(f)) ctx.addIssue({ code: 'custom', path: ['qualifier'], message: form.rule });
    if (f.best !== undefined && f.qualifier !== 'range')
      ctx.addIssue({
        code: 'custom',
        path: ['best'],
        message: `only a range has a best number; ${f.qualifier} has none`,
      });
    else if (f.best !== undefined && f.low !== null && f.high !== null && (f.best < f.low || f.best > f.high))
      ctx.addIssue({ code: 'custom', path: ['best'], message: 'must lie between low and high' });
    if (dayOf(f.asOf) < dayOf(f.scope.from))
      ctx.addIssue({ code: 'custom', path: ['asOf'], message: 'is before the scope of the figure starts' });
  });
export type Figure = z.infer<typeof figure>;
