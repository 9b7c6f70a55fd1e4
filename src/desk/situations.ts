import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Place, Situation } from '../model/situation.ts';
import { PLACE_PRECISIONS, situation as schema } from '../model/situation.ts';

const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/**
 * A slug for a situation that is opened: "Aleppo offensive" of 2024 → `aleppo-offensive-2024`. A private one has an ending
 * that nobody guesses, and so has one whose name is taken: by what it is called nobody finds out what there is elsewhere.
 */
export function slugFrom(
  { title, start, visibility }: Pick<Situation, 'title' | 'start' | 'visibility'>,
  taken: (slug: string) => boolean,
  seed: string,
): string {
  const year = start.slice(0, 4);
  const words = ascii(title).slice(0, 44).replace(/-+$/, '') || 'situation';
  const plain = words.endsWith(year) ? words : `${words}-${year}`;
  if (visibility === 'public' && !taken(plain)) return plain;
  for (let round = 0; ; round += 1) {
    const hash = createHash('sha256').update(`${seed} ${plain} ${round}`).digest('hex');
    const ending = BigInt(`0x${hash.slice(0, 12)}`)
      .toString(36)
      .padStart(4, '0')
      .slice(-4);
    if (!taken(`${plain}-${ending}`)) return `${plain}-${ending}`;
  }
}

/** A situation as people wrote it, checked; what is wrong is told by field. */
export function checkSituation(written: unknown): Situation {
  const read = schema.safeParse(written);
  if (read.success) {
    if (read.data.end !== undefined && read.data.end < read.data.start)
      throw new UserError(
        `It ends (${read.data.end}) before it starts (${read.data.start}).`,
        'Give the later day as its last.',
      );
    return read.data;
  }
  const [first] = read.error.issues;
  throw new UserError(
    `The ${first?.path.join(' ') || 'situation'}: ${first?.message ?? 'cannot be read'}.`,
    'Correct it and send it again.',
  );
}

/** Lines that hold something, each at most 300 characters. */
const linesOf = (written: string): readonly (readonly string[])[] =>
  written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.slice(0, 300).split(/\s*;\s*/));

const freeId = (name: string, taken: ReadonlySet<string>): string => {
  const plain = ascii(name).slice(0, 50) || 'place';
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? plain : `${plain}-${n}`;
    if (!taken.has(id)) return id;
  }
};

const same = (a: string, b: string): boolean => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();

/**
 * Places from lines such as "Old Bridge; exact; 36.2, 37.1; in Ford": a name, then in any order its precision, its point, what
 * it lies in, and "also …" for other names. Throws UserError that quotes the line.
 */
export function addPlaces(of: Situation, written: string): Situation {
  const places: Place[] = [...of.places];
  const find = (name: string): Place | undefined =>
    places.find((p) => p.id === name || same(p.name, name) || p.aliases.some((alias) => same(alias, name)));
  for (const [name = '', ...rest] of linesOf(written)) {
    const quoted = `“${[name, ...rest].join('; ').slice(0, 60)}”`;
    if (find(name)) throw new UserError(`${quoted}: there is a place of that name already.`);
    const place: {
      precision?: Place['precision'];
      lat?: number;
      lon?: number;
      within?: string;
      aliases: string[];
    } = { aliases: [] };
    for (const part of rest) {
      const point = /^(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(part);
      const precision = PLACE_PRECISIONS.find((p) => p === part.toLowerCase().replace(' ', '_'));
      const [, within] = /^in (.+)$/i.exec(part) ?? [];
      const [, alias] = /^also (.+)$/i.exec(part) ?? [];
      if (point) [place.lat, place.lon] = [Number(point[1]), Number(point[2])];
      else if (precision) place.precision = precision;
      else if (alias !== undefined) place.aliases.push(alias);
      else if (within === undefined)
        throw new UserError(
          `${quoted}: “${part.slice(0, 40)}” is not understood.`,
          `After the name come, each after “;”: how exact it is (${PLACE_PRECISIONS.join(', ').replace('_', ' ')}), a point like 36.2, 37.1, “in” a place that is listed, “also” another name.`,
        );
      else {
        const around = find(within);
        if (!around)
          throw new UserError(`${quoted}: there is no place “${within.slice(0, 40)}”.`, 'List it in a line before.');
        place.within = around.id;
      }
    }
    const id = freeId(name, new Set(places.map((p) => p.id)));
    places.push({ id, name, precision: place.lat === undefined ? 'adm1' : 'near', ...place });
  }
  return checkSituation({ ...of, places });
}

/** Sides from lines such as "North; northern fighters". */
export function addSides(of: Situation, written: string): Situation {
  const sides = [...of.sides];
  for (const [name = '', fighters] of linesOf(written)) {
    if (fighters === undefined)
      throw new UserError(
        `“${name.slice(0, 60)}”: how its fighters are called is missing.`,
        'Write it after “;”, as it follows a number: North; northern fighters',
      );
    if (sides.some((s) => same(s.name, name))) throw new UserError(`There is a side “${name.slice(0, 60)}” already.`);
    sides.push({ id: freeId(name, new Set(sides.map((s) => s.id))), name, fighters });
  }
  return checkSituation({ ...of, sides });
}

/** Parties from lines such as "HTS; opposition": one that is registered, and the side on which it takes part. */
export function addParties(of: Situation, written: string, partyOf: (name: string) => string): Situation {
  const parties = [...of.parties];
  for (const [name = '', side] of linesOf(written)) {
    const party = partyOf(name);
    const on = side === undefined ? undefined : of.sides.find((s) => s.id === side || same(s.name, side));
    if (side !== undefined && !on)
      throw new UserError(
        `There is no side “${side.slice(0, 40)}”.`,
        `Sides are ${of.sides.map((s) => s.name).join(', ') || 'not named yet'}.`,
      );
    const at = parties.findIndex((p) => p.party === party);
    const next = { party, ...(on && { side: on.id }) };
    if (at < 0) parties.push(next);
    else parties[at] = next;
  }
  return checkSituation({ ...of, parties });
}
