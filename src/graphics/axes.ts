// Positions along the two axes. Days are zone-free: an instant is placed at the time of day that is written in it.

/** Maps a value of the domain to a position in the picture. */
export type Scale = (value: number) => number;

export function linear(from: number, to: number, start: number, end: number): Scale {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

const DAY = 86_400_000;
const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Days since 1970, with the time of day as a fraction; a bare day stands at its noon. Throws a RangeError for what is no date. */
export function momentOf(asOf: string): number {
  const [, year, month, day, hour = '12', minute = '00'] = WRITTEN.exec(asOf) ?? [];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) / DAY;
  if (!Number.isFinite(at)) throw new RangeError(`"${asOf}" is no day or instant of the form 2024-11-29`);
  return at;
}

const parts = (moment: number): Date => new Date(Math.floor(moment) * DAY);

/** "29 Nov" or "29 Nov 2024". */
export function dayWords(asOf: string, withYear: boolean): string {
  const at = parts(momentOf(asOf));
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}${withYear ? ` ${at.getUTCFullYear()}` : ''}`;
}

/** ", 14:30" where a time of day was written, or nothing. */
export const timeWords = (asOf: string): string => (isDay(asOf) ? '' : `, ${asOf.slice(11, 16)}`);

/** A bare day may be drawn anywhere within it; an instant only at its time. */
export const isDay = (asOf: string): boolean => WRITTEN.exec(asOf)?.[4] === undefined;

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const STEPS = [1, 2, 7, 14] as const;

/** At most `most` ticks: days where there are few, then weeks, months and years, each at the noon of its first day. */
export function dayTicks(from: number, to: number, most: number): readonly Tick[] {
  const [first, last] = [Math.floor(from), Math.floor(to)];
  const step = STEPS.find((days) => Math.floor((last - first) / days) + 1 <= most);
  if (step !== undefined) {
    const ticks: Tick[] = [];
    for (let day = first; day <= last; day += step) {
      const at = parts(day);
      ticks.push({ at: day + 0.5, label: `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}` });
    }
    return ticks;
  }
  const begin = parts(first);
  const months = (last - first) / 30.4;
  const stride = [1, 3, 6, 12, 24, 60, 120, 600].find((n) => months / n + 1 <= most) ?? 2400;
  const ticks: Tick[] = [];
  for (
    let month = Math.ceil((begin.getUTCMonth() + (begin.getUTCDate() > 1 ? 1 : 0)) / stride) * stride;
    ;
    month += stride
  ) {
    const day = Date.UTC(begin.getUTCFullYear(), month, 1) / DAY;
    if (day > last) return ticks;
    const at = parts(day);
    const name = MONTHS[at.getUTCMonth()] ?? '';
    ticks.push({ at: day + 0.5, label: stride >= 12 ? String(at.getUTCFullYear()) : `${name} ${at.getUTCFullYear()}` });
  }
}

const tidy = (n: number): string => String(Number(n.toPrecision(6)));

/** "1,500", "1.5 million". */
export function countWords(n: number): string {
  if (n >= 1e9) return `${tidy(n / 1e9)} billion`;
  if (n >= 1e6) return `${tidy(n / 1e6)} million`;
  return tidy(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Round whole numbers from 0 to at least `max`, in at most `most` steps. */
export function countTicks(max: number, most: number): readonly number[] {
  const rough = Math.max(1, max / most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough * 0.999) ?? power * 10;
  const count = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}
