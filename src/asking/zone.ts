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
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map((p) => [p.type, Number(p.value)]),
  );
  const field = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const wall = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

/**
 * The instant at which a zone's clock shows a wall time (given as `Date.UTC` of its fields), in ms. Twice shown: the
 * first. Never shown (the clock was put forward over it): shifted by the gap. Does not depend on the server's zone.
 */
export function instantOf(zone: string, wall: number): number {
  const before = offset(zone, wall - DAY);
  const after = offset(zone, wall + DAY);
  const hits = [before, after].map((o) => ({ o, t: wall - o })).filter(({ o, t }) => offset(zone, t) === o);
  return hits.length > 0 ? Math.min(...hits.map(({ t }) => t)) : wall - before;
}

/** What a zone's clock shows at a moment, as `Date.UTC` of its fields, in ms. */
export const wallOf = (zone: string, ms: number): number => ms + offset(zone, ms);
