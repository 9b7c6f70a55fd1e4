const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(zone, made);
  return made;
}

/** How far the zone's clock is ahead of UTC at a moment, in ms. */
export function offset(zone: string, ms: number): number {
  // "03/28/2027, 02:30:00"; asking for the parts one by one takes three times as long.
  const [month, day, year, hour, minute, second] = (formatOf(zone).format(ms).match(/\d+/g) ?? []).map(Number);
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return wall - Math.floor(ms / 1000) * 1000;
}

/** When a zone's clock shows a wall time, and how a change of the clock bears on it. */
export interface Shown {
  /** The instant, in ms. */
  readonly at: number;
  /** `twice`: the first of two; `never`: the clock was put forward over it, and the instant is shifted by the gap. */
  readonly how: 'once' | 'twice' | 'never';
}

/** The instant of a wall time (given as `Date.UTC` of its fields). Does not depend on the server's zone. */
export function whenShown(zone: string, wall: number): Shown {
  const before = offset(zone, wall - DAY);
  const after = offset(zone, wall + DAY);
  const hits = [...new Set([before, after])]
    .map((o) => ({ o, t: wall - o }))
    .filter(({ o, t }) => offset(zone, t) === o);
  if (hits.length === 0) return { at: wall - before, how: 'never' };
  return { at: Math.min(...hits.map(({ t }) => t)), how: hits.length > 1 ? 'twice' : 'once' };
}

/**
 * The instant at which a zone's clock shows a wall time (given as `Date.UTC` of its fields), in ms. Twice shown: the
 * first. Never shown (the clock was put forward over it): shifted by the gap.
 */
export const instantOf = (zone: string, wall: number): number => whenShown(zone, wall).at;

/** What a zone's clock shows at a moment, as `Date.UTC` of its fields, in ms. */
export const wallOf = (zone: string, ms: number): number => ms + offset(zone, ms);
