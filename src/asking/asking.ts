import type { Archive } from '../archive.ts';
import { momentWords } from '../briefing/dates.ts';
import type { Asked } from '../briefing/frame.ts';
import type { Known } from '../briefing/tell.ts';
import { mayRead } from '../desk/may.ts';
import type { Edition } from '../editions/edition.ts';
import { editionName, editionNumber } from '../editions/edition.ts';
import { UserError } from '../errors.ts';
import { ENTRY_KINDS } from '../model/entry.ts';
import type { Place, Situation } from '../model/situation.ts';
import { localDay } from '../model/time.ts';
import type { EntryState, Picture, Until } from '../picture/picture.ts';
import { numberOf } from '../picture/status.ts';
import type { Asker, Choice } from './command.ts';
import { rolesHere } from './desk.ts';
import type { Reading } from './reading.ts';
import { foldText, suggest } from './search.ts';
import type { Clock, When } from './when.ts';
import { readWhen } from './when.ts';

const MOST_CHOICES = 25;
const choice = (name: string, value: string): Choice => ({
  name: name.length > 100 ? `${name.slice(0, 99)}…` : name,
  value,
});

/** The situations that this person may read, as they are now. */
export async function readable(reading: Reading, asker: Asker): Promise<readonly Picture[]> {
  const roles = await rolesHere(reading, asker);
  const all = await Promise.all(reading.archive.slugs().map((slug) => reading.archive.picture(slug)));
  return all.filter((p): p is Picture => p !== undefined && mayRead(p.situation, asker, reading.deskGuilds, roles));
}

/** What is known now of the situation with this slug (or this very title). One that may not be read is not there. */
export async function findSituation(written: string, reading: Reading, asker: Asker): Promise<Picture> {
  const pictures = await readable(reading, asker);
  const wanted = foldText(written.trim());
  const named = pictures.find((p) => p.situation.slug === wanted);
  if (named) return named;
  const called = pictures.filter((p) => foldText(p.situation.title) === wanted);
  if (called[0] && called.length === 1) return called[0];
  if (called.length > 1)
    throw new UserError(
      `${called.length} situations are called “${written.trim().slice(0, 60)}”.`,
      `Name one by what stands behind its title: ${called
        .slice(0, 5)
        .map((p) => p.situation.slug)
        .join(', ')}${called.length > 5 ? ', …' : '.'}`,
    );
  const known = pictures.slice(0, 5).map((p) => p.situation.slug);
  throw new UserError(
    `There is no situation “${written.slice(0, 60)}” that you can read here.`,
    known.length > 0 ? `For example ${known.join(', ')}.` : 'None is recorded yet.',
  );
}

export interface Look {
  readonly known: Known;
  readonly now: Date;
  /** What the answer says about the moment that was asked for. */
  readonly asked: Asked;
  /** On a look back: what is known now. */
  readonly later?: Known;
}

const DAY = 86_400_000;
/** So long after its end people still speak of a situation without naming the year. */
const AFTERMATH = 60 * DAY;

/** How moments that are written of a situation are read. */
export const clockFor = ({ zone, end }: Situation, now: Date): Clock => ({
  now,
  zone,
  ...(end !== undefined && { lately: new Date(Date.parse(end) + AFTERMATH) }),
});

/** The moment that `as-of` names: the end of a day, a time as it is. Refused in the future and before the first record. */
function stopAt(written: string | undefined, picture: Picture, now: Date): string | undefined {
  if (written === undefined) return undefined;
  const { end, start } = readWhen(written, clockFor(picture.situation, now));
  if (start > now)
    throw new UserError(
      `“${written}” lies in the future; as-of looks back.`,
      'Leave as-of out to see all that is recorded.',
    );
  return new Date(Math.min(end.getTime(), now.getTime())).toISOString();
}

/** The situation as it is known, or as it was known at `as-of`; on paging, as of the record that the first page ended with. */
export async function look(
  args: { readonly situation: string; readonly 'as-of'?: string },
  reading: Reading,
  asker: Asker,
): Promise<Look> {
  const now = reading.now();
  const latest = await findSituation(args.situation, reading, asker);
  const asOf = stopAt(args['as-of'], latest, now);
  const { slug, zone } = latest.situation;
  const stop: Until | undefined =
    asker.pin !== undefined ? { seq: asker.pin } : asOf !== undefined ? { at: asOf } : undefined;
  const picture = await reading.archive.picture(slug, stop);
  // One that was just opened has no entries yet, and can be asked about all the same.
  if (!picture || (picture.entries.size === 0 && latest.entries.size > 0 && asker.pin === undefined))
    throw new UserError(
      `Nothing was recorded about ${latest.situation.title} before ${momentWords(asOf ?? now.toISOString(), zone)} (${zone}).`,
      'Choose a later as-of.',
    );
  const registry =
    asker.registry === undefined ? reading.archive.registry() : await reading.archive.registryAt(asker.registry);
  const head = asker.head === undefined ? latest : await reading.archive.picture(slug, { seq: asker.head });
  return {
    known: { picture, registry },
    now,
    // Not by its title, which may change.
    asked: {
      ...(asOf !== undefined && { asOf }),
      again: { situation: slug, ...(asOf !== undefined && { 'as-of': asOf }) },
    },
    ...(asOf !== undefined && head && { later: { picture: head, registry } }),
  };
}

const noEdition = (written: string): UserError =>
  new UserError(
    `There is no briefing “${written.slice(0, 60)}” that was shown here.`,
    'A briefing is named at its top, like B41, and known in the server in which it was shown.',
  );

/**
 * The edition of "B41" as this person may know it: of this guild, of a situation that he may read, and not somebody
 * else's private one. Whatever the reason, the refusal is the same: it does not tell whether there is such an edition.
 */
export async function editionIn(written: string, reading: Reading, asker: Asker): Promise<Edition> {
  const number = editionNumber(written);
  // The same is looked up whatever is found, so that the time an answer takes tells nothing either.
  const known = await readable(reading, asker);
  const edition = number === undefined ? undefined : await reading.readers?.edition(asker, number);
  if (edition && mayKnow(edition, known, asker)) return edition;
  throw noEdition(written);
}

const mayKnow = (edition: Edition, known: readonly Picture[], asker: Asker): boolean =>
  (!edition.private || edition.asker === asker.user) && known.some((p) => p.situation.slug === edition.situation);

/** Editions whose names begin as typed, the newest first. */
export async function editionChoices(
  typed: string,
  reading: Reading,
  asker: Asker,
  wants: (edition: Edition) => boolean = () => true,
): Promise<readonly Choice[]> {
  const wanted = typed.trim().toLowerCase().replace(/^#?b?/, '');
  const [known, all = []] = await Promise.all([readable(reading, asker), reading.readers?.editions(asker)]);
  const found: Choice[] = [];
  for (const edition of all.toReversed()) {
    if (found.length === MOST_CHOICES) break;
    const { number, situation, kind } = edition;
    if (!String(number).startsWith(wanted) || !wants(edition) || !mayKnow(edition, known, asker)) continue;
    // oxlint-disable-next-line no-await-in-loop -- a few dozen, from memory, until there are enough
    const picture = await reading.archive.picture(situation, { seq: edition.seq });
    if (!picture) continue;
    const { title, zone } = picture.situation;
    const name = editionName(number);
    found.push(choice(`${name}: ${kind}, ${title}, records up to ${momentWords(picture.at, zone)}`, name));
  }
  return found;
}

/** The edition from which a channel, or a person who asks alone, counts what changed. */
export async function lastShown(slug: string, { readers }: Reading, asker: Asker): Promise<Edition | undefined> {
  return readers?.last(asker, slug, asker.alone === true ? { person: asker.user } : { channel: asker.channel });
}

export interface Since {
  /** What was known at the start of the window; undefined where that was nothing. */
  readonly then: Picture | undefined;
  /** The start as a reader is told it. */
  readonly words: string;
  /** The start in a form that means the same whenever it is read. */
  readonly again: string;
  /** The briefing from which it is counted. */
  readonly edition?: string;
}

/** Says in a button's state that the channel was shown nothing before; nobody types it. */
const FIRST = 'first';

/**
 * The start of a window of changes: a date, a duration, a record ("#120") or a briefing ("B41"); without it the last
 * briefing shown here, "first" where there was none; on a look back, and where nobody keeps account, a day before the newest record.
 */
export async function sinceIn(
  written: string | undefined,
  { known, now, asked: { asOf } }: Look,
  reading: Reading,
  asker: Asker,
): Promise<Since | 'first'> {
  const { archive } = reading;
  const { picture } = known;
  const { zone, slug } = picture.situation;
  if (written === FIRST && asker.pin !== undefined) return FIRST;
  if (written === undefined && reading.readers && asOf === undefined) {
    const last = await lastShown(slug, reading, asker);
    return last ? sinceEdition(last, picture, archive) : FIRST;
  }
  if (written !== undefined && editionNumber(written) !== undefined) {
    // On another page the question was allowed when it was first asked.
    const number = editionNumber(written) ?? 0;
    const edition =
      asker.pin === undefined
        ? await editionIn(written, reading, asker)
        : await reading.readers?.edition(asker, number);
    if (edition?.situation !== slug) throw noEdition(written);
    return sinceEdition(edition, picture, archive);
  }
  const record = written === undefined ? null : /^(?:#|record ?)(\d{1,9})$/i.exec(written.trim());
  if (record) {
    const seq = Number(record[1]);
    if (seq > picture.seq) throw new UserError(`There is no record #${seq} yet; the newest is #${picture.seq}.`);
    return {
      then: seq === 0 ? undefined : await archive.picture(slug, { seq }),
      words: `record #${seq}`,
      again: `#${seq}`,
    };
  }
  const until = asOf === undefined ? now : new Date(asOf);
  // On a look back, "24h" and "yesterday" count from there.
  const start =
    written === undefined
      ? new Date(Date.parse(picture.at) - DAY)
      : readWhen(written, clockFor(picture.situation, until)).start;
  if (start > until)
    throw new UserError(`“${written}” lies after the moment asked about.`, 'Choose an earlier “since”.');
  const at = start.toISOString();
  // A window is half-open: what was recorded at its very start belongs to it.
  const then = await archive.picture(slug, { at: new Date(start.getTime() - 1).toISOString() });
  return { then, words: momentWords(at, zone), again: at };
}

async function sinceEdition(
  { number, situation, seq }: Edition,
  { seq: now, situation: { zone } }: Picture,
  archive: Archive,
): Promise<Since> {
  const name = editionName(number);
  if (seq > now)
    throw new UserError(
      `Briefing ${name} was made from newer records than the moment asked about.`,
      'Choose an earlier “since”, or leave as-of out.',
    );
  const then = await archive.picture(situation, { seq });
  return {
    then,
    words: then === undefined ? `briefing ${name}` : momentWords(then.at, zone),
    again: name,
    edition: name,
  };
}

/** `from` and `to` as days of the situation, inclusive. */
export function dayRange(
  { from, to }: { readonly from?: string; readonly to?: string },
  { known, now, asked: { asOf } }: Look,
): { readonly from?: string; readonly to?: string } {
  const { zone } = known.picture.situation;
  const day = (when: When): string => localDay(when.start.toISOString(), zone);
  const moment = clockFor(known.picture.situation, asOf === undefined ? now : new Date(asOf));
  const first = from === undefined ? undefined : day(readWhen(from, moment));
  const last = to === undefined ? undefined : day(readWhen(to, moment));
  if (first !== undefined && last !== undefined && first > last)
    throw new UserError(
      `The range is reversed: it starts on ${first} and ends on ${last}.`,
      'Give the earlier day as “from” and the later one as “to”.',
    );
  return { ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) };
}

/** Place id of what was written: an id, a name or an alias. */
export function placeIn({ picture }: Known, written: string): string {
  const { places } = picture.situation;
  const wanted = foldText(written.trim());
  const found = places.find((p) => p.id === wanted || [p.name, ...p.aliases].some((n) => foldText(n) === wanted));
  if (found) return found.id;
  const near = suggest(places, written, placeNames, 3).map((p) => p.name);
  throw new UserError(
    `No place “${written.slice(0, 60)}” is recorded in ${picture.situation.title}.`,
    near.length > 0 ? `Did you mean ${near.join(', ')}?` : forExample(places.map((p) => p.name)),
  );
}
const placeNames = (place: Place): readonly string[] => [place.name, ...place.aliases, place.id];

const forExample = (names: readonly string[]): string =>
  names.length > 0 ? `For example ${names.slice(0, 3).join(', ')}.` : 'None is recorded yet.';

/** Party id of what was written. */
export function partyIn({ picture, registry }: Known, written: string): string {
  const wanted = foldText(written.trim());
  const parties = [...registry.parties.values()];
  const found = parties.find((p) => p.id === wanted || [p.name, p.short ?? p.name].some((n) => foldText(n) === wanted));
  if (found) return found.id;
  const taking = picture.situation.parties.flatMap(({ party }) => registry.parties.get(party)?.name ?? []);
  throw new UserError(`No party “${written.slice(0, 60)}” is recorded.`, forExample(taking));
}

export function kindIn(written: string): string {
  if ((ENTRY_KINDS as readonly string[]).includes(written)) return written;
  throw new UserError(`There is no kind of entry “${written.slice(0, 60)}”.`, `Kinds are ${ENTRY_KINDS.join(', ')}.`);
}

/** The entry of "E17", "e17", "17" or "aleppo-2024/E17". */
export function entryIn({ picture }: Known, written: string): EntryState {
  const match = /^(?:([a-z0-9-]+)\/)?e?([1-9]\d{0,6})(?:\.\d+)?$/.exec(written.trim().toLowerCase());
  const state =
    match && (match[1] === undefined || match[1] === picture.situation.slug)
      ? picture.entries.get(`E${match[2]}`)
      : undefined;
  if (state) return state;
  throw new UserError(
    `There is no entry “${written.slice(0, 60)}” in ${picture.situation.title}.`,
    'An entry is named like E17; choose one from the list while you type.',
  );
}

// ---- choices while a person types ----

export async function situationChoices(typed: string, reading: Reading, asker: Asker): Promise<readonly Choice[]> {
  const pictures = await readable(reading, asker);
  const titles = pictures.map((p) => foldText(p.situation.title));
  const alone = (title: string): boolean => titles.indexOf(title) === titles.lastIndexOf(title);
  return suggest(pictures, typed, (p) => [p.situation.slug, p.situation.title], MOST_CHOICES).map(
    ({ situation: { slug, title } }) => {
      const of = ` (${slug})`;
      return choice(alone(foldText(title)) ? title : `${title.slice(0, Math.max(100 - of.length, 0))}${of}`, slug);
    },
  );
}

/** The picture that the other options name so far; undefined while no situation is filled in. */
async function soFar(
  so: Readonly<Record<string, unknown>>,
  reading: Reading,
  asker: Asker,
): Promise<Known | undefined> {
  const pictures = await readable(reading, asker);
  const slug = so['situation'];
  const picture =
    typeof slug === 'string'
      ? pictures.find((p) => p.situation.slug === slug)
      : pictures.length === 1
        ? pictures[0]
        : undefined;
  return picture && { picture, registry: reading.archive.registry() };
}

type Chooser = (
  typed: string,
  so: Readonly<Record<string, unknown>>,
  reading: Reading,
  asker: Asker,
) => Promise<readonly Choice[]>;

export const chooseSituation: Chooser = (typed, _so, reading, asker) => situationChoices(typed, reading, asker);

export const choosePlace: Chooser = async (typed, so, reading, asker) => {
  const known = await soFar(so, reading, asker);
  return suggest(known?.picture.situation.places ?? [], typed, placeNames, MOST_CHOICES).map((p) =>
    choice(p.admin1 && p.admin1 !== p.name ? `${p.name}, ${p.admin1}` : p.name, p.id),
  );
};

/** Parties that take part in the situation or are named in one of its entries. */
export const chooseParty: Chooser = async (typed, so, reading, asker) => {
  const known = await soFar(so, reading, asker);
  if (!known) return [];
  const named = new Set(known.picture.situation.parties.map((p) => p.party));
  for (const state of known.picture.entries.values()) for (const p of state.entry.parties) named.add(p.party);
  const parties = [...named].flatMap((id) => known.registry.parties.get(id) ?? []);
  return suggest(parties, typed, (p) => [p.name, p.short ?? p.name, p.id], MOST_CHOICES).map((p) =>
    choice(p.name, p.id),
  );
};

/** Entries by id or by words of the headline, the newest first. */
export const chooseEntry: Chooser = async (typed, so, reading, asker) => {
  const known = await soFar(so, reading, asker);
  const states = [...(known?.picture.entries.values() ?? [])].sort(
    (a, b) => numberOf(b.entry.id) - numberOf(a.entry.id),
  );
  return suggest(states, typed, (s) => [s.entry.id, s.entry.headline], MOST_CHOICES).map((s) =>
    choice(`${s.entry.id} ${s.entry.headline}`, s.entry.id),
  );
};

/** What changes can be counted from: the briefings shown here; a date or a duration is taken as it is typed. */
export const chooseSince: Chooser = async (typed, so, reading, asker) => {
  const own = typed.trim() === '' || editionNumber(`${typed.trim()}1`) !== undefined;
  if (!own) return [choice(typed.trim(), typed.trim())];
  const slug = so['situation'];
  const found = await editionChoices(
    typed,
    reading,
    asker,
    (edition) => slug === undefined || edition.situation === slug,
  );
  return [...found, choice('24h', '24h')].slice(0, MOST_CHOICES);
};

export const chooseEdition: Chooser = (typed, _so, reading, asker) => editionChoices(typed, reading, asker);

/** Entries of the situation that the chosen briefing is about. */
export const chooseEntryOf: Chooser = async (typed, so, reading, asker) => {
  const written = so['edition'];
  const edition =
    typeof written === 'string' ? await editionIn(written, reading, asker).catch(() => undefined) : undefined;
  return chooseEntry(typed, edition ? { ...so, situation: edition.situation } : so, reading, asker);
};
