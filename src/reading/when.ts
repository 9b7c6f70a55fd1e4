import type { Mode, Scope } from '../model/figure.ts';
import type { Told } from './attributions.ts';
import type { Language } from './language.ts';
import type { Calendar, Moment } from './moments.ts';
import type { Range } from './quantities.ts';
import type { Token } from './tokens.ts';

/** Without the times at which something was only said: "SOHR said on Friday that …". */
export function withoutSaying(
  found: readonly Moment[],
  told: readonly Told[],
  tokens: readonly Token[],
  language: Language,
): readonly Moment[] {
  return found.filter((m) => {
    if (m.kind !== 'on') return true;
    if (language.speech.before(tokens, m.at)) return false;
    return !told.some(
      (t) => t.verb !== undefined && (m.at === t.to || (t.publisher && m.at > t.verb && m.at <= t.verb + 4)),
    );
  });
}

/** The time that a number belongs to: what it counts over, else the nearest. */
export function momentAt(found: readonly Moment[], at: Range, more: boolean): Moment | undefined {
  const far = (m: Moment): number => Math.min(Math.abs(m.at - at[1]), Math.abs(at[0] - m.end));
  const near = [...found].sort((a, b) => far(a) - far(b));
  return (
    (more ? undefined : near.find((m) => m.kind === 'since' || m.kind === 'span')) ??
    near.find((m) => m.kind !== 'since') ??
    near[0]
  );
}

export interface Scoped {
  readonly scope: Scope;
  readonly doubts: readonly string[];
}

/** From when to when a number counts; the day of publication where the text names no time. */
export function scopeOf(
  moment: Moment | undefined,
  mode: Mode,
  fallback: Moment | undefined,
  { today, start }: Calendar,
): Scoped {
  const told = moment ?? fallback;
  if (mode === 'stock') return { scope: { from: today, to: today }, doubts: [] };
  if (told !== undefined && !(mode === 'cumulative' && told.kind === 'on' && moment === undefined)) {
    const doubts = [
      ...(told.doubt === undefined ? [] : [told.doubt]),
      ...(moment === undefined ? ['the time is that of the text, not of this sentence'] : []),
      ...(told.from > today ? ['the time lies after the publication'] : []),
    ];
    const early = mode === 'cumulative' && told.kind === 'on' && start !== undefined && start < told.from;
    if (early)
      return { scope: { from: start, to: told.to }, doubts: [...doubts, 'the text does not say since when it counts'] };
    return { scope: { from: told.from, to: told.to }, doubts };
  }
  if (mode === 'cumulative' && start !== undefined && start <= today)
    return { scope: { from: start, to: today }, doubts: ['the text does not say since when it counts'] };
  return { scope: { from: today, to: today }, doubts: ['the text does not say when; the day of publication is taken'] };
}
