import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';

const HINT = 'Name a zone by a city, such as Europe/Berlin or Asia/Damascus, or write UTC.';

/** Names in use today that the list of the engine leaves out for older ones. */
const MODERN = [
  'UTC',
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Indiana/Indianapolis',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
];

let names: readonly string[] | undefined;
/** The zones that are offered, sorted. */
export const zoneNames = (): readonly string[] =>
  (names ??= [...new Set([...Intl.supportedValuesOf('timeZone'), ...MODERN])].filter((name) => isZone(name)).sort());

/** What abbreviations may mean; most mean several things, and none knows when the clocks change. */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  ast: ['America/Halifax', 'Asia/Riyadh'],
  bst: ['Europe/London', 'Asia/Dhaka'],
  cest: ['Europe/Berlin'],
  cet: ['Europe/Berlin'],
  cst: ['America/Chicago', 'Asia/Shanghai'],
  edt: ['America/New_York'],
  eest: ['Europe/Kyiv'],
  eet: ['Europe/Kyiv'],
  est: ['America/New_York'],
  gmt: ['UTC', 'Europe/London'],
  hst: ['Pacific/Honolulu'],
  ist: ['Asia/Kolkata', 'Asia/Jerusalem', 'Europe/Dublin'],
  jst: ['Asia/Tokyo'],
  mdt: ['America/Denver'],
  met: ['Europe/Berlin'],
  msk: ['Europe/Moscow'],
  mst: ['America/Denver'],
  pdt: ['America/Los_Angeles'],
  pst: ['America/Los_Angeles'],
  trt: ['Europe/Istanbul'],
  wet: ['Europe/Lisbon'],
  cdt: ['America/Chicago'],
  z: ['UTC'],
};

function accepted(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

const known = new Map<string, boolean>();

/** Whether it is a zone that digests may use: UTC, or area and city as this engine knows them; no fixed offset. */
export function isZone(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const form =
    name === 'UTC' || (/^[A-Za-z]+(?:\/[A-Za-z_]+(?:-[A-Za-z_]+)*){1,2}$/.test(name) && !/^etc\/gmt/i.test(name));
  const is = form && accepted(name) !== undefined;
  // What strangers write must not fill the memory.
  if (known.size < 2_000) known.set(name, is);
  return is;
}

const or = (zones: readonly string[]): string =>
  zones.length < 2 ? zones.join('') : `${zones.slice(0, -1).join(', ')} or ${zones.at(-1)}`;

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

const cityOf = (zone: string): string => plain(zone.slice(zone.lastIndexOf('/') + 1));

/** Zones that fit what was begun to be written, the best first, for completion. */
export function zonesLike(written: string, most = 25): readonly string[] {
  const text = plain(written);
  const rank = (zone: string): number => {
    if (plain(zone) === text) return 0;
    if (cityOf(zone).startsWith(text)) return 1;
    if (plain(zone).startsWith(text)) return 2;
    return plain(zone).includes(text) ? 3 : 4;
  };
  return zoneNames()
    .map((zone) => ({ zone, rank: rank(zone) }))
    .filter(({ rank: r }) => r < 4)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ zone }) => zone);
}

/** Up to three zones that may have been meant. */
function meant(text: string): readonly string[] {
  const city = plain(text.slice(text.lastIndexOf('/') + 1));
  const same = city === '' ? [] : zoneNames().filter((zone) => cityOf(zone) === city);
  if (same.length > 0) return same.slice(0, 3);
  const near = nearest(text, zoneNames());
  if (near !== undefined) return [near];
  const nearCity = nearest(city, zoneNames().map(cityOf));
  const zone = nearCity === undefined ? undefined : zoneNames().find((name) => cityOf(name) === nearCity);
  return zone !== undefined ? [zone] : city.length >= 3 ? zonesLike(city, 3) : [];
}

function refuseOffset(text: string, shown: string): void {
  const etc = /^etc\/gmt([+-])(\d{1,2})$/i.exec(text);
  if (etc && Number(etc[2]) > 0)
    throw new UserError(
      `“${shown}” is ${etc[2]} hours ${etc[1] === '+' ? 'behind' : 'ahead of'} UTC, the opposite of what its sign seems to say, and it knows no summer time.`,
      HINT,
    );
  if (/^(?:etc\/)?(?:utc|gmt)?[+-]?\d{1,2}(?::?\d{2})?$/i.test(text) && /\d/.test(text))
    throw new UserError(
      `“${shown}” is a fixed distance from UTC: it does not know when the clocks change there. Name the place instead.`,
      HINT,
    );
}

/** "europe/berlin" as Europe/Berlin; what is no zone as it is. */
export const usualSpelling = (written: string): string =>
  zoneNames().find((name) => name.toLowerCase() === written.toLowerCase()) ?? written;

/**
 * The zone that a person wrote, in its usual spelling. Throws a UserError that explains abbreviations and fixed offsets
 * and, for a name that is not known, offers near ones.
 */
export function readZone(written: string): string {
  const text = written.trim().replace(/\s+/g, '_');
  const shown = written.trim().length > 40 ? `${written.trim().slice(0, 40)}…` : written.trim();
  if (text === '') throw new UserError('No time zone is named.', HINT);
  const lower = text.toLowerCase();
  const listed = zoneNames().find((name) => name.toLowerCase() === lower);
  if (listed !== undefined) return listed;
  if (/^(?:etc\/)?(?:utc|uct|zulu|universal)$/.test(lower)) return 'UTC';
  refuseOffset(text, shown);
  const several = Object.hasOwn(ABBREVIATIONS, lower) ? ABBREVIATIONS[lower] : undefined;
  if (several)
    throw new UserError(
      `“${shown}” is an abbreviation, ${several.length > 1 ? 'and means different zones to different people' : 'and does not say when the clocks change'}; write ${or(several)}.`,
      HINT,
    );
  if (text.length <= 60) {
    const name = accepted(text);
    // An older name of a zone, such as US/Eastern, or a country's, such as Japan.
    if (name !== undefined && isZone(name))
      throw new UserError(`“${shown}” is an older name for a zone; write ${name}.`, HINT);
  }
  if (/^[a-z]{1,5}(?:\d[a-z]{0,4})?$/.test(lower) && meant(text).length === 0)
    throw new UserError(`“${shown}” is not a time zone; abbreviations are not used, since they mean several.`, HINT);
  const near = text.length <= 60 ? meant(text) : [];
  throw new UserError(`There is no time zone “${shown}”${near.length > 0 ? `; did you mean ${or(near)}?` : '.'}`, HINT);
}
